"""What is done with a document, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from .types import Table
from .values import Constant, Pointer, Value, Variable

__all__ = [
    "Add",
    "AddAll",
    "AddKey",
    "AddViolation",
    "Assign",
    "At",
    "Body",
    "Call",
    "CheckKeywords",
    "CheckSequence",
    "CheckValue",
    "CloseId",
    "Counter",
    "Each",
    "EachByName",
    "EachField",
    "EachItem",
    "EachSchema",
    "Edit",
    "Evaluate",
    "Gather",
    "Gathered",
    "If",
    "Increment",
    "Let",
    "OpenIds",
    "Report",
    "ReportPairs",
    "Return",
    "Routine",
    "Statement",
]


_ONE = Constant(1)


@dataclass(frozen=True, slots=True)
class Each:
    """For each item of an array with its index, or each value of an object with its key as a token of a pointer."""

    of: Value
    token: str
    item: str
    body: Body = ()


@dataclass(frozen=True, slots=True)
class EachItem:
    """For each item of what is known to be an array, its index, the item, or both."""

    of: Value
    index: str | None
    item: str | None
    body: Body = ()
    first: int = 0
    """How many items are left out before."""


@dataclass(frozen=True, slots=True)
class EachField:
    """For each key, each value, or both, of what is known to be an object."""

    of: Value
    key: str | None
    item: str | None
    body: Body = ()


@dataclass(frozen=True, slots=True)
class EachByName:
    """For each property of an object the routine that a table has for its name, which says whether the value is good.

    Returns false where one is not.
    """

    of: Value
    key: str
    item: str
    routine: str
    """The variable that holds the routine."""

    table: Table
    others: Body = ()
    """What is done with properties whose names the table does not have."""


@dataclass(frozen=True, slots=True)
class EachSchema:
    """For a schema and every schema in it, with its level: how many objects' schemas are around it."""

    of: Value
    schema: str
    path: str | None
    """Its pointer from the first, if that is asked for."""

    level: str
    body: Body = ()
    keywords: str | None = None
    """The code of a rule, in a gate: if it may report the value of a keyword, the document is looked at."""

    plain: tuple[str, ...] = ()
    """Types in JSON Schema: what has one of them, at most a description besides, and good keywords may be left out."""


@dataclass(frozen=True, slots=True)
class At:
    """Where a value is not null, with a name for it."""

    value: Value
    name: str
    body: Body = ()


@dataclass(frozen=True, slots=True)
class If:
    """Where a condition holds, and where it does not."""

    test: Value
    body: Body = ()
    otherwise: Body = ()


@dataclass(frozen=True, slots=True)
class Let:
    """A name for a value, from here to the end of the body."""

    name: str
    value: Value


Gathered: TypeAlias = Literal["value", "values", "keys", "ids", "sum", "pairs", "symbols", "edits", "evaluated"]
"""What a variable gathers: one value, which is null at first; values in a row; keys, each of which is `Seen` from then
on; ids that are open, each once; a sum; for pairs, rows of a pointer, its index, the ids that it opens, whether it
closes one, and which; for symbols, rows of a pointer and a symbol; edits; or keys and indexes that are evaluated."""


@dataclass(frozen=True, slots=True)
class Gather:
    """A variable that has nothing yet."""

    name: str
    kind: Gathered


@dataclass(frozen=True, slots=True)
class Add:
    """One more value, or a row of several, for a variable that gathers them."""

    to: Variable
    row: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class AddKey:
    """One more key for a variable that gathers them."""

    to: Variable
    key: Value


@dataclass(frozen=True, slots=True)
class AddAll:
    """The keys of an object, the items of an array, or `Indexes`, for a variable that gathers what is evaluated."""

    to: Variable
    values: Value


@dataclass(frozen=True, slots=True)
class Evaluate:
    """A condition that is asked because of what it gathers."""

    test: Value


@dataclass(frozen=True, slots=True)
class Assign:
    """Another value for a variable that gathers one."""

    to: Variable
    value: Value


@dataclass(frozen=True, slots=True)
class Report:
    """A case of the rule, and the values for the placeholders of its message."""

    pointer: Pointer
    values: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class AddViolation:
    """A keyword of a schema, at a place in that, which a value does not satisfy; and the message."""

    pointer: Pointer
    keyword: str
    place: str
    message: Value


@dataclass(frozen=True, slots=True)
class ReportPairs:
    """A case of the rule for each fault of one kind that a routine finds, which is run once for all rules that ask."""

    routine: Routine
    kind: str


@dataclass(frozen=True, slots=True)
class CheckSequence:
    """Cases of the rule where gathered symbols do not follow each other as they may."""

    symbols: Variable
    first: tuple[str, ...] | None
    last: tuple[str, ...] | None
    following: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class CheckKeywords:
    """Cases of the rule where keywords of a schema, or of one in it, have values of a wrong kind."""

    schema: Value
    pointer: Pointer


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of the document: one more edit for a variable that gathers them."""

    to: Variable
    operation: str
    pointer: Pointer
    name: str | None = None
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class Counter:
    """A variable that counts, and where it starts."""

    name: str
    start: int


@dataclass(frozen=True, slots=True)
class Increment:
    """One more, or so many."""

    counter: Variable
    by: Value = _ONE


@dataclass(frozen=True, slots=True)
class OpenIds:
    """The `Items` of a value are the ids that are open from now on."""

    ids: Variable
    of: Value


@dataclass(frozen=True, slots=True)
class CloseId:
    """An id is open no longer; returns true if it was not open."""

    ids: Variable
    closed: Value


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the run time that collects faults of a value, or of one that is not there."""

    function: str
    value: Value | None
    pointer: Pointer
    arguments: tuple[Value, ...] = ()
    facts: tuple[tuple[str, Value], ...] = ()
    """Further arguments by name."""

    doubtful: tuple[str, ...] = ()
    """The codes of faults that are warnings here, since nothing attests that the dialect's server refuses them."""


@dataclass(frozen=True, slots=True)
class CheckValue:
    """The faults of a value as one of a definition."""

    definition: str
    value: Value
    pointer: Pointer


@dataclass(frozen=True, slots=True)
class Return:
    """The end of a routine, and what it gives."""

    value: Value | None = None


Statement: TypeAlias = (
    Each
    | EachItem
    | EachByName
    | EachField
    | EachSchema
    | At
    | If
    | Let
    | Gather
    | Add
    | AddAll
    | AddKey
    | AddViolation
    | Evaluate
    | Assign
    | Report
    | ReportPairs
    | CheckSequence
    | CheckKeywords
    | Edit
    | Counter
    | Increment
    | OpenIds
    | CloseId
    | Call
    | CheckValue
    | Return
)
Body: TypeAlias = tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Routine:
    """Statements over a document, `root`."""

    body: Body
