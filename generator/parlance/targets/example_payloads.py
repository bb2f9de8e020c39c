"""An example of every record: one that a rule's example holds, or one that is made by its types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import assert_never

from ..contract.ir import (
    Alias,
    Anything,
    Array,
    Boolean,
    Constant,
    Contract,
    Definition,
    Enumeration,
    Field,
    Integer,
    JsonValue,
    Map,
    Named,
    Nothing,
    Null,
    Number,
    Presence,
    Record,
    Supported,
    Tagged,
    Text,
    Type,
    Union,
)
from .json_text import json_line

__all__ = ["best_example", "made_example"]

_LENGTH = 600
"""Characters on one line of JSON; longer ones hide what they are examples of."""

_FEW = 3
"""Optional fields of a made example that has no required one."""

_TEXTS = {
    "uri": "https://example.com/1",
    "date-time": "2026-11-19T12:00:00Z",
    "date": "2026-11-19",
    "byte": "aGVsbG8=",
    "uuid": "00000000-0000-4000-8000-000000000000",
}
"""A text of each format."""


def best_example(found: Iterable[Mapping[str, JsonValue]]) -> JsonValue:
    """Of several examples the one whose fields are most usual among them, and which is short; None of none."""
    by_text = {json_line(dict(example)): dict(example) for example in found}
    if not by_text:
        return None
    usual = Counter(name for example in by_text.values() for name in example)
    short = [text for text in by_text if len(text) <= _LENGTH] or [min(by_text, key=len)]
    return dict(by_text[max(short, key=lambda text: (sum(usual[name] for name in by_text[text]), -len(text)))])


def made_example(contract: Contract, record: Record) -> JsonValue:
    """An object with the fields that *record* requires, or with the first few of those that it takes."""
    return _ExampleMaker({each.name: each for each in contract.definitions}).record(record)


class _ExampleMaker:
    def __init__(self, definitions: Mapping[str, Definition]) -> None:
        self._definitions = definitions
        self._inside: list[str] = []

    def record(self, record: Record) -> dict[str, JsonValue]:
        taken = [each for each in record.fields if isinstance(each.policy, Supported) and each.type != Nothing()]
        needed = [each for each in taken if each.presence is Presence.REQUIRED]
        plain = [each for each in taken if not self._is_recursive(each.type)]
        chosen = needed if self._inside or len(needed) > 1 else [*needed, *_others(plain, needed)]
        self._inside.append(record.name)
        made = {field.name: self._field(field) for field in taken if field in chosen}
        self._inside.pop()
        return made

    def _field(self, field: Field) -> JsonValue:
        if field.has_default and field.default is not None:
            return field.default
        return self._value(field.type, field.name)

    def _is_recursive(self, kind: Type) -> bool:
        return isinstance(kind, Named) and kind.name in self._inside

    def _value(self, kind: Type, name: str) -> JsonValue:
        match kind:
            case Text():
                return _text(kind, name)
            case Integer() | Number():
                return _number(kind)
            case Boolean():
                return True
            case Null():
                return None
            case Anything() | Nothing():
                return {}
            case Constant():
                return kind.value
            case Array():
                fewest = max(kind.min_items or 0, 0 if self._is_recursive(kind.items) else 1)
                return [self._value(kind.items, name) for _ in range(fewest)]
            case Map():
                return {"name": self._value(kind.values, name)}
            case Union(options):
                return self._value(next(each for each in options if not self._is_recursive(each)), name)
            case Tagged():
                return self._value(Named(kind.options[0][1]), name)
            case Named():
                return self._named(self._definitions[kind.name], name)
            case _:
                assert_never(kind)

    def _named(self, definition: Definition, name: str) -> JsonValue:
        match definition:
            case Record():
                return dict(self.record(definition))
            case Enumeration(members=members):
                known = next((each.value for each in members if isinstance(each.policy, Supported)), None)
                return self._value(definition.base, name) if known is None else known
            case Alias():
                return self._value(definition.type, name)
            case _:
                assert_never(definition)


def _others(fields: Sequence[Field], needed: Sequence[Field]) -> list[Field]:
    """The first few of *fields* that are not needed."""
    return [field for field in fields if field not in needed][:_FEW]


def _text(kind: Text, name: str) -> str:
    if kind.media_type == "application/json":
        return "{}"
    text = _TEXTS.get(kind.format or "", name)
    return text[: kind.max_length].ljust(kind.min_length or 0, "x")


def _number(kind: Integer | Number) -> int | float:
    lowest = kind.minimum if kind.minimum is not None else kind.exclusive_minimum
    highest = kind.maximum if kind.maximum is not None else kind.exclusive_maximum
    if lowest is not None and kind.exclusive_minimum is not None:
        return lowest + (1 if isinstance(kind, Integer) or highest is None else (highest - lowest) / 2)
    if lowest is not None and lowest >= 0:
        return max(lowest, 1) if highest is None or highest >= 1 else lowest
    return 1 if highest is None or highest >= 1 else highest
