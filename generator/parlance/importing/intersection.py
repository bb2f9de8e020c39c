"""Two shapes to the one whose values fit both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from ..finding import SpecError
from .conformance import Conformance
from .imported_files import ValueLocation
from .report import ImportReport
from .value_forms import ArrayForm, Form, ObjectForm, ReferenceForm, ScalarForm, Shape, ValuesForm

__all__ = ["Intersection"]

_HIGHEST = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
_LOWEST = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")


class _EmptyError(Exception):
    """No value fits both."""


class Intersection:
    """Merges the arms of an `allOf`."""

    def __init__(self, resolve: Callable[[ValueLocation], Shape], report: ImportReport) -> None:
        self._resolve = resolve
        self._report = report
        self._conformance = Conformance(resolve)

    def of(self, left: Shape, right: Shape, at: ValueLocation, what: str = "the arms of `allOf`") -> Shape:
        """What fits both; *at* is where a conflict is reported. Raises `SpecError`."""
        notes = left.notes.over(right.notes)
        if left.is_any or right.is_any:
            return replace(right if left.is_any else left, notes=notes)
        if self._is_plain_pair(left, right):
            return replace(left, notes=notes)
        left, right = self._opened(left), self._opened(right)
        forms = [form for a in left.forms for b in right.forms if (form := self._met(a, b, at)) is not None]
        null = left.null and right.null
        if not forms and not null:
            advice = "let them have a value in common, or take one out"
            raise at.error("PAR908", f"no value fits all of {what}", advice)
        unions = [each for each in (left, right) if len(each.forms) > 1 or each.tag]
        union = unions[0] if len(unions) == 1 else None
        return Shape(
            at,
            forms,
            null=null,
            notes=notes,
            exclusive=union.exclusive if union else None,
            tag=union.tag if union else None,
        )

    def _is_plain_pair(self, left: Shape, right: Shape) -> bool:
        """Whether both are the same schema by name."""
        targets = [[form.target for form in each.forms if isinstance(form, ReferenceForm)] for each in (left, right)]
        return len(targets[0]) == len(left.forms) == 1 and targets[0] == targets[1] and left.null == right.null

    def _opened(self, shape: Shape) -> Shape:
        """The shape without names."""
        forms: list[Form] = []
        null = shape.null
        for form in shape.forms:
            if isinstance(form, ReferenceForm):
                inner = self._opened(self._resolve(form.target))
                if inner.is_any:
                    return replace(inner, notes=shape.notes)
                forms += inner.forms
                null = null or inner.null
            else:
                forms.append(form)
        return replace(shape, forms=forms, null=null)

    def _met(self, left: Form, right: Form, at: ValueLocation) -> Form | None:
        try:
            return self._pair(left, right, at)
        except _EmptyError:
            return None

    def _pair(self, left: Form, right: Form, at: ValueLocation) -> Form | None:
        match left, right:
            case ValuesForm(), ValuesForm():
                kept = [value for value in left.values if any(_same(value, other) for other in right.values)]
                return replace(left, values=kept) if kept else None
            case ValuesForm(), ScalarForm():
                kept = [value for value in left.values if self._conformance.fits(right, value)]
                return replace(left, values=kept) if kept else None
            case ScalarForm(), ValuesForm():
                return self._pair(right, left, at)
            case ScalarForm(), ScalarForm():
                return self._scalars(left, right, at)
            case ArrayForm(), ArrayForm():
                items = self._items(left.items, right.items, at)
                return replace(left, items=items, bounds=self._bounds(left.bounds, right.bounds, at))
            case ObjectForm(), ObjectForm():
                return self._objects(left, right, at)
            case _:
                return None

    def _items(self, left: Shape | None, right: Shape | None, at: ValueLocation) -> Shape | None:
        if left is None or right is None:
            return right if left is None else left
        return self.of(left, right, at, "the items of both")

    def _scalars(self, left: ScalarForm, right: ScalarForm, at: ValueLocation) -> ScalarForm | None:
        types = {left.type, right.type}
        if len(types) > 1 and types != {"integer", "number"}:
            return None
        kind = left.type if len(types) == 1 else "integer"
        return replace(left, type=kind, bounds=self._bounds(left.bounds, right.bounds, at))

    def _bounds(self, left: dict[str, Any], right: dict[str, Any], at: ValueLocation) -> dict[str, Any]:
        """The tighter of each two bounds."""
        merged = {**left, **right}
        for key in left.keys() & right.keys():
            a, b = left[key], right[key]
            if key in _HIGHEST:
                merged[key] = max(a, b)
            elif key in _LOWEST:
                merged[key] = min(a, b)
            elif key == "uniqueItems":
                merged[key] = a or b
            elif key == "multipleOf":
                merged[key] = _common_multiple(a, b, at)
            elif key == "pattern" and a != b:
                merged[key] = a
                reason = "A spec has one pattern for a text."
                self._report.add("pattern", at, {"allOf": [{"pattern": a}, {"pattern": b}]}, {"pattern": a}, reason)
        for low, high in (("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems")):
            if low in merged and high in merged and merged[low] > merged[high]:
                raise _EmptyError
        return merged

    def _objects(self, left: ObjectForm, right: ObjectForm, at: ValueLocation) -> ObjectForm:
        fields: dict[str, Shape] = {}
        for name in dict.fromkeys([*left.fields, *right.fields]):
            fields[name] = self._field(name, left, right)
        extra = self._extra(left, right, at)
        required = [*dict.fromkeys([*left.required, *right.required])]
        bounds = self._bounds(left.bounds, right.bounds, at)
        keys = {**(left.keys or {}), **(right.keys or {})} or None
        return ObjectForm(fields, required, extra, bounds, at, left.description or right.description, keys)

    def _field(self, name: str, left: ObjectForm, right: ObjectForm) -> Shape:
        a, b = left.fields.get(name), right.fields.get(name)
        if a is not None and b is not None:
            merged = self.of(a, b, b.location, f"the declarations of {name!r}")
            if a.location != b.location:
                self._report.add("repeated-property", b.location, b.location.value, _facts(merged))
            return merged
        found, other = (a, right) if a is not None else (b, left)
        assert found is not None  # noqa: S101 - one of the two has the field
        if not isinstance(other.extra, Shape):
            return found
        try:
            return self.of(found, other.extra, found.location)
        except SpecError:  # to the letter, no object may have the property that the author describes
            extra = other.location.below("additionalProperties")
            self._report.add("closed-arm", extra, extra.value, {"properties": [name]})
            return found

    def _extra(self, left: ObjectForm, right: ObjectForm, at: ValueLocation) -> Shape | bool | None:
        for closed, other in ((left, right), (right, left)):
            missing = [name for name in other.fields if name not in closed.fields]
            if closed.extra is False and missing:
                found = closed.location.below("additionalProperties")
                self._report.add("closed-arm", found, False, {"properties": [*missing]})
        for closed in (left, right):
            if closed.extra is False:
                return False
        if isinstance(left.extra, Shape) and isinstance(right.extra, Shape):
            return self.of(left.extra, right.extra, at, "additionalProperties")
        shapes = [each.extra for each in (left, right) if isinstance(each.extra, Shape)]
        return shapes[0] if shapes else left.extra if left.extra is not None else right.extra


def _same(left: Any, right: Any) -> bool:
    return bool(left == right) and isinstance(left, bool) == isinstance(right, bool)


def _common_multiple(left: float, right: float, at: ValueLocation) -> float:
    for a, b in ((left, right), (right, left)):
        if (a / b).is_integer():
            return a
    raise at.error("PAR903", f"no step is a multiple of both {left} and {right}", "say one `multipleOf`")


def _facts(shape: Shape) -> dict[str, Any]:
    """A merged property as a report shows it."""
    types = [*_types(shape)]
    facts: dict[str, Any] = {"type": types[0] if len(types) == 1 else types} if types else {}
    for form in shape.forms:
        if isinstance(form, ScalarForm | ArrayForm):
            facts |= form.bounds
        elif isinstance(form, ValuesForm):
            facts["enum"] = form.values
    return facts


def _types(shape: Shape) -> Iterator[str]:
    for form in shape.forms:
        match form:
            case ScalarForm():
                yield form.type
            case ArrayForm():
                yield "array"
            case ObjectForm():
                yield "object"
            case _:
                pass
    if shape.null:
        yield "null"
