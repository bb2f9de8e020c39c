"""The statements of one rule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

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
from ..python_text import literal
from .places import Place, loops, pointed
from .source import Scope, failure, local_name, source, statement, test

__all__ = ["edits_body", "file_measure", "pairing_body", "rule_body"]

_STEP = "    "
_ROOT = Place("root", '""', Scope({"self": "root", "root": "root", "index": "None"}))

_PARTS = "parts: list[Json] = []"
_EDITED = Scope({"self": "root", "root": "root", "index": "None", "fault": "fault", "place": "at"})
_WHOLE = Place("root", '""', _EDITED)
_FAULT = Place("fault", "at", _EDITED.bind("self", "fault"))

Lines = list[str]


def rule_body(rule: Rule, constant: str, told: str = "") -> Lines:
    """The lines of the function that applies *rule*, which *constant* names; not indented.

    Of a pairing, the function *told* tells how the items follow each other.
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
            return _pairing(check, constant, told)
        case Order():
            return _sequence(check, constant)
        case Limit():
            first, *others = (_limit(check, at, rule, constant) for at in check.at)
            return [*first, *(line.replace(_PARTS, "parts = []") for other in others for line in other)]
        case Keywords():
            return [line for at in check.at for line in _keywords(at, constant)]
        case Capabilities():
            return []
        case _:
            assert_never(check)


def _nested(headers: Sequence[str], inner: Lines) -> Lines:
    """*inner* inside *headers*, each inside the one before."""
    lines = inner
    if not inner:
        return []
    for header in reversed(headers):
        lines = [_used(header, "\n".join(lines)), *(_STEP + line for line in lines)]
    return lines


def _used(header: str, body: str) -> str:
    """A header without a variable that its body does not use; in a loop, with an underscore before it."""
    tested = re.fullmatch(r"if \((\w+) := (.*)\) is not None:", header)
    if tested is not None and not re.search(rf"\b{tested[1]}\b", body):
        return f"if {tested[2]} is not None:"
    found = re.match(r"for ([a-z_, ]+) in ", header)
    if found is None:
        return header
    names = [name if re.search(rf"\b{name}\b", body) else f"_{name}" for name in found[1].split(", ")]
    return f"for {', '.join(names)} in {header[found.end():]}"


def _when(condition: str | None, inner: Lines) -> Lines:
    if condition in {None, "True"}:
        return inner
    return [] if condition == "False" else [f"if {condition}:", *(_STEP + line for line in inner)]


def _conditions(*parts: str | None) -> str | None:
    given = [f"({part})" if " or " in part else part for part in parts if part is not None and part != "True"]
    return "False" if "False" in given else " and ".join(given) or None


def _report(rule: Rule, constant: str, pointer: str, scope: Scope) -> Lines:
    """The statement that reports one case."""
    wanted = placeholders(f"{rule.message} {rule.help or ''}")
    pairs = ", ".join(f"{literal(name)}: {scope.names[name]}" for name in wanted if name in scope.names)
    return [f"found.append({constant}.at({pointer}, {{{pairs}}}))"]


def _assert(check: Assert, at: Selector, rule: Rule, constant: str) -> Lines:
    said = [check.test, *(expression for _, expression in check.let), *([check.when] if check.when else [])]
    before, scope = _ahead(said if ANY in at.steps else [], _ROOT.scope)
    found = loops(at, replace(_ROOT, scope=scope), nulls=check.nulls)
    scope = found.place.scope
    head: Lines = []
    lines: Lines = []
    inner = {"self", "path", "depth"}
    for name, expression in check.let:
        variable = local_name(name, scope)
        is_early = at.subschemas and inner.isdisjoint(names(expression))
        (head if is_early else lines).append(f"{variable} = {source(expression, scope)}")
        scope = scope.bind(name, variable)
        inner |= set[str]() if is_early else {name}
    parts = [] if check.when is None else _conjuncts(check.when) if at.subschemas else [check.when]
    early = [part for part in parts if at.subschemas and inner.isdisjoint(names(part))]
    bound = inner - {"self", "path", "depth"}
    # What says nothing of a name of `let` is told before that is worked out.
    first = [part for part in parts if lines and part not in early and bound.isdisjoint(names(part))]
    late = [test(part, scope) for part in parts if part not in early and part not in first]
    report = _report(rule, constant, pointed(found.place, check.point), scope)
    reported = _when(_conditions(*late, failure(check.test, scope)), report)
    if not reported:
        return []
    body = _when(_conditions(*(test(part, scope) for part in first)), [*lines, *reported])
    # What is the same for each schema is told before the walk through them.
    outer, walk = (found.headers[:-1], found.headers[-1:]) if at.subschemas else (found.headers, ())
    walked = _when(_conditions(*(test(part, scope) for part in early)), _nested(walk, body))
    return [*before, *_nested(outer, [*head, *walked])]


def _ahead(expressions: Sequence[Expression], scope: Scope) -> tuple[Lines, Scope]:
    """What goes over the whole document, told once before a loop, and a scope that knows of it."""
    lines: Lines = []
    told: set[Expression] = set()
    every = [part for each in expressions for part in parts(each)]
    for part in every:
        if isinstance(part, Macro) and {*names(part)} == {"root"} and part not in told:
            variable = local_name("overall", scope)
            value = source(part, scope)
            lines.append(f"{variable} = {f'members({value})' if _is_only_searched(part, every) else value}")
            scope = scope.bind(variable, variable).prepare(part, variable)
            told |= {*parts(part)}
    return lines, scope


def _is_only_searched(part: Expression, every: Sequence[Expression]) -> bool:
    """Whether *part* is nowhere but on the right of `in`."""
    searches = sum(isinstance(each, Binary) and each.operator == "in" and each.right == part for each in every)
    return searches == every.count(part)


def _conjuncts(expression: Expression) -> list[Expression]:
    match expression:
        case Binary("&&", left, right):
            return [*_conjuncts(left), *_conjuncts(right)]
        case _:
            return [expression]


def _keyed(expression: Expression, scope: Scope) -> tuple[Lines, Scope]:
    return [f"key = {source(expression, scope)}"], scope.bind("key", "key")


def _unique(check: Unique, rule: Rule, constant: str) -> Lines:
    outer = loops(check.at, _ROOT)
    inner = loops(check.over, outer.place)
    assign, scope = _keyed(check.key, inner.place.scope)
    when = None if check.when is None else test(check.when, inner.place.scope)
    report = _report(rule, constant, pointed(inner.place, check.point), scope)
    body = [
        *assign,
        *_when("key is not None and comparable(key) in seen", report),
        "if key is not None:",
        f"{_STEP}seen.add(comparable(key))",
    ]
    return _nested(outer.headers, ["seen: set[object] = set()", *_nested(inner.headers, _when(when, body))])


def _same(check: Same, rule: Rule, constant: str) -> Lines:
    outer = loops(check.at, _ROOT)
    inner = loops(check.over, outer.place)
    assign, scope = _keyed(check.key, inner.place.scope)
    report = _report(rule, constant, pointed(inner.place, check.point), scope.bind("first", "first"))
    body = [
        *assign,
        "if first is None:",
        f"{_STEP}first = key",
        *_when("key is not None and not equal(key, first)", report),
    ]
    return _nested(outer.headers, ["first: Json = None", *_nested(inner.headers, body)])


def _reference(check: Reference, rule: Rule, constant: str) -> Lines:
    targets = loops(check.to, _ROOT)
    gather = [f"targets.append({statement(check.to_key, targets.place.scope)})"]
    places = loops(check.at, _ROOT)
    assign, scope = _keyed(check.key, places.place.scope)
    when = None if check.when is None else test(check.when, places.place.scope)
    report = _report(rule, constant, pointed(places.place, check.point), scope.bind("known", "listed(targets)"))
    body = [*assign, *_when("key is not None and not is_in(key, known)", report)]
    gathered = ["targets: list[Json] = []", *_nested(targets.headers, gather), "known = members(targets)"]
    return [*gathered, *_nested(places.headers, _when(when, body))]


def pairing_body(check: Pairing) -> Lines:
    """The lines of the function that tells how the items of a pairing follow each other."""
    before, scope = _ahead([check.opens_when, check.opens_ids, check.closes_when, check.closes_id], _ROOT.scope)
    found = loops(check.over, replace(_ROOT, scope=scope))
    place, scope = found.place, found.place.scope
    body = [
        f"opens = {source(check.opens_ids, scope)} if {test(check.opens_when, scope)} else None",
        f"closes = {test(check.closes_when, scope)}",
        f"places.append(({place.pointer}, {scope.names['index']}, opens, closes, {source(check.closes_id, scope)}))",
    ]
    return [
        *before,
        "places: list[tuple[str, Json, Json, bool, Json]] = []",
        *_nested(found.headers, body),
        "return follow_pairs(places)",
    ]


def _pairing(check: Pairing, constant: str, told: str) -> Lines:
    return [
        f"for pointer, values in found.once({told}, root)[{literal(check.reports)}]:",
        f"{_STEP}found.append({constant}.at(pointer, values))",
    ]


def _sequence(check: Order, constant: str) -> Lines:
    before, scope = _ahead([check.symbol], _ROOT.scope)
    found = loops(check.over, replace(_ROOT, scope=scope))
    symbol = source(check.symbol, found.place.scope)
    following = "{" + ", ".join(f"{literal(one)}: {literal(next_)}" for one, next_ in check.following) + "}"
    return [
        *before,
        "places: list[tuple[str, Json]] = []",
        *_nested(found.headers, [f"places.append(({found.place.pointer}, {symbol}))"]),
        f"check_sequence({constant}, places, {literal(check.first)}, {literal(check.last)}, {following}, found)",
    ]


def _limit(check: Limit, at: Selector, rule: Rule, constant: str) -> Lines:
    outer = loops(at, _ROOT)
    inner = loops(check.over, outer.place)
    when = None if check.when is None else test(check.when, outer.place.scope)
    bounds = [
        f"amount {sign} {bound}" for sign, bound in (("<", check.minimum), (">", check.maximum)) if bound is not None
    ]
    scope = outer.place.scope.bind("total", "amount")
    scope = scope.bind("minimum", literal(check.minimum)).bind("maximum", literal(check.maximum))
    body = [
        _PARTS,
        *_nested(inner.headers, [f"parts.append({statement(check.measure, inner.place.scope)})"]),
        "amount = total(parts)",
        *_when(" or ".join(bounds), _report(rule, constant, pointed(outer.place, check.point), scope)),
    ]
    return _nested(outer.headers, _when(when, body))


def _keywords(at: Selector, constant: str) -> Lines:
    found = loops(replace(at, subschemas=False), _ROOT)
    place = found.place
    check = f"{constant}_KEYWORDS.check({constant}, {place.value}, {place.pointer}, found)"
    return _nested(found.headers, [check])


def file_measure(expression: Expression) -> str:
    """The source that measures a line, of the line and its length in bytes."""
    return source(expression, Scope({"self": "value", "root": "value", "bytes": "length"}))


def edits_body(fix: RuleFix) -> Lines:
    """The lines of the function that lists the edits of one case."""
    rooted = [each for edit in fix.edits if edit.from_root and ANY in edit.at.steps for each in edit.expressions]
    before, scope = _ahead(rooted, _EDITED)
    whole, fault = (replace(place, scope=replace(place.scope, ready=scope.ready)) for place in (_WHOLE, _FAULT))
    lines = [*before, "edits: list[Edit] = []"]
    for edit in fix.edits:
        start = whole if edit.from_root else fault
        found = loops(edit.at, start, walk="subschemas")
        place = found.place
        name = f", {literal(edit.name)}" if edit.name is not None else ", None" if edit.value is not None else ""
        value = f", {source(edit.value, place.scope)}" if edit.value is not None else ""
        made = [f"edits.append(Edit({literal(edit.operation)}, {place.pointer}{name}{value}))"]
        when = None if edit.when is None else test(edit.when, place.scope)
        lines += _nested(found.headers, _when(when, made))
    if any(re.search(r"\bfault\b", line) for line in lines):
        lines.insert(0, "fault = find(root, at)")
    return [*lines, "return edits"]

