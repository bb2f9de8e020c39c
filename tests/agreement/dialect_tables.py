"""The tables of `cases/dialects`, read: a document for each of their statements. Their README describes the form."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from parlance.contract.ir import JsonValue

__all__ = ["trials"]


def trials(table: dict[str, Any]) -> Iterator[tuple[str, str, JsonValue]]:
    """Every document of a table after its pointer and the code that it deserves, or `accept`."""
    yield "", "accept", table["minimal"]
    for case in table["cases"]:
        at = case["at"]
        if "absent" in case:
            yield at, case["absent"], _changed(table["minimal"], at)
        for value in case.get("accept", []):
            yield at, "accept", _changed(table["minimal"], at, value)
        for entry in [*case.get("refuse", []), *case.get("warn", [])]:
            below = entry.get("below", "")
            for code in sorted(entry.keys() - {"below"}):
                for value in entry[code]:
                    yield at + below, code, _changed(table["minimal"], at, value)


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
