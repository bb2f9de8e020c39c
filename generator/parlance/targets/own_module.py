"""What a back end makes of one dialect as one module of Python, which has the run time that it uses in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..backends.python.source_definitions import SourceDefinition, source_definitions
from ..backends.python.text import docstring, exports, header
from ..contract.ir import Contract
from ..dependencies import imported_files
from ..folders import runtime_folder
from .definitions import Import, Part
from .file import File
from .python_modules import ImportingModule, body_of, import_sections, in_load_order

__all__ = ["ONE_MODULE", "NameClashError", "python_module"]

ONE_MODULE = ("enums", "dicts", "params", "models")
"""The targets that can be one module: the run time of the others is larger than what they make."""

_HERE = ImportingModule(("module",))
_FLAG = "TYPE_CHECKING"


class NameClashError(ValueError):
    """A definition has the name of something that the module needs."""


def python_module(contract: Contract, parts: Sequence[Part]) -> File:
    """One module of all *parts*. Raises `NameClashError`."""
    definitions = in_load_order([each for part in parts for each in part.definitions])
    own = {each.name for each in definitions}
    known = {name: each for part in parts for name, each in part.imports.items()}
    used = {name for each in definitions for name in each.uses | each.types} & known.keys() - own
    runtime = [known[name] for name in used if known[name].module.startswith(".")]
    copied = _copied(runtime)
    needed = {name for each in copied for name in each.names}
    if clashes := sorted((own & needed) | {each.name for each in runtime if each.local}):
        message = f"the schema {clashes[0]} has the name of something that one module needs: name a folder as output"
        raise NameClashError(message)
    imports = {known[name] for name in used if not known[name].module.startswith(".")}
    imports.update(Import(*each) for one in copied for each in one.imports)
    typed = {Import(*each) for one in copied for each in one.typed_imports} - imports
    if typed and not any(_FLAG in one.names for one in copied):
        imports.add(Import("typing", _FLAG))
    title = f"{contract.title}, as of {contract.day}.\n\n{contract.description}"
    sections = [
        header(),
        docstring(title),
        *dict.fromkeys(note for part in parts for note in part.notes),
        "from __future__ import annotations",
        *import_sections(imports, _HERE),
        *([_type_checking(typed)] if typed else []),
        exports([name for part in parts for name in part.exports]),
    ]
    body = "\n\n\n".join([*(each.text for each in copied), body_of(definitions)])
    return File("module.py", "python/module.py.j2", {"sections": sections, "body": body})


def _type_checking(imports: Iterable[Import]) -> str:
    return f"if {_FLAG}:\n" + "\n\n".join(import_sections(imports, _HERE, indent=4))


def _copied(imports: Iterable[Import]) -> list[SourceDefinition]:
    """The definitions of the run time that are imported, and all that these use, in the order of its modules."""
    folder = runtime_folder()
    starts = sorted({f"{each.module.removeprefix('.')}.py" for each in imports})
    found: list[SourceDefinition] = []
    for path in _in_import_order(starts):
        found += source_definitions((folder / path).read_text("utf-8"))
    by_name = {name: each for each in found for name in each.names}
    needed: set[int] = set()
    ahead = [each.name for each in imports]
    while ahead:
        one = by_name.get(ahead.pop())
        if one is not None and id(one) not in needed:
            needed.add(id(one))
            ahead += one.uses
    return [each for each in found if id(each) in needed]


def _in_import_order(starts: Iterable[str]) -> list[str]:
    """Files of the run time, each behind those that it imports."""
    ordered: dict[str, None] = {}
    folder = runtime_folder()

    def visit(path: str) -> None:
        for other in imported_files(folder, path):
            if other.endswith(".py") and path not in imported_files(folder, other):
                visit(other)
        ordered.setdefault(path)

    for path in starts:
        visit(path)
    return [*ordered]
