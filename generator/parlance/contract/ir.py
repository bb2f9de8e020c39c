"""The contract: one dialect at one date, flat and closed, ready for any target.

Every named type is a `Definition`; every use of one is a `Named`. A `Type` and a `Definition` are unions of sibling
classes, so that a `match` with `assert_never` makes a new construct a type error wherever it is not handled yet.
Nothing here knows YAML, a file or a target language.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from .scalars import OfOneKind

if TYPE_CHECKING:
    from .rules import CapabilityRow, Rule, Server

__all__ = [
    "Alias",
    "Anything",
    "Array",
    "Artifact",
    "Boolean",
    "Clamped",
    "Constant",
    "Contract",
    "Definition",
    "Deprecation",
    "Direction",
    "Dropped",
    "Enumeration",
    "Evidence",
    "ExchangeFacts",
    "Field",
    "Fold",
    "History",
    "Integer",
    "JsonValue",
    "LeftOut",
    "Map",
    "Mapped",
    "Member",
    "Named",
    "Nothing",
    "Null",
    "Number",
    "Policy",
    "Presence",
    "Record",
    "Refused",
    "Renamed",
    "StreamFacts",
    "Supported",
    "Tagged",
    "Text",
    "Type",
    "Union",
    "UnknownFields",
]

JsonValue = str | int | float | bool | None | list["JsonValue"] | dict[str, "JsonValue"]


class Presence(StrEnum):
    """Whether an object carries a field."""

    REQUIRED = "required"
    """Its absence is an error."""

    EXPECTED = "expected"
    """Documented as always there, and seen missing in real traffic: its absence is a warning."""

    OPTIONAL = "optional"
    """Its absence says nothing."""


class UnknownFields(StrEnum):
    """What happens to a field that a record does not name."""

    REFUSE = "refuse"
    """It is an error."""

    IGNORE = "ignore"
    """The server drops it: a warning."""

    KEEP = "keep"
    """It is passed on: a warning where its name is close to a known one, else nothing."""

    OPEN = "open"
    """The record is meant to hold any field: nothing."""


class Direction(StrEnum):
    """Who sends an artifact."""

    SENT = "sent"
    """The client, to the server."""

    RECEIVED = "received"
    """The server, to the client."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Why the spec says so."""

    source: str
    date: date | None = None
    says: str | None = None
    confidence: str = "A"
    """A: code, a machine's schema or traffic. B: documentation, or a quoted error. C: hearsay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deprecation:
    """Since when something should no longer be used, and what to use in its place."""

    since: date | None = None
    replaced_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What the dates and sources say of a field, a member or a definition."""

    since: date | None = None
    until: date | None = None
    deprecation: Deprecation | None = None
    evidence: tuple[Evidence, ...] = ()


# Types: what a value may be.


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A JSON string. Lengths count code points; `pattern` is ECMA-262, unanchored."""

    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    format: str | None = None
    media_type: str | None = None
    """`application/json` where the text is JSON, which may be malformed."""

    excluded: tuple[str, ...] = ()
    """Texts that are none of these, whatever the rest says."""

    doubtful: frozenset[str] = frozenset()
    """The constraints among these of which nothing says that the dialect's server has them, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Integer:
    """A JSON number without a fraction; `1.0` is one, `true` is not."""

    minimum: int | None = None
    maximum: int | None = None
    exclusive_minimum: int | None = None
    exclusive_maximum: int | None = None
    multiple_of: int | None = None
    format: str | None = None
    lax: bool = False
    """Whether a text that spells one is read as it."""

    doubtful: frozenset[str] = frozenset()
    """The constraints among these of which nothing says that the dialect's server has them, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A finite JSON number."""

    minimum: float | int | None = None
    maximum: float | int | None = None
    exclusive_minimum: float | int | None = None
    exclusive_maximum: float | int | None = None
    multiple_of: float | int | None = None
    lax: bool = False
    """Whether a text that spells one is read as it."""

    doubtful: frozenset[str] = frozenset()
    """The constraints among these of which nothing says that the dialect's server has them, too."""


@dataclass(frozen=True, slots=True)
class Boolean:
    """`true` or `false`."""

    lax: bool = False
    """Whether the texts `true` and `false` are read as them."""


@dataclass(frozen=True, slots=True)
class Null:
    """`null`."""


@dataclass(frozen=True, slots=True)
class Anything:
    """Any JSON value."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No JSON value: the type of a field that the dialect refuses, and of nothing else."""


@dataclass(frozen=True, slots=True, eq=False)
class Constant(OfOneKind[str | int | bool]):
    """Exactly one scalar. `1` equals `1.0`; `true` equals no number."""

    value: str | int | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Array:
    """A JSON array of one type of item."""

    items: Type
    min_items: int | None = None
    max_items: int | None = None
    unique_items: bool = False
    doubtful: frozenset[str] = frozenset()
    """The constraints among these of which nothing says that the dialect's server has them, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """A JSON object whose keys are data."""

    values: Type
    keys: Text | None = None
    min_properties: int | None = None
    max_properties: int | None = None
    doubtful: frozenset[str] = frozenset()
    """The constraints among these of which nothing says that the dialect's server has them, too."""


@dataclass(frozen=True, slots=True)
class Named:
    """A reference to a definition of the same contract."""

    name: str


@dataclass(frozen=True, slots=True)
class Union:
    """Any of several types, at least two, no `Union` and no two equal among them.

    A nullable type is a `Union` whose last option is `Null`. At most one option is a `Tagged`.
    """

    options: tuple[Type, ...]
    unprinted: tuple[Type, ...] = ()
    """The options for which the provider's library has no type, though its server takes them."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """One of several records, distinguished by a constant string in the field `tag`; at some dates there is only one.

    `options` pairs each value of the tag with the name of its record, in the order of the spec. Every record has the
    field, with a type of `Constant`, and requires it unless it is the one of `default`.
    """

    tag: str
    options: tuple[tuple[str, str], ...]
    default: str | None = None
    """The value that is meant where the field is absent; None where it must be there."""

    open: bool = False
    """Whether a record with another tag, or with none, is one of the union, too."""

    others: str | None = None
    """The record that every other one of an open union is; None for any."""

    doubtful: bool = False
    """Whether nothing says that the dialect's server refuses other records."""

    policies: tuple[tuple[str, Policy], ...] = ()
    """What is done with some values of the tag; those that are refused are not among the options."""

    @property
    def refused(self) -> frozenset[str]:
        """The values of the tag that are refused."""
        return frozenset(
            value for value, policy in self.policies if isinstance(policy, Refused) and not policy.is_hearsay
        )


Type = Text | Integer | Number | Boolean | Null | Anything | Nothing | Constant | Array | Map | Named | Union | Tagged


# Policies: what a server does with a field or a value that it knows.


@dataclass(frozen=True, slots=True)
class Supported:
    """It takes every value of the field's type."""


@dataclass(frozen=True, slots=True)
class Refused:
    """It refuses a document that has the field, whatever the value, null included; or that has the value."""

    evidence: tuple[Evidence, ...]
    is_hearsay: bool = False
    """Whether that is a warning only."""

    varies: str | None = None
    """Which servers do what, where the dialect is for several that differ; then it is a warning."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """It takes the field whatever the value, and does nothing with it."""

    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Clamped:
    """It takes every number, and reads one beyond a bound as the bound."""

    least: float | int | None
    most: float | int | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Mapped:
    """It reads some values as others: pairs of both."""

    values: tuple[tuple[Constant, Constant], ...]
    evidence: tuple[Evidence, ...]
    added: tuple[Constant, ...] = ()
    """Those that the field's type takes for no other reason."""


@dataclass(frozen=True, slots=True)
class Renamed:
    """It knows the field by another name."""

    name: str
    evidence: tuple[Evidence, ...]
    is_refused: bool = True
    """Whether a document that has the old name is refused; else the old name is one of no effect."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """It is not among the fields that the dialect names. No contract that is built has it: its record decides."""

    evidence: tuple[Evidence, ...]


Policy = Supported | Refused | Dropped | Clamped | Mapped | Renamed | LeftOut


# Definitions: what has a name.


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """How the pieces of a field that a stream brings are put together."""

    way: str | None = None
    """`first`, `last`, `append` or `drop`; None for what is put together field by field, or as its record says."""

    into: str | None = None
    """The field of the whole that it becomes, if that has another name; empty where its fields become those."""

    by: str | None = None
    """The field by which the items of an array are known again."""

    begins: tuple[tuple[str, ...], ...] = ()
    """Steps in an item: where there is something, a used number may be that of another item."""

    id: tuple[str, ...] = ()
    """Steps in an item to what differs between two of them."""

    json: tuple[str, ...] = ()
    """Steps in an item to JSON text: where that is whole, the item is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One property of a record, by its name on the wire."""

    name: str
    type: Type
    description: str
    presence: Presence
    default: JsonValue = None
    has_default: bool = False
    """Distinguishes a default of null from none."""

    printed: bool = True
    """False for what the dialect's document leaves out and its source has."""

    history: History = History()
    policy: Policy = Supported()
    attested: bool = True
    """Whether anything says of the dialect's own server that it has the field; else that is only inherited."""

    fold: Fold | None = None
    settles: bool = False
    """Whether what it is a field of does not grow any more when a stream has brought it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignField:
    """A field that is known from elsewhere: another interface's, or one that only a client reads."""

    name: str
    what: str
    """What it is, after its name and a comma."""

    advice: str | None = None
    """What to do about it."""

    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A JSON object with known fields, in the order of the spec."""

    name: str
    description: str
    fields: tuple[Field, ...]
    unknown: UnknownFields
    extra: Type | None = None
    """What fields beyond the known ones must be; None for anything."""

    min_properties: int | None = None
    max_properties: int | None = None
    foreign: tuple[ForeignField, ...] = ()
    """Unknown fields that are called by what they are."""

    doubtful: frozenset[str] = frozenset()
    """The constraints among `unknown`, `min_properties` and `max_properties` that nothing attests."""

    history: History = History()
    fold: str | None = None
    """How pieces of fields that do not say it, and of unknown ones, are put together: a `way` of `Fold`."""



@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One value of an enumeration."""

    value: str | int
    description: str
    name: str | None = None
    """The name that its source prints, where it cannot be derived from the value."""

    history: History = History()
    policy: Policy = Supported()
    printed: bool = True
    """Whether the provider's library has it, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enumeration:
    """A set of strings or integers. An open one admits any other value of `base` too."""

    name: str
    description: str
    members: tuple[Member, ...]
    base: Text | Integer
    open: bool = False
    refused: tuple[Member, ...] = ()
    """Values that are known and refused."""

    doubtful: bool = False
    """Whether nothing says that the dialect's server refuses other values."""

    default: JsonValue = None
    has_default: bool = False
    history: History = History()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """A name for a type that is neither a record nor an enumeration."""

    name: str
    description: str
    type: Type
    default: JsonValue = None
    has_default: bool = False
    history: History = History()


Definition = Record | Enumeration | Alias


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamFacts:
    """What the documents of an artifact are pieces of."""

    name: str
    """What it is called where an artifact is named."""

    into: str
    """The artifact that the pieces come to."""

    request: str | None = None
    """The artifact that it answers."""

    field: str | None = None
    """The field of that artifact that asks for a stream."""

    errors: str | None = None
    """The artifact that may come in place of a piece."""

    end: str | None = None
    """The data that comes after the last piece."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeFacts:
    """What the documents of an artifact are the answers of."""

    name: str
    """What the exchange is called where an artifact is named."""

    request: str
    """The artifact that is answered."""

    errors: str | None = None
    """The artifact that comes where the request is refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """A document that goes over the wire, such as `request`, `response` or `chunk`."""

    name: str
    """Lower case, words joined by hyphens."""

    root: str
    """The definition that it must satisfy."""

    direction: Direction
    media_type: str
    """`application/jsonl` where files hold it line by line."""

    description: str
    path: str | None = None
    """The address of its operation below the server's, such as `/chat/completions`."""

    method: str | None = None
    """Lower case, such as `post`."""

    status: str | None = None
    """The HTTP status that an answer comes with; None for a request."""

    embeds: tuple[tuple[tuple[str, ...], str], ...] = ()
    """Steps to a place inside it, and the artifact that stands there."""

    model: tuple[str, ...] | None = None
    """Steps to the name of the model whose capabilities it is held against."""

    variant_of: str | None = None
    """The artifact that it is another form of."""

    dump_order: tuple[str, ...] = ()
    """The first fields of one that an SDK wrote again, with null for every field that did not come."""

    byte_order_mark: bool = False
    """Whether the server reads a text that begins with a byte order mark."""

    stream: StreamFacts | None = None
    """What it is a piece of."""

    exchange: ExchangeFacts | None = None
    """What it is an answer in."""

    @property
    def is_line(self) -> bool:
        """Whether files hold it line by line."""
        return self.media_type == "application/jsonl"


@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True)
class Contract:
    """One dialect at one date."""

    dialect: str
    """Its id, such as `openai-2026-11` or `openai@2025-03-01`."""

    title: str
    description: str
    as_of: date
    parent: str | None
    """The id it extends; None for the base."""

    unknown_fields: UnknownFields
    sources: tuple[Evidence, ...]
    artifacts: tuple[Artifact, ...]
    definitions: tuple[Definition, ...]
    """In the order of the spec; only what an artifact reaches."""

    released: date | None = None
    """Its own day, where that is another than the base's."""

    undecided: frozenset[str] = frozenset()
    """The records that leave it to the dialect what becomes of unknown fields."""

    severities: tuple[tuple[str, str], ...] = ()
    """Pairs of a code of the tool's own and the severity that this dialect gives it, which may be `off`; rules have
    theirs."""

    family: str = ""
    """The dialects of one server, which share their rules."""

    answers: tuple[tuple[str, Server], ...] = ()
    """Pairs of a code of the tool's own and what the server answers to its faults; with an empty code, to any."""

    rules: tuple[Rule, ...] = ()
    """What no schema can say, in the order of the spec; those of one code stand together."""

    capabilities: tuple[CapabilityRow, ...] = ()
    """What models do with fields, in the order of the spec."""

    @property
    def day(self) -> date:
        """The day of what it says: its own, else the base's."""
        return self.released or self.as_of
