"""What a schema says besides its values: descriptions, defaults, examples; everything else is dropped, and noted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..finding.shape import is_array, is_object
from .imported_files import ValueLocation
from .keyword_kinds import ANNOTATIONS
from .report import NOTHING, ImportReport
from .value_forms import UNSET, Notes

__all__ = ["notes"]

_ABOUT_TEXTS = ("format", "contentMediaType")


def notes(at: ValueLocation, node: dict[str, Any], report: ImportReport) -> Notes:
    """The notes of the schema at *at*."""
    description, title = _text(node.get("description")), _text(node.get("title"))
    if title and description:
        report.add("annotation", at.below("title"), node["title"], NOTHING, "The description says more.")
    for key in node.keys() & ANNOTATIONS - {"title", "example", "examples"}:
        if not _is_kept(key, node):
            report.add("annotation", at.below(key), node[key], NOTHING)
    for key, value in node.items():
        if key.startswith("x-"):
            kept = _embedded(value)
            report.add("annotation", at.below(key), value, {"examples": kept} if kept else NOTHING)
    return Notes(
        description=description,
        title=title,
        default=node.get("default", UNSET),
        default_at=at.below("default") if "default" in node else None,
        examples=[*_examples(at, node)],
        deprecated=node.get("deprecated") is True,
    )


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _is_kept(key: str, node: dict[str, Any]) -> bool:
    types = node.get("type")
    names = types if is_array(types) else [types]
    if key == "format":
        return "string" in names or "integer" in names
    return key == "contentMediaType" and "string" in names and node[key] == "application/json"


def _examples(at: ValueLocation, node: dict[str, Any]) -> Iterator[tuple[Any, ValueLocation]]:
    """What is said to be an example, be it one, a list, or the JSON in an `x-` keyword."""
    if "example" in node:
        yield node["example"], at.below("example")
    examples = node.get("examples")
    if is_array(examples):
        yield from ((value, at.below("examples", index)) for index, value in enumerate(examples))
    elif is_object(examples):
        for name, value in examples.items():
            yield (value["value"] if is_object(value) and "value" in value else value), at.below("examples", name)
    for key, value in node.items():
        if key.startswith("x-"):
            yield from ((example, at.below(key)) for example in _embedded(value))


def _embedded(value: Any) -> list[Any]:
    """The JSON values, one after the other, in the example of an `x-` keyword; none where it is something else."""
    text = value.get("example") if is_object(value) else None
    found: list[Any] = []
    start, decoder = 0, json.JSONDecoder()
    while isinstance(text, str) and text[start:].strip():
        start = len(text) - len(text[start:].lstrip())
        try:
            example, start = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            return []
        found.append(example)
    return found
