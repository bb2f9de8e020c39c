"""`[tool.parlance]` of the nearest pyproject.toml, or parlance.toml: what is generated, from what, and where to."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import click

from ..finding import did_you_mean

__all__ = ["Settings", "read_settings"]

_TEXTS = ("output", "spec")
_LISTS = ("dialects", "targets")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a project says; None and empty where it says nothing."""

    spec: Path | None = None
    output: Path | None = None
    dialects: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


def read_settings(folder: Path) -> Settings:
    """The settings of the nearest file, in *folder* or above it, that has any; paths start where that file is."""
    for parent in (folder, *folder.parents):
        for file, section in ((parent / "parlance.toml", ()), (parent / "pyproject.toml", ("tool", "parlance"))):
            table = _table(file, section) if file.is_file() else None
            if table is not None:
                _check(file.name, table)
                return Settings(
                    spec=parent / table["spec"] if "spec" in table else None,
                    output=parent / table["output"] if "output" in table else None,
                    dialects=tuple(table.get("dialects", ())),
                    targets=tuple(table.get("targets", ())),
                )
    return Settings()


def _table(file: Path, section: tuple[str, ...]) -> dict[str, Any] | None:
    try:
        table: Any = tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        message = f"{file.name}: {error}"
        raise click.UsageError(message) from None
    for name in section:
        table = cast("dict[str, Any]", table).get(name) if isinstance(table, dict) else None
    if table is not None and not isinstance(table, dict):
        message = f"{file.name}: tool.parlance must be a table"
        raise click.UsageError(message)
    return cast("dict[str, Any] | None", table)


def _check(file: str, table: dict[str, Any]) -> None:
    problems = list(_problems(table))
    if problems:
        raise click.UsageError("\n".join(f"{file}: {problem}" for problem in problems))


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in cast("list[object]", value))


def _problems(table: dict[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        if key in _TEXTS and not isinstance(value, str):
            yield f"{key} must be a string"
        elif key in _LISTS and not _is_list_of_texts(value):
            yield f"{key} must be a list of strings"
        elif key not in (*_TEXTS, *_LISTS):
            known = ", ".join(sorted((*_TEXTS, *_LISTS)))
            yield f"there is no setting {key!r}{did_you_mean(key, (*_TEXTS, *_LISTS)) or f'; there are {known}'}"
