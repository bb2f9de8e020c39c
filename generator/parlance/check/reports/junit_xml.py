"""Findings by file to the text of a JUnit report.

Control characters, most of which XML cannot say, become pictures; all else beyond ASCII becomes a reference.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence

from ...finding import Finding
from ...finding.printable import printable
from ..selection import Withheld
from .reporter import Context
from .tally import Outcome, Tally, reaches

__all__ = ["junit_text"]

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
_SUMS = {
    "tests": "testcase",
    "failures": "testcase/failure",
    "errors": "testcase/error",
    "skipped": "testcase/skipped",
}
"""What is counted of a suite, and where it is in it."""


def junit_text(findings: Mapping[str, Sequence[Finding]], outcome: Outcome, context: Context) -> str:
    """A test fails for what the run fails for: for a finding that is severe enough, and for what cannot be read.

    A test that passes stands for any other finding, and for a file without any.
    """
    root = ET.Element("testsuites", name="parlance")
    for file in [*outcome.files, *(file for file in findings if file not in outcome.files)]:
        root.append(_suite(file, findings.get(file, ()), outcome.files.get(file), context))
    if outcome.problems or outcome.skipped:
        root.append(_unchecked(outcome))
    for name in _SUMS:
        root.set(name, str(sum(int(suite.get(name, 0)) for suite in root)))
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode").encode("ascii", "xmlcharrefreplace").decode("ascii")
    return f"{_DECLARATION}\n{text}\n"


def _suite(file: str, findings: Sequence[Finding], tally: Tally | None, context: Context) -> ET.Element:
    name = printable(file)
    suite = ET.Element("testsuite", name=name)
    for finding in findings:
        _add(suite, name, finding, context)
    if not findings:
        ET.SubElement(suite, "testcase", classname=name, name=_passed(tally or Tally(), context), file=name)
    return _counted(suite)


def _add(suite: ET.Element, file: str, finding: Finding, context: Context) -> None:
    where = f"{finding.span.line}:{finding.span.column}" if finding.span else None
    # Two fields that are missing at one place are two tests.
    title = " ".join(filter(None, (finding.code, finding.name, where, printable(finding.pointer))))
    case = ET.SubElement(suite, "testcase", classname=file, name=title, file=file)
    if finding.span:
        case.set("line", str(finding.span.line))
    message = printable(finding.message)
    facts = (("at", finding.pointer), ("help", finding.help))
    text = "\n".join([message, *(f"{label}: {printable(fact)}" for label, fact in facts if fact)])
    if context.fail_on is not None and reaches(finding.severity, context.fail_on):
        ET.SubElement(case, "failure", type=str(finding.severity), message=message).text = text
    else:
        ET.SubElement(case, "system-out").text = f"{finding.severity}: {text}"


def _passed(tally: Tally, context: Context) -> str:
    """What a file without a finding has passed; it does not conform where some are withheld."""
    if tally.withheld[Withheld.KNOWN]:
        return "no new findings"
    if tally.withheld[Withheld.DESELECTED]:
        return "no findings selected"
    return "no findings, judged in part" if tally.partial else f"conforms to {context.dialect}"


def _unchecked(outcome: Outcome) -> ET.Element:
    suite = ET.Element("testsuite", name="parlance")
    for problem in outcome.problems:
        message = printable(str(problem))
        case = ET.SubElement(suite, "testcase", classname="parlance", name=message)
        ET.SubElement(case, "error", type="unreadable", message=message)
    for file, reason in outcome.skipped.items():
        case = ET.SubElement(suite, "testcase", classname=printable(file), name="skipped", file=printable(file))
        ET.SubElement(case, "skipped", message=str(reason))
    return _counted(suite)


def _counted(suite: ET.Element) -> ET.Element:
    for name, path in _SUMS.items():
        suite.set(name, str(len(suite.findall(path))))
    return suite
