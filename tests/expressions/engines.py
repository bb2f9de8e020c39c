"""Two CEL engines and ours, each a way to evaluate one expression over bindings."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import cel
from parlance.backends.python.printing import flat, laid_out
from parlance.backends.python.values import python_value
from parlance.contract.expression import FUNCTIONS, Expression
from parlance.finding.shape import is_array, is_object
from parlance.program.ir import Variable
from parlance.program.rule_expressions import condition, failure, value_of
from parlance.program.scope import Scope
from parlance.runtime.python import lookup, operators, patterns, strings
from parlance.targets.rules.vocabulary import RESERVED

cel_cpp: Any = import_module("cel_expr_python.cel")  # it has no types that checkers find

__all__ = ["ENGINES", "NAMES", "NOTHING", "OTHER_FORMS", "VOCABULARY", "Evaluate", "ours"]

Evaluate = Callable[[Mapping[str, Any]], Any]

NAMES = (
    *("self", "root", "index", "depth", "path", "reasoning", "place"),
    *("before", "stream", "request", "response", "exchange"),
)
"""What an expression of a rule may mention, beside what it binds itself; not `bytes`, which is a type in CEL."""

NOTHING = object()
"""An engine has no value for this."""

VOCABULARY: dict[str, Any] = {
    name: getattr(module, name) for module in (lookup, operators, patterns, strings) for name in module.__all__
}
"""The functions that expressions become calls of."""

_OWN = {
    name: VOCABULARY[name]
    for name, (arguments, _) in FUNCTIONS.items()
    if arguments and name not in {"size", "type", "string"}
}
"""Functions of ours that CEL does not have; the engines call them."""


def _keep_nulls(value: Any) -> None:
    """Make up for references to None that cel-expr-python 0.1.3 gives up without having them: Python would end."""
    if is_object(value):
        for item in value.values():
            _keep_nulls(item)
    elif is_array(value):
        for item in value:
            _keep_nulls(item)
    elif value is None:
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(None))


def _source(expression: Expression, scope: Scope) -> str:
    return flat(python_value(value_of(expression, scope)))


def _broken(expression: Expression, scope: Scope) -> str:
    """The same where there is next to no room on a line."""
    return "\n".join(["(", *laid_out(python_value(value_of(expression, scope)), " " * 90), ")"])


def _test(expression: Expression, scope: Scope) -> str:
    return flat(python_value(condition(expression, scope)))


def _failure(expression: Expression, scope: Scope) -> str:
    return flat(python_value(failure(expression, scope)))


OTHER_FORMS: dict[str, tuple[Callable[[Expression, Scope], str], Callable[[Any], Any]]] = {
    "many lines": (_broken, lambda value: value),
    "a test": (_test, lambda value: value is True),
    "a failure": (_failure, lambda value: value is not True),
}
"""Other code that an expression is compiled to, and what that gives where the expression has a value."""


def ours(
    expression: Expression,
    names: tuple[str, ...] = NAMES,
    form: Callable[[Expression, Scope], str] = _source,
) -> Evaluate:
    """What the rules of the dialects are compiled to."""
    scope = Scope({name: Variable(f"_{name}") for name in names}, RESERVED)
    code = compile(form(expression, scope), "<expression>", "eval")

    def evaluate(bindings: Mapping[str, Any]) -> Any:
        return eval(code, {**VOCABULARY, **{f"_{name}": bindings[name] for name in names}})  # noqa: S307 - made here

    return evaluate


def _rust(text: str, names: tuple[str, ...]) -> Evaluate:
    program = cel.compile(text)

    def evaluate(bindings: Mapping[str, Any]) -> Any:
        try:
            return program.execute({**_OWN, **{name: bindings[name] for name in names}})
        except (ArithmeticError, LookupError, TypeError, ValueError, RuntimeError):
            return NOTHING

    return evaluate


def _cpp(text: str, names: tuple[str, ...]) -> Evaluate:
    anything = cel_cpp.Type.DYN
    takes = {"total": [cel_cpp.Type.List(anything)], "resolves": [cel_cpp.Type.STRING, cel_cpp.Type.MAP]}
    functions = [
        cel_cpp.FunctionDecl(
            name,
            [cel_cpp.Overload(name, anything, takes.get(name, [cel_cpp.Type.STRING]), is_member=False, impl=function)],
        )
        for name, function in _OWN.items()
    ]
    environment = cel_cpp.NewEnv(variables=dict.fromkeys(names, anything), functions=functions)
    program = environment.compile(text, disable_check=True)

    def evaluate(bindings: Mapping[str, Any]) -> Any:
        try:
            value = program.eval(data={name: bindings[name] for name in names})
        except (ArithmeticError, LookupError, TypeError, ValueError, RuntimeError):
            return NOTHING
        if value.type() == cel_cpp.Type.ERROR:
            return NOTHING
        _keep_nulls([None])  # for what it takes while it evaluates
        plain = value.plain_value()
        _keep_nulls(plain)
        return plain

    return evaluate


ENGINES: dict[str, Callable[[str, tuple[str, ...]], Evaluate]] = {
    "common-expression-language": _rust,
    "cel-expr-python": _cpp,
}
"""Makers of evaluators from CEL text and the names in it, by the package that has the engine."""
