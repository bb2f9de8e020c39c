"""Every rule of a spec is read and checked; those of one dialect become rules of its contract."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from ...finding import Finding, SpecError, did_you_mean, fault
from ...finding.shape import is_object
from ..expression import Binary, Expression, ListOf, Literal, Name, Select
from ..ir import Contract
from ..rules import Assert, CapabilityRow, Check, Example, Rule, RuleFix, Selector, Server
from ..source import Source, place
from .capabilities import ReadRow, read_rows, rows_of
from .deprecations import Deprecated, deprecated_fields
from .fixes import fix_of
from .kinds import is_there, parse_rule
from .parsed_rule import Frame, ParsedRule, Path
from .placeholders import placeholders
from .reading import Reader, evidence, location, pointer, selector
from .structure import Structure
from .views import Views, is_for

__all__ = ["Rulebook"]

_OFF = "off"
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
        builder = _Builder(source, contract, self.views, self._read)
        rules = tuple(rule for entry in source.rules for rule in builder.rules(entry))
        active = frozenset(rule.code for rule in rules)
        read_rows(source, builder.views, builder.reader, self._rows)
        if builder.reader.findings:
            raise SpecError(builder.reader.findings)
        return rules, tuple(rows_of(source, builder.own, active, self._rows))


class _Builder:
    """Makes rules of one dialect of what was read, and reads what was not."""

    def __init__(self, source: Source, contract: Contract, views: Views, read: dict[int, _Read]) -> None:
        self.views = views
        self.reader = Reader()
        self.own = Structure(contract.artifacts, contract.definitions)
        self._source = source
        self._definitions = {definition.name: definition for definition in contract.definitions}
        self._read = read

    def rules(self, entry: Entry) -> Iterator[Rule]:
        """What one record becomes here: nothing, a rule, or one for each deprecated field."""
        if not self._has_artifact(entry):
            return
        if id(entry) not in self._read:
            self._read[id(entry)] = self._deprecation(entry) if entry["kind"] == "deprecated" else self._rule_of(entry)
        _, parsed, template = self._read[id(entry)]
        rule = replace(template, severity=self._severity(entry))
        if entry["kind"] == "deprecated":
            yield from self._deprecated(entry, rule)
            return
        at = parsed.existing(self.own)
        check = parsed.make(at, self._source.as_of) if at and self._is_due(entry) else None
        if check is not None:
            yield _filled(replace(rule, check=check), parsed.fixed)

    def _rule_of(self, entry: Entry) -> _Read:
        parsed = parse_rule(entry, self.reader)
        rule = self._rule(entry, _UNDECIDED, parsed.filled | parsed.fixed.keys(), parsed)
        self.reader.findings.extend(self.views.faults(parsed, entry["applies"]))
        return _Read(entry, parsed, rule)

    def _deprecation(self, entry: Entry) -> _Read:
        template = self._rule(entry, _UNDECIDED, _DEPRECATED)
        paths = [Path(text, Frame((selector(text),), from_root=True)) for text in entry.get("except", ())]
        parsed = ParsedRule(artifact=str(entry["artifact"]), make=lambda _at, _day: None, paths=paths)
        unknown = list(self.views.faults(parsed, entry["applies"]))
        self.reader.findings.extend(unknown or self._not_deprecated(entry))
        return _Read(entry, parsed, template)

    def _not_deprecated(self, entry: Entry) -> Iterator[Finding]:
        """Complain of exceptions from a rule on deprecated fields that are deprecated in no dialect."""
        artifact = str(entry["artifact"])
        fields: set[tuple[str, ...]] = set()
        for structure in self.views.structures(entry["applies"]) if "except" in entry else ():
            root = structure.roots.get(artifact)
            found = deprecated_fields(root, structure.definitions) if root is not None else ()
            fields.update((*each.at, each.field) for each in found)
        for text in entry.get("except", ()):
            if pointer(text) not in fields:
                message = f"{str(text)!r} is deprecated in no dialect"
                yield fault("PAR912", location(text), message, advice="take it out")

    def _has_artifact(self, entry: Entry) -> bool:
        name = str(entry["artifact"])
        if name in self.own.roots:
            return True
        known = self.views.artifacts(entry["applies"])
        if name not in known:
            guess = did_you_mean(name, known) or f"; there are {', '.join(known)}"
            message = f"there is no artifact {name!r}{guess}"
            self.reader.findings.append(fault("PAR912", place(entry, "artifact"), message))
        return name in known

    def _is_due(self, entry: Entry) -> bool:
        since, until, day = entry.get("since"), entry.get("until"), self._source.as_of
        due = (since is None or since <= day) and (until is None or day < until)
        meant = is_for(entry["applies"], self._source.family, self._source.id)
        return due and meant and self._severity(entry) != _OFF

    def _severity(self, entry: Entry) -> str:
        return str(self._source.severities.get(entry["code"], entry["severity"]))

    def _deprecated(self, entry: Entry, template: Rule) -> Iterator[Rule]:
        root = self.own.roots.get(entry["artifact"])
        if root is not None and self._is_due(entry):
            for each in deprecated_fields(root, self._definitions):
                if (*each.at, each.field) not in map(pointer, entry.get("except", ())):
                    yield _about(template, each)

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
            server=tuple(map(_server, _several(entry.get("server", ())))),
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
            self.reader.findings.extend(self.views.faults(spoken, entry["applies"]))
        return fix

    def _example(self, example: Entry) -> Example:
        at = example.get("at", ())
        document = self.reader.plain(example["document"], place(example, "document"))
        return Example(
            document=document,
            at=(str(at),) if isinstance(at, str) else tuple(map(str, at)),
            times=example.get("times", 1),
            bytes=example.get("bytes"),
        )


def _several(value: Any) -> Sequence[Entry]:
    """One or a list, as a list."""
    return (value,) if is_object(value) else value


def _server(entry: Entry) -> Server:
    texts = {key: entry[key] and str(entry[key]) for key in ("type", "code", "param", "text") if key in entry}
    return Server(status=entry["status"], **texts)


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
