"""JUnit XML: what test reports of continuous integration are read from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reporter import Context, Reporter, Write
from .spool import in_blocks
from .tally import Outcome

if TYPE_CHECKING:
    from ...finding import Finding

__all__ = ["JunitReporter"]


class JunitReporter(Reporter):
    """A suite for each file, with a test for each finding."""

    def __init__(self, write: Write, context: Context) -> None:
        from .junit_xml import JunitCases  # reading and writing XML is slow to import

        super().__init__(write, context)
        self._cases = JunitCases(context)

    def show(self, finding: Finding, file: str, line: str | None) -> None:  # noqa: ARG002
        """Keep the finding."""
        self._cases.add(finding, file)

    def finish(self, outcome: Outcome) -> None:
        """Write the suites, and one more for what was not checked."""
        for block in in_blocks(self._cases.report(outcome)):
            self.write(block)
        self._cases.close()
