"""Settings as TOML, each with where it is set."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import cast

from ..check.excerpt import WIDTH, columns
from ..finding.shape import is_object
from .settings import Settings
from .settings_file import schema

__all__ = ["listed", "listed_with_defaults"]


def listed(settings: Settings) -> Iterator[str]:
    """Those that are set."""
    for key in schema()["properties"]:
        if key in settings.origins:
            yield from _lines(key, _value(settings, key), settings.origin(key))


def listed_with_defaults(settings: Settings, defaults: Mapping[str, object]) -> Iterator[str]:
    """Every setting; *defaults* are those that are not in `Settings` itself."""
    for key in schema()["properties"]:
        value = _value(settings, key)
        if key in settings.origins:
            yield from _lines(key, value, settings.origin(key))
        elif (default := defaults.get(key, value)) is None:
            yield f"# {key} is not set"
        else:
            yield from _lines(key, default, "default")


def _value(settings: Settings, key: str) -> object:
    value: object = getattr(settings, key.replace("-", "_"))
    return value


def _lines(key: str, value: object, origin: str) -> Iterator[str]:
    """A setting on one line, or on several where that would be too long."""
    line = f"{key} = {_shown(value)}  # {origin}"
    if columns(line) <= WIDTH:
        yield line
        return
    yield f"# {origin}"
    if is_object(value):
        yield from (f"{key}.{json.dumps(name, ensure_ascii=False)} = {_shown(inner)}" for name, inner in value.items())
    elif isinstance(value, tuple):
        yield from (f"{key} = [", *(f"    {_shown(item)}," for item in cast("tuple[object, ...]", value)), "]")
    else:
        yield f"{key} = {_shown(value)}"


def _shown(value: object) -> str:
    """A value as TOML has it."""
    if is_object(value):
        inner = (f"{json.dumps(name, ensure_ascii=False)} = {_shown(inner)}" for name, inner in value.items())
        return f"{{{', '.join(inner)}}}"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_shown, cast('tuple[object, ...]', value)))}]"
    return json.dumps(value if isinstance(value, bool | int) else str(value), ensure_ascii=False)
