"""Gates as functions: whether the rules of some severity may find something in a document of sound structure."""

from __future__ import annotations

from ...backends.python.bodies import Body
from ...backends.python.key_sets import KeySets
from ...backends.python.names import GateNames
from ...backends.python.syntax import Assign, Constant, Function, Return, Try, used_names
from ...contract.rules import BESIDE
from ...finding.pointer import joined
from ...program.gate.writer import Gate

__all__ = ["gate_functions"]

_BESIDE = {"stream": " beside those before it", "exchange": " beside its request"}
_LOOK, _PASS = Return(Constant(value=True)), Return(Constant(value=False))


def gate_functions(
    gate: Gate, root: str, names: GateNames, severities: str, scope: str = ""
) -> tuple[list[Assign], list[Function]]:
    """The constants that a gate for some *severities* mentions, the functions that it calls, and its own.

    *scope* is that of rules which see more than the document.
    """
    others = BESIDE.get(scope, ())
    sets = KeySets(names.sets.upper())
    body = Body.of_gate(names, sets).statements(gate.body)
    # A value of another kind than the structure promises raises an error: then the rules are asked.
    whole = (Try(body, "(AttributeError, KeyError, TypeError)", (_LOOK,)),) if body else ()
    functions: list[Function] = []
    for routine in gate.routines:
        summary = f"Whether the rules for {severities} may find something at {joined(routine.path)}."
        parameters = tuple((variable, "Any") for variable in routine.parameters)
        inner = Body.of_gate(names, sets).statements(routine.body)
        functions.append(Function(names.routine(routine.name), parameters, "bool", summary, inner))
    what = f"{root} of sound structure{_BESIDE.get(scope, '')}"
    summary = f"Whether the rules for {severities} may find something in a {what}; False if not."
    mentioned = {name for statement in whole for name in used_names(statement)}
    beside = tuple((name if name in mentioned else f"_{name}", "Any") for name in others)
    root_name = "root" if not others or "root" in mentioned else "_root"
    functions.append(Function(names.gate, ((root_name, "Any"), *beside), "bool", summary, (*whole, _PASS)))
    return sets.statements, functions
