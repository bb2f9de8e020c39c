"""Facts of a contract in words, the same in a docstring, a schema and a page: `From 0 to 2.`, `Default 1.`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from ..contract.evidence import sourced
from ..contract.ir import (
    Alias,
    Anything,
    Array,
    Boolean,
    Constant,
    Deprecation,
    Enumeration,
    Field,
    Integer,
    Map,
    Member,
    Named,
    Nothing,
    Null,
    Number,
    Record,
    Refused,
    Tagged,
    Text,
    Type,
    Union,
)
from .json_text import json_line

__all__ = ["bounds", "default", "deprecated", "described", "refused", "sourced"]

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def described(thing: Field | Member | Record | Enumeration | Alias) -> str:
    """The description of *thing*, followed by its bounds, default and deprecation, a sentence each."""
    text = thing.description
    sentences = [_sentence(text), *(limit for limit in _limits(thing) if not _has_numbers_of(text, limit))]
    if not isinstance(thing, Member | Record) and (sentence := default(thing)):
        is_there = "default" in text.lower() and json_line(thing.default).strip('"').lower() in text.lower()
        sentences += [] if is_there else [sentence]
    if isinstance(thing, Field) and isinstance(thing.policy, Refused):
        sentences.append(refused(thing.policy))
    elif thing.history.deprecation:
        sentences.append(deprecated(thing.history.deprecation))
    return " ".join(sentence for sentence in sentences if sentence)


def _has_numbers_of(description: str, limit: str) -> bool:
    """Whether *description* has every number of *limit*, so that repeating it would say nothing."""
    numbers = set(_NUMBER.findall(limit))
    text = description.replace(",", "").replace("t least one", "t least 1")
    return bool(numbers) and "`" not in limit and numbers <= set(_NUMBER.findall(text))


def _limits(thing: Field | Member | Record | Enumeration | Alias) -> Iterator[str]:
    match thing:
        case Field() | Alias():
            yield from bounds(thing.type)
        case Enumeration():
            yield from bounds(thing.base)
            if thing.open:
                yield "Other values are accepted too."
        case Record():
            yield from _counted(thing.min_properties, thing.max_properties, "field")
        case Member():
            pass


def _sentence(text: str) -> str:
    stripped = text.strip()
    return stripped if not stripped or stripped[-1] in ".!?:`)]" else f"{stripped}."


def default(thing: Field | Enumeration | Alias) -> str:
    """`Default 1.`; empty where there is none."""
    return f"Default {json_line(thing.default)}." if thing.has_default else ""


def deprecated(deprecation: Deprecation) -> str:
    """`Deprecated since 2024-09-12: use max_completion_tokens.`."""
    since = f" since {deprecation.since}" if deprecation.since else ""
    instead = f": use {' or '.join(deprecation.replaced_by)}" if deprecation.replaced_by else ""
    return f"Deprecated{since}{instead}."


def refused(policy: Refused) -> str:
    """`Refused (kluster.ai documentation 3f0599d, 2024-10-16: the vendor withdrew it).`."""
    if policy.varies:
        return f"Not every server takes it: {policy.varies}."
    return f"{'Said to be refused' if policy.is_hearsay else 'Refused'} ({'; '.join(map(sourced, policy.evidence))})."


def bounds(kind: Type) -> list[str]:
    """What a value of *kind* must satisfy beyond its type, a sentence each; what a name refers to is not followed."""
    match kind:
        case Text():
            return [*_counted(kind.min_length, kind.max_length, "character"), *_matching(kind.pattern)]
        case Integer() | Number():
            return list(_range(kind))
        case Array():
            unique = ["No item twice."] if kind.unique_items else []
            each = [f"Each item: {_lowered(sentence)}" for sentence in bounds(kind.items)]
            return [*_counted(kind.min_items, kind.max_items, "item"), *unique, *each]
        case Map():
            keys = [f"Each key: {_lowered(sentence)}" for sentence in (bounds(kind.keys) if kind.keys else [])]
            values = [f"Each value: {_lowered(sentence)}" for sentence in bounds(kind.values)]
            return [*_counted(kind.min_properties, kind.max_properties, "entry"), *keys, *values]
        case Union():
            return list(dict.fromkeys(_alternatives(kind)))
        case Boolean() | Null() | Anything() | Nothing() | Constant() | Named() | Tagged():
            return []
        case _:
            assert_never(kind)


def _alternatives(union: Union) -> Iterator[str]:
    several = sum(not isinstance(option, Null) for option in union.options) > 1
    for option in union.options:
        subject = _SUBJECTS.get(type(option), "")
        for sentence in bounds(option):
            yield f"{subject}: {_lowered(sentence)}" if several and subject else sentence


_SUBJECTS: dict[type, str] = {
    Text: "As a string",
    Integer: "As an integer",
    Number: "As a number",
    Array: "As an array",
    Map: "As an object",
}


def _lowered(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def _counted(least: int | None, most: int | None, noun: str) -> Iterator[str]:
    low = least or None
    match (low, most):
        case (None, None):
            return
        case (None, int()):
            yield f"At most {_number_of(most, noun)}."
        case (int(), None):
            yield f"At least {_number_of(low, noun)}."
        case _ if low == most:
            yield f"Exactly {_number_of(most, noun)}."
        case _:
            yield f"{low} to {_number_of(most, noun)}."


def _number_of(count: int | None, noun: str) -> str:
    plural = "entries" if noun == "entry" else f"{noun}s"
    return f"{count} {noun if count == 1 else plural}"


def _matching(pattern: str | None) -> Iterator[str]:
    if pattern is not None:
        yield f"Matches `{pattern}`."


def _range(kind: Integer | Number) -> Iterator[str]:
    if kind.minimum is not None and kind.maximum is not None:
        yield f"From {kind.minimum} to {kind.maximum}."
    elif kind.minimum is not None:
        yield f"At least {kind.minimum}."
    elif kind.maximum is not None:
        yield f"At most {kind.maximum}."
    if kind.exclusive_minimum is not None:
        yield f"More than {kind.exclusive_minimum}."
    if kind.exclusive_maximum is not None:
        yield f"Less than {kind.exclusive_maximum}."
    if kind.multiple_of is not None:
        yield f"A multiple of {kind.multiple_of}."
