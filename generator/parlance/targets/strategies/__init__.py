"""Hypothesis strategies: documents that are right, and documents with exactly one known mistake."""

from __future__ import annotations

from collections.abc import Iterator

from ...backends.python.text import bracketed, docstring, exports, header, imported, literal, module_name
from ...contract.ir import Artifact, Contract, Definition
from ...finding.article import with_article
from ..edition import Edition
from ..file import File
from ..phrases import described
from .examples import examples_file
from .layout import laid_out
from .names import Names
from .shapes import Embedded, definition_shape, embedded

__all__ = ["shared", "strategies"]

_SHAPES = (
    *("Anything", "Array", "Boolean", "Constant", "Integer", "Map", "Members", "Null", "Number", "Record", "Shape"),
    *("Tagged", "Text", "Union"),
)
_DOCUMENTATION = """{title}: strategies for hypothesis.

`valid_…` gives documents that every reader accepts, `faulty_…` documents with one mistake beside its code and pointer.
Each other function is one definition of the spec; called, it is a strategy for values of it, to which no rule was
applied.
"""

_FAULTY = """{root} with one mistake.

It is any of `mistakes`, or one of a *code*, or of a family of codes such as `PAR3`, or the one given.
"""


def shared(edition: Edition) -> Iterator[File]:
    """The documents from which the strategies of all dialects start."""
    yield File("python/parlance_dialects/strategy/examples.json", text=examples_file(edition.contracts))


def strategies(contract: Contract) -> Iterator[File]:
    """The strategies of one dialect."""
    path = f"python/parlance_dialects/{module_name(contract.dialect)}/strategies.py"
    yield File(path, "python/strategies.py.j2", _view(contract))


def _view(contract: Contract) -> dict[str, object]:
    names, embeds = Names(contract), embedded(contract)
    definitions = [_definition(each, names, embeds) for each in contract.definitions]
    artifacts = [_artifact(each, names) for each in contract.artifacts]
    code = "\n".join(each["body"] for each in definitions)
    used = [name for name in _SHAPES if f"{name}(" in code or f"-> {name}" in code or name == "Shape"]
    functions = [name for artifact in artifacts for name in (artifact["valid"], artifact["faulty"])]
    return {
        "header": header(),
        "docstring": docstring(_DOCUMENTATION.format(title=contract.title)),
        "dialect": literal(contract.dialect),
        "imports": imported("..strategy", [*used, "Fault", "Mistake", "definition", "subjects"]),
        "exports": exports([*functions, "mistakes", *(names.function(each.name) for each in contract.definitions)]),
        "definitions": definitions,
        "artifacts": artifacts,
        "severities": bracketed(
            "{", [f"{literal(code)}: {literal(severity)}" for code, severity in contract.severities], "}", 4
        ),
    }


def _definition(definition: Definition, names: Names, embeds: Embedded) -> dict[str, str]:
    return {
        "name": literal(definition.name),
        "function": names.function(definition.name),
        "doc": docstring(described(definition), 4),
        "body": "\n".join(laid_out(definition_shape(definition, names, embeds), "    ", "return ")),
    }


def _artifact(artifact: Artifact, names: Names) -> dict[str, str]:
    valid, faulty = names.strategies(artifact)
    root = with_article(artifact.root)
    return {
        "name": literal(artifact.name),
        "valid": valid,
        "faulty": faulty,
        "root": names.function(artifact.root),
        "valid_doc": docstring(f"{root[:1].upper()}{root[1:]} that every reader accepts.", 4),
        "faulty_doc": docstring(_FAULTY.format(root=f"{root[:1].upper()}{root[1:]}"), 4),
    }
