"""Shapes to schemas of the spec language: every record and every enumeration gets a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeAlias

from ..finding.pointer import tokens
from .conformance import Conformance
from .imported_files import ValueLocation
from .naming import ImportedNames
from .report import NOTHING, ImportReport
from .union_tags import Tagging
from .value_forms import UNSET, ArrayForm, Form, Notes, ObjectForm, ReferenceForm, ScalarForm, Shape, ValuesForm

__all__ = ["SchemaWriter"]

Schema: TypeAlias = dict[str, Any]

_UNDESCRIBED = "Not described."
_HOMES = (("components", "schemas"), ("$defs",), ("definitions",), ("schemas",))


class SchemaWriter:
    """The named schemas of a spec."""

    def __init__(self, tagging: Tagging, hints: Mapping[ValueLocation, str], day: date, report: ImportReport) -> None:
        self._shapes = tagging.shapes
        self._tagging = tagging
        self._hints = hints
        self._day = day
        self._report = report
        self._conformance = Conformance(lambda target: self._shapes[target])
        self._names = ImportedNames()
        self.schemas: dict[str, Schema] = {}
        """What has been written, in order."""

        self.places: dict[str, ValueLocation] = {}
        """Where each of them comes from."""

        self.names: dict[ValueLocation, str] = {}
        self._give_names()

    def write(self) -> None:
        """Write the schemas of the closure, each followed by those that stand in it."""
        for at, shape in self._shapes.items():
            self._named(self.names[at], at, shape, shape.notes)

    def _give_names(self) -> None:
        """Name what has a name in the document first, so that it keeps it."""
        own = {at: name for at in self._shapes if (name := _component(at)) is not None}
        for at in sorted(own, key=lambda at: own[at] != self._names_like(own[at])):
            self.names[at] = self._names.component(own[at])
            if self.names[at] != own[at]:
                self._report.add("name", at, own[at], self.names[at])
        for at in self._shapes:
            if at not in self.names:
                self.names[at] = self._names.inline(self._parts(at))

    @staticmethod
    def _names_like(name: str) -> str:
        """What the name would be if no other were like it."""
        return ImportedNames().component(name)

    def _parts(self, at: ValueLocation) -> list[str]:
        """Words for a schema without a name: the hint of a root, or the schema that it stands in and the way there."""
        if at in self._hints:
            return [self._hints[at]]
        steps = tokens(at.pointer)
        for home in _HOMES:
            if tuple(steps[: len(home)]) == home and len(steps) > len(home):
                steps = steps[len(home) :]
        skipped = ("properties", "allOf", "anyOf", "oneOf", "content", "schema")
        words = ["Item" if step == "items" else step for step in steps if step not in skipped]
        return words or [at.file.path.name.partition(".")[0]]

    def _named(self, name: str, at: ValueLocation, shape: Shape, notes: Notes) -> None:
        """Write a schema that has a name."""
        schema: Schema = {"description": notes.description or notes.title or _UNDESCRIBED}
        self.schemas[name] = schema  # before those that stand in it
        self.places[name] = at
        schema["x-source"] = f"{at.file.name.rpartition('/')[2]}#{at.pointer} ({at.file.sha256[:12]})"
        is_record = False
        match shape.forms:
            case [ObjectForm() as form] if not shape.null and _is_record(form):
                schema |= self._record(form, name)
                is_record = True
            case [ValuesForm() as form] if not shape.null and _is_enumeration(form):
                schema |= _enumeration(form)
            case _:
                schema |= self._placed(shape, [name])
        if notes.deprecated:
            schema["x-deprecated-since"] = self._day
        self._put_default(schema, shape, notes, is_allowed=not is_record)
        self._put_examples(schema, shape, notes)

    def _put_default(self, schema: Schema, shape: Shape, notes: Notes, *, is_allowed: bool) -> None:
        at = notes.default_at
        if at is None or notes.default is UNSET:
            return
        if not is_allowed:
            self._report.add("default", at, notes.default, NOTHING, "A spec has defaults for fields, not for this.")
        elif not self._conformance.conforms(shape, notes.default):
            self._report.add("default", at, notes.default, NOTHING, "Its own schema refuses it.")
        else:
            schema["default"] = notes.default

    def _put_examples(self, schema: Schema, shape: Shape, notes: Notes) -> None:
        kept: list[Any] = []
        for value, at in notes.examples:
            if self._conformance.conforms(shape, value):
                kept.append(value)
            else:
                self._report.add("annotation", at, value, NOTHING, "Its own schema refuses the example.")
        if kept:
            schema["examples"] = kept

    def _field(self, shape: Shape, parts: list[str]) -> Schema:
        """A field of a record."""
        notes = shape.notes
        schema = self._placed(self._constant_of_tag(shape) if parts[-1] in self._tagging.tags else shape, parts)
        described = notes.description or notes.title
        if described or "$ref" not in schema:
            schema = {"description": described or _UNDESCRIBED, **schema}
        if notes.deprecated:
            schema["x-deprecated-since"] = self._day
        self._put_default(schema, shape, notes, is_allowed=True)
        self._put_examples(schema, shape, notes)
        return schema

    def _constant_of_tag(self, shape: Shape) -> Shape:
        """The shape of a tag: the constant itself, where a schema with a name says it."""
        match shape.forms:
            case [ReferenceForm(target=target)] if not shape.null:
                inner = self._constant_of_tag(self._shapes[target])
                is_constant = isinstance(inner.forms[0], ValuesForm) and len(inner.forms[0].values) == 1
                return replace(shape, forms=inner.forms) if is_constant and not inner.null else shape
            case _:
                return shape

    def _part(self, shape: Shape, parts: list[str]) -> Schema:
        """What an array or a map holds."""
        schema = self._placed(shape, parts)
        if shape.notes.description and "description" not in schema:
            schema["description"] = shape.notes.description
        self._put_default(schema, shape, shape.notes, is_allowed=False)
        self._put_examples(schema, shape, shape.notes)
        return schema

    def _placed(self, shape: Shape, parts: list[str]) -> Schema:
        """A schema in any place, without what is said besides."""
        if shape.is_any:
            return {}
        if not shape.forms:
            return {"type": "null"}
        tag = self._tagging.tag_of(shape)
        if len(shape.forms) == 1:
            schema = self._form(shape.forms[0], parts, shape)
            if not shape.null:
                return schema
            if isinstance(schema.get("type"), str):
                return {**schema, "type": [schema["type"], "null"]}
            members = schema["anyOf"] if set(schema) == {"anyOf"} else [schema]
            return {"anyOf": [*members, {"type": "null"}]}
        members = [self._member(form, parts, tag, shape) for form in shape.forms]
        flat = [inner for each in members for inner in (each["anyOf"] if set(each) == {"anyOf"} else [each])]
        if tag is not None and not shape.null and all("$ref" in each for each in flat):
            return {"oneOf": flat, "discriminator": {"propertyName": tag}}
        return {"anyOf": [*flat, *([{"type": "null"}] if shape.null else [])]}

    def _member(self, form: Form, parts: list[str], tag: str | None, union: Shape) -> Schema:
        name = [*parts]
        if isinstance(form, ObjectForm):
            own = form.fields[tag].forms[0] if tag and tag in form.fields and form.fields[tag].forms else None
            word = str(own.values[0]) if isinstance(own, ValuesForm) else _word(form)
            name = [*parts, word] if word else name
        schema = self._form(form, name, union)
        return {**schema, "description": form.description} if form.description and schema else schema

    def _form(self, form: Form, parts: list[str], owner: Shape) -> Schema:
        match form:
            case ReferenceForm():
                return self._reference(form)
            case ScalarForm():
                return {"type": form.type, **_bounds(form)}
            case ValuesForm():
                return self._values(form, parts, owner)
            case ArrayForm():
                items = {} if form.items is None else self._part(form.items, [*parts, "Item"])
                return {"type": "array", "items": items, **form.bounds}
            case ObjectForm():
                return self._object(form, parts, owner)

    def _reference(self, form: ReferenceForm) -> Schema:
        return {"$ref": f"#/{self.names[form.target]}"}

    def _values(self, form: ValuesForm, parts: list[str], owner: Shape) -> Schema:
        if _is_enumeration(form):
            return self._lifted(form, parts, owner)
        if len(form.values) == 1:
            return _constant(form.values[0])
        if {*map(type, form.values)} == {bool}:
            return {"type": "boolean"}
        return {"anyOf": [_constant(value) for value in form.values]}

    def _object(self, form: ObjectForm, parts: list[str], owner: Shape) -> Schema:
        if _is_record(form):
            return self._lifted(form, parts, owner)
        schema: Schema = {"type": "object"}
        if isinstance(form.extra, Shape):
            schema["additionalProperties"] = self._part(form.extra, [*parts, "Value"])
        if form.keys:
            schema["propertyNames"] = {"type": "string", **form.keys}
        return {**schema, **form.bounds}

    def _lifted(self, form: ObjectForm | ValuesForm, parts: list[str], owner: Shape) -> Schema:
        """A record or an enumeration that stands in another schema, as one with a name."""
        name = self._names.inline(parts if len(parts) > 1 else [*parts, "Value"])
        notes = replace(owner.notes, default=UNSET, default_at=None, examples=[], deprecated=False)
        if len(owner.forms) > 1:
            notes = Notes(description=form.description)
        at = form.location
        self._named(name, at, Shape(at, [form]), notes)
        return {"$ref": f"#/{name}"}

    def _record(self, form: ObjectForm, name: str) -> Schema:
        schema: Schema = {"type": "object"}
        fields = dict(form.fields)
        for missing in (each for each in form.required if each not in form.fields):
            fields[missing] = form.extra if isinstance(form.extra, Shape) else Shape(form.location, is_any=True)
            self._report.add("undeclared", form.location.below("required"), {"required": [missing]},
                             {"properties": {missing: {}}})  # fmt: skip
        if form.required:
            schema["required"] = [*form.required]
        schema["properties"] = {
            field: self._field(replace(shape) if field in form.fields else Shape(shape.location, shape.forms,
                               is_any=shape.is_any, null=shape.null), [name, field])
            for field, shape in fields.items()
        }  # fmt: skip
        if isinstance(form.extra, Shape):
            schema["additionalProperties"] = self._part(form.extra, [name, "Value"])
        elif form.extra is not None:
            schema["additionalProperties"] = form.extra
        return {**schema, **form.bounds}


def _is_record(form: ObjectForm) -> bool:
    """Whether an object has fields; without any it is a map, but not if nothing may stand in it."""
    return bool(form.fields or form.required) or form.extra is False


def _is_enumeration(form: ValuesForm) -> bool:
    kinds = {type(value) for value in form.values}  # pyright: ignore[reportUnknownVariableType]
    return len(form.values) > 1 and kinds in ({str}, {int})


def _enumeration(form: ValuesForm) -> Schema:
    members = [{"const": value, "description": f"The value {value!r}."} for value in form.values]
    return {"type": "string" if isinstance(form.values[0], str) else "integer", "oneOf": members}


def _is_constant(value: Any) -> bool:
    return isinstance(value, str | int)


def _constant(value: Any) -> Schema:
    """A value; a fraction is a number between itself and itself."""
    return {"const": value} if _is_constant(value) else {"type": "number", "minimum": value, "maximum": value}


def _bounds(form: ScalarForm) -> dict[str, Any]:
    return {key: value for key, value in form.bounds.items() if key != "format" or form.type in ("string", "integer")}


def _word(form: ObjectForm) -> str:
    """A word for a member of a union that no constant names: the first of what it must have."""
    return next(iter([*form.required, *form.fields]), "")


def _component(at: ValueLocation) -> str | None:
    """The name that a schema has in its document."""
    steps = tokens(at.pointer)
    for home in _HOMES:
        if tuple(steps[: len(home)]) == home and len(steps) == len(home) + 1:
            return steps[-1]
    return None


