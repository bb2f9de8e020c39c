"""A module of Python to its definitions, as source text, each with what it uses: to copy some into another module."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["SourceDefinition", "source_definitions"]

_ImportedName = tuple[str, str, str]
"""The module, the name there, and the name here where it is another."""


@dataclass(frozen=True, slots=True)
class SourceDefinition:
    """A function, class or constant, or a statement that defines several."""

    names: tuple[str, ...]
    text: str
    uses: frozenset[str]
    """The names in it."""

    imports: frozenset[_ImportedName]
    """What it uses from other packages."""

    typed_imports: frozenset[_ImportedName]
    """What its annotations alone use from there."""


def source_definitions(source: str) -> Iterator[SourceDefinition]:
    """What is defined at the top of a module, in its order; docstrings below constants are left out."""
    lines = source.split("\n")
    body = ast.parse(source).body
    imports = {each[2] or each[1]: each for node in body for each in _imports(node)}
    apart = [inner for node in body for inner in _typed_imports(node)]
    typed = {each[2] or each[1]: each for node in apart for each in _imports(node)}
    for node in body:
        names = _names(node)
        if not names or names == ("__all__",) or _is_import(node) or _typed_imports(node):
            continue
        start = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", ()))]) - 1
        while lines[start - 1].startswith("#"):
            start -= 1
        uses = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
        yield SourceDefinition(
            names,
            "\n".join(lines[start : node.end_lineno]),
            frozenset(uses),
            frozenset(imports[name] for name in uses & imports.keys()),
            frozenset(typed[name] for name in uses & typed.keys()),
        )


def _is_import(node: ast.stmt) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom)


def _typed_imports(node: ast.stmt) -> list[ast.stmt]:
    """What a statement imports for type checkers alone, if it does nothing else."""
    match node:
        case ast.If(test=ast.Name(id="TYPE_CHECKING"), body=body, orelse=[]) if all(map(_is_import, body)):
            return body
        case _:
            return []


def _imports(node: ast.stmt) -> Iterator[_ImportedName]:
    """Names that come from other packages."""
    if isinstance(node, ast.ImportFrom) and not node.level and node.module != "__future__":
        for each in node.names:
            yield node.module or "", each.name, each.asname or ""
    elif isinstance(node, ast.Import):
        for each in node.names:
            yield "", each.name, each.asname or ""


def _names(node: ast.stmt) -> tuple[str, ...]:
    """What a statement defines."""
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
            return (name,)
        case ast.Assign(targets=[ast.Name(id=name)]):
            return (name,)
        case ast.ImportFrom() | ast.Import():
            return tuple(each.asname or each.name for each in node.names)
        case ast.If() | ast.Try():
            inner = [*node.body, *node.orelse, *(each for one in getattr(node, "handlers", ()) for each in one.body)]
            return tuple(dict.fromkeys(name for each in inner for name in _names(each)))
        case _:
            return ()
