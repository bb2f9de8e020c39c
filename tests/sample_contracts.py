"""Contracts made by hand: one that uses every construct, and one whose every text is hostile."""

from __future__ import annotations

from datetime import date

from parlance.contract.ir import (
    Alias,
    Anything,
    Array,
    Artifact,
    Boolean,
    Constant,
    Contract,
    Deprecation,
    Direction,
    Enumeration,
    Evidence,
    Field,
    History,
    Integer,
    Map,
    Member,
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

HOSTILE = 'a "quote\' back\\slash """ {{ x }} #} {% endraw %} | `tick <b>&amp;\n\n\x00\x1b\u202e\ud800 é漢 end\\"'


def field(name: str, kind: Type, presence: Presence = Presence.OPTIONAL, text: str = "What it is.") -> Field:
    return Field(name=name, type=kind, description=text, presence=presence)


def contract(dialect: str = "shop-2024-01", title: str = "Shop", text: str = "Orders and parcels.") -> Contract:
    """Every construct of the contract, each in a likely place."""
    nullable = Union((Text(min_length=1, max_length=64, pattern="^[a-z]+$"), Null()))
    carrier = Enumeration(
        name="CarrierEnum",
        description=text,
        base=Text(),
        members=(
            Member(value="post", description=text),
            Member(value="pick-up", description=text, history=History(since=date(2024, 1, 2))),
        ),
    )
    speed = Enumeration(
        name="SpeedEnum",
        description=text,
        base=Integer(minimum=0, maximum=9),
        members=(Member(value=1, description=text), Member(value=2, description=text)),
        default=1,
        has_default=True,
    )
    tier = Enumeration(
        name="TierEnum",
        description=text,
        base=Text(max_length=8),
        members=(Member(value="gold", description=text),),
        open=True,
    )
    box = Record(
        name="Box",
        description=text,
        unknown=UnknownFields.REFUSE,
        fields=(
            field("type", Constant("box"), Presence.REQUIRED, text),
            field("weight", Number(exclusive_minimum=0, maximum=30.5), Presence.REQUIRED, text),
            field("boxes", Array(items=Named("Parcel"), min_items=1, max_items=3), text=text),
        ),
    )
    letter = Record(
        name="Letter",
        description=text,
        unknown=UnknownFields.KEEP,
        fields=(
            field("type", Constant("letter"), Presence.REQUIRED, text),
            field("pages", Integer(minimum=1, multiple_of=2), Presence.EXPECTED, text),
            field("class", Boolean(), text=text),
            field("x-mark", Union((Text(), Array(items=Text(), unique_items=True), Null())), text=text),
        ),
    )
    order = Record(
        name="Order",
        description=text,
        unknown=UnknownFields.IGNORE,
        min_properties=1,
        fields=(
            field("carrier", Named("CarrierEnum"), Presence.REQUIRED, text),
            field("speed", Union((Named("SpeedEnum"), Null())), text=text),
            field("tier", Named("TierEnum"), text=text),
            field("parcel", Named("Parcel"), text=text),
            Field(
                name="note",
                type=nullable,
                description=text,
                presence=Presence.OPTIONAL,
                default=None,
                has_default=True,
                history=History(
                    since=date(2024, 1, 2),
                    deprecation=Deprecation(since=date(2024, 2, 3), replaced_by=("tags",)),
                    evidence=(Evidence(source=text, date=date(2024, 1, 2), says=text),),
                ),
            ),
            field("tags", Map(values=Text(max_length=5), keys=Text(max_length=3), max_properties=2), text=text),
            field("extra", Anything(), text=text),
            field("json", Named("Json"), text=text),
        ),
    )
    open_record = Record(
        name="Open", description=text, unknown=UnknownFields.OPEN, extra=Integer(), fields=(), max_properties=2
    )
    json = Alias(
        name="Json",
        description=text,
        type=Union((Text(), Number(), Boolean(), Array(items=Named("Json")), Map(values=Named("Json")), Null())),
    )
    parcel = Alias(name="Parcel", description=text, type=Tagged("type", (("box", "Box"), ("letter", "Letter"))))
    return Contract(
        dialect=dialect,
        title=title,
        description=text,
        as_of=date(2024, 1, 2),
        parent="shop",
        unknown_fields=UnknownFields.IGNORE,
        sources=(Evidence(source=text),),
        artifacts=(
            Artifact(
                name="order",
                root="Order",
                direction=Direction.SENT,
                media_type="application/json",
                description=text,
                path="/orders",
                method="post",
            ),
            Artifact(
                name="parcel-list",
                root="ParcelList",
                direction=Direction.RECEIVED,
                media_type="application/json",
                description=text,
                path="/orders",
                method="post",
                status="200",
            ),
        ),
        definitions=(
            carrier,
            speed,
            tier,
            box,
            letter,
            order,
            open_record,
            json,
            parcel,
            Alias(
                name="ParcelList",
                description=text,
                type=Array(items=Union((Named("Parcel"), Named("Open")))),
                default=[],
                has_default=True,
            ),
        ),
    )


def hostile_contract() -> Contract:
    """The same with a hostile text in every place that takes text, and with names that are no identifiers."""
    base = contract(title=HOSTILE, text=HOSTILE)
    names = ("class", "__x", "model_config", "str", "x y", "", '"', "\\", "\n", "é", "{{", "json", "a-b", "a_b", "Bad")
    values = ("", '"', "\\", "\n", "é", "漢", "a-b", "a_b", "mro", "None", "{{ x }}", "1", "-1", '"""')
    bad = Record(
        name="Bad",
        description=HOSTILE,
        unknown=UnknownFields.KEEP,
        fields=tuple(field(name, Named("Words"), Presence.REQUIRED, HOSTILE) for name in names),
    )
    words = Enumeration(
        name="Words",
        description=HOSTILE,
        base=Text(),
        members=tuple(Member(value=value, description=HOSTILE) for value in values),
    )
    artifact = Artifact(
        name="bad", root="Bad", direction=Direction.SENT, media_type="application/json", description=HOSTILE
    )
    return Contract(
        dialect="hostile",
        title=HOSTILE,
        description=HOSTILE,
        as_of=base.as_of,
        parent=HOSTILE,
        unknown_fields=base.unknown_fields,
        sources=base.sources,
        artifacts=(*base.artifacts, artifact),
        definitions=(*base.definitions, bad, words),
    )
