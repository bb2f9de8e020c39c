"""Strategies: what is valid breaks no rule, what is faulty has the one fault it names, and both are small.

`make fuzz` does the same at length; which mistakes never stand alone is data, with reasons: `cases/strategies.yaml`.
"""

from __future__ import annotations

import copy
import importlib
import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

import pytest
import yaml
from agreement.generated import EVERY_SUBJECT, SUBJECTS, Subject
from effort import examples
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from parlance.check.dialect import generated_dialect
from parlance.check.document_reader import decoded_document
from parlance.check.engine import judge
from parlance_dialects import openai_2026_11 as openai
from parlance_dialects import strategy
from parlance_dialects.strategy import Fault, Mistake
from parlance_dialects.strategy.drawn_values import least, values
from parlance_dialects.strategy.value_shapes import (
    Array,
    Map,
    NamedShape,
    Null,
    Record,
    Shape,
    Tagged,
    Text,
    Union,
    accepts,
)

KNOWN: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "strategies.yaml").read_text("utf-8"))
EACH = settings(max_examples=1, database=None, derandomize=True, phases=[Phase.generate], deadline=None)
ENOUGH = settings(EACH, max_examples=examples(10, at_length=250))
NEWEST = "openai-2026-11"
"""The examples of rules are written for it; of older dialects, some rules have no example that fits."""
Drawn = TypeVar("Drawn")
PER_SUBJECT = 6
"""How many mistakes of an artifact are tried here; `make fuzz` tries them all."""


def _strategies(subject: Subject) -> ModuleType:
    return importlib.import_module(f"{subject.module.__name__}.strategies")


def _made(subject: Subject, verb: str) -> Any:
    return getattr(_strategies(subject), f"{verb}_{subject.artifact.replace('-', '_')}")


def _findings(subject: Subject, document: Any) -> list[tuple[str, str, str]]:
    return _judged(subject, document)[1]


def _judged(subject: Subject, document: Any) -> tuple[str | None, list[tuple[str, str, str]]]:
    """The form of the artifact that a document is taken for, and what is found."""
    verdict = judge(decoded_document(document), generated_dialect(subject.dialect), subject.artifact, lint=True)
    return verdict.artifact, [(each.code, each.pointer, each.severity.value) for each in verdict.findings]


def _never_alone(subject: Subject, mistake: Mistake) -> bool:
    return any(
        row["artifact"] == subject.artifact
        and subject.dialect in row["dialects"]
        and any(mistake.where.startswith(name) for name in row["where"])
        and mistake.what in row.get("what", [mistake.what])
        for row in KNOWN
    )


def _heeded(severity: str) -> tuple[str, ...]:
    """What must not stand beside a finding of *severity*: what is as grave."""
    return ("error", "warning", "info")[: ("error", "warning", "info").index(severity) + 1]


@pytest.mark.parametrize("subject", SUBJECTS, ids=str)
def test_what_is_valid_is_valid_to_every_rule(subject: Subject) -> None:
    """What all other readers say of it, the tests of agreement ask."""

    @ENOUGH
    @given(_made(subject, "valid")())
    def law(document: Any) -> None:
        assert [each for each in _findings(subject, document) if each[2] != "info"] == []

    law()


@pytest.mark.parametrize("subject", SUBJECTS, ids=str)
def test_what_is_faulty_has_that_fault_and_no_other(subject: Subject) -> None:
    every = [each for each in _strategies(subject).mistakes(subject.artifact) if not _never_alone(subject, each)]
    some = random.Random(str(subject)).sample(every, min(PER_SUBJECT, len(every)))  # noqa: S311 - no secret
    for mistake in some:
        fault = _first(_made(subject, "faulty")(mistake=mistake))
        assert fault.code == mistake.code
        reported = (fault.code, fault.pointer, fault.severity)
        form, found = _judged(subject, fault.document)
        if form != subject.artifact:  # another form takes it, such as one that ignores the field at fault
            assert not [each for each in found if each[2] == "error"]
            continue
        assert reported in found
        assert [each for each in found if each[2] in _heeded(fault.severity)] == [reported], fault


def _first(drawn_from: st.SearchStrategy[Drawn]) -> Drawn:
    drawn: list[Drawn] = []

    @EACH
    @given(drawn_from)
    def draw(one: Drawn) -> None:
        drawn.append(one)

    draw()
    return drawn[0]


@pytest.mark.parametrize("row", KNOWN, ids=lambda row: f"{row['artifact']} {row['reason']}")
def test_a_mistake_that_never_stands_alone_still_does_not(row: dict[str, Any]) -> None:
    subject = Subject(row["dialects"][-1], row["artifact"])
    for name in row["where"]:
        every = _strategies(subject).mistakes(row["artifact"])
        mistake = next(
            each for each in every if each.where.startswith(name) and each.what in row.get("what", [each.what])
        )
        with pytest.raises(LookupError, match="never stands alone"):
            _first(_made(subject, "faulty")(mistake=mistake))


@pytest.mark.parametrize("subject", SUBJECTS, ids=str)
def test_every_rule_and_every_code_of_structure_has_a_mistake(subject: Subject) -> None:
    dialect = generated_dialect(subject.dialect)
    codes = Counter(each.code for each in _strategies(subject).mistakes(subject.artifact))
    of_files = {each.rule.code for rules in dialect.file_rules.values() for each in rules}
    examples = json.loads(Path(str(strategy.__file__)).with_name("examples.json").read_bytes())
    bad = examples["dialects"][subject.dialect][subject.artifact]["bad"]
    alone = {code for code, _, number in bad if _stands_alone(subject, code, examples["documents"][number])}
    assert alone <= codes.keys()
    if subject.dialect == NEWEST:
        assert {code for code, *_ in bad} <= codes.keys()
    assert not of_files & codes.keys()
    assert {"PAR101", "PAR103"} <= codes.keys()


def _stands_alone(subject: Subject, code: str, document: Any) -> bool:
    """Whether an example has nothing as grave but what is found of one rule, in a dialect it may not be written for."""
    found = _findings(subject, document)
    severities = [severity for other, _, severity in found if other == code]
    heeded = _heeded(severities[0]) if severities else ()
    return bool(severities) and all(other == code for other, _, severity in found if severity in heeded)


def test_a_text_that_no_guess_fits_is_found_while_a_document_is_drawn() -> None:
    shape = Text(search=r"^[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}\Z", longest=9)

    @ENOUGH
    @given(st.builds(lambda: least(shape)))
    def law(text: Any) -> None:
        assert text == "0/0/0000"

    law()


def test_a_thousand_requests_are_drawn() -> None:
    drawn: list[str] = []

    @settings(ENOUGH, max_examples=1000)
    @given(openai.strategies.valid_request())
    def draw(document: Any) -> None:
        drawn.append(json.dumps(document))

    draw()
    assert len(drawn) >= 1000
    assert len(set(drawn)) > 500
    text = "\n".join(drawn)
    parts = ('"tool_calls"', '"tool_call_id"', '"strict": true', '"stream": ', "\\u", '": null', "image_url")
    for expected in parts:
        assert expected in text, expected
    assert max(map(len, drawn)) > 3000


def test_the_smallest_are_small() -> None:
    def smallest(drawn: st.SearchStrategy[Any], holds: Callable[[Any], bool] = lambda _: True) -> Any:
        # Always from the same start: from some, shrinking ends before the smallest.
        start = random.Random(0)  # noqa: S311 - nothing is secret
        return find(drawn, holds, settings=settings(database=None), random=start)

    assert len(json.dumps(smallest(openai.strategies.valid_request()))) < 100
    called = smallest(openai.strategies.valid_request(), lambda each: "tool" in json.dumps(each))
    assert len(json.dumps(called)) < 400
    unanswered = smallest(openai.strategies.faulty_request("PAR301"))
    assert unanswered.code == "PAR301"
    assert len(json.dumps(unanswered.document)) < 500


def test_a_code_or_a_family_chooses() -> None:
    @ENOUGH
    @given(openai.strategies.faulty_request("PAR3"))
    def law(fault: Fault) -> None:
        assert fault.code.startswith("PAR3")

    law()
    with pytest.raises(ValueError, match="no mistake in a request has the code PAR999"):
        openai.strategies.faulty_request("PAR999")


def test_what_was_drawn_is_the_users_own() -> None:
    """Whoever changes a document changes no other."""
    requests = openai.strategies.valid_request()
    before = _first(requests)
    kept = copy.deepcopy(before)
    before["messages"].clear()
    assert _first(requests) == kept


@ENOUGH
@given(openai.strategies.valid_request())
def test_default_health_checks_hold(document: Any) -> None:
    assert openai.is_valid_request(document)


@pytest.mark.parametrize("name", ["create_chat_completion_request", "usage_of_nothing", "completion_usage"])
def test_a_definition_is_a_strategy_too(name: str) -> None:
    if not hasattr(openai.strategies, name):
        assert name not in openai.strategies.__all__
        return
    definition = getattr(openai.strategies, name)

    @ENOUGH
    @given(definition())
    def law(value: Any) -> None:
        assert accepts(definition, value)

    law()


@pytest.mark.parametrize("dialect", sorted({subject.dialect for subject in EVERY_SUBJECT}))
def test_every_definition_of_every_dialect_has_a_least_value(dialect: str) -> None:
    package = next(subject.module for subject in EVERY_SUBJECT if subject.dialect == dialect).__name__
    named = vars(importlib.import_module(f"{package}.strategies")).values()
    definitions = [each for each in named if isinstance(each, NamedShape)]
    assert definitions
    for each in definitions:
        assert isinstance(least(each), dict | list | str | int | float | None)


NOTHING = Tagged("type", {}, refused=("function",))
"""What a union is of which a dialect refuses each record, as llama.cpp does with an object that chooses a tool."""


def _endless() -> Shape:
    return Record(required={"next": NamedShape("Endless", _endless)})


@pytest.mark.parametrize(
    ("shape", "only"),
    [
        (Union(NOTHING, Null()), None),
        (Record(required={}, optional={"choice": NOTHING}), {}),
        (Array(NOTHING), []),
        (Map(NOTHING), {}),
        (Union(Array(NOTHING, fewest=1), Null()), None),
        (Union(Record(required={"choice": NOTHING}), Null()), None),
        (Union(NamedShape("Endless", _endless), Null()), None),
    ],
)
def test_what_has_no_value_is_never_drawn(shape: Shape, only: Any) -> None:
    @ENOUGH
    @given(values(shape))
    def law(value: Any) -> None:
        assert value == only

    law()


def test_strategies_load_when_asked_for_and_say_what_they_need() -> None:
    program = (
        "import sys; sys.modules['hypothesis'] = None\n"
        "import parlance_dialects.openai_2026_11 as openai\n"
        "assert openai.is_valid_request({}) is False\n"
        "try: openai.strategies\n"
        "except ImportError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        done.stdout
        == "parlance_dialects.openai_2026_11.strategies needs `pip install 'parlance-dialects[strategies]'`\n"
    )
