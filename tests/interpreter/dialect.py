"""A dialect whose rules are run from their programs: what its `rules.py` does, without any code that was generated."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from parlance.contract.ir import Artifact, Contract
from parlance.contract.rules import Assert, Capabilities, CapabilityRow, FieldPolicy, KeywordKinds, Rule
from parlance.finding.pointer import joined
from parlance.program.fixes import edits
from parlance.program.ir import Value
from parlance.program.measures import is_excused, is_reasoning, measure
from parlance.program.rules import program_of
from parlance.regex import translated
from parlance.runtime.python import keywords, rule
from parlance.runtime.python.capability import Model, Models, Policy, check_models
from parlance.runtime.python.checks import Check, Checks, breaks
from parlance.runtime.python.lookup import get
from parlance.runtime.python.violation import Violation

from .running import findings_of, result_of
from .values import evaluate

__all__ = ["Interpreted"]

_FREE = frozenset[str]()
"""Words that no variable may be called: this language has none."""


class Interpreted:
    """The rules of a dialect."""

    def __init__(self, contract: Contract) -> None:
        self._rules = [one for one in contract.rules if one.scope == "document"]
        self._by_code = {one.code: one for one in reversed(contract.rules)}
        self._fixes = {code: edits(one.fix, _FREE) for code, one in self._by_code.items() if one.fix is not None}
        self._files = [one for one in contract.rules if one.scope == "file"]
        self.models = Models(*(self._model(row) for row in contract.capabilities))
        self._tables = {one.code: _table(one.check) for one in self._rules if isinstance(one.check, KeywordKinds)}
        self._checks = {artifact.name: self._checks_of(artifact) for artifact in contract.artifacts}

    def lint(self, artifact: str, document: Any) -> list[Violation]:
        """What the rules find in a document."""
        return self._checks[artifact].run(document)

    def rules(self, artifact: str) -> list[Rule]:
        """The rules over a document."""
        return [one for one in self._rules if one.artifact == artifact]

    def breaks(self, artifact: str, code: str, document: Any) -> bool:
        """Whether a rule finds anything in a document."""
        check = next(one for one in self._checks[artifact].checks if one.rule and one.rule.code == code)
        return breaks(check.apply, document)

    def rejects(self, code: str, schema: Any) -> bool:
        """Whether a rule finds a keyword of a schema whose value is of a wrong kind."""
        return self._tables[code].rejects(schema)

    def model_of(self, artifact: Artifact) -> tuple[str, ...] | None:
        """The steps to the name of the model, if something is known of models."""
        has_codes = any(isinstance(one.check, Capabilities) for one in self.rules(artifact.name))
        return artifact.model if has_codes else None

    def edits(self, violation: Violation, document: Any) -> list[rule.Edit]:
        """How a case is fixed."""
        fix = self._fixes.get(violation.code)
        return [] if fix is None else result_of(fix, root=document, at=violation.pointer)

    def measures(self, artifact: str, document: Any, length: int) -> list[Any]:
        """What the rules over files measure of a line."""
        given = {"value": document, "length": length}
        return [evaluate(measure(one, _FREE).value, given) for one in self._files if one.artifact == artifact]

    def _checks_of(self, artifact: Artifact) -> Checks:
        rules, model = self.rules(artifact.name), self.model_of(artifact)
        checks = [self._check(one, rules) for one in rules if not isinstance(one.check, Capabilities)]
        checks += [] if model is None else [Check(None, partial(self._check_model, model), joined(model))]
        return Checks(*checks)

    def _check(self, one: Rule, rules: Sequence[Rule]) -> Check:
        program, table, record = program_of(one, rules, _FREE), self._tables.get(one.code), _record(one)

        def apply(root: Any, found: Any) -> None:
            findings_of(program.body, root, found, record, table)

        return Check(record, apply, *program.needs, reads=program.reads, point=program.point)

    def _check_model(self, steps: Sequence[str], root: Any, found: Any) -> None:
        name = root
        for step in steps:
            name = get(name, step)
        check_models(self.models, name, root, found)

    def _model(self, row: CapabilityRow) -> Model:
        policies = tuple(self._policy(each) for each in row.policies if each.code in self._by_code)
        reasoning = is_reasoning(row, _FREE)
        given = None if reasoning is None else partial(_evaluated, reasoning, ("root",))
        return Model(translated(f"^(?:{row.pattern})$"), row.title, policies, given, continues=row.continues)

    def _policy(self, policy: FieldPolicy) -> Policy:
        excused = is_excused(policy, _FREE)
        return Policy(
            policy.field,
            _record(self._by_code[policy.code]),
            refused=policy.refused,
            null=policy.null,
            values=policy.values,
            minimum=policy.minimum,
            maximum=policy.maximum,
            unless=None if excused is None else partial(_evaluated, excused, ("root", "reasoning")),
        )


def _table(check: KeywordKinds) -> keywords.Keywords:
    kinds: dict[str, tuple[str, ...]] = {}
    for each in check.keywords:
        kind = each.value.replace("-", "_")
        kinds[kind] = (*kinds.get(kind, ()), each.name)
    return keywords.Keywords({each.name: each.help for each in check.keywords if each.help}, **kinds)


def _evaluated(value: Value, names: Sequence[str], *given: Any) -> Any:
    return evaluate(value, dict(zip(names, given, strict=True)))


def _record(one: Rule) -> rule.Rule:
    is_key = isinstance(one.check, Assert) and one.check.report_key
    return rule.Rule(one.code, one.name, one.severity, one.summary, one.why, one.message, one.help, on_key=is_key)
