"""What people import of a dialect: for each artifact, a guard, a check and a lint; and all types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...backends.typescript.bodies import block
from ...backends.typescript.pretty_printing import Document, Name, bracketed
from ...backends.typescript.text import literal
from ...backends.typescript.values import constant
from ...contract import ir
from ...contract.rules import Assert, Rule
from ...finding.article import with_article
from ...finding.pointer import joined
from ...program.gate.artifacts import explains
from ...program.validation.policy_reports import ignoring
from ...program.validation.root_fields import constant_fields, field_names, required_fields
from ..definitions import Definition, Import, Part
from .export_names import artifact_names, definition_names, type_names
from .modules import definition, part
from .validators import root_functions

__all__ = ["entry"]

_PURE = "/* @__PURE__ */ "
_SUMMARY = """{title}, as of {day}.

{description}"""


def entry(contract: ir.Contract) -> Part:
    """What a dialect exports."""
    return _EntryModule(contract).part()


def _constant(name: str, made: Document) -> Definition:
    return definition(name, (f"const {name} = {_PURE}", made, ";"))


class _EntryModule:
    """What the entry of one dialect is made from."""

    def __init__(self, contract: ir.Contract) -> None:
        self.contract = contract
        self.names = artifact_names(contract)
        self._types = type_names(contract)
        self._definitions = {each.name: each for each in contract.definitions}
        self._ignoring = ignoring(contract.definitions)
        checks = definition_names(contract)
        self._checks = {each.root: root_functions(contract, checks, each.root) for each in contract.artifacts}

    def part(self) -> Part:
        """The module of the entry."""
        contract = self.contract
        definitions = [*self._severities()]
        definitions += [each for artifact in contract.artifacts for each in self._artifact(artifact)]
        definitions.append(self._dialect())
        definitions += [each for artifact in contract.artifacts for each in self._functions(artifact)]
        types = f"{contract.dialect}/types"
        return part(
            "index",
            contract,
            _SUMMARY.format(title=contract.title, day=contract.day, description=contract.description),
            definitions,
            exports=[name for names in self.names.values() for name in names.exported],
            beside={
                "validators": [name for pair in self._checks.values() for name in pair],
                "rules": [name for names in self.names.values() for name in names.of_rules],
                "gates": [names.gate for names in self.names.values()],
            },
            imports={"types": Import(types, "*", "types")},
            offers=(Import("runtime/violation", "type Violation"), Import(types, "*")),
            summary="what artifacts are recognised by, and what is checked of them",
        )

    def _severities(self) -> Iterator[Definition]:
        if not self.contract.severities:
            return
        rows: list[Document] = [constant([*pair]) for pair in self.contract.severities]
        made = (bracketed(('new Map<string, ', Name("Severity"), ' | "off">(['), rows, "])"),)
        yield _constant("SEVERITIES", made)

    def _artifact(self, artifact: ir.Artifact) -> Iterator[Definition]:
        """What an artifact is recognised by, what decides whether a value is valid, and all that is checked."""
        names = self.names[artifact.name]
        collected = Name(names.collect if self.contract.severities else self._checks[artifact.root][1])
        yield from self._soundness(artifact, collected)
        yield self._test(artifact, collected)
        yield _constant(names.kind, bracketed((Name("kind"), "("), [self._kind(artifact)], ")"))
        explaining = [each.code for each in self._explaining(artifact)]
        facts: list[Document] = [("kind: ", Name(names.kind)), ("test: ", Name(names.test)), ("collect: ", collected)]
        for fact, checks in (("rules", names.checks), ("errors", names.errors)):
            facts.append((f"{fact}: ", _PURE, Name("spoken"), "(", Name(checks), ", ", Name(names.texts), ")"))
        facts += [("explaining: new Set(", constant([*explaining]), ")")] if explaining else []
        facts += self._embeds(artifact, {name: each.constant for name, each in self.names.items()})
        made: Document = bracketed((Name("artifact"), "("), [bracketed("{", facts, "}", " ")], ")")
        variants = [
            Name(self.names[each.name].constant)
            for each in self.contract.artifacts
            if each.variant_of == artifact.name
        ]
        if variants:
            forms = ("() => ({ dialect: ", Name("DIALECT"), ", variants: ", bracketed("[", variants, "]"), " })")
            made = bracketed((Name("withForms"), "("), [(_PURE, made), forms], ")")
        yield definition(names.constant, (f"const {names.constant}: ", Name("Artifact"), f" = {_PURE}", made, ";"))

    def _soundness(self, artifact: ir.Artifact, collected: Document) -> Iterator[Definition]:
        """Where the dialect assigns severities: what collects faults with these, and whether none is an error."""
        if not self.contract.severities:
            return
        names = self.names[artifact.name]
        is_clean, collect = map(Name, self._checks[artifact.root])
        yield _constant(names.collect, bracketed((Name("withAssigned"), "("), [collect, Name("SEVERITIES")], ")"))
        test = (is_clean, "(value) || ", Name("hasNoError"), "(", collected, ", value)")
        start = f"function {names.is_sound}(value: unknown): boolean {{"
        yield definition(names.is_sound, block(start, ("return ", test, ";")))

    def _test(self, artifact: ir.Artifact, collected: Document) -> Definition:
        """What decides whether a value is valid: nothing that says what is wrong."""
        names = self.names[artifact.name]
        root = self._definitions[artifact.root]
        required = [] if self.contract.severities else required_fields(root, expected=False)
        facts: list[Document] = [("required: ", constant([*required]))] if required else []
        facts.append(("isSound: ", self._is_sound(artifact)))
        # A gate is for what is sound whatever the dialect makes of it.
        facts += [] if self.contract.severities else [("mayRefuse: ", Name(names.gate))]
        facts.append(("errors: ", Name(names.errors)))
        if codes := [each.code for each in self._explaining(artifact) if each.severity != "error"]:
            given: list[Document] = [("codes: new Set(", constant([*codes]), ")"), ("collect: ", collected)]
            facts.append(("explained: ", bracketed("{", given, "}", " ")))
        facts += [("ignored: ", collected)] if artifact.root in self._ignoring else []
        facts += self._embeds(artifact, {name: each.test for name, each in self.names.items()})
        return definition(
            names.test, (f"const {names.test}: ", Name("Test"), " = ", bracketed("{", facts, "}", " "), ";")
        )

    def _is_sound(self, artifact: ir.Artifact) -> Name:
        return Name(self.names[artifact.name].is_sound if self.contract.severities else self._checks[artifact.root][0])

    def _explaining(self, artifact: ir.Artifact) -> list[Rule]:
        return [each for each in self.contract.rules if each.artifact == artifact.name and explains(each)]

    @staticmethod
    def _embeds(artifact: ir.Artifact, constants: Mapping[str, str]) -> list[Document]:
        """What stands inside an artifact, by the constants of what it is."""
        rows: list[Document] = [
            ("[", literal(joined(steps)), ", () => ", Name(constants[inner]), "]")
            for steps, inner in artifact.embeds
            if inner in constants
        ]
        return [("embeds: ", bracketed("[", rows, "]"))] if rows else []

    def _kind(self, artifact: ir.Artifact) -> Document:
        """What an artifact is recognised by."""
        root = self._definitions[artifact.root]
        required, fields = required_fields(root), field_names(root)
        constants: list[Document] = []
        for name, only in constant_fields(root, self._definitions):
            members = [only.value] if isinstance(only, ir.Constant) else [member.value for member in only.members]
            values = bracketed("[", list(map(literal, members)), "]")
            constants.append(bracketed("[", [literal(name), values], "]"))
        is_sound = self._is_sound(artifact)
        listed = [literal(name) for name in fields]
        facts: list[Document] = [f"name: {literal(artifact.name)}", ("isSound: ", is_sound)]
        facts += [("required: ", constant([*required]))] if required else []
        facts += [("fields: ", bracketed("new Set([", listed, "])"))] if fields else []
        facts += [("constants: ", bracketed("new Map([", constants, "])"))] if constants else []
        facts += ["isLine: true"] if artifact.is_line else []
        facts += [f"variantOf: {literal(artifact.variant_of)}"] if artifact.variant_of else []
        return bracketed("{", facts, "}", " ")

    def _dialect(self) -> Definition:
        contract = self.contract
        inside = [rule.code for rule in contract.rules if isinstance(rule.check, Assert) and rule.check.report_inside]
        facts: list[Document] = [
            f"id: {literal(contract.dialect)}",
            ("kinds: ", bracketed("[", [Name(each.kind) for each in self.names.values()], "]")),
            ("inside: ", bracketed("new Set<string>([", [literal(code) for code in dict.fromkeys(inside)], "])")),
        ]
        made = bracketed("{", facts, "}", " ")
        return definition("DIALECT", ("const DIALECT: ", Name("Dialect"), " = ", made, ";"))

    def _functions(self, artifact: ir.Artifact) -> Iterator[Definition]:
        """The three functions that people call."""
        names = self.names[artifact.name]
        is_valid, check, lint = names.exported
        word, root, kind = Name(names.constant), self._types[artifact.root], with_article(artifact.root)
        head = (f"function {is_valid}(value: unknown): value is ", Name("types"), f".{root} {{")
        has_forms = any(each.variant_of == artifact.name for each in self.contract.artifacts)
        test = word if has_forms else Name(names.test)
        body = ("return ", bracketed((Name("isValid"), "("), [test, "value"], ")"), ";")
        summary = f"Whether a value is {kind} in which nothing is an error; the type guard."
        yield definition(is_valid, block(head, body), summary, is_own=True)
        for name, verb, summary in (
            (check, "check", f"What is wrong with a value as {kind}: every error, and every fault of its structure."),
            (lint, "lint", f"What is found in a value as {kind}: errors, warnings and notes."),
        ):
            start = (f"function {name}(value: unknown): ", Name("Violation"), "[] {")
            body = ("return ", bracketed((Name(verb), "("), [Name("DIALECT"), word, "value"], ")"), ";")
            yield definition(name, block(start, body), summary)
