"""The files that hold the others together: package roots, lists of dialects, and what each folder is for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..backends.python.printing import lines_of
from ..backends.python.syntax import Assign, Attribute, Constant, Name, call, tuple_of
from ..backends.python.text import bracketed, docstring, header, literal, module_name
from ..contract.ir import Contract, Enumeration
from .edition import Edition
from .file import File
from .grouping import SHARED
from .markdown_text import code, prose
from .own_features import own_features
from .python_names import class_name
from .python_package import python_package
from .record_book import records_of

__all__ = ["index", "is_shared", "runtime"]

_PACKAGE = "python/parlance_dialects"
_PYTHON = ("validators", "enums", "dicts", "params", "models", "strategies")
_FOLDERS = {
    "python/parlance_dialects/": (_PYTHON, "An importable package, a sub-package for each dialect."),
    "typescript/": (("typescript",), "An npm package, with a module to import for each dialect."),
    "jsonschema/": (("jsonschema",), "JSON Schema 2020-12, one self-contained file for each artifact."),
    "openapi/": (("openapi",), "OpenAPI 3.1, one document for each dialect."),
    "markdown/": (("markdown",), "Reference pages, to be read by people."),
    "changes/": (("changes",), "What changed between the dialects of a provider, and between the days of the base."),
    "contract/": (("contract",), "The contract itself as JSON, for comparison and for other programs."),
}

_HOMES = ("enums", "models")
"""The modules whose classes a dialect offers, the cheaper one first."""

_OFFERED = ("dicts", "params", "rules", "strategies")
"""The modules that a dialect offers as they are."""


def index(edition: Edition) -> Iterator[File]:
    """Everything that depends on which dialects and targets there are."""
    if not edition.targets.isdisjoint(_PYTHON):
        yield File(path=f"{_PACKAGE}/py.typed", text="")
        yield _root(edition)
        yield own_features(edition)
        if edition.shares:
            text = f'{header()}\n\n"""What several dialects have in common, once."""\n'
            yield File(path=f"{_PACKAGE}/{SHARED}/__init__.py", text=text)
        for contract in edition.contracts:
            yield _dialect(contract, edition.targets)
        yield from _aliases(edition)
        yield from python_package(edition)
    if "markdown" in edition.targets:
        has_rules = any(contract.rules for contract in edition.contracts)
        has_records = any(True for contract in edition.contracts for _ in records_of(contract))
        view = {"dialects": _rows(edition), "has_rules": has_rules, "has_records": has_records}
        yield File(path="markdown/README.md", template="markdown/index.md.j2", view=view)
    folders = [
        {"path": code(path), "summary": summary}
        for path, (targets, summary) in _FOLDERS.items()
        if not edition.targets.isdisjoint(targets)
    ]
    yield File(path="README.md", template="README.md.j2", view={"folders": folders, "dialects": _rows(edition)})


def is_shared(path: str) -> bool:
    """Whether a file of the Python package is what several dialects have in common."""
    return path.startswith(f"{_PACKAGE}/{SHARED}/")


def runtime(edition: Edition) -> frozenset[str]:
    """The modules of the run time that packages of dialects import, and those that people import beside them."""
    lazy = () if edition.targets.isdisjoint((*_HOMES, *_OFFERED)) else ("lazy",)
    return frozenset((*lazy, "model_errors") if "models" in edition.targets else lazy)


def _rows(edition: Edition) -> list[dict[str, str]]:
    return [
        {
            "id": prose(contract.dialect),
            "file": f"{contract.dialect}.md",
            "module": code(f"parlance_dialects.{module_name(contract.dialect)}"),
            "title": prose(contract.title),
            "day": contract.day.isoformat(),
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
            }
            yield File(path=f"{_PACKAGE}/{name}.py", template="python/alias.py.j2", view=view)


def _dialect(contract: Contract, targets: frozenset[str]) -> File:
    names: dict[str, list[str]] = {home: _classes(contract, home) for home in _HOMES if home in targets}
    homes = [home for home, classes in names.items() if classes]
    modules = [name for name in _OFFERED if name in targets and (name != "rules" or contract.rules)]
    view = {
        "header": header(),
        "doc": docstring(f"{contract.title}, as of {contract.day}.\n\n{contract.description}"),
        "validators": "validators" in targets,
        "modules": modules,
        "homes": homes,
        "lazy": _lazy(homes, names, modules, targets) if homes or modules else "",
    }
    path = f"{_PACKAGE}/{module_name(contract.dialect)}/__init__.py"
    return File(path=path, template="python/dialect.py.j2", view=view)


def _lazy(
    homes: Sequence[str], names: Mapping[str, Sequence[str]], modules: Sequence[str], targets: frozenset[str]
) -> str:
    """The statement that makes what is loaded when it is asked for; what a cheap module lists is not repeated."""
    listing = "dicts" if "dicts" in targets and "models" in homes else homes[0] if len(homes) == 1 else None
    listing = None if listing == "models" else listing
    listed = Constant(listing) if listing else tuple_of(name for home in homes for name in names[home])
    arguments = [call("globals"), listed, tuple_of(homes), tuple_of(modules)]
    facts = {"loaded": Attribute(Name("validators"), "__all__")} if "validators" in targets else {}
    made = call("lazy", *arguments, **facts)
    return "\n".join(lines_of([Assign("__getattr__, __dir__", made)]))


def _classes(contract: Contract, home: str) -> list[str]:
    """The classes of a dialect that a module has."""
    are_enums = home == "enums"
    return [class_name(each.name) for each in contract.definitions if isinstance(each, Enumeration) is are_enums]
