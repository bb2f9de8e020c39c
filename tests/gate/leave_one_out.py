"""How good the proof is: gates with one of their tests left out, which some document should show.

A gate is run that goes on after each test that is true, and notes it. Left out, a test is missed by the documents for
which no other is true.
"""

from __future__ import annotations

import ast
import copy
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

__all__ = ["TestedGate"]

_FUNCTIONS = ("may_refuse_", "_may_refuse_")
_NOTE = "_note_test"


class _Routine(NamedTuple):
    """A function that a gate is made of, and the module that it stands in."""

    tree: ast.FunctionDef
    module: ModuleType


class TestedGate:
    """The tests of a gate, by number, and which of them are true of a document."""

    __test__ = False  # for pytest

    def __init__(self, gate: Callable[[Any], bool]) -> None:
        self.tests: list[str] = []
        """Where each stands, and what it asks."""

        self._true: set[int] = set()
        routines = {name: self._noting(name, each) for name, each in _called(gate).items()}
        spaces = {each.module.__name__: {**vars(each.module), _NOTE: self._true.add} for each in routines.values()}
        for tree, module in routines.values():
            code = compile(ast.fix_missing_locations(ast.Module([tree], [])), str(module.__file__), "exec")
            exec(code, spaces[module.__name__])  # noqa: S102 - what was generated
        made = {name: spaces[each.module.__name__][name] for name, each in routines.items()}
        for space in spaces.values():
            space.update(made)
        self._gate: Any = made[gate.__name__]

    def true_of(self, document: Any) -> frozenset[int]:
        """The tests that are true of a document; none where a value is not as the gate expects, which it looks at."""
        self._true.clear()
        return frozenset() if self._gate(document) else frozenset(self._true)

    def _noting(self, name: str, routine: _Routine) -> _Routine:
        """The routine that notes in place of returning."""
        tree = copy.deepcopy(routine.tree)
        for node in _tests(tree):
            if any(isinstance(each, ast.Name) and each.id.startswith(_FUNCTIONS) for each in ast.walk(node.test)):
                node.body = [ast.Pass()]  # the tests of the other routine are noted there
                continue
            call = ast.Call(ast.Name(_NOTE, ast.Load()), [ast.Constant(len(self.tests))], [])
            node.body = [ast.Expr(call)]
            self.tests.append(f"{name}, line {node.test.lineno}: {ast.unparse(node.test)}")
        return routine._replace(tree=tree)


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
