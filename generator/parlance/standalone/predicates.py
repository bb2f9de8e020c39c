"""The fast path: code that says whether a value is valid, and stops at the first fault."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..backends.python.text import literal
from .code import (
    ALWAYS,
    NEVER,
    Block,
    Condition,
    Line,
    Return,
    Statement,
    Test,
    all_of,
    any_of,
    inline,
    negated,
    tidied,
)
from .conditions import accepted, matching, present, rule_kind, rule_test, values_test
from .coverage import Coverages
from .expressions import Expressions
from .ir import (
    AllOf,
    AnyOf,
    Conditional,
    Contains,
    DependentSchemas,
    Items,
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
from .kinds import ALL, Kinds, Possibilities, kind_test, kinds_test
from .loops import over
from .names import Names
from .spot import Spot

__all__ = ["Predicates"]

_REJECT = (Line("return False"),)
_LARGEST_TEST = 6
_LARGEST_INLINED = 30
_LARGEST_FUNCTION = 90
_DEEPEST_INLINED = 3
_CONTAINERS = (Kind.OBJECT, Kind.ARRAY)


class Predicates:
    """Writes the predicates of a program."""

    def __init__(self, names: Names, coverages: Coverages, possibilities: Possibilities) -> None:
        self._names = names
        self._coverages = coverages
        self._expressions = Expressions(names, coverages, possibilities)
        self.test = self._expressions.test
        self._room = 0
        """How many more rules the function that is being written may take in."""

    def body(self, schema: Schema) -> list[Statement]:
        """The body of a predicate."""
        self._room = _LARGEST_FUNCTION
        tracked = self._needs_set(schema)
        start = [Line("evaluated: set[str | int] = set()")] if tracked else []
        statements, _ = self._reject(schema, Spot("value", evaluated="evaluated" if tracked else None))
        statements = tidied(statements)
        last = statements[-1] if statements else None
        if isinstance(last, Block) and last.keyword == "if" and last.body == _REJECT and last.condition is not None:
            return [*start, *statements[:-1], Return(negated(last.condition))]
        return [*start, *statements, *([] if statements == [*_REJECT] else [Line("return True")])]

    def covering_body(self, schema: Schema) -> list[Statement]:
        """The body of a predicate that also adds to `seen` what a valid value has evaluated."""
        self._room = _LARGEST_FUNCTION
        inner = self._uncertain(schema) or self._needs_set(schema)
        start = [Line("evaluated: set[str | int] = set()")] if inner else []
        statements, known = self._reject(schema, Spot("value", evaluated="evaluated" if inner else None))
        if inner:
            statements.append(Line("seen |= evaluated"))
        for kind in _CONTAINERS:
            added = self._added(schema, kind)
            test = kind_test(kind, "value", known)
            if added and test != NEVER:
                statements += added if test == ALWAYS else [Block("if", test, tuple(added))]
        return [*start, *statements, Line("return True")]

    def _added(self, schema: Schema, kind: Kind) -> list[Statement]:
        cover = self._coverages.certain(schema, kind)
        if cover.everything:
            return [Line("seen.update(value)" if kind is Kind.OBJECT else "seen.update(range(len(value)))")]
        found: list[Statement] = []
        if cover.names:
            names = self._names.set_of(sorted(cover.names), "names", schema.key)
            found.append(Line(f"seen.update({names}.intersection(value))"))
        found += [
            Line(f"seen.update(key for key in value if {matching(pattern, 'key').text})")
            for pattern in sorted(cover.patterns)
        ]
        if cover.first:
            found.append(Line(f"seen.update(range({cover.first}))"))
        return found

    def _reject(self, schema: Schema, spot: Spot) -> tuple[list[Statement], Kinds]:
        """Statements that return False unless the variable satisfies *schema*, and the kinds that are left then."""
        if any(isinstance(rule, Never) for rule in schema.rules):
            return [*_REJECT], spot.known
        if (simple := self._expressions.simple(schema, spot)) is not None and spot.evaluated is None:
            kinds = next((rule.kinds for rule in schema.rules if isinstance(rule, Type)), ALL)
            known = spot.known & kinds if len(kinds) == 1 and accepted(schema.rules) is None else spot.known
            return _guards(simple), known
        statements, known = self._by_kind(schema, spot)
        spot = replace(spot, known=known)
        for rule in schema.rules:
            added, known = self._in_place(rule, spot, schema)
            statements += added
            spot = replace(spot, known=known)
        return statements, spot.known

    def _by_kind(self, schema: Schema, spot: Spot) -> tuple[list[Statement], Kinds]:
        kinds = next((rule for rule in schema.rules if isinstance(rule, Type)), None)
        values = accepted(schema.rules)
        allowed = spot.known if kinds is None else spot.known & kinds.kinds
        bodies: dict[Kind, list[Statement]] = {
            kind: body
            for kind in (Kind.OBJECT, Kind.ARRAY, Kind.STRING, Kind.NUMBER)
            if kind in allowed and (body := self._kind_body(kind, schema, spot))
        }
        if values is not None:
            head = _guards(values_test(values, spot.variable, spot.known, self._names, schema.key))
            return [*head, *_chain(bodies, spot)], spot.known
        if kinds is None:
            return _chain(bodies, spot), spot.known
        if len(allowed) == 1 or not bodies:
            test = kinds_test(allowed, spot.variable, spot.known, integral=kinds.integral)
            return [*_guards(test), *(statement for body in bodies.values() for statement in body)], allowed
        last = kinds_test(allowed - bodies.keys(), spot.variable, spot.known, integral=kinds.integral)
        end = Block("else", None, _REJECT) if last == NEVER else Block("elif", negated(last), _REJECT)
        return [*_chain(bodies, spot, integral=kinds.integral), end], allowed

    def _kind_body(self, kind: Kind, schema: Schema, spot: Spot) -> list[Statement]:
        """Statements for what *schema* says about one kind of value alone."""
        spot = replace(spot, known=frozenset({kind}))
        body: list[Statement] = []
        required = {name for rule in schema.rules if isinstance(rule, Required) for name in rule.names}
        for rule in schema.rules:
            if isinstance(rule, Required):
                body += [
                    Block("if", negated(present(spot.variable, name)), _REJECT)
                    for name in dict.fromkeys(rule.names)
                    if kind is Kind.OBJECT
                ]
            elif rule_kind(rule) is kind:
                body += _guards(rule_test(rule, spot.variable))
            elif kind is Kind.OBJECT:
                body += self._about_objects(rule, spot, required)
            elif kind is Kind.ARRAY:
                body += self._about_arrays(rule, spot)
        return body

    def _about_objects(self, rule: Rule, spot: Spot, required: set[str]) -> list[Statement]:
        match rule:
            case Properties():
                named, others = self._named(rule, spot, required), self._others(rule, spot)
                # Whether there are unknown names costs less to know than what the known ones hold.
                closed = rule.others is not None and not rule.patterns and _is_never(rule.others)
                return [*others, *named] if closed else [*named, *others]
            case PropertyNames(schema):
                key = replace(spot.inner("key"), known=frozenset({Kind.STRING}))
                body, _ = self._reject(schema, key)
                return [Block(f"for {key.variable} in {spot.variable}", None, tuple(body))] if body else []
            case DependentSchemas(name, schema):
                body = self._nested_always(schema, spot)
                return [Block("if", present(spot.variable, name), tuple(body))] if body else []
            case _:
                return []

    def _named(self, rule: Properties, spot: Spot, required: set[str]) -> list[Statement]:
        found: list[Statement] = []
        for name, child in rule.named:
            field = spot.inner("field")
            body = self._part(child, field)
            source = f"{spot.variable}[{literal(name)}]"
            assigned = _assigned(field.variable, source, body)
            if name in required:
                found += assigned
            elif assigned:
                found.append(Block("if", present(spot.variable, name), tuple(assigned)))
        return found

    def _part(self, schema: Schema, spot: Spot) -> list[Statement]:
        """Statements that return False when a part of the value does not satisfy *schema*."""
        if self._is_inlined(schema, spot):
            return self._reject(schema, spot)[0]
        return _guards(self._expressions.test(schema, spot))

    def _is_inlined(self, schema: Schema, spot: Spot) -> bool:
        if schema.key in self._names.program.definitions or spot.level > _DEEPEST_INLINED:
            return False
        if any(isinstance(rule, Unevaluated) for rule in schema.rules):
            return False
        weight = _weight(schema, _LARGEST_INLINED)
        if weight > min(_LARGEST_INLINED, self._room):
            return False
        self._room -= weight
        return True

    def _nested(self, schema: Schema, spot: Spot) -> tuple[list[Statement], Kinds]:
        """Statements for another schema of the same value."""
        if self._is_inlined(schema, spot):
            return self._reject(schema, spot)
        tracked = spot if self._uncertain(schema) or spot.evaluated is None else replace(spot, evaluated=None)
        return _guards(self._expressions.test(schema, tracked)), spot.known

    def _others(self, rule: Properties, spot: Spot) -> list[Statement]:
        """What is not named: by pattern, and the rest."""
        others = rule.others
        names = [name for name, _ in rule.named]
        if others is not None and not others.rules:
            others = None
        if not rule.patterns and others is None:
            return []
        if not rule.patterns and others is not None and _is_never(others):
            if not names:
                return [Block("if", Test(spot.variable), _REJECT)]
            listed = self._names.set_of(names, "names", others.key)
            return _guards(Test(f"{spot.variable}.keys() <= {listed}"))
        key, item = f"{'inner_' * spot.level}key", spot.inner("item")
        unknown: list[Condition] = []
        if names and others is not None:
            unknown.append(_outside(key, self._names.set_of(names, "names", others.key)))
        body: list[Statement] = []
        for pattern, child in rule.patterns:
            found = matching(pattern, key)
            unknown.append(negated(found))
            part = self._part(child, item)
            if part:
                body.append(Block("if", found, tuple(part)))
        if others is not None and (part := self._part(others, item)):
            body += [Block("if", all_of(unknown), tuple(part))] if unknown else part
        if not body:
            return []
        return [over(spot.variable, key, item.variable, body)]

    def _about_arrays(self, rule: Rule, spot: Spot) -> list[Statement]:
        match rule:
            case Items():
                return self._items(rule, spot)
            case Contains():
                return self._contains(rule, spot)
            case _:
                return []

    def _items(self, rule: Items, spot: Spot) -> list[Statement]:
        found: list[Statement] = []
        item = spot.inner("item")
        for index, child in enumerate(rule.prefix):
            body = _assigned(item.variable, f"{spot.variable}[{index}]", self._part(child, item))
            if body:
                longer = Test(spot.variable) if index == 0 else Test(f"len({spot.variable}) > {index}")
                found.append(Block("if", longer, tuple(body)))
        count = len(rule.prefix)
        if rule.rest is None or not rule.rest.rules:
            return found
        if isinstance(rule.rest.rules[0], Never):
            longer = Test(f"len({spot.variable}) > {count}") if count else Test(spot.variable)
            return [*found, Block("if", longer, _REJECT)]
        rest = f"{spot.variable}[{count}:]" if count else spot.variable
        body = self._part(rule.rest, item)
        return [*found, *([Block(f"for {item.variable} in {rest}", None, tuple(body))] if body else [])]

    def _contains(self, rule: Contains, spot: Spot) -> list[Statement]:
        item = spot.inner("item")
        test = self._expressions.test(rule.schema, item)
        items, found = spot.variable, f"{'inner_' * spot.level}found"
        text = inline(test)
        if rule.evaluates and spot.evaluated is not None:
            index = f"{'inner_' * spot.level}index"
            listed = f"{found} = {{{index} for {index}, {item.variable} in enumerate({items}) if {text}}}"
            return [
                Line(listed),
                Line(f"{spot.evaluated}.update({found})"),
                *_guards(_counted(f"len({found})", rule.least, rule.most)),
            ]
        if rule.least == 1 and rule.most is None:
            return [Block("if", Test(f"not any({text} for {item.variable} in {items})"), _REJECT)]
        counted = _counted(found, rule.least, rule.most)
        if counted == ALWAYS:
            return []
        return [Line(f"{found} = sum(1 for {item.variable} in {items} if {text})"), *_guards(counted)]

    def _in_place(self, rule: Rule, spot: Spot, schema: Schema) -> tuple[list[Statement], Kinds]:
        match rule:
            case Reference(_, target):
                return self._nested(self._names.program.definitions[target], spot)
            case AllOf(schemas):
                statements: list[Statement] = []
                for child in schemas:
                    added, known = self._nested(child, spot)
                    statements += added
                    spot = replace(spot, known=known)
                return statements, spot.known
            case AnyOf(_, schemas) | OneOf(_, schemas):
                return self._alternatives(rule, schemas, spot), spot.known
            case Not(_, child):
                return _guards(negated(self._expressions.test(child, replace(spot, evaluated=None)))), spot.known
            case Conditional():
                return self._conditional(rule, spot), spot.known
            case Unevaluated():
                return self._unevaluated(rule, spot, schema), spot.known
            case _:
                return [], spot.known

    def _alternatives(self, rule: AnyOf | OneOf, schemas: Sequence[Schema], spot: Spot) -> list[Statement]:
        if isinstance(rule, OneOf):
            return _guards(self._expressions.exactly_one(schemas, spot))
        tests = [self._expressions.test(schema, spot) for schema in schemas]
        if spot.evaluated is None:
            return _guards(any_of(tests))
        # All of them, not only the first that holds: each has evaluated something.
        return [Block("if", Test(f"not any([{', '.join(map(inline, tests))}])"), _REJECT)]

    def _conditional(self, rule: Conditional, spot: Spot) -> list[Statement]:
        then = self._nested_always(rule.then, spot)
        otherwise = self._nested_always(rule.otherwise, spot)
        test = self._expressions.test(rule.test, spot)
        if not then and not otherwise:
            tracked = spot.evaluated is not None and isinstance(test, Test) and spot.evaluated in test.text
            return [Line(test.text)] if tracked and isinstance(test, Test) else []
        if not then:
            return [Block("if", negated(test), tuple(otherwise))]
        return [Block("if", test, tuple(then)), *([Block("else", None, tuple(otherwise))] if otherwise else [])]

    def _nested_always(self, schema: Schema | None, spot: Spot) -> list[Statement]:
        """Statements for a schema that is applied under a condition, so that all it evaluates is news."""
        if schema is None:
            return []
        if spot.evaluated is None:
            return self._nested(schema, spot)[0]
        return _guards(self._expressions.test(schema, spot))

    def _unevaluated(self, rule: Unevaluated, spot: Spot, schema: Schema) -> list[Statement]:
        cover = self._coverages.certain(schema, rule.kind, apart=rule)
        if cover.everything or not rule.schema.rules or rule.kind not in spot.known:
            return []
        tracked = self._is_tracked(schema, rule)
        item = spot.inner("item")
        body = self._part(rule.schema, item)
        if not body:
            return []
        head = kind_test(rule.kind, spot.variable, spot.known)
        if rule.kind is Kind.OBJECT:
            tests: list[Condition] = []
            if cover.names:
                tests.append(_outside("key", self._names.set_of(sorted(cover.names), "names", schema.key)))
            if tracked:
                tests.append(_outside("key", str(spot.evaluated)))
            tests += [negated(matching(pattern, "key")) for pattern in sorted(cover.patterns)]
            guarded = [Block("if", all_of(tests), tuple(body))] if tests else body
            loop = over(spot.variable, "key", item.variable, guarded)
        elif tracked:
            start = f"for index, {item.variable} in enumerate({spot.variable})"
            late = [Test(f"index >= {cover.first}")] if cover.first else []
            fresh = all_of([*late, _outside("index", str(spot.evaluated))])
            loop = Block(start, None, (Block("if", fresh, tuple(body)),))
        else:
            rest = f"{spot.variable}[{cover.first}:]" if cover.first else spot.variable
            loop = Block(f"for {item.variable} in {rest}", None, tuple(body))
        return [loop] if head == ALWAYS else [Block("if", head, (loop,))]

    def _needs_set(self, schema: Schema) -> bool:
        """Whether a rule of *schema* asks what the others have evaluated of this very value."""
        return any(isinstance(rule, Unevaluated) and self._is_tracked(schema, rule) for rule in schema.rules)

    def _is_tracked(self, schema: Schema, rule: Unevaluated) -> bool:
        cover = self._coverages.certain(schema, rule.kind, apart=rule)
        return not cover.everything and self._coverages.uncertain(schema, rule.kind, apart=rule)

    def _uncertain(self, schema: Schema) -> bool:
        return any(self._coverages.uncertain(schema, kind) for kind in _CONTAINERS)


def _is_never(schema: Schema) -> bool:
    return any(isinstance(rule, Never) for rule in schema.rules)


def _guards(test: Condition) -> list[Statement]:
    """Return False unless *test* holds."""
    if test == ALWAYS:
        return []
    if test == NEVER:
        return [*_REJECT]
    return [Block("if", negated(test), _REJECT)]


def _chain(bodies: dict[Kind, list[Statement]], spot: Spot, *, integral: bool | None = None) -> list[Statement]:
    """A branch for each kind; *integral* is given where numbers must be finite."""
    found: list[Statement] = []
    known = spot.known
    for kind, body in bodies.items():
        if integral is not None and kind is Kind.NUMBER:
            test = kinds_test(frozenset({kind}), spot.variable, known, integral=integral)
        else:
            test = kind_test(kind, spot.variable, known)
            known -= {kind}
        if test == ALWAYS:
            return [*found, Block("else", None, tuple(body))] if found else body
        found.append(Block("elif" if found else "if", test, tuple(body)))
    return found


def _assigned(variable: str, source: str, body: list[Statement]) -> list[Statement]:
    """*body* with *variable* as the name of *source*; without the name where it is used once, or not at all."""
    if body == [*_REJECT]:
        return body
    if len(body) == 1 and isinstance(only := body[0], Block) and isinstance(test := only.condition, Test):
        function = test.text.removesuffix(f"({variable})")
        if only.body == _REJECT and function != test.text and variable not in function:
            return [Block(only.keyword, Test(f"{function}({source})"), _REJECT)]
    return [Line(f"{variable} = {source}"), *body] if body else []


def _outside(variable: str, container: str) -> Test:
    return Test(f"{variable} not in {container}", f"{variable} in {container}")


def _counted(count: str, least: int, most: int | None) -> Condition:
    tests: list[Condition] = []
    if least:
        tests.append(Test(f"{count} >= {least}", f"{count} < {least}"))
    if most is not None:
        tests.append(Test(f"{count} <= {most}", f"{count} > {most}"))
    return all_of(tests)


def _weight(schema: Schema, most: int) -> int:
    """How many rules there are in a schema and in those inside it, counted until there are more than *most*."""
    total, pending = 0, [schema]
    while pending and total <= most:
        for rule in pending.pop().rules:
            total += 1
            pending += _inside(rule)
    return total


def _inside(rule: Rule) -> tuple[Schema, ...]:
    match rule:
        case Properties(named, patterns, others):
            schemas = [*(schema for _, schema in named), *(schema for _, schema in patterns)]
            return (*schemas, *(() if others is None else (others,)))
        case Items(prefix, rest):
            return (*prefix, *(() if rest is None else (rest,)))
        case AllOf() | AnyOf() | OneOf():
            return rule.schemas
        case Conditional(test, then, otherwise):
            return tuple(each for each in (test, then, otherwise) if each is not None)
        case Contains() | PropertyNames() | Not() | DependentSchemas() | Unevaluated():
            return (rule.schema,)
        case _:
            return ()


