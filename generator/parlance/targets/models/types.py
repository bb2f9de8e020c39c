"""Types of a contract as annotations that Pydantic checks as JSON Schema would."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from ...backends.python.text import literal
from ...contract.ir import (
    Anything,
    Array,
    Boolean,
    Constant,
    Contract,
    Enumeration,
    Integer,
    Map,
    Named,
    Nothing,
    Null,
    Number,
    Record,
    Tagged,
    Text,
    Type,
    Union,
)
from ...contract.limits import accepts
from ...regex import translated
from ..annotation import Annotation, Call, Choice, Generic, Word, choice
from ..python_names import field_names
from .imports import IMPORTABLE, Imports

__all__ = ["Types"]


class Types:
    """How the types of one contract are annotated in its module of models."""

    def __init__(self, contract: Contract, imports: Imports) -> None:
        self.imports = imports
        self._definitions = {definition.name: definition for definition in contract.definitions}

    def attributes(self, record: Record) -> dict[str, str]:
        """The attribute for each field of *record*, by its name on the wire."""
        return field_names([field.name for field in record.fields], {*self._definitions, *IMPORTABLE})

    def is_nullable(self, kind: Type) -> bool:
        """Whether null is a value of *kind*."""
        return accepts(kind, None, self._definitions)

    def annotation(self, kind: Type) -> Annotation:
        """What a value of *kind* is in Python, and what it must satisfy."""
        match kind:
            case Text() | Integer() | Number():
                return self._scalar(kind)
            case Boolean():
                return Word(self.imports.name("Boolean"))
            case Null():
                return Word("None")
            case Anything():
                return Word(self.imports.name("AnyJson"))
            case Nothing():
                return Word(self.imports.name("Refused"))
            case Constant(value):
                exact = Generic(self.imports.name("Literal"), (Word(literal(value)),))
                return exact if isinstance(value, str) else self.annotated(exact, "Exactly")
            case Array() | Map():
                return self._container(kind)
            case Named(name):
                return self._named(name)
            case Tagged():
                return self._tagged(kind)
            case Union(options):
                return self._union(options)
            case _:
                assert_never(kind)

    def annotated(self, tree: Annotation, marker: str, **arguments: object) -> Generic:
        """*tree* with one of the markers of the shared module; an argument that is None is left out."""
        given = (f"{name}={literal(value)}" for name, value in arguments.items() if value is not None)
        return self._with(tree, marker, *given)

    def _with(self, tree: Annotation, marker: str, *arguments: str | Call) -> Generic:
        return Generic(self.imports.name("Annotated"), (tree, Call(self.imports.name(marker), arguments)))

    def wired(self, tree: Annotation, wire: str) -> Generic:
        """*tree* under another name on the wire."""
        return self._with(tree, "Wire", literal(wire))

    def _scalar(self, kind: Text | Integer | Number) -> Annotation:
        limits = _limits(kind)
        match kind:
            case Text():
                return self.annotated(Word("str"), "Text", **limits) if limits else Word("str")
            case Integer():
                return self.annotated(Word("int"), "Whole", **limits) if limits else Word(self.imports.name("Integer"))
            case Number():
                return self.annotated(Word("float"), "Real", **limits) if limits else Word(self.imports.name("Number"))
            case _:
                assert_never(kind)

    def _union(self, options: Sequence[Type]) -> Annotation:
        """Any of *options*. Where several of them are more than null, errors are about the one that is meant."""
        several = choice(self.annotation(option) for option in options if option != Null())
        if isinstance(several, Choice):
            several = self.annotated(several, "OneOf")
        return choice([several, *(Word("None") for option in options if option == Null())])

    def _container(self, kind: Array | Map) -> Annotation:
        if isinstance(kind, Array):
            tree = Generic("list", (self.annotation(kind.items),))
            unique = True if kind.unique_items else None
            limits = _given(minimum=kind.min_items, maximum=kind.max_items, unique=unique)
            return self.annotated(tree, "Items", **limits) if limits else tree
        tree = Generic("dict", (self.annotation(kind.keys or Text()), self.annotation(kind.values)))
        limits = _given(minimum=kind.min_properties, maximum=kind.max_properties)
        return self.annotated(tree, "Entries", **limits) if limits else tree

    def _named(self, name: str) -> Annotation:
        found = self._definitions[name]
        if not isinstance(found, Enumeration):
            return Word(self.imports.definition(name))
        tree = Word(self.imports.enumeration(name))
        if found.open:
            base, marker = ("str", "Text") if isinstance(found.base, Text) else ("int", "Whole")
            return self.annotated(Choice((tree, Word(base))), marker, **_limits(found.base))
        return tree if isinstance(found.base, Text) else self.annotated(tree, "Exactly")

    def _open_tagged(self, kind: Tagged) -> Annotation:
        """A union in which the tag may be absent, or another: a function chooses."""
        cases = [self._case(Word(self.imports.definition(name)), value) for value, name in kind.options]
        if kind.open:
            others: Annotation = (
                Generic("dict", (Word("str"), Word(self.imports.name("AnyJson"))))
                if kind.others is None
                else Word(self.imports.definition(kind.others))
            )
            cases.append(self._case(others, ""))
        known = dict(kind.options)
        record = self._definitions[next(iter(known.values()))]
        attribute = self.attributes(record)[kind.tag] if isinstance(record, Record) else kind.tag
        facts: list[str | Call] = [literal(kind.tag), literal(attribute)]
        facts.append(Call("", tuple(map(literal, known))) if len(known) > 1 else literal(tuple(known)))
        facts += [] if kind.default is None else [f"default={literal(kind.default)}"]
        facts += [f"refused={literal(tuple(sorted(kind.refused)))}"] if kind.refused else []
        facts += ["is_open=True"] if kind.open else []
        facts += ["has_record=True"] if kind.others is not None else []
        return self._with(Choice(tuple(cases)), "ByTag", *facts)

    def _case(self, tree: Annotation, value: str) -> Generic:
        return self._with(tree, "Case", literal(value))

    def _tagged(self, kind: Tagged) -> Annotation:
        if kind.open or kind.default is not None:
            return self._open_tagged(kind)
        records = [self._definitions[name] for _, name in kind.options]
        tree = choice(Word(self.imports.definition(record.name)) for record in records)
        attributes = {self.attributes(record)[kind.tag] for record in records if isinstance(record, Record)}
        # Pydantic distinguishes records by one attribute, and each admits its own tag alone whether it does or not.
        if isinstance(tree, Word) or len(attributes) > 1:
            return tree
        return self._with(tree, "Tag", literal(kind.tag), literal(attributes.pop()))


def _limits(kind: Text | Integer | Number) -> dict[str, object]:
    if isinstance(kind, Text):
        search = None if kind.pattern is None else translated(kind.pattern)
        bounds = _given(min_length=kind.min_length, max_length=kind.max_length, pattern=kind.pattern, search=search)
        return bounds | ({"excluded": kind.excluded} if kind.excluded else {})
    return _given(
        minimum=kind.minimum,
        maximum=kind.maximum,
        exclusive_minimum=kind.exclusive_minimum,
        exclusive_maximum=kind.exclusive_maximum,
        multiple_of=kind.multiple_of,
    )


def _given(**arguments: object) -> dict[str, object]:
    return {name: value for name, value in arguments.items() if value is not None}
