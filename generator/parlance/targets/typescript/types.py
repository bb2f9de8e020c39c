"""Definitions of a contract as TypeScript: interfaces, unions, and a constant object for each set of values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import assert_never

from ...backends.typescript.text import WIDTH, comment, header, literal, property_name
from ...contract.ir import (
    Alias,
    Anything,
    Array,
    Boolean,
    Constant,
    Contract,
    Definition,
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
from ..file import File
from ..phrases import deprecated, described
from ..python_names import member_names
from .names import type_names

__all__ = ["types"]

_ABSENT = "Documented, and seen absent."


def types(contract: Contract) -> Iterator[File]:
    """`types.ts` of a dialect: each definition under its name, in the order of the spec."""
    yield File(
        path=f"typescript/src/{contract.dialect}/types.ts",
        template="typescript/types.ts.j2",
        view={
            "header": header(),
            "doc": comment(f"{contract.title}, as of {contract.as_of}: its types.", tags=["@packageDocumentation"]),
            "definitions": [*_TypePrinter(type_names(contract)).definitions(contract)],
        },
    )


class _TypePrinter:
    """The types of a dialect, by the names that they have there."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def definitions(self, contract: Contract) -> Iterator[dict[str, str]]:
        """Each definition with its comment."""
        for definition in contract.definitions:
            yield self._definition(definition)

    def _definition(self, definition: Definition) -> dict[str, str]:
        name = self._names[definition.name]
        match definition:
            case Record():
                lines = [f"export interface {name} {{", *self._fields(definition), "}"]
                return {"doc": _documented(definition), "source": "\n".join(lines)}
            case Enumeration():
                return self._enumeration(definition, name)
            case Alias():
                source = _laid_out(f"export type {name} = ", self._options(definition.type), ";")
                return {"doc": _documented(definition), "source": source}
            case _:
                assert_never(definition)

    def _enumeration(self, enumeration: Enumeration, name: str) -> dict[str, str]:
        """A constant object of the known values, and the type of a value, both of one name."""
        lines = [f"export const {name} = {{"]
        for member, attribute in zip(enumeration.members, member_names(enumeration), strict=True):
            lines += [f"  {_documented(member, 2)}", f"  {property_name(attribute)}: {literal(member.value)},"]
        known = f"(typeof {name})[keyof typeof {name}]"
        base = self._flat(enumeration.base)
        # An editor completes the known values of a union with `string & {}`, and of one with `string` it does not.
        options = [known, f"({base} & {{}})"] if enumeration.open else [known]
        alias = _laid_out(f"export type {name} = ", options if enumeration.members else [base], ";")
        source = "\n".join([*lines, "} as const;", "", comment(f"A value of {name}."), alias])
        return {"doc": _documented(enumeration), "source": source}

    def _fields(self, record: Record) -> Iterator[str]:
        for number, field in enumerate(record.fields):
            yield from [""] * (number > 0)
            yield f"  {_documented(field, 2)}"
            is_refused = isinstance(field.policy, Refused) and not field.policy.is_hearsay
            required = field.presence is Presence.REQUIRED and not is_refused
            start = f"  {property_name(field.name)}{'' if required else '?'}: "
            options = ["never"] if is_refused else self._options(field.type)
            yield _laid_out(start, options, ";", 2)
        if record.unknown is UnknownFields.OPEN:
            yield from [""] * bool(record.fields)
            yield "  [name: string]: unknown;"

    def _options(self, kind: Type) -> list[str]:
        """The alternatives of a type, no two equal; `unknown` swallows the others."""
        match kind:
            case Union():
                options = [*dict.fromkeys(option for each in kind.options for option in self._options(each))]
                return ["unknown"] if "unknown" in options else options
            case Tagged():
                names = [name for _, name in kind.options] + ([] if kind.others is None else [kind.others])
                others = ["{ [name: string]: unknown }"] if kind.open and kind.others is None else []
                return [*dict.fromkeys(self._names[name] for name in names), *others]
            case _:
                return [self._flat(kind)]

    def _flat(self, kind: Type) -> str:
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
                return f"({' | '.join(items)})[]" if len(items) > 1 else f"{items[0]}[]"
            case Map():
                return f"{{ [name: string]: {' | '.join(self._options(kind.values))} }}"
            case Named():
                return self._names[kind.name]
            case Tagged() | Union():
                return " | ".join(self._options(kind))
            case _:
                assert_never(kind)


def _documented(thing: Record | Enumeration | Alias | Field | Member, indent: int = 0) -> str:
    """The comment before *thing*; its deprecation is a tag, by which editors strike it through."""
    text = described(replace(thing, history=History()))
    if isinstance(thing, Field) and thing.presence is Presence.EXPECTED:
        text = f"{text} {_ABSENT}"
    if (deprecation := thing.history.deprecation) is None:
        return comment(text, indent)
    since = deprecated(deprecation).removeprefix("Deprecated").lstrip(" :.")
    return comment(text, indent, [f"@deprecated {since[:1].upper()}{since[1:]}".rstrip()])


def _laid_out(start: str, options: list[str], end: str, indent: int = 0) -> str:
    """Alternatives on one line if it fits, else one a line."""
    line = f"{start}{' | '.join(options)}{end}"
    margin = " " * (indent + 2)
    if len(line) <= WIDTH:
        return line
    if len(options) == 1:
        return f"{start.rstrip()}\n{margin}{options[0]}{end}" if start.endswith("= ") else line
    return "\n".join([start.rstrip(), *(f"{margin}| {option}" for option in options)]) + end
