"""Enumerations of a contract as `StrEnum` and `IntEnum` classes, every member documented."""

from __future__ import annotations

from collections.abc import Iterator

from ..backends.python.text import docstring, literal
from ..contract.ir import Contract, Enumeration, Text
from .definitions import Definition, Import, Part
from .file import File
from .phrases import described
from .python_modules import module
from .python_names import class_name, member_names

__all__ = ["enums", "part"]

_IMPORTS = {name: Import("enum", name) for name in ("IntEnum", "StrEnum")}


def enums(contract: Contract) -> Iterator[File]:
    """`enums.py` of a dialect, if it has any enumeration."""
    if made := part(contract):
        yield from module(made)


def part(contract: Contract) -> Part | None:
    """The enumerations of a dialect, if it has any."""
    found = [definition for definition in contract.definitions if isinstance(definition, Enumeration)]
    return (
        Part(
            target="enums",
            dialect=contract.dialect,
            docstring=f"{contract.title}: the named sets of values.",
            definitions=tuple(map(_class, found)),
            exports=tuple(class_name(enumeration.name) for enumeration in found),
            imports=_IMPORTS,
            summary="named sets of values",
        )
        if found
        else None
    )


def _class(enumeration: Enumeration) -> Definition:
    name, base = class_name(enumeration.name), "StrEnum" if isinstance(enumeration.base, Text) else "IntEnum"
    lines = [f"class {name}({base}):", f"    {docstring(described(enumeration), 4)}"]
    for member_name, member in zip(member_names(enumeration), enumeration.members, strict=True):
        lines += ["", f"    {member_name} = {literal(member.value)}", f"    {docstring(described(member), 4)}"]
    return Definition(name=name, of=enumeration.name, text="\n".join(lines), uses=frozenset({base}))
