"""Strategies for streams: in valid ones nothing is found, faulty ones have one fault, and a whole comes back."""

# Strategies of a dialect that is loaded by its name are of no type that is known here.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownParameterType=false, reportUnknownLambdaType=false

from __future__ import annotations

import importlib
import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from effort import examples
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from parlance import Finding, Severity, StreamValidator, fold
from parlance.check.dialect import generated_dialect, generated_package
from parlance_dialects import openai_2026_11 as openai
from parlance_dialects.strategy import Fault
from parlance_dialects.strategy.taking_apart import taken_apart

DIALECTS = sorted({generated_dialect(name).id for name in generated_package().DIALECTS})
SOME = settings(
    max_examples=examples(8, at_length=100),
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.large_base_example],
)


def subject(dialect: str) -> Any:
    module = importlib.import_module(f"parlance_dialects.{dialect.replace('-', '_')}.strategies")
    return module._STREAMS["stream"]


def judged(dialect: str, events: Sequence[Any]) -> list[Finding]:
    validator = StreamValidator(dialect, lint=True)
    texts = [event if isinstance(event, str) else json.dumps(event) for event in events]
    found = [*validator.feed("".join(f"data: {text}\n\n" for text in texts).encode()), *validator.close()]
    return [one for one in found if one.severity is not Severity.INFO]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_in_a_valid_stream_nothing_is_found(dialect: str) -> None:
    made: Counter[int] = Counter()

    @SOME
    @given(subject(dialect).valid())
    def every_one(events: list[Any]) -> None:
        assert judged(dialect, events) == []
        made[len(events)] += 1

    every_one()
    assert len(made) > 2, "they are of several lengths"


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_faulty_stream_has_the_one_fault_that_it_names(dialect: str) -> None:
    streams = subject(dialect)
    form = generated_dialect(dialect).stream()
    for code in streams.codes:

        @settings(SOME, max_examples=examples(2, at_length=20))
        @given(streams.faulty(code))
        def every_one(fault: Fault) -> None:
            (found,) = judged(dialect, fault.document)
            assert (found.code, found.severity) == (fault.code, fault.severity)
            number, _, rest = fault.pointer[1:].partition("/")
            if rest:
                assert (f"/{rest}", int(number)) == (found.pointer, found.chunk)

        every_one()
    known = {rule.rule.code for rule in form.rules}
    assert {*streams.codes} <= known
    if known:
        assert len(streams.codes) > len(known) * 0.4 or dialect in SPARE


SPARE = {"together-2026-04"}
"""Dialects for which the examples of rules lack a field that each piece has there."""


def test_most_rules_between_chunks_have_a_faulty_stream() -> None:
    rules = {rule.rule.code for rule in generated_dialect().stream().rules}
    # What only shows beside a request has none.
    assert rules - {*subject("openai-2026-11").codes} == {"PAR745", "PAR746"}


@pytest.mark.parametrize("dialect", ["openai-2026-11", "mistral-2026-08", "atoma-2024-12", "groq-2026-08"])
def test_a_whole_that_is_taken_apart_comes_back(dialect: str) -> None:
    streams = subject(dialect)
    module = importlib.import_module(f"parlance_dialects.{dialect.replace('-', '_')}.strategies")

    @SOME
    @given(st.data())
    def every_one(data: st.DataObject) -> None:
        whole = data.draw(module.valid_response())
        chunks = data.draw(st.composite(taken_apart)(whole, streams._form.fold, streams._piece))
        came = fold(chunks, dialect)
        # By its number a call is known again; some servers have it in a whole answer, too.
        assert [at for at in lacking(came, whole) if not at.endswith("/index")] == []
        for choice, back in zip(whole["choices"], came["choices"], strict=True):
            for name in ("content", "refusal"):
                assert back["message"].get(name) == choice["message"].get(name)
            calls, others = (each["message"].get("tool_calls") or [] for each in (choice, back))
            assert [{**call, "index": 0} for call in calls] == [{**call, "index": 0} for call in others]

    every_one()


def lacking(came: Any, whole: Any, at: str = "") -> list[str]:
    """The places of what came that the whole has otherwise."""
    if isinstance(came, dict) and isinstance(whole, dict):
        return [each for name in came for each in lacking(came[name], whole.get(name), f"{at}/{name}")]
    if isinstance(came, list) and isinstance(whole, list) and len(came) == len(whole):
        pairs = enumerate(zip(came, whole, strict=True))
        return [each for number, (one, other) in pairs for each in lacking(one, other, f"{at}/{number}")]
    return [] if came == whole else [at]


def test_streams_are_of_many_shapes_and_small_ones_are_found_first() -> None:
    def chunks(events: list[Any]) -> list[dict[str, Any]]:
        return [event for event in events if isinstance(event, dict)]

    def choices(events: list[Any]) -> list[Any]:
        return [choice for chunk in chunks(events) for choice in chunk.get("choices", [])]

    shapes = {
        "two choices": lambda events: {choice["index"] for choice in choices(events)} >= {0, 1},
        "calls": lambda events: any("tool_calls" in choice["delta"] for choice in choices(events)),
        "usage": lambda events: any(chunk.get("usage") for chunk in chunks(events)),
        "several texts": lambda events: sum(bool(each["delta"].get("content")) for each in choices(events)) > 2,
    }
    for name, has in shapes.items():
        searching = settings(SOME, max_examples=2_000, phases=[Phase.generate, Phase.shrink])
        events = find(openai.strategies.valid_stream(), has, settings=searching)
        assert len(events) < 12, name


def test_a_code_that_no_stream_can_have_is_refused() -> None:
    with pytest.raises(ValueError, match="PAR301"):
        openai.strategies.faulty_stream("PAR301")
