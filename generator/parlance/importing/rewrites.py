"""What is done to a single schema, whatever stands around it: spellings of other versions to those of 2020-12."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, floor
from typing import Any

from ..finding import did_you_mean
from ..finding.shape import is_array
from .import_usage import older_reading
from .imported_files import ValueLocation
from .keyword_kinds import BY_TYPE, KNOWN, REFUSED
from .report import NOTHING, ImportReport

__all__ = ["REWRITES", "Node", "rewritten", "yaml_value"]

Node = dict[str, Any]
_COUNTS = ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")
_ROUNDED = {9223372036854776000: 2**63, -9223372036854776000: -(2**63)}
_BOOLEANS = ("nullable", "deprecated", "uniqueItems", "readOnly", "writeOnly", "additionalProperties")


def rewritten(at: ValueLocation, node: Node, report: ImportReport) -> Node:
    """A copy of the schema at *at* as 2020-12 has it. Raises `SpecError` for what a spec cannot say."""
    copy = dict(node)
    for rewrite in REWRITES:
        rewrite(at, copy, report)
    return copy


def yaml_value(at: ValueLocation, value: Any, types: list[str], report: ImportReport) -> Any:
    """A value as the type means it, where YAML 1.1 and 1.2 read it differently."""
    kind = at.file.remarks.get(at.pointer)
    if kind is None or not isinstance(value, str):
        return value
    older = older_reading(kind, value)
    names = {"bool": ["boolean"], "int": ["integer", "number"], "float": ["number"]}.get(kind, [])
    meant = older if any(name in types for name in names) and "string" not in types else value
    report.add("yaml-scalar", at, older if meant == value else value, meant)
    return meant


def _types(node: Node) -> list[str]:
    types = node.get("type", [])
    return [str(each) for each in types] if is_array(types) else [str(types)]


def _refuse(at: ValueLocation, node: Node, report: ImportReport) -> None:
    for key, advice in REFUSED.items():
        if key == "if" and not node.keys() & {"then", "else"}:
            continue
        if key in node:
            raise at.below(key).error("PAR902", f"`{key}` has no counterpart in a spec", advice)
    for key in node:
        if key not in KNOWN and not key.startswith("x-"):
            guess = did_you_mean(key, KNOWN)
            reason = f"There is no such keyword{guess}." if guess else None
            report.add("unknown-keyword", at.below(key), node[key], NOTHING, reason)


def _yaml_scalars(at: ValueLocation, node: Node, report: ImportReport) -> None:
    """Let keywords and values be of the type that is meant."""
    if not at.file.remarks:
        return
    types = _types(node)
    meant = {
        **{key: ["boolean"] for key in _BOOLEANS},
        **{key: ["number"] for key in (*BY_TYPE["number"], *_COUNTS)},
        **dict.fromkeys(("const", "default", "example"), types),
    }
    for key in node.keys() & meant.keys():
        node[key] = yaml_value(at.below(key), node[key], meant[key], report)
    for key, item_types in (("enum", types), ("examples", types), ("required", ["string"])):
        if is_array(node.get(key)):
            node[key] = [
                yaml_value(at.below(key, index), value, item_types, report) for index, value in enumerate(node[key])
            ]


def _exclusive_bounds(at: ValueLocation, node: Node, report: ImportReport) -> None:
    for key, plain in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        value = node.get(key)
        if not isinstance(value, bool):
            continue
        del node[key]
        if value and plain in node:
            node[key] = node.pop(plain)
            report.add("exclusive-bound", at.below(key), {plain: node[key], key: True}, {key: node[key]})
        else:
            report.add("exclusive-bound", at.below(key), value, NOTHING)


def _bounds(at: ValueLocation, node: Node, report: ImportReport) -> None:
    """Let bounds be numbers, and those of integers whole."""
    for key in (*BY_TYPE["number"], *_COUNTS):
        if key not in node:
            continue
        value = node[key]
        if isinstance(value, str) and (number := _number(value)) is not None:
            report.add("number", at.below(key), value, number)
            value = number
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise at.below(key).error("PAR903", f"`{key}` must be a number", "write a number, without quotes")
        if key in _COUNTS and (value < 0 or value != int(value)):
            raise at.below(key).error("PAR903", f"`{key}` must be a whole number, 0 or more")
        if isinstance(value, float) and value.is_integer() and (key in _COUNTS or abs(value) < 2**53):
            value = int(value)  # 1.0 and 1 are one number
        if key in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum") and value in _ROUNDED:
            report.add("int64", at.below(key), value, _ROUNDED[int(value)])
            value = _ROUNDED[int(value)]
        node[key] = value
    _whole_bounds(at, node, report)


def _whole_bounds(at: ValueLocation, node: Node, report: ImportReport) -> None:
    """Let the bounds of an integer be the whole numbers that are inside."""
    if _types(node) not in (["integer"], ["integer", "null"], ["null", "integer"]):
        return
    for key, plain, inside in (("minimum", "minimum", ceil), ("maximum", "maximum", floor)):
        exclusive = f"exclusiveM{key[1:]}"
        for found in (key, exclusive):
            if isinstance(value := node.get(found), float):
                del node[found]
                node[plain] = inside(value)
                report.add("number", at.below(found), value, node[plain])
    if isinstance(step := node.get("multipleOf"), float):
        del node["multipleOf"]
        if not (1 / step).is_integer():
            raise at.below("multipleOf").error("PAR903", "an integer has a whole number for its step")
        report.add("number", at.below("multipleOf"), step, NOTHING, "Every integer is a multiple of it.")


def _number(text: str) -> int | float | None:
    for read in (int, float):
        try:
            number: int | float = read(text)
        except ValueError:
            continue
        return number if number == number and abs(number) != float("inf") else None  # noqa: PLR0124 NaN
    return None


def _values(at: ValueLocation, node: Node, report: ImportReport) -> None:
    """Let an enumeration have each value once, and be a constant where it has one."""
    values = node.get("enum")
    if values is None:
        return
    if not is_array(values) or not values:
        raise at.below("enum").error("PAR903", "`enum` must be a list of values", "write the values, or take it out")
    kept: list[Any] = []
    for index, value in enumerate(values):
        if any(value == other and isinstance(value, bool) == isinstance(other, bool) for other in kept):
            report.add("repeated-value", at.below("enum", index), value, NOTHING)
        else:
            kept.append(value)
    node["enum"] = kept
    constant = [key for key in node if key.startswith("x-") and "const" in key]
    if len(kept) == 1 and kept != [None]:
        report.add("single-enum", at.below("enum"), values, {"const": kept[0]})
        for key in constant:
            del node[key]  # said by the row




REWRITES: tuple[Callable[[ValueLocation, Node, ImportReport], None], ...] = (
    _refuse,
    _yaml_scalars,
    _exclusive_bounds,
    _bounds,
    _values,
)
"""In this order: what is read of YAML comes before what is said of numbers and values."""


