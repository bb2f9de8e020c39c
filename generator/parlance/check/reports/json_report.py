"""One JSON object about the whole run, which report.schema.json describes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .json_finding import as_json, json_text, json_with_rows
from .reporter import Context, Reporter, Write
from .spool import Spool, in_blocks
from .tally import Outcome

if TYPE_CHECKING:
    from ...finding import Finding

__all__ = ["JsonReporter", "schema_text"]


class JsonReporter(Reporter):
    """Files, findings, what their codes mean, and sums."""

    counts = True

    def __init__(self, write: Write, context: Context) -> None:
        super().__init__(write, context)
        self._findings = Spool()

    def show(self, finding: Finding, file: str, line: str | None) -> None:  # noqa: ARG002
        """Keep the finding."""
        self._findings.add(json_text(as_json(finding, file, self.context.dialect_of(finding))))

    def finish(self, outcome: Outcome) -> None:
        """Write the object."""
        total = outcome.total
        before = {
            "dialect": self.context.dialect,
            **self._compared(outcome),
            "files": [{"file": name, **tally.as_json()} for name, tally in outcome.files.items()],
            "skipped": [{"file": name, "reason": str(reason)} for name, reason in outcome.skipped.items()],
        }
        after: dict[str, Any] = {
            "rules": [self._rule(code) for code in sorted(total.codes)],
            "problems": [str(problem) for problem in outcome.problems],
            "summary": {"files": len(outcome.files), "skipped": len(outcome.skipped), **total.as_json()},
        }
        if self.context.statistics:
            after["statistics"] = [{"code": code, "count": count} for code, count in total.ranked()]
        rows = (row for (row,) in self._findings.rows())
        for block in in_blocks(json_with_rows(before, "findings", rows, after)):
            self.write(block)
        self.write("\n")
        self._findings.close()

    def _compared(self, outcome: Outcome) -> dict[str, Any]:
        """Of a comparison, what each dialect comes to."""
        if not outcome.parts:
            return {}
        names = self.context.dialects
        parts = [{"dialect": one, "name": names[one], **part.total.as_json()} for one, part in outcome.parts.items()]
        return {"dialects": parts}

    def _rule(self, code: str) -> dict[str, str]:
        name, severity, summary, detail = self.context.describe(code)
        return {"code": code, "name": name, "severity": str(severity), "summary": summary, "detail": detail}


def schema_text() -> str:
    """The JSON Schema of the report."""
    return (Path(__file__).parent / "report.schema.json").read_text("utf-8")
