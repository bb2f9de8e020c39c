"""Findings by file to the text of a JUnit report.

Control characters, most of which XML cannot say, become pictures; all else beyond ASCII becomes a reference.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from ...finding import Finding
from ...finding.printable import printable
from ..selection import Withheld
from .reporter import Context, labelled
from .spool import Spool
from .tally import Outcome, Tally, reaches

__all__ = ["JunitCases"]

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
_SUMS = {"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"}
"""What is counted of a suite, and the element that counts."""

_CASE = 2
"""How many elements are around a test."""


class JunitCases:
    """The tests of a report, as text.

    A test fails for what the run fails for: for a finding that is severe enough, and for what cannot be read.
    A test that passes stands for any other finding, and for a file without any.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._spool = Spool()
        self._stretches: dict[str, list[tuple[int, int]]] = {}
        """For each file, where in the spool tests of it begin, and how many follow each other there."""

        self._sums: dict[str, Counter[str]] = {}
        self._last: str | None = None

    def add(self, finding: Finding, file: str) -> None:
        """Take a finding of *file*."""
        case = _case(finding, printable(file), self._context)
        self._sums.setdefault(file, Counter()).update(_counts(case))
        start = self._spool.add(_text(case, _CASE))
        stretches = self._stretches.setdefault(file, [])
        if file == self._last:
            begin, count = stretches.pop()
            stretches.append((begin, count + 1))
        else:
            stretches.append((start, 1))
        self._last = file

    def report(self, outcome: Outcome) -> Iterator[str]:
        """The whole document, piece by piece."""
        suites: list[tuple[str, Counter[str], Iterable[str]]] = []
        for file in [*outcome.files, *(file for file in self._stretches if file not in outcome.files)]:
            if file in self._stretches:
                passing = [_text(case, _CASE) for case in self._passing(file, outcome.parts)]
                sums = self._sums[file] + Counter(tests=len(passing))
                suites.append((printable(file), sums, chain(self._cases(file), passing)))
            elif outcome.parts:
                suites.append(_suite(printable(file), self._passing(file, outcome.parts)))
            else:
                passed = _passed(outcome.files.get(file) or Tally(), self._context)
                suites.append(_suite(printable(file), [_passing(printable(file), passed)]))
        if outcome.problems or outcome.skipped:
            suites.append(_suite("parlance", _unchecked(outcome)))
        total = sum((sums for _, sums, _ in suites), Counter[str]())
        root = _element("testsuites", "parlance", total)
        yield f"{_DECLARATION}\n{_opening(root) if suites else _text(root)}"
        for name, sums, cases in suites:
            yield f"\n  {_opening(_element('testsuite', name, sums))}"
            yield from (f"\n    {case}" for case in cases)
            yield "\n  </testsuite>"
        yield "\n</testsuites>\n" if suites else "\n"

    def close(self) -> None:
        """Give up what is held."""
        self._spool.close()

    def _passing(self, file: str, parts: Mapping[str, Outcome]) -> Iterator[ET.Element]:
        """Of a comparison, a test for each dialect in which nothing is found in *file*."""
        for dialect, part in parts.items():
            tally = part.files.get(file)
            if tally is not None and not tally.severities:
                passed = _passed(tally, self._context._replace(dialect=dialect))
                yield _passing(printable(file), labelled(passed, self._context.dialects[dialect]))

    def _cases(self, file: str) -> Iterator[str]:
        for start, count in self._stretches[file]:
            yield from (case for (case,) in self._spool.rows(start, count))


def _case(finding: Finding, file: str, context: Context) -> ET.Element:
    where = f"{finding.span.line}:{finding.span.column}" if finding.span else None
    # Two fields that are missing at one place are two tests.
    title = " ".join(filter(None, (finding.code, finding.name, where, printable(finding.pointer))))
    title = labelled(title, context.label(finding))
    case = _passing(file, title)
    if finding.span:
        case.set("line", str(finding.span.line))
    message = printable(finding.message)
    facts = (("at", finding.pointer), ("help", finding.help))
    text = "\n".join([message, *(f"{label}: {printable(fact)}" for label, fact in facts if fact)])
    if context.fail_on is not None and reaches(finding.severity, context.fail_on):
        ET.SubElement(case, "failure", type=str(finding.severity), message=message).text = text
    else:
        ET.SubElement(case, "system-out").text = f"{finding.severity}: {text}"
    return case


def _passing(file: str, name: str) -> ET.Element:
    return ET.Element("testcase", classname=file, name=name, file=file)


def _passed(tally: Tally, context: Context) -> str:
    """What a file without a finding has passed; it does not conform where some are withheld."""
    if tally.withheld[Withheld.KNOWN]:
        return "no new findings"
    if tally.withheld[Withheld.DESELECTED]:
        return "no findings selected"
    return "no findings, judged in part" if tally.partial else f"conforms to {context.dialect}"


def _unchecked(outcome: Outcome) -> Iterator[ET.Element]:
    for problem in outcome.problems:
        message = printable(str(problem))
        case = ET.Element("testcase", classname="parlance", name=message)
        ET.SubElement(case, "error", type="unreadable", message=message)
        yield case
    for file, reason in outcome.skipped.items():
        case = _passing(printable(file), "skipped")
        ET.SubElement(case, "skipped", message=str(reason))
        yield case


def _suite(name: str, cases: Iterable[ET.Element]) -> tuple[str, Counter[str], list[str]]:
    """A suite that is held as a whole: its name, its sums and its tests."""
    sums, texts = Counter[str](), list[str]()
    for case in cases:
        sums.update(_counts(case))
        texts.append(_text(case, _CASE))
    return name, sums, texts


def _counts(case: ET.Element) -> Iterator[str]:
    """What a test adds to: the sum of all, and that of how it ended."""
    yield from (sum_of for sum_of, tag in _SUMS.items() if case.tag == tag or case.find(tag) is not None)


def _element(tag: str, name: str, sums: Counter[str]) -> ET.Element:
    return ET.Element(tag, {"name": name, **{key: str(sums[key]) for key in _SUMS}})


def _opening(element: ET.Element) -> str:
    """The tag that an element begins with."""
    return f"{_text(element).removesuffix(' />')}>"


def _text(element: ET.Element, level: int = 0) -> str:
    ET.indent(element, level=level)
    return ET.tostring(element, encoding="unicode").encode("ascii", "xmlcharrefreplace").decode("ascii")
