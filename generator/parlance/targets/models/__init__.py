"""Records of a contract as Pydantic models whose verdicts are those of the validators."""

from __future__ import annotations

from collections.abc import Iterator

from ...backends.python.text import docstring, literal
from ...contract.ir import Alias, Contract, Record
from ..alias_order import in_order
from ..annotation import Call, Word, flat, laid_out
from ..definitions import Definition, Part
from ..file import File
from ..phrases import described
from ..python_modules import module
from ..python_names import class_name
from .classes import classes
from .imports import Imports
from .records import record_view
from .types import Types

__all__ = ["models", "part"]

_DOCUMENTATION = """{title}: the records, as Pydantic models.

A field that was not given reads as `None`, and is not written. A constant need not be given to a constructor.
"""


def models(contract: Contract) -> Iterator[File]:
    """`models.py` of a dialect, without any other."""
    yield from module(part(contract))


def part(contract: Contract, *, drops_unknown: bool = False) -> Part:
    """Records in the order of the spec, then the types made of them.

    Where models drop unknown fields, they do it whatever the server would do, unless it has a type for these.
    """
    imports = Imports(definition.name for definition in contract.definitions)
    types = Types(contract, imports)
    records = [each for each in contract.definitions if isinstance(each, Record)]
    definitions = [
        *_records(records, types, drops_unknown=drops_unknown),
        *(_alias(alias, types, circular=circular) for alias, circular in in_order(contract.definitions)),
    ]
    return Part(
        target="models",
        dialect=contract.dialect,
        docstring=_DOCUMENTATION.format(title=contract.title),
        definitions=tuple(definitions),
        exports=tuple(class_name(each.name) for each in contract.definitions if isinstance(each, Record | Alias)),
        imports=imports.all,
        summary="records, as Pydantic models",
    )


def _records(records: list[Record], types: Types, *, drops_unknown: bool) -> Iterator[Definition]:
    views = [(record_view(record, types, drops_unknown=drops_unknown), *types.imports.taken()) for record in records]
    texts = classes([view for view, _, _ in views])
    for (view, uses, references), record, text in zip(views, records, texts, strict=True):
        yield Definition(name=view.name, of=record.name, text=text, uses=uses, references=references)


def _alias(alias: Alias, types: Types, *, circular: bool) -> Definition:
    tree = types.annotation(alias.type)
    name, plain, doc = class_name(alias.name), types.imports.name("TypeAlias"), docstring(described(alias))
    source = laid_out(f"{name}: {plain} = ", tree)
    if circular:
        made, checking = types.imports.name("TypeAliasType"), types.imports.name("TYPE_CHECKING")
        shape = literal(flat(tree))
        # What type checkers take for a circular alias, Pydantic does not, and the reverse.
        seen = laid_out(f"{name}: {plain} = ", Word(shape), indent=4)
        real = laid_out(f"{name} = ", Call(made, (literal(name), shape)), indent=4)
        source = f"if {checking}:\n    {seen}\nelse:\n    {real}"
    uses, references = types.imports.taken()
    return Definition(
        name=name,
        of=alias.name,
        text=f"{source}\n{doc}",
        uses=uses,
        references=references,
        gap=1,
        is_eager=not circular,
    )
