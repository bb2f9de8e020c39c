"""A record as the strings of its class."""

from __future__ import annotations

from dataclasses import dataclass

from ...backends.python.text import docstring, literal
from ...contract.ir import Constant, Field, Presence, Record, UnknownFields
from ..annotation import Annotation, Generic, flat, laid_out
from ..phrases import described
from ..python_names import class_name
from .types import Types

__all__ = ["CountView", "FieldView", "RecordView", "record_view"]


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field: what stands behind its name, and below it."""

    annotation: str
    required: bool
    default: str
    """What a constructor takes for it if it is not given, behind an equals sign; empty where it must be."""

    doc: str


@dataclass(frozen=True, slots=True)
class CountView:
    """What checks how many fields there are: the names that this takes, and its bounds as arguments."""

    model_validator: str
    self_type: str
    count_fields: str
    arguments: str


@dataclass(frozen=True, slots=True)
class RecordView:
    """One class, and its fields with the names of their attributes."""

    name: str
    base: str
    doc: str
    fields: tuple[tuple[str, FieldView], ...]
    extra: tuple[str, str] | None
    """The name of the flag that hides it from type checkers, and the type of fields beyond the known ones."""

    count: CountView | None
    """The check of how many fields there are."""


def record_view(record: Record, types: Types, *, drops_unknown: bool = False) -> RecordView:
    """*record* with its annotations made."""
    attributes = types.attributes(record)
    return RecordView(
        name=class_name(record.name),
        base=types.imports.name(_base(record, drops_unknown=drops_unknown)),
        doc=docstring(described(record), 4),
        fields=tuple((attributes[field.name], _field(field, attributes[field.name], types)) for field in record.fields),
        extra=_extra(record, types),
        count=_count(record, types),
    )


def _base(record: Record, *, drops_unknown: bool) -> str:
    if record.extra is not None or record.unknown is UnknownFields.OPEN:
        return "OpenRecord"
    if drops_unknown:
        return "PartialRecord"
    return "ClosedRecord" if record.unknown is UnknownFields.REFUSE else "OpenRecord"


def _field(field: Field, attribute: str, types: Types) -> FieldView:
    required = field.presence is Presence.REQUIRED
    tree: Annotation = types.annotation(field.type)
    if not required and not types.is_nullable(field.type):
        tree = Generic(types.imports.name("Omissible"), (tree,))
    if attribute != field.name:
        tree = types.wired(tree, field.name)
    default = _default(field)
    start = f"{attribute}: "
    source = laid_out(start, tree, default, 4)
    return FieldView(
        annotation=source.removeprefix(start).removesuffix(default),
        required=required,
        default=default,
        doc=docstring(described(field), 4),
    )


def _default(field: Field) -> str:
    if field.presence is not Presence.REQUIRED:
        return " = None"
    return f" = {literal(field.type.value)}" if isinstance(field.type, Constant) else ""


def _extra(record: Record, types: Types) -> tuple[str, str] | None:
    if record.extra is None:
        return None
    return types.imports.name("TYPE_CHECKING"), flat(types.annotation(record.extra))


def _count(record: Record, types: Types) -> CountView | None:
    if record.min_properties is None and record.max_properties is None:
        return None
    limits = {"minimum": record.min_properties, "maximum": record.max_properties}
    given = "".join(f", {name}={limit}" for name, limit in limits.items() if limit is not None)
    validator, self_type, function = (types.imports.name(name) for name in ("model_validator", "Self", "count_fields"))
    return CountView(validator, self_type, function, given)
