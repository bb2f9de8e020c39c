"""Gates of a dialect: whether rules may find an error in a document, found out in one walk."""

from __future__ import annotations

from collections.abc import Iterator

from ...backends.typescript.bodies import Body, block
from ...backends.typescript.names import FreeNames, GateNames, camel_case, run_time_names
from ...backends.typescript.pretty_printing import LINE_END, Document, bracketed
from ...backends.typescript.text import literal
from ...backends.typescript.values import Values
from ...contract.ir import Artifact, Contract
from ...finding.article import with_article
from ...finding.pointer import joined
from ...program.gate.artifacts import artifact_gate
from ...program.gate.writer import Gate, GateRoutine
from ...program.validation.tolerance import tolerant
from ..definitions import Definition, Part
from .export_names import MODELS, ArtifactNames, RuleNames, artifact_names, rule_names
from .modules import definition, part
from .rules import WORDS

__all__ = ["gates"]

_SUMMARY = """{title}: what shows quickly that no rule finds an error.

Each looks at a document whose structure has no error. Where it returns false, the rules find no error either; where it
returns true, they may."""
_NOTE = "/* What a value has is known from its structure, and not to the compiler: its variables are of any type. */"


def gates(contract: Contract) -> Part:
    """The gates of a dialect."""
    documents = [rule for rule in contract.rules if rule.scope == "document"]
    named = [*zip(documents, rule_names(contract, documents), strict=True)]
    by_code = {rule.code: names for rule, names in named}
    promised, free = tolerant(contract), _free_names(contract, [names for _, names in named])
    definitions: list[Definition] = []
    for artifact in contract.artifacts:
        names = artifact_names(contract)[artifact.name]
        gate = artifact_gate(promised, artifact, WORDS)
        definitions += _functions(artifact, names, gate, _names(names, gate, by_code, free))
    offered = [each for names in by_code.values() for each in (names.function, names.keywords)]
    title = _SUMMARY.format(title=contract.title)
    return part(
        "gates",
        contract,
        title,
        definitions,
        exports=[names.gate for names in artifact_names(contract).values()],
        beside={"rules": [*offered, MODELS]},
        notes=(_NOTE,),
        summary="what shows quickly that no rule finds an error",
    )


def _free_names(contract: Contract, rules: list[RuleNames]) -> FreeNames:
    taken = {name for each in artifact_names(contract).values() for name in (*each.constants, *each.functions)}
    return FreeNames({*run_time_names(), *taken, MODELS, *(name for each in rules for name in each.every)})


def _names(names: ArtifactNames, gate: Gate, rules: dict[str, RuleNames], free: FreeNames) -> GateNames:
    routines: dict[str, str] = {}
    for each in gate.routines:
        word = camel_case(each.name.strip("_"))
        routines[each.name] = free.claim(f"{names.gate}{word[:1].upper()}{word[1:]}", lambda name: {name})
    by_code = {code: (each.function, each.keywords) for code, each in rules.items()}
    prefix = free.claim(f"{names.constant}_KEYS", lambda name: {name})
    return GateNames(by_code, routines, MODELS, prefix)


def _functions(artifact: Artifact, names: ArtifactNames, gate: Gate, asked: GateNames) -> Iterator[Definition]:
    """The constants that a gate mentions, the functions that it calls, and its own."""
    body = Body(values=Values(gate=asked))
    routines = [_routine(each, body, asked) for each in gate.routines]
    whole = _whole(artifact, names, gate, body)
    for keys, name in asked.sets.items():
        made = bracketed("new Set([", [literal(key) for key in keys], "])")
        yield definition(name, (f"const {name} = /* @__PURE__ */ ", made, ";"))
    yield from (*routines, whole)


def _routine(routine: GateRoutine, body: Body, asked: GateNames) -> Definition:
    name = asked.routine(routine.name)
    parameters: list[Document] = [f"{camel_case(each)}: any" for each in routine.parameters]
    start = bracketed(f"function {name}(", parameters, "): boolean {")
    summary = f"Whether the rules for errors may find something at {joined(routine.path)}."
    return definition(name, block(start, body.statements(routine.body)), summary)


def _whole(artifact: Artifact, names: ArtifactNames, gate: Gate, body: Body) -> Definition:
    summary = f"Whether the rules may find an error in {with_article(artifact.root)} whose structure has none."
    if not gate.body:
        lines: Document = "return false;"
        return definition(names.gate, block(f"function {names.gate}(): boolean {{", lines), summary)
    # What is of another kind than the structure promises may throw: then the rules are asked.
    guarded = block("try {", body.statements(gate.body), "} catch {")
    lines = (block(guarded, "return true;"), LINE_END, "return false;")
    start = f"function {names.gate}(root: any): boolean {{"
    return definition(names.gate, block(start, lines), summary)
