"""The fast path: code that says whether a value is valid, and stops at the first fault."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ...regex import translated
from ..ir import (
    AddAll,
    Collected,
    Conforms,
    Constant,
    Counted,
    EachByName,
    EachField,
    EachItem,
    Equal,
    Evaluate,
    Field,
    HasOnlyFields,
    HowMany,
    If,
    In,
    Indexes,
    Let,
    Quantified,
    Return,
    Statement,
    Value,
    Variable,
    Walk,
)
from ..logic import chained, inverted, junction, unless, where
from ..pattern_tests import fitting
from .coverage import Coverages
from .messages import kind_words
from .possible_kinds import ALL, ALWAYS, Kinds, kind_test, kinds_test
from .program_names import ProgramNames
from .requirements import (
    AllOf,
    AnyOf,
    Conditional,
    Contains,
    DependentSchemas,
    Items,
    Key,
    Kind,
    Never,
    Not,
    OneOf,
    Properties,
    PropertyNames,
    Reference,
    Required,
    Rule,
    Schema,
    Type,
    Unevaluated,
)
from .rule_conditions import (
    accepted,
    compared,
    counted,
    item_of,
    outside,
    present,
    property_of,
    rule_kind,
    rule_test,
    size,
    values_test,
)
from .schema_expressions import Expressions
from .statements import EVALUATED, NOTHING_EVALUATED, REJECT, named, over, update
from .subject import SchemaSubject
from .tags import Tagged, Tags
from .weight import weight

__all__ = ["Predicates"]

_ACCEPT = Return(ALWAYS)
_LARGEST_INLINED = 30
_LARGEST_FUNCTION = 90
_DEEPEST_INLINED = 3
_FEWEST_BY_NAME = 16
"""From so many properties on it pays to go over those that an object has, and to look up what each must be: what is
absent then costs nothing, and what is there a call."""

_CONTAINERS = (Kind.OBJECT, Kind.ARRAY)


class Predicates:
    """Writes the predicates of a program."""

    def __init__(self, names: ProgramNames, coverages: Coverages, tags: Tags) -> None:
        self._names = names
        self._coverages = coverages
        self._expressions = Expressions(names, coverages, tags)
        self.test = self._expressions.test
        self.exclude = tags.exclude
        self._room = 0
        """How many more rules the function that is being written may take in."""

    def body(self, schema: Schema) -> list[Statement]:
        """The body of a predicate."""
        self._room = _LARGEST_FUNCTION
        tracked = self._needs_set(schema)
        statements, _ = self._reject(schema, SchemaSubject(Variable("value"), tracked=tracked))
        body = [NOTHING_EVALUATED, *statements] if tracked else statements
        match body:
            case [*before, If(test, inner, ())] if inner == REJECT:
                return [*before, Return(inverted(test))]
            case [*_, Return()]:
                return body
            case _:
                return [*body, _ACCEPT]

    def covering_body(self, schema: Schema) -> list[Statement]:
        """The body of a predicate that also adds to `seen` what a valid value has evaluated."""
        self._room = _LARGEST_FUNCTION
        value, tracked = Variable("value"), self._uncertain(schema) or self._needs_set(schema)
        statements, known = self._reject(schema, SchemaSubject(value, tracked=tracked))
        body = [NOTHING_EVALUATED, *statements, AddAll(Variable("seen"), EVALUATED)] if tracked else statements
        for kind in _CONTAINERS:
            body += where(kind_test(kind, value, known), self._added(schema, kind))
        return [*body, _ACCEPT]

    def _added(self, schema: Schema, kind: Kind) -> list[Statement]:
        """What adds to `seen` all that `value`, which is of a *kind*, has certainly evaluated."""
        cover = self._coverages.certain(schema, kind)
        value, seen = Variable("value"), Variable("seen")
        if cover.everything:
            return [AddAll(seen, value if kind is Kind.OBJECT else Indexes(size(value)))]
        found: list[Statement] = []
        key = Variable("key")
        tests = [fitting(key, pattern) for pattern in sorted(cover.patterns)]
        if cover.names:
            tests.insert(0, In(key, self._names.fields(sorted(cover.names), schema.key), is_plain=True))
        found += [AddAll(seen, Collected(Walk("key", value, "object"), key, where=test)) for test in tests]
        if cover.first:
            found.append(AddAll(seen, Indexes(Constant(cover.first))))
        return found

    def _reject(self, schema: Schema, subject: SchemaSubject) -> tuple[list[Statement], Kinds]:
        """Statements that return False unless the variable satisfies *schema*, and the kinds that are left then."""
        if any(isinstance(rule, Never) for rule in schema.rules):
            return [*REJECT], subject.known
        if (simple := self._expressions.simple(schema, subject)) is not None and not subject.tracked:
            kinds = next((rule.kinds for rule in schema.rules if isinstance(rule, Type)), ALL)
            known = subject.known & kinds if len(kinds) == 1 and accepted(schema.rules) is None else subject.known
            return [*unless(simple, REJECT)], known
        statements, known = self._by_kind(schema, subject)
        subject = replace(subject, known=known)
        for rule in schema.rules:
            added, known = self._in_place(rule, subject, schema)
            statements += added
            subject = replace(subject, known=known)
        return statements, subject.known

    def _by_kind(self, schema: Schema, subject: SchemaSubject) -> tuple[list[Statement], Kinds]:
        kinds = next((rule for rule in schema.rules if isinstance(rule, Type)), None)
        values = accepted(schema.rules)
        allowed = subject.known if kinds is None else subject.known & kinds.kinds
        bodies: dict[Kind, list[Statement]] = {
            kind: body
            for kind in (Kind.OBJECT, Kind.ARRAY, Kind.STRING, Kind.NUMBER)
            if kind in allowed and (body := self._kind_body(kind, schema, subject))
        }
        if values is not None:
            head = unless(values_test(values, subject, self._names, schema.key), REJECT)
            return [*head, *chained(_kind_branches(bodies, subject))], subject.known
        if kinds is None:
            return [*chained(_kind_branches(bodies, subject))], subject.known
        if len(allowed) == 1 or not bodies:
            test = kinds_test(allowed, subject.value, subject.known, integral=kinds.integral)
            return [*unless(test, REJECT), *(statement for body in bodies.values() for statement in body)], allowed
        others = kinds_test(allowed - bodies.keys(), subject.value, subject.known, integral=kinds.integral)
        return [*chained(_kind_branches(bodies, subject, integral=kinds.integral), unless(others, REJECT))], allowed

    def _kind_body(self, kind: Kind, schema: Schema, subject: SchemaSubject) -> list[Statement]:
        """Statements for what *schema* says about one kind of value alone."""
        subject = replace(subject, known=frozenset({kind}))
        body: list[Statement] = []
        for rule in schema.rules:
            if isinstance(rule, Required) and kind is Kind.OBJECT:
                for name in dict.fromkeys(rule.names):
                    body += unless(present(subject.value, name), REJECT)
            elif rule_kind(rule) is kind:
                body += unless(rule_test(rule, subject.value), REJECT)
            elif kind is Kind.OBJECT:
                body += self._about_objects(rule, subject, schema)
            elif kind is Kind.ARRAY:
                body += self._about_arrays(rule, subject)
        return body

    def _about_objects(self, rule: Rule, subject: SchemaSubject, schema: Schema) -> Sequence[Statement]:
        match rule:
            case Properties() if len(rule.named) >= _FEWEST_BY_NAME:
                return self._by_name(rule, subject, schema.key)
            case Properties():
                required = {name for each in schema.rules if isinstance(each, Required) for name in each.names}
                # Whether there are unknown names costs less to know than what the known ones hold.
                if rule.others is not None and not rule.patterns and _is_never(rule.others):
                    return [*self._others(rule, subject), *self._named(rule.named, subject, required)]
                return [*self._named(rule.named, subject, required), *self._others(rule, subject)]
            case PropertyNames(names):
                key = subject.local("key")
                body, _ = self._reject(names, replace(subject.part(key), known=frozenset({Kind.STRING})))
                return [EachField(subject.value, key, None, tuple(body))] if body else []
            case DependentSchemas(name, dependent):
                return where(present(subject.value, name), self._nested_always(dependent, subject))
            case _:
                return []

    def _named(
        self, fields: Sequence[tuple[str, Schema]], subject: SchemaSubject, required: set[str]
    ) -> list[Statement]:
        """What is asked of properties, one after the other."""
        found: list[Statement] = []
        field = subject.local("field")
        for name, child in fields:
            body = named(field, property_of(subject.value, name), self._part(child, subject.part(field)))
            found += body if name in required else where(present(subject.value, name), body)
        return found

    def _by_name(self, rule: Properties, subject: SchemaSubject, key: Key) -> Sequence[Statement]:
        """What is asked of the properties that are there, each looked up by its name."""
        # A name that a pattern matches, too, is asked twice.
        apart = any(self._may_match(pattern, name) for pattern, _ in rule.patterns for name, _ in rule.named)
        rest = () if apart else tuple(self._other(replace(rule, named=()), subject))
        tested = [(name, child) for name, child in rule.named if child.rules or rest]
        if not tested:
            return self._others(rule, subject)
        table = self._names.routine_table([(name, self._routine(child)) for name, child in tested], key)
        name, item, routine = (subject.local(word) for word in ("key", "item", "test"))
        loop = EachByName(subject.value, name, item, routine, table, rest)
        return [loop, *(self._others(rule, subject) if apart else ())]

    def _may_match(self, pattern: str, name: str) -> bool:
        return pattern in self._names.program.searches or re.search(translated(pattern), name) is not None

    def _routine(self, schema: Schema) -> str:
        """The routine that says whether a value satisfies *schema*."""
        value = Variable("value")
        match self._expressions.test(schema, SchemaSubject(value)):
            case Conforms(of, name) if of == value:
                return name
            case test:
                return self._names.shared(test, schema, _words(schema))

    def _part(self, schema: Schema, subject: SchemaSubject) -> Sequence[Statement]:
        """Statements that return False when a part of the value does not satisfy *schema*."""
        if self._is_inlined(schema, subject):
            return self._reject(schema, subject)[0]
        return unless(self._expressions.test(schema, subject), REJECT)

    def _is_inlined(self, schema: Schema, subject: SchemaSubject) -> bool:
        if schema.key in self._names.program.definitions or subject.level > _DEEPEST_INLINED:
            return False
        if any(isinstance(rule, Unevaluated) for rule in schema.rules):
            return False
        size = weight(schema, _LARGEST_INLINED)
        if size > min(_LARGEST_INLINED, self._room):
            return False
        self._room -= size
        return True

    def _nested(self, schema: Schema, subject: SchemaSubject) -> tuple[Sequence[Statement], Kinds]:
        """Statements for another schema of the same value."""
        if self._is_inlined(schema, subject):
            return self._reject(schema, subject)
        subject = replace(subject, tracked=subject.tracked and self._uncertain(schema))
        return unless(self._expressions.test(schema, subject), REJECT), subject.known

    def _others(self, rule: Properties, subject: SchemaSubject) -> Sequence[Statement]:
        """What is asked of the properties that are not named: by pattern, and the rest."""
        if rule.others is not None and _is_never(rule.others) and not rule.patterns:
            if not rule.named:
                return where(_has_more(subject.value, 0), REJECT)
            known = self._names.fields([name for name, _ in rule.named], rule.others.key)
            return unless(HasOnlyFields(subject.value, known.definition), REJECT)
        body = self._other(rule, subject)
        return [over(subject.value, subject.local("key"), subject.local("item"), body)] if body else []

    def _other(self, rule: Properties, subject: SchemaSubject) -> Sequence[Statement]:
        """What is asked of one property that may have any name."""
        others = rule.others if rule.others is not None and rule.others.rules else None
        key, item = Variable(subject.local("key")), subject.local("item")
        tests = [fitting(key, pattern) for pattern, _ in rule.patterns]
        parts = [self._part(child, subject.part(item)) for _, child in rule.patterns]
        rest: Sequence[Statement] = []
        unknown: list[Value] = []
        if others is not None:
            rest = self._part(others, subject.part(item))
            # Most names are known, and a set says so more quickly than a pattern does.
            names = [name for name, _ in rule.named]
            unknown = [outside(key, self._names.fields(names, others.key))] if names else []
        if len(tests) == 1 and parts[0]:
            return where(tests[0], parts[0], where(junction("and", unknown), rest))
        body = [each for test, part in zip(tests, parts, strict=True) for each in where(test, part)]
        return [*body, *where(junction("and", [*unknown, *map(inverted, tests)]), rest)]

    def _about_arrays(self, rule: Rule, subject: SchemaSubject) -> Sequence[Statement]:
        match rule:
            case Items():
                return self._items(rule, subject)
            case Contains():
                return self._contains(rule, subject)
            case _:
                return []

    def _items(self, rule: Items, subject: SchemaSubject) -> list[Statement]:
        found: list[Statement] = []
        item = subject.local("item")
        for index, child in enumerate(rule.prefix):
            body = named(item, item_of(subject.value, index), self._part(child, subject.part(item)))
            found += where(_has_more(subject.value, index), body)
        count = len(rule.prefix)
        if rule.rest is None or not rule.rest.rules:
            return found
        if isinstance(rule.rest.rules[0], Never):
            return [*found, *where(_has_more(subject.value, count), REJECT)]
        body = self._part(rule.rest, subject.part(item))
        return [*found, *([EachItem(subject.value, None, item, tuple(body), count)] if body else [])]

    def _contains(self, rule: Contains, subject: SchemaSubject) -> Sequence[Statement]:
        items, item, found = subject.value, subject.local("item"), subject.local("found")
        test = self._expressions.test(rule.schema, subject.part(item))
        if rule.evaluates and subject.tracked:
            index = subject.local("index")
            walk = Walk(item, items, "array", index=index)
            return [
                Let(found, Collected(walk, Variable(index), where=test)),
                update(Variable(found)),
                *unless(counted(size(Variable(found)), rule.least, rule.most), REJECT),
            ]
        if rule.least == 1 and rule.most is None:
            return unless(Quantified("exists", Walk(item, items, "array"), test), REJECT)
        enough = counted(Variable(found), rule.least, rule.most)
        if enough == ALWAYS:
            return []
        count = Counted(Walk(item, items, "array"), test)
        return [Let(found, count), *unless(enough, REJECT)]

    def _in_place(self, rule: Rule, subject: SchemaSubject, schema: Schema) -> tuple[Sequence[Statement], Kinds]:
        match rule:
            case Reference(_, target):
                return self._nested(self._names.program.definitions[target], subject)
            case AllOf(schemas):
                statements: list[Statement] = []
                for child in schemas:
                    added, known = self._nested(child, subject)
                    statements += added
                    subject = replace(subject, known=known)
                return statements, subject.known
            case AnyOf(_, schemas) | OneOf(_, schemas) if tagged := self._expressions.tagged(schemas, subject):
                return self._by_tag(tagged, subject, is_any=isinstance(rule, AnyOf)), subject.known
            case AnyOf(_, schemas):
                return self._any_of(schemas, subject), subject.known
            case OneOf(_, schemas):
                return unless(self._expressions.exactly_one(schemas, subject), REJECT), subject.known
            case Not(_, child):
                test = self._expressions.test(child, replace(subject, tracked=False))
                return unless(inverted(test), REJECT), subject.known
            case Conditional():
                return self._conditional(rule, subject), subject.known
            case Unevaluated():
                return self._unevaluated(rule, subject, schema), subject.known
            case _:
                return [], subject.known

    def _any_of(self, schemas: Sequence[Schema], subject: SchemaSubject) -> Sequence[Statement]:
        tests = [self._expressions.test(schema, subject) for schema in schemas]
        if not subject.tracked:
            return unless(junction("or", tests), REJECT)
        # All of them, not only the first that holds: each has evaluated something.
        return where(Equal(HowMany(tuple(tests)), Constant(0), is_plain=True), REJECT)

    def _by_tag(self, tagged: Tagged, subject: SchemaSubject, *, is_any: bool) -> Sequence[Statement]:
        """Try the alternative that an object's tag stands for, and for anything else those that are left."""
        inside = replace(subject, known=frozenset({Kind.OBJECT}))
        outside = replace(subject, known=subject.known - {Kind.OBJECT})
        tag = Variable(subject.local("tag"))
        options = [
            (self._tag_test(group, tag, schema), self._nested(schema, inside)[0]) for group, schema in tagged.options
        ]
        tests = [self._expressions.test(schema, outside) for schema in tagged.others]
        test = junction("or", tests) if is_any else self._expressions.exactly_one(tagged.others, outside)
        dispatch = [Let(tag.name, Field(subject.value, tagged.tag, is_object=True)), *chained(options, REJECT)]
        return where(kind_test(Kind.OBJECT, subject.value, subject.known), dispatch, unless(test, REJECT))

    def _tag_test(self, group: tuple[str, ...] | Kinds, tag: Variable, schema: Schema) -> Value:
        if isinstance(group, tuple):
            return values_test(group, SchemaSubject(tag), self._names, schema.key)
        return kinds_test(group, tag, ALL, integral=False)

    def _conditional(self, rule: Conditional, subject: SchemaSubject) -> Sequence[Statement]:
        then = self._nested_always(rule.then, subject)
        otherwise = self._nested_always(rule.otherwise, subject)
        test = self._expressions.test(rule.test, subject)
        if not then and not otherwise and subject.tracked and self._expressions.evaluates(rule.test):
            return [Evaluate(test)]
        return where(test, then, otherwise)

    def _nested_always(self, schema: Schema | None, subject: SchemaSubject) -> Sequence[Statement]:
        """Statements for a schema that is applied under a condition, so that all it evaluates is news."""
        if schema is None:
            return []
        if not subject.tracked:
            return self._nested(schema, subject)[0]
        return unless(self._expressions.test(schema, subject), REJECT)

    def _unevaluated(self, rule: Unevaluated, subject: SchemaSubject, schema: Schema) -> Sequence[Statement]:
        cover = self._coverages.certain(schema, rule.kind, apart=rule)
        if cover.everything or not rule.schema.rules or rule.kind not in subject.known:
            return []
        item = subject.local("item")
        body = self._part(rule.schema, subject.part(item))
        if not body:
            return []
        loop: Statement
        tests: list[Value] = []
        variable = "key" if rule.kind is Kind.OBJECT else "index"
        tracked = [outside(Variable(variable), EVALUATED)] if self._is_tracked(schema, rule) else []
        if rule.kind is Kind.OBJECT:
            if cover.names:
                tests.append(outside(Variable("key"), self._names.fields(sorted(cover.names), schema.key)))
            tests += [*tracked, *(inverted(fitting(Variable("key"), pattern)) for pattern in sorted(cover.patterns))]
            loop = over(subject.value, "key", item, where(junction("and", tests), body))
        elif tracked:
            late = counted(Variable("index"), cover.first, None)
            fresh = where(junction("and", [late, *tracked]), body)
            loop = EachItem(subject.value, "index", item, fresh)
        else:
            loop = EachItem(subject.value, None, item, tuple(body), cover.first)
        return where(kind_test(rule.kind, subject.value, subject.known), [loop])

    def _needs_set(self, schema: Schema) -> bool:
        """Whether a rule of *schema* asks what the others have evaluated of this very value."""
        return any(isinstance(rule, Unevaluated) and self._is_tracked(schema, rule) for rule in schema.rules)

    def _is_tracked(self, schema: Schema, rule: Unevaluated) -> bool:
        cover = self._coverages.certain(schema, rule.kind, apart=rule)
        return not cover.everything and self._coverages.uncertain(schema, rule.kind, apart=rule)

    def _uncertain(self, schema: Schema) -> bool:
        return any(self._coverages.uncertain(schema, kind) for kind in _CONTAINERS)


def _words(schema: Schema) -> str | None:
    """What a schema accepts, if that is a matter of kinds alone."""
    match schema.rules:
        case ():
            return "anything"
        case (Type() as kinds,):
            return kind_words(kinds)
        case _:
            return None


def _is_never(schema: Schema) -> bool:
    return any(isinstance(rule, Never) for rule in schema.rules)


def _kind_branches(
    bodies: dict[Kind, list[Statement]], subject: SchemaSubject, *, integral: bool | None = None
) -> list[tuple[Value, list[Statement]]]:
    """A branch for each kind; *integral* is given where numbers must be finite."""
    found: list[tuple[Value, list[Statement]]] = []
    known = subject.known
    for kind, body in bodies.items():
        if integral is not None and kind is Kind.NUMBER:
            test = kinds_test(frozenset({kind}), subject.value, known, integral=integral)
        else:
            test = kind_test(kind, subject.value, known)
            known -= {kind}
        found.append((test, body))
    return found


def _has_more(items: Value, count: int) -> Value:
    """Whether there are more than *count* items."""
    return compared(size(items), ">", count)
