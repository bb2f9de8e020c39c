"""A YAML scalar to the JSON value that it stands for."""

from __future__ import annotations

import math
import re
from typing import Any, NamedTuple, TypeAlias

import yaml

from .text_source import Unreadable

__all__ = ["ODD", "Event", "Loader", "Scalar", "as_key", "as_value", "foreign", "is_plain", "loader", "shortened"]

Event: TypeAlias = Any
"""An event of PyYAML, of which its stubs say little."""

Loader: TypeAlias = Any
"""The loader of PyYAML that is written in C: the other one refuses some of what this one reads."""

ODD = re.compile(rf"\A\ufeff|{yaml.reader.Reader.NON_PRINTABLE.pattern}")
"""What YAML cannot hold, and a second byte order mark, which would shift the places after it."""

_PREFIX = "tag:yaml.org,2002:"
_KINDS = frozenset({"null", "bool", "int", "float", "str"})
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\Z")
_LARGE = re.compile(r"[-+]?[0-9_]+\Z")
_WORDS = re.compile(r"[A-Za-z_][A-Za-z0-9_./-]*+(?: [A-Za-z0-9_./-]++)*+\Z")
_DOUBTFUL = frozenset({"y", "n"})
"""Truth values in YAML 1.1, though not to PyYAML."""

_LONGEST = 4_000
"""How long a number may be, in whatever base: Python prints no integer that is much longer."""

_MOST_BITS = 14_000


def loader(text: str) -> Loader:
    """What reads *text* event by event."""
    try:
        return yaml.CSafeLoader(text)
    except AttributeError:
        message = "PyYAML has no C part here, and YAML is read by it: install a wheel of PyYAML"
        raise Unreadable(message) from None


class Scalar(NamedTuple):
    """A value, or what stands in for it where there is a fault."""

    value: Any
    code: str | None = None
    message: str = ""
    advice: str = ""
    remark: str | None = None
    """What YAML made of the text, where that may surprise."""


def as_value(loader: Loader, event: yaml.ScalarEvent) -> Scalar:
    """The value of a scalar that is not a key."""
    text = event.value
    kind = _kind(loader, event)
    if kind not in _KINDS:
        return Scalar(text, "PAR010", *foreign(kind, text))
    if kind in ("null", "str"):
        return Scalar(None if kind == "null" else text)
    if len(text) > _LONGEST and (kind == "int" or ":" in text):
        return _too_large(text)
    try:
        value = getattr(loader, f"construct_yaml_{kind}")(yaml.ScalarNode(f"{_PREFIX}{kind}", text))
    except OverflowError:
        return _too_large(text)
    except (ValueError, KeyError, IndexError, yaml.YAMLError):
        if kind == "int" and _LARGE.match(text):
            return _too_large(text)
        return Scalar(0, "PAR010", f"{shortened(text)} cannot be read as {kind}", "quote it")
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        return _too_large(text)
    if isinstance(value, float) and not math.isfinite(value):
        if "inf" in text.lower() or "nan" in text.lower():
            return Scalar(0, "PAR005", f"{text} is not a JSON number", "write a finite number, or null")
        return _too_large(text)
    return Scalar(value, remark=_surprise(value, text))


def as_key(loader: Loader, event: yaml.ScalarEvent) -> Scalar:
    """The key that a scalar stands for; `<<` is left to the caller."""
    text = event.value
    kind = _kind(loader, event)
    if kind in ("str", "merge", "value"):
        return Scalar(text)
    message = f"the key {shortened(text)} is read as {kind}, and keys are strings"
    return Scalar(text, "PAR010", message, f'quote it: "{shortened(text)}"')


def foreign(tag: str, text: str | None = None) -> tuple[str, str]:
    """The message and the advice for a tag that JSON has no value for."""
    name = tag.removeprefix(_PREFIX)
    if name == "timestamp":
        return f"{text} is a date, which JSON cannot say", "quote it"
    shown = shortened(name if name.startswith("!") else f"!!{name}")
    return f"the tag {shown} says what JSON cannot", "write plain data"


def is_plain(text: str) -> bool:
    """Whether *text* can stand without quotes everywhere, and is a text then."""
    if not _WORDS.match(text) or text.lower() in _DOUBTFUL:
        return False
    resolver: Loader = yaml.resolver.Resolver()
    return bool(resolver.resolve(yaml.ScalarNode, text, (True, False)) == f"{_PREFIX}str")


def shortened(text: str) -> str:
    """*text*, or its beginning."""
    return text if len(text) <= 30 else f"{text[:30]}…"


def _kind(loader: Loader, event: yaml.ScalarEvent) -> str:
    tag: str | None = event.tag
    if tag is None or tag == "!":
        tag = loader.resolve(yaml.ScalarNode, event.value, event.implicit)
    return str(tag).removeprefix(_PREFIX)


def _too_large(text: str) -> Scalar:
    message = f"{shortened(text)} is too large for a 64-bit number"
    return Scalar(0, "PAR006", message, "write a smaller one, or a string")


def _surprise(value: object, text: str) -> str | None:
    if isinstance(value, bool):
        plain, spelt = text.lower() in ("true", "false"), str(value).lower()
    else:
        plain, spelt = isinstance(value, float) or bool(_DECIMAL.match(text)), str(value)
    return None if plain else f"YAML reads {text} as {spelt}: quote it to keep the text"
