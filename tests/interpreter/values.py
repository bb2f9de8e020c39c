"""What each value of a program is. What is known of a value only makes it cheaper, and is not looked at here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, assert_never

from parlance.contract.expression import FUNCTIONS, METHODS
from parlance.contract.kinds import Kind
from parlance.program import ir
from parlance.regex import translated
from parlance.runtime.python import equality, lookup, message, operators, patterns, sequence, strings, violation
from parlance.schema_compiler.runtime import dates, hosts, identifiers, regex_format
from parlance.schema_compiler.runtime import json_values as schema_values

__all__ = ["DEFINITIONS", "RULES", "evaluate"]

_OTHER_NAMES = {"type": "type_name", "startsWith": "starts_with", "endsWith": "ends_with"}
_RUN_TIME = {name: each for module in (lookup, operators, patterns, strings) for name, each in vars(module).items()}
_OF_RULES: dict[str, Callable[..., Any]] = {
    name: _RUN_TIME[_OTHER_NAMES.get(name, name)] for name in {*FUNCTIONS, *METHODS} - {"matches"}
} | {"listed": message.listed, "is_unique": equality.is_unique, "is_multiple": equality.is_multiple}
_SHOWN = {name: getattr(schema_values, name) for name in ("shown", "kind_of", "fraction_or_kind")} | {"text": str}
_FORMATS = {
    name: function
    for module in (dates, hosts, identifiers, regex_format)
    for name, function in vars(module).items()
    if name.startswith("is_")
}
_FUNCTIONS = _OF_RULES | _SHOWN | _FORMATS
_KINDS = {
    Kind.STRING: "string",
    Kind.BOOLEAN: "bool",
    Kind.NUMBER: "number",
    Kind.ARRAY: "list",
    Kind.OBJECT: "map",
    Kind.NULL: "null",
}
DEFINITIONS, RULES = "the definitions", "the rules"
"""What no variable is called."""

_ARITHMETIC = {"+": operators.plus, "-": operators.minus, "*": operators.times}


def evaluate(value: ir.Value | ir.Escaped, names: Mapping[str, Any]) -> Any:
    """What a value is where variables have these values."""

    def of(each: ir.Value | ir.Escaped) -> Any:
        return evaluate(each, names)

    match value:
        case ir.Constant(constant):
            return constant
        case ir.Variable(name):
            return names[name]
        case ir.Field(holder, key):
            return lookup.get(of(holder), key)
        case ir.HasField(holder, key):
            return lookup.has_key(of(holder), key)
        case ir.HasAnyField(holder, keys):
            return any(lookup.has_key(of(holder), key) for key in keys)
        case ir.Element(holder, key):
            return lookup.at_key(of(holder), of(key))
        case ir.Apply(function, arguments):
            return _FUNCTIONS[function](*map(of, arguments))
        case ir.Matches(holder, pattern):
            return strings.matches_pattern(of(holder), translated(pattern))
        case ir.Arithmetic(operator, left, right):
            return _ARITHMETIC[operator](of(left), of(right))
        case ir.Ordering(operator, left, right):
            return operators.compare(operator, of(left), of(right))
        case ir.Equal(left, right):
            return operators.equal(of(left), of(right))
        case ir.Identical(left, right):
            return of(left) is of(right)
        case ir.OneOf(one, texts):
            return of(one) in texts
        case ir.In(item, container) | ir.IsOpen(container, item):
            given = of(container)
            return operators.is_in(of(item), [*given] if isinstance(given, tuple | set | frozenset) else given)
        case ir.LacksAny(container, sought):
            return not all(operators.is_in(item, of(container)) for item in lookup.items(of(sought)))
        case ir.Searchable(one):
            return of(one)
        case ir.IsTrue(one):
            return of(one) is True
        case ir.Not(operand):
            return not _truth(of(operand))
        case ir.Logical(operator, operands):
            join = all if operator == "and" else any
            return join(_truth(of(each)) for each in operands)
        case ir.Choice(test, then, otherwise):
            return of(then) if _truth(of(test)) else of(otherwise)
        case ir.Array(items):
            return [of(each) for each in items]
        case ir.Object(entries):
            return {key: of(each) for key, each in entries}
        case ir.Items(one):
            return lookup.items(of(one))
        case ir.Quantified(quantifier, walk, test):
            truths = [_truth(evaluate(test, inner)) for inner in _walked(walk, names)]
            return sum(truths) == 1 if quantifier == "exists_one" else (all if quantifier == "all" else any)(truths)
        case ir.Collected(walk, one, where):
            inner = (each for each in _walked(walk, names) if where is None or _truth(evaluate(where, each)))
            return [evaluate(one, each) for each in inner]
        case ir.Counted(walk, test):
            return sum(_truth(evaluate(test, inner)) for inner in _walked(walk, names))
        case ir.HowMany(conditions):
            return sum([_truth(of(each)) for each in conditions])
        case ir.Indexes(count):
            return range(of(count))
        case ir.Message(parts):
            return "".join(map(of, parts))
        case ir.Pointer(parts):
            return "".join(part if isinstance(part, str) else str(of(part)) for part in parts)
        case ir.Escaped(key):
            return violation.escape(of(key))
        case ir.Lookup(pointer):
            return lookup.find(names["root"], of(pointer))
        case ir.Seen(key, keys):
            return equality.comparable(of(key)) in of(keys)
        case ir.FollowPairs(pairs):
            return sequence.follow_pairs(of(pairs))
        case ir.Between(least, one, most):
            return of(least) <= of(one) <= of(most)
        case ir.IsKind() | ir.IsInteger() | ir.IsFinite() | ir.Fits():
            return _is_of_kind(value, of(value.value))
        case ir.HasOpen(ids):
            return bool(of(ids))
        case ir.OrZero(number):
            return of(number) or 0
        case ir.Breaks() | ir.RefusedByModel() | ir.Ask():
            return _of_gate(value, names)
        case ir.DialectPolicy():
            return names[DEFINITIONS].unknown
        case ir.Conforms() | ir.HasOnlyFields() | ir.Table() | ir.Checks() | ir.Texts():
            return _of_definition(value, names)
        case _:
            assert_never(value)


def _is_of_kind(test: ir.IsKind | ir.IsInteger | ir.IsFinite | ir.Fits, value: Any) -> bool:
    kind = operators.type_name(value)
    match test:
        case ir.IsKind(_, asked, others, admits_booleans):
            return kind in {_KINDS[each] for each in (asked, *others)} or (admits_booleans and kind == "bool")
        case ir.IsInteger():
            return kind == "number" and value % 1 == 0
        case ir.IsFinite():
            return kind == "number" and value - value == 0
        case ir.Fits(_, pattern):
            return violation.matches(translated(pattern), value)
        case _:
            assert_never(test)


def _of_gate(value: ir.Breaks | ir.RefusedByModel | ir.Ask, names: Mapping[str, Any]) -> bool:
    """What the rules themselves say: `RULES` stands among the names for an object that can tell."""
    rules = names[RULES]
    match value:
        case ir.Breaks(code):
            return bool(rules.breaks(code))
        case ir.RefusedByModel(model, severity):
            return bool(rules.is_refused(evaluate(model, names), severity))
        case ir.Ask(routine, arguments):
            return bool(rules.ask(routine, [evaluate(each, names) for each in arguments]))
        case _:
            assert_never(value)


def _of_definition(
    value: ir.Conforms | ir.HasOnlyFields | ir.Table | ir.Checks | ir.Texts, names: Mapping[str, Any]
) -> Any:
    """What is known of definitions: `DEFINITIONS` stands among the names for an object that can tell."""
    match value:
        case ir.Conforms(of, definition, ir.Variable(evaluated)):
            return names[DEFINITIONS].covers(definition, evaluate(of, names), names[evaluated])
        case ir.Conforms(of, definition):
            return names[DEFINITIONS].conforms(definition, evaluate(of, names))
        case ir.HasOnlyFields(of, record):
            return evaluate(of, names).keys() <= names[DEFINITIONS].table("fields", record)
        case ir.Table(kind, definition):
            return names[DEFINITIONS].table(kind, definition)
        case ir.Checks(definitions):
            return tuple(partial(names[DEFINITIONS].check, each) for each in definitions)
        case ir.Texts(texts, is_set):
            return frozenset(texts) if is_set else texts
        case _:
            assert_never(value)


def _walked(walk: ir.Walk, names: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The variables of each step of a walk."""
    searched = {name: evaluate(each, names) for name, each in walk.searched}
    of = evaluate(walk.of, names)
    for index, item in enumerate(of.values() if walk.kind == "values" else lookup.items(of)):
        yield {**names, **searched, walk.variable: item, str(walk.index): index}


def _truth(value: Any) -> bool:
    """A condition is true or false, and nothing like it."""
    assert value is True or value is False, value
    return value
