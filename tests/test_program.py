"""Programs, run as they are, find what the generated Python finds: a back end decides nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from random import Random
from typing import Any, get_args

import pytest
import shipped
from agreement.damage import examples
from agreement.generated import EVERY_SUBJECT, Subject
from agreement.mutation import Mutator
from agreement.seeds import seeds
from agreement.shape import Shape
from expressions.engines import VOCABULARY
from interpreter.dialect import Interpreted
from interpreter.gate import InterpretedGate
from interpreter.running import returned
from interpreter.schemas import OF_SCHEMAS
from interpreter.structure import Structure
from parlance.backends.python.names import GateNames
from parlance.backends.python.printing import lines_of
from parlance.check.dialect import generated_dialect
from parlance.compiled import compile_validators
from parlance.contract.expression import parse
from parlance.contract.ir import (
    Alias,
    Array,
    Artifact,
    Enumeration,
    Integer,
    Named,
    Null,
    Presence,
    Record,
    Text,
    Union,
    UnknownFields,
)
from parlance.contract.rules import Limit, Selector
from parlance.program import ir
from parlance.program.cases import places_of
from parlance.program.fixes import edits
from parlance.program.gate.writer import gate
from parlance.program.logic import nodes
from parlance.program.places import Path
from parlance.program.reduction import Facts
from parlance.program.rules import program_of
from parlance.program.structure import ANYTHING, Kinds
from parlance.program.validation.collecting import faults_of
from parlance.program.validation.definitions import Definitions
from parlance.program.validation.predicates import predicate
from parlance.runtime.python import checks
from parlance.runtime.python.violation import has_error
from parlance.targets.rules.gates import gate_functions
from parlance.targets.rules.vocabulary import RESERVED
from sample_contracts import contract as sample
from sample_contracts import field

DIALECTS = ("openai-2026-11", "kluster-2024-10")
SUBJECTS_OF_BOTH = [one for one in EVERY_SUBJECT if one.dialect in DIALECTS]
_MUTANTS = 40
"""Of each artifact."""


ELSEWHERE = {ir.Checks, ir.IsTrue, ir.OrZero}
"""Values that this dialect does not need: see two tests below, and the random expressions of `test_reduction.py`."""

REFUSED = UnknownFields.REFUSE


@cache
def rule_examples() -> dict[str, list[str]]:
    return examples(shipped.spec())


@cache
def interpreted(dialect: str) -> Interpreted:
    return Interpreted(shipped.contract_of(dialect))


@cache
def structure(dialect: str) -> Structure:
    return Structure(shipped.contract_of(dialect))


def gate_of(dialect: str, artifact: Artifact, severity: str = "error") -> InterpretedGate:
    return InterpretedGate(shipped.contract_of(dialect), artifact, interpreted(dialect), severity)


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


@pytest.mark.parametrize("subject", SUBJECTS_OF_BOTH, ids=str)
def test_a_program_finds_what_the_generated_rules_find(subject: Subject) -> None:
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


@pytest.mark.parametrize("subject", SUBJECTS_OF_BOTH, ids=str)
def test_a_program_finds_the_structural_faults_that_the_generated_code_finds(subject: Subject) -> None:
    generated, program = generated_dialect(subject.dialect).artifacts[subject.artifact], structure(subject.dialect)
    for document in documents(subject):
        found = program.faults(subject.artifact, document)
        assert [*map(fields, found)] == [*map(fields, generated.check(document))], document
        assert program.is_valid(subject.artifact, document) is generated.is_valid(document), document
        assert not (program.is_quickly_valid(subject.artifact, document) and has_error(found)), document


@pytest.mark.parametrize("subject", SUBJECTS_OF_BOTH, ids=str)
@pytest.mark.parametrize("severity", ["error", "warning"])
def test_the_program_of_a_gate_looks_where_the_generated_gate_looks(subject: Subject, severity: str) -> None:
    generated = generated_dialect(subject.dialect)
    artifacts = {one.name: one for one in shipped.contract_of(subject.dialect).artifacts}
    program = gate_of(subject.dialect, artifacts[subject.artifact], severity)
    gates = generated.gates if severity == "error" else generated.warning_gates
    for document in documents(subject):
        if generated.artifacts[subject.artifact].is_valid(document):
            assert program.looks(document) is gates[subject.artifact](document), document


VARIANTS: list[Any] = [
    *({"a": "x"}, {"b": 1}, {"b": True}, {"a": 1, "b": 1}, {"a": "x", "c": 1}, {}),
    *([], [{"a": "x"}], [{}], "x", None),
]


@pytest.mark.parametrize("document", VARIANTS, ids=str)
def test_one_of_several_records_is_found_by_trying_each(document: Any) -> None:
    one, other = (
        Record(name=name, description="A record.", fields=(field(key, kind, Presence.REQUIRED),), unknown=REFUSED)
        for name, key, kind in (("One", "a", Text()), ("Other", "b", Integer()))
    )
    either = Union((Named("One"), Named("Other")))
    base = sample()
    root = Alias(name="Root", description="The document.", type=Union((*either.options, Array(items=either), Null())))
    artifact = replace(base.artifacts[0], root="Root")
    made = replace(base, artifacts=(artifact,), definitions=(root, one, other))
    generated, program = compile_validators(made)[artifact.name], Structure(made)
    assert [*map(fields, program.faults(artifact.name, document))] == [*map(fields, generated.check(document))]
    assert program.is_valid(artifact.name, document) is generated.is_valid(document)


class Unknown:
    """Documents of which nothing is known."""

    def kinds(self, path: Path) -> Kinds:
        """Whatever may stand at a place."""
        return frozenset({"map"}) if len(path) < 2 else ANYTHING

    def texts(self, path: Path) -> frozenset[str] | None:  # noqa: ARG002
        """The strings that may stand there: nobody knows."""
        return None


@pytest.mark.parametrize(
    ("schema", "is_beyond"),
    [
        ({"a": 3, "properties": {"b": {"a": 3}}}, True),
        ({"a": 3, "properties": {"b": {}, "c": {"a": 2}}}, False),
        ({"a": "3", "not": {"a": [9]}, "items": {"a": 6}}, True),
        ({"a": None, "not": {"a": "9"}}, False),
    ],
)
def test_what_is_no_number_adds_nothing_to_the_sum_of_a_gate(schema: Any, is_beyond: bool) -> None:
    inside = Selector(steps=(), subschemas=True)
    check = Limit(at=(Selector(steps=("s",)),), over=inside, measure=parse("self.a * 2"), maximum=10)
    rule = replace(shipped.contract_of(DIALECTS[0]).rules[0], check=check)
    made = gate(places_of([rule]), Facts(Unknown()), None, RESERVED)
    assert (returned(made.body, {"root": {"s": schema}}, []) is True) is is_beyond
    constants, functions = gate_functions(made, "Document", GateNames("x", {}), "errors")
    code = "from __future__ import annotations\n" + "\n".join(lines_of([*constants, *functions], ""))
    namespace = {**VOCABULARY, "schemas_in": checks.schemas_in}
    exec(code, namespace)  # noqa: S102 - made here
    assert namespace["may_refuse_x"]({"s": schema}) is is_beyond


def test_every_statement_is_needed() -> None:
    """So that each is proven above."""
    rules = [one for one in shipped.contract_of(DIALECTS[0]).rules if one.scope == "document"]
    bodies = [program_of(one, rules, frozenset()).body for one in rules]
    bodies += [edits(one.fix, frozenset()).body for one in rules if one.fix is not None]
    known = Definitions(shipped.contract_of(DIALECTS[0]))
    for one in known.definitions.values():
        if not isinstance(one, Enumeration):
            bodies += [predicate(one, known), faults_of(one, known)]
    for artifact in shipped.contract_of(DIALECTS[0]).artifacts:
        whole = gate_of(DIALECTS[0], artifact).program
        bodies += [whole.body, *(each.body for each in whole.routines)]
    used = {type(node) for node in nodes(tuple(bodies))}
    assert used >= {*get_args(ir.Statement)} - OF_SCHEMAS
    assert {*get_args(ir.Value)} - used - OF_SCHEMAS == ELSEWHERE
    assert not used & OF_SCHEMAS


def fields(one: Any) -> tuple[object, ...]:
    return one.code, one.severity, one.pointer, one.message, one.help, sorted(one.known), one.on_key
