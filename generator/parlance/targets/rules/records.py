"""The records of rules: what is said of a case, what applies it, and the tables that it is held against."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

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
)
from ...backends.python.values import python_value
from ...contract.rules import Assert, CapabilityRow, FieldPolicy, KeywordKinds, Rule
from ...program.logic import variables
from ...program.measures import is_excused, is_reasoning, measure
from ...program.rules import RuleProgram
from ...regex import translated
from ...regex.beginnings import beginnings
from .vocabulary import RESERVED

__all__ = ["check_record", "file_rule", "keyword_table", "model", "model_constants", "rule_record"]

_LONGEST = 60
"""How many characters of words become a constant."""


def rule_record(rule: Rule, constant: str) -> Value:
    """What is said of a case of a rule.

    It is an error where the record says so: that a dialect lowers it stands in a table, so that others share the rest.
    """
    severity = "error" if rule.is_lowered else rule.severity
    arguments = [rule.code, rule.name, severity, rule.summary, rule.why, rule.message]
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
    return Call(Name("SchemaRule" if rule.kind == "fits" else "Rule"), tuple(map(Constant, arguments)), tuple(given))


def _record(name: str, arguments: Sequence[Value], named: Mapping[str, Value]) -> Call:
    """A call of a class, with some arguments by name."""
    return Call(Name(name), tuple(arguments), tuple(named.items()))


def check_record(program: RuleProgram, constant: str) -> Value:
    """A rule, what applies it, and what it needs."""
    paths = [Constant(each[0]) if len(each) == 1 else tuple_of(each) for each in program.needs]
    facts: dict[str, Value] = {"reads": tuple_of(program.reads)} if program.reads else {}
    facts |= {"point": Constant(program.point)} if program.point else {}
    return _record("Check", [Name(f"_{constant}"), Name(f"_check_{constant.lower()}"), *paths], facts)


def keyword_table(check: KeywordKinds, constant: str) -> Assign:
    """The table of keywords of a rule, kind by kind."""
    advice = tuple((each.name, Constant(each.help)) for each in check.keywords if each.help is not None)
    facts = {kind: tuple_of(names) for kind, names in check.by_kind.items()}
    return Assign(f"_{constant}_KEYWORDS", _record("Keywords", [DictDisplay(advice)], facts))


def model_constants(rows: Sequence[CapabilityRow]) -> list[str]:
    """A constant for each row of models: its title, and where several share one, which models it is about."""
    titles = Counter(row.title for row in rows)
    names: list[str] = []
    for row in rows:
        words = row.title if titles[row.title] == 1 else f"{row.title} {row.pattern}"
        name = f"MODELS_{re.sub('[^A-Z0-9]+', '_', words.upper())[:_LONGEST].strip('_')}"
        while name in names:
            name += "_"
        names.append(name)
    return names


def model(row: CapabilityRow, names: Mapping[str, str]) -> Value:
    """What is known of some models; *names* are the constants of rules, by code."""
    policies = tuple(_policy(each, names[each.code]) for each in row.policies if each.code in names)
    arguments = (Constant(translated(f"^(?:{row.pattern})$")), Constant(row.title), TupleDisplay(policies))
    facts: list[tuple[str, Value]] = []
    if begun := beginnings(f"^(?:{row.pattern})$"):
        facts.append(("beginnings", tuple_of(begun)))
    reasoning = is_reasoning(row, RESERVED)
    if reasoning is not None:
        facts.append(("reasoning", Lambda(("root",), python_value(reasoning))))
    if row.continues:
        facts.append(("continues", Constant(value=True)))
    return Call(Name("Model"), arguments, tuple(facts))


def _policy(policy: FieldPolicy, constant: str) -> Value:
    kinds = {"refused": policy.refused, "null": policy.null}
    facts: dict[str, Value] = {name: Constant(value=True) for name, is_so in kinds.items() if is_so}
    if policy.values is not None:
        facts["values"] = tuple_of(policy.values)
    bounds = {"minimum": policy.minimum, "maximum": policy.maximum}
    facts |= {name: Constant(bound) for name, bound in bounds.items() if bound is not None}
    excused = is_excused(policy, RESERVED)
    if excused is not None:
        facts["unless"] = Lambda(("root", "reasoning"), python_value(excused))
    return _record("Policy", [Constant(policy.field), Name(f"_{constant}")], facts)


def file_rule(rule: Rule, constant: str) -> Value:
    """A rule over all lines of a file, and what it measures in each."""
    asked = measure(rule, RESERVED)
    bounds = (Constant(asked.minimum), Constant(asked.maximum)) if asked.kind == "limit" else ()
    used = variables(asked.value)
    parameters = tuple(name if name in used else f"_{name}" for name in ("value", "length"))
    function = Lambda(parameters, python_value(asked.value))
    return call("FileRule", Constant(asked.kind), Name(f"_{constant}"), function, Constant(asked.point), *bounds)
