"""Strategies for exchanges: in valid ones nothing is found, and faulty ones have one fault."""

# Strategies of a dialect that is loaded by its name are of no type that is known here.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false

from __future__ import annotations

import importlib
import json
from typing import Any

import parlance
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from parlance import Finding, Severity
from parlance.check.dialect import generated_dialect, generated_package
from parlance_dialects import openai_2026_11 as openai
from parlance_dialects.strategy import Fault

EVERY = sorted({generated_dialect(name).id for name in generated_package().DIALECTS})
DIALECTS = [*EVERY[::4], "openai-2026-11", "perplexity-2026-08"]
"""Some of every kind: of the last two one has all examples, and one has none that is right there."""
SOME = settings(
    max_examples=12,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.large_base_example],
)
OF_STREAMS = {"PAR784"}
"""What only an answer that is a stream can break."""


def subject(dialect: str) -> Any:
    module = importlib.import_module(f"parlance_dialects.{dialect.replace('-', '_')}.strategies")
    return module._EXCHANGES["exchange"]


def judged(dialect: str, exchange: dict[str, Any]) -> list[Finding]:
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
    assert len(made) > 6, "they differ"


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_faulty_exchange_has_the_one_fault_that_it_names(dialect: str) -> None:
    exchanges = subject(dialect)
    for code in exchanges.codes:

        @settings(SOME, max_examples=3)
        @given(exchanges.faulty(code))
        def every_one(fault: Fault) -> None:
            (found,) = judged(dialect, fault.document)
            assert (found.code, found.severity, found.pointer) == (fault.code, fault.severity, fault.pointer)

        every_one()


def test_most_rules_between_request_and_answer_have_a_faulty_exchange() -> None:
    (form,) = generated_dialect().exchanges.values()
    loud = {one.rule.code for one in form.rules if one.artifact == "response" and one.rule.severity != "info"}
    assert loud - {*openai.strategies._EXCHANGES["exchange"].codes} == OF_STREAMS


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
