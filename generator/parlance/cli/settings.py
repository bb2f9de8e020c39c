"""What a project says in parlance.toml or `[tool.parlance]` of pyproject.toml, and the environment over it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..finding.shape import is_array, is_object
from .settings_file import problem_with, schema
from .settings_sources import OPTION, SettingsSources, from_text

if TYPE_CHECKING:
    from .settings_table import SettingsTable

__all__ = ["Settings", "read_settings"]

_PATHS = frozenset({"baseline", "containers", "output", "overlays", "spec"})


class Settings(NamedTuple):
    """Each is None or empty where nothing is said."""

    folder: Path
    """Where patterns start."""

    dialect: str | None = None
    per_file_dialects: Mapping[str, str] = {}
    per_file_payloads: Mapping[str, str] = {}
    containers: tuple[Path, ...] = ()
    overlays: tuple[Path, ...] = ()
    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    advice: bool = False
    per_file_ignores: Mapping[str, tuple[str, ...]] = {}
    severities: Mapping[str, str] = {}
    baseline: Path | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    extend_exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    skip_unrecognised: bool = False
    max_findings: int | None = None
    fail_on: str | None = None
    output_format: str | None = None
    docs_url: str | None = None
    spec: Path | None = None
    output: Path | None = None
    dialects: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    target: tuple[Mapping[str, Any], ...] = ()
    """What is generated into a user's repository, as it is written."""

    origins: Mapping[str, str] = {}
    """Where each key that is set was set, such as `pyproject.toml:12`; likewise `key.name` for one in a table."""

    def origin(self, key: str, word: str | None = None) -> str:
        """Where a key, or a name in its table, is set."""
        return self.origins.get(f"{key}.{word}", self.origins.get(key, key))


def read_settings(folder: Path, sources: SettingsSources | None = None) -> Settings:
    """The settings of the nearest file, in *folder* or above it, that has any; the environment counts over it.

    *sources* are those of the running command unless they are given.
    """
    sources = _of_command() if sources is None else sources
    found = sources.table(folder)
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    base = Path.cwd()
    if found is not None:
        # A file that is named holds for the working folder, wherever it lies.
        base = found.path.parent if sources.file is None else base
        values |= {key: _value(key, value, base) for key, value in found.table.items()}
        origins |= _origins(found)
    # The schema is only read where a variable may be a setting.
    known: dict[str, Any] = schema()["properties"] if any(name.startswith("PARLANCE_") for name in os.environ) else {}
    for key, facts in known.items():
        name = f"PARLANCE_{key.replace('-', '_').upper()}"
        text = os.environ.get(name)
        if text and "object" not in (facts["type"], facts.get("items", {}).get("type")):
            values[key] = _value(key, _from_environment(name, text, facts), Path.cwd())
            origins[key] = name
    for key, value in sources.overrides().items():
        given = _value(key, value, Path.cwd())
        is_table = is_object(value)
        values[key] = {**values.get(key, {}), **given} if is_table else given
        origins |= {f"{key}.{name}": OPTION for name in value} if is_table else {}
        origins[key] = OPTION
    return Settings(folder=base, origins=origins, **{key.replace("-", "_"): value for key, value in values.items()})


def _of_command() -> SettingsSources:
    from .invocation import settings_sources

    return settings_sources()


def _value(key: str, value: Any, base: Path) -> Any:
    if is_array(value):
        return tuple(base / item if key in _PATHS else item for item in value)
    if key in _PATHS:
        return base / value
    if key == "per-file-ignores":
        return {pattern: tuple(words) for pattern, words in value.items()}
    return value


def _origins(found: SettingsTable) -> dict[str, str]:
    inner = [(key, name) for key, value in found.table.items() if is_object(value) for name in value]
    tables = [(key, str(index)) for key, value in found.table.items() if is_array(value) for index in range(len(value))]
    return {
        **{key: found.place(key) for key in found.table},
        **{f"{key}.{name}": found.place(key, name) for key, name in (*inner, *tables)},
    }


def _from_environment(name: str, text: str, facts: dict[str, Any]) -> object:
    value = from_text(text, facts)
    if problem := problem_with(value, facts):
        import click

        message = f"{name} {problem}"
        raise click.UsageError(message)
    return value
