"""JUnit XML: what test reports of continuous integration are read from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reporter import Context, Reporter, Write
from .tally import Outcome

if TYPE_CHECKING:
    from ...finding import Finding

__all__ = ["JunitReporter"]


class JunitReporter(Reporter):
    """A suite for each file, with a test for each finding."""

    def __init__(self, write: Write, context: Context) -> None:
        super().__init__(write, context)
        self._findings: dict[str, list[Finding]] = {}

    def show(self, finding: Finding, file: str, line: str | None) -> None:  # noqa: ARG002
        """Keep the finding."""
        self._findings.setdefault(file, []).append(finding)

    def finish(self, outcome: Outcome) -> None:
        """Write the suites, and one more for what was not checked."""
        from .junit_xml import junit_text  # reading and writing XML is slow to import

        self.write(junit_text(self._findings, outcome, self.context))
