"""A file of settings to its table, or to what is wrong with it."""

from __future__ import annotations

import os
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import click

from ..finding import Lines, did_you_mean, lines_of
from ..finding.shape import is_array, is_object
from .settings_file import problem_with, schema
from .terminal import UsageProblems

__all__ = ["SettingsTable", "read_table"]


class SettingsTable(NamedTuple):
    """A table of settings, and the text that it stands in."""

    path: Path
    text: str
    section: tuple[str, ...]
    table: dict[str, Any]

    def place(self, key: str, *names: str) -> str:
        """The file, and the line of a key, or of what is in its table: a name, or the index of a table and a name."""
        numbers = _numbers(self.text)
        number = 1
        for end in range(len(names) + 1):
            number = numbers.get((*self.section, key, *names[:end]), number)
        return f"{_shown(self.path)}:{number}"


def read_table(path: Path, section: tuple[str, ...]) -> SettingsTable | None:
    """The table of this name in a file; None where it has none, and refused where it breaks the schema."""
    found = _read(path, section)
    if found is not None and (problems := list(_problems(found))):
        raise UsageProblems(problems)
    return found


def _read(path: Path, section: tuple[str, ...]) -> SettingsTable | None:
    try:
        text = path.read_bytes().decode()
        if deep := _DEEP_KEY.search(text):
            message = f"a key of so many parts is not read (at line {Lines(text).place(deep.start())[0]})"
            raise ValueError(message)
        table: Any = tomllib.loads(text)
    except RecursionError:
        message = f"{_shown(path)}: it is nested too deeply"
        raise click.UsageError(message) from None
    except (OSError, ValueError) as error:
        line = re.search(r"at line ([0-9]+)", str(error))
        message = f"{_shown(path)}{f':{line[1]}' if line else ''}: {error}"
        raise click.UsageError(message) from None
    for name in section:
        table = table.get(name) if is_object(table) else None
    if table is not None and not is_object(table):
        message = f"{_shown(path)}: tool.parlance must be a table"
        raise click.UsageError(message)
    return None if table is None else SettingsTable(path, text, section, table)


def _problems(found: SettingsTable) -> Iterator[str]:
    known: dict[str, Any] = schema()["properties"]
    for key, value in found.table.items():
        if key not in known:
            advice = did_you_mean(key, known) or f"; there are {', '.join(sorted(known))}"
            yield f"{found.place(key)}: there is no setting {key!r}{advice}"
        elif is_object(value) and known[key]["type"] == "object":
            for name, inner in value.items():
                if problem := problem_with(inner, known[key]["additionalProperties"]):
                    yield f"{found.place(key, name)}: {key}.{name} {problem}"
        elif problem := problem_with(value, known[key]):
            yield f"{found.place(key)}: {key} {problem}"
        elif is_array(value) and known[key]["items"]["type"] == "object":
            for index, inner in enumerate(value):
                yield from _problems_of_item(found, key, index, inner, known[key]["items"])


def _problems_of_item(
    found: SettingsTable, key: str, index: int, table: Mapping[str, Any], facts: Mapping[str, Any]
) -> Iterator[str]:
    """What is wrong with one table of a list."""
    known: Mapping[str, Any] = facts["properties"]
    for name, value in table.items():
        at = found.place(key, str(index), name)
        if name not in known:
            advice = did_you_mean(name, known) or f"; there are {', '.join(sorted(known))}"
            yield f"{at}: there is no setting {key}.{name}{advice}"
        elif problem := problem_with(value, known[name]):
            yield f"{at}: {key}.{name} {problem}"
    for name in facts["required"]:
        if name not in table:
            yield f"{found.place(key, str(index))}: {key}.{name} is missing"


_NAME = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+"""
_DEEP_KEY = re.compile(rf"(?:^|[{{,])[ \t\[]*+{_NAME}(?:\.[ \t]*+{_NAME}){{100}}", re.MULTILINE)
"""`tomllib` takes a time that grows with the square of the parts of a key."""

_HEADER = re.compile(r"\s*(\[)?\[([^\[\]]+)\](?(1)\])\s*(?:#.*)?")
_PART = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*""")
_INLINE = re.compile(r"""[{,]\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*=""")


@lru_cache(maxsize=1)
def _numbers(text: str) -> dict[tuple[str, ...], int]:
    """The line in which each key is written, by the names that lead to it, found as a reader would."""
    numbers: dict[tuple[str, ...], int] = {}
    counts: Counter[tuple[str, ...]] = Counter()
    within: tuple[str, ...] = ()
    for number, line in enumerate(lines_of(text), 1):
        header = _HEADER.fullmatch(line)
        if header:
            within = _parts(header[2])
            if header[1]:
                counts[within] += 1
                within = (*within, str(counts[within] - 1))
        written = within if header else (*within, *_parts(line)) if "=" in line else ()
        for end in range(1, len(written) + 1):
            numbers.setdefault(written[:end], number)
        if not header:
            for inner in _INLINE.finditer(line):
                numbers.setdefault((*written, inner[1] or inner[2] or inner[3] or ""), number)
    return numbers


def _parts(text: str) -> tuple[str, ...]:
    """The names of a dotted key."""
    parts: list[str] = []
    at = 0
    while part := _PART.match(text, at):
        parts.append(part[1] or part[2] or part[3] or "")
        at = part.end()
        if text[at : at + 1] != ".":
            break
        at += 1
    return tuple(parts)


def _shown(path: Path) -> str:
    """*path* from the working folder, where it lies within."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative
