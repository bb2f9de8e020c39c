"""SARIF 2.1.0: what code scanning services and editors read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...finding import Finding, Fix, Severity, Span
from ...finding.pointer import tokens
from .json_finding import json_text, json_with_rows
from .reporter import Context, Reporter, Write, labelled
from .repository_path import repository_uri
from .spool import Spool, in_blocks
from .tally import Outcome, Problem

__all__ = ["SarifReporter"]

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_OURS = "PAR"
"""How the codes begin that have a page."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


class SarifReporter(Reporter):
    """One log with one run."""

    def __init__(self, write: Write, context: Context) -> None:
        from .fingerprint import Fingerprints

        super().__init__(write, context)
        self._results = Spool()
        self._fingerprints = Fingerprints(by_dialect=bool(context.dialects))

    def show(self, finding: Finding, file: str, line: str | None) -> None:
        """Keep the finding."""
        text = f"{finding.message}\nhelp: {finding.help}" if finding.help else finding.message
        result: dict[str, Any] = {
            "ruleId": finding.code,
            "level": _LEVELS[finding.severity],
            "message": {"text": labelled(text, self.context.label(finding))},
            "locations": [_location(finding, file)],
            "partialFingerprints": {"parlance/v1": self._fingerprints.of(finding, file, line)},
        }
        if self.context.dialects:
            result["properties"] = {"dialect": finding.dialect}
        if finding.fix is not None:
            result["fixes"] = [_fix(finding.fix, file)]
        self._results.add(finding.code, json_text(result))

    def finish(self, outcome: Outcome) -> None:
        """Write the log."""
        codes = sorted(outcome.total.codes)
        version = self.context.version()
        driver = {
            "name": "parlance",
            **({"version": version} if version else {}),
            **({"informationUri": site} if (site := self.context.docs_url) else {}),
            "rules": [self._rule(code) for code in codes],
        }
        before = {
            "tool": {"driver": driver},
            "invocations": [_invocation(outcome.problems)],
            "columnKind": "unicodeCodePoints",
        }
        after = {"properties": {"dialect": self.context.dialect}}
        rows = self._indexed({code: index for index, code in enumerate(codes)})
        log = json_text({"$schema": _SCHEMA, "version": "2.1.0"}).removesuffix("\n}")
        self.write(f'{log},\n  "runs": [\n    ')
        for block in in_blocks(json_with_rows(before, "results", rows, after, margin="    ")):
            self.write(block)
        self.write("\n  ]\n}\n")
        self._results.close()

    def _indexed(self, indexes: Mapping[str, int]) -> Iterator[str]:
        """The results, each with the place of its rule, which is known at the end."""
        for code, result in self._results.rows():
            yield result.removesuffix("\n}") + f',\n  "ruleIndex": {indexes[code]}\n}}'

    def _rule(self, code: str) -> dict[str, Any]:
        name, severity, summary, detail = self.context.describe(code)
        paragraphs = [summary, *[detail] * bool(detail)]
        text = "\n\n".join([*paragraphs, f"More: parlance rule {code}"])
        markdown = "\n\n".join([f"**{code} {name}**", *paragraphs, f"More: `parlance rule {code}`"])
        return {
            "id": code,
            "name": name,
            "shortDescription": {"text": summary},
            "fullDescription": {"text": " ".join(paragraphs)},
            **self._page(code),
            "help": {"text": text, "markdown": markdown},
            "defaultConfiguration": {"level": _LEVELS[severity]},
        }

    def _page(self, code: str) -> dict[str, str]:
        """Where the page of a code is, if the site with it is published anywhere."""
        site = self.context.docs_url
        return {"helpUri": f"{site.rstrip('/')}/rules/{code}/"} if site and code.startswith(_OURS) else {}


def _invocation(problems: list[Problem]) -> dict[str, Any]:
    """Findings are no failure of the run; files that cannot be read are."""
    notes = [{"level": "error", "message": {"text": str(problem)}} for problem in problems]
    return {"executionSuccessful": not notes, **({"toolExecutionNotifications": notes} if notes else {})}


def _location(finding: Finding, file: str) -> dict[str, Any]:
    physical = {"artifactLocation": _artifact(file)}
    if finding.span:
        physical["region"] = _region(finding.span)
    location: dict[str, Any] = {"physicalLocation": physical}
    if finding.pointer:
        name = tokens(finding.pointer)[-1]
        location["logicalLocations"] = [{"name": name, "fullyQualifiedName": finding.pointer}]
    return location


def _artifact(file: str) -> dict[str, Any]:
    return {"uri": repository_uri(file)}


def _region(span: Span) -> dict[str, Any]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _fix(fix: Fix, file: str) -> dict[str, Any]:
    replacements = [{"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}} for edit in fix.edits]
    change = {"artifactLocation": _artifact(file), "replacements": replacements}
    return {"description": {"text": fix.title}, "artifactChanges": [change]}
