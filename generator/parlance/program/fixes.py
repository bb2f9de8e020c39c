"""Fixes of rules to routines that list the edits of one case."""

from __future__ import annotations

from dataclasses import replace

from ..contract.rules import ANY, RuleFix
from . import ir
from .ir import Let, Pointer, Variable
from .logic import variables, where, within
from .rule_expressions import condition, value_of
from .selectors import Selected, ahead, document, selection

__all__ = ["edits"]


def edits(fix: RuleFix, reserved: frozenset[str]) -> ir.Routine:
    """The routine that lists the edits of the case at a pointer, `at`."""
    fault, place = Variable("fault"), Pointer((Variable("at"),))
    rooted = [each for edit in fix.edits if edit.from_root and ANY in edit.at.steps for each in edit.expressions]
    whole = document(reserved)
    scope = whole.scope.bind("fault", fault).bind("place", Variable("at"))
    before, whole = ahead(rooted, replace(whole, scope=scope))
    # The variables of what is ready are bound for the whole document only.
    reported = Selected(fault, place, replace(scope.bind("self", fault), ready=whole.scope.ready))
    whole = replace(whole, scope=replace(scope, ready=whole.scope.ready))
    listed = Variable("edits")
    lines: list[ir.Statement] = [*before, ir.Gather("edits", "edits")]
    for edit in fix.edits:
        found = selection(edit.at, whole if edit.from_root else reported)
        scope = found.selected.scope
        value = None if edit.value is None else value_of(edit.value, scope)
        made = ir.Edit(listed, edit.operation, found.selected.pointer, edit.name, value)
        when = None if edit.when is None else condition(edit.when, scope)
        lines += within(found.headers, where(when, (made,)))
    if fault.name in variables(tuple(lines)):
        lines.insert(0, Let(fault.name, ir.Lookup(place)))
    return ir.Routine((*lines, ir.Return(listed)))
