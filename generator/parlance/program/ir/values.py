"""Values that statements mention: what is made of a JSON document, and of constants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from ...contract.ir import JsonValue
from ...contract.kinds import Kind
from ...contract.scalars import OfOneKind

__all__ = [
    "Apply",
    "Arithmetic",
    "Array",
    "Ask",
    "Between",
    "Breaks",
    "Checks",
    "Choice",
    "Collected",
    "Conforms",
    "Constant",
    "Element",
    "Equal",
    "Escaped",
    "Field",
    "Fits",
    "FollowPairs",
    "HasAnyField",
    "HasField",
    "HasMalformedKeyword",
    "HasOnlyFields",
    "HasOpen",
    "Identical",
    "In",
    "IsFinite",
    "IsInteger",
    "IsKind",
    "IsTrue",
    "Items",
    "LacksAny",
    "Logical",
    "Lookup",
    "Matches",
    "Not",
    "Object",
    "OneOf",
    "OrZero",
    "Ordering",
    "Pointer",
    "Quantified",
    "RefusedByModel",
    "Searchable",
    "Seen",
    "Table",
    "Texts",
    "Value",
    "Variable",
    "Walk",
]


@dataclass(frozen=True, slots=True, eq=False)
class Constant(OfOneKind):
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
    """Whether a boolean counts as a number: what follows tells them apart."""


@dataclass(frozen=True, slots=True)
class IsInteger:
    """Whether a value is a number without a fraction."""

    value: Value


@dataclass(frozen=True, slots=True)
class IsFinite:
    """Whether a value is a finite number."""

    value: Value
    is_bounded: bool = False
    """Whether bounds are asked for as well, within which nothing is infinite."""


@dataclass(frozen=True, slots=True)
class Conforms:
    """Whether a value has no fault as one of a definition."""

    value: Value
    definition: str


@dataclass(frozen=True, slots=True)
class HasOnlyFields:
    """Whether an object has no other fields than those of a record."""

    value: Value
    record: str


@dataclass(frozen=True, slots=True)
class Table:
    """What a definition knows beforehand: an enumeration's members, a record's fields, or those from elsewhere."""

    kind: Literal["members", "fields", "foreign"]
    definition: str


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
class Between:
    """Whether a number is within two bounds."""

    least: Value
    value: Value
    most: Value


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
    wanted: Value


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


@dataclass(frozen=True, slots=True)
class HasOpen:
    """Whether any of gathered ids is open."""

    ids: Variable


@dataclass(frozen=True, slots=True)
class OrZero:
    """A number; zero for null."""

    value: Value


@dataclass(frozen=True, slots=True)
class Breaks:
    """Whether the rule of a code finds anything in the document."""

    rule: str


@dataclass(frozen=True, slots=True)
class HasMalformedKeyword:
    """Whether a keyword of a schema, not of those in it, has a value that the rule of a code would report."""

    schema: Value
    rule: str


@dataclass(frozen=True, slots=True)
class RefusedByModel:
    """Whether what is known of a model, which is called so, refuses something in the document."""

    model: Value


@dataclass(frozen=True, slots=True)
class Ask:
    """What another routine of the same gate says, which is given some variables."""

    routine: str
    arguments: tuple[Variable, ...]


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
    | Pointer
    | Lookup
    | Seen
    | FollowPairs
    | HasOpen
    | OrZero
    | Breaks
    | HasMalformedKeyword
    | RefusedByModel
    | Ask
)
