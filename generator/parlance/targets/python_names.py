"""Names of a spec as names in Python: of classes, attributes and members."""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from collections.abc import Iterable, Sequence

from ..backends.python.text import literal
from ..contract.ir import Enumeration, Member

__all__ = [
    "UnusableNameError",
    "class_name",
    "field_names",
    "is_plain_name",
    "member_name",
    "member_names",
]

_RESERVED = frozenset(
    {"Any", "BaseModel", "ConfigDict", "Field", "IntEnum", "Literal", "NotRequired", "RootModel", "StrEnum"}
    | {"Required", "TypeAlias", "TypedDict", "Union", "Annotated", "Discriminator", "Tag", "Iterator", "Violation"}
    | {"Artifact", "ARTIFACTS", "TYPE_CHECKING"}
)
"""Names that generated modules import or define themselves."""

# What an attribute of a model must not be called: the attributes of pydantic.BaseModel, and the types that
# annotations in the same class body mention.
_MODEL_ATTRIBUTES = frozenset(
    {"construct", "copy", "dict", "from_orm", "json", "parse_file", "parse_obj", "parse_raw", "schema", "schema_json"}
    | {"mro", "register", "update_forward_refs", "validate"}
)
_TYPE_NAMES = frozenset({"bool", "float", "int", "list", "str"})
# A member of an enumeration must leave the methods of str and int as they are.
_MEMBER_ATTRIBUTES = frozenset({*dir(str), *dir(int), "mro", "name", "value"})


class UnusableNameError(ValueError):
    """A name of the spec that cannot be a name in Python."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{literal(name)} cannot name a Python class: {reason}")
        self.name = name
        self.reason = reason


def class_name(name: str) -> str:
    """*name* itself; raises `UnusableNameError` if it cannot name a class of a generated module."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name):
        raise UnusableNameError(name, "use a letter, then letters, digits and underscores")
    if keyword.iskeyword(name):
        raise UnusableNameError(name, "it is a keyword of Python")
    if name in _RESERVED or hasattr(builtins, name):
        raise UnusableNameError(name, "generated modules need the name themselves")
    return name


def is_plain_name(name: str) -> bool:
    """Whether *name* can stand in the body of a class as it is: no keyword, and not mangled."""
    return _is_identifier(name) and not name.startswith("__")


def _is_identifier(name: str) -> bool:
    return name.isidentifier() and not keyword.iskeyword(name) and name.isascii()


def member_name(member: Member) -> str:
    """The Python name of one member, by itself: its printed name if it has one, else from its value."""
    if member.name is not None and _is_identifier(member.name) and not member.name.startswith("_"):
        name = member.name
    else:
        name = _upper(member.name if member.name is not None else member.value)
    return f"{name}_" if name in _MEMBER_ATTRIBUTES else name


def _upper(value: str | int) -> str:
    if isinstance(value, int):
        return f"VALUE_{value}" if value >= 0 else f"VALUE_MINUS_{-value}"
    plain = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode("ascii")
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z][a-z])", "_", plain)
    name = re.sub(r"[^0-9A-Za-z]+", "_", words).strip("_").upper()
    return name if name[:1].isalpha() else f"VALUE_{name}" if name else "VALUE"


def member_names(enumeration: Enumeration) -> tuple[str, ...]:
    """The Python names of all members, no two equal."""
    printed = {member.name for member in enumeration.members if member.name is not None}
    names: list[str] = []
    for member in enumeration.members:
        base = member_name(member)
        # A name that is printed belongs to the member that prints it.
        names.append(_free(base, {*names, *(printed - {member.name})}))
    return tuple(names)


def _free(name: str, taken: set[str]) -> str:
    candidate, number = name, 2
    while candidate in taken:
        candidate, number = f"{name}_{number}", number + 1
    return candidate


def field_names(wire_names: Sequence[str], taken: Iterable[str] = ()) -> dict[str, str]:
    """Attribute of a model for each name on the wire; where the two differ, the wire name is the alias.

    *taken* are names that an attribute must not shadow, such as the classes that annotations mention.
    """
    reserved = {*taken, *_RESERVED, *_TYPE_NAMES, *_MODEL_ATTRIBUTES}
    plain = {name for name in wire_names if _is_attribute(name, reserved)}
    names: dict[str, str] = {}
    for wire in wire_names:
        names[wire] = wire if wire in plain else _free(_attribute(wire, reserved), {*plain, *names.values()})
    return names


def _is_attribute(name: str, reserved: set[str]) -> bool:
    return _is_identifier(name) and not name.startswith(("_", "model_")) and name not in reserved


def _attribute(wire: str, reserved: set[str]) -> str:
    plain = unicodedata.normalize("NFKD", wire).encode("ascii", "ignore").decode("ascii")
    name = re.sub(r"[^0-9A-Za-z]+", "_", plain).strip("_")
    if not name[:1].isalpha() or name.startswith("model_"):
        name = f"field_{name}" if name else "field"
    return name if _is_attribute(name, reserved) else f"{name}_"
