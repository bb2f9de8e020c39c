"""The nearest parlance.toml or pyproject.toml, and what its schema allows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..finding import did_you_mean
from ..finding.shape import is_array, is_object

if TYPE_CHECKING:
    from .settings_table import SettingsTable

__all__ = ["SETTINGS_FILES", "find_settings", "problem_with", "schema", "schema_text"]

SETTINGS_FILES: dict[str, tuple[str, ...]] = {"parlance.toml": (), "pyproject.toml": ("tool", "parlance")}
"""Their names, the first before the second, and the table in them."""


def schema_text() -> str:
    """The JSON Schema of the settings."""
    return Path(__file__).with_name("settings.schema.json").read_text("utf-8")


@cache
def schema() -> dict[str, Any]:
    """The same, decoded."""
    decoded: dict[str, Any] = json.loads(schema_text())
    return decoded


def find_settings(folder: Path) -> SettingsTable | None:
    """The nearest table, in *folder* or above it; one that breaks the schema is refused."""
    for name, section in SETTINGS_FILES.items():
        if (folder / name).is_file():
            from .settings_table import read_table  # with what reads TOML; many runs find no settings

            if (found := read_table(folder / name, section)) is not None:
                return found
    return None if folder.parent == folder else find_settings(folder.parent)


def problem_with(value: object, facts: Mapping[str, Any]) -> str | None:
    """Why a value is not what *facts*, a part of the schema, say; None if it is."""
    kind = facts["type"]
    if kind == "object":
        return None if is_object(value) else "must be a table"
    if kind == "array" and facts["items"]["type"] == "object":
        return None if is_array(value) and all(map(is_object, value)) else "must be a list of tables: write [[…]]"
    if kind == "array":
        if not is_array(value) or not all(isinstance(item, str) for item in value):
            return "must be a list of strings"
        return "must not contain U+0000" if any("\0" in str(item) for item in value) else None
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
