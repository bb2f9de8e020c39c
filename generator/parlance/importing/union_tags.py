"""Unions: which constant distinguishes their members, and whether at most one member fits a value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any, NamedTuple

from .closure import inner
from .imported_files import ValueLocation
from .report import NOTHING, ImportReport
from .value_forms import ArrayForm, Form, ObjectForm, ReferenceForm, ScalarForm, Shape, ValuesForm

__all__ = ["Tagging"]


class _UnionMember(NamedTuple):
    """An object of a union."""

    name: str
    record: ObjectForm
    target: ValueLocation | None
    """Where it stands if it has a name."""


class Tagging:
    """Judges the unions of a closure, whose shapes it replaces where a tag has to be made plain."""

    def __init__(self, shapes: dict[ValueLocation, Shape], report: ImportReport) -> None:
        self.shapes = shapes
        self.tags: set[str] = set()
        """The fields by which members of unions are distinguished."""

        self._report = report

    def run(self) -> None:
        """Make every tag plain, then look at every union. Raises `SpecError`."""
        for shape in [*self._all()]:
            if shape.tag is not None:
                self._make_plain(shape, shape.tag)
        for shape in self._all():
            if (tag := shape.tag or self._common_tag([*self._members(shape)])) is not None:
                self.tags.add(tag)
            if shape.tag is not None:
                self._check_tag(shape, shape.tag)
            elif shape.exclusive is not None:
                self._check_exclusive(shape, shape.exclusive)

    def tag_of(self, shape: Shape) -> str | None:
        """The field whose constant differs in every member; None where not all members are objects, or none does."""
        members = [*self._members(shape)]
        if len(members) != len(shape.forms) or len(members) < 2:
            return None
        return shape.tag if shape.tag and self._is_tag(shape.tag, members) else self._common_tag(members)

    def _all(self) -> Iterator[Shape]:
        seen: set[int] = set()
        for at in [*self.shapes]:
            for shape in inner(self.shapes[at]):
                if id(shape) not in seen:
                    seen.add(id(shape))
                    yield shape

    def _members(self, shape: Shape) -> Iterator[_UnionMember]:
        """The objects of a union, those of unions in it included."""
        for form in shape.forms:
            yield from self._objects(form, None)

    def _objects(self, form: Form, target: ValueLocation | None) -> Iterator[_UnionMember]:
        match form:
            case ObjectForm():
                yield _UnionMember(_called(target or form.location), form, target)
            case ReferenceForm():
                for inside in self.shapes[form.target].forms:
                    yield from self._objects(inside, form.target)
            case _:
                pass

    def _make_plain(self, shape: Shape, tag: str) -> None:
        """Let each member have the constant that its mapping or its name says, and require it."""
        members = [*self._members(shape)]
        values = self._mapped(shape)
        is_named = not values and not any(self._constants(member.record, tag) for member in members)
        for member in members:
            record, target = member.record, member.target
            mapped = values.get(target, []) if target else []
            if is_named and target is not None:
                mapped = [member.name]
            self._plain_member(shape, record, target, tag, mapped)

    def _mapped(self, shape: Shape) -> dict[ValueLocation, list[str]]:
        values: dict[ValueLocation, list[str]] = {}
        for value, target in (shape.mapping or {}).items():
            while target in self.shapes and len(forms := self.shapes[target].forms) == 1:
                if not isinstance(forms[0], ReferenceForm):
                    break
                target = forms[0].target  # noqa: PLW2901 - the schema at the end of a chain of names
            values.setdefault(target, []).append(value)
        return values

    def _plain_member(
        self, shape: Shape, record: ObjectForm, target: ValueLocation | None, tag: str, mapped: list[str]
    ) -> None:
        field = record.fields.get(tag)
        place = record.location
        constants = self._constants(record, tag)
        fields = dict(record.fields)
        if mapped and constants and not set(mapped) <= set(constants):
            message = f"the mapping of {tag!r} says {_listed(mapped)}, and the schema has {_listed(constants)}"
            raise shape.location.error("PAR908", message, "let the mapping and the schema say the same")
        if mapped and set(constants) != set(mapped) and (constants or field is None or _is_text(field)):
            made = field or Shape(place)
            is_own = field is not None and made.location.pointer.startswith(place.pointer)
            at = made.location if is_own else target or place
            fields[tag] = replace(made, forms=[ValuesForm([*mapped], at)], is_any=False, null=False)
            self._report.add("tag-constant", at, at.value if is_own else NOTHING, {"const": mapped[0]})
        required = record.required
        if tag in fields and tag not in required:
            required = [*required, tag]
            self._report.add("tag-required", fields[tag].location, NOTHING, {"required": [tag]})
        if fields != record.fields or required != record.required:
            self._replace(record, replace(record, fields=fields, required=required), target, shape)

    def _replace(self, old: ObjectForm, new: ObjectForm, target: ValueLocation | None, union: Shape) -> None:
        """Put *new* in the place of *old*: in the schema with a name, or in the union itself."""
        holder = self.shapes[target] if target is not None else union
        for index, form in enumerate(holder.forms):
            if form is old:
                holder.forms[index] = new

    def _check_tag(self, shape: Shape, tag: str) -> None:
        """Find members that have no constant of their own for a tag that is declared."""
        members = [*self._members(shape)]
        seen: dict[Any, str] = {}
        for member in members:
            values = self._constants(member.record, tag)
            if not values:
                message = f"{member.name!r} has no constant for {tag!r}, so that it cannot be distinguished"
                raise shape.location.error("PAR909", message, f"give its {tag!r} an `enum` of one value")
            for value in values:
                if seen.setdefault(value, member.name) != member.name:
                    message = f"{seen[value]!r} and {member.name!r} both have {value!r} for {tag!r}"
                    raise shape.location.error("PAR908", message, "give each a constant of its own")
        if len(members) > 1:
            at = shape.location.below("discriminator")
            self._report.add("tags", at, at.value, {"mapping": {str(key): seen[key] for key in seen}})

    def _check_exclusive(self, shape: Shape, at: ValueLocation) -> None:
        """Prove that at most one member of a `oneOf` fits, or say that the first one counts. Raises `SpecError`."""
        members = [*self._members(shape)]
        tag = self._common_tag(members)
        if tag is not None:
            values = {str(self._constants(member.record, tag)[0]): member.name for member in members}
            self._report.add("tags", at, NOTHING, {"propertyName": tag, "mapping": values})
        loose = None
        for left, right in combinations(self._flat(shape.forms), 2):
            if self._are_apart(left, right):
                continue
            if isinstance(left, ObjectForm) and isinstance(right, ObjectForm) and not self._are_tagged(left, right):
                names = self._names_of(left, right)
                message = f"the members {names[0]!r} and {names[1]!r} cannot be distinguished"
                advice = "give one property of each a constant of its own and require it, or write anyOf"
                raise at.error("PAR909", message, advice)
            loose = at
        if loose is not None:
            self._report.add("one-of", at, "oneOf", "anyOf")

    @staticmethod
    def _names_of(left: ObjectForm, right: ObjectForm) -> tuple[str, str]:
        names = _called(left.location), _called(right.location)
        return names if names[0] != names[1] else (f"{names[0]} with {_listed(left.required)}",
                                                   f"{names[1]} with {_listed(right.required)}")  # fmt: skip

    def _flat(self, forms: Iterable[Form]) -> list[Form]:
        flat: list[Form] = []
        for form in forms:
            flat += self._flat(self.shapes[form.target].forms) if isinstance(form, ReferenceForm) else [form]
        return flat

    def _are_apart(self, left: Form, right: Form) -> bool:
        """Whether no value is of both forms."""
        match left, right:
            case ValuesForm(), ValuesForm():
                return not any(value in right.values for value in left.values)
            case (ValuesForm(), ScalarForm()) | (ScalarForm(), ValuesForm()):
                return _kinds(left).isdisjoint(_kinds(right))
            case ObjectForm(), ObjectForm():
                return self._are_objects_apart(left, right)
            case _:
                return _kinds(left).isdisjoint(_kinds(right))

    def _are_objects_apart(self, left: ObjectForm, right: ObjectForm) -> bool:
        for one, other in ((left, right), (right, left)):
            if one.extra is False and any(name not in one.fields for name in other.required):
                return True
        both = [name for name in left.required if name in right.required]
        return any(self._are_fields_apart(left.fields.get(name), right.fields.get(name)) for name in both)

    def _are_fields_apart(self, left: Shape | None, right: Shape | None) -> bool:
        if left is None or right is None or left.is_any or right.is_any or (left.null and right.null):
            return False
        forms = self._flat(left.forms), self._flat(right.forms)
        if all(any(isinstance(form, ObjectForm) for form in each) for each in forms):
            return False
        return all(self._are_apart(a, b) for a in forms[0] for b in forms[1])

    def _constants(self, record: ObjectForm, tag: str) -> list[Any]:
        """The values that a field is bound to."""
        field = record.fields.get(tag)
        for _ in range(len(self.shapes)):
            match field:
                case Shape(forms=[ValuesForm(values=values)], null=False):
                    return values
                case Shape(forms=[ReferenceForm(target=target)], null=False):
                    field = self.shapes[target]
                case _:
                    break
        return []

    def _is_tag(self, tag: str, members: list[_UnionMember]) -> bool:
        values = [self._constants(member.record, tag) for member in members if tag in member.record.required]
        texts = [each[0] for each in values if len(each) == 1 and isinstance(each[0], str)]
        return len(set(texts)) == len(members) == len(texts)

    def _common_tag(self, members: list[_UnionMember]) -> str | None:
        if len(members) < 2:
            return None
        return next((tag for tag in members[0].record.fields if self._is_tag(tag, members)), None)

    def _are_tagged(self, left: ObjectForm, right: ObjectForm) -> bool:
        """Whether a constant distinguishes two objects that have it, though neither need have it."""
        return any(
            (a := self._constants(left, name)) and (b := self._constants(right, name)) and set(a).isdisjoint(b)
            for name in left.fields
            if name in right.fields
        )


def _kinds(form: Form) -> set[str]:
    """The kinds of JSON values of a form; an integer is a number."""
    match form:
        case ScalarForm(type="integer"):
            return {"number"}
        case ScalarForm():
            return {form.type}
        case ValuesForm():
            return {_kind(value) for value in form.values}
        case ArrayForm():
            return {"array"}
        case _:
            return {"object"}


def _kind(value: Any) -> str:
    return "boolean" if isinstance(value, bool) else "string" if isinstance(value, str) else "number"


def _is_text(shape: Shape) -> bool:
    return shape.is_any or any(isinstance(form, ScalarForm) and form.type == "string" for form in shape.forms)


def _called(at: ValueLocation) -> str:
    """The name of a schema, or where it stands among the members of a union."""
    before, _, last = at.pointer.rpartition("/")
    return f"{before.rpartition('/')[2]}/{last}" if last.isdecimal() else last


def _listed(values: list[Any]) -> str:
    return ", ".join(map(repr, values))
