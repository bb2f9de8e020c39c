"""Whether a value fits a shape, for defaults and examples."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ..finding.shape import is_array, is_object
from ..regex import translated
from ..runtime.python.equality import is_multiple, is_unique
from .imported_files import ValueLocation
from .value_forms import ArrayForm, Form, ObjectForm, ReferenceForm, ScalarForm, Shape, ValuesForm

__all__ = ["Conformance"]


class Conformance:
    """Judges values by shapes whose names *resolve* knows."""

    def __init__(self, resolve: Callable[[ValueLocation], Shape]) -> None:
        self._resolve = resolve

    def conforms(self, shape: Shape, value: Any) -> bool:
        """Whether the value is one of the shape."""
        if shape.is_any or (value is None and shape.null):
            return True
        return any(self.fits(form, value) for form in shape.forms)

    def fits(self, form: Form, value: Any) -> bool:
        """Whether the value is one of the form."""
        match form:
            case ReferenceForm():
                return self.conforms(self._resolve(form.target), value)
            case ValuesForm():
                return any(value == each and isinstance(value, bool) == isinstance(each, bool) for each in form.values)
            case ScalarForm(type="string"):
                return isinstance(value, str) and _is_text(form.bounds, value)
            case ScalarForm(type="boolean"):
                return isinstance(value, bool)
            case ScalarForm():
                return _is_number(form, value)
            case ArrayForm():
                return is_array(value) and self._is_array(form, value)
            case ObjectForm():
                return is_object(value) and self._is_object(form, value)

    def _is_array(self, form: ArrayForm, value: list[Any]) -> bool:
        bounds = form.bounds
        if not bounds.get("minItems", 0) <= len(value) <= bounds.get("maxItems", len(value)):
            return False
        if bounds.get("uniqueItems") and not is_unique(value):
            return False
        return form.items is None or all(self.conforms(form.items, item) for item in value)

    def _is_object(self, form: ObjectForm, value: dict[str, Any]) -> bool:
        bounds = form.bounds
        if not bounds.get("minProperties", 0) <= len(value) <= bounds.get("maxProperties", len(value)):
            return False
        if any(name not in value for name in form.required):
            return False
        if form.keys is not None and not all(_is_text(form.keys, name) for name in value):
            return False
        return all(self._is_field(form, name, item) for name, item in value.items())

    def _is_field(self, form: ObjectForm, name: str, value: Any) -> bool:
        shape = form.fields.get(name, form.extra)
        return self.conforms(shape, value) if isinstance(shape, Shape) else shape is not False


def _is_text(bounds: dict[str, Any], value: str) -> bool:
    if not bounds.get("minLength", 0) <= len(value) <= bounds.get("maxLength", len(value)):
        return False
    pattern = bounds.get("pattern")
    return pattern is None or re.search(translated(pattern), value) is not None


def _is_number(form: ScalarForm, value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    if form.type == "integer" and value != int(value):
        return False
    bounds = form.bounds
    if not bounds.get("minimum", value) <= value <= bounds.get("maximum", value):
        return False
    if bounds.get("exclusiveMinimum", value - 1) >= value or bounds.get("exclusiveMaximum", value + 1) <= value:
        return False
    step = bounds.get("multipleOf")
    return step is None or is_multiple(value, step)
