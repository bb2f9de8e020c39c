"""A document of the default dialect is recognised by its fields, whole or broken."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
import shipped
from parlance.check.detection import detect, form
from parlance.check.dialect import Dialect, generated_dialect
from parlance.finding.pointer import tokens
from parlance.finding.shape import is_array, is_object
from parlance.folders import spec_folder

DIALECT = generated_dialect()
EXAMPLES = [path for path in sorted((spec_folder() / "examples").glob("*.json")) if path.stem != "wrong-request"]
USER = {"role": "user", "content": "Hello"}
TOOL = {"type": "function", "function": {"name": "weather"}}
MODEL = {"role": "assistant", "content": "Ahoy"}
REFUSED = {"status_code": 400, "body": {"error": {"message": "No"}}}
NEAR: list[tuple[str | None, dict[str, Any]]] = [
    ("request", {"messages": [USER]}),
    ("request", {"messages": []}),
    ("request", {"messages": [USER, MODEL], "model": "gpt-4o"}),
    ("request", {"messages": [USER, MODEL], "stream": True}),
    ("request", {"message": [USER], "model": "gpt-4o"}),
    ("request", {"messages": [USER, MODEL]}),
    ("request", {"messages": [USER, MODEL], "tools": []}),
    ("fine-tune", {"messages": [USER, {**MODEL, "weight": 0}]}),
    ("batch", {"custom_id": "a", "body": {}}),
    ("batch-output", {"custom_id": "a", "response": {"status_code": 200, "body": {}}, "error": None}),
    ("batch-error", {"custom_id": "a", "response": REFUSED, "error": None}),
    ("batch-error", {"custom_id": "a", "response": None, "error": {"code": "batch_expired"}}),
    (None, {"colour": "red"}),
    (None, {}),
]
LINES: list[tuple[str | None, dict[str, Any]]] = [
    ("fine-tune", {"messages": [USER, MODEL]}),
    ("fine-tune", {"messages": [USER, MODEL], "tools": []}),
    ("request", {"messages": [USER]}),
    ("request", {"messages": [USER, MODEL], "stream": True}),
    ("request", {"messages": [USER, MODEL], "model": "gpt-4.1"}),
    ("fine-tune-reinforcement", {"messages": [USER], "answer": "51"}),
    ("fine-tune-reinforcement", {"messages": [USER], "tools": [TOOL], "reference_answer": {"city": "Oslo"}}),
    ("request", {"messages": [USER], "model": "gpt-4.1", "answer": "51"}),
    ("request", {"messages": [USER], "temperature": 1, "anser": "51"}),
    ("fine-tune", {"messages": [USER, MODEL], "answer": "51"}),
]


def _detected(value: object, *, is_line: bool = False, dialect: Dialect = DIALECT) -> str | None:
    artifact = detect(value, dialect, is_line=is_line)
    return None if artifact is None else artifact.name


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_what_its_name_says(path: Path) -> None:
    value = json.loads(path.read_bytes())
    dialects = [DIALECT, *(generated_dialect(each) for each in sorted(shipped.contracts()))]
    named = max((each for one in dialects for each in one.artifacts if path.stem.startswith(each)), key=len)
    homes = [each for each in dialects if named in each.artifacts and each.artifacts[named].is_valid(value)]
    if DIALECT in homes:  # others than the default one may take it for something else, or for nothing
        homes = [DIALECT]
    assert named in {_named(value, home, home.artifacts[named].variant_of) for home in homes}


def _named(value: object, dialect: Dialect, whole: str | None) -> str | None:
    if whole is not None:
        return form(value, dialect, whole).name
    artifact = detect(value, dialect)
    return None if artifact is None else artifact.name


@pytest.mark.parametrize(
    ("named", "value"),
    [
        ("fine-tune", {"messages": [USER, MODEL]}),
        ("fine-tune", {"messages": [USER], "tools": [TOOL]}),
        ("fine-tune", {"messages": [USER], "model": "gpt-4.1"}),
        ("fine-tune-reinforcement", {"messages": [USER], "answer": "51"}),
        ("fine-tune-preference", {"input": {"messages": [USER]}, "preferred_output": [MODEL]}),
        (
            "fine-tune-preference",
            {"input": {"messages": [USER]}, "preferred_output": [MODEL], "non_preferred_output": [MODEL]},
        ),
    ],
)
def test_training_data_is_of_the_form_that_it_has(named: str, value: dict[str, Any]) -> None:
    assert form(value, DIALECT, "fine-tune", is_line=True).name == named


@pytest.mark.parametrize(("name", "value"), NEAR, ids=[json.dumps(value)[:60] for _, value in NEAR])
def test_what_is_broken_is_distinguished_from_its_siblings(name: str | None, value: dict[str, Any]) -> None:
    assert _detected(value) == name


@pytest.mark.parametrize(("name", "value"), LINES, ids=[json.dumps(value)[:60] for _, value in LINES])
def test_a_line_may_be_what_no_document_alone_is(name: str | None, value: dict[str, Any]) -> None:
    assert _detected(value, is_line=True) == name


def test_a_line_is_what_is_made_for_lines_where_a_request_needs_no_more() -> None:
    azure = generated_dialect("azure-v1")
    assert _detected({"messages": [USER, MODEL]}, is_line=True, dialect=azure) == "fine-tune"
    assert _detected({"messages": [USER]}, is_line=True, dialect=azure) == "request"
    assert _detected({"messages": [USER, MODEL]}, dialect=azure) == "request"


@pytest.mark.parametrize("times", [1, 5, 50])
def test_a_mistake_made_many_times_makes_no_other_artifact(times: int) -> None:
    """Every example of a fault that is recognised is recognised as well with that fault in many items of an array."""
    lost: list[str] = []
    count = 0
    for code, artifact, at, document in _examples():
        if _detected(document) == artifact and (grown := _multiplied(document, at, times)) is not None:
            count += 1
            if (found := _detected(grown)) != artifact:
                lost.append(f"{code} at {at}: {found}, not {artifact}")
    assert not lost
    assert count > 60


def _examples() -> Iterator[tuple[str, str, str, Any]]:
    for rule in shipped.spec().rules:
        if rule["artifact"] in DIALECT.artifacts and not rule.get("explains"):
            for example in rule["examples"]["bad"]:
                document = example.get("document")
                if is_object(document):
                    yield str(rule["code"]), str(rule["artifact"]), str(example["at"]), _plain(document)


def _plain(value: object) -> Any:
    return json.loads(json.dumps(value))


def _multiplied(document: dict[str, Any], at: str, times: int) -> dict[str, Any] | None:
    """The document with the items of the innermost array on the way to *at* given so many times; None without one."""
    grown = _plain(document)
    node, array = grown, cast("list[Any] | None", None)
    for step in tokens(at):
        fields: dict[str, Any] = node if is_object(node) else {}
        if is_array(node):
            array, fields = node, {str(index): item for index, item in enumerate(node)}
        if step not in fields:
            break
        node = fields[step]
    if array is None:
        return None
    array[:] = array * times
    return grown  # type: ignore[no-any-return]
