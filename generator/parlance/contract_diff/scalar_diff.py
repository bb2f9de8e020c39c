"""Texts and numbers: their bounds, and the values that are listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from ..contract.ir import Integer, Number, Text
from ..contract.limits import accepts
from ..runtime.python.equality import is_multiple
from .contract_change import ABSENT, LocalChange
from .plain_schema import facets
from .type_parts import ListedValue, Scalar, ScalarForm

__all__ = ["count_changes", "form_changes", "scalar_changes"]


def scalar_changes(
    old: tuple[Sequence[ScalarForm], Mapping[Scalar, ListedValue]],
    new: tuple[Sequence[ScalarForm], Mapping[Scalar, ListedValue]],
) -> Iterator[LocalChange]:
    """What became of texts, or of numbers: their forms, and the values beside them."""
    (old_forms, old_values), (new_forms, new_values) = old, new
    if old_values and new_forms and not old_forms:
        yield LocalChange("values-opened", sorted(old_values), _schema(new_forms))
    elif new_values and old_forms and not new_forms:
        yield LocalChange("values-closed", _schema(old_forms), sorted(new_values))
    else:
        yield from _forms(old_forms, new_forms)
    forms = [*old_forms, *new_forms]
    for value in old_values:
        if value not in new_values:
            known = "known-" if _is_taken(value, forms) else ""
            yield LocalChange(f"{known}value-removed", before=value)
    for value, listed in new_values.items():
        if value in old_values:
            yield from _of_value(value, old_values[value], listed)
        else:
            known = "known-" if _is_taken(value, forms) else ""
            yield LocalChange(f"{known}value-added", after=value)


def _is_taken(value: Scalar, forms: Sequence[ScalarForm]) -> bool:
    """Whether a value is accepted beside the listed ones, before or afterwards: other forms are reported."""
    return any(accepts(form, value, {}) for form in forms)


def _of_value(value: Scalar, old: ListedValue, new: ListedValue) -> Iterator[LocalChange]:
    if old.is_deprecated != new.is_deprecated:
        kind = "deprecated" if new.is_deprecated else "undeprecated"
        yield LocalChange(kind, value, value)
    if old.policy != new.policy:
        before, after = ({"value": value, "policy": each.policy} for each in (old, new))
        yield LocalChange("policy-changed", before, after)
    if old.description and new.description and old.description != new.description:
        before, after = ({"value": value, "description": each.description} for each in (old, new))
        yield LocalChange("description-changed", before, after)


def _schema(forms: Sequence[ScalarForm]) -> dict[str, Any]:
    word = {Text: "string", Integer: "integer", Number: "number"}
    schemas = [{"type": word[type(form)]} | facets(form) for form in forms]
    return schemas[0] if len(schemas) == 1 else {"anyOf": schemas}


def _forms(old: Sequence[ScalarForm], new: Sequence[ScalarForm]) -> Iterator[LocalChange]:
    """Forms that are the same are paired, then those that are left, if there is one on each side."""
    gone, come = ([form for form in side if form not in other] for side, other in ((old, new), (new, old)))
    if len(gone) == len(come) == 1:
        yield from form_changes(gone[0], come[0])
        return
    for form in gone:
        yield LocalChange("member-removed", before=_schema([form]))
    for form in come:
        yield LocalChange("member-added", after=_schema([form]))


def form_changes(old: ScalarForm, new: ScalarForm) -> Iterator[LocalChange]:
    """What became of one form of texts or numbers."""
    if isinstance(old, Text) and isinstance(new, Text):
        yield from _text(old, new)
    elif not isinstance(old, Text) and not isinstance(new, Text):
        if isinstance(old, Integer) != isinstance(new, Integer):
            words = ("integer", "number")
            before, after = words if isinstance(old, Integer) else words[::-1]
            kind = "type-widened" if before == "integer" else "type-narrowed"
            yield LocalChange(kind, {"type": before}, {"type": after})
        yield from _number(old, new)


def _text(old: Text, new: Text) -> Iterator[LocalChange]:
    yield from count_changes("Length", (old.min_length, old.max_length), (new.min_length, new.max_length))
    if old.pattern != new.pattern:
        kind = "added" if old.pattern is None else "removed" if new.pattern is None else "changed"
        before, after = (ABSENT if each.pattern is None else each.pattern for each in (old, new))
        yield LocalChange(f"pattern-{kind}", before, after)
    for value in old.excluded:
        if value not in new.excluded:
            yield LocalChange("value-added", after=value)
    for value in new.excluded:
        if value not in old.excluded:
            yield LocalChange("value-removed", before=value)
    for key in ("format", "contentMediaType"):
        yield from _note(key, facets(old), facets(new))


def _note(key: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[LocalChange]:
    if old.get(key) != new.get(key):
        before, after = ({key: each[key]} if key in each else ABSENT for each in (old, new))
        yield LocalChange("format-changed", before, after)


def _number(old: Integer | Number, new: Integer | Number) -> Iterator[LocalChange]:
    if isinstance(old, Integer) != isinstance(new, Integer):  # both bounds as those of numbers
        old, new = (_as_number(each) for each in (old, new))
    for end, sign in (("inimum", 1), ("aximum", -1)):
        before, after = (_bound(facets(form), end, sign) for form in (old, new))
        yield from _bound_change(before, after)
    if old.multiple_of != new.multiple_of:
        yield _step_change(old.multiple_of, new.multiple_of)
    yield from _note("format", facets(old), facets(new))


def _as_number(form: Integer | Number) -> Number:
    if isinstance(form, Number):
        return form
    return replace(Number(), minimum=form.minimum, maximum=form.maximum, multiple_of=form.multiple_of)


def _step_change(old: float | None, new: float | None) -> LocalChange:
    """What became of `multipleOf`."""
    is_wider = new is None or (old is not None and is_multiple(old, new))
    is_tighter = old is None or (new is not None and is_multiple(new, old))
    kind = "bound-widened" if is_wider else "bound-narrowed" if is_tighter else "bound-changed"
    sides = [ABSENT if each is None else {"multipleOf": each} for each in (old, new)]
    return LocalChange(kind, *sides)


class _EndBound(NamedTuple):
    """A bound at one end."""

    tightness: tuple[float, bool]
    """The greater, the fewer values it admits."""

    keyword: dict[str, float]


def _bound(keywords: Mapping[str, Any], end: str, sign: int) -> _EndBound | None:
    """The bound at one end."""
    found = [
        _EndBound((keywords[key] * sign, is_strict), {key: keywords[key]})
        for key, is_strict in ((f"m{end}", False), (f"exclusiveM{end}", True))
        if key in keywords
    ]
    return max(found, key=lambda bound: bound.tightness, default=None)


def _bound_change(old: _EndBound | None, new: _EndBound | None) -> Iterator[LocalChange]:
    """What became of a bound, if it moved."""
    tightness = [None if each is None else each.tightness for each in (old, new)]
    if tightness[0] != tightness[1]:
        is_tighter = old is None or (new is not None and new.tightness > old.tightness)
        sides = [ABSENT if each is None else each.keyword for each in (old, new)]
        yield LocalChange("bound-narrowed" if is_tighter else "bound-widened", *sides)


def count_changes(
    what: str, old: tuple[int | None, int | None], new: tuple[int | None, int | None]
) -> Iterator[LocalChange]:
    """What became of `minLength` and `maxLength`, or of the bounds of items or properties."""
    for end, sign, before, after in (("min", 1, old[0], new[0]), ("max", -1, old[1], new[1])):
        key = f"{end}{what}"
        yield from _bound_change(_count_bound(key, before, sign), _count_bound(key, after, sign))


def _count_bound(key: str, count: int | None, sign: int) -> _EndBound | None:
    return None if count is None else _EndBound((count * sign, False), {key: count})
