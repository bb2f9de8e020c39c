"""Definitions of a contract as TypeScript: interfaces, unions, and a constant object for each set of values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import assert_never

from ...backends.typescript.pretty_printing import Document, Name, names, printed
from ...backends.typescript.text import WIDTH, comment, literal, property_name
from ...contract.ir import (
    Alias,
    Anything,
    Array,
    Boolean,
    Constant,
    Contract,
    Enumeration,
    Field,
    History,
    Integer,
    Map,
    Member,
    Named,
    Nothing,
    Null,
    Number,
    Presence,
    Record,
    Refused,
    Tagged,
    Text,
    Type,
    Union,
    UnknownFields,
)
from ...contract.ir import Definition as Defined
from ..definitions import Definition, Part
from ..phrases import deprecated, described
from ..python_names import member_names
from .export_names import type_names
from .modules import part

__all__ = ["types"]

_ABSENT = "Documented, and seen absent."


def types(contract: Contract) -> Part:
    """The types of a dialect: each definition under its name, in the order of the spec."""
    made = [*_TypePrinter(type_names(contract)).definitions(contract)]
    return part(
        "types",
        contract,
        f"{contract.title}, as of {contract.day}: its types.",
        made,
        exports=[each.name for each in made],
        summary="types of what goes over the wire",
    )


class _TypePrinter:
    """The types of a dialect, by the names that they have there."""

    def __init__(self, type_names: Mapping[str, str]) -> None:
        self._names = type_names

    def definitions(self, contract: Contract) -> Iterator[Definition]:
        """Each definition with its comment."""
        for defined in contract.definitions:
            source = self._source(defined)
            yield Definition(
                name=self._names[defined.name],
                text=printed(source),
                comment=_documented(defined),
                uses=frozenset(names(source)),
                is_type=not isinstance(defined, Enumeration),
            )

    def _source(self, defined: Defined) -> Document:
        """A definition as it stands behind `export`."""
        name = self._names[defined.name]
        match defined:
            case Record():
                lines = tuple(piece for line in self._fields(defined) for piece in ("\n", line))
                return (f"interface {name} {{", *lines, "\n}")
            case Enumeration():
                return self._enumeration(defined, name)
            case Alias():
                return _laid_out(f"type {name} = ", self._options(defined.type), ";")
            case _:
                assert_never(defined)

    def _enumeration(self, enumeration: Enumeration, name: str) -> Document:
        """A constant object of the known values, and the type of a value, both of one name."""
        lines = [f"const {name} = {{"]
        for member, attribute in zip(enumeration.members, member_names(enumeration), strict=True):
            lines += [f"  {_documented(member, 2)}", f"  {property_name(attribute)}: {literal(member.value)},"]
        known = f"(typeof {name})[keyof typeof {name}]"
        base = self._flat(enumeration.base)
        # An editor completes the known values of a union with `string & {}`, and of one with `string` it does not.
        options: list[Document] = [known, ("(", base, " & {})")] if enumeration.open else [known]
        alias = _laid_out(f"export type {name} = ", options if enumeration.members else [base], ";", room=0)
        return ("\n".join([*lines, "} as const;", "", comment(f"A value of {name}."), ""]), alias)

    def _fields(self, record: Record) -> Iterator[Document]:
        for number, field in enumerate(record.fields):
            yield from [""] * (number > 0)
            yield f"  {_documented(field, 2)}"
            is_refused = isinstance(field.policy, Refused) and not field.policy.is_hearsay
            required = field.presence is Presence.REQUIRED and not is_refused
            start = f"  {property_name(field.name)}{'' if required else '?'}: "
            options: list[Document] = ["never"] if is_refused else self._options(field.type)
            yield _laid_out(start, options, ";", 2, room=0)
        if record.unknown is UnknownFields.OPEN:
            yield from [""] * bool(record.fields)
            yield "  [name: string]: unknown;"

    def _options(self, kind: Type) -> list[Document]:
        """The alternatives of a type, no two equal; `unknown` swallows the others."""
        match kind:
            case Union():
                options = [*dict.fromkeys(option for each in kind.options for option in self._options(each))]
                return ["unknown"] if "unknown" in options else options
            case Tagged():
                tagged = [name for _, name in kind.options] + ([] if kind.others is None else [kind.others])
                others = ["{ [name: string]: unknown }"] if kind.open and kind.others is None else []
                return [*dict.fromkeys(Name(self._names[name]) for name in tagged), *others]
            case _:
                return [self._flat(kind)]

    def _flat(self, kind: Type) -> Document:
        match kind:
            case Text():
                return "string"
            case Integer() | Number():
                return "number"
            case Boolean():
                return "boolean"
            case Null():
                return "null"
            case Anything():
                return "unknown"
            case Nothing():
                return "never"
            case Constant():
                return literal(kind.value)
            case Array():
                items = self._options(kind.items)
                return ("(", _joined(items), ")[]") if len(items) > 1 else (items[0], "[]")
            case Map():
                return ("{ [name: string]: ", _joined(self._options(kind.values)), " }")
            case Named():
                return Name(self._names[kind.name])
            case Tagged() | Union():
                return _joined(self._options(kind))
            case _:
                assert_never(kind)


def _joined(options: Sequence[Document]) -> Document:
    return tuple(piece for each in options for piece in (" | ", each))[1:]


def _documented(thing: Record | Enumeration | Alias | Field | Member, indent: int = 0) -> str:
    """The comment before *thing*; its deprecation is a tag, by which editors strike it through."""
    text = described(replace(thing, history=History()))
    if isinstance(thing, Field) and thing.presence is Presence.EXPECTED:
        text = f"{text} {_ABSENT}"
    if (deprecation := thing.history.deprecation) is None:
        return comment(text, indent)
    since = deprecated(deprecation).removeprefix("Deprecated").lstrip(" :.")
    return comment(text, indent, [f"@deprecated {since[:1].upper()}{since[1:]}".rstrip()])


def _laid_out(start: str, options: Sequence[Document], end: str, indent: int = 0, *, room: int = 7) -> Document:
    """Alternatives on one line if it fits, with *room* for a word before it, else one a line."""
    line = (start, _joined(options), end)
    margin = " " * (indent + 2)
    if len(printed(line)) + room <= WIDTH:
        return line
    if len(options) == 1:
        return (f"{start.rstrip()}\n{margin}", *options, end) if start.endswith("= ") else line
    return (start.rstrip(), *(piece for option in options for piece in (f"\n{margin}| ", option)), end)
