"""A program of a schema as types have it: records, and unions of plain values, lists and maps.

A type accepts all that the schema accepts, and more: bounds, patterns, conditions and counts are the checks' business.
Keywords about one kind of value, such as `properties`, imply that kind where no `type` stands beside them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ..program.schema.requirements import (
    AllOf,
    AnyOf,
    Conditional,
    Items,
    JsonValue,
    Kind,
    Never,
    OneOf,
    Program,
    Properties,
    Reference,
    Required,
    Rule,
    Schema,
    Type,
    Values,
)
from .type_forms import (
    ANYTHING,
    ArrayType,
    MapType,
    PlainType,
    RecordType,
    TypeMember,
    TypeRecord,
    TypeUnion,
    in_order,
    literals,
    of_kinds,
    united,
)
from .type_names import TypeNames

__all__ = ["TypeShapes"]


@dataclass(slots=True)
class _ShapeFacts:
    """What a schema and all that must hold beside it say of the shape of a value."""

    kinds: frozenset[Kind] | None = None
    is_whole: bool = False
    values: tuple[JsonValue, ...] | None = None
    named: dict[str, Schema] = field(default_factory=dict[str, Schema])
    required: dict[str, None] = field(default_factory=dict[str, None])
    others: list[Schema] = field(default_factory=list[Schema])
    """What properties without a name are; several where patterns distinguish them."""

    is_open: bool = True
    """Whether properties may be there of which nothing is known."""

    items: list[Schema] | None = None
    unions: list[tuple[Schema, ...]] = field(default_factory=list[tuple[Schema, ...]])


class TypeShapes:
    """The type of a program's root, and the records that it is made of."""

    def __init__(self, program: Program, names: TypeNames) -> None:
        self._program = program
        self._names = names
        self.records: dict[int, TypeRecord] = {}
        """By the identity of their schemas, in the order in which they were met."""

        self._open: set[int] = set()
        self.name = names.name(program.root.place)
        """What the type of the root is called, which may be a record."""

        self.root = self._shape(program.definitions[program.root])

    @property
    def has_root_record(self) -> bool:
        """Whether the root is a record of its own, and no type made of others."""
        return any(record.name == self.name for record in self.records.values())

    def _shape(self, schema: Schema) -> TypeUnion:
        while len(shaping := [*filter(_has_shape, schema.rules)]) == 1 and (only := self._alone(shaping[0])):
            schema = only
        if id(schema) in self.records:
            return (RecordType(self.records[id(schema)].name),)
        if id(schema) in self._open:
            return ANYTHING  # a union or a list that leads back to itself, with no record between
        self._open.add(id(schema))
        facts = _ShapeFacts()
        self._gather(schema, facts, set())
        shape = self._of_facts(schema, facts)
        self._open.discard(id(schema))
        return shape

    def _alone(self, rule: Rule) -> Schema | None:
        """The schema that is all that a rule says."""
        match rule:
            case Reference(_, target):
                return self._program.definitions[target]
            case AllOf((only,)):
                return only
            case _:
                return None

    def _gather(self, schema: Schema, facts: _ShapeFacts, seen: set[int]) -> None:
        """Add what *schema* says; of two that speak of the same part, either accepts what both do."""
        if id(schema) in seen:
            return
        seen.add(id(schema))
        for rule in schema.rules:
            match rule:
                case Never():
                    facts.kinds = frozenset()
                case Type(_, kinds, integral):
                    facts.kinds = kinds if facts.kinds is None else facts.kinds & kinds
                    facts.is_whole = facts.is_whole or integral
                case Values(_, _, values):
                    facts.values = values if facts.values is None else facts.values
                case Required(_, names):
                    facts.required |= dict.fromkeys(names)
                case Properties(named, patterns, others):
                    for name, child in named:
                        facts.named.setdefault(name, child)
                    self._others(facts, [child for _, child in patterns], others)
                case Items(prefix, rest):
                    facts.items = facts.items or [*prefix, *([] if rest is None else [rest])]
                    if rest is None:
                        facts.items = [*facts.items, Schema(schema.key, ())]
                case Reference(_, target):
                    self._gather(self._program.definitions[target], facts, seen)
                case AllOf(schemas):
                    for child in schemas:
                        self._gather(child, facts, seen)
                case AnyOf(_, schemas) | OneOf(_, schemas):
                    facts.unions.append(schemas)
                case Conditional(test, None, Schema() as otherwise) if _is_null(test):
                    facts.unions.append((test, otherwise))
                case _:
                    pass

    @staticmethod
    def _others(facts: _ShapeFacts, patterns: list[Schema], others: Schema | None) -> None:
        if others is None:
            return
        facts.is_open = facts.is_open and not any(isinstance(rule, Never) for rule in others.rules)
        facts.others = facts.others or [*patterns, others]

    def _of_facts(self, schema: Schema, facts: _ShapeFacts) -> TypeUnion:
        if facts.values is not None:
            return literals(facts.values, facts.kinds)
        kinds = facts.kinds
        if kinds is None:
            kinds = _implied(facts)
        is_detailed = bool(facts.named or facts.required or facts.others or facts.items)
        if facts.unions and not is_detailed:
            for union in facts.unions:
                if (found := united(map(self._shape, union))) is not None:
                    return found if kinds is None else of_kinds(found, kinds)
        if kinds is None:
            return ANYTHING
        return in_order([self._of_kind(kind, schema, facts) for kind in Kind if kind in kinds])

    def _of_kind(self, kind: Kind, schema: Schema, facts: _ShapeFacts) -> TypeMember:
        if kind is Kind.ARRAY:
            return ArrayType(united(map(self._shape, facts.items)) if facts.items else ANYTHING)
        if kind is not Kind.OBJECT:
            return PlainType(kind, facts.is_whole and kind is Kind.NUMBER)
        if facts.named or facts.required:
            return RecordType(self._record(schema, facts).name)
        values = [each for each in facts.others if not any(isinstance(rule, Never) for rule in each.rules)]
        return MapType(united(map(self._shape, values)) if values else ANYTHING)

    def _record(self, schema: Schema, facts: _ShapeFacts) -> TypeRecord:
        is_root = schema is self._program.definitions[self._program.root]
        name = self.name if is_root else self._names.name(schema.key.place)
        record = TypeRecord(name, schema.key.place)
        self.records[id(schema)] = record
        for name, child in facts.named.items():
            if not any(isinstance(rule, Never) for rule in child.rules):
                record.fields[name] = (self._shape(child), name in facts.required)
        for name in facts.required:
            record.fields.setdefault(name, (ANYTHING, True))
        return record


def _has_shape(rule: Rule) -> bool:
    return isinstance(
        rule,
        (Never, Type, Values, Required, Properties, Items, Reference, AllOf, AnyOf, OneOf, Conditional),
    )


def _is_null(schema: Schema) -> bool:
    match schema.rules:
        case (Type(_, kinds),):
            return kinds == frozenset({Kind.NULL})
        case _:
            return False


def _implied(facts: _ShapeFacts) -> frozenset[Kind] | None:
    if facts.named or facts.required or facts.others:
        return frozenset({Kind.OBJECT})
    return frozenset({Kind.ARRAY}) if facts.items else None
