"""Each rule's examples are its tests: what is bad is found where it says, what is good is silent.

An example holds in every dialect that has the rule and whose schemas accept the document; that a closed list does not
name its model is no obstacle. What rules of some kinds find depends on the day: there an older dialect may say less,
but nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from parlance.check.dialect import generated_dialect
from parlance.contract.rules import Example, Rule
from parlance.generation.rule_examples import DATED, ExampleVerdict, verdict_on
from rows import each_row
from shipped import contracts


class Subject(NamedTuple):
    """A code in a dialect. Some codes are of several rules, which have their examples in common."""

    dialect: str
    code: str

    def __str__(self) -> str:
        """Name both."""
        return f"{self.dialect} {self.code}"


def rule_of(subject: Subject) -> Rule:
    return next(rule for rule in contracts()[subject.dialect].rules if rule.code == subject.code)


SUBJECTS = [
    Subject(name, code)
    for name, contract in contracts().items()
    for code in {rule.code: 0 for rule in contract.rules if rule.is_confirmed}
]
"""The rules that a dialect's server is known to obey; for the others nobody wrote the examples."""

NEWEST = {subject.code: subject for subject in reversed(SUBJECTS)}
"""Each code in the newest dialect that has it."""


def verdict(subject: Subject, example: Example) -> ExampleVerdict:
    return verdict_on(example, rule_of(subject), generated_dialect(subject.dialect))


@pytest.mark.parametrize("code", NEWEST)
def test_what_is_bad_is_found_there_and_what_is_good_is_silent(code: str) -> None:
    wrong = [fault for subject in SUBJECTS if subject.code == code for fault in faults(subject)]
    assert not wrong, "\n".join(wrong)


def faults(subject: Subject) -> Iterator[str]:
    """In what a dialect does not keep the promises of the examples, each with the document."""
    rule, newest = rule_of(subject), subject == NEWEST[subject.code]
    kinds = {rule.code: rule.kind for rule in contracts()[subject.dialect].rules}
    # Nobody wrote the examples for the own rules of servers that only inherit the rule.
    written_for = {each.code for each in contracts()[NEWEST[subject.code].dialect].rules}
    for example in (*rule.bad, *rule.good):
        result = verdict(subject, example)
        if not result.accepted:
            continue
        others = [one for one in result.others if newest or kinds.get(one.code) not in DATED]
        others = [one for one in others if newest or one.code in written_for or one.code not in kinds]
        is_whole = newest or rule.kind not in DATED
        if others or (is_whole and result.found != example.at) or not {*result.found} <= {*example.at}:
            shown = json.dumps(example.document)[:2000]
            yield f"{subject}: {result.found}, and should be {example.at}; others {others}, in {shown}"


@each_row(NEWEST.values())
def test_each_rule_is_proven_in_its_newest_dialect(subject: Subject) -> None:
    rule = rule_of(subject)
    for examples in (rule.bad, rule.good):
        assert any(verdict(subject, example).accepted for example in examples)


def test_each_example_holds_somewhere() -> None:
    where: dict[str, list[Subject]] = {}
    for subject in SUBJECTS:
        where.setdefault(subject.code, []).append(subject)
    for code, subjects in where.items():
        rule = rule_of(NEWEST[code])
        for number, example in enumerate((*rule.bad, *rule.good)):
            assert any(verdict(subject, example).accepted for subject in subjects), (code, number)
