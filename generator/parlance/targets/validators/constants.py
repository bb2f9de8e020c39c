"""What a validators module knows beforehand: names of fields, members and characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...backends.python.character_sets import character_set
from ...backends.python.syntax import (
    Assign,
    Attribute,
    Constant,
    DictDisplay,
    Name,
    SetDisplay,
    Value,
    call,
    tuple_of,
)
from ...contract.ir import Contract, Definition, Enumeration, Record, Text
from ...contract.references import types
from .validator_names import ValidatorNames

__all__ = ["SEVERITIES", "constants", "frozen_set"]

SEVERITIES = Name("_SEVERITIES")
"""The table of findings whose severity the spec changes."""


def constants(contract: Contract, names: ValidatorNames) -> dict[str, Assign]:
    """The statements that make constants, by name."""
    made = [each for definition in contract.definitions for each in _of_definition(definition, names)]
    if contract.severities:
        table = tuple((code, Constant(severity)) for code, severity in contract.severities)
        made.append(Assign(SEVERITIES.id, DictDisplay(table)))
    made += [each for definition in contract.definitions for each in _characters(definition)]
    return {each.name: each for each in made}


def _of_definition(definition: Definition, names: ValidatorNames) -> Iterator[Assign]:
    match definition:
        case Record(name=name, fields=fields):
            annotation = "" if fields else "frozenset[str]"
            yield Assign(names.fields(name), frozen_set(field.name for field in fields), annotation)
            yield Assign(names.foreign(name), _foreign(definition))
        case Enumeration(name=name, members=members):
            yield Assign(names.members(name), tuple_of(member.value for member in members))
        case _:
            pass


def frozen_set(texts: Iterable[str]) -> Value:
    """A set that nobody changes."""
    items = tuple(map(Constant, texts))
    return call("frozenset", SetDisplay(items)) if items else call("frozenset")


def _foreign(record: Record) -> DictDisplay:
    """What each field from elsewhere is, and what to do about it."""
    groups: dict[tuple[str, str | None], list[str]] = {}
    for field in record.foreign:
        groups.setdefault((field.what, field.advice), []).append(field.name)
    from_keys = Attribute(Name("dict"), "fromkeys")
    rows = [call(from_keys, tuple_of(fields), tuple_of(facts)) for facts, fields in groups.items()]
    return DictDisplay(tuple((None, row) for row in rows))


def _characters(definition: Definition) -> Iterator[Assign]:
    """The sets of characters that texts are made of."""
    for kind in types(definition):
        if isinstance(kind, Text) and kind.pattern is not None and (only := character_set(kind.pattern)) is not None:
            yield Assign(only.constant, Constant(only.characters))
