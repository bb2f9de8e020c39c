"""The catalogue of codes: each one is given by the tool, and each fault of structure is found where it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from parlance.compiled import compile_validators
from parlance.contract.ir import (
    Anything,
    Array,
    Contract,
    Direction,
    Enumeration,
    Field,
    Integer,
    Map,
    Member,
    Named,
    Number,
    Presence,
    Record,
    Text,
    Type,
    Union,
    UnknownFields,
)
from parlance.contract.ir import Artifact as Document
from parlance.finding.catalogue import CATALOGUE
from parlance.runtime.python.artifact import Artifact

ROOT = Path(__file__).parent.parent
CODE = re.compile(r"PAR\d{3}")
FIELDS: dict[str, Type] = {
    "kind": Named("Kind"),
    "model": Named("Model"),
    "width": Number(minimum=1, maximum=9, multiple_of=0.5),
    "word": Text(min_length=2, max_length=4, pattern="^[a-z]+$"),
    "list": Array(items=Anything(), min_items=2, max_items=4, unique_items=True),
    "map": Map(values=Integer(), keys=Text(max_length=3), min_properties=1, max_properties=2),
    "either": Union((Named("Left"), Named("Right"))),
}


def record(name: str, *fields: Field, unknown: UnknownFields = UnknownFields.REFUSE) -> Record:
    return Record(name=name, description="A record.", fields=fields, unknown=unknown)


def field(name: str, kind: Type, presence: Presence) -> Field:
    return Field(name=name, type=kind, description="A field.", presence=presence)


def artifact(unknown: UnknownFields) -> Artifact:
    root = record(
        "Root",
        field("must", Integer(), Presence.REQUIRED),
        field("should", Integer(), Presence.EXPECTED),
        *(field(name, kind, Presence.OPTIONAL) for name, kind in FIELDS.items()),
        unknown=unknown,
    )
    kind = Enumeration(
        name="Kind", description="A set.", base=Text(), members=(Member(value="plain", description="A member."),)
    )
    model = Enumeration(
        name="Model",
        description="An open set.",
        base=Text(),
        members=tuple(Member(value=name, description="A model.") for name in ("mars-1.5-mini", "venus-2")),
        open=True,
    )
    sides = (record(side.title(), field(side, Integer(), Presence.REQUIRED)) for side in ("left", "right"))
    document = Document(
        name="document", root="Root", direction=Direction.SENT, media_type="application/json", description="Sent."
    )
    contract = Contract(
        dialect="every-code",
        title="Every code",
        description="Every fault of structure.",
        as_of=date(2024, 1, 1),
        parent=None,
        unknown_fields=unknown,
        sources=(),
        artifacts=(document,),
        definitions=(root, kind, model, *sides),
    )
    return compile_validators(contract)["document"]


REFUSING = artifact(UnknownFields.REFUSE)
FAULTS: dict[str, dict[str, Any]] = {
    "PAR103": {"word": 1},
    "PAR104": {"word": None},
    "PAR105": {"kind": "fancy"},
    "PAR106": {"width": 0.5},
    "PAR107": {"width": 9.5},
    "PAR108": {"width": 1.25},
    "PAR109": {"word": "a"},
    "PAR110": {"word": "aaaaa"},
    "PAR111": {"word": "A1"},
    "PAR112": {"list": [1]},
    "PAR113": {"list": [1, 2, 3, 4, 5]},
    "PAR114": {"list": [{"a": 1}, {"a": 1.0}]},
    "PAR115": {"map": {}},
    "PAR116": {"map": {"a": 1, "b": 2, "c": 3}},
    "PAR118": {"either": {"middle": 1}},
}
"""What must be added to a faultless document, so that the validators find the code at the field that is added."""


@pytest.mark.parametrize("code", FAULTS)
def test_a_wrong_value_is_found_at_its_field(code: str) -> None:
    added = FAULTS[code]
    assert found(REFUSING, {"must": 1, "should": 1, **added}) == [(code, f"/{next(iter(added))}")]


def found(subject: Artifact, value: dict[str, Any]) -> list[tuple[str, str]]:
    return [(violation.code, violation.pointer) for violation in subject.check(value)]


def test_an_absent_an_unknown_and_an_invalid_name_are_found_where_they_are() -> None:
    assert found(REFUSING, {}) == [("PAR101", "/must")], "what is documented only is no second mistake"
    assert found(REFUSING, {"must": 1}) == [("PAR120", "/should")]
    assert found(REFUSING, {"must": 1, "should": 1, "foreign": 1}) == [("PAR102", "/foreign")]
    assert found(REFUSING, {"must": 1, "should": 1, "map": {"long": 1}}) == [("PAR117", "/map/long")]


@pytest.mark.parametrize(
    ("unknown", "codes"),
    [
        (UnknownFields.IGNORE, {"/wodth": "PAR121", "/foreign": "PAR122", "/m": "PAR122"}),
        (UnknownFields.KEEP, {"/wodth": "PAR121"}),
    ],
)
def test_an_unknown_field_is_graded_by_the_policy(unknown: UnknownFields, codes: dict[str, str]) -> None:
    value = {"must": 1, "should": 1, "wodth": 1, "foreign": 1, "m": 1}
    assert {pointer: code for code, pointer in found(artifact(unknown), value)} == codes


@pytest.mark.parametrize(
    ("name", "is_misspelt"),
    [
        ("mars-1.5-mini", False),
        ("mars-1.5-mni", True),
        ("mars-1.5-mimi", True),
        ("amrs-1.5-mini", True),
        ("mars-1.5--mini", True),
        ("Mars-1.5-Mini", True),
        ("venus2", True),
        ("mars-1.6-mini", False),
        ("mars-15-mini", False),
        ("mars-1.5-min-2", False),
        ("mars-1.5-nano", False),
        ("my-venus-2", False),
        ("shop/venus-2", False),
        ("venus-3", False),
        ("v", False),
        ("", False),
    ],
)
def test_a_name_of_ones_own_is_reported_only_where_it_is_almost_a_known_one(name: str, *, is_misspelt: bool) -> None:
    expected = [("PAR123", "/model")] if is_misspelt else []
    assert found(REFUSING, {"must": 1, "should": 1, "model": name}) == expected


def test_every_code_is_given_and_every_code_that_is_given_is_listed() -> None:
    sources = [ROOT / "generator" / "parlance", ROOT / "templates", ROOT / "spec" / "meta.schema.json"]
    given = set(codes(sources, {"catalogue.py"}))
    assert sorted(CATALOGUE.keys() - given) == []
    assert sorted({code for code in given if code[3] in "0169"} - CATALOGUE.keys()) == []


def test_every_code_is_expected_by_a_test() -> None:
    assert sorted(CATALOGUE.keys() - set(codes([ROOT / "tests"], set()))) == []


def codes(places: list[Path], passed_over: set[str]) -> Iterator[str]:
    for place in places:
        for path in [place] if place.is_file() else place.rglob("*.*"):
            if path.suffix in {".py", ".j2", ".json", ".yaml", ".txt"} and path.name not in passed_over:
                yield from CODE.findall(path.read_text("utf-8", "replace"))
