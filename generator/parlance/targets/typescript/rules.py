"""Rules of a dialect: what a schema cannot say, checked on the decoded value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...backends.typescript.bodies import Body, block
from ...backends.typescript.names import camel_case, run_time_names
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
from ..rules import rule_constants
from .modules import Definition, module

__all__ = ["checks_constant", "rules"]

_WORDS = frozenset({*run_time_names(), *RESERVED, "found", "root", "undefined", "NaN", "Infinity"})


def rules(contract: Contract) -> File:
    """`rules.ts` of a dialect."""
    path = f"typescript/src/{contract.dialect}/rules.ts"
    return module(path, f"{contract.title}: the rules that a schema cannot say.", [*_definitions(contract)], {})


def checks_constant(artifact: Artifact) -> str:
    """The constant with all checks of an artifact's rules."""
    return f"{artifact.name.upper().replace('-', '_')}_CHECKS"


def _definitions(contract: Contract) -> Iterator[Definition]:
    constants = rule_constants(contract.rules)
    documents = [
        (rule, name) for rule, name in zip(contract.rules, constants, strict=True) if rule.scope == "document"
    ]
    for rule, name in documents:
        yield Definition(name, (f"const {name} = /* @__PURE__ */ ", _rule(rule), ";"), rule.summary)
        if isinstance(rule.check, Keywords):
            yield _keywords(rule.check, f"{name}_KEYWORDS")
    by_code = {rule.code: name for rule, name in reversed(documents)}
    if contract.capabilities:
        yield _models(contract, by_code)
    programs = [(program_of(rule, [each for each, _ in documents], _WORDS), name) for rule, name in documents]
    yield from _functions(programs)
    for artifact in contract.artifacts:
        yield from _checks(artifact, programs, has_rows=bool(contract.capabilities))


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


def _functions(programs: Sequence[tuple[RuleProgram, str]]) -> Iterator[Definition]:
    """One for each rule, and one that rules of pairing share where they look at the same pairs."""
    routines: dict[ir.Routine, str] = {}
    for program, constant_name in programs:
        rule, word = program.rule, camel_case(constant_name.lower())
        for routine in (each.routine for each in program.body if isinstance(each, ir.ReportPairs)):
            if routine not in routines:
                name = routines[routine] = f"pairsOf{word[:1].upper()}{word[1:]}"
                start = (f"function {name}(root: unknown): ", Name("Cases"), " {")
                summary = f"{rule.code} and its like: what opens ids, and what closes them."
                yield Definition(name, block(start, Body().statements(routine.body)), summary)
        if not isinstance(rule.check, Capabilities):
            name = _function(constant_name)
            body = Body(constant_name, routines).statements(program.body)
            start = (f"function {name}(root: unknown, found: ", Name("Findings"), "): void {")
            yield Definition(name, block(start, body), f"{rule.code}: {rule.summary}")


def _function(constant_name: str) -> str:
    word = camel_case(constant_name.lower())
    return f"check{word[:1].upper()}{word[1:]}"


def _checks(
    artifact: Artifact, programs: Sequence[tuple[RuleProgram, str]], *, has_rows: bool
) -> Iterator[Definition]:
    """All checks of an artifact."""
    mine = [(program, name) for program, name in programs if program.rule.artifact == artifact.name]
    checks = [_check(program, name) for program, name in mine if not isinstance(program.rule.check, Capabilities)]
    has_codes = any(isinstance(program.rule.check, Capabilities) for program, _ in mine)
    if has_rows and has_codes and artifact.model is not None:
        model: ir.Value = ir.Variable("root")
        for step in artifact.model:
            model = ir.Field(model, step)
        name = f"checkModelOf{_title(artifact.name)}"
        call = bracketed((Name("checkModels"), "("), [Name("MODELS"), Values().source(model), "root", "found"], ");")
        start = (f"function {name}(root: unknown, found: ", Name("Findings"), "): void {")
        yield Definition(name, block(start, call), "Hold a document against what is known of its model.")
        needs = constant([joined(artifact.model)])
        checks.append(_pure("Check", "null", Name(name), needs))
    constant_name = checks_constant(artifact)
    made = _made("Checks", bracketed("[", checks, "]"))
    summary = f"What applies the rules of {artifact.name}."
    yield Definition(constant_name, (f"const {constant_name} = /* @__PURE__ */ ", made, ";"), summary, is_exported=True)


def _title(name: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in name.split("-"))


def _check(program: RuleProgram, constant_name: str) -> Document:
    """A rule, what applies it, and what it needs."""
    needs = constant([each[0] if len(each) == 1 else [*each] for each in program.needs])
    facts: list[Document] = [("reads: ", constant([*program.reads]))] if program.reads else []
    facts += [f"point: {literal(program.point)}"] if program.point else []
    given = [bracketed("{", facts, "}", " ")] if facts else []
    return _pure("Check", Name(constant_name), Name(_function(constant_name)), needs, *given)
