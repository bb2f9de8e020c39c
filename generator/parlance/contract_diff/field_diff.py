"""Two objects to the changes of their fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..contract.ir import Alias, Enumeration, Field, History, Named, Nothing, Null, Presence, Type, Union, UnknownFields
from .change_kinds import CHANGE_KINDS, ChangeLevel
from .contract_change import ABSENT, ChangePlace, LocalChange
from .policy_text import policy_text
from .renames import renamed_fields

if TYPE_CHECKING:
    from .type_diff import TypeComparison
    from .type_parts import Definitions, ObjectPart

__all__ = ["FieldComparison"]


class FieldComparison:
    """Compares the fields of two objects at a place."""

    def __init__(self, comparison: TypeComparison, old: ObjectPart, new: ObjectPart, at: ChangePlace) -> None:
        self._types = comparison
        self._old = old
        self._new = new
        self._at = at

    def run(self) -> None:
        """Hand every change to the comparison."""
        self._unknown()
        before, after = _known(self._old), _known(self._new)
        gone = [field for name, field in before.items() if name not in after]
        come = [field for name, field in after.items() if name not in before]
        renamed = renamed_fields(gone, come, self._types.old_schema.of, self._types.new_schema.of)
        for field in gone:
            if field.name in renamed:
                self._rename(field, after[renamed[field.name]])
            else:
                self._lose(field)
        for field in come:
            if field.name not in renamed.values():
                self._gain(field)
        for name, field in after.items():
            if name in before:
                self._compare(before[name], field)
        self._refusals(before.keys() | after.keys())

    def _add(self, name: str, *changes: LocalChange) -> None:
        self._types.add(self._at.below(name), changes)

    def _gain(self, field: Field) -> None:
        prefix = "required-" if field.presence is Presence.REQUIRED else ""
        self._add(field.name, LocalChange(f"{prefix}field-added", after=self._types.new_schema.of_field(field)))

    def _lose(self, field: Field) -> None:
        if field.name in self._new.fields:
            kind = "field-refused"
        else:
            kind = "required-field-removed" if field.presence is Presence.REQUIRED else "field-removed"
        self._add(field.name, LocalChange(kind, before=self._types.old_schema.of_field(field)))

    def _rename(self, old: Field, new: Field) -> None:
        kind = "required-field-renamed" if old.presence is Presence.REQUIRED else "field-renamed"
        change = LocalChange(kind, old.name, new.name)
        if new.presence is Presence.REQUIRED and kind == "field-renamed":  # worse of the loss and of what comes
            levels = CHANGE_KINDS[kind].sent, CHANGE_KINDS[kind].received
            change = LocalChange(kind, old.name, new.name, levels=(ChangeLevel.BREAKING, levels[1]))
        self._add(old.name, change)
        self._add(new.name, *self._facts(old, new))

    def _compare(self, old: Field, new: Field) -> None:
        self._add(new.name, *self._facts(old, new))
        is_described = bool(old.description and new.description)
        self._types.types(old.type, new.type, self._at.below(new.name), is_described=is_described)

    def _facts(self, old: Field, new: Field) -> Iterator[LocalChange]:
        """What is said of a field beside its type."""
        yield from _presence(old.presence, new.presence)
        policies = [policy_text(each.policy) for each in (old, new)]
        if policies[0] != policies[1]:
            yield LocalChange("policy-changed", *policies)
        defaults = _default(old, self._types.old), _default(new, self._types.new)
        if repr(defaults[0]) != repr(defaults[1]):
            yield LocalChange("default-changed", *defaults)
        if old.description and new.description and old.description != new.description:
            yield LocalChange("description-changed", old.description, new.description)
        was, now = (
            _deprecation(field, definitions) for field, definitions in ((old, self._types.old), (new, self._types.new))
        )
        if was != now:
            yield LocalChange("deprecated" if now else "undeprecated")

    def _unknown(self) -> None:
        """What becomes of fields without a name; where the dialects say it, it is reported of the whole document."""
        old, new = self._old, self._new
        if old.name in self._types.undecided[0] and new.name in self._types.undecided[1]:
            return
        was, now = (each.unknown is UnknownFields.REFUSE for each in (old, new))
        if was != now:
            kind = "unknown-fields-refused" if now else "unknown-fields-accepted"
            before = ABSENT if old.extra is None else self._types.old_schema.of(old.extra)
            after = ABSENT if new.extra is None else self._types.new_schema.of(new.extra)
            self._types.add(self._at, [LocalChange(kind, before, after)])
        elif (old.unknown is UnknownFields.IGNORE) != (new.unknown is UnknownFields.IGNORE):
            sides = str(old.unknown), str(new.unknown)
            self._types.add(self._at, [LocalChange("unknown-fields-changed", *sides)])

    def _refusals(self, known: set[str]) -> None:
        """Fields that no document may have, and that were kept as unknown ones, or the reverse."""
        for name in dict.fromkeys([*self._old.fields, *self._new.fields]):
            if name in known:
                continue
            was, now = (name in each.fields or each.unknown is UnknownFields.REFUSE for each in (self._old, self._new))
            if was != now:
                self._add(name, LocalChange("field-refused" if now else "field-accepted"))


def _known(part: ObjectPart) -> dict[str, Field]:
    """The fields that a document may have."""
    return {name: field for name, field in part.fields.items() if not isinstance(field.type, Nothing)}


def _presence(old: Presence, new: Presence) -> Iterator[LocalChange]:
    was, now = (each is Presence.REQUIRED for each in (old, new))
    if was != now:
        yield LocalChange("field-required" if now else "field-optional")
    elif old is not new:
        yield LocalChange("expectation-changed", str(old), str(new))


def _default(field: Field, definitions: Definitions) -> Any:
    """The default of a field, or of what its type is called."""
    if field.has_default:
        return field.default
    for definition in _named(field.type, definitions):
        if definition.has_default:
            return definition.default
    return ABSENT


def _deprecation(field: Field, definitions: Definitions) -> bool:
    histories: list[History] = [field.history, *(each.history for each in _named(field.type, definitions))]
    return any(history.deprecation for history in histories)


def _named(kind: Type, definitions: Definitions) -> Iterator[Alias | Enumeration]:
    """The definitions that a type is, one the name of the other; null beside one does not count."""
    options = [option for option in kind.options if option != Null()] if isinstance(kind, Union) else [kind]
    while len(options) == 1 and isinstance(options[0], Named):
        definition = definitions[options[0].name]
        if not isinstance(definition, Alias | Enumeration):
            return
        yield definition
        options = [definition.type] if isinstance(definition, Alias) else []
