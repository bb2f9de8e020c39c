"""Rules as straight-line Python: what a schema cannot say, checked on the raw document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ...backends.python.bodies import Body
from ...backends.python.names import GateNames
from ...backends.python.printing import STEP, flat, laid_out, lines_of
from ...backends.python.syntax import (
    Assign,
    Call,
    Constant,
    DictDisplay,
    Lambda,
    Name,
    Node,
    Statement,
    TupleDisplay,
    Value,
    call,
    tuple_of,
    used_names,
)
from ...backends.python.text import bracketed, docstring, exports, header, literal, module_name
from ...backends.python.values import python_value
from ...contract.ir import Artifact, Contract
from ...contract.rules import (
    Assert,
    Capabilities,
    CapabilityRow,
    FieldPolicy,
    Keywords,
    Rule,
    RuleFix,
)
from ...finding.pointer import joined
from ...program.cases import places_of
from ...program.fixes import edits
from ...program.gate.writer import gate
from ...program.ir import Body as Program
from ...program.ir import ReportPairs, Routine
from ...program.logic import variables
from ...program.measures import is_excused, is_reasoning, measure
from ...program.reduction import Facts
from ...program.rules import RuleProgram, program_of
from ...program.structure import Structure
from ...regex import translated
from ..file import File
from ..run_time_imports import imports
from .gates import gate_functions
from .vocabulary import HOMES, MODULES, RESERVED

__all__ = ["MODULES", "rules"]

_Named: TypeAlias = tuple[Rule, str]
"""A rule, and its constant."""

_Programmed: TypeAlias = tuple[RuleProgram, str]
"""What applies a rule, and the rule's constant."""


def rules(contract: Contract) -> Iterator[File]:
    """The rules of one dialect."""
    path = f"python/parlance_dialects/{module_name(contract.dialect)}/rules.py"
    yield File(path, "python/rules.py.j2", _view(contract))


def _view(contract: Contract) -> dict[str, object]:
    rules = [*zip(contract.rules, _constants(contract.rules), strict=True)]
    by_code = {rule.code: name for rule, name in reversed(rules)}
    documents = [(rule, name) for rule, name in rules if rule.scope == "document"]
    fixes = [_fix(rule, rule.fix, name) for rule, name in documents if rule.fix is not None]
    programs = [(program_of(rule, [other for other, _ in documents], RESERVED), name) for rule, name in documents]
    functions = [*_functions(programs)]
    records = [Assign(f"_{name}", _rule(rule, name)) for rule, name in rules]
    tables = [_keyword_table(rule.check, name) for rule, name in documents if isinstance(rule.check, Keywords)]
    models = [_model(row, by_code) for row in contract.capabilities]
    lints = [_lint(artifact, programs, has_rows=bool(models)) for artifact in contract.artifacts]
    gates = [_gate(contract, artifact, lint, rules) for artifact, lint in zip(contract.artifacts, lints, strict=True)]
    file_rules = [*_file_rules(contract, rules)]
    trees: list[Node] = [*records, *tables, *models, *(value for _, value in file_rules)]
    trees += [statement for one in (*fixes, *functions) for statement in one.body]
    trees += [function for gate in gates for function in gate]
    trees += [value for lint in lints for value in lint.trees]
    used = {name for tree in trees for name in used_names(tree)} | {"FileRule", "Rule"}
    used |= {"Models"} if models else set()
    used |= {"check_models"} if any(lint.models for lint in lints) else set()
    used |= {"Checks"} if any(lint.checks for lint in lints) else set()
    return {
        "header": header(),
        "docstring": docstring(f"{contract.title}: the rules that a schema cannot say."),
        "imports": imports(used, HOMES),
        "findings": "Findings" if functions else "",
        "cases": "Cases" if "follow_pairs" in used else "",
        "types": "Json, Violation" if functions or fixes else "Violation",
        "exports": exports(["ADVICE", "ERRORS", "FILE_RULES", "GATES", "LINTS", "RULES", *_public(lints)]),
        "fixes": [one.text() for one in fixes],
        "rules": [_text([each]) for each in records],
        "by_code": _by_code(by_code),
        "models": ["\n".join(laid_out(each, STEP, after=",")) for each in models],
        "keywords": [_text([each]) for each in tables],
        "functions": [one.text() for one in functions],
        "gates": [_text([each]) for gate in gates for each in gate],
        "advice_table": [f"{literal(lint.name)}: {lint.advice}" for lint in lints],
        "gate_table": [f"{literal(lint.name)}: {lint.gate}" for lint in lints],
        "lints": [lint.view() for lint in lints],
        "lint_table": [f"{literal(lint.name)}: {lint.function}" for lint in lints],
        "error_table": [f"{literal(lint.name)}: {lint.errors}" for lint in lints],
        "file_rules": ["\n".join(laid_out(value, STEP, f"{literal(name)}: ", ",")) for name, value in file_rules],
    }


def _text(statements: Sequence[Statement]) -> str:
    return "\n".join(lines_of(statements, ""))


@dataclass(frozen=True, slots=True)
class _Function:
    """A function of the module."""

    head: str
    summary: str
    body: Sequence[Statement]

    def text(self) -> str:
        return "\n".join([self.head, f"{STEP}{docstring(self.summary, len(STEP))}", *lines_of(self.body)])


@dataclass(frozen=True, slots=True)
class _Lint:
    """What applies the rules of an artifact."""

    name: str
    root: str
    checks: tuple[Value, ...]
    models: Value | None
    """The name of the model in a document, if there are rows that depend on it."""

    @property
    def _identifier(self) -> str:
        return self.name.replace("-", "_")

    @property
    def function(self) -> str:
        """The function that yields what the rules find."""
        return f"lint_{self._identifier}"

    @property
    def errors(self) -> str:
        """The function that yields errors only."""
        return f"refuse_{self._identifier}"

    @property
    def advice(self) -> str:
        """The function that yields the rest where there are no errors."""
        return f"advise_{self._identifier}"

    @property
    def gate(self) -> str:
        """The function that tells whether errors may be found."""
        return f"may_refuse_{self._identifier}"

    @property
    def models_check(self) -> str:
        """The function that holds a document against what is known of its model."""
        return f"_check_model_of_{self._identifier}"

    @property
    def trees(self) -> tuple[Value, ...]:
        """The code that is particular to the artifact."""
        return self.checks if self.models is None else (*self.checks, self.models)

    def view(self) -> dict[str, str]:
        """What the template shows of it."""
        return {
            "function": self.function,
            "errors": self.errors,
            "advice": self.advice,
            "root": self.root,
            "constant": f"_{self._identifier.upper()}",
            "models": "" if self.models is None else flat(self.models),
            "model_function": self.models_check,
            "checks": "\n".join(line for each in self.checks for line in laid_out(each, STEP, after=",")),
        }


def _constants(rules: tuple[Rule, ...]) -> list[str]:
    """A constant for each rule: its name, and where several share one, what they look at."""
    shared_names = Counter(rule.name for rule in rules)
    taken: set[str] = set()
    names: list[str] = []
    for rule in rules:
        words = rule.name if shared_names[rule.name] == 1 else f"{rule.name} {rule.message}"
        name = re.sub(r"[^A-Z0-9]+", "_", words.upper()).strip("_")[:60].rstrip("_")
        while name in taken:
            name += "_"
        taken.add(name)
        names.append(name)
    return names


def _rule(rule: Rule, constant: str) -> Value:
    arguments = [rule.code, rule.name, rule.severity, rule.summary, rule.why, rule.message]
    given: list[tuple[str, Value]] = []
    if rule.help is not None:
        given.append(("help", Constant(rule.help)))
    if rule.fix is not None:
        facts: dict[str, Value] = {"safe": Constant(rule.fix.safe)}
        facts |= {"of_document": Constant(value=True)} if rule.fix.is_of_document else {}
        function = Name(f"_fix_{constant.lower()}")
        given.append(("fix", _record("Fix", [Constant(rule.fix.title), function], facts)))
    if isinstance(check := rule.check, Assert):
        kinds = {"on_key": check.report_key, "inside": check.report_inside, "explains": check.explains}
        given += [(name, Constant(value=True)) for name, is_so in kinds.items() if is_so]
    return Call(Name("Rule"), tuple(map(Constant, arguments)), tuple(given))


def _record(name: str, arguments: Sequence[Value], named: Mapping[str, Value]) -> Call:
    """A call of a class, with some arguments by name."""
    return Call(Name(name), tuple(arguments), tuple(named.items()))


def _functions(programs: Sequence[_Programmed]) -> Iterator[_Function]:
    """One for each rule, and one that rules of pairing share where they look at the same pairs."""
    routines: dict[Routine, str] = {}
    for program, constant in programs:
        rule, name = program.rule, constant.lower()
        for routine in _routines(program.body):
            if routine not in routines:
                routines[routine] = f"_pairs_of_{name}"
                summary = f"{rule.code} and its like: what opens ids, and what closes them."
                head = f"def _pairs_of_{name}(root: Json) -> Cases:"
                yield _Function(head, summary, Body().statements(routine.body))
        if not isinstance(rule.check, Capabilities):
            head = f"def _check_{name}(root: Json, found: Findings) -> None:"
            body = Body.of_check(f"_{constant}", routines).statements(program.body)
            yield _Function(head, f"{rule.code}: {rule.summary}", body)


def _routines(body: Program) -> list[Routine]:
    return [each.routine for each in body if isinstance(each, ReportPairs)]


def _fix(rule: Rule, fix: RuleFix, constant: str) -> _Function:
    head = f"def _fix_{constant.lower()}(root: Json, at: str) -> list[Edit]:"
    return _Function(head, f"{rule.code}: {fix.title}.", Body().statements(edits(fix, RESERVED).body))


def _lint(artifact: Artifact, programs: Sequence[_Programmed], *, has_rows: bool) -> _Lint:
    mine = [each for each in programs if each[0].rule.artifact == artifact.name]
    checks = [_check(program, name) for program, name in mine if not isinstance(program.rule.check, Capabilities)]
    models: Value | None = None
    has_codes = any(isinstance(program.rule.check, Capabilities) for program, _ in mine)
    if has_rows and has_codes and artifact.model is not None:
        models = Name("root")
        for step in artifact.model:
            models = call("get", models, Constant(step))
        function = Name(f"_check_model_of_{artifact.name.replace('-', '_')}")
        checks.append(call("Check", Constant(None), function, Constant(joined(artifact.model))))
    return _Lint(artifact.name, artifact.root, tuple(checks), models)


def _gate(contract: Contract, artifact: Artifact, lint: _Lint, rules: Sequence[_Named]) -> list[Statement]:
    """The function that tells whether error rules may find something, and the constants that it mentions."""
    asked = [
        rule
        for rule, _ in rules
        if rule.artifact == artifact.name and rule.scope == "document" and (rule.severity == "error" or _explains(rule))
    ]
    names = GateNames(artifact.name.replace("-", "_"), {rule.code: name for rule, name in rules})
    model = None if lint.models is None else artifact.model
    program = gate(places_of(asked), Facts(Structure(contract, artifact.root)), model, RESERVED)
    return gate_functions(program, lint.gate, artifact.root, names)


def _explains(rule: Rule) -> bool:
    return isinstance(rule.check, Assert) and rule.check.explains


def _public(lints: Sequence[_Lint]) -> list[str]:
    return [name for lint in lints for name in (lint.function, lint.errors, lint.advice, lint.gate)]


def _check(program: RuleProgram, constant: str) -> Value:
    """A rule, what applies it, and what it needs."""
    paths = [Constant(each[0]) if len(each) == 1 else tuple_of(each) for each in program.needs]
    facts: dict[str, Value] = {"reads": tuple_of(program.reads)} if program.reads else {}
    facts |= {"point": Constant(program.point)} if program.point else {}
    return _record("Check", [Name(f"_{constant}"), Name(f"_check_{constant.lower()}"), *paths], facts)


def _keyword_table(check: Keywords, constant: str) -> Assign:
    """The table of keywords of a rule, kind by kind."""
    kinds: dict[str, list[str]] = {}
    for keyword in check.keywords:
        kinds.setdefault(keyword.value.replace("-", "_"), []).append(keyword.name)
    advice = tuple((each.name, Constant(each.help)) for each in check.keywords if each.help is not None)
    facts = {kind: tuple_of(kinds[kind]) for kind in sorted(kinds)}
    return Assign(f"_{constant}_KEYWORDS", _record("Keywords", [DictDisplay(advice)], facts))


def _by_code(names: Mapping[str, str]) -> str:
    return bracketed("{", [f"{literal(code)}: _{names[code]}" for code in sorted(names)], "}")


def _model(row: CapabilityRow, names: Mapping[str, str]) -> Value:
    policies = tuple(_policy(each, names[each.code]) for each in row.policies if each.code in names)
    arguments = (Constant(translated(f"^(?:{row.pattern})$")), Constant(row.title), TupleDisplay(policies))
    reasoning = is_reasoning(row, RESERVED)
    if reasoning is None:
        return Call(Name("Model"), arguments)
    return Call(Name("Model"), arguments, (("reasoning", Lambda(("root",), python_value(reasoning))),))


def _policy(policy: FieldPolicy, constant: str) -> Value:
    kinds = {"refused": policy.refused, "null": policy.null}
    facts: dict[str, Value] = {name: Constant(value=True) for name, is_so in kinds.items() if is_so}
    if policy.values is not None:
        facts["values"] = tuple_of(policy.values)
    bounds = {"minimum": policy.minimum, "maximum": policy.maximum}
    facts |= {name: Constant(bound) for name, bound in bounds.items() if bound is not None}
    excused = is_excused(policy, RESERVED)
    if excused is not None:
        facts["unless"] = Lambda(("root", "reasoning"), python_value(excused))
    return _record("Policy", [Constant(policy.field), Name(f"_{constant}")], facts)


def _file_rules(contract: Contract, rules: Sequence[_Named]) -> Iterator[tuple[str, Value]]:
    """What holds over all lines of a file, by artifact."""
    for artifact in contract.artifacts:
        mine = [(rule, name) for rule, name in rules if rule.scope == "file" and rule.artifact == artifact.name]
        if mine:
            yield artifact.name, TupleDisplay(tuple(_file_rule(rule, name) for rule, name in mine))


def _file_rule(rule: Rule, constant: str) -> Value:
    asked = measure(rule, RESERVED)
    bounds = (Constant(asked.minimum), Constant(asked.maximum)) if asked.kind == "limit" else ()
    used = variables(asked.value)
    parameters = tuple(name if name in used else f"_{name}" for name in ("value", "length"))
    function = Lambda(parameters, python_value(asked.value))
    return call("FileRule", Constant(asked.kind), Name(f"_{constant}"), function, Constant(asked.point), *bounds)
