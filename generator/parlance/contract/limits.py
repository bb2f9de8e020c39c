"""Constraints that no value meets, and whether a type accepts a value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from math import floor
from typing import assert_never

from ..finding import Finding, fault
from ..finding.shape import is_array, is_object
from ..regex import translated
from ..runtime.python.equality import is_multiple
from .ir import (
    Alias,
    Anything,
    Array,
    Boolean,
    Constant,
    Definition,
    Enumeration,
    Integer,
    Map,
    Named,
    Nothing,
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
from .source import Json, Schema, place

__all__ = ["accepts", "limit_faults"]

_PAIRS = (("minLength", "maxLength"), ("minItems", "maxItems"), ("minProperties", "maxProperties"))


def limit_faults(schema: Schema) -> Iterator[Finding]:
    """What is wrong with the bounds of one schema."""
    for low, high in _PAIRS:
        if low in schema and high in schema and schema[low] > schema[high]:
            message = f"{low} is {schema[low]}, above {high}, which is {schema[high]}: no value is left"
            yield fault("PAR909", place(schema, low), message)
    bounds = [key for key in ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum") if key in schema]
    if bounds and _is_empty(schema):
        bounds_text = ", ".join(f"{key} {schema[key]}" for key in [*bounds, "multipleOf"] if key in schema)
        yield fault("PAR909", place(schema, bounds[0]), f"no number meets {bounds_text}")


def _is_empty(schema: Schema) -> bool:
    lows = [(Fraction(str(schema[key])), strict) for key, strict in _sides("inimum") if key in schema]
    highs = [(Fraction(str(schema[key])), strict) for key, strict in _sides("aximum") if key in schema]
    if not lows or not highs:
        return False
    low, above = max(lows)
    high, below = min(highs, key=lambda bound: (bound[0], not bound[1]))
    whole = schema["type"] == "integer" or "integer" in schema["type"]
    step = Fraction(str(schema["multipleOf"])) if "multipleOf" in schema else Fraction(1) if whole else None
    if step is None:
        return low > high or (low == high and (above or below))
    largest = floor(high / step) * step
    if below and largest == high:
        largest -= step
    return largest < low or (above and largest == low)


def _sides(end: str) -> tuple[tuple[str, bool], tuple[str, bool]]:
    return (f"m{end}", False), (f"exclusiveM{end}", True)


def accepts(kind: Type, value: Json, definitions: Mapping[str, Definition]) -> bool:
    """Whether *value*, a JSON value, is one of the type."""
    match kind:
        case Anything():
            return _is_json(value)
        case Nothing():
            return False
        case Null():
            return value is None
        case Boolean():
            return isinstance(value, bool)
        case Constant():
            return bool(value == kind.value) and isinstance(value, bool) == isinstance(kind.value, bool)
        case Text():
            return isinstance(value, str) and _text(kind, value)
        case Integer() | Number():
            return _number(kind, value)
        case Array():
            return is_array(value) and _array(kind, value, definitions)
        case Map():
            return is_object(value) and _map(kind, value, definitions)
        case Union():
            return any(accepts(option, value, definitions) for option in kind.options)
        case Named():
            return _definition(definitions[kind.name], value, definitions)
        case Tagged():
            return is_object(value) and _tagged(kind, value, definitions)
        case _:
            assert_never(kind)


def _tagged(kind: Tagged, value: dict[str, Json], definitions: Mapping[str, Definition]) -> bool:
    tag = value.get(kind.tag, kind.default)
    if isinstance(tag, str) and tag in kind.refused:
        return False
    name = dict(kind.options).get(tag, kind.others) if isinstance(tag, str) else kind.others
    if name is not None:
        return _definition(definitions[name], value, definitions)
    return kind.open and isinstance(tag, str) and _is_json(value)


def _definition(definition: Definition, value: Json, definitions: Mapping[str, Definition]) -> bool:
    match definition:
        case Alias():
            return accepts(definition.type, value, definitions)
        case Enumeration():
            listed = any(accepts(Constant(member.value), value, definitions) for member in definition.members)
            return listed or (definition.open and accepts(definition.base, value, definitions))
        case Record():
            return is_object(value) and _record(definition, value, definitions)
        case _:
            assert_never(definition)


def _record(record: Record, value: dict[str, Json], definitions: Mapping[str, Definition]) -> bool:
    fields = {field.name: field for field in record.fields}
    if not _counted(len(value), record.min_properties, record.max_properties):
        return False
    if any(field.presence is Presence.REQUIRED and field.name not in value for field in record.fields):
        return False
    for name, child in value.items():
        if name in fields:
            fits = accepts(fields[name].type, child, definitions)
        elif record.extra is not None:
            fits = accepts(record.extra, child, definitions)
        else:
            fits = record.unknown is not UnknownFields.REFUSE and _is_json(child)
        if not fits:
            return False
    return True


def _text(kind: Text, value: str) -> bool:
    if value in kind.excluded or not _counted(len(value), kind.min_length, kind.max_length):
        return False
    return kind.pattern is None or re.search(translated(kind.pattern), value) is not None


def _number(kind: Integer | Number, value: Json) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    if isinstance(kind, Integer) and value != floor(value):
        return False
    if kind.multiple_of is not None and not is_multiple(value, kind.multiple_of):
        return False
    return (
        (kind.minimum is None or value >= kind.minimum)
        and (kind.maximum is None or value <= kind.maximum)
        and (kind.exclusive_minimum is None or value > kind.exclusive_minimum)
        and (kind.exclusive_maximum is None or value < kind.exclusive_maximum)
    )


def _array(kind: Array, value: list[Json], definitions: Mapping[str, Definition]) -> bool:
    if not _counted(len(value), kind.min_items, kind.max_items):
        return False
    if kind.unique_items and any(item in value[:index] for index, item in enumerate(value)):
        return False
    return all(accepts(kind.items, item, definitions) for item in value)


def _map(kind: Map, value: dict[str, Json], definitions: Mapping[str, Definition]) -> bool:
    if not _counted(len(value), kind.min_properties, kind.max_properties):
        return False
    keys = kind.keys
    return all(
        (keys is None or _text(keys, key)) and accepts(kind.values, child, definitions) for key, child in value.items()
    )


def _counted(count: int, least: int | None, most: int | None) -> bool:
    return (least is None or count >= least) and (most is None or count <= most)


def _is_json(value: Json) -> bool:
    if is_object(value):
        return all(map(_is_json, value.values()))
    if is_array(value):
        return all(map(_is_json, value))
    return not isinstance(value, date)
