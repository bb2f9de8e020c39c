"""Two types to the changes between them, and to the pairs of named types in them that are compared by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from ..contract.ir import Alias, Anything, Array, History, Named, Record, Supported, Text, Type, UnknownFields
from ..contract.retyped import united
from .contract_change import ABSENT, ChangePlace, LocalChange
from .field_diff import FieldComparison
from .object_matching import ObjectGroup, matched_objects
from .plain_schema import SchemaExpansion
from .policy_text import policy_text
from .scalar_diff import count_changes, form_changes, scalar_changes
from .type_parts import Definitions, ObjectPart, TypeParts, parts_of

__all__ = ["PairOfTypes", "TypeComparison", "TypeEdge"]

PairOfTypes = tuple[Type, Type]


@dataclass(frozen=True, slots=True)
class TypeEdge:
    """Below a pair of types: another one, of which at least one has a name."""

    at: ChangePlace
    pair: PairOfTypes
    is_described: bool = False
    """Whether what holds the types describes them."""


class TypeComparison:
    """Compares types of two contracts; each call adds to what was found."""

    def __init__(self, old: Definitions, new: Definitions, undecided: tuple[frozenset[str], frozenset[str]]) -> None:
        self.old = old
        self.new = new
        self.undecided = undecided
        """The records of which the dialects say what becomes of unknown fields."""

        self.old_schema = SchemaExpansion(old)
        self.new_schema = SchemaExpansion(new)
        self.changes: list[LocalChange] = []
        self.edges: list[TypeEdge] = []

    def run(self, pair: PairOfTypes, *, is_described: bool) -> tuple[list[LocalChange], list[TypeEdge]]:
        """What differs between two types, and the pairs in them."""
        self.changes, self.edges = [], []
        self.types(*pair, ChangePlace(), is_described=is_described, is_root=True)
        return self.changes, self.edges

    def add(self, at: ChangePlace, changes: Iterable[LocalChange]) -> None:
        """Keep changes that were found at a place."""
        for change in changes:
            self.changes.append(replace(change, steps=(*at.steps, *change.steps), where=(*at.where, *change.where)))

    def types(
        self, old: Type, new: Type, at: ChangePlace, *, is_described: bool = False, is_root: bool = False
    ) -> None:
        """Compare two types at a place."""
        if not is_root and (self._is_named(old, self.old) or self._is_named(new, self.new)):
            self.edges.append(TypeEdge(at, (old, new), is_described))
            return
        before, after = parts_of(old, self.old), parts_of(new, self.new)
        if not is_described:
            self.add(at, _described(before, after))
        if before.anything or after.anything:
            self._anything(before, after, at)
            return
        if before.null != after.null:
            self.add(at, [LocalChange("null-added" if after.null else "null-removed")])
        self._kinds(before, after, at)

    @staticmethod
    def _is_named(kind: Type, definitions: Definitions) -> bool:
        return isinstance(kind, Named) and isinstance(definitions[kind.name], Record | Alias)

    def _anything(self, old: TypeParts, new: TypeParts, at: ChangePlace) -> None:
        if not old.anything or not new.anything:
            kind = "type-widened" if new.anything else "type-narrowed"
            schemas = self.old_schema.of_parts(old), self.new_schema.of_parts(new)
            self.add(at, [LocalChange(kind, *schemas)])

    def _kinds(self, old: TypeParts, new: TypeParts, at: ChangePlace) -> None:
        gone = [kind for kind in old.kinds if kind not in new.kinds]
        come = [kind for kind in new.kinds if kind not in old.kinds]
        both = [kind for kind in old.kinds if kind in new.kinds]
        if gone and come and not both:
            schemas = self.old_schema.of_parts(old.only(gone)), self.new_schema.of_parts(new.only(come))
            self.add(at, [LocalChange("type-changed", *schemas)])
            return
        for kind in gone:
            before = self.old_schema.of_parts(old.only([kind]))
            self.add(at, [LocalChange("type-removed", before=before)])
        for kind in come:
            after = self.new_schema.of_parts(new.only([kind]))
            self.add(at, [LocalChange("type-added", after=after)])
        for kind in both:
            self._kind(kind, old, new, at)

    def _kind(self, kind: str, old: TypeParts, new: TypeParts, at: ChangePlace) -> None:
        match kind:
            case "boolean":
                found = [LocalChange("value-removed", before=value) for value in old.booleans - new.booleans]
                found += [LocalChange("value-added", after=value) for value in new.booleans - old.booleans]
                self.add(at, found)
            case "string":
                self.add(at, scalar_changes((old.texts, old.text_values), (new.texts, new.text_values)))
            case "number":
                numbers = (old.numbers, old.number_values), (new.numbers, new.number_values)
                self.add(at, scalar_changes(*numbers))
            case "array":
                self._arrays(old, new, at)
            case _:
                self._objects(old, new, at)

    def _arrays(self, old: TypeParts, new: TypeParts, at: ChangePlace) -> None:
        gone, come = [*old.arrays], [*new.arrays]
        pairs: list[tuple[Array, Array]] = []
        # First those that are alike in all, then those whose items are of a common kind.
        for is_match in (self._is_equal, self._has_common_kind):
            for before in [*gone]:
                match = next((after for after in come if len(gone) == len(come) == 1 or is_match(before, after)), None)
                if match is not None:
                    gone.remove(before)
                    come.remove(match)
                    pairs.append((before, match))
        for before, after in pairs:
            self._array(before, after, at)
        for array in gone:
            self.add(at, [LocalChange("member-removed", before=self.old_schema.of(array))])
        for array in come:
            self.add(at, [LocalChange("member-added", after=self.new_schema.of(array))])

    def _is_equal(self, old: Array, new: Array) -> bool:
        return self.old_schema.of(old) == self.new_schema.of(new)

    def _has_common_kind(self, old: Array, new: Array) -> bool:
        kinds = parts_of(old.items, self.old).kinds, parts_of(new.items, self.new).kinds
        return not {*kinds[0]}.isdisjoint(kinds[1])

    def _array(self, old: Array, new: Array, at: ChangePlace) -> None:
        counts = (old.min_items or None, old.max_items), (new.min_items or None, new.max_items)
        self.add(at, count_changes("Items", *counts))
        if old.unique_items != new.unique_items:
            kind = "bound-narrowed" if new.unique_items else "bound-widened"
            sides = ({"uniqueItems": True} if each.unique_items else ABSENT for each in (old, new))
            self.add(at, [LocalChange(kind, *sides)])
        self.types(old.items, new.items, at.below("*"))

    def _objects(self, old: TypeParts, new: TypeParts, at: ChangePlace) -> None:
        found = matched_objects(old, new, (self.old, self.new))
        for part in found.gone:
            self.add(at, [LocalChange("member-removed", before=self.old_schema.of_object(part))])
        for part in found.come:
            self.add(at, [LocalChange("member-added", after=self.new_schema.of_object(part))])
        is_single = len(old.objects) <= 1 and len(new.objects) <= 1
        for before, after in found.pairs:
            inside = at if is_single else _inside(at, found.tag, before, after)
            if before.name is not None and after.name is not None and not is_single:
                self.edges.append(TypeEdge(inside, (before.type, after.type)))
            else:
                self.object(before, after, inside)
        for group in found.groups:
            self._group(group, found.tag or "", at)
        self._tags(old, new, at)

    def _group(self, group: ObjectGroup, tag: str, at: ChangePlace) -> None:
        """Compare what is one on the one side with each member on the other, and their tags all at once."""
        whole = group.whole.without(tag)
        for member in group.members:
            pair = (whole, member.without(tag)) if group.is_split else (member.without(tag), whole)
            self.object(*pair, at.where_tag(tag, member.constants[tag]))
        tags = united([member.fields[tag].type for member in group.members])
        kind = group.whole.fields[tag].type
        kinds = (kind, tags) if group.is_split else (tags, kind)
        self.types(*kinds, at.below(tag), is_described=True)

    def _tags(self, old: TypeParts, new: TypeParts, at: ChangePlace) -> None:
        before, after = old.tagged, new.tagged
        was, now = (each is not None and each.open for each in (before, after))
        if was != now:
            self.add(at, [LocalChange("members-opened" if now else "members-closed")])
        if before is None or after is None:
            return
        others = before.others, after.others
        if others[0] is not None and others[1] is not None:
            pair = (Named(others[0]), Named(others[1]))
            self.edges.append(TypeEdge(at.where_tag(after.tag, "*"), pair))
        for value in dict(before.options).keys() & dict(after.options).keys():
            words = [policy_text(dict(each.policies).get(value, Supported())) for each in (before, after)]
            if words[0] != words[1]:
                sides = ({"value": value, "policy": word} for word in words)
                self.add(at.below(after.tag), [LocalChange("policy-changed", *sides)])

    def object(self, old: ObjectPart, new: ObjectPart, at: ChangePlace) -> None:
        """Compare two objects at a place: fields, and what holds of the rest."""
        FieldComparison(self, old, new, at).run()
        self.add(at, self._counts(old, new))
        self.add(at, _keys(old.keys, new.keys))
        is_closed = UnknownFields.REFUSE in (old.unknown, new.unknown)
        if not is_closed and (old.extra is not None or new.extra is not None):
            self.types(old.extra or Anything(), new.extra or Anything(), at.below("*"))

    @staticmethod
    def _counts(old: ObjectPart, new: ObjectPart) -> Iterator[LocalChange]:
        bounds = ((each.min_properties, each.max_properties) for each in (old, new))
        yield from count_changes("Properties", *bounds)


def _keys(old: Text | None, new: Text | None) -> Iterator[LocalChange]:
    """What became of the bounds of keys."""
    for change in form_changes(old or Text(), new or Text()):
        key = "pattern" if change.kind.startswith("pattern-") else None
        sides = [_of_keys(value, key) for value in (change.before, change.after)]
        yield replace(change, before=sides[0], after=sides[1])


def _of_keys(value: Any, key: str | None) -> Any:
    """A bound of keys as that of an object."""
    return value if value is ABSENT else {"propertyNames": value if key is None else {key: value}}


def _inside(at: ChangePlace, tag: str | None, old: ObjectPart, new: ObjectPart) -> ChangePlace:
    """The place of some members of a union: by what they are distinguished."""
    if tag is not None and tag in new.constants:
        return at.where_tag(tag, new.constants[tag])
    return at.where_schema(new.name or old.name or "object")


def _described(old: TypeParts, new: TypeParts) -> Iterator[LocalChange]:
    """What named definitions say of themselves, where nothing else describes the place."""
    sides = [_note_of(parts) for parts in (old, new)]
    if sides[0] and sides[1]:
        yield from _notes_changed(*sides[0], *sides[1])


def _note_of(parts: TypeParts) -> tuple[str, History] | None:
    if parts.described:
        return parts.described[-1]
    return (parts.objects[0].description, parts.objects[0].history) if len(parts.objects) == 1 else None


def _notes_changed(old: str, old_history: History, new: str, new_history: History) -> Iterator[LocalChange]:
    """A description in other words, or a deprecation."""
    if old != new and old and new:
        yield LocalChange("description-changed", old, new)
    was, now = old_history.deprecation, new_history.deprecation
    if bool(was) != bool(now):
        yield LocalChange("deprecated" if now else "undeprecated")
