"""Schemas of a document to shapes, each read once; what they refer to is read when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from ..finding import SpecError
from ..finding.shape import is_array, is_object
from .form_reader import FormReader, without_repeats
from .imported_files import ImportedFiles, ValueLocation
from .inheritance import children
from .intersection import Intersection
from .keyword_kinds import TYPES, typed_keywords
from .note_reader import notes
from .report import NOTHING, ImportReport
from .rewrites import Node, rewritten
from .value_forms import Form, Notes, ReferenceForm, Shape, ValuesForm

__all__ = ["ShapeReader", "Version"]


_DEPTH = 64
"""Schemas that stand in one another without a name: each takes some ten calls of Python, which allows a thousand."""


class Version(NamedTuple):
    """What the version of a document decides."""

    name: str
    """As reasons say it."""

    ignores_siblings: bool
    """Whether keywords beside `$ref` count for nothing."""

    has_nullable: bool
    """Whether `nullable` is a keyword."""


class ShapeReader:
    """The shapes of the schemas of one document."""

    def __init__(self, library: ImportedFiles, version: Version, report: ImportReport) -> None:
        self._library = library
        self._version = version
        self._report = report
        self._shapes: dict[ValueLocation, Shape] = {}
        self._inheritance: dict[ValueLocation, dict[str, ValueLocation]] = {}
        self._open: list[ValueLocation] = []
        """The schemas whose arms of `allOf` are being merged."""

        self._intersection = Intersection(self.shape, report)
        self._forms = FormReader(self.shape, report)

    def shape(self, at: ValueLocation) -> Shape:
        """What the schema at a place accepts. Raises `SpecError`."""
        if at not in self._shapes:
            if at in self._open:
                names = " → ".join(f"#{each.pointer}" for each in [*self._open[self._open.index(at) :], at])
                raise at.error("PAR905", f"`allOf` leads back to itself: {names}", "take one of the references out")
            if len(self._open) == _DEPTH:
                message = f"schemas stand in one another more than {_DEPTH} deep"
                raise at.error("PAR903", message, "give one of them a name, and refer to it")
            self._open.append(at)
            self._shapes[at] = self._read(at)
            self._open.pop()
        return self._shapes[at]

    def _read(self, at: ValueLocation) -> Shape:
        node = at.value
        if node is True or node == {}:
            return Shape(at, is_any=True)
        if node is False:
            raise at.error("PAR903", "a schema that is `false` has no counterpart", "take the property out")
        if not is_object(node):
            raise at.error("PAR903", "a schema must be an object", "write it as {type: …}")
        if "$ref" in node:
            return self._reference(at, node)
        if heirs := self._heirs(at):
            return self._family(at, node, heirs)
        return self._merged(at, rewritten(at, node, self._report))

    def _heirs(self, at: ValueLocation) -> dict[str, ValueLocation]:
        """The schemas that inherit from the one at a place, by the value of its discriminator."""
        if at not in self._inheritance:
            node = at.value
            self._inheritance[at] = children(at, node, self._library) if is_object(node) else {}
        return self._inheritance[at]

    def _family(self, at: ValueLocation, node: Node, heirs: dict[str, ValueLocation]) -> Shape:
        """The union of all that inherit from a base: whoever refers to it means one of them."""
        tag, mapping = self._discriminator(at.below("discriminator"), node)
        mapping = {value: target for value, target in (mapping or heirs).items() if target != at}
        targets = dict.fromkeys(mapping.values())
        shape = Shape(at, [ReferenceForm(target) for target in targets], tag=tag, mapping=mapping)
        return self._with_null(at, node, shape).with_notes(Notes(description=notes(at, node, self._report).description))

    def _base(self, at: ValueLocation) -> Shape:
        """A base as those that inherit from it have it."""
        return self._merged(at, rewritten(at, at.value, self._report))

    def _reference(self, at: ValueLocation, node: Node) -> Shape:
        target = self._library.referred(at, node["$ref"])
        siblings = {key: value for key, value in node.items() if key != "$ref"}
        plain = Shape(at, [ReferenceForm(target)])
        if self._version.ignores_siblings:
            for key, value in siblings.items():
                if key != "nullable":
                    reason = f"{self._version.name} says that nothing beside `$ref` counts."
                    self._report.add("ref-sibling", at.below(key), value, NOTHING, reason)
            return self._with_null(at, siblings, plain)
        rest = rewritten(at, siblings, self._report)
        shape = self._with_null(at, rest, plain)
        own = self._own(at, rest, is_part=True)
        if own is not None:
            shape = self._intersection.of(shape, own, at, "`$ref` and what stands beside it")
        return shape.with_notes(notes(at, rest, self._report))

    def _merged(self, at: ValueLocation, node: Node) -> Shape:
        """The schema's own keywords, its arms and its members, put together."""
        parts = [part for part in (self._own(at, node), *self._arms(at, node), *self._unions(at, node)) if part]
        if not parts:
            shape = self._alone(at, node)
        else:
            shape = parts[0]
            for part in parts[1:]:
                shape = self._intersection.of(shape, part, at)
            if node.get("allOf") and sum(not part.is_any for part in parts) > 1:
                self._report.add("all-of", at.below("allOf"), node["allOf"], NOTHING)
            shape = self._with_null(at, node, replace(shape, location=at))
        return shape.with_notes(notes(at, node, self._report))

    def _alone(self, at: ValueLocation, node: Node) -> Shape:
        """A schema that says nothing of values but `nullable`."""
        if node.get("nullable") is True:
            self._report.add("nullable", at.below("nullable"), {"nullable": True}, {})
        return Shape(at, is_any=True)

    def _with_null(self, at: ValueLocation, node: Node, shape: Shape) -> Shape:
        nullable = node.get("nullable")
        if nullable is not None and not isinstance(nullable, bool):
            raise at.below("nullable").error("PAR903", "`nullable` must be true or false")
        if not nullable:
            return shape
        reason = None
        if not self._version.has_nullable:
            name = self._version.name
            reason = f"{name} says null by type; `nullable` has no meaning there, and its author means it."
        elif "enum" in node and None not in node["enum"]:
            reason = "OpenAPI 3.0 asks for null among the values as well; its author means it."
        words = _type_words(node)
        after = {"type": [*words, "null"]} if words else {"anyOf": ["…", {"type": "null"}]}
        reason = reason or "OpenAPI 3.1 says null by type."
        self._report.add("nullable", at.below("nullable"), {"nullable": True}, after, reason)
        return shape if shape.takes_null else replace(shape, null=True)

    def _arms(self, at: ValueLocation, node: Node) -> Iterator[Shape]:
        arms = node.get("allOf", [])
        if not is_array(arms):
            raise at.below("allOf").error("PAR903", "`allOf` must be a list of schemas")
        for index, arm in enumerate(arms):
            place = at.below("allOf", index)
            if is_object(arm) and _is_null_alone(arm):
                self._report.add("nullable", place.below("nullable"), {"nullable": True}, {"type": "null"})
                node["nullable"] = True
                continue
            base = self._library.referred(place, arm["$ref"]) if is_object(arm) and "$ref" in arm else None
            if base is not None and at in self._heirs(base).values():
                yield self._base(base)
            else:
                yield self.shape(place)

    def _unions(self, at: ValueLocation, node: Node) -> Iterator[Shape]:
        for key in ("anyOf", "oneOf"):
            if key in node:
                yield self._union(at.below(key), node[key], node)

    def _union(self, at: ValueLocation, members: Any, node: Node) -> Shape:
        if not is_array(members) or not members:
            raise at.error("PAR903", "a union must be a list of schemas", "write its members, or take it out")
        forms: list[Form] = []
        described: list[Notes] = []
        null = is_any = False
        for index, member in enumerate(members):
            place = at.below(index)
            if is_object(member) and _is_null_alone(member):
                self._report.add("nullable", place.below("nullable"), {"nullable": True}, {"type": "null"})
                null = True
                continue
            shape = self.shape(place)
            null = null or shape.null
            is_any = is_any or shape.is_any
            if shape.is_any or shape.forms:
                described.append(shape.notes)
            forms += (_described(form, shape.notes.description) for form in shape.forms)
        own = described[0] if len(described) == 1 else Notes()  # of the only member but null
        if is_any:
            return Shape(at, is_any=True, notes=own)
        tag, mapping = self._discriminator(at, node)
        exclusive = at if at.pointer.endswith("/oneOf") and len(forms) > 1 else None
        kept = without_repeats(forms)
        return Shape(at, kept, null=null, notes=own, exclusive=exclusive, tag=tag, mapping=mapping)

    def _discriminator(self, at: ValueLocation, node: Node) -> tuple[str | None, dict[str, ValueLocation] | None]:
        if "discriminator" not in node:
            return None, None
        place = ValueLocation(at.file, at.pointer.rpartition("/")[0]).below("discriminator")
        value = node["discriminator"]
        if not is_object(value) or not isinstance(value.get("propertyName"), str):
            raise place.error("PAR903", "`discriminator` must have a `propertyName`", "name the field that differs")
        mapping = value.get("mapping")
        if not is_object(mapping):
            return value["propertyName"], None
        return value["propertyName"], {
            str(name): self._mapped(place.below("mapping", name), reference) for name, reference in mapping.items()
        }

    def _mapped(self, at: ValueLocation, reference: Any) -> ValueLocation:
        """What an entry of a `mapping` leads to: a reference, or the name of a schema."""
        is_name = isinstance(reference, str) and not reference.startswith("#") and "/" not in reference
        if is_name and reference in at.file.document.value.get("components", {}).get("schemas", {}):
            reference = f"#/components/schemas/{reference}"
        if not isinstance(reference, str):
            raise at.error("PAR903", "an entry of `mapping` must be a reference")
        try:
            return self._library.referred(at, reference)
        except SpecError as error:
            raise at.error("PAR904", error.findings[0].message) from None

    def _own(self, at: ValueLocation, node: Node, *, is_part: bool = False) -> Shape | None:
        """What the schema says itself; None if it says nothing. Of a *part*, something else says the type."""
        types = self._types(at, node, is_part=is_part)
        if "const" in node or "enum" in node:
            return self._values(at, node, types)
        if not types:
            return None
        return self._forms.of_types(types, at, node)

    def _types(self, at: ValueLocation, node: Node, *, is_part: bool) -> list[str]:
        written = node.get("type")
        if written is None:
            found = typed_keywords(node)
            if "const" in node or "enum" in node or (not found):
                return []
            if not is_part and not node.keys() & {"allOf", "anyOf", "oneOf"} and not self._is_arm(at):
                self._report.add("type", at, NOTHING, {"type": found[0] if len(found) == 1 else found})
            return found
        types = written if is_array(written) else [written]
        for name in types:
            if name not in TYPES:
                advice = f"there are {', '.join(TYPES)}"
                raise at.below("type").error("PAR903", f"there is no type {name!r}", advice)
        return [str(name) for name in types]

    def _is_arm(self, at: ValueLocation) -> bool:
        """Whether the schema is an arm of a merge or a union, whose other parts say the type, or that of keys."""
        *_, before, last = ("", *at.pointer.split("/"))
        return last == "propertyNames" or before in ("allOf", "anyOf", "oneOf")

    def _values(self, at: ValueLocation, node: Node, types: list[str]) -> Shape:
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


def _is_null_alone(node: Node) -> bool:
    """Whether `nullable: true` is all that a schema says."""
    return node.get("nullable") is True and not node.keys() - {"nullable", "description", "title"}


def _type_words(node: Node) -> list[str]:
    types = node.get("type", [])
    words = types if is_array(types) else [types]
    return [str(word) for word in words if word != "null"]


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


def _described(form: Form, description: str | None) -> Form:
    return replace(form, description=form.description or description)
