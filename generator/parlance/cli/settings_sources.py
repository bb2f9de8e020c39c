"""Where settings come from: the nearest file, one that `--config` names, or none; and single ones over them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from ..finding import did_you_mean
from ..finding.shape import is_object
from .settings_file import SETTINGS_FILES, find_settings, problem_with, schema

if TYPE_CHECKING:
    from .settings_table import SettingsTable

__all__ = ["OPTION", "SettingsSources", "from_text"]

OPTION = "--config"
_BOOLEANS = {"1": True, "true": True, "0": False, "false": False}
_MOST_DIGITS = 18
"""More than anybody means; Python refuses to read thousands."""


class SettingsSources(NamedTuple):
    """What one call says of its settings."""

    file: Path | None = None
    """The only file that is read."""

    assignments: tuple[str, ...] = ()
    """Each `KEY=VALUE`; they count over files and the environment."""

    is_isolated: bool = False
    """Whether no file is read."""

    @classmethod
    def of(cls, texts: Iterable[str], *, is_isolated: bool) -> SettingsSources:
        """What `--config` was given. Raises `click.UsageError`."""
        files: list[Path] = []
        assignments: list[str] = []
        for text in texts:
            if Path(text).is_file():
                files.append(Path(text))
            elif "=" in text:
                assignments.append(text)
            else:
                message = f"{OPTION}: {text!r} is neither a file nor KEY=VALUE"
                raise click.UsageError(message)
        if len(files) > 1:
            message = f"{OPTION} names two files, {files[0]} and {files[1]}; one can be used"
            raise click.UsageError(message)
        if files and is_isolated:
            message = f"{OPTION} {files[0]} cannot be used with --isolated, which reads no file"
            raise click.UsageError(message)
        return cls(files[0] if files else None, tuple(assignments), is_isolated)

    @property
    def is_fixed(self) -> bool:
        """Whether the settings are the same for every file that is checked."""
        return self.is_isolated or self.file is not None

    def table(self, folder: Path) -> SettingsTable | None:
        """The table of settings that counts in *folder*; None where there is none."""
        if self.is_isolated:
            return None
        if self.file is None:
            return find_settings(folder)
        from .settings_table import read_table

        section = SETTINGS_FILES.get(self.file.name, ())
        table = read_table(self.file, section)
        if table is None:
            message = f"{self.file}: there is no table [{'.'.join(section)}] in it"
            raise click.UsageError(message)
        return table

    def overrides(self) -> dict[str, Any]:
        """The single settings by name, tables merged."""
        merged: dict[str, Any] = {}
        for text in self.assignments:
            for key, value in _assigned(text).items():
                merged[key] = {**merged[key], **value} if is_object(value) and key in merged else value
        return merged


def _assigned(text: str) -> dict[str, Any]:
    """The setting that `KEY=VALUE` is: TOML, or a text without its quotes."""
    import tomllib

    known: dict[str, Any] = schema()["properties"]
    head, _, tail = text.partition("=")
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError):
        try:
            table = tomllib.loads(f"{head} = {json.dumps(tail.strip())}")
        except (ValueError, RecursionError):
            message = f"{OPTION}: {text!r} is not KEY=VALUE as TOML has it"
            raise click.UsageError(message) from None
        table = {key: _unquoted(value, known.get(key)) for key, value in table.items()}
    for key, value in table.items():
        if key not in known:
            advice = did_you_mean(key, known) or f"; there are {', '.join(sorted(known))}"
            message = f"{OPTION}: there is no setting {key!r}{advice}"
            raise click.UsageError(message)
        for problem in _problems(key, value, known[key]):
            message = f"{OPTION}: {problem}"
            raise click.UsageError(message)
    return table


def _problems(key: str, value: object, facts: dict[str, Any]) -> Iterator[str]:
    if problem := problem_with(value, facts):
        yield f"{key} {problem}"
    elif is_object(value):
        for name, inner in value.items():
            yield from _problems(f"{key}.{name}", inner, facts["additionalProperties"])


def _unquoted(value: Any, facts: dict[str, Any] | None) -> object:
    """A *value* that was written without quotes; in a table, each of its values."""
    if facts is None:
        return value
    if is_object(value) and facts["type"] == "object":
        return {name: _unquoted(inner, facts["additionalProperties"]) for name, inner in value.items()}
    return from_text(value, facts) if isinstance(value, str) else value


def from_text(text: str, facts: dict[str, Any]) -> object:
    """What a text means that stands for a setting, as in the environment; *facts* are a part of the schema."""
    if facts["type"] == "array":
        return [part.strip() for part in text.split(",") if part.strip()]
    if facts["type"] == "boolean":
        return _BOOLEANS.get(text.lower(), text)
    if facts["type"] == "integer" and text.isdecimal():
        return int(text[:_MOST_DIGITS])
    return text
