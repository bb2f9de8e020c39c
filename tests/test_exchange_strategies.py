"""Strategies for exchanges: in valid ones nothing is found, and faulty ones have one fault."""

# Strategies of a dialect that is loaded by its name are of no type that is known here.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false

from __future__ import annotations

import importlib
import json
from typing import Any

import parlance
import pytest
from effort import examples
from hypothesis import HealthCheck, Phase, given, settings
from parlance import Finding, Severity
from parlance.check.dialect import generated_dialect, generated_package
from parlance.runtime.python.exchange import ExchangeFormat
from parlance_dialects import openai_2026_11 as openai
from parlance_dialects.strategy import Fault
from parlance_dialects.strategy.known_examples import known_examples

DIALECTS = sorted({generated_dialect(name).id for name in generated_package().DIALECTS})
SOME = settings(
    max_examples=examples(7, at_length=60),
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.large_base_example],
)


def subject(dialect: str) -> Any:
    module = importlib.import_module(f"parlance_dialects.{dialect.replace('-', '_')}.strategies")
    return module._EXCHANGES["exchange"]


def exchange_format(dialect: str) -> ExchangeFormat:
    (found,) = generated_dialect(dialect).exchanges.values()
    return found


def judged(dialect: str, exchange: Any) -> list[Finding]:
    found = parlance.lint(exchange, "exchange", dialect=dialect).findings
    return [one for one in found if one.severity is not Severity.INFO]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_in_a_valid_exchange_nothing_is_found(dialect: str) -> None:
    made: set[str] = set()

    @SOME
    @given(subject(dialect).valid())
    def every_one(exchange: dict[str, Any]) -> None:
        assert judged(dialect, exchange) == []
        made.add(json.dumps(exchange))

    every_one()
    assert len(made) > 3, "they differ"


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_faulty_exchange_has_the_one_fault_that_it_names(dialect: str) -> None:
    exchanges = subject(dialect)
    for code in exchanges.codes:

        @settings(SOME, max_examples=examples(2, at_length=15))
        @given(exchanges.faulty(code))
        def every_one(fault: Fault) -> None:
            (found,) = judged(dialect, fault.document)
            assert (found.code, found.severity, found.pointer) == (fault.code, fault.severity, fault.pointer)

        every_one()


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_rule_without_a_faulty_exchange_takes_what_the_dialect_does_not_have(dialect: str) -> None:
    """Each of its examples is a stream, or has a side in which something is found without the other one."""
    form = exchange_format(dialect)
    rules = {one.rule.code for one in form.rules if one.artifact == form.response and one.rule.severity != "info"}
    examples = known_examples(dialect).get(form.response, {}).get("exchange", {}).get("bad", ())
    for missing in rules - {*subject(dialect).codes}:
        known = [written for code, _, written in examples if code == missing]
        assert known
        for written in known:
            sides = [(written["request"], form.request), (written.get("response"), form.response)]
            assert "stream" in written or any(parlance.lint(side, name, dialect).findings for side, name in sides)


def test_most_rules_have_a_faulty_exchange() -> None:
    counts = [len(subject(dialect).codes) for dialect in DIALECTS if exchange_format(dialect).rules]
    assert (len(counts), min(counts)) >= (23, 9)
    assert sum(counts) > 500


def test_both_sides_vary() -> None:
    fields: dict[str, set[str]] = {"request": set(), "response": set()}

    @settings(SOME, max_examples=60)
    @given(openai.strategies.valid_exchange())
    def every_one(exchange: dict[str, Any]) -> None:
        for side, names in fields.items():
            names.update(exchange[side])

    every_one()
    assert len(fields["request"]) > 8
    assert len(fields["response"]) > 6


def test_a_code_of_no_exchange_is_an_error() -> None:
    for code in ("PAR301", "PAR784"):
        with pytest.raises(ValueError, match=code):
            openai.strategies.faulty_exchange(code)
