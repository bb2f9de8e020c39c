"""Rules as straight-line Python: what a schema cannot say, checked on the raw document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from ...backends.python.printing import STEP, flat, laid_out, lines_of
from ...backends.python.syntax import (
    Assign,
    Call,
    Constant,
    DictDisplay,
    Function,
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
from ...contract.ir import Artifact, Contract
from ...contract.rules import (
    Assert,
    Capabilities,
    CapabilityRow,
    FieldPolicy,
    Keywords,
    Limit,
    Pairing,
    Rule,
    RuleFix,
    Same,
    Unique,
)
from ...finding.pointer import joined
from ...program.cases import places_of
from ...program.needs import needs
from ...program.reduction import Facts
from ...program.structure import Structure
from ...regex import translated
from ..file import File
from ..run_time_imports import imports
from .bodies import edits_body, file_measure, pairing_body, rule_body
from .gate import Subject, gate
from .reads import keywords_read
from .source import KeySets, Scope, condition
from .vocabulary import HOMES, MODULES

__all__ = ["MODULES", "rules"]

_Named: TypeAlias = tuple[Rule, str]
"""A rule, and its constant."""


def rules(contract: Contract) -> Iterator[File]:
    """The rules of one dialect."""
    path = f"python/parlance_dialects/{module_name(contract.dialect)}/rules.py"
    yield File(path, "python/rules.py.j2", _view(contract))


def _view(contract: Contract) -> dict[str, object]:
    rules = [*zip(contract.rules, _constants(contract.rules), strict=True)]
    by_code = {rule.code: name for rule, name in reversed(rules)}
    documents = [(rule, name) for rule, name in rules if rule.scope == "document"]
    fixes = [_fix(rule, rule.fix, name) for rule, name in documents if rule.fix is not None]
    functions = [*_functions(documents)]
    records = [Assign(f"_{name}", _rule(rule, name)) for rule, name in rules]
    tables = [_keyword_table(rule.check, name) for rule, name in documents if isinstance(rule.check, Keywords)]
    models = [_model(row, by_code) for row in contract.capabilities]
    lints = [_lint(artifact, documents, has_rows=bool(models)) for artifact in contract.artifacts]
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


def _functions(documents: Sequence[_Named]) -> Iterator[_Function]:
    """One for each rule, and one that rules of pairing share where they look at the same pairs."""
    shared_pairs: dict[Pairing, str] = {}
    for rule, constant in documents:
        name, pairs = constant.lower(), ""
        if isinstance(rule.check, Pairing):
            pairing = replace(rule.check, reports="")
            if pairing not in shared_pairs:
                shared_pairs[pairing] = f"_pairs_of_{name}"
                summary = f"{rule.code} and its like: what opens ids, and what closes them."
                yield _Function(f"def _pairs_of_{name}(root: Json) -> Cases:", summary, pairing_body(pairing))
            pairs = shared_pairs[pairing]
        if not isinstance(rule.check, Capabilities):
            head = f"def _check_{name}(root: Json, found: Findings) -> None:"
            yield _Function(head, f"{rule.code}: {rule.summary}", rule_body(rule, f"_{constant}", pairs))


def _fix(rule: Rule, fix: RuleFix, constant: str) -> _Function:
    head = f"def _fix_{constant.lower()}(root: Json, at: str) -> list[Edit]:"
    return _Function(head, f"{rule.code}: {fix.title}.", edits_body(fix))


def _lint(artifact: Artifact, documents: Sequence[_Named], *, has_rows: bool) -> _Lint:
    mine = [(rule, name) for rule, name in documents if rule.artifact == artifact.name]
    every = [rule for rule, _ in mine]
    checks = [_check(rule, name, every) for rule, name in mine if not isinstance(rule.check, Capabilities)]
    models: Value | None = None
    if has_rows and artifact.model is not None and any(isinstance(rule.check, Capabilities) for rule in every):
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
    facts = Facts(Structure(contract, artifact.root))
    called = {rule.code: name for rule, name in rules}
    models = None if lint.models is None else call("refused_by_model", Name("_MODELS"), lint.models, Name("root"))
    subject = Subject(artifact.name.replace("-", "_"), called, models)
    sets = KeySets(f"_{subject.name.upper()}")
    body, functions = gate(subject, places_of(asked), facts, sets)
    summary = f"Whether the rules for errors may find something in a {artifact.root} of sound structure; False if not."
    return [*sets.statements, *functions, Function(lint.gate, (("root", "Any"),), "bool", summary, body)]


def _explains(rule: Rule) -> bool:
    return isinstance(rule.check, Assert) and rule.check.explains


def _public(lints: Sequence[_Lint]) -> list[str]:
    return [name for lint in lints for name in (lint.function, lint.errors, lint.advice, lint.gate)]


def _check(rule: Rule, constant: str, rules: Sequence[Rule]) -> Value:
    """A rule, what applies it, and what it needs."""
    needed = [tuple(map(joined, need)) for need in needs(rule.check)]
    paths = [Constant(each[0]) if len(each) == 1 else tuple_of(each) for each in needed]
    facts: dict[str, Value] = {}
    if read := keywords_read(rule, rules):
        facts["reads"] = tuple_of(read)
        if isinstance(rule.check, Assert) and rule.check.point:
            facts["point"] = Constant(joined(rule.check.point))
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
    if row.reasoning is None:
        return Call(Name("Model"), arguments)
    scope = Scope({"self": Name("root"), "root": Name("root")})
    return Call(Name("Model"), arguments, (("reasoning", Lambda(("root",), condition(row.reasoning, scope))),))


def _policy(policy: FieldPolicy, constant: str) -> Value:
    kinds = {"refused": policy.refused, "null": policy.null}
    facts: dict[str, Value] = {name: Constant(value=True) for name, is_so in kinds.items() if is_so}
    if policy.values is not None:
        facts["values"] = tuple_of(policy.values)
    bounds = {"minimum": policy.minimum, "maximum": policy.maximum}
    facts |= {name: Constant(bound) for name, bound in bounds.items() if bound is not None}
    record = _record("Policy", [Constant(policy.field), Name(f"_{constant}")], facts)
    if policy.unless is None:
        return record
    scope = Scope({"self": Name("root"), "root": Name("root"), "reasoning": Name("reasoning")})
    unless = Lambda(("root", "reasoning"), condition(policy.unless, scope))
    return replace(record, keywords=(*record.keywords, ("unless", unless)))


def _file_rules(contract: Contract, rules: Sequence[_Named]) -> Iterator[tuple[str, Value]]:
    """What holds over all lines of a file, by artifact."""
    for artifact in contract.artifacts:
        mine = [(rule, name) for rule, name in rules if rule.scope == "file" and rule.artifact == artifact.name]
        if mine:
            yield artifact.name, TupleDisplay(tuple(_file_rule(rule, name) for rule, name in mine))


def _file_rule(rule: Rule, constant: str) -> Value:
    check = rule.check
    if not isinstance(check, Unique | Same | Limit):
        message = f"{rule.code}: a rule over a file is unique, same or limit"
        raise TypeError(message)
    measured = file_measure(check.measure if isinstance(check, Limit) else check.key)
    used = {*used_names(measured)}
    measure = Lambda(tuple(name if name in used else f"_{name}" for name in ("value", "length")), measured)
    kind = "limit" if isinstance(check, Limit) else "same" if isinstance(check, Same) else "unique"
    bounds = (Constant(check.minimum), Constant(check.maximum)) if isinstance(check, Limit) else ()
    return call("FileRule", Constant(kind), Name(f"_{constant}"), measure, Constant(joined(check.point)), *bounds)
