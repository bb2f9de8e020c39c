"""What operators and functions of an expression make of JSON values; None stands for no value."""

from __future__ import annotations

from operator import ge, gt, le, lt

from .lookup import items

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeGuard

    from .violation import Json

__all__ = [
    "SearchedItems",
    "compare",
    "equal",
    "has_type",
    "is_in",
    "lacks_any",
    "members",
    "minus",
    "plus",
    "size",
    "times",
    "total",
    "type_name",
    "without",
]


def equal(left: Json, right: Json) -> bool:
    """Whether two values are the same JSON: `1` is `1.0`, and `true` is no number."""
    if type(left) is str:  # as most are that are compared
        return left == right
    pairs = [(left, right)]
    while pairs:  # not by recursion: they may be nested deeply
        one, other = pairs.pop()
        if isinstance(one, list) and isinstance(other, list):
            if len(one) != len(other):
                return False
            pairs += zip(one, other, strict=True)
        elif isinstance(one, dict) and isinstance(other, dict):
            if one.keys() != other.keys():
                return False
            pairs += [(item, other[key]) for key, item in one.items()]
        elif isinstance(one, bool) or isinstance(other, bool):
            if one is not other:
                return False
        elif one != other:
            return False
    return True


_ORDERS: dict[str, Callable[[int, int], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}


def compare(operator: str, left: Json, right: Json) -> bool:
    """Whether a number, a string or a boolean stands to its like as *operator* says."""
    if isinstance(left, str) and isinstance(right, str):
        order = (left > right) - (left < right)
    elif isinstance(left, bool) and isinstance(right, bool):
        order = left - right
    elif _is_number(left) and _is_number(right):
        order = (left > right) - (left < right)
    else:
        return False
    return _ORDERS[operator](order, 0)


def _is_number(value: Json) -> TypeGuard[int | float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


class SearchedItems:
    """The items of a long array, in which strings are found quickly."""

    __slots__ = ("items", "texts")

    def __init__(self, items: list[Json]) -> None:
        """Keep what is given."""
        self.items = items
        self.texts = frozenset(item for item in items if isinstance(item, str))


def members(value: Json) -> Json | SearchedItems:
    """What is looked into again and again: a long array made ready, anything else as it is."""
    return SearchedItems(value) if isinstance(value, list) and len(value) > 16 else value


def is_in(value: Json, container: Json | SearchedItems) -> bool:
    """Whether an array has an equal item, or an object the key."""
    if isinstance(value, str):
        if isinstance(container, SearchedItems):
            return value in container.texts
        return isinstance(container, (list, dict)) and value in container
    if isinstance(container, SearchedItems):
        container = container.items
    return isinstance(container, list) and any(equal(value, item) for item in container)


def lacks_any(container: Json, sought: Json) -> bool:
    """Whether an item of an array, or a key of an object, is not in another."""
    if not isinstance(container, (list, dict)):
        return bool(items(sought))
    try:  # nearly always of names, for which this takes a quarter of the time
        if isinstance(sought, dict):
            return not sought.keys() <= set(container)
        if isinstance(container, dict):
            return not set(items(sought)) <= container.keys()
    except TypeError:  # an item is an array or an object
        pass
    return any(not is_in(each, container) for each in items(sought))


def plus(left: Json, right: Json) -> Json:
    """A sum of numbers, or two strings or arrays in one; None for anything else."""
    if isinstance(left, str) and isinstance(right, str):
        return left + right
    if isinstance(left, list) and isinstance(right, list):
        return [*left, *right]
    if type(left) is int and type(right) is int:
        return left + right
    return _calculated(lambda one, other: one + other, left, right)


def minus(left: Json, right: Json) -> Json:
    """A difference of numbers; None for anything else."""
    return _calculated(lambda one, other: one - other, left, right)


def times(left: Json, right: Json) -> Json:
    """A product of numbers; None for anything else."""
    return _calculated(lambda one, other: one * other, left, right)


def _calculated(operation: Callable[[float, float], float], left: Json, right: Json) -> Json:
    """What comes of two numbers; None where one is too large for the other, a float."""
    if not _is_number(left) or not _is_number(right):
        return None
    try:
        return operation(left, right)
    except OverflowError:
        return None


def total(values: Json) -> float:
    """The sum of the numbers in an array."""
    if not values:  # such as the definitions of most schemas
        return 0
    try:
        return sum(each for each in items(values) if _is_number(each))
    except OverflowError:  # a whole number is too large for the fraction beside it
        return float("inf")


def size(value: Json) -> Json:
    """How many code points, items or entries; None for anything else."""
    return len(value) if isinstance(value, (str, list, dict)) else None


def without(value: Json, keys: Json) -> Json:
    """An object but for some of its keys; None for anything else."""
    if not isinstance(value, dict):
        return None
    return {key: item for key, item in value.items() if not is_in(key, keys)}


def type_name(value: Json) -> str:
    """The name of a JSON type."""
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, str):
        return "string"
    return "null" if value is None else "list" if isinstance(value, list) else "map"


def has_type(value: Json, types: Json) -> bool:
    """Whether a value is of a type of JSON Schema, or of one in an array of them."""
    kind = _SCHEMA_TYPES.get(type_name(value), "number")
    names = types if isinstance(types, list) else [types]
    if kind == "number" and "integer" in names and isinstance(value, (int, float)):
        return value % 1 == 0 or "number" in names
    return kind in names


_SCHEMA_TYPES = {
    "bool": "boolean",
    "list": "array",
    "map": "object",
    "null": "null",
    "string": "string",
}
