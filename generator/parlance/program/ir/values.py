"""Values that statements mention: what is made of a JSON document, and of constants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from ...contract.ir import JsonValue
from ...contract.scalars import OfOneKind
from .gates import Ask, Breaks, HasOpen, IsOpen, OrZero, RefusedByModel
from .types import (
    Between,
    Checks,
    Conforms,
    DialectPolicy,
    Fits,
    HasOnlyFields,
    IsFinite,
    IsInteger,
    IsKind,
    Table,
    Texts,
)

__all__ = [
    "Apply",
    "Arithmetic",
    "Array",
    "Choice",
    "Collected",
    "Constant",
    "Counted",
    "Element",
    "Equal",
    "Escaped",
    "Field",
    "FollowPairs",
    "HasAnyField",
    "HasField",
    "HowMany",
    "Identical",
    "In",
    "Indexes",
    "IsTrue",
    "Items",
    "LacksAny",
    "Logical",
    "Lookup",
    "Matches",
    "Message",
    "Not",
    "Object",
    "OneOf",
    "Ordering",
    "Pointer",
    "Quantified",
    "Searchable",
    "Seen",
    "Value",
    "Variable",
    "Walk",
]


@dataclass(frozen=True, slots=True, eq=False)
class Constant(OfOneKind[JsonValue]):
    """A JSON value."""

    value: JsonValue


@dataclass(frozen=True, slots=True)
class Variable:
    """What a statement or a walk binds, or what the routine is given."""

    name: str


@dataclass(frozen=True, slots=True)
class Field:
    """The value of a key; null for anything but an object that has it."""

    of: Value
    key: str
    is_object: bool = False
    """Whether `of` is known to be an object."""

    is_there: bool = False
    """Whether it is known to have the key as well."""


@dataclass(frozen=True, slots=True)
class HasField:
    """Whether a value is an object that has a key."""

    of: Value
    key: str
    is_object: bool = False
    """Whether it is known to be an object."""


@dataclass(frozen=True, slots=True)
class HasAnyField:
    """Whether an object has any of some keys."""

    of: Value
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Element:
    """The value at a key of an object or at a place of an array, which is a value, too; null where there is none."""

    of: Value
    key: Value
    is_there: bool = False
    """Whether it is known to be an array that has the place."""


@dataclass(frozen=True, slots=True)
class Apply:
    """A function of the rules' language or of the run time: `listed`, `is_unique`, `is_multiple`."""

    function: str
    arguments: tuple[Value, ...]
    is_sure: bool = False
    """Whether the argument is known to be of a kind that the function has a result for."""


@dataclass(frozen=True, slots=True)
class Matches:
    """Whether a value is a string in which a pattern of ECMA-262 matches somewhere."""

    of: Value
    pattern: str
    is_text: bool = False
    """Whether it is known to be a string."""


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`+`, `-` or `*` of two numbers, and `+` of two strings or arrays; null for anything else."""

    operator: str
    left: Value
    right: Value
    are_numbers: bool = False
    """Whether both are known to be numbers."""


@dataclass(frozen=True, slots=True)
class Ordering:
    """`<`, `<=`, `>` or `>=` of two numbers or of two strings; false for anything else."""

    operator: str
    left: Value
    right: Value
    are_numbers: bool = False
    """Whether both are known to be numbers."""

    are_counts: bool = False
    """Whether both are known to be counts: then `<` is the opposite of `>=`, which it is not where one may be NaN."""


@dataclass(frozen=True, slots=True)
class Equal:
    """Whether two values are the same JSON."""

    left: Value
    right: Value
    is_plain: bool = False
    """Whether the language's own comparison of scalars says the same: both are counts, or the right one is a constant
    that nothing of another kind is equal to."""


@dataclass(frozen=True, slots=True)
class Identical:
    """Whether two values are one and the same place of a document."""

    left: Value
    right: Value


@dataclass(frozen=True, slots=True)
class OneOf:
    """Whether a value is one of some strings."""

    value: Value
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class In:
    """Whether an array has an equal item, or an object the key."""

    item: Value
    container: Value
    is_plain: bool = False
    """Whether the item is known to be a string, and the container to be one of both."""


@dataclass(frozen=True, slots=True)
class LacksAny:
    """Whether an item of an array, or a key of an object, is not in another."""

    container: Value
    sought: Value


@dataclass(frozen=True, slots=True)
class Searchable:
    """A value, made ready for `In` to be asked of it often."""

    of: Value


@dataclass(frozen=True, slots=True)
class IsTrue:
    """Whether a value is true, and not only like it."""

    of: Value


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a condition."""

    operand: Value


@dataclass(frozen=True, slots=True)
class Logical:
    """Conditions joined by `and` or by `or`, asked in this order; two of them at least."""

    operator: Literal["and", "or"]
    operands: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of two values."""

    test: Value
    then: Value
    otherwise: Value


@dataclass(frozen=True, slots=True)
class Array:
    """A new array."""

    items: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Object:
    """A new object."""

    entries: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Items:
    """An array as it is, the keys of an object as an array; an empty array for anything else."""

    of: Value


@dataclass(frozen=True, slots=True)
class Walk:
    """A variable that stands for each of the `Items` of a value in turn, or for each value of an object."""

    variable: str
    of: Value
    kind: Literal["any", "array", "object", "array or null", "values"] = "any"
    """What the value is known to be: of an object, the keys are gone over, or the `values`."""

    searched: tuple[tuple[str, Value], ...] = ()
    """Variables for what is looked into at each item: values that are made `Searchable` before the walk."""

    index: str | None = None
    """A variable for the number of each item, if that is asked for."""


@dataclass(frozen=True, slots=True)
class Quantified:
    """Whether a condition holds for `all` items of a walk, for one at least (`exists`), or for `exists_one`."""

    quantifier: str
    walk: Walk
    test: Value


@dataclass(frozen=True, slots=True)
class Collected:
    """An array of a value for each item of a walk, or for each where a condition holds."""

    walk: Walk
    value: Value
    where: Value | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """For how many items of a walk a condition holds."""

    walk: Walk
    test: Value


@dataclass(frozen=True, slots=True)
class HowMany:
    """How many conditions hold; all of them are asked."""

    conditions: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Indexes:
    """The numbers of so many items, from the first on."""

    count: Value


@dataclass(frozen=True, slots=True)
class Message:
    """Texts in a row; two of them at least."""

    parts: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Escaped:
    """A key as a token of a pointer."""

    key: Variable


@dataclass(frozen=True, slots=True)
class Pointer:
    """A JSON Pointer: texts that are escaped already, and variables that are pointers or tokens of one."""

    parts: tuple[str | Variable | Escaped, ...] = ()


@dataclass(frozen=True, slots=True)
class Lookup:
    """The value at a pointer; null where there is none."""

    pointer: Pointer


@dataclass(frozen=True, slots=True)
class Seen:
    """Whether a key equals one that was gathered."""

    key: Value
    keys: Variable


@dataclass(frozen=True, slots=True)
class FollowPairs:
    """What is wrong with gathered pairs, by kind of fault."""

    pairs: Variable


Value: TypeAlias = (
    Constant
    | Variable
    | Field
    | HasField
    | HasAnyField
    | Element
    | Apply
    | Matches
    | Fits
    | IsKind
    | IsInteger
    | IsFinite
    | Conforms
    | HasOnlyFields
    | Table
    | Checks
    | DialectPolicy
    | Texts
    | Arithmetic
    | Ordering
    | Between
    | Equal
    | Identical
    | OneOf
    | In
    | LacksAny
    | Searchable
    | IsTrue
    | Not
    | Logical
    | Choice
    | Array
    | Object
    | Items
    | Quantified
    | Collected
    | Counted
    | HowMany
    | Indexes
    | Message
    | Pointer
    | Lookup
    | Seen
    | FollowPairs
    | HasOpen
    | IsOpen
    | OrZero
    | Breaks
    | RefusedByModel
    | Ask
)
