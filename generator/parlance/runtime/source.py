"""The definitions of a module, as text that is copied into generated modules."""

from __future__ import annotations

import ast
from importlib.resources import files

__all__ = ["definitions_of"]


def definitions_of(package: str, module: str) -> dict[str, tuple[str, ast.stmt]]:
    """The text and the tree of each function, class and constant of a module of ours, by name."""
    source = (files(package) / f"{module}.py").read_text("utf-8")
    found: dict[str, tuple[str, ast.stmt]] = {}
    lines = source.split("\n")
    for node in ast.parse(source).body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                pass
            case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
                pass
            case _:
                continue
        start = node.lineno - 1
        while lines[start - 1].startswith("#"):
            start -= 1
        found[name] = ("\n".join(lines[start : node.end_lineno]), node)
    return found
