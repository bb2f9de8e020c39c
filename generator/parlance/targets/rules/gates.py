"""Gates as functions: whether the rules of some severity may find something in a document of sound structure."""

from __future__ import annotations

from ...backends.python.bodies import Body
from ...backends.python.key_sets import KeySets
from ...backends.python.names import GateNames
from ...backends.python.syntax import Assign, Constant, Function, Return, Try
from ...finding.pointer import joined
from ...program.gate.writer import Gate

__all__ = ["gate_functions"]

_LOOK, _PASS = Return(Constant(value=True)), Return(Constant(value=False))


def gate_functions(
    gate: Gate, root: str, names: GateNames, severities: str
) -> tuple[list[Assign], list[Function]]:
    """The constants that a gate for some *severities* mentions, the functions that it calls, and its own."""
    sets = KeySets(names.sets.upper())
    body = Body.of_gate(names, sets).statements(gate.body)
    # A value of another kind than the structure promises raises an error: then the rules are asked.
    whole = (Try(body, "(KeyError, TypeError)", (_LOOK,)),) if body else ()
    functions: list[Function] = []
    for routine in gate.routines:
        summary = f"Whether the rules for {severities} may find something at {joined(routine.path)}."
        parameters = tuple((variable, "Any") for variable in routine.parameters)
        inner = Body.of_gate(names, sets).statements(routine.body)
        functions.append(Function(names.routine(routine.name), parameters, "bool", summary, inner))
    summary = f"Whether the rules for {severities} may find something in a {root} of sound structure; False if not."
    functions.append(Function(names.gate, (("root", "Any"),), "bool", summary, (*whole, _PASS)))
    return sets.statements, functions
