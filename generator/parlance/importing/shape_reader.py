"""Schemas of a document to shapes, each read once; what they refer to is read when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ..finding.shape import is_array, is_object
from ..schemas.drafts import Draft
from .discriminators import discriminator
from .form_reader import FormReader, without_repeats
from .imported_files import ImportedFiles, ValueLocation
from .inheritance import children
from .intersection import Intersection
from .note_reader import notes
from .nulls import is_null_alone, name_of, shape_of_null_alone, with_null
from .report import NOTHING, ImportReport
from .rewrites import Node, rewritten
from .value_forms import Form, Notes, ReferenceForm, Shape
from .value_sets import ValueSetReader, written_types

__all__ = ["ShapeReader"]


_DEPTH = 64
"""Schemas that stand in one another without a name: each takes some ten calls of Python, which allows a thousand."""


class ShapeReader:
    """The shapes of the schemas of one document."""

    def __init__(self, library: ImportedFiles, draft: Draft, report: ImportReport) -> None:
        self._library = library
        self._draft = draft
        self._report = report
        self._shapes: dict[ValueLocation, Shape] = {}
        self._inheritance: dict[ValueLocation, dict[str, ValueLocation]] = {}
        self._open: list[ValueLocation] = []
        """The schemas whose arms of `allOf` are being merged."""

        self._intersection = Intersection(self.shape, report)
        self._forms = FormReader(self.shape, report)
        self._values = ValueSetReader(self._forms, self._intersection, report)

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
        tag, mapping = discriminator(at.below("discriminator"), node, self._library)
        mapping = {value: target for value, target in (mapping or heirs).items() if target != at}
        targets = dict.fromkeys(mapping.values())
        shape = Shape(at, [ReferenceForm(target) for target in targets], tag=tag, mapping=mapping)
        return with_null(at, node, shape, self._draft, self._report).with_notes(
            Notes(description=notes(at, node, self._report).description)
        )

    def _base(self, at: ValueLocation) -> Shape:
        """A base as those that inherit from it have it."""
        return self._merged(at, rewritten(at, at.value, self._report))

    def _reference(self, at: ValueLocation, node: Node) -> Shape:
        target = self._library.referred(at, node["$ref"])
        siblings = {key: value for key, value in node.items() if key != "$ref"}
        plain = Shape(at, [ReferenceForm(target)])
        if self._draft.ignores_siblings:
            for key, value in siblings.items():
                if key != "nullable":
                    reason = f"{name_of(self._draft)} says that nothing beside `$ref` counts."
                    self._report.add("ref-sibling", at.below(key), value, NOTHING, reason)
            return with_null(at, siblings, plain, self._draft, self._report)
        rest = rewritten(at, siblings, self._report)
        shape = with_null(at, rest, plain, self._draft, self._report)
        own = self._own(at, rest, is_part=True)
        if own is not None:
            shape = self._intersection.of(shape, own, at, "`$ref` and what stands beside it")
        return shape.with_notes(notes(at, rest, self._report))

    def _merged(self, at: ValueLocation, node: Node) -> Shape:
        """The schema's own keywords, its arms and its members, put together."""
        parts = [part for part in (self._own(at, node), *self._arms(at, node), *self._unions(at, node)) if part]
        if not parts:
            shape = shape_of_null_alone(at, node, self._report)
        else:
            shape = parts[0]
            for part in parts[1:]:
                shape = self._intersection.of(shape, part, at)
            if node.get("allOf") and sum(not part.is_any for part in parts) > 1:
                self._report.add("all-of", at.below("allOf"), node["allOf"], NOTHING)
            shape = with_null(at, node, replace(shape, location=at), self._draft, self._report)
        return shape.with_notes(notes(at, node, self._report))

    def _arms(self, at: ValueLocation, node: Node) -> Iterator[Shape]:
        arms = node.get("allOf", [])
        if not is_array(arms):
            raise at.below("allOf").error("PAR903", "`allOf` must be a list of schemas")
        for index, arm in enumerate(arms):
            place = at.below("allOf", index)
            if is_object(arm) and is_null_alone(arm):
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
            if is_object(member) and is_null_alone(member):
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
        tag, mapping = discriminator(at, node, self._library)
        exclusive = at if at.pointer.endswith("/oneOf") and len(forms) > 1 else None
        kept = without_repeats(forms)
        return Shape(at, kept, null=null, notes=own, exclusive=exclusive, tag=tag, mapping=mapping)

    def _own(self, at: ValueLocation, node: Node, *, is_part: bool = False) -> Shape | None:
        """What the schema says itself; None if it says nothing. Of a *part*, something else says the type."""
        types = written_types(at, node, self._report, is_part=is_part)
        if "const" in node or "enum" in node:
            return self._values.shape(at, node, types)
        if not types:
            return None
        return self._forms.of_types(types, at, node)


def _described(form: Form, description: str | None) -> Form:
    return replace(form, description=form.description or description)
