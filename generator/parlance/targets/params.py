"""Requests as `TypedDict`s that SDKs take: without what the provider's library has no type for.

A `TypedDict` is assignable to another if their fields have equal types, however deep, so these types say neither more
nor less than those of the library: an array of records may be anything that can be iterated over, and what a server
takes beyond its documentation is left out. Optional fields of the request itself are left out rather than null, and
what asks for a stream is an argument beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..contract.ir import Contract, Definition, Direction, Enumeration, Field, Null, Presence, Record, Type, Union
from ..contract.references import mentions, reached
from ..contract.retyped import united, with_types
from .alias_order import in_order
from .annotation import Annotation, Choice, Generic, Word, annotation
from .definitions import Import, Part
from .dicts import IMPORTS, typed_dicts
from .file import File
from .python_modules import module
from .python_names import class_name

__all__ = ["params", "part"]

_PLAIN = frozenset({"str", "int", "float", "bool", "None"})


def params(contract: Contract) -> Iterator[File]:
    """`params.py` of a dialect, without any other."""
    if made := part(contract):
        yield from module(made)


def part(contract: Contract) -> Part | None:
    """What goes to the server by itself, not as a line of a file; None if nothing does."""
    sent = [each for each in contract.artifacts if each.direction is Direction.SENT and not each.is_line]
    roots = {each.root: _stream_fields(contract, each.name) for each in sent}
    by_name = {each.name: each for each in contract.definitions}
    names = reached(roots, lambda name: (mentioned for mentioned, _ in mentions(by_name[name])))
    printed = [_printed(each) for each in contract.definitions if each.name in names]
    definitions = [_root(each, roots[each.name]) if each.name in roots else each for each in printed]
    if not definitions:
        return None
    return Part(
        target="params",
        dialect=contract.dialect,
        docstring=f"{contract.title}: requests as types of plain dicts that SDKs take.",
        definitions=tuple(typed_dicts(definitions, _Arrays(definitions).annotation)),
        exports=tuple(class_name(each.name) for each in definitions),
        imports={**IMPORTS, "Array": Import(".typed_dict", "Array")},
        summary="requests as types of plain dicts that SDKs take",
    )


def _stream_fields(contract: Contract, name: str) -> frozenset[str]:
    """The fields of an artifact that ask for a stream."""
    streams = [each.stream for each in contract.artifacts if each.stream is not None and each.stream.request == name]
    return frozenset(stream.field for stream in streams if stream.field is not None)


def _printed(definition: Definition) -> Definition:
    """*definition* without what the provider's library has no type for."""
    printed = with_types(definition, _printed_type)
    if isinstance(printed, Enumeration):
        return replace(printed, members=tuple(each for each in printed.members if each.printed))
    return printed


def _root(definition: Definition, stream_fields: frozenset[str]) -> Definition:
    """A request without the fields that ask for a stream: by those, libraries choose the type of the answer."""
    if not isinstance(definition, Record):
        return definition
    kept = (each for each in definition.fields if each.name not in stream_fields)
    return replace(definition, fields=tuple(map(_left_out, kept)))


def _printed_type(kind: Type) -> Type:
    if isinstance(kind, Union) and kind.unprinted:
        return united(option for option in kind.options if option not in kind.unprinted)
    return kind


def _left_out(field: Field) -> Field:
    """The field, which is left out rather than null."""
    if field.presence is Presence.REQUIRED or not isinstance(field.type, Union):
        return field
    return replace(field, type=united(option for option in field.type.options if option != Null()))


class _Arrays:
    """How the types of some definitions are annotated, where arrays of records need not be lists."""

    def __init__(self, definitions: Sequence[Definition]) -> None:
        self._plain = {each.name for each in definitions if isinstance(each, Enumeration)} | _PLAIN
        for alias, _ in in_order(definitions):
            if self._is_plain(annotation(alias.type)):
                self._plain.add(alias.name)

    def annotation(self, kind: Type) -> Annotation:
        """The annotation of *kind*."""
        return self._with_arrays(annotation(kind))

    def _with_arrays(self, tree: Annotation) -> Annotation:
        match tree:
            case Choice(options):
                return Choice(tuple(map(self._with_arrays, options)))
            case Generic("list", (item,)) if not self._is_plain(item):
                return Generic("Array", (self._with_arrays(item),))
            case Generic(name, arguments):
                return Generic(name, tuple(map(self._with_arrays, arguments)))
            case Word("Any"):
                # With Any in an argument, mypy does not choose between overloads.
                return Word("object")
            case _:
                return tree

    def _is_plain(self, tree: Annotation) -> bool:
        """Whether a value is no object and no array."""
        match tree:
            case Choice(options):
                return all(map(self._is_plain, options))
            case Generic(name):
                return name == "Literal"
            case Word(text):
                return text in self._plain
            case _:
                return False
