"""Which objects of two unions are the same: by their tags, else by their fields; never by their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ..contract.limits import accepts
from .type_parts import Definitions, ObjectPart, Scalar, TypeParts

__all__ = ["ObjectGroup", "ObjectMatches", "matched_objects"]

_LIKE = 0.5
"""How much of all fields of two objects without a tag both have, if they are the same."""

_Pair = tuple[ObjectPart, ObjectPart]


@dataclass(frozen=True, slots=True)
class ObjectGroup:
    """Several objects with a tag of one side that the other has as one, whose tag may be any of theirs."""

    whole: ObjectPart
    members: tuple[ObjectPart, ...]
    is_split: bool
    """Whether the whole was before, and its members are afterwards."""


@dataclass(slots=True)
class ObjectMatches:
    """The objects of two unions."""

    pairs: list[_Pair] = field(default_factory=list[_Pair])
    groups: list[ObjectGroup] = field(default_factory=list[ObjectGroup])
    gone: list[ObjectPart] = field(default_factory=list[ObjectPart])
    come: list[ObjectPart] = field(default_factory=list[ObjectPart])
    tag: str | None = None
    """The field that distinguishes them, if there is one and several objects."""


def matched_objects(old: TypeParts, new: TypeParts, definitions: tuple[Definitions, Definitions]) -> ObjectMatches:
    """The objects that are in both unions, and those that are in one."""
    found = ObjectMatches(gone=[*old.objects], come=[*new.objects])
    if len(old.objects) <= 1 and len(new.objects) <= 1:
        _pair(found, zip(old.objects, new.objects, strict=False))
        return found
    found.tag = _tag(old, new)
    if found.tag is not None:
        _pair(found, _same_tag(found.tag, found))
        _group(found, found.tag, new.objects, definitions[1], is_split=False)
        _group(found, found.tag, old.objects, definitions[0], is_split=True)
    _pair(found, _alike(found))
    return found


def _tag(old: TypeParts, new: TypeParts) -> str | None:
    """The field that distinguishes the objects of a side, and each of the other if that has several with it."""
    preferred = [each.tagged.tag for each in (new, old) if each.tagged is not None]
    names = dict.fromkeys([*preferred, *(name for part in (*old.objects, *new.objects) for name in part.constants)])
    for name in names:
        known = [[part for part in side.objects if name in part.fields] for side in (old, new)]
        distinguished = [_distinguishes(name, side.objects) for side in (old, new)]
        if all(distinguished) or (
            any(distinguished)
            and all(
                len(side) == 1 or is_distinguished for side, is_distinguished in zip(known, distinguished, strict=True)
            )
        ):
            return name
    return None


def _distinguishes(name: str, objects: Sequence[ObjectPart]) -> bool:
    return len({part.constants[name] for part in objects if name in part.constants}) == len(objects)


def _same_tag(tag: str, found: ObjectMatches) -> Iterator[_Pair]:
    by_value: dict[Scalar, ObjectPart] = {part.constants[tag]: part for part in found.come if tag in part.constants}
    for part in found.gone:
        if tag in part.constants and part.constants[tag] in by_value:
            yield part, by_value[part.constants[tag]]


def _group(
    found: ObjectMatches, tag: str, objects: Sequence[ObjectPart], definitions: Definitions, *, is_split: bool
) -> None:
    """Take what is left of one side for the object among *objects* of the other that takes all their tags."""
    rest = found.come if is_split else found.gone
    for whole in objects:
        if tag in whole.constants or tag not in whole.fields:
            continue
        kind = whole.fields[tag].type
        members = [part for part in rest if tag in part.constants and accepts(kind, part.constants[tag], definitions)]
        if members:
            found.groups.append(ObjectGroup(whole, tuple(members), is_split))
            _without(rest, members)
            _without(found.gone if is_split else found.come, [whole])


def _alike(found: ObjectMatches) -> Iterator[_Pair]:
    """Of those that are left, pairs with most fields in common, those of one name before others."""
    ranked = sorted(
        (
            (_likeness(before, after), -i, -j)
            for i, before in enumerate(found.gone)
            for j, after in enumerate(found.come)
        ),
        reverse=True,
    )
    used: tuple[set[int], set[int]] = (set(), set())
    for (likeness, _), i, j in ranked:
        if likeness >= _LIKE and i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            yield found.gone[-i], found.come[-j]


def _likeness(old: ObjectPart, new: ObjectPart) -> tuple[float, bool]:
    before, after = old.constants, new.constants
    if any(before[name] != after[name] for name in before.keys() & after.keys()):
        return 0.0, False
    names = old.fields.keys() | new.fields.keys()
    likeness = len(old.fields.keys() & new.fields.keys()) / len(names) if names else 1.0
    return likeness, old.name is not None and old.name == new.name


def _pair(found: ObjectMatches, pairs: Iterable[_Pair]) -> None:
    made: list[_Pair] = [*pairs]
    found.pairs += made
    _without(found.gone, [pair[0] for pair in made])
    _without(found.come, [pair[1] for pair in made])


def _without(parts: list[ObjectPart], others: Sequence[ObjectPart]) -> None:
    parts[:] = [part for part in parts if all(part is not other for other in others)]
