"""What changed between two contracts, said in the spec's terms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from parlance.contract.ir import (
    Alias,
    Array,
    Contract,
    Deprecation,
    Enumeration,
    Field,
    History,
    Integer,
    Member,
    Named,
    Null,
    Number,
    Presence,
    Record,
    Tagged,
    Text,
    Union,
    UnknownFields,
)
from parlance.evolve import differences
from parlance.targets.contract_json import as_json
from sample_contracts import contract


def plain(one: Contract) -> dict[str, Any]:
    document = as_json(one)
    assert isinstance(document, dict)
    return document


def with_field(**changes: Any) -> Contract:
    """The sample with another `Order.note`."""
    return with_definition(
        "Order",
        lambda order: replace(
            order,
            fields=tuple(replace(each, **changes) if each.name == "note" else each for each in order.fields),
        ),
    )


def with_definition(name: str, change: Callable[[Any], Any]) -> Contract:
    sample = contract()
    return replace(
        sample, definitions=tuple(change(each) if each.name == name else each for each in sample.definitions)
    )


def gained(order: Record) -> Record:
    field = Field(name="gift", type=Text(), description="A gift.", presence=Presence.OPTIONAL)
    return replace(order, fields=(*order.fields, field))


def with_member(carrier: Enumeration) -> Enumeration:
    return replace(carrier, members=(*carrier.members, Member(value="drone", description="It flies.")))


NOTE = Text(min_length=1, max_length=64, pattern="^[a-z]+$")
DEPRECATED = History(deprecation=Deprecation(since=date(2024, 3, 4), replaced_by=("a", "b")))

CASES: list[tuple[Contract, list[str]]] = [
    (contract(), []),
    (with_definition("Order", gained), ["Order gains gift"]),
    (with_definition("Order", lambda one: replace(one, fields=one.fields[1:])), ["Order loses carrier"]),
    (
        with_definition("Order", lambda one: replace(one, fields=one.fields[::-1])),
        ["Order: the fields are in another order"],
    ),
    (with_definition("CarrierEnum", with_member), ["CarrierEnum gains 'drone'"]),
    (
        with_definition("CarrierEnum", lambda one: replace(one, members=one.members[1:])),
        ["CarrierEnum loses 'post'"],
    ),
    (with_definition("CarrierEnum", lambda one: replace(one, open=True)), ["CarrierEnum becomes open"]),
    (with_definition("TierEnum", lambda one: replace(one, open=False)), ["TierEnum becomes closed"]),
    (
        with_field(type=Union((replace(NOTE, max_length=8), Null()))),
        ["Order.note: max length 64 becomes 8"],
    ),
    (with_field(type=NOTE), ["Order.note no longer accepts null"]),
    (with_field(type=Union((Number(), Null()))), ["Order.note: string or null becomes number or null"]),
    (with_field(presence=Presence.REQUIRED), ["Order.note: presence optional becomes required"]),
    (with_field(default=""), ["Order.note: default becomes ''"]),
    (
        with_field(history=replace(History(), since=date(2024, 1, 2))),
        ["Order.note is no longer deprecated", "Order.note: other evidence"],
    ),
    (with_field(description="Else."), ["Order.note is described in other words"]),
    (
        with_definition("Box", lambda one: replace(one, unknown=UnknownFields.OPEN)),
        ["Box: unknown refuse becomes open"],
    ),
    (
        with_definition("Box", lambda one: replace(one, history=DEPRECATED)),
        ["Box is deprecated since 2024-03-04: use a or b"],
    ),
    (
        with_definition("ParcelList", lambda one: replace(one, type=Array(items=Named("Parcel"), max_items=3))),
        ["ParcelList: max items becomes 3", "ParcelList, each item: Parcel or Open becomes Parcel"],
    ),
    (
        with_definition("Parcel", lambda one: replace(one, type=Tagged("type", (("box", "Box"), ("sack", "Open"))))),
        ["Parcel loses type 'letter'", "Parcel gains type 'sack'"],
    ),
    (
        with_definition(
            "Parcel", lambda _: Record(name="Parcel", description="", fields=(), unknown=UnknownFields.KEEP)
        ),
        ["Parcel: alias becomes record"],
    ),
    (
        replace(contract(), definitions=(*contract().definitions, Alias(name="Extra", description="", type=Integer()))),
        ["Extra is new"],
    ),
    (replace(contract(), definitions=contract().definitions[:-1]), ["ParcelList is gone"]),
    (replace(contract(), as_of=date(2025, 1, 1)), ["shop-2024-01: as of 2024-01-02 becomes 2025-01-01"]),
    (replace(contract(), severities=(("PAR1", "info"),)), ["shop-2024-01: other severities"]),
]


@pytest.mark.parametrize(("after", "expected"), CASES)
def test_each_change_has_a_sentence(after: Contract, expected: list[str]) -> None:
    assert list(differences(plain(contract()), plain(after))) == expected


def test_nothing_changes_without_a_sentence() -> None:
    for after, expected in CASES:
        assert (plain(after) == plain(contract())) == (not expected)
        assert bool(list(differences(plain(after), plain(contract())))) == bool(expected)
