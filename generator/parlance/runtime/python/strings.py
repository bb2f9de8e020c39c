"""What strings say and hold: JSON, base64, data URLs."""

from __future__ import annotations

from .pattern_search import matches

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .violation import Json

__all__ = [
    "byte_size",
    "contains",
    "data_of",
    "ends_with",
    "is_base64",
    "is_json",
    "is_json_object",
    "matches_pattern",
    "mime_type",
    "starts_with",
    "string",
]


_LONGEST = 4096
"""How many bits a number has that is still written as text."""

_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def string(value: Json) -> Json:
    """A number or a boolean as text, a string as it is; None for anything else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    if isinstance(value, int) and value.bit_length() > _LONGEST:
        return None
    if isinstance(value, (int, float)):
        return str(value)
    return value if isinstance(value, str) else None


def starts_with(value: Json, beginning: Json) -> bool:
    """Whether a string begins with another."""
    return isinstance(value, str) and isinstance(beginning, str) and value.startswith(beginning)


def ends_with(value: Json, end: Json) -> bool:
    """Whether a string ends with another."""
    return isinstance(value, str) and isinstance(end, str) and value.endswith(end)


def contains(value: Json, part: Json) -> bool:
    """Whether a string contains another."""
    return isinstance(value, str) and isinstance(part, str) and part in value


def matches_pattern(value: Json, expression: str) -> bool:
    """Whether a string contains a match of a regular expression of Python's."""
    return isinstance(value, str) and matches(expression, value)


def is_json(value: Json) -> bool:
    """Whether a string is JSON text."""
    return _parsed(value) is not None


def is_json_object(value: Json) -> bool:
    """Whether a string is the JSON text of an object."""
    parsed = _parsed(value)
    return parsed is not None and isinstance(parsed[0], dict)


def _parsed(value: Json) -> tuple[Json] | None:
    if not isinstance(value, str):
        return None
    import json

    try:
        return (json.loads(value, parse_constant=_refuse),)
    except (ValueError, RecursionError):
        return None


def _refuse(word: str) -> Json:
    raise ValueError(word)


def is_base64(value: Json) -> bool:
    """Whether a string is base64, padded, of the standard alphabet."""
    if not isinstance(value, str) or len(value) % 4 or not value.isascii():
        return False
    # An image has 100,000 characters, which an expression takes four times as long to look at.
    padding = value.encode().translate(None, _BASE64)
    return padding in (b"", b"=", b"==") and value.endswith(padding.decode())


def byte_size(value: Json) -> Json:
    """How many bytes a base64 string stands for; None if it is none."""
    if not isinstance(value, str) or not is_base64(value):
        return None
    return len(value) // 4 * 3 - value[-2:].count("=")


def mime_type(value: Json) -> Json:
    """The media type of a data URL in lower case; None for any other string."""
    if not isinstance(value, str) or value[:5].lower() != "data:" or "," not in value:
        return None
    return value[5 : value.index(",")].partition(";")[0].strip().lower()


def data_of(value: Json) -> Json:
    """What a data URL carries after its comma; None for any other string."""
    if not isinstance(value, str) or value[:5].lower() != "data:" or "," not in value:
        return None
    return value[value.index(",") + 1 :]
