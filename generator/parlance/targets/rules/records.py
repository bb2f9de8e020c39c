"""The records of rules: what is said of a case, what applies it, and the tables that it is held against."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ...backends.python.syntax import (
    Assign,
    Call,
    Constant,
    DictDisplay,
    Lambda,
    Name,
    TupleDisplay,
    Value,
    call,
    tuple_of,
    used_names,
)
from ...contract.rules import Assert, CapabilityRow, FieldPolicy, Keywords, Limit, Rule, Same, Unique
from ...finding.pointer import joined
from ...program.needs import needs
from ...regex import translated
from .bodies import file_measure
from .reads import keywords_read
from .source import Scope, condition

__all__ = ["check_record", "file_rule", "keyword_table", "model", "model_constant", "rule_record"]

_LONGEST = 60
"""How many characters of words become a constant."""


def rule_record(rule: Rule, constant: str) -> Value:
    """What is said of a case of a rule."""
    arguments = [rule.code, rule.name, rule.severity, rule.summary, rule.why, rule.message]
    given: list[tuple[str, Value]] = []
    if rule.help is not None:
        given.append(("help", Constant(rule.help)))
    if rule.fix is not None:
        facts: dict[str, Value] = {"safe": Constant(rule.fix.safe)}
        facts |= {"of_document": Constant(value=True)} if rule.fix.is_of_document else {}
        function = Name(f"_fix_{constant.lower()}")
        given.append(("fix", _record("Fix", [Constant(rule.fix.title), function], facts)))
    if isinstance(check := rule.check, Assert):
        kinds = {"on_key": check.report_key, "inside": check.report_inside, "explains": check.explains}
        given += [(name, Constant(value=True)) for name, is_so in kinds.items() if is_so]
    return Call(Name("Rule"), tuple(map(Constant, arguments)), tuple(given))


def _record(name: str, arguments: Sequence[Value], named: Mapping[str, Value]) -> Call:
    """A call of a class, with some arguments by name."""
    return Call(Name(name), tuple(arguments), tuple(named.items()))


def check_record(rule: Rule, constant: str, rules: Sequence[Rule]) -> Value:
    """A rule, what applies it, and what it needs."""
    needed = [tuple(map(joined, need)) for need in needs(rule.check)]
    paths = [Constant(each[0]) if len(each) == 1 else tuple_of(each) for each in needed]
    facts: dict[str, Value] = {}
    if read := keywords_read(rule, rules):
        facts["reads"] = tuple_of(read)
        if isinstance(rule.check, Assert) and rule.check.point:
            facts["point"] = Constant(joined(rule.check.point))
    return _record("Check", [Name(f"_{constant}"), Name(f"_check_{constant.lower()}"), *paths], facts)


def keyword_table(check: Keywords, constant: str) -> Assign:
    """The table of keywords of a rule, kind by kind."""
    kinds: dict[str, list[str]] = {}
    for keyword in check.keywords:
        kinds.setdefault(keyword.value.replace("-", "_"), []).append(keyword.name)
    advice = tuple((each.name, Constant(each.help)) for each in check.keywords if each.help is not None)
    facts = {kind: tuple_of(kinds[kind]) for kind in sorted(kinds)}
    return Assign(f"_{constant}_KEYWORDS", _record("Keywords", [DictDisplay(advice)], facts))


def model_constant(row: CapabilityRow, *, is_unique: bool) -> str:
    """The constant of a row of models: its title, and where several share one, which models it is about."""
    words = row.title if is_unique else f"{row.title} {row.pattern}"
    return f"_MODELS_{re.sub('[^A-Z0-9]+', '_', words.upper())[:_LONGEST].strip('_')}"


def model(row: CapabilityRow, names: Mapping[str, str]) -> Value:
    """What is known of some models; *names* are the constants of rules, by code."""
    policies = tuple(_policy(each, names[each.code]) for each in row.policies if each.code in names)
    arguments = (Constant(translated(f"^(?:{row.pattern})$")), Constant(row.title), TupleDisplay(policies))
    if row.reasoning is None:
        return Call(Name("Model"), arguments)
    scope = Scope({"self": Name("root"), "root": Name("root")})
    return Call(Name("Model"), arguments, (("reasoning", Lambda(("root",), condition(row.reasoning, scope))),))


def _policy(policy: FieldPolicy, constant: str) -> Value:
    kinds = {"refused": policy.refused, "null": policy.null}
    facts: dict[str, Value] = {name: Constant(value=True) for name, is_so in kinds.items() if is_so}
    if policy.values is not None:
        facts["values"] = tuple_of(policy.values)
    bounds = {"minimum": policy.minimum, "maximum": policy.maximum}
    facts |= {name: Constant(bound) for name, bound in bounds.items() if bound is not None}
    record = _record("Policy", [Constant(policy.field), Name(f"_{constant}")], facts)
    if policy.unless is None:
        return record
    scope = Scope({"self": Name("root"), "root": Name("root"), "reasoning": Name("reasoning")})
    unless = Lambda(("root", "reasoning"), condition(policy.unless, scope))
    return replace(record, keywords=(*record.keywords, ("unless", unless)))


def file_rule(rule: Rule, constant: str) -> Value:
    """A rule over all lines of a file, and what it measures in each."""
    check = rule.check
    if not isinstance(check, Unique | Same | Limit):
        message = f"{rule.code}: a rule over a file is unique, same or limit"
        raise TypeError(message)
    measured = file_measure(check.measure if isinstance(check, Limit) else check.key)
    used = {*used_names(measured)}
    measure = Lambda(tuple(name if name in used else f"_{name}" for name in ("value", "length")), measured)
    kind = "limit" if isinstance(check, Limit) else "same" if isinstance(check, Same) else "unique"
    bounds = (Constant(check.minimum), Constant(check.maximum)) if isinstance(check, Limit) else ()
    return call("FileRule", Constant(kind), Name(f"_{constant}"), measure, Constant(joined(check.point)), *bounds)
