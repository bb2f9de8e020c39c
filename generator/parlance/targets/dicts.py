"""Records of a contract as `TypedDict`s, for people who pass plain dicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..backends.python.text import bracketed, docstring, exports, header, literal, module_name
from ..contract.ir import Alias, Contract, Definition, Enumeration, Field, Presence, Record, Refused, Text
from .alias_order import in_order
from .annotation import Annotation, Generic, Word, annotation, flat, laid_out, words
from .file import File
from .phrases import described
from .python_names import class_name, is_plain_name

__all__ = ["dicts"]

_TYPING = ("Any", "Literal", "NotRequired", "TypeAlias")


def dicts(contract: Contract) -> Iterator[File]:
    """`dicts.py` of a dialect: sets of values, then records, then what is made of them."""
    sets = [_alias(each, _values(each)) for each in contract.definitions if isinstance(each, Enumeration)]
    records = [_record(each) for each in contract.definitions if isinstance(each, Record)]
    aliases = [
        _alias(each, annotation(each.type), quoted=circular) for each, circular in in_order(contract.definitions)
    ]
    yield File(
        path=f"python/parlance_dialects/{module_name(contract.dialect)}/dicts.py",
        template="python/dicts.py.j2",
        view={
            "header": header(),
            "doc": docstring(f"{contract.title}: records and sets of values as types of plain dicts."),
            "imports": _imports(_mentioned(contract.definitions)),
            "exports": exports(class_name(definition.name) for definition in contract.definitions),
            "sets": sets,
            "records": records,
            "aliases": aliases,
        },
    )


def _imports(mentioned: set[str]) -> list[str]:
    names = [name for name in _TYPING if name in mentioned]
    standard = [bracketed("from typing import ", names, "")] if names else []
    return [*standard, *(["from ..typed_dict import TypedDict"] if "TypedDict" in mentioned else [])]


def _mentioned(definitions: Iterable[Definition]) -> set[str]:
    names: set[str] = set()
    for definition in definitions:
        match definition:
            case Record():
                names |= {"TypedDict"}.union(*(words(_field_type(field)) for field in _fields(definition)))
            case Enumeration():
                names |= {"TypeAlias", *words(_values(definition))}
            case Alias():
                names |= {"TypeAlias", *words(annotation(definition.type))}
    return names


def _values(enumeration: Enumeration) -> Annotation:
    base = Word("str" if isinstance(enumeration.base, Text) else "int")
    if enumeration.open or not enumeration.members:
        return base
    return Generic("Literal", tuple(Word(literal(member.value)) for member in enumeration.members))


def _alias(definition: Enumeration | Alias, tree: Annotation, *, quoted: bool = False) -> dict[str, str]:
    start = f"{class_name(definition.name)}: TypeAlias = "
    doc = described(definition)
    if isinstance(definition, Enumeration) and definition.open:
        doc = f"{doc}\n\nKnown values: {', '.join(literal(member.value) for member in definition.members)}."
    source = f"{start}{literal(flat(tree))}" if quoted else laid_out(start, tree)
    return {"source": source, "doc": docstring(doc)}


def _record(record: Record) -> dict[str, Any]:
    types = {field.name: _field_type(field) for field in _fields(record)}
    mentioned = {word for tree in types.values() for word in words(tree)}
    if all(is_plain_name(name) and name not in mentioned for name in types):
        return {
            "name": class_name(record.name),
            "doc": docstring(described(record), 4),
            "fields": [
                {
                    "source": laid_out(f"{field.name}: ", types[field.name], indent=4),
                    "doc": docstring(described(field), 4),
                }
                for field in _fields(record)
            ],
        }
    return {"name": class_name(record.name), "call": _call(record, types)}


def _call(record: Record, types: dict[str, Annotation]) -> str:
    """The functional syntax, which takes any name; the fields' documentation follows the record's."""
    name = class_name(record.name)
    items = [f"{literal(wire)}: {literal(flat(tree))}" for wire, tree in types.items()]
    fields = "\n".join(["{", *(f"        {item}," for item in items), "    }"])
    docs = "\n\n".join([described(record), *(f"{field.name}: {described(field)}" for field in _fields(record))])
    return f"{name} = TypedDict(\n    {literal(name)},\n    {fields},\n)\n{docstring(docs)}"


def _fields(record: Record) -> list[Field]:
    """The fields that a value may have; Pydantic has no schema for one that nothing may be."""
    return [field for field in record.fields if not isinstance(field.policy, Refused)]


def _field_type(field: Field) -> Annotation:
    tree = annotation(field.type)
    return tree if field.presence is Presence.REQUIRED else Generic("NotRequired", (tree,))
