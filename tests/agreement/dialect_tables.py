"""The tables of `cases/dialects`, read: a document for each of their statements. Their README describes the form."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, NamedTuple

from parlance.contract.ir import JsonValue

__all__ = ["Trial", "WholeDocument", "trials", "whole_documents"]


class Trial(NamedTuple):
    """A document, and the one finding that it deserves for a value at a place."""

    pointer: str
    code: str
    """`accept` for none."""

    document: JsonValue
    is_warning: bool = False


class WholeDocument(NamedTuple):
    """A document, and its findings, each as `code pointer`."""

    why: str
    document: JsonValue
    errors: list[str]
    warnings: list[str]


def trials(table: dict[str, Any]) -> Iterator[Trial]:
    """Every document of a table that a value makes."""
    yield Trial("", "accept", table["minimal"])
    for case in table["cases"]:
        at = case["at"]
        if "absent" in case:
            yield Trial(at, case["absent"], _changed(table["minimal"], at))
        for value in case.get("accept", []):
            yield Trial(at, "accept", _changed(table["minimal"], at, value))
        refused, warned = case.get("refuse", []), case.get("warn", [])
        for entry, is_warning in [*((each, False) for each in refused), *((each, True) for each in warned)]:
            below = entry.get("below", "")
            for code in sorted(entry.keys() - {"below"}):
                for value in entry[code]:
                    yield Trial(at + below, code, _changed(table["minimal"], at, value), is_warning)


def whole_documents(table: dict[str, Any]) -> Iterator[WholeDocument]:
    """Every document that a table gives as a whole."""
    for row in table.get("documents", []):
        document = row["document"] if "document" in row else {**table["minimal"], **row["with"]}
        yield WholeDocument(row["why"], _expanded(document), row.get("errors", []), row.get("warnings", []))


def _changed(document: JsonValue, pointer: str, *values: JsonValue) -> JsonValue:
    """*document* with a value at *pointer*, or without one."""
    changed = copy.deepcopy(document)
    *path, last = (int(part) if part.isdigit() else part for part in pointer.split("/")[1:])
    parent: Any = changed
    for part in path:
        parent = parent[part]
    if values:
        parent[last] = _expanded(values[0])
    else:
        del parent[last]
    return changed


def _expanded(value: JsonValue) -> JsonValue:
    match value:
        case {"$list": [item, int(count)]}:
            return [_expanded(item) for _ in range(count)]
        case {"$text": [str(character), int(count)]}:
            return character * count
        case {"$map": [item, int(count)]}:
            return {f"key-{number}": _expanded(item) for number in range(count)}
        case dict():
            return {key: _expanded(each) for key, each in value.items()}
        case list():
            return [_expanded(each) for each in value]
        case _:
            return value
