"""Rows of models, as YAML has them, to the rows of a dialect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from ...finding import Finding, did_you_mean, fault
from ...finding.shape import is_array
from ...regex.authoring import pattern_faults
from ..rules import CapabilityRow, FieldPolicy, Selector
from ..source import Source, place
from .draft import Draft, Frame, Path, Use
from .placeholders import placeholders
from .reading import Reader, evidence, pointer, spot
from .structure import Structure
from .views import Views

__all__ = ["rows_of"]

_REQUEST = frozenset({"self", "root"})
_POLICY = _REQUEST | {"reasoning"}
_TOP = Frame(from_root=True)
_OF_POLICIES = frozenset({"values", "minimum", "maximum"})

Entry = Mapping[str, Any]


def rows_of(
    source: Source, own: Structure, active: frozenset[str], views: Views, reader: Reader
) -> list[CapabilityRow]:
    """The rows of a dialect; of their policies those whose code is *active* and whose field exists in it."""
    rules = {str(rule["code"]): rule for rule in source.rules if rule["kind"] == "capability"}
    return [
        row
        for entry in source.models
        if (row := _Row(source, rules, views, reader).read(entry, own, active)) and _is_due(entry, source.as_of)
    ]


class _Row:
    """Reads one row; its policies in the order of the file."""

    def __init__(self, source: Source, rules: Mapping[str, Entry], views: Views, reader: Reader) -> None:
        self._source = source
        self._rules = rules
        self._views = views
        self._reader = reader
        self._artifact = ""

    def read(self, row: Entry, own: Structure, active: frozenset[str]) -> CapabilityRow:
        self._reader.findings += pattern_faults(str(row["models"]), spot(row["models"]), whole=True)
        told = [policy for read in self._policies(row, own) if (policy := read)]
        policies = [policy for policy in (*told, *self._of_nulls(told)) if policy.code in active]
        reasoning = self._expression(row, "reasoning", _REQUEST) if "reasoning" in row else None
        return CapabilityRow(
            pattern=str(row["models"]),
            title=str(row["title"]),
            reasoning=reasoning,
            policies=tuple(policies),
            evidence=tuple(evidence(row["sources"])),
        )

    def _policies(self, row: Entry, own: Structure) -> Iterator[FieldPolicy | None]:
        fields = row.get("fields", {})
        for name, said in fields.items():
            for policy in said if is_array(said) else (said,):
                rule = self._rules.get(policy["code"])
                if rule is None:
                    guess = did_you_mean(policy["code"], self._rules)
                    message = f"no rule of kind capability has the code {str(policy['code'])!r}{guess}"
                    self._reader.findings.append(fault("PAR915", spot(policy["code"]), message))
                    continue
                self._artifact = str(rule["artifact"])
                steps = pointer(name) if name.startswith("/") else (str(name),)
                read = self._policy(policy, steps)
                self._reader.findings.extend(_unsaid(policy, rule))
                path = Path(name, _TOP.below(Selector(steps=steps)))
                draft = Draft(artifact=self._artifact, make=lambda _at, _day: None, paths=[path])
                for finding in self._views.faults(draft, rule["applies"]):
                    self._reader.findings.append(fault(finding.code, place(fields, name), finding.message))
                if _is_due(policy, self._source.as_of) and draft.existing(own):
                    yield read

    def _of_nulls(self, policies: list[FieldPolicy]) -> Iterator[FieldPolicy]:
        """For each policy whose code a rule names in `nulls-of`: that null breaks it, too."""
        for code, rule in self._rules.items():
            for policy in policies:
                if policy.code in rule.get("nulls-of", ()):
                    yield replace(policy, code=code, refused=False, values=None, minimum=None, maximum=None, null=True)

    def _policy(self, policy: Entry, steps: tuple[str, ...]) -> FieldPolicy:
        values = policy.get("values")
        plain = self._reader.plain(values, place(policy, "values"))
        return FieldPolicy(
            field=steps,
            code=str(policy["code"]),
            refused=policy.get("refused", False),
            values=tuple(plain) if isinstance(plain, list) else None,
            minimum=policy.get("minimum"),
            maximum=policy.get("maximum"),
            unless=self._expression(policy, "unless", _POLICY) if "unless" in policy else None,
            evidence=tuple(evidence(policy.get("sources", ()))),
        )

    def _expression(self, holder: Entry, key: str, names: frozenset[str]) -> Any:
        expression = self._reader.expression(holder[key], names)
        use = Use(holder[key], expression, _TOP)
        draft = Draft(artifact=self._artifact, make=lambda _at, _day: None, uses=[use])
        self._reader.findings.extend(self._views.faults(draft, [self._source.family]))
        return expression


def _unsaid(policy: Entry, rule: Entry) -> Iterator[Finding]:
    """Complain of what a message of the rule says of a policy, and the policy does not have."""
    for key in ("message", "help"):
        for name in placeholders(rule.get(key, "")):
            if name in _OF_POLICIES and name not in policy:
                message = f"the {key} of {rule['code']} has {{{name}}}, and this policy has no {name}"
                yield fault("PAR914", place(policy), message, advice=f"say {name}, or name another rule")


def _is_due(entry: Entry, day: date) -> bool:
    since, until = entry.get("since"), entry.get("until")
    return (since is None or since <= day) and (until is None or day < until)
