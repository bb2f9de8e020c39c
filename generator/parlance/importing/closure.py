"""What the roots of an import lead to, in the order of the story; and no reference that leads back to itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .imported_files import ValueLocation
from .shape_reader import ShapeReader
from .value_forms import ArrayForm, ObjectForm, ReferenceForm, Shape

__all__ = ["closure", "inner"]


def closure(reader: ShapeReader, roots: Iterable[ValueLocation]) -> dict[ValueLocation, Shape]:
    """The schemas with names that the roots lead to, themselves first. Raises `SpecError`."""
    found: dict[ValueLocation, Shape] = {}
    ahead = [*roots][::-1]
    while ahead:
        at = ahead.pop()
        if at in found:
            continue
        found[at] = reader.shape(at)
        ahead += reversed([*_targets(found[at])])
    for at in found:
        _check(found, at, [])
    return found


def inner(shape: Shape) -> Iterator[Shape]:
    """The shape, and all that stand in it without a name."""
    yield shape
    for form in shape.forms:
        match form:
            case ArrayForm(items=Shape() as items):
                yield from inner(items)
            case ObjectForm(fields=fields, extra=extra):
                for field in fields.values():
                    yield from inner(field)
                if isinstance(extra, Shape):
                    yield from inner(extra)
            case _:
                pass


def _targets(shape: Shape) -> Iterator[ValueLocation]:
    for each in inner(shape):
        yield from (form.target for form in each.forms if isinstance(form, ReferenceForm))


def _check(found: dict[ValueLocation, Shape], at: ValueLocation, above: list[ValueLocation]) -> None:
    """Find a schema that is made of itself, with no object and no array between."""
    if at in above:
        message = f"#{at.pointer} leads back to itself with no object or array between"
        raise at.error("PAR905", message, "let one of the references end")
    for form in found[at].forms:
        if isinstance(form, ReferenceForm):
            _check(found, form.target, [*above, at])
