"""Generated validators of contracts made by hand: pointers into what is nested, and constants of patterns."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parlance.compiled import compile_validators
from parlance.contract.ir import (
    Alias,
    Array,
    Constant,
    Definition,
    Enumeration,
    Field,
    Map,
    Named,
    Null,
    Presence,
    Record,
    Tagged,
    Text,
    Type,
    Union,
    UnknownFields,
)
from parlance.contract.references import mentions, types
from parlance.finding.pointer import joined
from parlance.runtime.python.artifact import Artifact
from sample_contracts import contract, field

NAMES = ("a", "key", "item", "a/b", "~", "{0}", "a b", 'q"', "\\", "é")
LAYERS = ("array", "nullable array", "text or array", "map", "nullable map", "text or map", "record", "open record")


def compiled(root: Type, *definitions: Definition) -> Artifact:
    base = contract()
    document = replace(base.artifacts[0], root="Root")
    alias = Alias(name="Root", description="The document.", type=root)
    return compile_validators(replace(base, artifacts=(document,), definitions=(alias, *definitions)))[document.name]


def record(name: str, *fields: Field, extra: Type | None = None) -> Record:
    unknown = UnknownFields.REFUSE if extra is None else UnknownFields.OPEN
    return Record(name=name, description="A record.", fields=fields, unknown=unknown, extra=extra)


def layer(kind: str, inner: Type, key: str, number: int) -> tuple[Type, list[Record]]:
    """A type that has another one inside, and its record."""
    name = f"Layer{number}"
    match kind.split():
        case ["record"]:
            return Named(name), [record(name, field(key, inner), field("other", inner))]
        case ["open", "record"]:
            return Named(name), [record(name, field("known", Text()), extra=inner)]
        case [*first, last]:
            whole = Array(items=inner) if last == "array" else Map(values=inner)
            others = {"nullable": (whole, Null()), "text": (Text(), whole)}
            return Union(others[first[0]]) if first else whole, []
        case _:
            raise AssertionError(kind)


def inside(kind: str, key: str, wrong: object, right: object) -> tuple[object, object]:
    """Values of a layer, the first of which has what is wrong inside."""
    if "array" in kind:
        return [right, wrong, right], [right, right]
    return {"other": right, key: wrong}, {"other": right}


@given(st.lists(st.tuples(st.sampled_from(LAYERS), st.sampled_from(NAMES)), min_size=1, max_size=6), st.booleans())
def test_a_pointer_leads_to_what_is_wrong_however_deep_it_stands(layers: list[tuple[str, str]], plain: bool) -> None:
    shape: Type = Text(max_length=3) if plain else Union((Constant("x"), Null()))
    records: list[Record] = []
    right: object = "x"
    wrong: object = 7
    steps: list[str | int] = []
    for number, (kind, key) in enumerate(layers):
        shape, made = layer(kind, shape, key, number)
        records += made
        wrong, right = inside(kind, key, wrong, right)
        steps.insert(0, 1 if "array" in kind else key)
    artifact = compiled(shape, *records)
    assert [*artifact.check(right)] == []
    assert artifact.is_valid(right)
    assert [violation.pointer for violation in artifact.check(wrong)] == [joined(steps)]
    assert not artifact.is_valid(wrong)


LETTERS = Text(pattern="^[a-z_]+$")
DIGITS = Map(values=Text(), keys=Text(pattern="^[0-9a-f]+$"))
PLACES: dict[str, tuple[Type, list[Definition], object, object]] = {
    "text": (LETTERS, [], "a_b", "A"),
    "item": (Array(items=LETTERS), [], ["a"], ["a", "-"]),
    "value": (Map(values=LETTERS), [], {"K": "a"}, {"k": "K"}),
    "key": (DIGITS, [], {"0f": ""}, {"g": ""}),
    "key of one of two objects": (Union((DIGITS, Map(values=Array(items=Text())))), [], {"0f": ""}, {"g": ""}),
    "option": (Union((LETTERS, Constant("B"))), [], "B", "C"),
    "field": (Named("R"), [record("R", field("f", LETTERS))], {"f": "a"}, {"f": "A"}),
    "extra field": (Named("R"), [record("R", extra=LETTERS)], {"f": "a"}, {"f": "A"}),
    "record of a tag": (
        Tagged("type", (("r", "R"),)),
        [record("R", field("type", Constant("r"), Presence.REQUIRED), field("f", LETTERS))],
        {"type": "r", "f": "a"},
        {"type": "r", "f": "A"},
    ),
    "alias": (Named("A"), [Alias(name="A", description="A word.", type=LETTERS)], "a", "A"),
    "open enumeration": (
        Named("E"),
        [Enumeration(name="E", description="Words.", base=LETTERS, members=(), open=True)],
        "a",
        "A",
    ),
}


@pytest.mark.parametrize("place", PLACES)
def test_characters_have_a_constant_wherever_a_pattern_stands(place: str) -> None:
    shape, definitions, right, wrong = PLACES[place]
    artifact = compiled(shape, *definitions)
    assert [*artifact.check(right)] == []
    assert artifact.is_valid(right)
    assert [*artifact.check(wrong)]
    assert not artifact.is_valid(wrong)


def test_what_a_definition_is_made_of_is_listed_with_what_is_inside() -> None:
    keys, inner = Text(max_length=1), Union((Text(), Tagged("type", (("a", "A"),))))
    whole = Array(items=Map(values=inner, keys=keys))
    made = [whole, whole.items, keys, inner, *inner.options]
    alias = Alias(name="Whole", description="It.", type=whole)
    assert [*types(alias)] == made
    assert [*types(record("R", field("f", whole), extra=Named("B")))] == [*made, Named("B")]
    assert [*mentions(record("R", field("f", whole), extra=Named("B")))] == [("A", "type"), ("B", None)]
    assert [*types(Enumeration(name="E", description="Words.", base=keys, members=()))] == [keys]
