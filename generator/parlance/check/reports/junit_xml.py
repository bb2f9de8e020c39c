"""Findings by file to the text of a JUnit report.

Control characters, most of which XML cannot say, become pictures; all else beyond ASCII becomes a reference.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence

from ...finding import Finding
from ..excerpt import printable

__all__ = ["junit_text"]

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
_SUMS = ("tests", "failures", "errors")


def junit_text(files: Mapping[str, Sequence[Finding]], problems: Sequence[str], dialect: str) -> str:
    """A passing test stands for a clean file, and an error for what could not be read."""
    root = ET.Element("testsuites", name="parlance")
    root.extend(_suite(file, findings, dialect) for file, findings in files.items())
    if problems:
        root.append(_unread(problems))
    for name in _SUMS:
        root.set(name, str(sum(int(suite.get(name, 0)) for suite in root)))
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode").encode("ascii", "xmlcharrefreplace").decode("ascii")
    return f"{_DECLARATION}\n{text}\n"


def _suite(file: str, findings: Sequence[Finding], dialect: str) -> ET.Element:
    name = printable(file)
    suite = ET.Element("testsuite", name=name)
    for finding in findings:
        _add_failed(suite, name, finding)
    if not findings:
        ET.SubElement(suite, "testcase", classname=name, name=f"conforms to {dialect}", file=name)
    return _counted(suite, len(findings), 0)


def _add_failed(suite: ET.Element, file: str, finding: Finding) -> None:
    where = f"{finding.span.line}:{finding.span.column}" if finding.span else None
    # Two fields that are missing at one place are two tests.
    title = " ".join(filter(None, (finding.code, finding.name, where, printable(finding.pointer))))
    case = ET.SubElement(suite, "testcase", classname=file, name=title, file=file)
    if finding.span:
        case.set("line", str(finding.span.line))
    message = printable(finding.message)
    failure = ET.SubElement(case, "failure", type=str(finding.severity), message=message)
    facts = (("at", finding.pointer), ("help", finding.help))
    failure.text = "\n".join([message, *(f"{label}: {printable(fact)}" for label, fact in facts if fact)])


def _unread(problems: Sequence[str]) -> ET.Element:
    suite = ET.Element("testsuite", name="parlance")
    for problem in problems:
        message = printable(problem)
        case = ET.SubElement(suite, "testcase", classname="parlance", name=message)
        ET.SubElement(case, "error", type="unreadable", message=message)
    return _counted(suite, 0, len(problems))


def _counted(suite: ET.Element, failures: int, errors: int) -> ET.Element:
    for name, count in zip(_SUMS, (len(suite), failures, errors), strict=True):
        suite.set(name, str(count))
    return suite
