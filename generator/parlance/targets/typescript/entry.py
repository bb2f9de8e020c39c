"""What people import of a dialect: for each artifact, a guard, a check and a lint; and all types."""

from __future__ import annotations

from collections.abc import Iterator

from ...backends.typescript.bodies import block
from ...backends.typescript.pretty_printing import Document, Name, bracketed
from ...backends.typescript.text import literal
from ...backends.typescript.values import constant
from ...contract import ir
from ...contract.rules import Assert
from ...finding.article import with_article
from ...finding.pointer import joined
from ..file import File
from .modules import Definition, module
from .names import artifact_names, definition_names, type_names
from .validators import root_functions

__all__ = ["entry"]

_PURE = "/* @__PURE__ */ "
_EXPORTS = """\
export type { Violation } from "../runtime/violation.js";
export * from "./types.js";"""
_SUMMARY = """{title}, as of {day}.

{description}"""


def entry(contract: ir.Contract) -> File:
    """`index.ts` of a dialect."""
    return _EntryModule(contract).file()


def _constant(name: str, made: Document) -> Definition:
    return Definition(name, (f"const {name} = {_PURE}", made, ";"))


class _EntryModule:
    """What the entry of one dialect is made from."""

    def __init__(self, contract: ir.Contract) -> None:
        self.contract = contract
        self.names = artifact_names(contract)
        self._types = type_names(contract)
        checks = definition_names(contract)
        self._checks = {each.root: root_functions(checks, each.root) for each in contract.artifacts}

    def file(self) -> File:
        """`index.ts`."""
        contract = self.contract
        definitions = [Definition("", _EXPORTS), *self._severities()]
        definitions += [each for artifact in contract.artifacts for each in self._artifact(artifact)]
        definitions.append(self._dialect())
        definitions += [each for artifact in contract.artifacts for each in self._functions(artifact)]
        beside = {
            "validators": [name for pair in self._checks.values() for name in pair],
            "rules": [names.checks for names in self.names.values()],
        }
        return module(
            f"typescript/src/{contract.dialect}/index.ts",
            _SUMMARY.format(title=contract.title, day=contract.day, description=contract.description),
            definitions,
            beside,
            imports=['import type * as types from "./types.js";'],
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
        is_clean, collect = map(Name, self._checks[artifact.root])
        collected: Document = collect
        if self.contract.severities:
            yield _constant(names.collect, bracketed((Name("withAssigned"), "("), [collect, Name("SEVERITIES")], ")"))
            collected = Name(names.collect)
        test = (is_clean, "(value) || ", Name("hasNoError"), "(", collected, ", value)")
        start = f"function {names.is_sound}(value: unknown): boolean {{"
        yield Definition(names.is_sound, block(start, ("return ", test, ";")))
        yield _constant(names.kind, bracketed((Name("kind"), "("), [self._kind(artifact)], ")"))
        explaining = [
            rule.code
            for rule in self.contract.rules
            if rule.artifact == artifact.name and isinstance(rule.check, Assert) and rule.check.explains
        ]
        rules = Name(names.checks)
        facts: list[Document] = [
            ("kind: ", Name(names.kind)),
            ("collect: ", collected),
            ("rules: ", rules),
            ("errors: ", _PURE, rules, ".errors()"),
        ]
        facts += [("explaining: new Set(", constant([*explaining]), ")")] if explaining else []
        embeds: list[Document] = [
            ("[", literal(joined(steps)), ", () => ", Name(self.names[inner].constant), "]")
            for steps, inner in artifact.embeds
            if inner in self.names
        ]
        facts += [("embeds: ", bracketed("[", embeds, "]"))] if embeds else []
        made: Document = bracketed((Name("artifact"), "("), [bracketed("{", facts, "}", " ")], ")")
        variants = [
            Name(self.names[each.name].constant)
            for each in self.contract.artifacts
            if each.variant_of == artifact.name
        ]
        if variants:
            forms = ("() => ({ dialect: ", Name("DIALECT"), ", variants: ", bracketed("[", variants, "]"), " })")
            made = bracketed((Name("withForms"), "("), [(_PURE, made), forms], ")")
        yield Definition(names.constant, (f"const {names.constant}: ", Name("Artifact"), f" = {_PURE}", made, ";"))

    def _kind(self, artifact: ir.Artifact) -> Document:
        """What an artifact is recognised by."""
        definitions = {each.name: each for each in self.contract.definitions}
        root = definitions[artifact.root]
        fields = root.fields if isinstance(root, ir.Record) else ()
        required = [field.name for field in fields if field.presence is not ir.Presence.OPTIONAL]
        constants: list[Document] = []
        for field in fields:
            match field.type:
                case ir.Constant(value):
                    constants.append(bracketed("[", [literal(field.name), ("[", literal(value), "]")], "]"))
                case ir.Named(name) if isinstance(each := definitions[name], ir.Enumeration) and not each.open:
                    values = bracketed("[", [literal(member.value) for member in each.members], "]")
                    constants.append(bracketed("[", [literal(field.name), values], "]"))
                case _:
                    pass
        is_sound = Name(self.names[artifact.name].is_sound)
        listed = [literal(field.name) for field in fields]
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
        return Definition("DIALECT", ("const DIALECT: ", Name("Dialect"), " = ", made, ";"))

    def _functions(self, artifact: ir.Artifact) -> Iterator[Definition]:
        """The three functions that people call."""
        names = self.names[artifact.name]
        is_valid, check, lint = names.exported
        word, root, kind = Name(names.constant), self._types[artifact.root], with_article(artifact.root)
        head = f"function {is_valid}(value: unknown): value is types.{root} {{"
        body = ("return ", bracketed((Name("isValid"), "("), [word, "value"], ")"), ";")
        summary = f"Whether a value is {kind} in which nothing is an error; the type guard."
        yield Definition(is_valid, block(head, body), summary, is_exported=True)
        for name, verb, summary in (
            (check, "check", f"What is wrong with a value as {kind}: every error, and every fault of its structure."),
            (lint, "lint", f"What is found in a value as {kind}: errors, warnings and notes."),
        ):
            start = (f"function {name}(value: unknown): ", Name("Violation"), "[] {")
            body = ("return ", bracketed((Name(verb), "("), [Name("DIALECT"), word, "value"], ")"), ";")
            yield Definition(name, block(start, body), summary, is_exported=True)
