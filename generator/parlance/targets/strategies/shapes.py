"""Definitions of a contract in the words of the generated module `shapes`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from ...backends.python.text import literal
from ...contract.ir import (
    Alias,
    Anything,
    Array,
    Artifact,
    Boolean,
    Constant,
    Contract,
    Definition,
    Enumeration,
    Field,
    Integer,
    Map,
    Named,
    Nothing,
    Null,
    Number,
    Presence,
    Record,
    Refused,
    Supported,
    Tagged,
    Text,
    Type,
    Union,
)
from ...program.validation.faults import doubtful_codes
from ...program.validation.policy_reports import clean_type, is_unjudged
from ...regex import translated
from .layout import Group, Source
from .strategy_names import StrategyNames

__all__ = ["Embedded", "definition_shape", "embedded"]

Embedded = Mapping[tuple[str, str], str]
"""The definition that a field holds, by record and field: another artifact's, of which the schema knows nothing."""


def embedded(contract: Contract) -> dict[tuple[str, str], str]:
    """The fields in which an artifact stands within another."""
    roots = {artifact.name: artifact.root for artifact in contract.artifacts}
    definitions = {each.name: each for each in contract.definitions}
    found: dict[tuple[str, str], str] = {}
    for artifact in contract.artifacts:
        for steps, inner in artifact.embeds:
            record = _record_at(artifact, steps[:-1], definitions)
            if record is not None and inner in roots:
                found[record.name, steps[-1]] = roots[inner]
    return found


def _record_at(artifact: Artifact, steps: Iterable[str], definitions: Mapping[str, Definition]) -> Record | None:
    """The record that *steps*, names of fields, lead to."""
    record = _as_record(Named(artifact.root), definitions)
    for step in steps:
        fields = {field.name: field for field in record.fields} if record else {}
        record = _as_record(fields[step].type, definitions) if step in fields else None
    return record


def _as_record(kind: Type, definitions: Mapping[str, Definition]) -> Record | None:
    match kind:
        case Named(name):
            definition = definitions[name]
            if isinstance(definition, Alias):
                return _as_record(definition.type, definitions)
            return definition if isinstance(definition, Record) else None
        case Union(options):
            return next((found for each in options if (found := _as_record(each, definitions))), None)
        case _:
            return None


def definition_shape(definition: Definition, names: StrategyNames, embeds: Embedded) -> tuple[Source, frozenset[str]]:
    """The shape of *definition*, and the names that it mentions."""
    shapes = _Shapes(names, embeds, set())
    return shapes.of_definition(definition), frozenset(shapes.used)


@dataclass(frozen=True, slots=True)
class _Shapes:
    names: StrategyNames
    embeds: Embedded
    used: set[str]

    def _function(self, name: str) -> str:
        """The function of another definition."""
        function = self.names.function(name)
        self.used.add(function)
        return function

    def _call(self, name: str, arguments: Iterable[Source] = ()) -> Source:
        self.used.add(name)
        given = tuple(arguments)
        return Group(f"{name}(", given, ")") if given else f"{name}()"

    def of_definition(self, definition: Definition) -> Source:
        match definition:
            case Alias():
                return self.of(definition.type)
            case Enumeration():
                return self._enumeration(definition)
            case Record():
                return self._record(definition)
            case _:
                assert_never(definition)

    def of(self, kind: Type) -> Source:
        match kind:
            case Text():
                return self._call("Text", [*_text_bounds(kind), *_doubts(kind.doubtful)])
            case Integer() | Number():
                return self._call(type(kind).__name__, [*_number_bounds(kind), *_doubts(kind.doubtful)])
            case Nothing():
                raise AssertionError("a refused field has no shape")
            case Boolean() | Null() | Anything():
                return self._call(type(kind).__name__)
            case Constant(value):
                return self._call("Constant", [literal(value)])
            case Array():
                bounds = _given({"fewest": kind.min_items, "most": kind.max_items})
                unique = ["unique=True"] if kind.unique_items else []
                return self._call("Array", [self.of(kind.items), *bounds, *unique, *_doubts(kind.doubtful)])
            case Map():
                keys = [] if kind.keys is None else [_prefixed("keys=", self.of(kind.keys))]
                bounds = _given({"fewest": kind.min_properties, "most": kind.max_properties})
                return self._call("Map", [self.of(kind.values), *keys, *bounds, *_doubts(_doubts_of_map(kind))])
            case Named(name):
                return self._function(name)
            case Union(options):
                return self._call("Union", map(self.of, options))
            case Tagged():
                return self._tagged(kind)
            case _:
                assert_never(kind)

    def _tagged(self, kind: Tagged) -> Source:
        noted = {value for value, _ in kind.policies}
        rows = [f"{literal(value)}: {self._function(name)}" for value, name in kind.options if value not in noted]
        facts: list[Source] = [] if kind.default is None else [f"default={literal(kind.default)}"]
        facts += ["is_open=True"] if kind.open else []
        facts += [] if kind.others is None else [f"others={self._function(kind.others)}"]
        facts += [_names("refused", tuple(sorted(kind.refused)))] if kind.refused else []
        facts += _doubts(["members"] if kind.doubtful else [])
        return self._call("Tagged", [literal(kind.tag), Group("{", tuple(rows), "}"), *facts])

    def _enumeration(self, enumeration: Enumeration) -> Source:
        clean = [each for each in enumeration.members if isinstance(each.policy, Supported)]
        values = tuple(literal(member.value) for member in clean)
        listed = Group("(", values, ")") if len(values) != 1 else f"({values[0]},)"
        base = [self.of(enumeration.base)] if enumeration.open or not values else []
        doubts = _doubts(["members"] if enumeration.doubtful else [])
        return self._call("Members", [listed, *base, *doubts])

    def _record(self, record: Record) -> Source:
        parts = [
            _prefixed(f"{presence.value}=", Group("{", tuple(self._fields(record, presence)), "}"))
            for presence in Presence
            if any(field.presence is presence and not _is_silent(field) for field in record.fields)
        ]
        refused = tuple(field.name for field in record.fields if field.type == Nothing() and _is_refused(field))
        silent = tuple(field.name for field in record.fields if _is_silent(field) and field.name not in refused)
        kept_out = [_names("refused", refused)] if refused else []
        kept_out += [_names("silent", silent)] if silent else []
        kept_out += _doubts(record.doubtful)
        extra = [] if record.extra is None else [_prefixed("extra=", self.of(record.extra))]
        bounds = _given({"fewest": record.min_properties, "most": record.max_properties})
        is_decided = record.name not in self.names.undecided
        unknown = [f"unknown={literal(record.unknown.value)}"] if is_decided else []
        return self._call("Record", [*parts, *unknown, *kept_out, *extra, *bounds])

    def _fields(self, record: Record, presence: Presence) -> Iterator[Source]:
        for field in record.fields:
            if field.presence is presence and not _is_silent(field):
                yield _prefixed(f"{literal(field.name)}: ", self._field(record, field))

    def _field(self, record: Record, field: Field) -> Source:
        inner = self.embeds.get((record.name, field.name))
        if inner is None:
            return self.of(clean_type(field))
        nullable = isinstance(field.type, Union) and Null() in field.type.options
        shape = self._function(inner)
        return self._call("Union", [shape, self._call("Null")]) if nullable else shape


def _names(argument: str, names: tuple[str, ...]) -> Source:
    """A tuple of names, as an argument."""
    return _prefixed(f"{argument}=", Group("(", tuple(map(literal, names)), ")" if len(names) > 1 else ",)"))


def _is_silent(field: Field) -> bool:
    """Whether no document has the field that is without a fault and without advice, but as an ignored null."""
    return is_unjudged(field.policy)


def _is_refused(field: Field) -> bool:
    return isinstance(field.policy, Refused)


def _doubts_of_map(kind: Map) -> frozenset[str]:
    return kind.doubtful | {"keys"} if kind.keys and kind.keys.doubtful else kind.doubtful


def _doubts(names: Iterable[str]) -> list[str]:
    """The codes of faults that are none, since nothing attests the constraints."""
    codes = doubtful_codes(names)
    return [f"doubtful={literal(codes)}"] if codes else []


def _prefixed(prefix: str, source: Source) -> Source:
    return prefix + source if isinstance(source, str) else Group(prefix + source.start, source.items, source.end)


def _text_bounds(kind: Text) -> list[str]:
    search = None if kind.pattern is None else translated(kind.pattern)
    bounds = _given({"shortest": kind.min_length, "longest": kind.max_length, "search": search})
    return [*bounds, f"excluded={literal(kind.excluded)}"] if kind.excluded else bounds


def _number_bounds(kind: Integer | Number) -> list[str]:
    return _given(
        {
            "least": kind.minimum,
            "most": kind.maximum,
            "above": kind.exclusive_minimum,
            "below": kind.exclusive_maximum,
            "step": kind.multiple_of,
        }
    )


def _given(bounds: Mapping[str, str | float | None]) -> list[str]:
    return [f"{name}={literal(value)}" for name, value in bounds.items() if value is not None]
