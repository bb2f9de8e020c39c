"""The path that finds everything: code that appends a violation for each rule that is not satisfied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..backends.python.text import literal
from .code import ALWAYS, NEVER, Block, Call, Condition, Line, Statement, Test, all_of, any_of, inline, negated
from .conditions import matching, present, rule_kind, rule_test, values_test
from .coverage import Coverages
from .ir import (
    AllOf,
    AnyOf,
    Bound,
    Conditional,
    Contains,
    Count,
    DependentRequired,
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
    Required,
    Rule,
    Schema,
    Type,
    Unevaluated,
    Unique,
    Values,
)
from .kinds import Kinds, Possibilities, kind_test, kinds_test
from .loops import counted_over, mentions, over
from .messages import Message, bound, choice, count, kind_words
from .names import Names
from .nearness import Nearness
from .pointers import Pointer
from .predicates import Predicates
from .spot import Spot
from .tracking import Tracking

__all__ = ["Reports"]

_CONTAINERS = (Kind.OBJECT, Kind.ARRAY)
_DEEPEST_INLINED = 2


class Reports:
    """Writes the functions that gather violations."""

    def __init__(
        self, names: Names, coverages: Coverages, possibilities: Possibilities, predicates: Predicates
    ) -> None:
        self._names = names
        self._coverages = coverages
        self._possibilities = possibilities
        self._predicates = predicates
        self._nearness = Nearness(names, possibilities)
        self._tracking = Tracking(names, coverages, predicates)

    def body(self, schema: Schema) -> list[Statement]:
        """The body of a function that has `value`, `at` and `found`."""
        return self._report(schema, Spot("value"), Pointer()) or [Line("return")]

    def _report(self, schema: Schema, spot: Spot, at: Pointer) -> list[Statement]:
        """Statements that report what is wrong with a variable."""
        found: list[Statement] = []
        kinds, wrong = spot.known, False
        for rule in sorted(schema.rules, key=lambda rule: isinstance(rule, Type)):
            if isinstance(rule, (Type, Values, Never)):
                statements = self._plain(rule, schema, spot, at)
                found += statements
                if isinstance(rule, Type):
                    kinds, wrong = spot.known & rule.kinds, bool(statements)
        bodies: dict[Kind, list[Statement]] = {
            kind: body
            for kind in (Kind.OBJECT, Kind.ARRAY, Kind.STRING, Kind.NUMBER)
            if kind in kinds and (body := self._about(kind, schema, replace(spot, known=frozenset({kind})), at))
        }
        found += _branches(bodies, spot.variable, kinds, chained=wrong and isinstance(found[-1], Block))
        for rule in schema.rules:
            found += self._in_place(rule, schema, spot, at)
        return found

    def _plain(self, rule: Rule, schema: Schema, spot: Spot, at: Pointer) -> list[Statement]:
        variable = spot.variable
        match rule:
            case Never(place, keyword):
                return [self._violation(at, keyword, place, self._never(keyword, at))]
            case Type():
                test = kinds_test(rule.kinds, variable, spot.known, integral=rule.integral)
                text = f"must be {kind_words(rule)}, not "
                if rule.integral and len(rule.kinds) == 1:
                    shown = f"fraction_or_kind({variable})"
                else:
                    shown = f"kind_of({variable})"
                return self._unless(test, at, "type", rule.place, Message.of(text, shown))
            case Values(place, keyword, values):
                test = values_test(values, variable, spot.known, self._names, schema.key)
                message = Message.of(f"must be {choice(values)}, not ", self._shown(variable))
                return self._unless(test, at, keyword, place, message)
            case _:
                return []

    def _never(self, keyword: str, at: Pointer) -> Message:
        if keyword in ("additionalProperties", "unevaluatedProperties") and at.pieces and at.pieces[-1][0]:
            key = at.pieces[-1][1].removeprefix("escape(").removesuffix(")")
            return Message.of("unknown property ", self._shown(key))
        if keyword in ("additionalItems", "unevaluatedItems", "items"):
            return Message.of("there must be no such item")
        if keyword in ("properties", "patternProperties"):
            return Message.of("there must be no such property")
        return Message.of("no value is accepted here")

    def _shown(self, variable: str) -> str:
        return f"shown({variable})"

    def _violation(self, at: Pointer, keyword: str, place: str, message: Message) -> Statement:
        arguments = (at.source(), literal(keyword), literal(place), str(message))
        return Call("found.append(Violation", arguments)

    def _unless(self, test: Condition, at: Pointer, keyword: str, place: str, message: Message) -> list[Statement]:
        if test == ALWAYS:
            return []
        statement = self._violation(at, keyword, place, message)
        return [statement] if test == NEVER else [Block("if", negated(test), (statement,))]

    def _about(self, kind: Kind, schema: Schema, spot: Spot, at: Pointer) -> list[Statement]:
        found: list[Statement] = []
        for rule in schema.rules:
            if rule_kind(rule) is kind:
                found += self._scalar(rule, spot, at)
            elif kind is Kind.OBJECT:
                found += self._about_objects(rule, spot, at)
            elif kind is Kind.ARRAY:
                found += self._about_arrays(rule, spot, at)
        return found

    def _scalar(self, rule: Rule, spot: Spot, at: Pointer) -> list[Statement]:
        variable, shown = spot.variable, self._shown(spot.variable)
        test = rule_test(rule, variable)
        match rule:
            case Bound(place, keyword):
                return self._unless(test, at, keyword, place, Message.of(f"must be {bound(rule)}, is ", shown))
            case Multiple(place, step):
                message = Message.of(f"must be a multiple of {literal(step)}, is ", shown)
                return self._unless(test, at, "multipleOf", place, message)
            case Count(place, keyword):
                return self._unless(test, at, keyword, place, count(rule, variable))
            case Pattern(place, pattern):
                message = Message.of(f"must match {pattern}, is ", shown)
                return self._unless(test, at, "pattern", place, message)
            case Format(place, name):
                message = Message.of(f"must be of the format {name}, is ", shown)
                return self._unless(test, at, "format", place, message)
            case Unique(place):
                return self._unless(test, at, "uniqueItems", place, Message.of("must not have two equal items"))
            case Required(place, names):
                return self._missing(names, variable, at, "required", place)
            case DependentRequired(place, keyword, name, names):
                missing = self._missing(names, variable, at, keyword, place, f", since {name!r} is there")
                return [Block("if", present(variable, name), tuple(missing))]
            case _:
                return []

    def _missing(  # noqa: PLR0913, PLR0917 - a rule, and where it is judged
        self, names: Sequence[str], variable: str, at: Pointer, keyword: str, place: str, reason: str = ""
    ) -> list[Statement]:
        """Report each of *names* that is absent."""
        found: list[Statement] = []
        for name in dict.fromkeys(names):
            message = Message.of(f"the property {name!r} is missing{reason}")
            found.append(Block("if", negated(present(variable, name)), (self._violation(at, keyword, place, message),)))
        return found

    def _part(self, schema: Schema, spot: Spot, at: Pointer) -> list[Statement]:
        """Statements for a part of the value, or for the same value."""
        if self._is_inlined(schema, spot):
            return self._report(schema, spot, at)
        while len(schema.rules) == 1 and isinstance(only := schema.rules[0], Reference):
            schema = self._names.program.definitions[only.target]
        if not schema.rules:
            return []
        return [Call(self._names.function("check", schema), (spot.variable, at.source(), "found"))]

    def _is_inlined(self, schema: Schema, spot: Spot) -> bool:
        """Whether a schema asks for so little that it needs no function."""
        if schema.key in self._names.program.definitions or spot.level > _DEEPEST_INLINED or len(schema.rules) > 4:
            return False
        scalars = (Type, Values, Never, Bound, Multiple, Count, Pattern, Format, Unique)
        rules = list(schema.rules)
        for rule in schema.rules:
            if isinstance(rule, Items) and not rule.prefix and rule.rest is not None:
                rules += rule.rest.rules
        return all(isinstance(rule, (*scalars, Reference, Items)) for rule in rules)

    def _about_objects(self, rule: Rule, spot: Spot, at: Pointer) -> list[Statement]:
        match rule:
            case Properties():
                return [*self._named(rule, spot, at), *self._others(rule, spot, at)]
            case PropertyNames(schema):
                return self._property_names(schema, spot, at)
            case DependentSchemas(name, schema):
                body = self._part(schema, spot, at)
                return [Block("if", present(spot.variable, name), tuple(body))] if body else []
            case _:
                return []

    def _property_names(self, schema: Schema, spot: Spot, at: Pointer) -> list[Statement]:
        key = replace(spot.inner("key"), known=frozenset({Kind.STRING}))
        test = self._predicates.test(schema, key)
        if test == ALWAYS:
            return []
        message = Message.of("the name ", self._shown(key.variable), " is not accepted")
        place = schema.key.place
        pointer = at.by(f"escape({key.variable})")
        body = self._unless(test, pointer, "propertyNames", place, message)
        return [Block(f"for {key.variable} in {spot.variable}", None, tuple(body))]

    def _named(self, rule: Properties, spot: Spot, at: Pointer) -> list[Statement]:
        found: list[Statement] = []
        for name, child in rule.named:
            field = spot.inner("field")
            body = self._part(child, field, at.to(name))
            if body:
                assigned = tuple(body)
                if mentions(body, field.variable):
                    assigned = (Line(f"{field.variable} = {spot.variable}[{literal(name)}]"), *body)
                only = body[0]
                if len(body) == 1 and isinstance(only, Call) and only.arguments[0] == field.variable:
                    source = f"{spot.variable}[{literal(name)}]"
                    assigned = (Call(only.function, (source, *only.arguments[1:])),)
                found.append(Block("if", present(spot.variable, name), assigned))
        return found

    def _others(self, rule: Properties, spot: Spot, at: Pointer) -> list[Statement]:
        key, item = f"{'inner_' * spot.level}key", spot.inner("item")
        pointer = at.by(f"escape({key})")
        unknown: list[Condition] = []
        body: list[Statement] = []
        for pattern, child in rule.patterns:
            matched = matching(pattern, key)
            unknown.append(negated(matched))
            if part := self._part(child, item, pointer):
                body.append(Block("if", matched, tuple(part)))
        if rule.others is not None and (part := self._part(rule.others, item, pointer)):
            names = [name for name, _ in rule.named]
            if names:
                unknown.insert(0, _outside(key, self._names.set_of(names, "names", rule.others.key)))
            body += [Block("if", all_of(unknown), tuple(part))] if unknown else part
        return self._loop(spot.variable, key, item.variable, body)

    def _loop(self, items: str, key: str, item: str, body: Sequence[Statement]) -> list[Statement]:
        if not body:
            return []
        return [over(items, key, item, body)]

    def _about_arrays(self, rule: Rule, spot: Spot, at: Pointer) -> list[Statement]:
        match rule:
            case Items():
                return self._items(rule, spot, at)
            case Contains():
                return self._contains(rule, spot, at)
            case _:
                return []

    def _items(self, rule: Items, spot: Spot, at: Pointer) -> list[Statement]:
        found: list[Statement] = []
        item, index = spot.inner("item"), f"{'inner_' * spot.level}index"
        for position, child in enumerate(rule.prefix):
            if body := self._part(child, item, at.to(position)):
                assigned = tuple(body)
                if mentions(body, item.variable):
                    assigned = (Line(f"{item.variable} = {spot.variable}[{position}]"), *body)
                longer = Test(f"len({spot.variable}) > {position}")
                found.append(Block("if", longer, assigned))
        if rule.rest is not None and (body := self._part(rule.rest, item, at.by(index))):
            found.append(counted_over(spot.variable, len(rule.prefix), index, item.variable, body))
        return found

    def _contains(self, rule: Contains, spot: Spot, at: Pointer) -> list[Statement]:
        item, counted = spot.inner("item"), f"{'inner_' * spot.level}count"
        text = inline(self._predicates.test(rule.schema, item))
        found: list[Statement] = []
        if rule.least:
            keyword = rule.least_place.rpartition("/")[2]
            noun = "item" if rule.least == 1 else "items"
            message = Message.of(f"at least {rule.least} {noun} must be as `contains` says, not ", f"str({counted})")
            test = Test(f"{counted} >= {rule.least}", f"{counted} < {rule.least}")
            found += self._unless(test, at, keyword, rule.least_place, message)
        if rule.most is not None:
            noun = "item" if rule.most == 1 else "items"
            message = Message.of(f"at most {rule.most} {noun} may be as `contains` says, not ", f"str({counted})")
            test = Test(f"{counted} <= {rule.most}", f"{counted} > {rule.most}")
            found += self._unless(test, at, "maxContains", rule.most_place, message)
        return [Line(f"{counted} = sum(1 for {item.variable} in {spot.variable} if {text})"), *found] if found else []

    def _in_place(self, rule: Rule, schema: Schema, spot: Spot, at: Pointer) -> list[Statement]:
        match rule:
            case Reference(_, target):
                return self._part(self._names.program.definitions[target], spot, at)
            case AllOf(schemas):
                return [statement for child in schemas for statement in self._part(child, spot, at)]
            case AnyOf(place, schemas):
                test = any_of(self._predicates.test(child, spot) for child in schemas)
                return self._alternatives("anyOf", place, schemas, test, spot, at)
            case OneOf(place, schemas):
                return self._one_of(place, schemas, spot, at)
            case Not(place, child):
                test = negated(self._predicates.test(child, spot))
                return self._unless(test, at, "not", place, Message.of("must not be what `not` describes"))
            case Conditional(test, then, otherwise):
                return self._conditional(test, then, otherwise, spot, at)
            case Unevaluated():
                return self._unevaluated(rule, schema, spot, at)
            case _:
                return []

    def _conditional(
        self, test: Schema, then: Schema | None, otherwise: Schema | None, spot: Spot, at: Pointer
    ) -> list[Statement]:
        first = [] if then is None else self._part(then, spot, at)
        second = [] if otherwise is None else self._part(otherwise, spot, at)
        asked = self._predicates.test(test, spot)
        if first:
            tail = [Block("else", None, tuple(second))] if second else []
            return [Block("if", asked, tuple(first)), *tail]
        return [Block("if", negated(asked), tuple(second))] if second else []

    def _one_of(self, place: str, schemas: Sequence[Schema], spot: Spot, at: Pointer) -> list[Statement]:
        tests = [self._predicates.test(child, spot) for child in schemas]
        if self._possibilities.disjoint(schemas):
            return self._alternatives("oneOf", place, schemas, any_of(tests), spot, at)
        count = f"{'inner_' * spot.level}matched"
        comma = "," if len(tests) == 1 else ""
        message = Message.of("must be one of several forms, and is ", f"str({count})", " of them")
        many = self._unless(Test(f"{count} <= 1", f"{count} > 1"), at, "oneOf", place, message)
        none = self._alternatives("oneOf", place, schemas, Test(f"{count} > 0", f"{count} == 0"), spot, at)
        return [Line(f"{count} = sum(({', '.join(map(inline, tests))}{comma}))"), *many, *none]

    def _alternatives(  # noqa: PLR0913, PLR0917 - a rule and where it is judged
        self, keyword: str, place: str, schemas: Sequence[Schema], test: Condition, spot: Spot, at: Pointer
    ) -> list[Statement]:
        """Report that no alternative holds: by the faults of the only one for the value's kind, if there is one."""
        text = f"is none of the {len(schemas)} forms that are accepted" if len(schemas) > 1 else "is not as it must be"
        plain = self._violation(at, keyword, place, Message.of(text))
        near: list[Statement] = []
        certain = False
        for asked, child, inside in self._nearness.choices(schemas, spot):
            if certain or not (part := self._part(child, inside, at)):
                continue
            certain = asked == ALWAYS
            word = "else" if certain else "elif" if near else "if"
            near.append(Block(word, None if certain else asked, tuple(part)))
        body = near or [plain]
        if near and not certain:
            body.append(Block("else", None, (plain,)))
        if test == ALWAYS:
            return []
        return body if test == NEVER else [Block("if", negated(test), tuple(body))]

    def _unevaluated(self, rule: Unevaluated, schema: Schema, spot: Spot, at: Pointer) -> list[Statement]:
        cover = self._coverages.certain(schema, rule.kind, apart=rule)
        if cover.everything or not rule.schema.rules or rule.kind not in spot.known:
            return []
        head: list[Statement] = []
        item = spot.inner("item")
        is_object = rule.kind is Kind.OBJECT
        variable = "key" if is_object else "index"
        tests: list[Condition] = []
        if cover.names and is_object:
            tests.append(_outside(variable, self._names.set_of(sorted(cover.names), "names", schema.key)))
        if cover.first and not is_object:
            tests.append(Test(f"{variable} >= {cover.first}"))
        if self._coverages.uncertain(schema, rule.kind, apart=rule):
            head = [Line("evaluated: set[str | int] = set()"), *self._tracking.statements(schema, rule, spot)]
            tests.append(_outside(variable, "evaluated"))
        tests += [negated(matching(pattern, variable)) for pattern in sorted(cover.patterns)]
        pointer = at.by("escape(key)" if is_object else "index")
        part = self._part(rule.schema, item, pointer)
        if not part:
            return []
        body = [Block("if", all_of(tests), tuple(part))] if tests else part
        if is_object:
            loop = over(spot.variable, variable, item.variable, body)
        else:
            loop = counted_over(spot.variable, 0, variable, item.variable, body)
        asked = kind_test(rule.kind, spot.variable, spot.known)
        return [*head, loop] if asked == ALWAYS else [Block("if", asked, (*head, loop))]


def _branches(bodies: dict[Kind, list[Statement]], variable: str, known: Kinds, *, chained: bool) -> list[Statement]:
    """A branch for each kind; *chained* to a test of the type before it."""
    found: list[Statement] = []
    for kind, body in bodies.items():
        test = kind_test(kind, variable, known)
        if test == ALWAYS:
            return [*found, Block("else", None, tuple(body))] if found or chained else body
        found.append(Block("elif" if found or chained else "if", test, tuple(body)))
        known -= {kind}
    return found


def _outside(variable: str, container: str) -> Test:
    return Test(f"{variable} not in {container}", f"{variable} in {container}")


