"""Rules of a dialect: what a schema cannot say, checked on the decoded value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...backends.typescript.bodies import Body, block
from ...backends.typescript.names import run_time_names, snake_case
from ...backends.typescript.pretty_printing import SPACE, Document, Group, Indented, Name, bracketed
from ...backends.typescript.regex_literals import regex_literal
from ...backends.typescript.text import RESERVED, literal
from ...backends.typescript.values import Values, constant
from ...contract.ir import Artifact, Contract
from ...contract.rules import Assert, Capabilities, CapabilityRow, FieldPolicy, Keywords, Rule
from ...finding.pointer import joined
from ...program import ir
from ...program.logic import variables
from ...program.measures import is_excused, is_reasoning
from ...program.rules import RuleProgram, program_of
from ..file import File
from .modules import Definition, module, reachable
from .names import ArtifactNames, RuleNames, artifact_names, rule_names

__all__ = ["rules"]

_IMPORTED = (name for name, home in run_time_names().items() if not home.startswith("verdict/"))
_WORDS = frozenset(map(snake_case, [*_IMPORTED, *RESERVED, "found", "root", "undefined"]))
"""What no variable of a program is called, as programs spell it."""


def rules(contract: Contract) -> File:
    """`rules.ts` of a dialect."""
    path = f"typescript/src/{contract.dialect}/rules.ts"
    starts = [names.checks for names in artifact_names(contract).values()]
    definitions = reachable([*_definitions(contract)], starts)
    return module(path, f"{contract.title}: the rules that a schema cannot say.", definitions, {})


def _definitions(contract: Contract) -> Iterator[Definition]:
    documents = [rule for rule in contract.rules if rule.scope == "document"]
    named = [*zip(documents, rule_names(contract, documents), strict=True)]
    for rule, names in named:
        start = f"const {names.constant} = /* @__PURE__ */ "
        yield Definition(names.constant, (start, _rule(rule), ";"), rule.summary)
        if isinstance(rule.check, Keywords):
            yield _keywords(rule.check, names.keywords)
    by_code = {rule.code: names.constant for rule, names in reversed(named)}
    if contract.capabilities:
        yield _models(contract, by_code)
    words = _WORDS.union(snake_case(names.pairs) for _, names in named)
    programs = [(program_of(rule, documents, words), names) for rule, names in named]
    yield from _functions(programs)
    named_artifacts = artifact_names(contract)
    for artifact in contract.artifacts:
        yield from _checks(artifact, named_artifacts[artifact.name], programs, has_rows=bool(contract.capabilities))


def _rule(rule: Rule) -> Document:
    facts: dict[str, object] = {"code": rule.code, "name": rule.name, "severity": rule.severity}
    facts["message"] = rule.message
    facts |= {} if rule.help is None else {"help": rule.help}
    if isinstance(check := rule.check, Assert):
        kinds = {"onKey": check.report_key, "inside": check.report_inside, "explains": check.explains}
        facts |= {name: True for name, is_so in kinds.items() if is_so}
    return _made("Rule", bracketed("{", [f"{name}: {literal(value)}" for name, value in facts.items()], "}", " "))


def _made(name: str, *arguments: Document) -> Document:
    return bracketed(("new ", Name(name), "("), arguments, ")")


def _pure(name: str, *arguments: Document) -> Document:
    """The same where it is a part of something: bundlers ask of each part whether it can be left out."""
    return ("/* @__PURE__ */ ", _made(name, *arguments))


def _keywords(check: Keywords, name: str) -> Definition:
    """The table of keywords of a rule, kind by kind."""
    kinds: dict[str, list[str]] = {}
    for keyword in check.keywords:
        kinds.setdefault(keyword.value.replace("-", "_"), []).append(keyword.name)
    advice = [bracketed("[", [literal(each.name), literal(each.help)], "]") for each in check.keywords if each.help]
    table = [(f"{kind}: ", constant([*kinds[kind]])) for kind in sorted(kinds)]
    made = _made("Keywords", ("new Map(", bracketed("[", advice, "]"), ")"), bracketed("{", table, "}", " "))
    return Definition(name, (f"const {name} = /* @__PURE__ */ ", made, ";"))


def _models(contract: Contract, names: Mapping[str, str]) -> Definition:
    rows = [_row(row, names) for row in contract.capabilities]
    made = _made("Models", bracketed("[", rows, "]"))
    return Definition("MODELS", ("const MODELS = /* @__PURE__ */ ", made, ";"), "What models do with fields.")


def _row(row: CapabilityRow, names: Mapping[str, str]) -> Document:
    policies = [_policy(each, names[each.code]) for each in row.policies if each.code in names]
    facts: list[Document] = [
        f"names: {regex_literal(f'^(?:{row.pattern})$')}",
        f"title: {literal(row.title)}",
        ("policies: ", bracketed("[", policies, "]")),
    ]
    reasoning = is_reasoning(row, _WORDS)
    facts += [] if reasoning is None else [("reasoning: ", _arrow(reasoning))]
    return bracketed("{", facts, "}", " ")


def _policy(policy: FieldPolicy, rule: str) -> Document:
    facts: list[Document] = [("steps: ", constant([*policy.field])), ("rule: ", Name(rule))]
    facts += [f"{name}: true" for name, is_so in (("refused", policy.refused), ("null", policy.null)) if is_so]
    facts += [] if policy.values is None else [("values: ", constant([*policy.values]))]
    bounds = (("minimum", policy.minimum), ("maximum", policy.maximum))
    facts += [(f"{name}: ", constant(bound)) for name, bound in bounds if bound is not None]
    excused = is_excused(policy, _WORDS)
    facts += [] if excused is None else [("unless: ", _arrow(excused))]
    return bracketed("{", facts, "}", " ")


def _arrow(value: ir.Value) -> Document:
    """A function of a request, and of whether its model reasons."""
    used = variables(value)
    parameters = ["root" if "root" in used else "_root", *(["reasoning: unknown"] if "reasoning" in used else [])]
    return Group((f"({', '.join(parameters if used else [])}) =>", Indented((SPACE, Values().piece(value).within(1)))))


def _functions(programs: Sequence[tuple[RuleProgram, RuleNames]]) -> Iterator[Definition]:
    """One for each rule, and one that rules of pairing share where they look at the same pairs."""
    routines: dict[ir.Routine, str] = {}
    for program, names in programs:
        rule = program.rule
        for routine in (each.routine for each in program.body if isinstance(each, ir.ReportPairs)):
            if routine not in routines:
                routines[routine] = names.pairs
                start = (f"function {names.pairs}(root: unknown): ", Name("Cases"), " {")
                summary = f"{rule.code} and its like: what opens ids, and what closes them."
                yield Definition(names.pairs, block(start, Body().statements(routine.body)), summary)
        if not isinstance(rule.check, Capabilities):
            body = Body(names.constant, routines).statements(program.body)
            start = (f"function {names.function}(root: unknown, found: ", Name("Findings"), "): void {")
            yield Definition(names.function, block(start, body), f"{rule.code}: {rule.summary}")


def _checks(
    artifact: Artifact, names: ArtifactNames, programs: Sequence[tuple[RuleProgram, RuleNames]], *, has_rows: bool
) -> Iterator[Definition]:
    """All checks of an artifact."""
    own = [(program, rule) for program, rule in programs if program.rule.artifact == artifact.name]
    checks = [_check(program, rule) for program, rule in own if not isinstance(program.rule.check, Capabilities)]
    has_codes = any(isinstance(program.rule.check, Capabilities) for program, _ in own)
    if has_rows and has_codes and artifact.model is not None:
        model: ir.Value = ir.Variable("root")
        for step in artifact.model:
            model = ir.Field(model, step)
        call = bracketed((Name("checkModels"), "("), [Name("MODELS"), Values().source(model), "root", "found"], ");")
        start = (f"function {names.check_model}(root: unknown, found: ", Name("Findings"), "): void {")
        yield Definition(names.check_model, block(start, call), "Hold a document against what is known of its model.")
        checks.append(_pure("Check", "null", Name(names.check_model), constant([joined(artifact.model)])))
    made = _made("Checks", bracketed("[", checks, "]"))
    source = (f"const {names.checks} = /* @__PURE__ */ ", made, ";")
    yield Definition(names.checks, source, f"What applies the rules of {artifact.name}.", is_exported=True)


def _check(program: RuleProgram, names: RuleNames) -> Document:
    """A rule, what applies it, and what it needs."""
    needs = constant([each[0] if len(each) == 1 else [*each] for each in program.needs])
    facts: list[Document] = [("reads: ", constant([*program.reads]))] if program.reads else []
    facts += [f"point: {literal(program.point)}"] if program.point else []
    given = [bracketed("{", facts, "}", " ")] if facts else []
    return _pure("Check", Name(names.constant), Name(names.function), needs, *given)
