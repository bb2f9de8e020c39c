"""Every rule of a spec is read and checked; those of one dialect become rules of its contract."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from ...finding import Finding, SpecError, did_you_mean, fault
from ..expression import Binary, Expression, ListOf, Literal, Name, Select
from ..ir import Contract
from ..rules import Assert, CapabilityRow, Check, Example, Rule, RuleFix, Selector
from ..source import Source, place
from .answers import answers_to
from .artifact_types import ArtifactTypes
from .capabilities import ReadRow, policies_of, read_rows, rows_of
from .deprecations import Deprecated, deprecated_fields
from .fixes import fix_of
from .parsed_rule import Frame, ParsedRule, Path
from .placeholders import placeholders
from .rule_kinds import is_there, parse_rule
from .text_reading import TextReader, evidence, location, pointer, selector
from .views import Views

__all__ = ["Rulebook"]

_ERROR = "error"
_UNDECIDED = Assert(at=(), test=Literal(value=True))
_DEPRECATED = frozenset({"field", "since", "instead"})

Entry = Mapping[str, Any]


class _Read(NamedTuple):
    """A record that was read: the same for every dialect."""

    entry: Entry
    parsed: ParsedRule
    rule: Rule
    """As it is without a check, and of the severity that the record says."""


class Rulebook:
    """The rules and rows of one spec: each is read and checked once, for whichever dialect asks first."""

    def __init__(self, source: Source, build: Callable[[Source], Contract]) -> None:
        """Any dialect of the spec will do; *build* gives the contract of one, without rules."""
        self.views = Views(source, build)
        self._read: dict[int, _Read] = {}
        self._rows: dict[int, ReadRow] = {}

    def of(self, source: Source, contract: Contract) -> tuple[tuple[Rule, ...], tuple[CapabilityRow, ...]]:
        """The rules and rows of a dialect. Raises `SpecError`."""
        builder = _RuleBuilder(source, contract, self.views, self._read)
        self.views.asked_by(source.id, builder.own)
        rules = tuple(rule for entry in source.rules for rule in builder.rules(entry))
        active = frozenset(rule.code for rule in rules)
        read_rows(source, builder.views, builder.reader, self._rows)
        if findings := builder.reader.findings or [*builder.idle(active)]:
            raise SpecError(findings)
        return rules, tuple(rows_of(source, builder.own, active, self._rows))


class _RuleBuilder:
    """Makes rules of one dialect of what was read, and reads what was not."""

    def __init__(self, source: Source, contract: Contract, views: Views, read: dict[int, _Read]) -> None:
        self.views = views
        self.reader = TextReader()
        self.own = ArtifactTypes(contract.artifacts, contract.definitions)
        self._source = source
        self._definitions = {definition.name: definition for definition in contract.definitions}
        self._read = read

    def rules(self, entry: Entry) -> Iterator[Rule]:
        """What one record becomes here: nothing, a rule, or one for each deprecated field."""
        if not self._has_artifact(entry):
            return
        if id(entry) not in self._read:
            self.reader.is_proven = str(entry["code"]) in self._source.proven
            self._read[id(entry)] = self._deprecation(entry) if entry["kind"] == "deprecated" else self._rule_of(entry)
        _, parsed, template = self._read[id(entry)]
        rule = self._chosen(entry, template)
        if entry["kind"] == "deprecated":
            yield from self._deprecated(entry, rule)
            return
        check = self._check(entry, parsed)
        if check is not None and self._holds(entry):
            yield _filled(replace(rule, check=check), parsed.fixed)

    def _rule_of(self, entry: Entry) -> _Read:
        parsed = parse_rule(entry, self.reader)
        rule = self._rule(entry, _UNDECIDED, parsed.filled | parsed.fixed.keys(), parsed)
        self.reader.findings.extend(self.views.faults(parsed, self._home(entry), str(entry["code"])))
        return _Read(entry, parsed, rule)

    def _deprecation(self, entry: Entry) -> _Read:
        template = self._rule(entry, _UNDECIDED, _DEPRECATED)
        paths = [Path(text, Frame((selector(text),), from_root=True)) for text in entry.get("except", ())]
        parsed = ParsedRule(artifact=str(entry["artifact"]), make=lambda _at, _day: None, paths=paths)
        unknown = list(self.views.faults(parsed, self._home(entry), str(entry["code"])))
        if str(entry["code"]) not in self._source.proven:
            self.reader.findings.extend(unknown or self._not_deprecated(entry))
        return _Read(entry, parsed, template)

    def _not_deprecated(self, entry: Entry) -> Iterator[Finding]:
        """Complain of exceptions from a rule on deprecated fields that are deprecated in no dialect."""
        artifact = str(entry["artifact"])
        left = list(entry.get("except", ()))
        for structure in self.views.structures(self._home(entry)) if left else ():
            root = structure.roots.get(artifact)
            found = deprecated_fields(root, structure.definitions) if root is not None else ()
            fields = {(*each.at, each.field) for each in found}
            left = [text for text in left if pointer(text) not in fields]
            if not left:
                break
        for text in left:
            message = f"{str(text)!r} is deprecated in no dialect"
            yield fault("PAR912", location(text), message, advice="take it out")

    def _has_artifact(self, entry: Entry) -> bool:
        name = str(entry["artifact"])
        if name in self.own.roots:
            return self.own.is_part(name, str(entry.get("scope", "document")))
        home = self._home(entry)
        is_proven = str(entry["code"]) in self._source.proven
        if is_proven or any(name in structure.roots for structure in self.views.structures(home)):
            return True
        known = self.views.artifacts(home)
        guess = did_you_mean(name, known) or f"; there are {', '.join(known)}"
        message = f"there is no artifact {name!r}{guess}"
        self.reader.findings.append(fault("PAR912", place(entry, "artifact"), message))
        return False

    def _home(self, entry: Entry) -> str | None:
        """The dialect whose fields a record must speak of; None for the base and every dialect."""
        return self._source.homes.get(str(entry["code"]))

    def _check(self, entry: Entry, parsed: ParsedRule) -> Check | None:
        """What a record checks here; None if this dialect lacks what it is about."""
        if entry["kind"] == "capability" and str(entry["code"]) not in self._graded:
            return None
        at = parsed.existing(self.own)
        return parsed.make(at, self._day(entry)) if at else None

    @cached_property
    def _graded(self) -> frozenset[str]:
        """The codes of which the rows of models speak, on whichever day."""
        named = {str(policy["code"]) for row in self._source.models for policy in policies_of(row)}
        also = {str(rule["code"]) for rule in self._source.rules if not named.isdisjoint(rule.get("nulls-of", ()))}
        return frozenset(named | also)

    def _holds(self, entry: Entry) -> bool:
        choice = self._source.choices.get(entry["code"])
        return choice is not None and (not choice.is_dated or self._is_due(entry))

    def _day(self, entry: Entry) -> date:
        """The day on which those of a record are judged."""
        return self._source.rule_days.get(str(entry["code"]), self._source.as_of)

    def _is_due(self, entry: Entry) -> bool:
        since, until, day = entry.get("since"), entry.get("until"), self._day(entry)
        return (since is None or since <= day) and (until is None or day < until)

    def _chosen(self, entry: Entry, rule: Rule) -> Rule:
        """The rule as the dialect has it."""
        choice = self._source.choices.get(entry["code"])
        if choice is None:
            return rule
        return replace(
            rule,
            severity=choice.severity,
            is_lowered=rule.severity == _ERROR != choice.severity,
            server=answers_to(entry, choice, self._source),
            is_confirmed=choice.is_confirmed,
            evidence=tuple(evidence(choice.evidence)),
        )

    def idle(self, active: frozenset[str]) -> Iterator[Finding]:
        """Complain of what the dialect's own header says of rules that cannot fire here."""
        for code, at in self._source.chosen.items():
            if code not in active:
                message = f"{code} can never fire in {self._source.id}"
                yield fault("PAR920", at, message, advice="the dialect lacks what it is about, or it is for other days")
        for entry in self._source.rules:
            code = str(entry["code"])
            if code in self._source.disabled and not (self._is_due(entry) and self._could_fire(entry)):
                message = f"{code} could not fire in {self._source.id} anyway"
                yield fault("PAR920", self._source.disabled[code], message, advice="take it out")

    def _could_fire(self, entry: Entry) -> bool:
        if id(entry) not in self._read:  # the dialect lacks the artifact
            return False
        if entry["kind"] == "deprecated":
            return any(True for _ in self._deprecations(entry))
        return self._check(entry, self._read[id(entry)].parsed) is not None

    def _deprecated(self, entry: Entry, template: Rule) -> Iterator[Rule]:
        for each in self._deprecations(entry) if self._holds(entry) else ():
            yield _about(template, each)

    def _deprecations(self, entry: Entry) -> Iterator[Deprecated]:
        root = self.own.roots.get(entry["artifact"])
        excepted = [*map(pointer, entry.get("except", ()))]
        for each in deprecated_fields(root, self._definitions) if root is not None else ():
            if (*each.at, each.field) not in excepted:
                yield each

    def _rule(self, entry: Entry, check: Check, names: frozenset[str], parsed: ParsedRule | None = None) -> Rule:
        fix = self._fix(entry, parsed)
        self._placeholders(entry, names, parsed)
        examples = entry["examples"]
        return Rule(
            code=str(entry["code"]),
            name=str(entry["name"]),
            kind=str(entry["kind"]),
            artifact=str(entry["artifact"]),
            scope=str(entry.get("scope", "document")),
            severity=str(entry["severity"]),
            summary=str(entry["summary"]),
            why=str(entry["why"]),
            message=str(entry["message"]),
            help=str(entry["help"]) if "help" in entry else None,
            check=check,
            fix=fix,
            server=(),
            since=entry.get("since"),
            sources=tuple(evidence(entry["sources"])),
            confidence=str(entry["confidence"]),
            bad=tuple(self._example(example) for example in examples["bad"]),
            good=tuple(self._example(example) for example in examples["good"]),
        )

    def _placeholders(self, entry: Entry, names: frozenset[str], parsed: ParsedRule | None) -> None:
        """Complain of placeholders that nothing fills in, in any text of the rule."""
        for key in ("message", "help"):
            if key in entry:
                self.reader.placeholders(entry[key], names, binds=entry["kind"] == "assert")
                self._nulls(entry[key], parsed)
        self.reader.placeholders(entry["summary"], frozenset())
        if "fix" in entry:
            self.reader.placeholders(entry["fix"]["title"], _DEPRECATED if parsed is None else parsed.fixed.keys())

    def _nulls(self, text: str, parsed: ParsedRule | None) -> None:
        """Complain of placeholders that are null where the rule is broken."""
        for name, reason in (parsed.null if parsed else {}).items():
            if name in placeholders(text):
                at = location(text, text.index(f"{{{name}}}"))
                self.reader.findings.append(fault("PAR914", at, f"{{{name}}} is null {reason}"))

    def _fix(self, entry: Entry, parsed: ParsedRule | None) -> RuleFix | None:
        if "fix" not in entry:
            return None
        fix, paths, uses = fix_of(entry["fix"], parsed.reported if parsed else None, self.reader)
        if parsed is not None:
            spoken = replace(parsed, paths=paths, uses=uses)
            self.reader.findings.extend(self.views.faults(spoken, self._home(entry), str(entry["code"])))
        return fix

    def _example(self, example: Entry) -> Example:
        at = example.get("at", ())
        document = self.reader.plain(example["document"], place(example, "document"))
        return Example(
            document=document,
            at=(str(at),) if isinstance(at, str) else tuple(map(str, at)),
            times=example.get("times", 1),
            bytes=example.get("bytes"),
            request=self.reader.plain(example.get("request"), place(example, "request")),
            breaks=frozenset(map(str, example.get("breaks", ()))),
        )


def _about(template: Rule, each: Deprecated) -> Rule:
    """The rule for one deprecated field."""
    when: Expression = is_there(each.field)
    if each.tag is not None:
        values = ListOf(tuple(map(Literal, each.values)))
        when = Binary("&&", Binary("in", Select(Name("self"), each.tag), values), when)
    at = (Selector(steps=each.at),)
    check = Assert(at=at, when=when, test=Literal(value=False), point=(each.field,), report_key=True)
    instead = " or ".join(each.what.replaced_by)
    advice = template.help if instead or "{instead}" not in (template.help or "") else None
    fixed = {"field": each.field, "since": str(each.what.since), "instead": instead or "nothing"}
    return _filled(replace(template, check=check, help=advice), fixed)


def _filled(rule: Rule, fixed: Mapping[str, str]) -> Rule:
    """The rule with the placeholders that are known before any document is."""

    def filled(text: str) -> str:
        for name, value in fixed.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    return replace(
        rule,
        message=filled(rule.message),
        help=None if rule.help is None else filled(rule.help),
        fix=None if rule.fix is None else replace(rule.fix, title=filled(rule.fix.title)),
    )
