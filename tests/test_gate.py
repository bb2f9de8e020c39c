"""The gate before the rules: what it lets pass is clean, and most of what is clean it lets pass."""

from __future__ import annotations

import json
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
import shipped
from agreement.damage import examples
from agreement.generated import SUBJECTS
from gate.campaign import Proof, hold
from gate.leave_one_out import TestedGate
from parlance.check.dialect import Dialect, generated_dialect
from parlance.check.document_reader import decoded_document
from parlance.check.engine import judge
from parlance.contract.expression import parse
from parlance.contract.rules import Selector
from parlance.folders import spec_folder
from parlance.program.places import Unplaceable, placed

_MUTANTS = 4_000
"""Enough for all rules to find something; a million is for `make fuzz`."""

_SMALL_GATE = """
def may_refuse_request(root):
    try:
        if "a" in root:
            return True
        if "b" in root:
            return True
        if _may_refuse_rest(root):
            return True
    except KeyError:
        return True
    return False


def _may_refuse_rest(root):
    if root["c"] == "d":
        return True
    return False
"""


def test_nothing_passes_in_which_a_rule_finds_something_and_most_that_is_clean_does() -> None:
    spec = shipped.spec()
    newest = [subject for subject in SUBJECTS if subject.dialect == spec.default]
    outcome = hold(spec, examples(spec), _MUTANTS, seed=0, given=newest)
    assert outcome.unsound == []
    assert len(outcome.faulty) > 80
    assert outcome.cautious < outcome.clean / 20, "of mutants, which are odd"
    assert outcome.tests > 100
    assert outcome.needed > outcome.tests * 0.5, "with so few mutants"


def test_a_test_is_noticed_that_is_true_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "rules.py"
    path.write_text(_SMALL_GATE, "utf-8")
    spec = spec_from_file_location("small_rules", path)
    assert spec is not None
    assert spec.loader is not None
    monkeypatch.setitem(sys.modules, "small_rules", module_from_spec(spec))
    spec.loader.exec_module(sys.modules["small_rules"])
    proof = Proof(TestedGate(sys.modules["small_rules"].may_refuse_request))
    assert [each.partition(": ")[2] for each in proof.gate.tests] == ["'a' in root", "'b' in root", "root['c'] == 'd'"]
    for document in ({"a": 1, "c": ""}, {"a": 1, "b": 2, "c": ""}, {"b": 1}, {"c": "d"}):
        proof.take(document, is_at_fault=True)
    assert proof.needed == {0, 2}
    assert [each.partition(": ")[2] for each in proof.missed] == ["'b' in root"]
    for _ in range(60):
        proof.take({"a": 1, "b": 2, "c": ""}, is_at_fault=True)
    assert proof.idle == {1}
    assert proof.missed == []


@pytest.mark.parametrize("answer", [True, False])
def test_rules_are_asked_only_where_the_gate_says_so(answer: bool) -> None:
    def may_refuse(_: Any) -> bool:
        return answer

    dialect = generated_dialect().changed(gates={"request": may_refuse})
    request = {"model": "gpt-5", "messages": [{"role": "user", "content": "a"}], "tool_choice": "auto"}
    assert _codes(request, dialect) == (["PAR401"] if answer else [])
    linted = _codes({**request, "user": "a"}, dialect, lint=True)
    assert ("PAR401" in linted) is answer
    assert [code for code in linted if code != "PAR401"], "advice is asked for in any case"
    assert "PAR401" in _codes({**request, "n": "a"}, dialect)


def _codes(request: dict[str, Any], dialect: Dialect, *, lint: bool = False) -> list[str]:
    return [one.code for one in judge(decoded_document(request), dialect, "request", lint=lint).findings]


def test_clean_requests_of_the_spec_pass() -> None:
    dialect = generated_dialect()
    documents = _clean(dialect)
    assert len(documents) > 5
    assert not [each for each in documents if dialect.gates["request"](each)]


def _clean(dialect: Dialect) -> list[Any]:
    found = [json.loads(path.read_bytes()) for path in sorted((spec_folder() / "examples").glob("request*.json"))]
    return [each for each in found if not [*dialect.artifacts["request"].check(each), *dialect.errors["request"](each)]]


def test_what_is_more_than_places_is_not_placed() -> None:
    at = Selector(steps=("tools", "*"), subschemas=True)
    with pytest.raises(Unplaceable):
        placed(parse("size(path) > 3"), at)
    with pytest.raises(Unplaceable):
        placed(parse("self.exists(index, other == index)"), at, (("other", parse("index")),))


@pytest.mark.parametrize("expression", ["index == size(root.messages) - 1", "index > 0", "root.messages[0] == index"])
def test_the_number_of_an_item_is_not_a_place(expression: str) -> None:
    with pytest.raises(Unplaceable):
        placed(parse(expression), Selector(steps=("messages", "*")))


def test_the_number_of_an_item_is_left_to_the_place_that_it_selects() -> None:
    at = Selector(steps=("messages", "*"))
    assert placed(parse("root.messages[index].role == 'user'"), at) == placed(parse("self.role == 'user'"), at)
    assert placed(parse("index == null"), Selector(steps=("messages",))) == parse("null == null")
