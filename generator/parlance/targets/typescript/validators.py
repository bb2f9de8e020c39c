"""Straight-line validators: a fast yes or no, and every fault with its pointer."""

from __future__ import annotations

from collections.abc import Iterator

from ...backends.typescript.bodies import Body, block
from ...backends.typescript.names import DefinitionNames
from ...backends.typescript.pretty_printing import Document, Name, bracketed
from ...backends.typescript.text import literal
from ...backends.typescript.values import Values, constant
from ...contract import ir
from ...finding.article import with_article
from ...program.validation.checks import faults_of
from ...program.validation.definitions import Definitions
from ...program.validation.predicates import ALWAYS, predicate
from ...program.validation.tolerance import tolerant, with_warnings
from ..definitions import Definition, Part
from .modules import definition, part
from .names import definition_names

__all__ = ["root_functions", "validators"]

_SUMMARY = """{title}: the checks of what goes over the wire.

`is…` says quickly whether a value has no fault at all, `accepts…` whether it has none but what is warned of, and
`collect…` adds the faults of one that has some."""


def validators(contract: ir.Contract) -> Part:
    """The checks of a dialect's definitions."""
    names, known = definition_names(contract), Definitions(contract)
    return part(
        "validators",
        contract,
        _SUMMARY.format(title=contract.title),
        [*_constants(contract, names), *_functions(contract, names, known), *_tolerant(contract, names)],
        exports=[name for root in roots(contract) for name in root_functions(contract, names, root)],
        summary="checks of what goes over the wire",
    )


def roots(contract: ir.Contract) -> list[str]:
    """The definitions that documents are of, each once."""
    return [*dict.fromkeys(artifact.root for artifact in contract.artifacts)]


def root_functions(contract: ir.Contract, names: DefinitionNames, root: str) -> tuple[str, str]:
    """The functions that look at a whole document: has it no error, and what is wrong.

    Where the dialect assigns severities, the first asks whether it has no fault at all.
    """
    asked = names if contract.severities else names.accepting(with_warnings(contract))
    return asked.predicate(root), names.check(root)


def _functions(contract: ir.Contract, names: DefinitionNames, known: Definitions) -> Iterator[Definition]:
    """What looks at one definition each."""
    printer = Body(values=Values(names, contract.unknown_fields))
    for defined in contract.definitions:
        if isinstance(defined, ir.Enumeration):
            continue
        name, root = defined.name, with_article(defined.name)
        function = names.predicate(name)
        body = _predicate(function, defined, known, printer)
        yield definition(function, body, f"Whether *value* is {root} without a fault.")
        function = names.check(name)
        value: Document = ("value: ", Name("Fields") if name in known.tags else "unknown")
        start: Document = (f"function {function}(", value, ", at: string, found: ", Name("Found"), "): void {")
        body = block(start, printer.statements(faults_of(defined, known)))
        yield definition(function, body, f"Collect the faults of {root}.")


def _tolerant(contract: ir.Contract, names: DefinitionNames) -> Iterator[Definition]:
    """What asks whether a value has an error, for definitions that may be warned of."""
    warned, accepting = with_warnings(contract), tolerant(contract)
    accepted, known = names.accepting(warned), Definitions(accepting)
    printer = Body(values=Values(accepted, contract.unknown_fields))
    for defined in accepting.definitions:
        if defined.name in warned and not isinstance(defined, ir.Enumeration):
            function = accepted.predicate(defined.name)
            summary = f"Whether *value* is {with_article(defined.name)} without an error."
            body = _predicate(function, defined, known, printer)
            yield definition(function, body, summary)


def _predicate(function: str, defined: ir.Record | ir.Alias, known: Definitions, printer: Body) -> Document:
    statements = predicate(defined, known)
    parameter = "_value" if statements == ALWAYS else "value"
    value: Document = (f"{parameter}: ", Name("Fields") if defined.name in known.tags else "unknown")
    return block((f"function {function}(", value, "): boolean {"), printer.statements(statements))


def _constants(contract: ir.Contract, names: DefinitionNames) -> Iterator[Definition]:
    """What is known beforehand: names of fields, and members."""
    for defined in contract.definitions:
        match defined:
            case ir.Record(name=name, fields=fields):
                listed = bracketed("new Set([", [literal(field.name) for field in fields], "])")
                made = listed if fields else "new Set<string>()"
                yield definition(names.fields(name), (f"const {names.fields(name)} = /* @__PURE__ */ ", made, ";"))
                yield definition(names.foreign(name), _foreign(defined, names.foreign(name)))
            case ir.Enumeration(name=name, members=members, base=base):
                kind = "string" if isinstance(base, ir.Text) else "number"
                listed = bracketed("[", [literal(member.value) for member in members], "]")
                yield definition(
                    names.members(name), (f"const {names.members(name)}: readonly {kind}[] = ", listed, ";")
                )
            case _:
                pass


def _foreign(record: ir.Record, name: str) -> Document:
    """What each field from elsewhere is, and what to do about it."""
    rows: list[Document] = [
        bracketed("[", [literal(field.name), constant([field.what, field.advice])], "]") for field in record.foreign
    ]
    start = f"const {name} = /* @__PURE__ */ new Map<string, readonly [string, string | null]>("
    return (bracketed(start, [bracketed("[", rows, "]")], ")"), ";")
