"""Which of several alternatives a value was probably meant to be, so that its own faults can be reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..ir import Field, Value
from ..logic import junction
from .possible_kinds import NEVER, Kinds, Possibilities, kind_test, kinds_test
from .program_names import ProgramNames
from .requirements import JsonValue, Kind, Program, Properties, Schema
from .rule_conditions import accepted, present, values_test
from .subject import SchemaSubject
from .tags import parts, required_names

__all__ = ["Nearness"]

_KINDS = (Kind.OBJECT, Kind.ARRAY, Kind.STRING, Kind.NUMBER)


class Nearness:
    """Distinguishes alternatives by kinds, by constants such as `type: circle`, and by required properties."""

    def __init__(self, names: ProgramNames, possibilities: Possibilities) -> None:
        self._names = names
        self._possibilities = possibilities

    def choices(
        self, schemas: Sequence[Schema], subject: SchemaSubject
    ) -> Iterator[tuple[Value, Schema, SchemaSubject]]:
        """Values to be asked in this order; what is meant if one holds; and what is known then."""
        if len(schemas) == 1:
            return
        left = subject.known
        fitting = [schema for schema in schemas if Kind.OBJECT in self._possibilities.of(schema)]
        if len(fitting) > 1 and Kind.OBJECT in left:
            yield from self._objects(fitting, subject)
        for schema, kinds in self._alone(schemas, left):
            test = kinds_test(kinds, subject.value, left, integral=False)
            if test != NEVER and len(subject.known) > 1:
                yield test, schema, replace(subject, known=kinds)
                left -= kinds

    def _alone(self, schemas: Sequence[Schema], known: Kinds) -> list[tuple[Schema, Kinds]]:
        """The alternatives that are the only ones for some kinds."""
        counts = Counter(kind for schema in schemas for kind in self._possibilities.of(schema))
        single = known & frozenset(kind for kind in _KINDS if counts[kind] == 1)
        pairs = ((schema, self._possibilities.of(schema) & single) for schema in schemas)
        return [(schema, kinds) for schema, kinds in pairs if kinds]

    def _objects(
        self, schemas: Sequence[Schema], subject: SchemaSubject
    ) -> Iterator[tuple[Value, Schema, SchemaSubject]]:
        inside = replace(subject, known=frozenset({Kind.OBJECT}))
        asked: list[Value] = []
        for schema in schemas:
            test = self._signature(schema, inside)
            if test is not None and test not in asked:
                asked.append(test)
                is_object = kind_test(Kind.OBJECT, subject.value, subject.known)
                yield junction("and", [is_object, test]), schema, inside

    def _signature(self, schema: Schema, subject: SchemaSubject) -> Value | None:
        """What an object has that is meant to be as *schema* says: its constants, or else its required properties."""
        constants = dict(_constants(schema, self._names.program))
        if constants:
            tests = [
                values_test(values, SchemaSubject(_get(subject.value, name)), self._names, schema.key)
                for name, values in constants.items()
            ]
            return junction("and", tests)
        names = list(dict.fromkeys(required_names(schema, self._names.program)))
        return junction("and", (present(subject.value, name) for name in names)) if names else None


def _get(value: Value, name: str) -> Value:
    """A property of an object, or null."""
    return Field(value, name, is_object=True)


def _constants(schema: Schema, program: Program) -> Iterator[tuple[str, tuple[JsonValue, ...]]]:
    """The properties that can only have one value, a string."""
    for part in parts(schema, program):
        for rule in part.rules:
            for name, child in rule.named if isinstance(rule, Properties) else ():
                values = accepted(child.rules)
                if values is not None and len(values) == 1 and isinstance(values[0], str):
                    yield name, values
