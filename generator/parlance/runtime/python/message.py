"""Values as words of a message."""

from __future__ import annotations

from .strings import string

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from .violation import Json

__all__ = ["filled", "listed", "shown"]


def listed(values: Iterable[Json]) -> str:
    """Write values for a message, one after the other; `none` where there are none."""
    return ", ".join(shown(each) for each in values) or "none"


def shown(value: Json) -> str:
    """Write a value for a message, cut where it is long."""
    text = _spelled(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _spelled(value: Json) -> str:
    if isinstance(value, int) and value.bit_length() > 128:
        return "a number of over 38 digits"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "an object"
    text = string(value)
    return text if isinstance(text, str) else "null"


def filled(template: str, values: dict[str, Json]) -> str:
    """*template* with each `{name}` replaced; never looks into what a value says."""
    parts = template.split("{")
    out = [parts[0]]
    for part in parts[1:]:
        name, brace, rest = part.partition("}")
        out.append(shown(values[name]) + rest if brace and name in values else "{" + part)
    return "".join(out)
