"""Rules as straight-line Python: what a schema cannot say, checked on the raw document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

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
from ...regex import translated
from ..file import File
from ..python_text import WIDTH, bracketed, docstring, exports, header, literal, module_name
from .bodies import edits_body, file_measure, pairing_body, rule_body
from .imports import MODULES, imports
from .needs import needs
from .reads import keywords_read
from .source import VOCABULARY, Scope, test
from .wrapping import wrapped

__all__ = ["MODULES", "rules"]

_STEP = "    "
_VOCABULARY = (
    VOCABULARY
    | {"Edit", "FileRule", "Fix", "Model", "Models", "Policy", "Rule", "check_models", "check_sequence"}
    | {"comparable", "entries", "find", "follow_pairs", "listed", "subschemas"}
)


def rules(contract: Contract) -> Iterator[File]:
    """The rules of one dialect."""
    path = f"python/parlance_dialects/{module_name(contract.dialect)}/rules.py"
    yield File(path, "python/rules.py.j2", _view(contract))


def _view(contract: Contract) -> dict[str, object]:
    constants = _constants(contract.rules)
    documents = [(rule, name) for rule, name in zip(contract.rules, constants, strict=True) if rule.scope == "document"]
    functions = [*_functions(documents)]
    lints = [_lint(artifact, documents, has_rows=bool(contract.capabilities)) for artifact in contract.artifacts]
    view: dict[str, object] = {
        "fixes": [_fix(rule, rule.fix, name) for rule, name in documents if rule.fix is not None],
        "rules": [_rule(rule, name) for rule, name in zip(contract.rules, constants, strict=True)],
        "by_code": _by_code(contract.rules, constants),
        "models": _models(contract, dict(zip((rule.code for rule in contract.rules), constants, strict=True))),
        "keywords": [_keyword_table(rule.check, name) for rule, name in documents if isinstance(rule.check, Keywords)],
        "functions": functions,
        "lints": lints,
        "lint_table": [f"{lint['name']}: {lint['function']}" for lint in lints],
        "error_table": [f"{lint['name']}: {lint['errors']}" for lint in lints],
        "file_rules": _file_rules(contract, constants),
    }
    code = repr(view)
    given = {"FileRule", "Rule"} | ({"Models"} if view["models"] else set[str]())
    given |= {"check_models"} if any(lint["models"] for lint in lints) else set()
    given |= {"Check", "Checks"} if any(lint["checks"] for lint in lints) else set()
    given |= {"Keywords"} if view["keywords"] else set()
    used = given | {name for name in _VOCABULARY if f"{name}(" in code}
    return view | {
        "header": header(),
        "docstring": docstring(f"{contract.title}: the rules that a schema cannot say."),
        "imports": imports(used),
        "findings": "Findings" if functions else "",
        "cases": "Cases" if "follow_pairs" in used else "",
        "types": "Json, Violation" if functions or view["fixes"] else "Violation",
        "exports": exports(["ERRORS", "FILE_RULES", "LINTS", "RULES", *_public(lints)]),
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


def _rule(rule: Rule, constant: str) -> str:
    arguments = [rule.code, rule.name, rule.severity, rule.summary, rule.why, rule.message]
    given = [_text(each) for each in arguments]
    if rule.help is not None:
        given.append(f"help={_text(rule.help)}")
    if rule.fix is not None:
        of_document = ", of_document=True" if rule.fix.is_of_document else ""
        function = f"_fix_{constant.lower()}"
        given.append(f"fix=Fix({literal(rule.fix.title)}, {function}, safe={rule.fix.safe}{of_document})")
    if isinstance(check := rule.check, Assert):
        said = {"on_key": check.report_key, "inside": check.report_inside, "explains": check.explains}
        given += [f"{name}=True" for name, is_so in said.items() if is_so]
    flat = bracketed(f"_{constant} = Rule(", given, ")")
    if "\n" not in flat:
        return flat
    lines: list[str] = []
    for each in given:
        lines += [f"{_STEP}{each},"] if "\n" in each else wrapped(f"{each},", _STEP)
    return "\n".join([f"_{constant} = Rule(", *lines, ")"])


def _text(text: str) -> str:
    """A string literal, in several parts where it is long."""
    flat = literal(text)
    if len(flat) + 12 <= WIDTH:
        return flat
    parts: list[str] = [""]
    for word in re.findall(r"\S{1,72}\s*|\s+", text):
        if len(literal(parts[-1] + word)) > WIDTH - 12 and parts[-1]:
            parts.append("")
        parts[-1] += word
    return "\n        ".join(literal(part) for part in parts)


def _functions(documents: list[tuple[Rule, str]]) -> Iterator[str]:
    """One for each rule, and one that rules of pairing share where they look at the same pairs."""
    telling: dict[Pairing, str] = {}
    for rule, constant in documents:
        told = ""
        if isinstance(rule.check, Pairing):
            pairing = replace(rule.check, reports="")
            told = telling.setdefault(pairing, f"_pairs_of_{constant.lower()}")
            if told.endswith(f"_of_{constant.lower()}"):
                head = f"def {told}(root: Json) -> Cases:"
                summary = f"{rule.code} and its like: what opens ids, and what closes them."
                yield _laid_function(head, summary, pairing_body(pairing))
        if not isinstance(rule.check, Capabilities):
            head = f"def _check_{constant.lower()}(root: Json, found: Findings) -> None:"
            yield _laid_function(head, f"{rule.code}: {rule.summary}", rule_body(rule, f"_{constant}", told))


def _laid_function(head: str, summary: str, body: list[str]) -> str:
    return "\n".join([head, f"{_STEP}{docstring(summary, 4)}", *_laid_out(body)])


def _fix(rule: Rule, fix: RuleFix, constant: str) -> str:
    head = f"def _fix_{constant.lower()}(root: Json, at: str) -> list[Edit]:"
    return _laid_function(head, f"{rule.code}: {fix.title}.", edits_body(fix))


def _laid_out(body: list[str]) -> Iterator[str]:
    for line in body:
        text = line.lstrip(" ")
        yield from wrapped(text, _STEP + line[: len(line) - len(text)])


def _lint(artifact: Artifact, documents: list[tuple[Rule, str]], *, has_rows: bool) -> dict[str, str]:
    mine = [(rule, name) for rule, name in documents if rule.artifact == artifact.name]
    name = artifact.name.replace("-", "_")
    every = [rule for rule, _ in mine]
    checks = [_check(rule, name, every) for rule, name in mine if not isinstance(rule.check, Capabilities)]
    models = ""
    if has_rows and artifact.model is not None and any(isinstance(rule.check, Capabilities) for rule, _ in mine):
        models = "root"
        for step in artifact.model:
            models = f"get({models}, {literal(step)})"
        checks.append(f"Check(None, _check_model_of_{name}, {literal(joined(artifact.model))})")
    return {
        "name": literal(artifact.name),
        "function": f"lint_{name}",
        "errors": f"refuse_{name}",
        "root": artifact.root,
        "constant": f"_{name.upper()}",
        "models": models,
        "model_function": f"_check_model_of_{name}",
        "checks": "\n".join(line for each in checks for line in wrapped(f"{each},", _STEP)),
    }


def _public(lints: list[dict[str, str]]) -> list[str]:
    return [lint[name] for name in ("function", "errors") for lint in lints]


def _check(rule: Rule, constant: str, rules: list[Rule]) -> str:
    """A rule, what applies it, and what it needs."""
    needed = [tuple(map(joined, need)) for need in needs(rule.check)]
    given = [literal(paths[0] if len(paths) == 1 else paths) for paths in needed]
    if read := keywords_read(rule, rules):
        given.append(f"reads={literal(read)}")
        if isinstance(rule.check, Assert) and rule.check.point:
            given.append(f"point={literal(joined(rule.check.point))}")
    return f"Check({', '.join([f'_{constant}', f'_check_{constant.lower()}', *given])})"


def _keyword_table(check: Keywords, constant: str) -> str:
    """The table of keywords of a rule, kind by kind."""
    kinds: dict[str, list[str]] = {}
    for keyword in check.keywords:
        kinds.setdefault(keyword.value.replace("-", "_"), []).append(keyword.name)
    advice = {keyword.name: keyword.help for keyword in check.keywords if keyword.help is not None}
    lines = [f"_{constant}_KEYWORDS = Keywords(", f"{_STEP}{{"]
    for name, text in advice.items():
        parts = _text(text).replace("\n", f"\n{_STEP}")
        lines += [f"{_STEP * 2}{literal(name)}: (", f"{_STEP * 3}{parts}", f"{_STEP * 2}),"]
    lines.append(f"{_STEP}}},")
    for kind in sorted(kinds):
        lines += wrapped(f"{kind}={literal(tuple(kinds[kind]))},", _STEP)
    return "\n".join([*lines, ")"])


def _by_code(rules: tuple[Rule, ...], constants: list[str]) -> str:
    table = {rule.code: name for rule, name in zip(reversed(rules), reversed(constants), strict=True)}
    return bracketed("{", [f"{literal(code)}: _{table[code]}" for code in sorted(table)], "}")


def _models(contract: Contract, constants: dict[str, str]) -> list[str]:
    return [_model(row, constants) for row in contract.capabilities]


def _model(row: CapabilityRow, constants: dict[str, str]) -> str:
    policies = [_policy(policy, constants[policy.code]) for policy in row.policies if policy.code in constants]
    names = translated(f"^(?:{row.pattern})$")
    lines = [f"{_STEP}Model(", f"{_STEP * 2}{_text(names)},", f"{_STEP * 2}{_text(row.title)},"]
    lines.append(f"{_STEP * 2}(")
    for policy in policies:
        lines += wrapped(f"{policy},", _STEP * 3)
    lines.append(f"{_STEP * 2}),")
    if row.reasoning is not None:
        scope = Scope({"self": "root", "root": "root"})
        lines += wrapped(f"reasoning=lambda root: {test(row.reasoning, scope)},", _STEP * 2)
    return "\n".join([*lines, f"{_STEP}),"])


def _policy(policy: FieldPolicy, constant: str) -> str:
    given = [literal(policy.field), f"_{constant}"]
    if policy.refused:
        given.append("refused=True")
    if policy.null:
        given.append("null=True")
    if policy.values is not None:
        given.append(f"values={literal(tuple(policy.values))}")
    given += [f"{name}={literal(bound)}" for name, bound in (("minimum", policy.minimum), ("maximum", policy.maximum))
              if bound is not None]
    if policy.unless is not None:
        scope = Scope({"self": "root", "root": "root", "reasoning": "reasoning"})
        given.append(f"unless=lambda root, reasoning: {test(policy.unless, scope)}")
    return f"Policy({', '.join(given)})"


def _file_rules(contract: Contract, constants: list[str]) -> list[str]:
    """The table of what holds over all lines of a file, an entry for each artifact."""
    entries: list[str] = []
    for artifact in contract.artifacts:
        made = [
            line
            for rule, name in zip(contract.rules, constants, strict=True)
            if rule.scope == "file" and rule.artifact == artifact.name
            for line in wrapped(f"{_file_rule(rule, name)},", _STEP * 2)
        ]
        if made:
            entries.append("\n".join([f"{_STEP}{literal(artifact.name)}: (", *made, f"{_STEP}),"]))
    return entries


def _file_rule(rule: Rule, constant: str) -> str:
    check = rule.check
    if not isinstance(check, Unique | Same | Limit):
        message = f"{rule.code}: a rule over a file is unique, same or limit"
        raise TypeError(message)
    measured = file_measure(check.measure if isinstance(check, Limit) else check.key)
    length = "length" if re.search(r"\blength\b", measured) else "_length"
    line = "value" if re.search(r"\bvalue\b", measured) else "_value"
    measure = f"lambda {line}, {length}: {measured}"
    kind = "limit" if isinstance(check, Limit) else "same" if isinstance(check, Same) else "unique"
    point = joined(check.point)
    bounds = f", {literal(check.minimum)}, {literal(check.maximum)}" if isinstance(check, Limit) else ""
    return f"FileRule({literal(kind)}, _{constant}, {measure}, {literal(point)}{bounds})"
