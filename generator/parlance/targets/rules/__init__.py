"""Rules as straight-line Python: what a schema cannot say, checked on the raw document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeAlias

from ...backends.python.bodies import Body
from ...backends.python.names import GateNames
from ...backends.python.printing import STEP, lines_of
from ...backends.python.syntax import (
    Assign,
    Constant,
    DictDisplay,
    Evaluate,
    Function,
    Name,
    Statement,
    TupleDisplay,
    Value,
    call,
    used_names,
)
from ...backends.python.text import WIDTH, bracketed, docstring, literal
from ...contract.ir import Artifact, Contract
from ...contract.rules import BESIDE, Capabilities, KeywordKinds, Rule, RuleFix
from ...finding.pointer import joined
from ...program.fixes import edits
from ...program.gate.artifacts import artifact_gate, asks_of_model
from ...program.gate.exchange_sides import exchange_gate, has_claims
from ...program.gate.stream_pieces import stream_gate
from ...program.gate.writer import Gate
from ...program.ir import Body as Program
from ...program.ir import ReportPairs, Routine
from ...program.rules import RuleProgram, program_of
from ..definitions import Definition, Import, Part
from ..file import File
from ..python_modules import module
from ..size_notes import size_notes
from .exchanges import exchange_format
from .gates import gate_functions
from .records import check_record, file_rule, keyword_table, model, model_constants, rule_record
from .streams import fold_display, stream_format
from .vocabulary import HOMES, MODULES, RESERVED

__all__ = ["MODULES", "model_constants", "part", "refusing_function", "rule_constants", "rules"]

_Named: TypeAlias = tuple[Rule, str]
"""A rule, and its constant."""

_Programmed: TypeAlias = tuple[RuleProgram, str]
"""What applies a rule, and the rule's constant."""

_IMPORTS = {
    **{name: Import(f".{module}", name) for name, module in HOMES.items()},
    "Any": Import("typing", "Any"),
    "Callable": Import("collections.abc", "Callable"),
    "Cases": Import(".sequence", "Cases"),
    "Findings": Import(".checks", "Findings"),
    "Iterator": Import("collections.abc", "Iterator"),
    "Json": Import(".violation", "Json"),
    "Violation": Import(".violation", "Violation"),
}
_NOTE = """# Gates look into values of which nothing is known to a type checker.
# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnnecessaryIsInstance=false"""
_JSON = ("root", "Json")
_BESIDE = {scope: RESERVED | {*names} for scope, names in BESIDE.items()}
"""What no variable of a rule is called that holds documents beside others, by its scope."""

_SEVERITIES = "_SEVERITIES"
"""The constant with the severities of rules that are errors elsewhere."""

_LINT = "dict[str, Callable[[Any], Iterator[Violation]]]"
_LINT_TABLES = (
    ("LINTS", 0, "The rules of each artifact, by its name."),
    ("ERRORS", 1, "What finds errors only, likewise."),
    ("ADVICE", 2, "What finds the rest where there are no errors, likewise."),
)
_TABLES = (
    *("ADVICE", "CHECKS", "ERRORS", "EXCHANGES", "FILE_RULES", "GATES", "LINTS", "RULES", "STREAMS", "WARNING_GATES"),
)
_GATES = {"refuse": "error", "warn": "warning"}
"""The verbs in the names of gates, and the severity that each is about."""

_GATES_BESIDE = {"refuse": ("error",), "warn": ("warning", "info")}
"""The same of gates over the pieces of a stream, or the answer to a request, of which there are no notes apart."""

_GATE_TABLES = (
    ("GATES", "refuse", "What shows quickly that a document of sound structure has no errors: where it says False."),
    ("WARNING_GATES", "warn", "What shows quickly that one without errors has no warnings, likewise."),
)


def rules(contract: Contract) -> Iterator[File]:
    """The rules of one dialect, without any other."""
    yield from module(part(contract))


def part(contract: Contract) -> Part:
    """The rules of one dialect."""
    named = [*zip(contract.rules, rule_constants(contract.rules), strict=True)]
    documents = [(rule, name) for rule, name in named if rule.scope == "document"]
    programs = [(program_of(rule, [other for other, _ in documents], RESERVED), name) for rule, name in documents]
    beside = [(rule, name) for rule, name in named if rule.scope in BESIDE]
    lints = [_lint(artifact, programs, of_model=asks_of_model(contract, artifact)) for artifact in contract.artifacts]
    definitions = [
        *(_fix(rule, rule.fix, name) for rule, name in documents if rule.fix is not None),
        *(_constant(Assign(f"_{name}", rule_record(rule, name)), rule.code) for rule, name in named),
        *(
            _constant(keyword_table(rule.check, name), rule.code)
            for rule, name in documents
            if isinstance(rule.check, KeywordKinds)
        ),
        *_models(contract, named),
        *_functions(programs),
        *(_function_beside(rule, name) for rule, name in beside),
        *_streams(contract, beside),
        *_exchanges(contract, beside),
        *(each for lint in lints for each in lint.definitions),
        *(each for artifact in contract.artifacts for each in _gate(contract, artifact, named)),
        *_tables(contract, lints, named),
    ]
    public = [name for lint in lints for name in lint.public]
    return Part(
        target="rules",
        dialect=contract.dialect,
        docstring=f"{contract.title}: the rules that a schema cannot say.",
        definitions=tuple(definitions),
        exports=(*_TABLES, *public),
        imports=_IMPORTS,
        notes=(_NOTE, *size_notes(contract)),
        summary="rules that a schema cannot say",
    )


def _text(*statements: Statement) -> str:
    return "\n".join(lines_of(statements, ""))


# Three in four statements are those of another dialect, and hashing one takes a tenth of the time of printing it.
@cache
def _constant(statement: Assign, of: str = "", *types: str) -> Definition:
    return Definition(
        name=statement.name,
        of=of,
        text=_text(statement),
        uses=frozenset(used_names(statement)),
        types=frozenset(types),
        gap=1,
        is_eager=True,
    )


@cache
def _function(function: Function, of: str, *types: str) -> Definition:
    uses = frozenset(used_names(function))
    return Definition(name=function.name, of=of, text=_text(function), uses=uses, types=frozenset(types))


def refusing_function(artifact: str) -> str:
    """The name of what yields the errors that the rules find in an artifact."""
    return f"refuse_{artifact.replace('-', '_')}"


@dataclass(frozen=True, slots=True)
class _Lint:
    """What applies the rules of an artifact."""

    name: str
    root: str
    definitions: tuple[Definition, ...]
    """What it is made of; the last one is the table of its checks, if it has any."""

    rules: tuple[_Named, ...]
    """Those that its checks are about."""

    @property
    def _identifier(self) -> str:
        return self.name.replace("-", "_")

    @property
    def functions(self) -> tuple[str, str, str]:
        """What yields everything that the rules find, errors only, and the rest where there are no errors."""
        return f"lint_{self._identifier}", refusing_function(self.name), f"advise_{self._identifier}"

    def gate(self, verb: str) -> str:
        """The function that decides whether something may be found."""
        return f"may_{verb}_{self._identifier}"

    @property
    def public(self) -> tuple[str, ...]:
        """The functions that a user may call."""
        return (*self.functions, *(self.gate(verb) for verb in _GATES))

    @property
    def checks(self) -> Value:
        """The table of its checks."""
        return Name(self.definitions[-1].name) if self.definitions else call("Checks")


def rule_constants(rules: tuple[Rule, ...]) -> list[str]:
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


def _models(contract: Contract, rules: Sequence[_Named]) -> Iterator[Definition]:
    """What is known of models: a constant for each row, and the table of them."""
    by_code = {rule.code: name for rule, name in reversed(rules)}
    names = [f"_{name}" for name in model_constants(contract.capabilities)]
    for row, name in zip(contract.capabilities, names, strict=True):
        yield _constant(Assign(name, model(row, by_code)), "models")
    if names:
        yield _constant(Assign("_MODELS", call("Models", *map(Name, names))), "models")


def _functions(programs: Sequence[_Programmed]) -> Iterator[Definition]:
    """One for each rule, and one that rules of pairing share where they look at the same pairs."""
    routines: dict[Routine, str] = {}
    for program, constant in programs:
        rule, name = program.rule, constant.lower()
        for routine in _routines(program.body):
            if routine not in routines:
                routines[routine] = f"_pairs_of_{name}"
                summary = f"{rule.code} and its like: what opens ids, and what closes them."
                body = Body().statements(routine.body)
                pairs = Function(f"_pairs_of_{name}", (_JSON,), "Cases", summary, body)
                yield _function(pairs, rule.code, "Cases", "Json")
        if not isinstance(rule.check, Capabilities):
            body = _body_of_check(f"_{constant}", tuple(routines.items()), program.body)
            summary = f"{rule.code}: {rule.summary}"
            check = Function(f"_check_{name}", (_JSON, ("found", "Findings")), "None", summary, body)
            yield _function(check, rule.code, "Findings", "Json")


def _function_beside(rule: Rule, constant: str) -> Definition:
    """What applies a rule to a document beside others."""
    body = _body_of_check(f"_{constant}", (), program_of(rule, (), _BESIDE[rule.scope]).body)
    names = {name for statement in body for name in used_names(statement)}
    parameters = tuple((name if name in names else f"_{name}", "Json") for name in ("root", *BESIDE[rule.scope]))
    summary = f"{rule.code}: {rule.summary}"
    function = Function(f"_check_{constant.lower()}", (*parameters, ("found", "Findings")), "None", summary, body)
    return _function(function, rule.code, "Findings", "Json")


def _streams(contract: Contract, rules: Sequence[_Named]) -> Iterator[Definition]:
    """The streams, by their names, and how the pieces of each are put together."""
    formats: list[tuple[str, Value]] = []
    for artifact in contract.artifacts:
        if artifact.stream is not None:
            identifier = f"_{artifact.name.replace('-', '_').upper()}"
            table = fold_display(contract, artifact, artifact.stream)
            yield _constant(Assign(f"{identifier}_FOLD", table), artifact.root)
            own = [(rule, name) for rule, name in rules if rule.scope == "stream" and rule.artifact == artifact.name]
            gates: list[str] = []
            for verb, severities in _GATES_BESIDE.items():
                names = GateNames(artifact.stream.name.replace("-", "_"), {}, verb)
                program = stream_gate(contract, artifact, artifact.stream, _BESIDE["stream"], severities)
                yield from _gate_of(artifact, program, names, f"{severities[0]}s", "stream")
                gates.append(names.gate)
            record = stream_format(contract, artifact, artifact.stream, own, (f"{identifier}_FOLD", gates))
            yield _constant(Assign(f"{identifier}_STREAM", record))
            formats.append((artifact.stream.name, Name(f"{identifier}_STREAM")))
    about = "What is known of each kind of stream, by its name."
    yield _table("STREAMS", "dict[str, StreamFormat]", DictDisplay(tuple(formats)), about, "StreamFormat")


def _exchanges(contract: Contract, rules: Sequence[_Named]) -> Iterator[Definition]:
    """The exchanges, by their names."""
    formats: list[tuple[str, Value]] = []
    for artifact in contract.artifacts:
        if artifact.exchange is not None:
            constant = f"_{artifact.exchange.name.replace('-', '_').upper()}"
            own = [(rule, name) for rule, name in rules if rule.scope == "exchange"]
            gates: list[str] = []
            for verb, about, asked in _gated(artifact, own):
                names = GateNames(artifact.exchange.name.replace("-", "_"), {}, verb)
                program = exchange_gate(contract, artifact, artifact.exchange, asked, _BESIDE["exchange"])
                yield from _gate_of(artifact, program, names, about, "exchange")
                gates.append(names.gate)
            yield _constant(Assign(constant, exchange_format(contract, artifact, artifact.exchange, own, gates)))
            formats.append((artifact.exchange.name, Name(constant)))
    about = "What is known of each kind of exchange, by its name."
    yield _table("EXCHANGES", "dict[str, ExchangeFormat]", DictDisplay(tuple(formats)), about, "ExchangeFormat")


def _gated(artifact: Artifact, rules: Sequence[_Named]) -> Iterator[tuple[str, str, list[Rule]]]:
    """The verb of each gate over an answer, what it is about, and the rules that it asks."""
    own = [rule for rule, _ in rules if rule.artifact == artifact.name]
    for verb, severities in _GATES_BESIDE.items():
        yield verb, f"{severities[0]}s", [each for each in own if each.severity in severities and not has_claims(each)]
    yield "claim", "claims", [each for each in own if has_claims(each)]


@cache
def _body_of_check(rule: str, routines: tuple[tuple[Routine, str], ...], body: Program) -> tuple[Statement, ...]:
    return Body.of_check(rule, dict(routines)).statements(body)


def _routines(body: Program) -> list[Routine]:
    return [each.routine for each in body if isinstance(each, ReportPairs)]


def _fix(rule: Rule, fix: RuleFix, constant: str) -> Definition:
    parameters, summary = (_JSON, ("at", "str")), f"{rule.code}: {fix.title}."
    body = Body().statements(edits(fix, RESERVED).body)
    function = Function(f"_fix_{constant.lower()}", parameters, "list[Edit]", summary, body)
    return _function(function, rule.code, "Edit", "Json")


def _lint(artifact: Artifact, programs: Sequence[_Programmed], *, of_model: bool) -> _Lint:
    own = [(program, name) for program, name in programs if program.rule.artifact == artifact.name]
    checked = [(program, name) for program, name in own if not isinstance(program.rule.check, Capabilities)]
    definitions = [
        _constant(Assign(f"_{name}_CHECK", check_record(program, name)), program.rule.code) for program, name in checked
    ]
    identifier = artifact.name.replace("-", "_")
    if of_model:
        models: Value = Name("root")
        steps = artifact.model or ()
        for step in steps:
            models = call("get", models, Constant(step))
        checks = Evaluate(call("check_models", Name("_MODELS"), models, Name("root"), Name("found")))
        name, parameters = f"_check_model_of_{identifier}", (_JSON, ("found", "Findings"))
        function = Function(name, parameters, "None", "What is known of the model that it names.", (checks,))
        definitions.append(_function(function, "", "Findings", "Json"))
        record = call("Check", Constant(None), Name(name), Constant(joined(steps)))
        definitions.append(_constant(Assign(f"_MODEL_OF_{identifier.upper()}_CHECK", record)))
    if definitions:
        records = [Name(each.name) for each in definitions if each.is_eager]
        definitions.append(_constant(Assign(f"_{identifier.upper()}", call("Checks", *records))))
    rules = tuple((program.rule, name) for program, name in checked)
    return _Lint(artifact.name, artifact.root, tuple(definitions), rules)


def _gate(contract: Contract, artifact: Artifact, rules: Sequence[_Named]) -> Iterator[Definition]:
    """The functions that decide whether rules of a severity may find something, and the constants that they mention."""
    for verb, severity in _GATES.items():
        names = GateNames(artifact.name.replace("-", "_"), {rule.code: name for rule, name in rules}, verb)
        program = artifact_gate(contract, artifact, RESERVED, severity)
        yield from _gate_of(artifact, program, names, f"{severity}s")


def _gate_of(artifact: Artifact, program: Gate, names: GateNames, about: str, scope: str = "") -> Iterator[Definition]:
    sets, functions = gate_functions(program, artifact.root, names, about, scope)
    for each in sets:
        yield _constant(each, artifact.root)
    for function in functions:
        yield _function(function, artifact.root, "Any")


def _tables(contract: Contract, lints: Sequence[_Lint], rules: Sequence[_Named]) -> Iterator[Definition]:
    """What others look up: the rules by code, and by artifact what applies them."""
    file_rules = [*_file_rules(contract, rules)]
    for name, _, value in file_rules:
        yield _constant(Assign(name, value))
    found = [each for lint in lints for each in lint.rules]
    tables = [lint.checks for lint in lints if lint.definitions]
    by_code = _by_code(rules, found, tables)
    lowered = {rule.code: rule.severity for rule, _ in rules if rule.is_lowered}
    graded = (Name(_SEVERITIES),) if lowered else ()
    if lowered:
        severities = DictDisplay(tuple((code, Constant(lowered[code])) for code in sorted(lowered)))
        yield replace(_constant(Assign(_SEVERITIES, severities)), is_own=True)
        by_code = call("lowered_rules", by_code, *graded)
    yield _table("RULES", "dict[str, Rule]", by_code, "Every rule of the dialect, by its code.", "Rule")
    checks = DictDisplay(tuple((lint.name, lint.checks) for lint in lints))
    about = "What applies the rules of each artifact, by its name."
    yield _table("CHECKS", "dict[str, Checks]", checks, about, "Checks")
    applied = call("applied", Name("CHECKS"), Name("RULES"), *graded)
    yield replace(_constant(Assign("_APPLIED", applied)), is_own=True)
    for lint in lints:
        yield _unpacked(lint)
    for name, index, about in _LINT_TABLES:
        functions = call("column", Name("_APPLIED"), Constant(index))
        yield _table(name, _LINT, functions, about, "Any", "Callable", "Iterator", "Violation")
    for table, verb, about in _GATE_TABLES:
        gates = DictDisplay(tuple((lint.name, Name(lint.gate(verb))) for lint in lints))
        yield _table(table, "dict[str, Callable[[Any], bool]]", gates, about, "Any", "Callable")
    files: Value = DictDisplay(tuple((artifact, Name(name)) for name, artifact, _ in file_rules))
    if any(rule.is_lowered and rule.scope == "file" for rule, _ in rules):
        files = call("lowered_file_rules", files, *graded)
    about = "The rules over all lines of a file, by the artifact that a line is."
    yield _table("FILE_RULES", "dict[str, tuple[FileRule, ...]]", files, about, "FileRule")


def _table(name: str, annotation: str, value: Value, about: str, *types: str) -> Definition:
    made = _constant(Assign(name, value, annotation), "", *types)
    return replace(made, text=f"{made.text}\n{docstring(about)}", is_own=True)


def _by_code(rules: Sequence[_Named], found: Sequence[_Named], tables: Sequence[Value]) -> Value:
    """A call that gives the rules by code: those that are found in *tables*, and before them all that are not.

    Of several with one code the first is meant, which need not be the first that is found.
    """
    meant: dict[str, str] = {}
    for rule, name in rules:
        meant.setdefault(rule.code, name)
    first: dict[str, str] = {}
    for rule, name in found:
        first.setdefault(rule.code, name)
    others = [Name(f"_{meant[code]}") for code in sorted(meant) if first.get(code) != meant[code]]
    return call("by_code", TupleDisplay(tuple(others)), *tables)


def _unpacked(lint: _Lint) -> Definition:
    """The three functions of an artifact, each under its own name."""
    names, value = ", ".join(lint.functions), f"_APPLIED[{literal(lint.name)}]"
    text = f"{names} = {value}"
    if len(text) > WIDTH:
        broken = f"{names} = (\n{STEP}{value}\n)"
        is_short = len(names) + len(" = (") <= WIDTH
        text = broken if is_short else bracketed("(", lint.functions, f") = {value}")
    name, *also = lint.functions
    uses = frozenset({"_APPLIED"})
    return Definition(name=name, also=tuple(also), text=text, uses=uses, gap=0, is_eager=True, is_own=True)


def _file_rules(contract: Contract, rules: Sequence[_Named]) -> Iterator[tuple[str, str, Value]]:
    """What holds over all lines of a file: a constant, the artifact, and the rules."""
    for artifact in contract.artifacts:
        own = [(rule, name) for rule, name in rules if rule.scope == "file" and rule.artifact == artifact.name]
        if own:
            name = f"_{artifact.name.replace('-', '_').upper()}_FILE_RULES"
            yield name, artifact.name, TupleDisplay(tuple(file_rule(rule, name) for rule, name in own))
