"""Programs of rules, run as they are, find what the generated Python finds: a back end decides nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Any, get_args

import pytest
from agreement.damage import examples
from agreement.generated import SUBJECTS, Subject
from agreement.mutation import Mutator
from agreement.seeds import seeds
from agreement.shape import Shape
from interpreter.dialect import Interpreted
from parlance.check.dialect import generated_dialect
from parlance.contract.build import build_contract
from parlance.layout import spec_folder
from parlance.program import ir
from parlance.program.fixes import edits
from parlance.program.logic import nodes
from parlance.program.rules import program_of
from parlance.spec import Spec, load_spec, resolve

DIALECTS = ("openai-2026-11", "kluster-2024-10")
_MUTANTS = 60
"""Of each artifact."""


ELSEWHERE = {ir.HasAnyField, ir.Identical, ir.IsTrue, ir.LacksAny, ir.OneOf}
"""Values that stand in gates, where more is known of a document, or that no rule has now: see `test_reduction.py`."""


@cache
def spec() -> Spec:
    return load_spec(spec_folder())


@cache
def rule_examples() -> dict[str, list[str]]:
    return examples(spec())


@cache
def interpreted(dialect: str) -> Interpreted:
    return Interpreted(build_contract(resolve(spec(), dialect)))


def documents(subject: Subject) -> Iterator[Any]:
    """Every example of the artifact's rules, and mutants of these and of whole documents."""
    known = rule_examples().get(subject.artifact, [])
    yield from map(json.loads, known)
    starts, random = [*seeds(subject), *known], Random(str(subject))  # noqa: S311 - no secret
    mutator = Mutator(Shape(subject.bundle), random)
    for _ in range(_MUTANTS if starts else 0):
        yield mutator.mutant(json.loads(random.choice(starts)))


def plain(edit: Any) -> tuple[object, ...]:
    return edit.operation, edit.pointer, edit.name, edit.value


@pytest.mark.parametrize("subject", [one for one in SUBJECTS if one.dialect in DIALECTS], ids=str)
def test_a_program_says_what_the_generated_code_says(subject: Subject) -> None:
    generated, program = generated_dialect(subject.dialect), interpreted(subject.dialect)
    for document in documents(subject):
        expected = [*generated.lints[subject.artifact](document)]
        found = program.lint(subject.artifact, document)
        assert [*map(fields, found)] == [*map(fields, expected)], document
        for one in expected:
            fix = generated.rules[one.code].fix
            made = [] if fix is None else fix.edits(document, one.pointer)
            assert [*map(plain, program.edits(one, document))] == [*map(plain, made)], document
        measures = [rule.measure(document, 7) for rule in generated.file_rules.get(subject.artifact, ())]
        assert program.measures(subject.artifact, document, 7) == measures


def test_the_rules_need_every_statement() -> None:
    """So that each is proven above."""
    contract = build_contract(resolve(spec(), DIALECTS[0]))
    rules = [one for one in contract.rules if one.scope == "document"]
    bodies = [program_of(one, rules, frozenset()).body for one in rules]
    bodies += [edits(one.fix, frozenset()).body for one in rules if one.fix is not None]
    used = {type(node) for node in nodes(tuple(bodies))}
    assert used >= {*get_args(ir.Statement)}
    assert {*get_args(ir.Value)} - used == ELSEWHERE


def fields(one: Any) -> tuple[object, ...]:
    return one.code, one.severity, one.pointer, one.message, one.help, sorted(one.known), one.on_key
