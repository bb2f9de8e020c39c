"""What a document is recognised by: the fields that it always has, and those that have one of few values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...contract.ir import Constant, Definition, Enumeration, Named, Presence, Record, Union

__all__ = ["constant_fields", "field_names", "required_fields"]


def field_names(root: Definition) -> list[str]:
    """The fields that are known at a root."""
    return [field.name for field in root.fields] if isinstance(root, Record) else []


def required_fields(root: Definition, *, expected: bool = True) -> list[str]:
    """The fields that are always there; with those that are *expected*, whose absence is only warned of."""
    fields = root.fields if isinstance(root, Record) else ()
    optional = {Presence.OPTIONAL} if expected else {Presence.OPTIONAL, Presence.EXPECTED}
    return [field.name for field in fields if field.presence not in optional]


def constant_fields(
    root: Definition, definitions: Mapping[str, Definition]
) -> Iterator[tuple[str, Constant | Enumeration]]:
    """The fields that have one value, or a member of a closed enumeration; a value that others may stand for, too."""
    for field in root.fields if isinstance(root, Record) else ():
        match field.type:
            case Constant() as only:
                yield field.name, only
            case Union(options) if len(values := [each for each in options if isinstance(each, Constant)]) == 1:
                yield field.name, values[0]
            case Named(name) if isinstance(each := definitions[name], Enumeration) and not each.open:
                yield field.name, each
            case _:
                pass
