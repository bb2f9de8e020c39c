"""Straight-line validators: a fast yes or no, and every fault with its pointer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ...backends.definition_names import DefinitionNames as AnyNames
from ...backends.definition_names import MadeOnce
from ...backends.typescript.bodies import Body, block
from ...backends.typescript.names import DefinitionNames
from ...backends.typescript.pretty_printing import Document, Name, bracketed
from ...backends.typescript.text import literal
from ...backends.typescript.values import Values, constant
from ...contract import ir
from ...finding.article import with_article
from ...program.ir import Body as Program
from ...program.validation.collecting import NEVER, faults_of
from ...program.validation.definitions import Definitions
from ...program.validation.predicates import ALWAYS, predicate
from ...program.validation.tolerance import tolerant, with_warnings
from ..definitions import Definition, Part
from .export_names import definition_names
from .modules import definition, part

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
    for defined in contract.definitions:
        if isinstance(defined, ir.Enumeration):
            continue
        routine = _ChecksInTypeScript(defined.name, defined.name in known.tags, contract.unknown_fields)
        yield routine.predicate(predicate(defined, known), names, "fault")
        yield routine.check(faults_of(defined, known), names)


def _tolerant(contract: ir.Contract, names: DefinitionNames) -> Iterator[Definition]:
    """What asks whether a value has an error, for definitions that may be warned of."""
    warned, accepting = with_warnings(contract), tolerant(contract)
    accepted, known = names.accepting(warned), Definitions(accepting)
    for defined in accepting.definitions:
        if defined.name in warned and not isinstance(defined, ir.Enumeration):
            routine = _ChecksInTypeScript(defined.name, defined.name in known.tags, contract.unknown_fields)
            yield routine.predicate(predicate(defined, known), accepted, "error")


_MADE: MadeOnce[Definition] = MadeOnce()


class _ChecksInTypeScript(NamedTuple):
    """What decides how the functions of a definition look, beside their programs."""

    definition: str
    is_of_fields: bool
    """Whether it is certain before that the value is an object."""

    unknown_fields: str

    def predicate(self, program: Program, names: DefinitionNames, what: str) -> Definition:
        """The function that asks whether a value is without a fault, or an error."""

        def made(names: AnyNames) -> Definition:
            function = names.predicate(self.definition)
            value = self._parameter("_value" if program == ALWAYS else "value")
            start: Document = (f"function {function}(", value, "): boolean {")
            summary = f"Whether *value* is {with_article(self.definition)} without {with_article(what)}."
            return definition(function, block(start, self._body(names, program)), summary)

        return _MADE.of((self, what, program), names, made)

    def check(self, program: Program, names: DefinitionNames) -> Definition:
        """The function that collects faults."""

        def made(names: AnyNames) -> Definition:
            function = names.check(self.definition)
            mark = "_" if program == NEVER else ""
            value, found = self._parameter(f"{mark}value"), (f", {mark}at: string, {mark}found: ", Name("Found"))
            start: Document = (f"function {function}(", value, *found, "): void {")
            summary = f"Collect the faults of {with_article(self.definition)}."
            return definition(function, block(start, self._body(names, program)), summary)

        return _MADE.of((self, program), names, made)

    def _parameter(self, name: str) -> Document:
        return (f"{name}: ", Name("Fields") if self.is_of_fields else "unknown")

    def _body(self, names: AnyNames, program: Program) -> Document:
        return Body(values=Values(names, self.unknown_fields)).statements(program)


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
