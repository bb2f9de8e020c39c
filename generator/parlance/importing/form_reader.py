"""The keywords of one type to a form: what is beside `type: array`, `type: object`, `type: string` and so on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ..finding.shape import is_array, is_object
from ..regex.authoring import pattern_faults
from ..regex.portable import portable
from .imported_files import ValueLocation
from .keyword_kinds import BY_TYPE, UNSUPPORTED
from .report import NOTHING, ImportReport
from .rewrites import Node
from .value_forms import ArrayForm, Form, ObjectForm, ScalarForm, Shape

__all__ = ["FormReader", "without_repeats"]


class FormReader:
    """Reads what a schema says of the values of each type; *shape* reads the schemas that stand in it."""

    def __init__(self, shape: Callable[[ValueLocation], Shape], report: ImportReport) -> None:
        self._shape = shape
        self._report = report

    def of_types(self, types: list[str], at: ValueLocation, node: Node) -> Shape:
        """Values of these types, with all that is said of each."""
        forms = [self._typed(name, at, node) for name in types if name != "null"]
        return Shape(at, without_repeats(forms), null="null" in types)

    def _typed(self, name: str, at: ValueLocation, node: Node) -> Form:
        match name:
            case "array":
                return self._array(at, node)
            case "object":
                return self._object(at, node)
            case "string":
                return ScalarForm("string", self._text_bounds(at, node))
            case "boolean":
                return ScalarForm("boolean")
            case _:
                bounds = {key: node[key] for key in BY_TYPE["number"] if key in node}
                if name == "integer" and isinstance(node.get("format"), str):
                    bounds["format"] = node["format"]
                return ScalarForm(name, bounds)

    def _text_bounds(self, at: ValueLocation, node: Node) -> dict[str, Any]:
        bounds: dict[str, Any] = {key: node[key] for key in BY_TYPE["string"] if key in node}
        if "pattern" in bounds:
            self._spell(bounds, at.below("pattern"))
        if isinstance(node.get("format"), str) and node["format"]:
            bounds["format"] = node["format"]
        if node.get("contentMediaType") == "application/json":
            bounds["contentMediaType"] = "application/json"
        return bounds

    def _spell(self, bounds: dict[str, Any], at: ValueLocation) -> None:
        """Write a pattern in words that all engines know, or leave it out."""
        pattern = bounds["pattern"]
        if (reason := _pattern_fault(pattern)) is None:
            return
        kept = portable(pattern) if isinstance(pattern, str) else None
        if kept is not None and _pattern_fault(kept) is None:
            bounds["pattern"] = kept
            self._report.add("portable-pattern", at, pattern, kept, f"{reason}.")
        else:
            del bounds["pattern"]
            self._report.add("pattern", at, pattern, NOTHING, f"{reason}.")

    def _array(self, at: ValueLocation, node: Node) -> ArrayForm:
        self._note_unsupported("array", at, node)
        items = node.get("items", True)
        if is_array(items):
            self._report.add("unsupported", at.below("items"), items, {})
            items = True
        shape = None if items is True or "prefixItems" in node else self._shape(at.below("items"))
        bounds: dict[str, Any] = {key: node[key] for key in ("minItems", "maxItems") if key in node}
        if node.get("uniqueItems"):
            bounds["uniqueItems"] = True
        return ArrayForm(None if shape is None or (shape.is_any and not shape.notes.description) else shape, bounds, at)

    def _object(self, at: ValueLocation, node: Node) -> ObjectForm:
        properties = node.get("properties", {})
        if not is_object(properties):
            raise at.below("properties").error("PAR903", "`properties` must be an object of schemas")
        if "" in properties:
            advice = "a name has one character or more"
            raise at.below("properties", "").error("PAR903", "a property has no name", advice)
        fields = {name: self._shape(at.below("properties", name)) for name in properties}
        required = node.get("required", [])
        if not is_array(required) or not all(isinstance(name, str) for name in required):
            message = "`required` must be a list of names"
            raise at.below("required").error("PAR903", message, "list the names of the required properties above")
        bounds: dict[str, Any] = {key: node[key] for key in ("minProperties", "maxProperties") if key in node}
        extra = self._extra(at, node)
        self._note_unsupported("object", at, node)
        return ObjectForm(fields, list(dict.fromkeys(required)), extra, bounds, at, keys=self._keys(at, node))

    def _extra(self, at: ValueLocation, node: Node) -> Shape | bool | None:
        """What is said of unknown properties."""
        if "additionalProperties" not in node:
            if node.get("unevaluatedProperties") is False and "patternProperties" not in node:
                del node["unevaluatedProperties"]  # the arms of `allOf` are merged, so that it says the same
                return False
            return None
        value = node["additionalProperties"]
        if value is False and "patternProperties" in node:
            return True
        if isinstance(value, bool):
            return value
        shape = self._shape(at.below("additionalProperties"))
        return True if shape.is_any and not shape.notes.description else shape

    def _keys(self, at: ValueLocation, node: Node) -> dict[str, Any] | None:
        keys = node.get("propertyNames")
        if keys is None:
            return None
        shape = self._shape(at.below("propertyNames"))
        match [form for form in shape.forms if not isinstance(form, ScalarForm) or form.type == "string"]:
            case [ScalarForm(type="string", bounds=bounds)] if not node.get("properties"):
                return {key: value for key, value in bounds.items() if key != "contentMediaType"}
            case _ if shape.is_any:
                return None
            case _:
                self._report.add("unsupported", at.below("propertyNames"), keys, NOTHING)
                return None

    def _note_unsupported(self, kind: str, at: ValueLocation, node: Node) -> None:
        for key in UNSUPPORTED[kind]:
            if key in node and node[key] not in (True, {}):
                self._report.add("unsupported", at.below(key), node[key], NOTHING)


def without_repeats(forms: list[Form]) -> list[Form]:
    """The forms, each once: `nullable` and `anyOf` may say one twice."""
    kept: list[Form] = []
    for form in forms:
        plain = replace(form, description=None)
        if not any(replace(other, description=None) == plain for other in kept):
            kept.append(form)
    return kept


def _pattern_fault(pattern: Any) -> str | None:
    """Why a pattern is not kept."""
    if not isinstance(pattern, str) or not pattern:
        return "A pattern is a text that is not empty"
    found = next(pattern_faults(pattern, None), None)
    return f"{found.message[0].upper()}{found.message[1:]}" if found else None
