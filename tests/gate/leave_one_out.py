"""How good the proof is: gates with one of their tests left out, which some document should show."""

from __future__ import annotations

import ast
import copy
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, NamedTuple

__all__ = ["Left", "left_out"]

_FUNCTIONS = ("may_refuse_", "_may_refuse_")


@dataclass
class Left:
    """What was left out of the gate of an artifact, one by one."""

    tests: int = 0
    unnoticed: list[str] = field(default_factory=list[str])
    """The tests without which every document is still looked at."""


class _Routine(NamedTuple):
    """A function that a gate is made of, and the module that it stands in."""

    tree: ast.FunctionDef
    module: ModuleType


def left_out(gate: Callable[[Any], bool], faulty: Iterable[Any]) -> Left:
    """Leave out each test of the function *gate* and of those that it calls; *faulty* are documents to be looked at."""
    documents, result = [*faulty], Left()
    routines = _called(gate)
    for name, (tree, module) in routines.items():
        for number in range(sum(1 for _ in _tests(tree))):
            changed = copy.deepcopy(tree)
            test = [*_tests(changed)][number]
            where = f"{gate.__name__}, line {test.lineno}: {ast.unparse(test.test)[:100]}"
            test.body[0] = ast.copy_location(ast.Pass(), test.body[0])
            result.tests += 1
            if all(map(_gate(gate, {**routines, name: _Routine(changed, module)}), documents)):
                result.unnoticed.append(where)
    return result


def _tests(function: ast.FunctionDef) -> Iterator[ast.If]:
    """Each condition that alone makes a document one to look at."""
    for node in ast.walk(function):
        if isinstance(node, ast.If) and len(node.body) == 1 and isinstance(node.body[0], ast.Return):
            yield node


def _called(gate: Callable[[Any], bool]) -> dict[str, _Routine]:
    """The functions that a gate is made of, by name; dialects share some of them."""
    found: dict[str, _Routine] = {}
    ahead: list[Any] = [gate]
    for function in ahead:  # which grows meanwhile
        module = sys.modules[function.__module__]
        tree = _functions(Path(str(module.__file__)))[function.__name__]
        found[function.__name__] = _Routine(tree, module)
        used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id.startswith(_FUNCTIONS)}
        ahead += [function.__globals__[name] for name in sorted(used - found.keys())]
    return found


@cache
def _functions(path: Path) -> dict[str, ast.FunctionDef]:
    return {each.name: each for each in ast.parse(path.read_text("utf-8")).body if isinstance(each, ast.FunctionDef)}


def _gate(gate: Callable[[Any], bool], routines: Mapping[str, _Routine]) -> Callable[[Any], bool]:
    spaces = {module.__name__: dict(vars(module)) for _, module in routines.values()}
    for tree, module in routines.values():
        exec(_compiled(tree, str(module.__file__)), spaces[module.__name__])  # noqa: S102 - what was generated
    made = {name: spaces[module.__name__][name] for name, (_, module) in routines.items()}
    for space in spaces.values():
        space.update(made)
    found: Callable[[Any], bool] = made[gate.__name__]
    return found


def _compiled(function: ast.FunctionDef, path: str) -> CodeType:
    return compile(ast.Module([function], []), path, "exec")
