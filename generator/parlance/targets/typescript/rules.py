"""Rules of a dialect: what a schema cannot say, checked on the decoded value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from ...backends.typescript.bodies import Body, block
from ...backends.typescript.names import run_time_names, snake_case
from ...backends.typescript.pretty_printing import SPACE, Document, Group, Indented, Name, bracketed
from ...backends.typescript.regex_literals import regex_literal
from ...backends.typescript.text import RESERVED, literal
from ...backends.typescript.values import Values, constant
from ...contract.ir import Artifact, Contract
from ...contract.rules import Assert, Capabilities, CapabilityRow, FieldPolicy, KeywordKinds, Rule
from ...finding.article import with_article
from ...finding.pointer import joined
from ...program import ir
from ...program.gate.artifacts import asks_of_model, gated_severity
from ...program.logic import variables
from ...program.measures import is_excused, is_reasoning
from ...program.rules import RuleProgram, program_of
from ..definitions import Definition, Part
from .export_names import MODELS, ArtifactNames, RuleNames, artifact_names, model_names, rule_names
from .modules import definition, part

__all__ = ["WORDS", "rules"]

_IMPORTED = (name for name, home in run_time_names().items() if not home.startswith("verdict/"))
WORDS = frozenset(map(snake_case, [*_IMPORTED, *RESERVED, "found", "root", "undefined"]))
"""What no variable of a program is called, as programs spell it."""


def rules(contract: Contract) -> Part:
    """The rules of a dialect."""
    return part(
        "rules",
        contract,
        f"{contract.title}: the rules that a schema cannot say.",
        [*_definitions(contract)],
        exports=[name for names in artifact_names(contract).values() for name in names.of_rules],
        summary="rules that a schema cannot say",
    )


def _definitions(contract: Contract) -> Iterator[Definition]:
    documents = [rule for rule in contract.rules if rule.scope == "document"]
    named = [*zip(documents, rule_names(contract, documents), strict=True)]
    for rule, names in named:
        start = (f"const {names.constant}: ", Name("Rule"), " = ")
        yield definition(names.constant, (start, _rule(rule), ";"), rule.summary)
        yield definition(names.texts, (f"const {names.texts} = ", _texts(rule), ";"))
        if isinstance(rule.check, KeywordKinds):
            yield _keywords(rule.check, names.keywords)
    if contract.capabilities:
        yield from _models(contract, named)
    words = WORDS.union(snake_case(names.pairs) for _, names in named)
    programs = [(program_of(rule, documents, words), names) for rule, names in named]
    yield from _functions(programs)
    named_artifacts = artifact_names(contract)
    for program, names in programs:
        if not isinstance(program.rule.check, Capabilities):
            yield _constant(names.check, _check(program, names))
    for artifact in contract.artifacts:
        own = [(program.rule, names) for program, names in programs if program.rule.artifact == artifact.name]
        is_of_model = asks_of_model(contract, artifact)
        yield from _checks(artifact, named_artifacts[artifact.name], own, is_of_model=is_of_model)


def _rule(rule: Rule) -> Document:
    facts: dict[str, object] = {"code": rule.code, "severity": rule.severity}
    if isinstance(check := rule.check, Assert):
        kinds = {"onKey": check.report_key, "explains": check.explains}
        facts |= {name: True for name, is_so in kinds.items() if is_so}
    return _facts(facts)


def _texts(rule: Rule) -> Document:
    """What a rule says: apart, so that who only asks for a verdict need not have it."""
    return _facts({"message": rule.message, **({} if rule.help is None else {"help": rule.help})})


def _facts(facts: Mapping[str, object]) -> Document:
    return bracketed("{", [f"{name}: {literal(value)}" for name, value in facts.items()], "}", " ")


def _constant(name: str, made: Document, summary: str = "") -> Definition:
    return definition(name, (f"const {name} = /* @__PURE__ */ ", made, ";"), summary)


def _made(name: str, *arguments: Document) -> Document:
    return bracketed(("new ", Name(name), "("), arguments, ")")


def _keywords(check: KeywordKinds, name: str) -> Definition:
    """The table of keywords of a rule, kind by kind."""
    advice = [bracketed("[", [literal(each.name), literal(each.help)], "]") for each in check.keywords if each.help]
    table = [(f"{kind}: ", constant([*names])) for kind, names in check.by_kind.items()]
    made = _made("Keywords", ("new Map(", bracketed("[", advice, "]"), ")"), bracketed("{", table, "}", " "))
    return _constant(name, made)


def _models(contract: Contract, rules: Sequence[tuple[Rule, RuleNames]]) -> Iterator[Definition]:
    """What is known of models: a constant for each row, and the table of them."""
    by_code = {rule.code: names.constant for rule, names in reversed(rules)}
    constants = model_names(contract, (names for _, names in rules))
    for row, name in zip(contract.capabilities, constants, strict=True):
        yield definition(name, (f"const {name}: ", Name("Model"), " = ", _row(row, by_code), ";"))
    yield _constant(MODELS, _made("Models", _list(constants)), "What models do with fields.")


def _row(row: CapabilityRow, names: Mapping[str, str]) -> Document:
    policies = [_policy(each, names[each.code]) for each in row.policies if each.code in names]
    facts: list[Document] = [
        f"names: {regex_literal(f'^(?:{row.pattern})$')}",
        f"title: {literal(row.title)}",
        ("policies: ", bracketed("[", policies, "]")),
    ]
    reasoning = is_reasoning(row, WORDS)
    facts += [] if reasoning is None else [("reasoning: ", _arrow(reasoning))]
    facts += ["continues: true"] if row.continues else []
    return bracketed("{", facts, "}", " ")


def _policy(policy: FieldPolicy, rule: str) -> Document:
    facts: list[Document] = [("steps: ", constant([*policy.field])), ("rule: ", Name(rule))]
    facts += [f"{name}: true" for name, is_so in (("refused", policy.refused), ("null", policy.null)) if is_so]
    facts += [] if policy.values is None else [("values: ", constant([*policy.values]))]
    bounds = (("minimum", policy.minimum), ("maximum", policy.maximum))
    facts += [(f"{name}: ", constant(bound)) for name, bound in bounds if bound is not None]
    excused = is_excused(policy, WORDS)
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
                yield definition(names.pairs, block(start, Body().statements(routine.body)), summary)
        if not isinstance(rule.check, Capabilities):
            body = _body_of_check(names.constant, tuple(routines.items()), program.body)
            start = (f"function {names.function}(root: unknown, found: ", Name("Findings"), "): void {")
            yield definition(names.function, block(start, body), f"{rule.code}: {rule.summary}")


@cache
def _body_of_check(rule: str, routines: tuple[tuple[ir.Routine, str], ...], body: ir.Body) -> Document:
    return Body(rule, dict(routines)).statements(body)


def _checks(
    artifact: Artifact, names: ArtifactNames, rules: Sequence[tuple[Rule, RuleNames]], *, is_of_model: bool
) -> Iterator[Definition]:
    """What applies the rules of an artifact: those that find errors, and all of them; and what they say."""
    listed = [(rule, rule_names.check) for rule, rule_names in rules if not isinstance(rule.check, Capabilities)]
    errors, every = [name for rule, name in listed if gated_severity(rule) == "error"], [name for _, name in listed]
    if is_of_model:
        model: ir.Value = ir.Variable("root")
        for step in artifact.model or ():
            model = ir.Field(model, step)
        call = bracketed((Name("checkModels"), "("), [Name(MODELS), Values().source(model), "root", "found"], ");")
        start = (f"function {names.check_model}(root: unknown, found: ", Name("Findings"), "): void {")
        yield definition(names.check_model, block(start, call), "Hold a document against what is known of its model.")
        pointer = constant([joined(artifact.model or ())])
        yield _constant(names.model_check, _made("Check", "null", Name(names.check_model), pointer))
        errors, every = [*errors, names.model_check], [*every, names.model_check]
    about = f"What finds errors in {with_article(artifact.name)}, or explains what else would be one."
    yield _constant(names.errors, _made("Checks", _list(errors)), about)
    about = f"What applies all rules of {artifact.name}."
    yield _constant(names.checks, _made("Checks", _list(every)), about)
    rows = [bracketed("[", [Name(each.constant), Name(each.texts)], "]") for _, each in rules]
    about = f"What the rules of {artifact.name} say."
    made = bracketed(("new Map<", Name("Rule"), ", ", Name("Texts"), ">(["), rows, "])")
    yield _constant(names.texts, made, about)


def _list(names: Sequence[str]) -> Document:
    return bracketed("[", [Name(each) for each in names], "]")


def _check(program: RuleProgram, names: RuleNames) -> Document:
    """A rule, what applies it, and what it needs."""
    needs = constant([each[0] if len(each) == 1 else [*each] for each in program.needs])
    facts: list[Document] = [("reads: ", constant([*program.reads]))] if program.reads else []
    facts += [f"point: {literal(program.point)}"] if program.point else []
    given = [bracketed("{", facts, "}", " ")] if facts else []
    return _made("Check", Name(names.constant), Name(names.function), needs, *given)
