"""Alternatives that a property distinguishes, by constants such as `type: circle` or by its kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .possible_kinds import ALL, Kinds, Possibilities
from .requirements import AllOf, Kind, Never, Program, Properties, Reference, Required, Schema
from .rule_conditions import accepted

__all__ = ["Tagged", "Tags", "parts", "required_names"]

_OBJECT = frozenset({Kind.OBJECT})
_MOST_COMPARED = 40
"""Alternatives that are compared each with each."""

_REFERENCES = 3
"""How many references are followed for what must hold with a schema."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """Alternatives for an object, by a property that it must have."""

    tag: str
    options: tuple[tuple[tuple[str, ...] | Kinds, Schema], ...]
    """Strings or kinds that the property can be, and what the object must be then; no two have one in common."""

    others: tuple[Schema, ...]
    """The alternatives for what is not an object."""


class Tags:
    """Knows the tags of the alternatives in a program."""

    def __init__(self, program: Program, possibilities: Possibilities) -> None:
        self._program = program
        self._possibilities = possibilities
        self._known: dict[tuple[int, ...], Tagged | None] = {}

    def of(self, schemas: Sequence[Schema]) -> Tagged | None:
        """How a tag distinguishes *schemas* for an object, if one does."""
        key = tuple(map(id, schemas))
        if key not in self._known:
            self._known[key] = self._tagged(schemas)
        return self._known[key]

    def exclude(self, schemas: Sequence[Schema]) -> bool:
        """Whether no value can be accepted by two of *schemas*."""
        if self._possibilities.disjoint(schemas):
            return True
        tagged = self.of(schemas)
        if tagged is not None:
            return self._possibilities.disjoint(tagged.others)
        return self._closed_to_each_other(schemas)

    def _closed_to_each_other(self, schemas: Sequence[Schema]) -> bool:
        """Whether of every two schemas for an object one requires a property that the other has no place for."""
        kinds = [self._possibilities.of(schema) for schema in schemas]
        objects = [schema for schema, found in zip(schemas, kinds, strict=True) if found == _OBJECT]
        others = [schema for schema, found in zip(schemas, kinds, strict=True) if found != _OBJECT]
        if any(Kind.OBJECT in self._possibilities.of(schema) for schema in others):
            return False
        if len(objects) > _MOST_COMPARED or not self._possibilities.disjoint(others):
            return False
        required = [frozenset(required_names(schema, self._program)) for schema in objects]
        places = [self._places(schema) for schema in objects]
        return all(
            _has_no_place(required[one], places[other]) or _has_no_place(required[other], places[one])
            for one in range(len(objects))
            for other in range(one)
        )

    def _places(self, schema: Schema) -> frozenset[str] | None:
        """The names that properties can have; None where they can have any."""
        for part in parts(schema, self._program):
            for rule in part.rules:
                if isinstance(rule, Properties) and not rule.patterns and _refuses_all(rule.others):
                    return frozenset(name for name, child in rule.named if not _refuses_all(child))
        return None

    def _tagged(self, schemas: Sequence[Schema]) -> Tagged | None:
        kinds = {id(schema): self._possibilities.of(schema) for schema in schemas}
        fitting = [schema for schema in schemas if Kind.OBJECT in kinds[id(schema)]]
        if len(fitting) < 2:
            return None
        others = tuple(schema for schema in schemas if kinds[id(schema)] - {Kind.OBJECT})
        for look in (self._strings, self._kinds):
            first, *rest = (look(schema) for schema in fitting)
            for tag, group in first.items():
                groups = [group, *(of_other[tag] for of_other in rest if tag in of_other)]
                distinct = {each for one in groups for each in one}
                if len(groups) == len(fitting) and sum(map(len, groups)) == len(distinct):
                    return Tagged(tag, tuple(zip(groups, fitting, strict=True)), others)
        return None

    def _strings(self, schema: Schema) -> dict[str, tuple[str, ...] | Kinds]:
        """The properties that an object must have and that can only have some values, which are strings."""
        found: dict[str, tuple[str, ...] | Kinds] = {}
        for name, child in self._required(schema):
            values = accepted(child.rules)
            if values and all(isinstance(value, str) for value in values):
                found[name] = tuple(dict.fromkeys(values))
        return found

    def _kinds(self, schema: Schema) -> dict[str, tuple[str, ...] | Kinds]:
        """The properties that an object must have and that can only be of some kinds."""
        children = ((name, self._possibilities.of(child)) for name, child in self._required(schema))
        return {name: kinds for name, kinds in children if kinds and kinds != ALL}

    def _required(self, schema: Schema) -> Iterator[tuple[str, Schema]]:
        """The properties that an object must have, with what each must be; one may come twice."""
        required = {*required_names(schema, self._program)}
        for part in parts(schema, self._program):
            for rule in part.rules:
                for name, child in rule.named if isinstance(rule, Properties) else ():
                    if name in required:
                        yield name, child


def _has_no_place(required: frozenset[str], places: frozenset[str] | None) -> bool:
    return places is not None and not required <= places


def _refuses_all(schema: Schema | None) -> bool:
    return schema is not None and any(isinstance(rule, Never) for rule in schema.rules)


def parts(schema: Schema, program: Program, left: int = _REFERENCES) -> Iterator[Schema]:
    """A schema and those that must hold with it, as far as a few references lead."""
    yield schema
    for rule in schema.rules if left else ():
        if isinstance(rule, Reference):
            yield from parts(program.definitions[rule.target], program, left - 1)
        elif isinstance(rule, AllOf):
            for child in rule.schemas[:4]:
                yield from parts(child, program, left - 1)


def required_names(schema: Schema, program: Program) -> Iterator[str]:
    """The properties that an object must have."""
    for part in parts(schema, program):
        for rule in part.rules:
            if isinstance(rule, Required):
                yield from rule.names
