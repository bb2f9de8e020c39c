"""The nearest parlance.toml or pyproject.toml to a table that its schema allows, or to what is wrong with it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import click

from ..finding import Lines, did_you_mean, lines_of
from ..finding.shape import is_array, is_object
from .terminal import UsageProblems

__all__ = ["SETTINGS_FILES", "SettingsFile", "find_settings", "problem_with", "schema", "schema_text"]

SETTINGS_FILES: dict[str, tuple[str, ...]] = {"parlance.toml": (), "pyproject.toml": ("tool", "parlance")}
"""Their names, the first before the second, and the table in them."""


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """A table of settings, and the text that it stands in."""

    path: Path
    text: str
    section: tuple[str, ...]
    table: dict[str, Any]

    def place(self, key: str, name: str | None = None) -> str:
        """The file, and the line of a key or of a name in its table."""
        numbers = _numbers(self.text)
        number = numbers.get((*self.section, key), 1)
        if name is not None:
            number = numbers.get((*self.section, key, name), number)
        return f"{_shown(self.path)}:{number}"


def schema_text() -> str:
    """The JSON Schema of the settings."""
    return Path(__file__).with_name("settings.schema.json").read_text("utf-8")


@cache
def schema() -> dict[str, Any]:
    """The same, decoded."""
    decoded: dict[str, Any] = json.loads(schema_text())
    return decoded


def find_settings(folder: Path) -> SettingsFile | None:
    """The nearest table, in *folder* or above it; one that breaks the schema is refused."""
    for name, section in SETTINGS_FILES.items():
        found = _read(folder / name, section) if (folder / name).is_file() else None
        if found is not None:
            problems = list(_problems(found))
            if problems:
                raise UsageProblems(problems)
            return found
    return None if folder.parent == folder else find_settings(folder.parent)


def _read(path: Path, section: tuple[str, ...]) -> SettingsFile | None:
    import tomllib  # many runs find no settings

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
    return None if table is None else SettingsFile(path, text, section, table)


def _problems(found: SettingsFile) -> Iterator[str]:
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


def problem_with(value: object, facts: Mapping[str, Any]) -> str | None:
    """Why a value is not what *facts*, a part of the schema, say; None if it is."""
    kind = facts["type"]
    if kind == "object":
        return None if is_object(value) else "must be a table"
    if kind == "array":
        right = is_array(value) and all(isinstance(item, str) for item in value)
        return None if right else "must be a list of strings"
    if kind == "boolean":
        return None if isinstance(value, bool) else "must be true or false"
    if kind == "integer":
        right = isinstance(value, int) and not isinstance(value, bool) and value >= facts["minimum"]
        return None if right else f"must be a whole number of at least {facts['minimum']}"
    if not isinstance(value, str):
        return "must be a string"
    if "\0" in value:
        return "must not contain U+0000"
    choices = facts.get("enum")
    if choices is None or value in choices:
        return None
    return f"must be one of {', '.join(choices)}{did_you_mean(value, choices)}"


_NAME = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+"""
_DEEP_KEY = re.compile(rf"(?:^|[{{,])[ \t\[]*+{_NAME}(?:\.[ \t]*+{_NAME}){{100}}", re.MULTILINE)
"""`tomllib` takes a time that grows with the square of the parts of a key."""

_HEADER = re.compile(r"\s*\[([^\[\]]+)\]\s*(?:#.*)?")
_PART = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*""")
_INLINE = re.compile(r"""[{,]\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*=""")


@lru_cache(maxsize=1)
def _numbers(text: str) -> dict[tuple[str, ...], int]:
    """The line in which each key is written, by the names that lead to it, found as a reader would."""
    numbers: dict[tuple[str, ...], int] = {}
    within: tuple[str, ...] = ()
    for number, line in enumerate(lines_of(text), 1):
        header = _HEADER.fullmatch(line)
        if header:
            within = _parts(header[1])
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
