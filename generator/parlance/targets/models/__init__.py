"""Records of a contract as Pydantic models whose verdicts are those of the validators."""

from __future__ import annotations

from collections.abc import Iterator

from ...backends.python.text import docstring, exports, header, literal, module_name
from ...contract.ir import Alias, Contract, Record
from ..alias_order import in_order
from ..annotation import flat, laid_out
from ..file import File
from ..phrases import described
from ..python_names import class_name
from .classes import classes
from .imports import Imports
from .records import RecordView, record_view
from .types import Types

__all__ = ["models"]

_DOCUMENTATION = """{title}: the records, as Pydantic models.

A field that was not given reads as `None`. `model_dump_json(exclude_unset=True)` writes what was given, and no more.
"""


def models(contract: Contract) -> Iterator[File]:
    """`models.py` of a dialect: records in the order of the spec, then the types made of them."""
    imports = Imports(definition.name for definition in contract.definitions)
    types = Types(contract, imports)
    records = [record_view(each, types) for each in contract.definitions if isinstance(each, Record)]
    aliases = [
        _alias(alias, types, circular=circular)
        for alias, circular in in_order(contract.definitions)
    ]
    yield File(
        path=f"python/parlance_dialects/{module_name(contract.dialect)}/models.py",
        template="python/models.py.j2",
        view=_view(contract, records, aliases, imports),
    )


def _view(
    contract: Contract, records: list[RecordView], aliases: list[dict[str, str]], imports: Imports
) -> dict[str, object]:
    names = [class_name(each.name) for each in contract.definitions if isinstance(each, Record | Alias)]
    return {
        "header": header(),
        "docstring": docstring(_DOCUMENTATION.format(title=contract.title)),
        "imports": imports.source(),
        "exports": exports(names),
        "classes": classes(records),
        "aliases": aliases,
    }


def _alias(alias: Alias, types: Types, *, circular: bool) -> dict[str, str]:
    tree = types.annotation(alias.type)
    name, plain, doc = class_name(alias.name), types.imports.name("TypeAlias"), docstring(described(alias))
    if not circular:
        return {"source": laid_out(f"{name}: {plain} = ", tree), "doc": doc}
    made, checking = types.imports.name("TypeAliasType"), types.imports.name("TYPE_CHECKING")
    shape = literal(flat(tree))
    # What type checkers take for a circular alias, Pydantic does not, and the reverse.
    seen, real = f"{name}: {plain} = {shape}", f"{name} = {made}({literal(name)}, {shape})"
    return {"source": f"if {checking}:\n    {seen}\nelse:\n    {real}", "doc": doc}
