"""What each value of a program is. What is known of a value only makes it cheaper, and is not looked at here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, assert_never

from parlance.contract.expression import FUNCTIONS, METHODS
from parlance.contract.kinds import Kind
from parlance.program import ir
from parlance.regex import translated
from parlance.runtime.python import equality, lookup, message, operators, patterns, sequence, strings
from parlance.runtime.python.pattern_search import matches
from parlance.runtime.python.violation import escape
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

_JOINED: Mapping[str, Callable[[list[bool]], bool]] = {
    "all": all,
    "exists": any,
    "exists_one": lambda truths: sum(truths) == 1,
}
_ARITHMETIC = {"+": operators.plus, "-": operators.minus, "*": operators.times}


def evaluate(value: ir.Value | ir.Escaped, names: Mapping[str, Any]) -> Any:
    """What a value is where variables have these values."""

    def of(each: ir.Value | ir.Escaped) -> Any:
        return evaluate(each, names)

    match value:
        case ir.Constant():
            return value.value
        case ir.Variable():
            return names[value.name]
        case ir.Field():
            return lookup.get(of(value.of), value.key)
        case ir.HasField():
            return lookup.has_key(of(value.of), value.key)
        case ir.HasAnyField():
            return any(lookup.has_key(of(value.of), key) for key in value.keys)
        case ir.Element():
            return lookup.at_key(of(value.of), of(value.key))
        case ir.Apply():
            return _FUNCTIONS[value.function](*map(of, value.arguments))
        case ir.Matches():
            return strings.matches_pattern(of(value.of), translated(value.pattern))
        case ir.Arithmetic():
            return _ARITHMETIC[value.operator](of(value.left), of(value.right))
        case ir.Ordering():
            return operators.compare(value.operator, of(value.left), of(value.right))
        case ir.Equal():
            return operators.equal(of(value.left), of(value.right))
        case ir.Identical():
            return of(value.left) is of(value.right)
        case ir.OneOf():
            return of(value.value) in value.texts
        case ir.In() | ir.IsOpen():
            item, container = (value.id, value.ids) if isinstance(value, ir.IsOpen) else (value.item, value.container)
            return _is_in(of(item), of(container))
        case ir.LacksAny():
            return not all(operators.is_in(item, of(value.container)) for item in lookup.items(of(value.sought)))
        case ir.Searchable():
            return of(value.of)
        case ir.IsTrue():
            return of(value.of) is True
        case ir.Not():
            return not _truth(of(value.operand))
        case ir.Logical():
            join = all if value.operator == "and" else any
            return join(_truth(of(each)) for each in value.operands)
        case ir.Choice():
            return of(value.then) if _truth(of(value.test)) else of(value.otherwise)
        case ir.Array():
            return [of(each) for each in value.items]
        case ir.Object():
            return {key: of(each) for key, each in value.entries}
        case ir.Items():
            return lookup.items(of(value.of))
        case ir.Quantified():
            truths = [_truth(evaluate(value.test, inner)) for inner in _walked(value.walk, names)]
            return _JOINED[value.quantifier](truths)
        case ir.Collected():
            return [evaluate(value.value, inner) for inner in _walked(value.walk, names, value.where)]
        case ir.Counted():
            return sum(_truth(evaluate(value.test, inner)) for inner in _walked(value.walk, names))
        case ir.HowMany():
            return sum([_truth(of(each)) for each in value.conditions])
        case ir.Indexes():
            return range(of(value.count))
        case ir.Message():
            return "".join(map(of, value.parts))
        case ir.Pointer():
            return "".join(part if isinstance(part, str) else str(of(part)) for part in value.parts)
        case ir.Escaped():
            return escape(of(value.key))
        case ir.Lookup():
            return lookup.find(names["root"], of(value.pointer))
        case ir.Seen():
            return equality.comparable(of(value.key)) in of(value.keys)
        case ir.FollowPairs():
            return sequence.follow_pairs(of(value.pairs))
        case ir.Between():
            return of(value.least) <= of(value.value) <= of(value.most)
        case ir.IsKind() | ir.IsInteger() | ir.IsFinite() | ir.Fits():
            return _is_of_kind(value, of(value.value))
        case ir.HasOpen():
            return bool(of(value.ids))
        case ir.OrZero():
            return of(value.value) or 0
        case ir.Breaks() | ir.RefusedByModel() | ir.Ask():
            return _of_gate(value, names)
        case ir.DialectPolicy():
            return names[DEFINITIONS].unknown
        case ir.Conforms() | ir.HasOnlyFields() | ir.Table() | ir.Checks() | ir.Texts():
            return _of_definition(value, names)
        case _:
            assert_never(value)


def _is_in(item: Any, container: Any) -> bool:
    return operators.is_in(item, [*container] if isinstance(container, tuple | set | frozenset) else container)


def _is_of_kind(test: ir.IsKind | ir.IsInteger | ir.IsFinite | ir.Fits, value: Any) -> bool:
    kind = operators.type_name(value)
    match test:
        case ir.IsKind():
            return kind in {_KINDS[each] for each in (test.kind, *test.others)} or (
                test.admits_booleans and kind == "bool"
            )
        case ir.IsInteger():
            return kind == "number" and value % 1 == 0
        case ir.IsFinite():
            return kind == "number" and value - value == 0
        case ir.Fits():
            return matches(translated(test.pattern), value)
        case _:
            assert_never(test)


def _of_gate(value: ir.Breaks | ir.RefusedByModel | ir.Ask, names: Mapping[str, Any]) -> bool:
    """What the rules themselves say: `RULES` stands among the names for an object that can tell."""
    rules = names[RULES]
    match value:
        case ir.Breaks():
            return bool(rules.breaks(value.rule))
        case ir.RefusedByModel():
            return bool(rules.is_refused(evaluate(value.model, names), value.severity))
        case ir.Ask():
            return bool(rules.ask(value.routine, [evaluate(each, names) for each in value.arguments]))
        case _:
            assert_never(value)


def _of_definition(
    value: ir.Conforms | ir.HasOnlyFields | ir.Table | ir.Checks | ir.Texts, names: Mapping[str, Any]
) -> Any:
    """What is known of definitions: `DEFINITIONS` stands among the names for an object that can tell."""
    match value:
        case ir.Conforms(of, definition, ir.Variable(evaluated)):
            return names[DEFINITIONS].covers(definition, evaluate(of, names), names[evaluated])
        case ir.Conforms():
            return names[DEFINITIONS].conforms(value.definition, evaluate(value.value, names))
        case ir.HasOnlyFields():
            return evaluate(value.value, names).keys() <= names[DEFINITIONS].table("fields", value.record)
        case ir.Table():
            return names[DEFINITIONS].table(value.kind, value.definition)
        case ir.Checks():
            return tuple(partial(names[DEFINITIONS].check, each) for each in value.definitions)
        case ir.Texts():
            return frozenset(value.texts) if value.is_set else value.texts
        case _:
            assert_never(value)


def _walked(walk: ir.Walk, names: Mapping[str, Any], where: ir.Value | None = None) -> Iterator[Mapping[str, Any]]:
    """The variables of each step of a walk, or of each of which something is true."""
    searched = {name: evaluate(each, names) for name, each in walk.searched}
    of = evaluate(walk.of, names)
    for index, item in enumerate(of.values() if walk.kind == "values" else lookup.items(of)):
        inner = {**names, **searched, walk.variable: item, str(walk.index): index}
        if where is None or _truth(evaluate(where, inner)):
            yield inner


def _truth(value: Any) -> bool:
    """A condition is true or false, and nothing like it."""
    assert value is True or value is False, value
    return value
