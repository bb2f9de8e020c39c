"""The statements of one rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import assert_never

from ...backends.python.syntax import (
    Assign,
    Attribute,
    Call,
    Comparison,
    Conditional,
    Constant,
    DictDisplay,
    Evaluate,
    For,
    If,
    Item,
    ListDisplay,
    Name,
    Not,
    Return,
    Statement,
    TupleDisplay,
    Value,
    both,
    call,
    nested,
    used_names,
)
from ...contract.expression import Binary, Expression, Macro, names, parts
from ...contract.rulebook.placeholders import placeholders
from ...contract.rules import (
    ANY,
    Assert,
    Capabilities,
    Keywords,
    Limit,
    Pairing,
    Reference,
    Rule,
    RuleFix,
    Same,
    Selector,
    Unique,
)
from ...contract.rules import Sequence as Order
from ...program.reduction import conjuncts
from .places import FOUND, Place, loops, pointed
from .source import Scope, condition, failure, local_name, value_of

__all__ = ["edits_body", "file_measure", "pairing_body", "rule_body"]

_NULL = Constant(None)
_EMPTY = ListDisplay(())
_ROOT_NAME = Name("root")
_ROOT = Place(_ROOT_NAME, Constant(""), Scope({"self": _ROOT_NAME, "root": _ROOT_NAME, "index": _NULL}))

_EDITED = Scope(
    {"self": _ROOT_NAME, "root": _ROOT_NAME, "index": _NULL, "fault": Name("fault"), "place": Name("at")}
)
_WHOLE = Place(_ROOT_NAME, Constant(""), _EDITED)
_FAULT = Place(Name("fault"), Name("at"), _EDITED.bind("self", "fault"))

Statements = Sequence[Statement]


def rule_body(rule: Rule, constant: str, pairs: str = "") -> Statements:
    """The body of the function that applies *rule*, which *constant* names.

    Of a pairing, the function *pairs* tells how the items follow each other.
    """
    check = rule.check
    match check:
        case Assert():
            return [line for at in check.at for line in _assert(check, at, rule, constant)]
        case Unique():
            return _unique(check, rule, constant)
        case Same():
            return _same(check, rule, constant)
        case Reference():
            return _reference(check, rule, constant)
        case Pairing():
            return _pairing(check, constant, pairs)
        case Order():
            return _sequence(check, constant)
        case Limit():
            return _limit(check, rule, constant)
        case Keywords():
            return [line for at in check.at for line in _keywords(at, constant)]
        case Capabilities():
            return []
        case _:
            assert_never(check)


def _when(test: Value | None, body: Statements) -> Statements:
    return body if test is None else nested([If(test)], body)


def _report(rule: Rule, constant: str, pointer: Value, scope: Scope) -> Statements:
    """The statement that reports one case."""
    mentioned = placeholders(f"{rule.message} {rule.help or ''}")
    values = DictDisplay(tuple((name, scope.names[name]) for name in mentioned if name in scope.names))
    return [_appended("found", Call(Attribute(Name(constant), "at"), (pointer, values)))]


def _appended(variable: str, value: Value) -> Statement:
    return Evaluate(Call(Attribute(Name(variable), "append"), (value,)))


def _assert(check: Assert, at: Selector, rule: Rule, constant: str) -> Statements:
    said = [check.test, *(expression for _, expression in check.let), *([check.when] if check.when else [])]
    before, scope = _ahead(said if ANY in at.steps else [], _ROOT.scope)
    found = loops(at, replace(_ROOT, scope=scope), nulls=check.nulls)
    scope = found.place.scope
    head: list[Statement] = []
    lines: list[Statement] = []
    inner = {"self", "path", "depth"}
    for name, expression in check.let:
        variable = local_name(name, scope)
        is_early = at.subschemas and inner.isdisjoint(names(expression))
        (head if is_early else lines).append(Assign(variable, value_of(expression, scope)))
        scope = scope.bind(name, variable)
        inner |= set[str]() if is_early else {name}
    conditions = [] if check.when is None else conjuncts(check.when) if at.subschemas else [check.when]
    early = [part for part in conditions if at.subschemas and inner.isdisjoint(names(part))]
    bound = inner - {"self", "path", "depth"}
    # What mentions no name of `let` is decided before that is worked out.
    first = [part for part in conditions if lines and part not in early and bound.isdisjoint(names(part))]
    late = [condition(part, scope) for part in conditions if part not in early and part not in first]
    report = _report(rule, constant, pointed(found.place, check.point), scope)
    reported = _when(both("and", [*late, failure(check.test, scope)]), report)
    if not reported:
        return []
    body = _when(both("and", [condition(part, scope) for part in first]), [*lines, *reported])
    # What is the same for each schema is decided before the walk through them.
    outer, walk = (found.headers[:-1], found.headers[-1:]) if at.subschemas else (found.headers, ())
    walked = _when(both("and", [condition(part, scope) for part in early]), nested(walk, body))
    return [*before, *nested(outer, [*head, *walked])]


def _ahead(expressions: Sequence[Expression], scope: Scope) -> tuple[Statements, Scope]:
    """What goes over the whole document, evaluated once before a loop, and a scope that knows of it."""
    lines: list[Statement] = []
    done: set[Expression] = set()
    every = [part for each in expressions for part in parts(each)]
    for part in every:
        if isinstance(part, Macro) and {*names(part)} == {"root"} and part not in done:
            variable = local_name("overall", scope)
            value = value_of(part, scope)
            lines.append(Assign(variable, call("members", value) if _is_only_searched(part, every) else value))
            scope = scope.bind(variable, variable).prepare(part, variable)
            done |= {*parts(part)}
    return lines, scope


def _is_only_searched(part: Expression, every: Sequence[Expression]) -> bool:
    """Whether *part* is nowhere but on the right of `in`."""
    searches = sum(isinstance(each, Binary) and each.operator == "in" and each.right == part for each in every)
    return searches == every.count(part)


def _keyed(expression: Expression, scope: Scope) -> tuple[Statement, Scope]:
    return Assign("key", value_of(expression, scope)), scope.bind("key", "key")


def _is_given(variable: str) -> Value:
    return Comparison(Name(variable), "is not", _NULL)


def _unique(check: Unique, rule: Rule, constant: str) -> Statements:
    outer = loops(check.at, _ROOT)
    inner = loops(check.over, outer.place)
    assign, scope = _keyed(check.key, inner.place.scope)
    when = None if check.when is None else condition(check.when, inner.place.scope)
    report = _report(rule, constant, pointed(inner.place, check.point), scope)
    comparable = call("comparable", Name("key"))
    body = [
        assign,
        *_when(both("and", [_is_given("key"), Comparison(comparable, "in", Name("seen"))]), report),
        If(_is_given("key"), (Evaluate(Call(Attribute(Name("seen"), "add"), (comparable,))),)),
    ]
    seen = Assign("seen", call("set"), "set[object]")
    return nested(outer.headers, [seen, *nested(inner.headers, _when(when, body))])


def _same(check: Same, rule: Rule, constant: str) -> Statements:
    outer = loops(check.at, _ROOT)
    inner = loops(check.over, outer.place)
    assign, scope = _keyed(check.key, inner.place.scope)
    report = _report(rule, constant, pointed(inner.place, check.point), scope.bind("first", "first"))
    differs = both("and", [_is_given("key"), Not(call("equal", Name("key"), Name("first")))])
    body = [
        assign,
        If(Comparison(Name("first"), "is", _NULL), (Assign("first", Name("key")),)),
        *_when(differs, report),
    ]
    return nested(outer.headers, [Assign("first", _NULL, "Json"), *nested(inner.headers, body)])


def _reference(check: Reference, rule: Rule, constant: str) -> Statements:
    targets = loops(check.to, _ROOT)
    gather = [_appended("targets", value_of(check.to_key, targets.place.scope))]
    places = loops(check.at, _ROOT)
    assign, scope = _keyed(check.key, places.place.scope)
    when = None if check.when is None else condition(check.when, places.place.scope)
    listed = call("listed", Name("targets"))
    report = _report(rule, constant, pointed(places.place, check.point), scope.bind("known", listed))
    unknown = both("and", [_is_given("key"), Not(call("is_in", Name("key"), Name("known")))])
    return [
        Assign("targets", _EMPTY, "list[Json]"),
        *nested(targets.headers, gather),
        Assign("known", call("members", Name("targets"))),
        *nested(places.headers, _when(when, [assign, *_when(unknown, report)])),
    ]


def pairing_body(check: Pairing) -> Statements:
    """The body of the function that tells how the items of a pairing follow each other."""
    before, scope = _ahead([check.opens_when, check.opens_ids, check.closes_when, check.closes_id], _ROOT.scope)
    found = loops(check.over, replace(_ROOT, scope=scope))
    place, scope = found.place, found.place.scope
    opens = Conditional(condition(check.opens_when, scope), value_of(check.opens_ids, scope), _NULL)
    given = (place.pointer, scope.names["index"], Name("opens"), Name("closes"), value_of(check.closes_id, scope))
    body = [
        Assign("opens", opens),
        Assign("closes", condition(check.closes_when, scope)),
        _appended("places", TupleDisplay(given)),
    ]
    return [
        *before,
        Assign("places", _EMPTY, "list[tuple[str, Json, Json, bool, Json]]"),
        *nested(found.headers, body),
        Return(call("follow_pairs", Name("places"))),
    ]


def _pairing(check: Pairing, constant: str, pairs: str) -> Statements:
    once = Call(Attribute(FOUND, "once"), (Name(pairs), _ROOT_NAME))
    report = _appended("found", Call(Attribute(Name(constant), "at"), (Name("pointer"), Name("values"))))
    return [For(("pointer", "values"), Item(once, Constant(check.reports)), (report,))]


def _sequence(check: Order, constant: str) -> Statements:
    before, scope = _ahead([check.symbol], _ROOT.scope)
    found = loops(check.over, replace(_ROOT, scope=scope))
    place = TupleDisplay((found.place.pointer, value_of(check.symbol, found.place.scope)))
    following = DictDisplay(tuple((one, Constant(next_)) for one, next_ in check.following))
    given = (Name(constant), Name("places"), Constant(check.first), Constant(check.last), following, FOUND)
    return [
        *before,
        Assign("places", _EMPTY, "list[tuple[str, Json]]"),
        *nested(found.headers, [_appended("places", place)]),
        Evaluate(Call(Name("check_sequence"), given)),
    ]


def _limit(check: Limit, rule: Rule, constant: str) -> Statements:
    lines: list[Statement] = []
    for number, at in enumerate(check.at):
        outer = loops(at, _ROOT)
        inner = loops(check.over, outer.place)
        when = None if check.when is None else condition(check.when, outer.place.scope)
        amount, bounds = Name("amount"), (("<", check.minimum), (">", check.maximum))
        beyond = [Comparison(amount, sign, Constant(bound)) for sign, bound in bounds if bound is not None]
        scope = outer.place.scope.bind("total", amount)
        scope = scope.bind("minimum", Constant(check.minimum)).bind("maximum", Constant(check.maximum))
        measure = _appended("parts", value_of(check.measure, inner.place.scope))
        body = [
            # Its type is declared once in a function.
            Assign("parts", _EMPTY, "" if number else "list[Json]"),
            *nested(inner.headers, [measure]),
            Assign("amount", call("total", Name("parts"))),
            *_when(both("or", beyond), _report(rule, constant, pointed(outer.place, check.point), scope)),
        ]
        lines += nested(outer.headers, _when(when, body))
    return lines


def _keywords(at: Selector, constant: str) -> Statements:
    found = loops(replace(at, subschemas=False), _ROOT)
    place = found.place
    table = Attribute(Name(f"{constant}_KEYWORDS"), "check")
    return nested(found.headers, [Evaluate(Call(table, (Name(constant), place.value, place.pointer, FOUND)))])


def file_measure(expression: Expression) -> Value:
    """What measures a line: of `value`, the line, and `length`, its size in bytes."""
    line = Name("value")
    return value_of(expression, Scope({"self": line, "root": line, "bytes": Name("length")}))


def edits_body(fix: RuleFix) -> Statements:
    """The body of the function that lists the edits of one case."""
    rooted = [each for edit in fix.edits if edit.from_root and ANY in edit.at.steps for each in edit.expressions]
    before, scope = _ahead(rooted, _EDITED)
    whole, fault = (replace(place, scope=replace(place.scope, ready=scope.ready)) for place in (_WHOLE, _FAULT))
    lines: list[Statement] = [*before, Assign("edits", _EMPTY, "list[Edit]")]
    for edit in fix.edits:
        found = loops(edit.at, whole if edit.from_root else fault, walk=Name("subschemas"))
        place = found.place
        given: list[Value] = [Constant(edit.operation), place.pointer]
        if edit.name is not None or edit.value is not None:
            given.append(Constant(edit.name))
        if edit.value is not None:
            given.append(value_of(edit.value, place.scope))
        made = [_appended("edits", Call(Name("Edit"), tuple(given)))]
        when = None if edit.when is None else condition(edit.when, place.scope)
        lines += nested(found.headers, _when(when, made))
    if _uses(lines, "fault"):
        lines.insert(0, Assign("fault", call("find", _ROOT_NAME, Name("at"))))
    return [*lines, Return(Name("edits"))]


def _uses(statements: Iterable[Statement], name: str) -> bool:
    return any(name in used_names(each) for each in statements)
