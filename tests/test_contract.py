"""Schemas to contracts: what each construct of the spec language becomes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from parlance.contract.build import build_contract
from parlance.contract.ir import (
    Alias,
    Anything,
    Array,
    Artifact,
    Boolean,
    Constant,
    Contract,
    Definition,
    Deprecation,
    Direction,
    Enumeration,
    Evidence,
    Field,
    History,
    Integer,
    Map,
    Named,
    Null,
    Number,
    Presence,
    Record,
    Tagged,
    Text,
    Type,
    Union,
    UnknownFields,
)
from parlance.spec import load_spec, resolve

CASES = Path(__file__).parent / "cases" / "spec"
SCHEMAS = """
Text: {description: A text., type: string, default: x}
Same: {description: The same., $ref: '#/Text'}
Word: {description: A word., type: string, oneOf: [{const: a, description: The first.}]}
Cat:
  description: A cat.
  type: object
  required: [kind]
  properties: {kind: {const: cat, description: Says so.}, other: {const: x, description: Says nothing.}}
Dog:
  description: A dog.
  type: object
  required: [kind]
  properties: {kind: {const: dog, description: Says so.}, other: {const: y, description: Says nothing.}}
OtherDog: {description: A dog by another name., $ref: '#/Dog'}
Stone: {description: A stone., type: object, properties: {}}
"""
ENTRY = """
openapi: 3.1.0
info: {title: Test, version: '1', description: A test., x-id: test, x-as-of: 2025-01-01}
paths:
  /x:
    post:
      requestBody: {content: {application/json: {x-artifact: request, schema: {$ref: 'schemas/x.yaml#/Root'}}}}
      responses: {'200': {description: Done.}}
"""


def built(folder: Path, schemas: str, entry: str = ENTRY, name: str = "test") -> Contract:
    (folder / "schemas").mkdir()
    (folder / "openapi.yaml").write_text(entry, "utf-8")
    (folder / "schemas" / "x.yaml").write_text(schemas, "utf-8")
    return build_contract(resolve(load_spec(folder), name))


def full(name: str = "observatory") -> Contract:
    return build_contract(resolve(load_spec(CASES / "foreign-full"), name))


def definition(contract: Contract, name: str) -> Definition:
    return next(found for found in contract.definitions if found.name == name)


def record(contract: Contract, name: str) -> Record:
    found = definition(contract, name)
    assert isinstance(found, Record)
    return found


def field(contract: Contract, name: str, of: str) -> Field:
    return next(found for found in record(contract, of).fields if found.name == name)


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ("type: string, minLength: 1, maxLength: 2", Text(min_length=1, max_length=2)),
        ("type: string, pattern: a, format: f", Text(pattern="a", format="f")),
        ("type: integer, minimum: 1, multipleOf: 2, format: f", Integer(minimum=1, multiple_of=2, format="f")),
        ("type: number, exclusiveMinimum: 0.5, maximum: 1", Number(exclusive_minimum=0.5, maximum=1)),
        ("type: boolean", Boolean()),
        ("type: 'null'", Null()),
        ("type: [boolean, 'null']", Union((Boolean(), Null()))),
        ("", Anything()),
        ("const: 1", Constant(1)),
        ("$ref: '#/Text'", Named("Text")),
        ("type: array, items: {}, maxItems: 1", Array(items=Anything(), max_items=1)),
        ("type: array, items: {}, uniqueItems: true", Array(items=Anything(), unique_items=True)),
        ("type: object", Map(values=Anything())),
        ("type: object, additionalProperties: true", Map(values=Anything())),
        (
            "type: object, additionalProperties: {type: string}, propertyNames: {maxLength: 3}, maxProperties: 2",
            Map(values=Text(), keys=Text(max_length=3), max_properties=2),
        ),
        ("anyOf: [{type: string}]", Text()),
        ("anyOf: [{type: string}, {type: string}]", Text()),
        ("anyOf: [{type: 'null'}, {type: string}, {type: [integer, 'null']}]", Union((Text(), Integer(), Null()))),
        ("anyOf: [{type: string}, {anyOf: [{const: 1}, {type: boolean}]}]", Union((Text(), Constant(1), Boolean()))),
        ("anyOf: [{type: string}, {}]", Anything()),
        ("anyOf: [{const: 1}, {const: true}]", Union((Constant(1), Constant(True)))),
        (
            "oneOf: [{$ref: '#/Dog'}, {$ref: '#/Cat'}], discriminator: {propertyName: kind}",
            Tagged("kind", (("dog", "Dog"), ("cat", "Cat"))),
        ),
        (
            "oneOf: [{$ref: '#/OtherDog'}, {$ref: '#/Cat'}], discriminator: {propertyName: kind}",
            Tagged("kind", (("dog", "Dog"), ("cat", "Cat"))),
        ),
        ("oneOf: [{$ref: '#/Dog'}], discriminator: {propertyName: kind}", Tagged("kind", (("dog", "Dog"),))),
        ("anyOf: [{$ref: '#/Dog'}, {$ref: '#/Cat'}]", Tagged("kind", (("dog", "Dog"), ("cat", "Cat")))),
        (
            "anyOf: [{type: string}, {$ref: '#/Cat'}, {$ref: '#/Word'}, {$ref: '#/Dog'}, {type: 'null'}]",
            Union((Text(), Tagged("kind", (("cat", "Cat"), ("dog", "Dog"))), Named("Word"), Null())),
        ),
        ("anyOf: [{type: string}, {$ref: '#/Cat'}]", Union((Text(), Named("Cat")))),
        (
            "anyOf: [{$ref: '#/Stone'}, {$ref: '#/Cat'}, {$ref: '#/Dog'}]",
            Union((Named("Stone"), Named("Cat"), Named("Dog"))),
        ),
    ],
)  # fmt: skip
def test_a_schema_becomes_a_type(tmp_path: Path, schema: str, expected: Type) -> None:
    body = f"{schema}, " if schema else ""
    root = f"Root: {{description: A root., type: object, properties: {{it: {{{body}description: It.}}}}}}"
    assert field(built(tmp_path, SCHEMAS + root), "it", of="Root").type == expected


def test_an_alias_may_be_the_root(tmp_path: Path) -> None:
    contract = built(tmp_path, SCHEMAS + "Root: {description: A root., $ref: '#/Same'}")
    assert contract.definitions == (
        Alias(name="Text", description="A text.", type=Text(), default="x", has_default=True),
        Alias(name="Same", description="The same.", type=Named("Text")),
        Alias(name="Root", description="A root.", type=Named("Same")),
    )


def test_fields_of_mixins_come_last_and_mixins_vanish() -> None:
    contract = full()
    request = record(contract, "ObservationRequest")
    names = [item.name for item in request.fields]
    assert (names[0], names[-2:]) == ("target", ["signature", "number"])
    assert {"Signed", "Counted"}.isdisjoint(item.name for item in contract.definitions)


def test_presence_default_and_description_of_fields() -> None:
    contract = full()
    of = "ObservationRequest"
    assert field(contract, "signature", of).presence is Presence.REQUIRED
    assert field(contract, "observer", of).presence is Presence.EXPECTED
    assert field(contract, "gain", of).presence is Presence.OPTIONAL
    assert (field(contract, "repeat", of).default, field(contract, "repeat", of).has_default) == (None, True)
    assert field(contract, "gain", of).has_default is False
    assert field(contract, "plan", of).description == "What to do, as a tree of steps."
    assert (field(contract, "secret", of).printed, field(contract, "gain", of).printed) == (False, True)


def test_history_of_a_field() -> None:
    assert field(full(), "follow", "ObservationRequest").history == History(
        deprecation=Deprecation(since=date(2022, 1, 1), replaced_by=("mode",)),
        evidence=(
            Evidence(source="the handbook, first edition"),
            Evidence(source="a letter", date=date(2021, 12, 24), says="follow will go"),
        ),
    )
    early = field(full("observatory@2021-12-31"), "follow", "ObservationRequest").history
    assert early.deprecation is None


def test_history_of_members_and_definitions() -> None:
    contract = full("southern-2023")
    filters = definition(contract, "Filter")
    assert isinstance(filters, Enumeration)
    assert filters.members[-1].history.evidence == (Evidence(source="a visit"),)
    assert Evidence(source="a visit", says="the glass is missing") in filters.history.evidence
    clouds = definition(full(), "Clouds").history.deprecation
    assert clouds == Deprecation(since=date(2025, 2, 2), replaced_by=("Breakage",))


def test_an_enumeration_of_integers() -> None:
    priority = definition(full(), "Priority")
    assert isinstance(priority, Enumeration)
    assert [(member.value, member.name) for member in priority.members] == [(0, "someday"), (5, "soon"), (10, "class")]
    assert (priority.base, priority.open, priority.default) == (Integer(minimum=0, maximum=10), True, 5)


def test_what_becomes_of_unknown_fields() -> None:
    contract = full("southern-2023")
    expected = {
        "ObservationRequest": UnknownFields.OPEN,  # the overlay says so
        "PlanetTarget": UnknownFields.REFUSE,  # silent, only sent, and the dialect refuses
        "Note": UnknownFields.OPEN,  # a schema says what they are
        "RandomChoice": UnknownFields.OPEN,
        "Coordinates": UnknownFields.REFUSE,
        "Frame": UnknownFields.KEEP,  # silent and received
        "Tree": UnknownFields.KEEP,
    }
    found = {item.name: item.unknown for item in contract.definitions if isinstance(item, Record)}
    assert {name: found.get(name) for name in expected} == expected
    assert record(contract, "Note").extra == Text()
    assert record(full(), "PlanetTarget").unknown is UnknownFields.IGNORE


def test_artifacts_in_the_order_of_the_spec() -> None:
    artifacts = full().artifacts
    assert [(item.name, item.direction, item.media_type) for item in artifacts][:4] == [
        ("observation-request", Direction.SENT, "application/json"),
        ("observation", Direction.RECEIVED, "application/json"),
        ("frame", Direction.RECEIVED, "text/event-stream"),
        ("problem", Direction.RECEIVED, "application/problem+json"),
    ]
    assert all(isinstance(item, Artifact) and item.description for item in artifacts)


def test_only_what_an_artifact_reaches_is_kept_in_the_order_of_the_spec(tmp_path: Path) -> None:
    root = "Root: {description: A root., type: object, properties: {it: {$ref: '#/Cat'}}}"
    assert [item.name for item in built(tmp_path, SCHEMAS + root).definitions] == ["Cat", "Root"]


def test_the_header(tmp_path: Path) -> None:
    contract = full("southern-2023")
    assert (contract.dialect, contract.parent, contract.as_of) == ("southern-2023", "observatory", date(2023, 6, 30))
    assert contract.severities == (("PAR120", "info"),)
    assert contract.sources[1] == Evidence(source="a visit")
    assert built(tmp_path, "Root: {description: A root.}").unknown_fields is UnknownFields.REFUSE


def test_the_same_spec_gives_the_same_contract() -> None:
    assert full() == full()
    assert replace(full("observatory-2025"), dialect="x") == replace(full(), dialect="x")
