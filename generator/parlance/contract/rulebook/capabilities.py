"""Rows of models, as YAML has them, to the rows of a dialect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from ...finding import Finding, did_you_mean, fault
from ...finding.shape import is_array
from ...regex.authoring import pattern_faults
from ..expression import Expression
from ..rules import CapabilityRow, FieldPolicy, Selector
from ..source import Source, place
from .artifact_types import ArtifactTypes
from .parsed_rule import Frame, ParsedRule, Path, Use
from .placeholders import placeholders
from .text_reading import TextReader, evidence, location, pointer
from .views import Views

__all__ = ["ReadRow", "policies_of", "read_rows", "rows_of"]

_REQUEST = frozenset({"self", "root"})
_POLICY = _REQUEST | {"reasoning"}
_TOP = Frame(from_root=True)
_OF_POLICIES = frozenset({"values", "minimum", "maximum"})

Entry = Mapping[str, Any]


class ReadRow(NamedTuple):
    """A row that was read: the same for every dialect."""

    entry: Entry
    policies: tuple[tuple[Entry, FieldPolicy, ParsedRule], ...]
    """Each with the record that it was read from, and what says where it exists."""

    reasoning: Expression | None


def rows_of(
    source: Source, own: ArtifactTypes, active: frozenset[str], read: Mapping[int, ReadRow]
) -> Iterator[CapabilityRow]:
    """The rows of a dialect; of their policies those whose code is *active* and whose field exists in it.

    A row of which none is left does not hide the next one. *read* are the rows that were read, by the identity of their
    records.
    """
    day, rules = source.as_of, _capability_rules(source)
    for row in (read[id(entry)] for entry in source.models if _is_due(entry, source.as_of)):
        due = [policy for entry, policy, parsed in row.policies if _is_due(entry, day) and parsed.existing(own)]
        policies = [policy for policy in (*due, *_of_nulls(due, rules)) if policy.code in active]
        if due and not policies:
            continue  # of rules that are off here alone, such as that of retired models: the next row is the model's
        yield CapabilityRow(
            pattern=str(row.entry["models"]),
            title=str(row.entry["title"]),
            continues=row.entry.get("continues", False),
            reasoning=row.reasoning,
            policies=tuple(policies),
            evidence=tuple(evidence(row.entry["sources"])),
        )


def policies_of(row: Entry) -> Iterator[Entry]:
    """The policies of a row, on whichever field."""
    return (policy for value in row.get("fields", {}).values() for policy in _several(value))


def read_rows(source: Source, views: Views, reader: TextReader, read: dict[int, ReadRow]) -> None:
    """Read and check the rows of a dialect's family that are not among *read* yet."""
    row = _Row(source, _capability_rules(source), views, reader)
    read.update({id(entry): row.read(entry) for entry in source.models if id(entry) not in read})


def _capability_rules(source: Source) -> dict[str, Entry]:
    return {str(rule["code"]): rule for rule in source.rules if rule["kind"] == "capability"}


class _Row:
    """Reads one row; its policies in the order of the file."""

    def __init__(self, source: Source, rules: Mapping[str, Entry], views: Views, reader: TextReader) -> None:
        self._source = source
        self._rules = rules
        self._views = views
        self._reader = reader
        self._artifact = ""

    def read(self, row: Entry) -> ReadRow:
        self._reader.findings += pattern_faults(str(row["models"]), location(row["models"]), whole=True)
        policies = tuple(self._policies(row))
        return ReadRow(row, policies, self._expression(row, "reasoning", _REQUEST) if "reasoning" in row else None)

    def _policies(self, row: Entry) -> Iterator[tuple[Entry, FieldPolicy, ParsedRule]]:
        fields = row.get("fields", {})
        for name, value in fields.items():
            for policy in _several(value):
                rule = self._rules.get(policy["code"])
                if rule is None:
                    guess = did_you_mean(policy["code"], self._rules)
                    message = f"no rule of kind capability has the code {str(policy['code'])!r}{guess}"
                    self._reader.findings.append(fault("PAR915", location(policy["code"]), message))
                    continue
                self._artifact = str(rule["artifact"])
                steps = pointer(name) if name.startswith("/") else (str(name),)
                made = self._policy(policy, steps)
                self._reader.findings.extend(_unsaid(policy, rule))
                path = Path(name, _TOP.below(Selector(steps=steps)))
                parsed = ParsedRule(artifact=self._artifact, make=lambda _at, _day: None, paths=[path])
                for finding in self._views.faults(parsed, None, str(policy["code"])):
                    self._reader.findings.append(fault(finding.code, place(fields, name), finding.message))
                yield policy, made, parsed

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
        parsed = ParsedRule(artifact=self._artifact, make=lambda _at, _day: None, uses=[use])
        self._reader.findings.extend(self._views.faults(parsed, None, str(holder.get("code", ""))))
        return expression


def _of_nulls(policies: Sequence[FieldPolicy], rules: Mapping[str, Entry]) -> Iterator[FieldPolicy]:
    """For each policy whose code a rule names in `nulls-of`: that null breaks it, too."""
    for code, rule in rules.items():
        for policy in policies:
            if policy.code in rule.get("nulls-of", ()):
                yield replace(policy, code=code, refused=False, values=None, minimum=None, maximum=None, null=True)


def _unsaid(policy: Entry, rule: Entry) -> Iterator[Finding]:
    """Complain of what a message of the rule says of a policy, and the policy does not have."""
    for key in ("message", "help"):
        for name in placeholders(rule.get(key, "")):
            if name in _OF_POLICIES and name not in policy:
                message = f"the {key} of {rule['code']} has {{{name}}}, and this policy has no {name}"
                yield fault("PAR914", place(policy), message, advice=f"say {name}, or name another rule")


def _several(value: Any) -> Sequence[Entry]:
    """One or a list, as a list."""
    return value if is_array(value) else (value,)


def _is_due(entry: Entry, day: date) -> bool:
    since, until = entry.get("since"), entry.get("until")
    return (since is None or since <= day) and (until is None or day < until)
