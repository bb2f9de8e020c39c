"""`type`, `const` and `enum`: the types that a schema names, and the values."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..finding.shape import is_array, is_object
from .form_reader import FormReader
from .imported_files import ValueLocation
from .intersection import Intersection
from .keyword_kinds import TYPES, typed_keywords
from .report import NOTHING, ImportReport
from .rewrites import Node
from .value_forms import Shape, ValuesForm

__all__ = ["ValueSetReader", "written_types"]


def written_types(at: ValueLocation, node: Node, report: ImportReport, *, is_part: bool) -> list[str]:
    """The types that a schema names, or that its keywords are about. Of a *part*, something else says them."""
    written = node.get("type")
    if written is None:
        found = typed_keywords(node)
        if "const" in node or "enum" in node or (not found):
            return []
        if not is_part and not node.keys() & {"allOf", "anyOf", "oneOf"} and not _is_arm(at):
            report.add("type", at, NOTHING, {"type": found[0] if len(found) == 1 else found})
        return found
    types = written if is_array(written) else [written]
    for name in types:
        if name not in TYPES:
            advice = f"there are {', '.join(TYPES)}"
            raise at.below("type").error("PAR903", f"there is no type {name!r}", advice)
    return [str(name) for name in types]


def _is_arm(at: ValueLocation) -> bool:
    """Whether the schema is an arm of a merge or a union, whose other parts say the type, or that of keys."""
    *_, before, last = ("", *at.pointer.split("/"))
    return last == "propertyNames" or before in ("allOf", "anyOf", "oneOf")


class ValueSetReader:
    """Reads sets of values."""

    def __init__(self, forms: FormReader, intersection: Intersection, report: ImportReport) -> None:
        self._forms = forms
        self._intersection = intersection
        self._report = report

    def shape(self, at: ValueLocation, node: Node, types: list[str]) -> Shape:
        """What `const` or `enum` accepts of these types, within the bounds beside it."""
        written = [node["const"]] if "const" in node else node["enum"]
        key = "const" if "const" in node else "enum"
        values: list[Any] = []
        for value in written:
            if value is None or not types or any(_is_of(value, name) for name in types):
                values.append(value)
            elif len(written) > 1:
                self._report.add("enum-type", at.below(key), value, NOTHING)
            else:
                raise at.below(key).error("PAR908", f"`type` refuses {value!r}, the only value")
        null = None in values
        scalars = [value for value in values if value is not None]
        if any(is_object(value) or is_array(value) for value in scalars):
            self._report.add("unsupported", at.below(key), scalars, {}, "A spec has no constant objects and lists.")
            return self._forms.of_types(types, at, node) if types else Shape(at, is_any=True)
        if not scalars and not null:
            raise at.below(key).error("PAR908", "`type` refuses every value", "correct the type or the values")
        shape = Shape(at, [ValuesForm(scalars, at.below(key))] if scalars else [], null=null)
        bounds = typed_keywords(node)
        if not bounds or not scalars:
            return shape
        bounded = replace(self._forms.of_types(types or bounds, at, node), null=null)
        return self._intersection.of(shape, bounded, at, "`enum` and the bounds beside it")


def _is_of(value: Any, name: str) -> bool:
    match name:
        case "string":
            return isinstance(value, str)
        case "boolean":
            return isinstance(value, bool)
        case "integer" | "number":
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            return is_number and (name == "number" or value == int(value))
        case "array":
            return is_array(value)
        case "object":
            return is_object(value)
        case _:
            return value is None
