"""Each rule's examples are its tests: what is bad is found where it says, what is good is silent.

An example holds in every dialect that has the rule and whose schemas accept the document; that a closed list does not
name its model is no obstacle. What rules of some kinds find depends on the day: there an older dialect may say less,
but nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from io import BytesIO
from itertools import count
from typing import Any, NamedTuple, cast

import pytest
from parlance.check.dialect import Dialect, Violation
from parlance.check.document import Document
from parlance.check.engine import judge
from parlance.check.lines import judge_all
from parlance.check.reader import decoded_document, read_documents
from parlance.check.source import Source
from parlance.compiled import compile_dialect
from parlance.contract.build import build_contract
from parlance.contract.ir import Contract
from parlance.contract.rules import Example, Rule
from parlance.finding import Finding, Severity
from parlance.layout import spec_folder
from parlance.spec import load_spec, resolve

DATED = frozenset({"capability", "deprecated", "limit"})
"""Kinds whose rows, fields and bounds are those of a day."""


class Subject(NamedTuple):
    """A code in a dialect. Some codes are of several rules, which have their examples in common."""

    dialect: str
    code: str

    def __str__(self) -> str:
        """Name both."""
        return f"{self.dialect} {self.code}"


@cache
def contracts() -> dict[str, Contract]:
    """Each dialect of the spec, the newest last."""
    spec = load_spec(spec_folder())
    made = [build_contract(resolve(spec, header.id)) for header in spec.dialects]
    return {contract.dialect: contract for contract in sorted(made, key=lambda one: one.as_of)}


@cache
def compiled(name: str) -> Dialect:
    return compile_dialect(contracts()[name])


def rule_of(subject: Subject) -> Rule:
    return next(rule for rule in contracts()[subject.dialect].rules if rule.code == subject.code)


SUBJECTS = [
    Subject(name, code) for name, contract in contracts().items() for code in {rule.code: 0 for rule in contract.rules}
]
NEWEST = {subject.code: subject for subject in SUBJECTS}
"""Each code in the newest dialect that has it."""


def findings(subject: Subject, rule: Rule, example: Example) -> Iterator[tuple[str, Finding]]:
    """What is found in an example, with the pointers that examples use."""
    dialect = compiled(subject.dialect)
    if rule.scope == "document":
        for finding in judge(decoded_document(example.document), dialect, rule.artifact, lint=True).findings:
            yield finding.pointer, finding
        return
    if example.times > 1:
        dialect = alone(dialect, rule)
    numbers = count()
    for judged in judge_all(lines(example), dialect, rule.artifact, lint=True):
        number = next(numbers) if not judged.again else None
        for finding in judged.findings:
            yield "" if number is None else f"/{number}{finding.pointer}", finding


def alone(dialect: Dialect, rule: Rule) -> Dialect:
    """A dialect that knows nothing but one rule over a file: lines that are repeated break others, and are many."""
    artifact = Bare(rule.artifact)
    rules = [one for one in dialect.file_rules[rule.artifact] if one.rule.code == rule.code]
    return replace(dialect, artifacts={rule.artifact: artifact}, lints={}, errors={}, file_rules={rule.artifact: rules})


@dataclass(frozen=True)
class Bare:
    """An artifact that can be anything."""

    name: str
    required: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    constants: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    embeds: tuple[tuple[str, str], ...] = ()
    is_line: bool = False
    variant_of: str | None = None

    def is_valid(self, value: Any) -> bool:
        """Nothing is wrong with it."""
        return not any(self.check(value))

    def check(self, value: Any) -> Iterator[Violation]:
        """Nothing is wrong with it."""
        del value
        return iter(())


def lines(example: Example) -> Iterator[Document]:
    """The lines of a file of which an example is the list, or the one that says that there is none."""
    assert isinstance(example.document, list)
    if not example.document:
        yield from read_documents(BytesIO(), "lines.jsonl")
    texts = [(value, json.dumps(value)) for value in example.document]
    number = 0
    for _ in range(example.times):
        for value, text in texts:
            number += 1
            size = len(text) + 1 if example.bytes is None else example.bytes
            yield Document(value, source=Source("lines.jsonl", text, number), size=size, is_line=True)


def refused(subject: Subject, rule: Rule, example: Example) -> list[Finding]:
    """What the schemas of a dialect have against an example, but for a model that they do not know."""
    plain = replace(compiled(subject.dialect), lints={}, errors={}, file_rules={})
    whole = rule.scope == "document" or not isinstance(example.document, list)
    documents = [example.document] if whole else cast("list[Any]", example.document)
    found = [judge(decoded_document(document), plain, rule.artifact).findings for document in documents]
    errors = [one for findings in found for one in findings if one.severity is Severity.ERROR]
    if compiled(subject.dialect).rules[subject.code].explains:
        errors = [one for one in errors if not f"{one.pointer}/".startswith(tuple(f"{at}/" for at in example.at))]
    return [one for one in errors if not is_other_model(one) or any(at.endswith(one.pointer) for at in example.at)]


def is_other_model(finding: Finding) -> bool:
    return finding.code == "PAR105" and finding.pointer.endswith("/model")


@pytest.mark.parametrize("subject", SUBJECTS, ids=str)
def test_what_is_bad_is_found_there_and_what_is_good_is_silent(subject: Subject) -> None:
    rule, newest = rule_of(subject), subject == NEWEST[subject.code]
    kinds = {rule.code: rule.kind for rule in contracts()[subject.dialect].rules}
    for example in (*rule.bad, *rule.good):
        if refused(subject, rule, example):
            continue
        print(json.dumps(example.document)[:2000])
        found = list(findings(subject, rule, example))
        mine = tuple(pointer for pointer, finding in found if finding.code == rule.code)
        errors = [one for _, one in found if one.severity is Severity.ERROR and one.code != rule.code]
        if newest:
            assert not errors
        assert not [one for one in errors if kinds.get(one.code) not in DATED and not is_other_model(one)]
        if newest or rule.kind not in DATED:
            assert mine == example.at
        assert set(mine) <= {*example.at}


@pytest.mark.parametrize("subject", NEWEST.values(), ids=str)
def test_each_rule_is_proven_in_its_newest_dialect(subject: Subject) -> None:
    rule = rule_of(subject)
    for examples in (rule.bad, rule.good):
        assert any(not refused(subject, rule, example) for example in examples)


def test_each_example_holds_somewhere() -> None:
    where: dict[str, list[Subject]] = {}
    for subject in SUBJECTS:
        where.setdefault(subject.code, []).append(subject)
    for code, subjects in where.items():
        rule = rule_of(NEWEST[code])
        for number, example in enumerate((*rule.bad, *rule.good)):
            assert any(not refused(subject, rule, example) for subject in subjects), (code, number)
