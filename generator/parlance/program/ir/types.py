"""Values that tell what is asked of the types of a contract."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ...contract.kinds import Kind

if TYPE_CHECKING:
    from .values import Value, Variable

__all__ = [
    "Between",
    "Checks",
    "Conforms",
    "DialectPolicy",
    "Fits",
    "HasOnlyFields",
    "IsFinite",
    "IsInteger",
    "IsKind",
    "Table",
    "Texts",
]


@dataclass(frozen=True, slots=True)
class Fits:
    """Whether a pattern of ECMA-262 matches somewhere in a value that is known to be a string."""

    value: Value
    pattern: str
    may_be_empty: bool
    """Whether the string is not known to have a character at least."""


@dataclass(frozen=True, slots=True)
class IsKind:
    """Whether a value is of a kind, or of one of some others; null is asked for by `Equal`."""

    value: Value
    kind: Kind
    others: tuple[Kind, ...] = ()
    admits_booleans: bool = False
    """Whether a boolean counts as a number: what follows distinguishes them."""


@dataclass(frozen=True, slots=True)
class IsInteger:
    """Whether a value is a number without a fraction."""

    value: Value
    is_final: bool = False
    """Whether nobody looks closer at what is refused, such as a number of a class that only the language has."""

    admits_booleans: bool = False
    """Whether a boolean need not be distinguished from a number, since there is none."""


@dataclass(frozen=True, slots=True)
class IsFinite:
    """Whether a value is a finite number."""

    value: Value
    is_bounded: bool = False
    """Whether bounds are asked for as well, within which nothing is infinite."""

    is_number: bool = False
    """Whether the value is known to be a number."""


@dataclass(frozen=True, slots=True)
class Conforms:
    """Whether a value has no fault as one of a definition."""

    value: Value
    definition: str
    evaluated: Variable | None = None
    """What gathers the keys or indexes that the definition speaks of, if the value conforms."""


@dataclass(frozen=True, slots=True)
class HasOnlyFields:
    """Whether an object has no other fields than those of a record."""

    value: Value
    record: str


@dataclass(frozen=True, slots=True)
class Table:
    """What a definition knows beforehand.

    Its members, a record's fields, those from elsewhere, its only value, or the routines for properties.
    """

    kind: Literal["members", "fields", "foreign", "constant", "routines"]
    definition: str


@dataclass(frozen=True, slots=True)
class DialectPolicy:
    """What the dialect does with fields that a record does not know, where that is not for the record to say."""


@dataclass(frozen=True, slots=True)
class Checks:
    """The checks of several definitions, one after the other."""

    definitions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts in a row, or a set of them."""

    texts: tuple[str, ...]
    is_set: bool = False


@dataclass(frozen=True, slots=True)
class Between:
    """Whether a number is within two bounds."""

    least: Value
    value: Value
    most: Value
