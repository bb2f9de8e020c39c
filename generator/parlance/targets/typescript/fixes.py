"""Fixes of the rules of a dialect, in a module of their own: who only checks need not have them."""

from __future__ import annotations

from collections.abc import Iterator

from ...backends.typescript.bodies import Body, block
from ...backends.typescript.pretty_printing import Document, Name, bracketed
from ...backends.typescript.text import literal
from ...contract.ir import Contract
from ...contract.rules import RuleFix
from ...program import ir
from ...program.fixes import edits
from ...program.logic import nodes, variables
from ..definitions import Definition, Import, Part
from .export_names import FIXES, rule_names
from .modules import definition, part
from .rules import WORDS

__all__ = ["fixes"]

_SUMMARY = "{title}: how faults are fixed that the rules find."
_WORDS = WORDS | {"edits"}
_PARAMETERS = (("root", "unknown"), ("at", "string"))
"""Of what lists edits: the document, and the pointer of a violation."""


def fixes(contract: Contract) -> Part:
    """The fixes of a dialect."""
    return part(
        "fixes",
        contract,
        _SUMMARY.format(title=contract.title),
        [*_definitions(contract)],
        exports=[FIXES],
        offers=(Import("runtime/fix", "type Edit"), Import("runtime/fix", "type Fix")),
        summary="how faults are fixed that the rules find",
    )


def _definitions(contract: Contract) -> Iterator[Definition]:
    """A function for each rule that has a fix, and the table of them: rules of one code have one fix."""
    documents = [rule for rule in contract.rules if rule.scope == "document"]
    named = zip(documents, rule_names(contract, documents), strict=True)
    rows: dict[str, Document] = {}
    for rule, names in named:
        if rule.fix is None or rule.code in rows:
            continue
        yield _function(names.fix, rule.fix, f"{rule.code}: {rule.fix.title}.")
        facts: list[Document] = [f"title: {literal(rule.fix.title)}", f"safe: {literal(rule.fix.safe)}"]
        row = bracketed("{", [*facts, ("edits: ", Name(names.fix))], "}", " ")
        rows[rule.code] = bracketed("[", [literal(rule.code), row], "]")
    made = bracketed(("new Map<string, ", Name("Fix"), ">(["), [*rows.values()], "])")
    start = (f"const {FIXES}: ReadonlyMap<string, ", Name("Fix"), "> = /* @__PURE__ */ ")
    yield definition(FIXES, (start, made, ";"), "The fix of each rule that has one, by the code of its violations.")


def _function(name: str, fix: RuleFix, summary: str) -> Definition:
    """What lists the edits for the violation at a pointer, which a program calls `at`."""
    routine = edits(fix, _WORDS)
    looks_up = any(isinstance(each, ir.Lookup) for each in nodes(routine.body))
    used = variables(routine.body).union(["root"] if looks_up else [])
    parameters = [f"{each if each in used else f'_{each}'}: {kind}" for each, kind in _PARAMETERS]
    start = (f"function {name}({', '.join(parameters)}): ", Name("Edit"), "[] {")
    return definition(name, block(start, Body().statements(routine.body)), summary)
