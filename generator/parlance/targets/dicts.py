"""Records of a contract as `TypedDict`s, for people who pass plain dicts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ..backends.python.text import docstring, literal
from ..contract.ir import Alias, Contract, Enumeration, Field, Nothing, Presence, Record, Text, Type
from ..contract.ir import Definition as ContractDefinition
from .alias_order import in_order
from .annotation import Annotation, Generic, Word, annotation, flat, laid_out, words
from .definitions import Definition, Import, Part
from .file import File
from .phrases import described
from .python_modules import module
from .python_names import class_name, is_plain_name

__all__ = ["IMPORTS", "dicts", "part", "typed_dicts"]

IMPORTS = {
    **{name: Import("typing", name) for name in ("Any", "Literal", "NotRequired", "TypeAlias")},
    "TypedDict": Import(".typed_dict", "TypedDict"),
}


def dicts(contract: Contract) -> Iterator[File]:
    """`dicts.py` of a dialect, without any other."""
    yield from module(part(contract))


def part(contract: Contract) -> Part:
    """All definitions of the dialect."""
    return Part(
        target="dicts",
        dialect=contract.dialect,
        docstring=f"{contract.title}: records and sets of values as types of plain dicts.",
        definitions=tuple(typed_dicts(contract.definitions)),
        exports=tuple(class_name(definition.name) for definition in contract.definitions),
        imports=IMPORTS,
        summary="records and sets of values as types of plain dicts",
    )


def typed_dicts(
    definitions: Sequence[ContractDefinition], annotate: Callable[[Type], Annotation] = annotation
) -> Iterator[Definition]:
    """Sets of values, then records, then what is made of them."""
    yield from (_alias(each, _values(each)) for each in definitions if isinstance(each, Enumeration))
    yield from (_record(each, annotate) for each in definitions if isinstance(each, Record))
    for each, circular in in_order(definitions):
        yield _alias(each, annotate(each.type), quoted=circular)


def _values(enumeration: Enumeration) -> Annotation:
    base = Word("str" if isinstance(enumeration.base, Text) else "int")
    if enumeration.open or not enumeration.members:
        return base
    return Generic("Literal", tuple(Word(literal(member.value)) for member in enumeration.members))


def _alias(definition: Enumeration | Alias, tree: Annotation, *, quoted: bool = False) -> Definition:
    name = class_name(definition.name)
    start = f"{name}: TypeAlias = "
    doc = described(definition)
    if isinstance(definition, Enumeration) and definition.open:
        doc = f"{doc}\n\nKnown values: {', '.join(literal(member.value) for member in definition.members)}."
    source = f"{start}{literal(flat(tree))}" if quoted else laid_out(start, tree)
    return Definition(
        name=name,
        of=definition.name,
        text=f"{source}\n{docstring(doc)}",
        uses=frozenset({"TypeAlias", *words(tree)}),
        gap=1,
        is_eager=not quoted,
    )


def _record(record: Record, annotate: Callable[[Type], Annotation]) -> Definition:
    types = {field.name: _field_type(field, annotate) for field in _fields(record)}
    mentioned = {word for tree in types.values() for word in words(tree)}
    is_plain = all(is_plain_name(name) and name not in mentioned for name in types)
    text = _class(record, types) if is_plain else _call(record, types)
    name = class_name(record.name)
    return Definition(name=name, of=record.name, text=text, uses=frozenset({"TypedDict", *mentioned}))


def _class(record: Record, types: dict[str, Annotation]) -> str:
    lines = [f"class {class_name(record.name)}(TypedDict):", f"    {docstring(described(record), 4)}"]
    for field in _fields(record):
        lines += ["", f"    {laid_out(f'{field.name}: ', types[field.name], indent=4)}"]
        lines.append(f"    {docstring(described(field), 4)}")
    return "\n".join(lines)


def _call(record: Record, types: dict[str, Annotation]) -> str:
    """The functional syntax, which takes any name; the fields' documentation follows the record's."""
    name = class_name(record.name)
    items = [f"{literal(wire)}: {literal(flat(tree))}" for wire, tree in types.items()]
    fields = "\n".join(["{", *(f"        {item}," for item in items), "    }"])
    docs = "\n\n".join([described(record), *(f"{field.name}: {described(field)}" for field in _fields(record))])
    return f"{name} = TypedDict(\n    {literal(name)},\n    {fields},\n)\n{docstring(docs)}"


def _fields(record: Record) -> list[Field]:
    """The fields that a value may have; Pydantic has no schema for one that nothing may be."""
    return [field for field in record.fields if not isinstance(field.type, Nothing)]


def _field_type(field: Field, annotate: Callable[[Type], Annotation]) -> Annotation:
    tree = annotate(field.type)
    return tree if field.presence is Presence.REQUIRED else Generic("NotRequired", (tree,))
