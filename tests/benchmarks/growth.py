"""Documents that grow: conversations, tools and schemas by the number of their parts, and what else rules speak of."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from parlance.finding.shape import is_array, is_object

from .material import Document, prose, tools

__all__ = ["FAMILIES", "growing"]


def _conversation(messages: int) -> Document:
    """Questions, calls, their answers and what is made of them, by fours."""
    made: list[Document] = []
    for number in range(messages // 4):
        name = f"call_{number:06}"
        asked = {"name": "search_invoice", "arguments": '{"query": "late"}'}
        call = {"id": name, "type": "function", "function": asked}
        made += [
            {"role": "user", "content": [{"type": "text", "text": prose(number, 80)}]},
            {"role": "assistant", "content": None, "tool_calls": [call]},
            {"role": "tool", "tool_call_id": name, "content": prose(number + 1, 120)},
            {"role": "assistant", "content": prose(number + 2, 90)},
        ]
    return {"model": "gpt-5", "messages": made, "tools": tools(8)}


def _tools(count: int) -> Document:
    """Strict functions of different names, one of which must be called."""
    made = [copy.deepcopy(tool) for _ in range(count // 16) for tool in tools(16)]
    for number, tool in enumerate(made):
        function = tool["function"]
        parameters = function["parameters"]
        function |= {"name": f"{function['name']}_{number}", "strict": True}
        parameters["required"] = [*parameters["properties"]]
    names = [{"type": "function", "function": {"name": tool["function"]["name"]}} for tool in made]
    choice = {"type": "allowed_tools", "allowed_tools": {"mode": "auto", "tools": names}}
    return {"model": "gpt-5", "messages": _question(), "tools": made, "tool_choice": choice}


def _schema(properties: int) -> Document:
    """A strict schema of one object with so many properties, each of which may be null or refers to another schema."""
    fields: Document = {}
    for number in range(properties):
        kinds: list[Document] = [
            {"type": ["string", "null"], "description": prose(number, 40)},
            {"$ref": f"#/$defs/part_{number % 10}"},
            {"type": "array", "items": {"type": "string", "enum": [f"{number}a", f"{number}b"]}},
        ]
        fields[f"field_{number}"] = kinds[number % 3]
    parts = {f"part_{number}": _closed({}) for number in range(10)}
    form: Document = {"name": "answer", "strict": True, "schema": {**_closed(fields), "$defs": parts}}
    expected: Document = {"type": "json_schema", "json_schema": form}
    return {"model": "gpt-4.1", "messages": _question(), "response_format": expected}


def _closed(fields: Document) -> Document:
    return {"type": "object", "properties": fields, "required": [*fields], "additionalProperties": False}


def _question() -> list[Document]:
    return [{"role": "user", "content": "Which of them are overdue?"}]


FAMILIES: dict[str, tuple[Callable[[int], Document], int]] = {
    "messages": (_conversation, 300),
    "tools": (_tools, 128),
    "properties": (_schema, 500),
}
"""Requests by what they have many of, each with a usual large number of it."""


def growing(document: Any) -> Iterator[Callable[[int], Any]]:
    """Ways to make *document* large: each repeats what stands in one of its arrays, or of a schema's properties."""
    for path in _paths(document, ()):
        yield partial(_grown, document, path)


def _paths(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    inner: Iterator[tuple[str | int, Any]] = iter(())
    if is_object(value):
        inner = iter(value.items())
    elif is_array(value):
        inner = iter(enumerate(value[:1]))
    if value and (is_array(value) or (is_object(value) and path[-1:] == ("properties",))):
        yield path
    for key, item in inner:
        yield from _paths(item, (*path, key))


def _grown(document: Any, path: tuple[str | int, ...], count: int) -> Any:
    grown = copy.deepcopy(document)
    holder, kept = None, grown
    for key in path:
        holder, kept = kept, kept[key]
    if is_object(kept):
        first = list(kept.items())
        kept |= {f"{name}_{number}": item for number in range(count // len(first)) for name, item in first}
        return grown
    repeated = [copy.deepcopy(item) for _ in range(count // len(kept) or 1) for item in kept]
    if holder is None:
        return repeated
    holder[path[-1]] = repeated
    return grown
