"""Facts of a contract in words, the same in a docstring, a schema and a page: `From 0 to 2.`, `Default 1.`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import MISSING, fields, replace
from typing import Any, assert_never

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
from .policy_words import policy_sentence

__all__ = ["bounds", "default", "deprecated", "described", "policy_sentences", "sourced", "unconfirmed"]

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def described(thing: Field | Member | Record | Enumeration | Alias) -> str:
    """The description of *thing*, followed by its bounds, default and deprecation, a sentence each."""
    text = thing.description
    sentences = [_sentence(text), *(limit for limit in _limits(thing) if not _has_numbers_of(text, limit))]
    if not isinstance(thing, Member | Record) and (sentence := default(thing)):
        is_there = "default" in text.lower() and json_line(thing.default).strip('"').lower() in text.lower()
        sentences += [] if is_there else [sentence]
    if thing.history.deprecation and not (isinstance(thing, Field) and isinstance(thing.policy, Refused)):
        sentences.append(deprecated(thing.history.deprecation))
    sentences += policy_sentences(thing)
    return " ".join(sentence for sentence in sentences if sentence)


def _has_numbers_of(description: str, limit: str) -> bool:
    """Whether *description* has every number of *limit*, so that repeating it would say nothing."""
    numbers = set(_NUMBER.findall(limit))
    text = description.replace(",", "").replace("t least one", "t least 1")
    return bool(numbers) and "`" not in limit and _UNCONFIRMED not in limit and numbers <= set(_NUMBER.findall(text))


def _limits(thing: Field | Member | Record | Enumeration | Alias) -> Iterator[str]:
    match thing:
        case Field() | Alias():
            yield from bounds(thing.type)
        case Enumeration():
            yield from bounds(thing.base)
            if thing.open:
                yield "Other values are accepted too."
            elif thing.doubtful:
                yield "Whether other values are accepted is not known."
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


def policy_sentences(thing: Field | Member | Record | Enumeration | Alias) -> Iterator[str]:
    """What the server does with a field, with a value, or with records of a union, and who says so."""
    match thing:
        case Field() | Member():
            yield from filter(None, [policy_sentence(thing.policy)])
        case Alias(type=Tagged(policies=policies)):
            yield from (f"`{value}`: {_lowered(policy_sentence(policy))}" for value, policy in policies)
        case _:
            pass


def unconfirmed(sentence: str, is_doubtful: bool) -> str:
    """`At most 4 items (not confirmed).` of what another server refuses, where that is doubtful for this one."""
    return f"{sentence.removesuffix('.')} {_UNCONFIRMED}{sentence[-1:]}" if is_doubtful else sentence


_UNCONFIRMED = "(not confirmed)"


def bounds(kind: Type) -> list[str]:
    """What a value of *kind* must satisfy beyond its type, a sentence each; what a name refers to is not followed."""
    match kind:
        case Text() | Integer() | Number():
            return list(_own_bounds(kind))
        case Array():
            each = [f"Each item: {_lowered(sentence)}" for sentence in bounds(kind.items)]
            return [*_own_bounds(kind), *each]
        case Map():
            keys = [f"Each key: {_lowered(sentence)}" for sentence in (bounds(kind.keys) if kind.keys else [])]
            values = [f"Each value: {_lowered(sentence)}" for sentence in bounds(kind.values)]
            return [*_own_bounds(kind), *keys, *values]
        case Union():
            return list(dict.fromkeys(_alternatives(kind)))
        case Boolean() | Null() | Anything() | Nothing() | Constant() | Named() | Tagged():
            return []
        case _:
            assert_never(kind)


def _own_bounds(kind: Text | Integer | Number | Array | Map) -> Iterator[str]:
    """Those of a type itself; first what its server is known to refuse."""
    if not kind.doubtful:
        yield from _known_bounds(kind)
        return
    absent: dict[str, Any] = {each.name: each.default for each in fields(kind) if each.default is not MISSING}
    known = replace(kind, **{name: value for name, value in absent.items() if name in kind.doubtful})
    doubtful = replace(kind, **{name: value for name, value in absent.items() if name not in kind.doubtful})
    yield from _known_bounds(known)
    yield from (unconfirmed(sentence, is_doubtful=True) for sentence in _known_bounds(doubtful))


def _known_bounds(kind: Text | Integer | Number | Array | Map) -> Iterator[str]:
    match kind:
        case Text():
            yield from _counted(kind.min_length, kind.max_length, "character")
            yield from _matching(kind.pattern)
        case Integer() | Number():
            yield from _range(kind)
        case Array():
            yield from _counted(kind.min_items, kind.max_items, "item")
            yield from ["No item twice."] if kind.unique_items else []
        case Map():
            yield from _counted(kind.min_properties, kind.max_properties, "entry")
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
