"""The examples of rules, held against the rules: what is bad is found where it says, and what is good is silent.

An example holds in every dialect that has the rule and whose schemas accept the document; that a closed list does not
name its model is no obstacle. What rules of some kinds find depends on the day: there an older dialect may say less.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import chain, count, repeat
from typing import NamedTuple

from ..check.dialect import Dialect
from ..check.document import Document
from ..check.document_reader import decoded_document, read_documents
from ..check.engine import Verdict, judge
from ..check.file_verdicts import FileRules, judge_all
from ..check.streams.event_documents import EventDocuments
from ..check.streams.stream_judge import StreamJudge
from ..check.text_source import TextSource
from ..compiled import compile_dialect
from ..contract.ir import Contract
from ..contract.rules import Example, Rule
from ..exchanges.exchange_verdicts import judge_decoded
from ..finding import Finding, LocatedMap, Place, Severity, fault
from ..finding.catalogue import CATALOGUE
from ..runtime.python.violation import Violation

__all__ = ["DATED", "ExampleVerdict", "example_faults", "verdict_on"]

DATED = frozenset({"capability", "deprecated", "limit"})
"""Kinds whose rows, fields and bounds are those of a day."""

_OTHER_MODEL = "PAR105"
_WITHOUT_EFFECT = "PAR125"
"""The code of a field that the dialect ignores: rules say nothing of it there."""


class ExampleVerdict(NamedTuple):
    """What a dialect says of an example."""

    found: tuple[str, ...]
    """Where the rule is broken, in the pointers that examples use."""

    others: tuple[Finding, ...]
    """Errors that other rules report."""

    refused: tuple[Finding, ...]
    """Errors of the schemas, and fields without effect: then the example is about another dialect."""

    @property
    def accepted(self) -> bool:
        """Whether the dialect's schemas accept the document."""
        return not self.refused


def verdict_on(example: Example, rule: Rule, dialect: Dialect) -> ExampleVerdict:
    """What *dialect* says of an example of *rule*, which it has."""
    found = [one for one in _findings(example, rule, dialect) if one[1].code not in example.breaks]
    errors = [one for one in found if one[1].severity is Severity.ERROR and one[1].code != rule.code]
    structural = [one for one in errors if one[1].code in CATALOGUE]
    structural += [one for one in found if one[1].code == _WITHOUT_EFFECT]
    return ExampleVerdict(
        tuple(pointer for pointer, finding in found if finding.code == rule.code),
        tuple(finding for _, finding in errors if finding.code not in CATALOGUE),
        tuple(one for at, one in structural if not _is_other_model(one) or at in example.at),
    )


def _is_other_model(finding: Finding) -> bool:
    return finding.code == _OTHER_MODEL and finding.pointer.endswith("/model")


def _findings(example: Example, rule: Rule, dialect: Dialect) -> Iterator[tuple[str, Finding]]:
    """What is found in an example, with the pointers that examples use."""
    if rule.scope == "document":
        for finding in judge(decoded_document(example.document), dialect, rule.artifact, lint=True).findings:
            yield finding.pointer, finding
        return
    if rule.scope == "exchange":
        names = [name for name, one in dialect.exchanges.items() if rule.artifact in {one.response, one.errors}]
        for finding in judge_decoded(decoded_document(example.document), dialect, names[0], lint=True):
            yield finding.pointer, finding
        return
    if rule.scope == "stream":
        yield from _findings_of_stream(example, rule, dialect)
        return
    if example.times > 1:
        yield from _findings_across(example, rule, dialect)
        return
    numbers = count()
    for judged in judge_all(_lines(example, 1), dialect, rule.artifact, lint=True):
        number = next(numbers) if not judged.again else None
        for finding in judged.findings:
            yield "" if number is None else f"/{number}{finding.pointer}", finding


def _findings_of_stream(example: Example, rule: Rule, dialect: Dialect) -> Iterator[tuple[str, Finding]]:
    """What is found in the events of a stream; what its end shows is found after the last of them."""
    values = example.document if isinstance(example.document, list) else [example.document]
    texts = [value if isinstance(value, str) else json.dumps(value) for value in values]
    name = next((name for name, stream in dialect.streams.items() if stream.piece == rule.artifact), "")
    stream, documents = StreamJudge(dialect, name, lint=True, request=example.request), EventDocuments("stream.sse")
    events = documents.feed("".join(f"data: {text}\n\n" for text in texts).encode())
    for number, document in enumerate(chain(events, documents.close())):
        for finding in stream.take(document).findings:
            yield f"/{number}{finding.pointer}", finding


def _findings_across(example: Example, rule: Rule, dialect: Dialect) -> Iterator[tuple[str, Finding]]:
    """What one rule over a file finds: lines that are repeated break others, and are many."""
    file = FileRules([one for one in dialect.file_rules[rule.artifact] if one.rule.code == rule.code], lint=True)
    # A sum does not ask which line is which: those that are repeated can be the same objects.
    lines = chain.from_iterable(repeat([*_lines(example, 1)], example.times)) if rule.kind == "limit" else None
    for number, line in enumerate(lines or _lines(example, example.times)):
        if number == 0:
            file.line(line, Verdict(rule.artifact, (), ()))  # all that it keeps is which line was the first
        for one in file.take(line):
            yield f"/{number}{one.pointer}", _finding(one, rule)
    for judged in file.end(dialect):
        for finding in judged.findings:
            yield "", finding


def _finding(violation: Violation, rule: Rule) -> Finding:
    return Finding(
        code=violation.code,
        severity=Severity(violation.severity),
        pointer=violation.pointer,
        message=violation.message,
        name=rule.name,
    )


def _lines(example: Example, times: int) -> Iterator[Document]:
    """The lines of a file of which an example is the list, so many times, or the one that says that there is none."""
    values = example.document if isinstance(example.document, list) else [example.document]
    if not values:
        yield from read_documents(BytesIO(), "lines.jsonl")
    texts = [(value, json.dumps(value)) for value in values]
    number = 0
    for _ in range(times):
        for value, text in texts:
            number += 1
            size = len(text) + 1 if example.bytes is None else example.bytes
            yield Document(value, source=TextSource("lines.jsonl", text, number), size=size, is_line=True)


def example_faults(
    contracts: Sequence[Contract],
    entries: Iterable[LocatedMap],
    others: Iterable[Contract] | None = None,
    loaded: Callable[[Contract], Dialect] = compile_dialect,
) -> list[Finding]:
    """What is wrong with the examples of the rules that *contracts* have.

    *entries* are the records of the spec, which know where the examples are written. An example that no contract
    accepts is tried with *others*, the rest of the dialects, one after the other; None if there is no other. *loaded*
    gives the dialect of a contract.
    """
    proof = _Proof(contracts, others, loaded)
    return [finding for entry in entries for finding in proof.faults(entry)]


class _Case(NamedTuple):
    """A dialect in which an example is tried."""

    dialect: Dialect
    rules: Mapping[str, Rule]
    kinds: Mapping[str, str]


class _Proof:
    """Tries each example in the newest dialect that has the rule and accepts the document.

    Those come first whose server is known to obey the rule: nobody wrote the example for the others.
    """

    def __init__(
        self,
        contracts: Sequence[Contract],
        others: Iterable[Contract] | None,
        loaded: Callable[[Contract], Dialect],
    ) -> None:
        self._loaded = loaded
        self._is_whole = others is None
        self._contracts = sorted(contracts, key=lambda contract: contract.as_of, reverse=True)
        self._rules = [{rule.code: rule for rule in contract.rules} for contract in self._contracts]
        self._others = iter(others or ())
        self._further: list[Contract] = []
        """Those of *others* that were asked for."""
        self._cases: dict[str, _Case] = {}
        self._refused: list[Finding] = []
        """Why the newest dialect accepts none of the examples looked at."""
        self._codes = {rule.code for contract in contracts for rule in contract.rules}

    def faults(self, entry: LocatedMap) -> Iterator[Finding]:
        """What is wrong with the examples of one record."""
        code = str(entry["code"])
        if code not in self._codes:
            return
        for kind in ("bad", "good"):
            places = entry["examples"][kind].places
            self._refused.clear()
            found = [finding for number, at in enumerate(places) for finding in self._faults(code, kind, number, at)]
            yield from found
            if self._is_whole and not found and len(self._refused) == len(places):
                newest = next(self._having(code)).dialect.id
                reason = f"{self._refused[0].pointer or 'the root'}: {self._refused[0].message}"
                message = f"{newest}, the newest dialect that has {code}, accepts no {kind} example: {reason}"
                yield fault("PAR917", places[0], message, advice="give one that it accepts")

    def _faults(self, code: str, kind: str, number: int, at: Place) -> Iterator[Finding]:
        refused: tuple[Finding, ...] = ()
        for first, case in enumerate(self._having(code)):
            rule = case.rules[code]
            example = (rule.bad if kind == "bad" else rule.good)[number]
            verdict = verdict_on(example, rule, case.dialect)
            if verdict.accepted:
                is_newest = self._is_whole and first == 0
                messages = list(_broken(verdict, example, case, code, is_newest=is_newest))
                if messages and not rule.is_confirmed:
                    continue  # the example was written for another server, and this one has fields and rules of its own
                yield from (fault("PAR917", at, message) for message in messages)
                return
            refused = refused or verdict.refused
            if first == 0:
                self._refused.append(verdict.refused[0])
        if not refused:
            return
        where = "; ".join(f"{one.pointer or 'the root'}: {one.message}" for one in refused[:2])
        yield fault("PAR917", at, f"no dialect that has {code} accepts this example: {where}")

    def _having(self, code: str) -> Iterator[_Case]:
        """The dialects that have a rule, the newest first whose server is known to obey it; each is loaded once."""
        for confirmed in (True, False):
            for contract, rules in zip(self._contracts, self._rules, strict=True):
                if code in rules and rules[code].is_confirmed is confirmed:
                    yield self._case(contract, rules)
        for contract in self._every_further():
            rules = {rule.code: rule for rule in contract.rules}
            if code in rules:
                yield self._case(contract, rules)

    def _every_further(self) -> Iterator[Contract]:
        yield from self._further
        for contract in self._others:
            self._further.append(contract)
            yield contract

    def _case(self, contract: Contract, rules: Mapping[str, Rule]) -> _Case:
        if contract.dialect not in self._cases:
            kinds = {rule.code: rule.kind for rule in contract.rules}
            self._cases[contract.dialect] = _Case(self._loaded(contract), rules, kinds)
        return self._cases[contract.dialect]


def _broken(verdict: ExampleVerdict, example: Example, case: _Case, code: str, *, is_newest: bool) -> Iterator[str]:
    """What an example promises and does not keep in a dialect that accepts it."""
    where = f" ({case.dialect.id})"
    if verdict.found != example.at and (is_newest or case.kinds[code] not in DATED):
        actual, expected = _listed(verdict.found), _listed(example.at)
        if not example.at:
            yield f"{code} is found in this good example, at {actual}{where}"
        elif not verdict.found:
            yield f"{code} is not found in this example, and should be at {expected}{where}"
        else:
            yield f"{code} is found at {actual}, and should be at {expected}{where}"
    for finding in verdict.others:
        if is_newest or case.kinds.get(finding.code) not in DATED:
            at = _listed([finding.pointer])
            yield f"this example of {code} breaks {finding.code} too, at {at}{where}: {finding.message}"


def _listed(pointers: Iterable[str]) -> str:
    return ", ".join(pointer or "the root" for pointer in pointers)
