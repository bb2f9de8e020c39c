"""Enumerations of a contract as `StrEnum` and `IntEnum` classes, every member documented."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..backends.python.text import docstring, exports, header, literal, module_name
from ..contract.ir import Contract, Enumeration, Text
from .file import File
from .phrases import described
from .python_names import class_name, member_names

__all__ = ["enums"]


def enums(contract: Contract) -> Iterator[File]:
    """`enums.py` of a dialect, if it has any enumeration."""
    found = [definition for definition in contract.definitions if isinstance(definition, Enumeration)]
    if found:
        yield File(
            path=f"python/parlance_dialects/{module_name(contract.dialect)}/enums.py",
            template="python/enums.py.j2",
            view={
                "header": header(),
                "doc": docstring(f"{contract.title}: the named sets of values."),
                "bases": ", ".join(sorted({_base(enumeration) for enumeration in found})),
                "exports": exports(class_name(enumeration.name) for enumeration in found),
                "enums": [_class(enumeration) for enumeration in found],
            },
        )


def _base(enumeration: Enumeration) -> str:
    return "StrEnum" if isinstance(enumeration.base, Text) else "IntEnum"


def _class(enumeration: Enumeration) -> dict[str, Any]:
    return {
        "name": class_name(enumeration.name),
        "base": _base(enumeration),
        "doc": docstring(described(enumeration), 4),
        "members": [
            {"name": name, "value": literal(member.value), "doc": docstring(described(member), 4)}
            for name, member in zip(member_names(enumeration), enumeration.members, strict=True)
        ],
    }
