"""The files that hold the others together: package roots, lists of dialects, and what each folder is for."""

from __future__ import annotations

from collections.abc import Iterator

from ..backends.python.text import bracketed, docstring, exports, header, imported, literal, module_name
from ..contract.ir import Alias, Contract, Enumeration, Record
from .edition import Edition
from .file import File
from .markdown_text import code, prose
from .python_names import class_name
from .validators import function_names

__all__ = ["index"]

_PACKAGE = "python/parlance_dialects"
_PYTHON = ("validators", "enums", "dicts", "models", "strategies")
_FOLDERS = {
    "python/parlance_dialects/": (_PYTHON, "An importable package, a sub-package for each dialect."),
    "jsonschema/": (("jsonschema",), "JSON Schema 2020-12, one self-contained file for each artifact."),
    "openapi/": (("openapi",), "OpenAPI 3.1, one document for each dialect."),
    "markdown/": (("markdown",), "Reference pages, to be read by people."),
    "contract/": (("contract",), "The contract itself as JSON, for comparison and for other programs."),
}


def index(edition: Edition) -> Iterator[File]:
    """Everything that depends on which dialects and targets there are."""
    if not edition.targets.isdisjoint(_PYTHON):
        yield File(path=f"{_PACKAGE}/py.typed", text="")
        yield _root(edition)
        if edition.shares:
            text = f'{header()}\n\n"""What several dialects have in common, once."""\n'
            yield File(path=f"{_PACKAGE}/shared/__init__.py", text=text)
        for contract in edition.contracts:
            yield _dialect(contract, edition.targets)
        yield from _aliases(edition)
    if "markdown" in edition.targets:
        has_rules = any(contract.rules for contract in edition.contracts)
        view = {"dialects": _rows(edition), "has_rules": has_rules}
        yield File(path="markdown/README.md", template="markdown/index.md.j2", view=view)
    folders = [
        {"path": code(path), "summary": summary}
        for path, (targets, summary) in _FOLDERS.items()
        if not edition.targets.isdisjoint(targets)
    ]
    yield File(path="README.md", template="README.md.j2", view={"folders": folders, "dialects": _rows(edition)})


def _rows(edition: Edition) -> list[dict[str, str]]:
    return [
        {
            "id": prose(contract.dialect),
            "file": f"{contract.dialect}.md",
            "module": code(f"parlance_dialects.{module_name(contract.dialect)}"),
            "title": prose(contract.title),
            "as_of": contract.as_of.isoformat(),
            "description": prose(contract.description),
        }
        for contract in edition.contracts
    ]


def _root(edition: Edition) -> File:
    modules = {contract.dialect: module_name(contract.dialect) for contract in edition.contracts}
    modules |= {alias: modules[dialect] for alias, dialect in edition.aliases if dialect in modules}
    rows = [f"{literal(name)}: {literal(module)}" for name, module in modules.items()]
    view = {
        "header": header(),
        "dialects": bracketed("DIALECTS = {", rows, "}"),
        "default": literal(edition.default),
    }
    return File(path=f"{_PACKAGE}/__init__.py", template="python/root.py.j2", view=view)


def _aliases(edition: Edition) -> Iterator[File]:
    """A module for each other name of a dialect: whoever imports it gets the dialect's package."""
    modules = {contract.dialect: module_name(contract.dialect) for contract in edition.contracts}
    names = {module_name(alias): (alias, dialect) for alias, dialect in edition.aliases if dialect in modules}
    for name, (alias, dialect) in names.items():
        if name not in modules.values():
            view = {
                "header": header(),
                "doc": docstring(f"{dialect} under its other name, {alias}."),
                "module": modules[dialect],
                "strategies": "strategies" in edition.targets,
            }
            yield File(path=f"{_PACKAGE}/{name}.py", template="python/alias.py.j2", view=view)


def _dialect(contract: Contract, targets: frozenset[str]) -> File:
    homes = _homes(contract, targets)
    functions = [name for artifact in contract.artifacts for name in function_names(artifact)]
    eager = ["ARTIFACTS", *functions] if "validators" in targets else []
    lazy = [(module, [name for name in homes if homes[name] == module]) for module in ("enums", "models")]
    view = {
        "header": header(),
        "doc": docstring(f"{contract.title}, as of {contract.as_of}.\n\n{contract.description}"),
        "eager": imported(".validators", eager) if eager else "",
        "lazy": [imported(f".{module}", names, 4) for module, names in lazy if names],
        "exports": exports([*eager, *homes]),
        "strategies": "strategies" in targets,
        "homes": [f"{literal(name)}: {literal(homes[name])}" for name in sorted(homes)],
    }
    path = f"{_PACKAGE}/{module_name(contract.dialect)}/__init__.py"
    return File(path=path, template="python/dialect.py.j2", view=view)


def _homes(contract: Contract, targets: frozenset[str]) -> dict[str, str]:
    """The module of each class of a dialect that is loaded when it is asked for."""
    homes: dict[str, str] = {}
    for definition in contract.definitions:
        match definition:
            case Enumeration() if "enums" in targets:
                homes[class_name(definition.name)] = "enums"
            case Record() | Alias() if "models" in targets:
                homes[class_name(definition.name)] = "models"
            case _:
                pass
    return homes
