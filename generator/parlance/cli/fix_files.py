"""What --fix and --diff come to in a run."""

from __future__ import annotations

from collections.abc import Sequence

from ..check.document_reader import is_compressed
from ..check.reports import Outcome
from ..finding.printable import printable
from .checking import Job
from .fix_options import FixOptions
from .invocation import Verbosity, verbosity
from .reporting import Reporting
from .terminal import say

__all__ = ["FixRun"]


class FixRun:
    """What is fixed in a run."""

    def __init__(self, fix_options: FixOptions) -> None:
        self._options = fix_options
        self.fixed = 0
        self.files = 0
        """How many were changed, or would be."""

        self.remarks: list[str] = []
        """What was not fixed, and why."""

    def of(self, job: Job) -> Job:
        """*job*, with what fixes its documents; nobody edits recordings."""
        if not self._options.enabled or job.artifact in job.dialect.exchanges:
            return job
        if is_compressed(job.name):
            self.remarks.append(f"{job.name}: what is compressed is not fixed; unpack it first")
            return job
        from .file_fixer import FileFixer  # with all that rewrites files

        return job._replace(fixer=FileFixer(self, self._options, job))

    def reporting(self, reporting: Reporting, files: Sequence[str]) -> Reporting:
        """What is reported of *files* beside what is fixed, and where; beside a diff nothing is."""
        if self._options.diff:
            return reporting._replace(form=None, files={})
        return reporting._replace(aside=self._options.enabled and "-" in files)

    def finish(self, outcome: Outcome, code: int) -> int:
        """Say what was fixed, and what was not; the exit code, for which *code* is that of the run."""
        if not self._options.enabled:
            return code
        for remark in self.remarks:
            say(f"warning: {printable(remark)}", err=True)
        left = outcome.total.codes.total()  # for a diff all findings, of which none is fixed
        total = left if self._options.diff else self.fixed + left
        amount = f"{self.fixed} of {total} finding{'s' * (total != 1)}"
        place = f" in {self.files} file{'s' * (self.files != 1)}" if self.files else ""
        if total and verbosity() > Verbosity.QUIET:
            say(f"{'Would fix' if self._options.diff else 'Fixed'} {amount}{place}", err=True)
        return code if code == 2 or not self._options.diff else int(self.files > 0)
