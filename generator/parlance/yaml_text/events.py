"""PyYAML's part in the reading: a text to events, and the scalars of YAML 1.1."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

import yaml

__all__ = [
    "ODD",
    "Event",
    "Loader",
    "NoParserError",
    "constructed",
    "container_kind",
    "kind_of",
    "loader",
    "plain_kind",
    "tag_name",
]

Event: TypeAlias = Any
"""An event of PyYAML, of which its stubs say little."""

Loader: TypeAlias = Any
"""The loader of PyYAML that is written in C: the other one refuses some of what this one reads."""

ODD = re.compile(rf"\A\ufeff|{yaml.reader.Reader.NON_PRINTABLE.pattern}")
"""What YAML cannot hold, and a second byte order mark, which would shift the places after it."""

_PREFIX = "tag:yaml.org,2002:"
_NULLS = frozenset({"null", "Null", "NULL", "~", ""})
_CONSTRUCTOR: Any = yaml.constructor.SafeConstructor()


class NoParserError(Exception):
    """There is nothing here that reads YAML."""

    message = "PyYAML has no C part here"
    advice = "install a wheel of PyYAML"


def loader(text: str) -> Loader:
    """What reads *text* event by event."""
    try:
        return yaml.CSafeLoader(text)
    except AttributeError:
        raise NoParserError from None


def kind_of(loader: Loader, event: yaml.ScalarEvent) -> str:
    """What a scalar is by its tag, or by its looks where it has none: a tag of YAML itself without its prefix."""
    tag: str | None = event.tag
    if tag is None or tag == "!":
        if not event.implicit[0]:
            return "str"  # in quotes, or a block
        tag = loader.resolve(yaml.ScalarNode, event.value, event.implicit)
    return str(tag).removeprefix(_PREFIX)


def container_kind(event: Event) -> str:
    """`map` or `seq` of the beginning of a container without another tag."""
    looks = "map" if isinstance(event, yaml.MappingStartEvent) else "seq"
    return looks if event.tag in (None, "!") else str(event.tag).removeprefix(_PREFIX)


def tag_name(kind: str) -> str:
    """A tag as one would write it."""
    if kind.startswith("!"):
        return kind
    return f"!<{kind}>" if kind.startswith("tag:") else f"!!{kind}"


def plain_kind(text: str) -> str:
    """What *text* is without quotes and without a tag."""
    resolver: Loader = yaml.resolver.Resolver()
    return str(resolver.resolve(yaml.ScalarNode, text, (True, False))).removeprefix(_PREFIX)


def constructed(kind: str, text: str) -> bool | int | float | None:
    """The value in YAML 1.1 of a `null`, a `bool`, an `int` or a `float`; raises `ValueError`, or `OverflowError`."""
    if kind == "null":
        if text not in _NULLS:
            raise ValueError(text)
        return None
    try:
        value: bool | int | float = getattr(_CONSTRUCTOR, f"construct_yaml_{kind}")(yaml.ScalarNode(kind, text))
    except (KeyError, IndexError, yaml.YAMLError):
        raise ValueError(text) from None
    return value
