"""The tables of cases of one dialect: which values they say are taken, and which are found by which code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ..finding import LocatedMap
from ..finding.shape import is_array, is_object
from ..spec.reading import read_file

__all__ = ["TableCase", "read_cases"]


class TableCase(NamedTuple):
    """A value at a place of an artifact, and what is found there."""

    artifact: str
    code: str | None
    """None for a value that is taken."""

    steps: tuple[str, ...]
    value: Any


def read_cases(folder: Path) -> list[TableCase]:
    """The cases of every table in a folder, each of which has the name of its artifact. Raises `SpecError`."""
    tables = ((path.stem, read_file(path)) for path in sorted(folder.glob("*.yaml")))
    return [case for artifact, table in tables for case in _cases(artifact, table)]


def _cases(artifact: str, table: LocatedMap) -> Iterator[TableCase]:
    for row in table.get("cases", ()):
        at = _steps(row["at"])
        yield from (TableCase(artifact, None, at, value) for value in row.get("accept", ()))
        for entry in (*row.get("refuse", ()), *row.get("warn", ())):
            below = _steps(entry.get("below", ""))
            for code in entry.keys() - {"below"}:
                yield from (TableCase(artifact, code, (*at, *below), _value(value, below)) for value in entry[code])
    for row in table.get("documents", ()):
        yield from _of_document(artifact, row, table.get("minimal", {}))


def _of_document(artifact: str, row: Mapping[str, Any], minimal: Mapping[str, Any]) -> Iterator[TableCase]:
    document = row["document"] if "document" in row else {**minimal, **row.get("with", {})}
    found = [text.partition(" ") for text in (*row.get("errors", ()), *row.get("warnings", ()))]
    for code, _, pointer in found:
        steps = _steps(pointer)
        yield TableCase(artifact, code, steps, _value(document, steps))
    if not found and is_object(document):
        yield from (TableCase(artifact, None, (str(key),), value) for key, value in document.items())


def _steps(pointer: str) -> tuple[str, ...]:
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])


def _value(value: Any, steps: tuple[str, ...]) -> Any:
    """What stands at a place inside a value; None where nothing does."""
    for step in steps:
        if is_object(value):
            value = value.get(step)
        elif is_array(value) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value
