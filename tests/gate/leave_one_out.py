"""How good the proof is: gates with one of their tests left out, which some document should show."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

__all__ = ["Left", "left_out"]

_FUNCTIONS = ("may_refuse_", "_may_refuse_")


@dataclass
class Left:
    """What was left out of the gate of an artifact, one by one."""

    tests: int = 0
    unnoticed: list[str] = field(default_factory=list[str])
    """The tests without which every document is still looked at."""


def left_out(module: ModuleType, gate: str, faulty: Iterable[Any]) -> Left:
    """Leave out each test of the function *gate* and of those that it calls; *faulty* are documents to be looked at."""
    source = Path(str(module.__file__)).read_text("utf-8")
    tree = ast.parse(source)
    functions = {
        each.name: each for each in tree.body if isinstance(each, ast.FunctionDef) and each.name.startswith(_FUNCTIONS)
    }
    documents, result = [*faulty], Left()
    whole = {name: _compiled(functions[name], module) for name in _called(gate, functions)}
    for name in whole:
        for number in range(sum(1 for _ in _tests(functions[name]))):
            changed = copy.deepcopy(functions[name])
            test = [*_tests(changed)][number]
            where = f"{gate}, line {test.lineno}: {ast.unparse(test.test)[:100]}"
            test.body[0] = ast.copy_location(ast.Pass(), test.body[0])
            result.tests += 1
            if all(map(_gate(gate, [*{**whole, name: _compiled(changed, module)}.values()], module), documents)):
                result.unnoticed.append(where)
    return result


def _tests(function: ast.FunctionDef) -> Iterator[ast.If]:
    """Each condition that alone makes a document one to look at."""
    for node in ast.walk(function):
        if isinstance(node, ast.If) and len(node.body) == 1 and isinstance(node.body[0], ast.Return):
            yield node


def _called(gate: str, functions: Mapping[str, ast.FunctionDef]) -> list[str]:
    """The functions that a gate is made of."""
    found = [gate]
    for name in found:  # which grows meanwhile
        used = {node.id for node in ast.walk(functions[name]) if isinstance(node, ast.Name)}
        found += sorted(used & functions.keys() - {*found})
    return found


def _compiled(function: ast.FunctionDef, module: ModuleType) -> CodeType:
    return compile(ast.Module([function], []), str(module.__file__), "exec")


def _gate(name: str, functions: Iterable[CodeType], module: ModuleType) -> Callable[[Any], bool]:
    namespace: dict[str, Any] = dict(vars(module))
    for code in functions:
        exec(code, namespace)  # noqa: S102 - what was generated
    found: Callable[[Any], bool] = namespace[name]
    return found
