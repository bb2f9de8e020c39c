"""A YAML scalar to the JSON value that it stands for."""

from __future__ import annotations

import math
import re

from ..yaml_text.events import constructed, plain_kind, tag_name
from ..yaml_text.usage import Scalar, Words

__all__ = ["is_plain", "scalar_value", "shortened"]

_KINDS = frozenset({"null", "bool", "int", "float", "str"})
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\Z")
_LARGE = re.compile(r"[-+]?[0-9_]+\Z")
_WORDS = re.compile(r"[A-Za-z_][A-Za-z0-9_./-]*+(?: [A-Za-z0-9_./-]++)*+\Z")
_DOUBTFUL = frozenset({"y", "n"})
"""Truth values in YAML 1.1, though not to PyYAML."""

_LONGEST = 4_000
"""How long a number may be, in whatever base: Python prints no integer that is much longer."""

_MOST_BITS = 14_000


def scalar_value(kind: str, text: str) -> Scalar:
    """The value of a scalar that is not a key."""
    if kind == "timestamp":
        return Scalar(text, Words("PAR010", f"{text} is a date, which JSON cannot say", "quote it"))
    if kind not in _KINDS:
        message = f"the tag {shortened(tag_name(kind))} says what JSON cannot"
        return Scalar(text, Words("PAR010", message, "write plain data"))
    if kind == "str":
        return Scalar(text)
    if len(text) > _LONGEST and (kind == "int" or ":" in text):
        return _too_large(text)
    try:
        value = constructed(kind, text)
    except OverflowError:
        return _too_large(text)
    except ValueError:
        if kind == "int" and _LARGE.match(text):
            return _too_large(text)
        return Scalar(0, Words("PAR010", f"{shortened(text)} cannot be read as {kind}", "quote it"))
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        return _too_large(text)
    if isinstance(value, float) and not math.isfinite(value):
        if "inf" in text.lower() or "nan" in text.lower():
            return Scalar(0, Words("PAR005", f"{text} is not a JSON number", "write a finite number, or null"))
        return _too_large(text)
    return Scalar(value, remark=None if value is None else _surprise(value, text))


def is_plain(text: str) -> bool:
    """Whether *text* can stand without quotes everywhere, and is a text then."""
    return bool(_WORDS.match(text)) and text.lower() not in _DOUBTFUL and plain_kind(text) == "str"


def shortened(text: str) -> str:
    """*text*, or its beginning."""
    return text if len(text) <= 30 else f"{text[:30]}…"


def _too_large(text: str) -> Scalar:
    message = f"{shortened(text)} is too large for a 64-bit number"
    return Scalar(0, Words("PAR006", message, "write a smaller one, or a string"))


def _surprise(value: object, text: str) -> str | None:
    if isinstance(value, bool):
        plain, spelt = text.lower() in ("true", "false"), str(value).lower()
    else:
        plain, spelt = isinstance(value, float) or bool(_DECIMAL.match(text)), str(value)
    return None if plain else f"YAML reads {text} as {spelt}: quote it to keep the text"
