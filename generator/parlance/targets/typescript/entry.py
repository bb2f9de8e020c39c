"""What people import of a dialect: for each artifact, a guard, a check and a lint; and all types."""

from __future__ import annotations

from collections.abc import Iterator

from ...backends.typescript.bodies import block
from ...backends.typescript.pretty_printing import Document, Name, bracketed
from ...backends.typescript.text import literal, type_name
from ...backends.typescript.values import constant
from ...contract import ir
from ...contract.rules import Assert
from ...finding.article import with_article
from ...finding.pointer import joined
from ..file import File
from .modules import Definition, module
from .rules import checks_constant
from .validators import root_functions

__all__ = ["entry"]

_PURE = "/* @__PURE__ */ "
_SUMMARY = """{title}, as of {day}.

{description}"""


def entry(contract: ir.Contract) -> File:
    """`index.ts` of a dialect."""
    definitions = [each for artifact in contract.artifacts for each in _artifact(contract, artifact)]
    definitions.append(_dialect(contract))
    definitions += [each for artifact in contract.artifacts for each in _functions(artifact)]
    beside = {
        "types": [type_name(artifact.root) for artifact in contract.artifacts],
        "validators": [name for artifact in contract.artifacts for name in root_functions(contract, artifact.root)],
        "rules": [checks_constant(artifact) for artifact in contract.artifacts],
    }
    summary = _SUMMARY.format(title=contract.title, day=contract.as_of, description=contract.description)
    path = f"typescript/src/{contract.dialect}/index.ts"
    return module(path, summary, _severities(contract) + definitions, beside, again=("./types.js",))


def _word(artifact: ir.Artifact) -> str:
    return artifact.name.upper().replace("-", "_")


def _title(artifact: ir.Artifact) -> str:
    return "".join(part[:1].upper() + part[1:] for part in artifact.name.split("-"))


def _constant(name: str, made: Document) -> Definition:
    return Definition(name, (f"const {name} = {_PURE}", made, ";"))


def _severities(contract: ir.Contract) -> list[Definition]:
    if not contract.severities:
        return []
    rows: list[Document] = [constant([*pair]) for pair in contract.severities]
    made = (bracketed(('new Map<string, ', Name("Severity"), ' | "off">(['), rows, "])"),)
    return [_constant("SEVERITIES", made)]


def _artifact(contract: ir.Contract, artifact: ir.Artifact) -> Iterator[Definition]:
    """What an artifact is recognised by, what decides whether a value is valid, and all that is checked."""
    word = _word(artifact)
    is_clean, collect = map(Name, root_functions(contract, artifact.root))
    collected: Document = collect
    if contract.severities:
        name = f"COLLECT_{word}"
        yield _constant(name, bracketed((Name("withAssigned"), "("), [collect, Name("SEVERITIES")], ")"))
        collected = Name(name)
    sound = f"isSound{_title(artifact)}"
    test = (is_clean, "(value) || ", Name("hasNoError"), "(", collected, ", value)")
    yield Definition(sound, block(f"function {sound}(value: unknown): boolean {{", ("return ", test, ";")))
    yield _constant(f"{word}_KIND", bracketed((Name("kind"), "("), [_kind(contract, artifact, sound)], ")"))
    explaining = [
        rule.code
        for rule in contract.rules
        if rule.artifact == artifact.name and isinstance(rule.check, Assert) and rule.check.explains
    ]
    rules = Name(checks_constant(artifact))
    facts: list[Document] = [
        ("kind: ", Name(f"{word}_KIND")),
        ("collect: ", collected),
        ("rules: ", rules),
        ("errors: ", _PURE, rules, ".errors()"),
    ]
    facts += [("explaining: new Set(", constant([*explaining]), ")")] if explaining else []
    named = {other.name: other for other in contract.artifacts}
    embeds: list[Document] = [
        ("[", literal(joined(steps)), ", () => ", Name(_word(named[inner])), "]")
        for steps, inner in artifact.embeds
        if inner in named
    ]
    facts += [("embeds: ", bracketed("[", embeds, "]"))] if embeds else []
    made: Document = bracketed((Name("artifact"), "("), [bracketed("{", facts, "}", " ")], ")")
    variants = [Name(_word(each)) for each in contract.artifacts if each.variant_of == artifact.name]
    if variants:
        forms = ("() => ({ dialect: ", Name("DIALECT"), ", variants: ", bracketed("[", variants, "]"), " })")
        made = bracketed((Name("withForms"), "("), [(_PURE, made), forms], ")")
    yield Definition(word, (f"const {word}: ", Name("Artifact"), f" = {_PURE}", made, ";"))


def _kind(contract: ir.Contract, artifact: ir.Artifact, sound: str) -> Document:
    """What an artifact is recognised by."""
    definitions = {each.name: each for each in contract.definitions}
    root = definitions[artifact.root]
    fields = root.fields if isinstance(root, ir.Record) else ()
    required = [field.name for field in fields if field.presence is not ir.Presence.OPTIONAL]
    constants: list[Document] = []
    for field in fields:
        match field.type:
            case ir.Constant(value):
                constants.append(bracketed("[", [literal(field.name), constant([value])], "]"))
            case ir.Named(name) if isinstance(each := definitions[name], ir.Enumeration) and not each.open:
                values = constant([member.value for member in each.members])
                constants.append(bracketed("[", [literal(field.name), values], "]"))
            case _:
                pass
    facts: list[Document] = [f"name: {literal(artifact.name)}", ("isSound: ", Name(sound))]
    facts += [("required: ", constant([*required]))] if required else []
    facts += [("fields: ", bracketed("new Set([", [literal(field.name) for field in fields], "])"))] if fields else []
    facts += [("constants: ", bracketed("new Map([", constants, "])"))] if constants else []
    facts += ["isLine: true"] if artifact.is_line else []
    facts += [f"variantOf: {literal(artifact.variant_of)}"] if artifact.variant_of else []
    return bracketed("{", facts, "}", " ")


def _dialect(contract: ir.Contract) -> Definition:
    inside = [rule.code for rule in contract.rules if isinstance(rule.check, Assert) and rule.check.report_inside]
    facts: list[Document] = [
        f"id: {literal(contract.dialect)}",
        ("kinds: ", bracketed("[", [Name(f"{_word(each)}_KIND") for each in contract.artifacts], "]")),
        ("inside: ", bracketed("new Set<string>([", [literal(code) for code in dict.fromkeys(inside)], "])")),
    ]
    made = bracketed("{", facts, "}", " ")
    return Definition("DIALECT", ("const DIALECT: ", Name("Dialect"), " = ", made, ";"))


def _functions(artifact: ir.Artifact) -> Iterator[Definition]:
    """The three functions that people call."""
    title, word = _title(artifact), Name(_word(artifact))
    root, kind = Name(type_name(artifact.root)), with_article(artifact.root)
    head = (f"function isValid{title}(value: unknown): value is ", root, " {")
    body = ("return ", bracketed((Name("isValid"), "("), [word, "value"], ")"), ";")
    summary = f"Whether a value is {kind} in which nothing is an error."
    yield Definition(f"isValid{title}", block(head, body), summary, is_exported=True)
    for verb, summary in (
        ("check", f"Every error of a value as {kind}, and what is wrong with its structure."),
        ("lint", f"Everything that is found in a value as {kind}: errors, warnings and notes."),
    ):
        head = (f"function {verb}{title}(value: unknown): ", Name("Violation"), "[] {")
        body = ("return ", bracketed((Name(verb), "("), [Name("DIALECT"), word, "value"], ")"), ";")
        yield Definition(f"{verb}{title}", block(head, body), summary, is_exported=True)
