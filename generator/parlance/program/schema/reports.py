"""The path that finds everything: code that appends a violation for each rule that is not satisfied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...finding.pointer import joined
from ..ir import (
    Apply,
    CheckValue,
    Constant,
    Counted,
    EachField,
    Equal,
    HowMany,
    Let,
    Pointer,
    Return,
    Statement,
    Value,
    Variable,
    Walk,
)
from ..logic import chained, extended, inverted, junction, unless, where
from ..pattern_tests import fitting
from .coverage import Coverages
from .messages import Spelling, as_text, choice, kind_words, message, shown
from .nearness import Nearness
from .possible_kinds import kind_test, kinds_test
from .program_names import ProgramNames
from .requirements import (
    AllOf,
    AnyOf,
    Bound,
    Conditional,
    Contains,
    Count,
    DependentSchemas,
    Format,
    Items,
    Kind,
    Multiple,
    Never,
    Not,
    OneOf,
    Pattern,
    Properties,
    PropertyNames,
    Reference,
    Rule,
    Schema,
    Type,
    Unevaluated,
    Unique,
    Values,
)
from .rule_conditions import (
    compared,
    counted,
    item_of,
    outside,
    present,
    property_of,
    rule_kind,
    size,
    values_test,
)
from .schema_predicates import Predicates
from .statements import EVALUATED, NOTHING_EVALUATED, items_over, named, over
from .subject import SchemaSubject
from .tracking import Tracking
from .violations import item_pointer, never, property_pointer, scalar_violations, violation

__all__ = ["Reports"]

_CONTAINERS = (Kind.OBJECT, Kind.ARRAY)
_DEEPEST_INLINED = 2


class Reports:
    """Writes the functions that gather violations."""

    def __init__(
        self,
        names: ProgramNames,
        coverages: Coverages,
        nearness: Nearness,
        predicates: Predicates,
        spell: Spelling,
    ) -> None:
        self._names = names
        self._coverages = coverages
        self._predicates = predicates
        self._spell = spell
        self._nearness = nearness
        self._tracking = Tracking(names, coverages, predicates)

    def body(self, schema: Schema) -> list[Statement]:
        """The body of a function that has `value`, `at` and `found`."""
        return self._report(schema, SchemaSubject(Variable("value")), Pointer((Variable("at"),))) or [Return()]

    def _report(self, schema: Schema, subject: SchemaSubject, at: Pointer) -> list[Statement]:
        """Statements that report what is wrong with a value."""
        found: list[Statement] = []
        for rule in schema.rules:
            if isinstance(rule, (Values, Never)):
                found += self._plain(rule, schema, subject, at)
        kinds = next((rule for rule in schema.rules if isinstance(rule, Type)), None)
        known = subject.known if kinds is None else subject.known & kinds.kinds
        by_kind: list[tuple[Value, Sequence[Statement]]] = []
        left = known
        for kind in (Kind.OBJECT, Kind.ARRAY, Kind.STRING, Kind.NUMBER):
            body = self._about(kind, schema, replace(subject, known=frozenset({kind})), at) if kind in known else []
            if body:
                by_kind.append((kind_test(kind, subject.value, left), body))
                left -= {kind}
        found += chained(by_kind) if kinds is None else self._typed(kinds, subject, at, chained(by_kind))
        for rule in schema.rules:
            found += self._in_place(rule, schema, subject, at)
        return found

    def _typed(
        self, rule: Type, subject: SchemaSubject, at: Pointer, others: Sequence[Statement]
    ) -> Sequence[Statement]:
        """Report a value of the wrong type; do *others* where it is right."""
        test = kinds_test(rule.kinds, subject.value, subject.known, integral=rule.integral)
        kind = "fraction_or_kind" if rule.integral and len(rule.kinds) == 1 else "kind_of"
        text = message(f"must be {kind_words(rule)}, not ", Apply(kind, (subject.value,)))
        return where(inverted(test), [violation(at, "type", rule.place, text)], others)

    def _plain(self, rule: Never | Values, schema: Schema, subject: SchemaSubject, at: Pointer) -> Sequence[Statement]:
        if isinstance(rule, Never):
            return [never(rule, at)]
        test = values_test(rule.values, subject, self._names, schema.key)
        text = message(f"must be {choice(rule.values, self._spell)}, not ", shown(subject.value))
        return unless(test, [violation(at, rule.keyword, rule.place, text)])

    def _about(self, kind: Kind, schema: Schema, subject: SchemaSubject, at: Pointer) -> list[Statement]:
        found: list[Statement] = []
        for rule in schema.rules:
            if rule_kind(rule) is kind:
                found += scalar_violations(rule, subject.value, at, self._spell)
            elif kind is Kind.OBJECT:
                found += self._about_objects(rule, subject, at)
            elif kind is Kind.ARRAY:
                found += self._about_arrays(rule, subject, at)
        return found

    def _part(self, schema: Schema, subject: SchemaSubject, at: Pointer) -> list[Statement]:
        """Statements for a part of the value, or for the same value."""
        if self._is_inlined(schema, subject):
            return self._report(schema, subject, at)
        while len(schema.rules) == 1 and isinstance(only := schema.rules[0], Reference):
            schema = self._names.program.definitions[only.target]
        if not schema.rules:
            return []
        return [CheckValue(self._names.routine("check", schema), subject.value, at)]

    def _is_inlined(self, schema: Schema, subject: SchemaSubject) -> bool:
        """Whether a schema asks for so little that it needs no function."""
        if schema.key in self._names.program.definitions or subject.level > _DEEPEST_INLINED or len(schema.rules) > 4:
            return False
        scalars = (Type, Values, Never, Bound, Multiple, Count, Pattern, Format, Unique)
        rules = list(schema.rules)
        for rule in schema.rules:
            if isinstance(rule, Items) and not rule.prefix and rule.rest is not None:
                rules += rule.rest.rules
        return all(isinstance(rule, (*scalars, Reference, Items)) for rule in rules)

    def _about_objects(self, rule: Rule, subject: SchemaSubject, at: Pointer) -> Sequence[Statement]:
        match rule:
            case Properties():
                return [*self._named(rule, subject, at), *self._others(rule, subject, at)]
            case PropertyNames(schema):
                return self._property_names(schema, subject, at)
            case DependentSchemas(name, schema):
                return where(present(subject.value, name), self._part(schema, subject, at))
            case _:
                return []

    def _property_names(self, schema: Schema, subject: SchemaSubject, at: Pointer) -> list[Statement]:
        key = subject.local("key")
        test = self._predicates.test(schema, replace(subject.part(key), known=frozenset({Kind.STRING})))
        text = message("the name ", shown(Variable(key)), " is not accepted")
        report = violation(property_pointer(at, key), "propertyNames", schema.key.place, text)
        body = unless(test, [report])
        return [EachField(subject.value, key, None, body)] if body else []

    def _named(self, rule: Properties, subject: SchemaSubject, at: Pointer) -> list[Statement]:
        found: list[Statement] = []
        field = subject.local("field")
        for name, child in rule.named:
            body = self._part(child, subject.part(field), extended(at, joined([name])))
            found += where(present(subject.value, name), named(field, property_of(subject.value, name), body))
        return found

    def _others(self, rule: Properties, subject: SchemaSubject, at: Pointer) -> list[Statement]:
        key, item = subject.local("key"), subject.local("item")
        pointer = property_pointer(at, key)
        unknown: list[Value] = []
        body: list[Statement] = []
        for pattern, child in rule.patterns:
            matched = fitting(Variable(key), pattern)
            unknown.append(inverted(matched))
            body += where(matched, self._part(child, subject.part(item), pointer))
        if rule.others is not None and (part := self._part(rule.others, subject.part(item), pointer)):
            if names := [name for name, _ in rule.named]:
                unknown.insert(0, outside(Variable(key), self._names.fields(names, rule.others.key)))
            body += where(junction("and", unknown), part)
        return [over(subject.value, key, item, body)] if body else []

    def _about_arrays(self, rule: Rule, subject: SchemaSubject, at: Pointer) -> Sequence[Statement]:
        match rule:
            case Items():
                return self._items(rule, subject, at)
            case Contains():
                return self._contains(rule, subject, at)
            case _:
                return []

    def _items(self, rule: Items, subject: SchemaSubject, at: Pointer) -> list[Statement]:
        found: list[Statement] = []
        items, item, index = subject.value, subject.local("item"), subject.local("index")
        for position, child in enumerate(rule.prefix):
            body = self._part(child, subject.part(item), extended(at, joined([position])))
            longer = compared(size(items), ">", position)
            found += where(longer, named(item, item_of(items, position), body))
        if rule.rest is not None and (body := self._part(rule.rest, subject.part(item), item_pointer(at, index))):
            found.append(items_over(items, len(rule.prefix), index, item, body))
        return found

    def _contains(self, rule: Contains, subject: SchemaSubject, at: Pointer) -> list[Statement]:
        item, count = subject.local("item"), Variable(subject.local("count"))
        test = self._predicates.test(rule.schema, subject.part(item))
        found: list[Statement] = []
        if rule.least:
            noun = "item" if rule.least == 1 else "items"
            text = message(f"at least {rule.least} {noun} must be as `contains` says, not ", as_text(count))
            report = violation(at, rule.least_place.rpartition("/")[2], rule.least_place, text)
            found += unless(counted(count, rule.least, None), [report])
        if rule.most is not None:
            noun = "item" if rule.most == 1 else "items"
            text = message(f"at most {rule.most} {noun} may be as `contains` says, not ", as_text(count))
            found += unless(counted(count, 0, rule.most), [violation(at, "maxContains", rule.most_place, text)])
        matches = Counted(Walk(item, subject.value, "array"), test)
        return [Let(count.name, matches), *found] if found else []

    def _in_place(self, rule: Rule, schema: Schema, subject: SchemaSubject, at: Pointer) -> Sequence[Statement]:
        match rule:
            case Reference(_, target):
                return self._part(self._names.program.definitions[target], subject, at)
            case AllOf(schemas):
                return [statement for child in schemas for statement in self._part(child, subject, at)]
            case AnyOf(place, schemas):
                test = junction("or", (self._predicates.test(child, subject) for child in schemas))
                return unless(test, self._alternatives("anyOf", place, schemas, subject, at))
            case OneOf(place, schemas):
                return self._one_of(place, schemas, subject, at)
            case Not(place, child):
                report = violation(at, "not", place, message("must not be what `not` describes"))
                return where(self._predicates.test(child, subject), [report])
            case Conditional(test, then, otherwise):
                accepted, refused = (
                    [] if child is None else self._part(child, subject, at) for child in (then, otherwise)
                )
                return where(self._predicates.test(test, subject), accepted, refused)
            case Unevaluated():
                return self._unevaluated(rule, schema, subject, at)
            case _:
                return []

    def _one_of(
        self, place: str, schemas: Sequence[Schema], subject: SchemaSubject, at: Pointer
    ) -> Sequence[Statement]:
        tests = [self._predicates.test(child, subject) for child in schemas]
        none = self._alternatives("oneOf", place, schemas, subject, at)
        if self._predicates.exclude(schemas):
            return unless(junction("or", tests), none)
        count = Variable(subject.local("matched"))
        text = message("must be one of several forms, and is ", as_text(count), " of them")
        return [
            Let(count.name, HowMany(tuple(tests))),
            *unless(counted(count, 0, 1), [violation(at, "oneOf", place, text)]),
            *where(Equal(count, Constant(0), is_plain=True), none),
        ]

    def _alternatives(
        self, keyword: str, place: str, schemas: Sequence[Schema], subject: SchemaSubject, at: Pointer
    ) -> Sequence[Statement]:
        """Report that no alternative holds: by the faults of the only one for the value's kind, if there is one."""
        text = f"is none of the {len(schemas)} forms that are accepted" if len(schemas) > 1 else "is not as it must be"
        choices = self._nearness.choices(schemas, subject)
        near = [(test, part) for test, child, inside in choices if (part := self._part(child, inside, at))]
        return chained(near, [violation(at, keyword, place, message(text))])

    def _unevaluated(
        self, rule: Unevaluated, schema: Schema, subject: SchemaSubject, at: Pointer
    ) -> Sequence[Statement]:
        cover = self._coverages.certain(schema, rule.kind, apart=rule)
        if cover.everything or not rule.schema.rules or rule.kind not in subject.known:
            return []
        head: list[Statement] = []
        item, is_object = subject.local("item"), rule.kind is Kind.OBJECT
        variable = "key" if is_object else "index"
        tests: list[Value] = []
        if cover.names and is_object:
            tests.append(outside(Variable(variable), self._names.fields(sorted(cover.names), schema.key)))
        if cover.first and not is_object:
            tests.append(counted(Variable(variable), cover.first, None))
        if self._coverages.uncertain(schema, rule.kind, apart=rule):
            head = [NOTHING_EVALUATED, *self._tracking.statements(schema, rule, subject)]
            tests.append(outside(Variable(variable), EVALUATED))
        tests += [inverted(fitting(Variable(variable), pattern)) for pattern in sorted(cover.patterns)]
        pointer = property_pointer(at, "key") if is_object else item_pointer(at, "index")
        part = self._part(rule.schema, subject.part(item), pointer)
        if not part:
            return []
        body = where(junction("and", tests), part)
        loop: Statement
        if is_object:
            loop = over(subject.value, variable, item, body)
        else:
            loop = items_over(subject.value, 0, variable, item, body)
        return where(kind_test(rule.kind, subject.value, subject.known), [*head, loop])
