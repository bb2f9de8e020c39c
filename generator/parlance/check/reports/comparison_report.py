"""A table of what breaks where: a row for each place and code, a column for each dialect, in 80 columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ...finding import Severity
from ...finding.printable import printable, printable_line
from ..excerpt import WIDTH, columns, cut, fill
from .repeats import Repeats
from .reporter import Context, Reporter, Write
from .summary import sentences
from .tally import Outcome
from .text_report import more_like_it

if TYPE_CHECKING:
    from ...finding import Finding

__all__ = ["ComparisonReporter"]

_MARKS = {Severity.ERROR: "E", Severity.WARNING: "W", Severity.INFO: "N"}
_NONE = "-"
_GAP = 2
"""How many columns are left between two columns of the table."""

_WIDEST = WIDTH // 2
"""How much of a line the names of dialects may take; where they need more, they are numbered."""

_INDENT = "  "


class ComparisonReporter(Reporter):
    """A heading for each file, and two or more lines for each row: place, code and marks, then what is wrong."""

    streams = True
    counts = True

    def __init__(self, write: Write, context: Context) -> None:
        super().__init__(write, context)
        self._repeats = Repeats(context.max_findings, self._write_repeats)
        self._ids = [*context.dialects]
        self._names = [printable(name) for name in context.dialects.values()]
        self._is_numbered = sum(columns(name) + _GAP for name in self._names) > _WIDEST
        self._row: list[Finding] = []
        """The findings of one place and code, each of another dialect, that came last."""

        self._file: str | None = None
        self._headed: str | None = None
        """The file that the heading is of which was written last."""

    def show(self, finding: Finding, file: str, line: str | None) -> None:  # noqa: ARG002
        """Take the finding into the row, or begin another."""
        if self.context.statistics:
            return
        if not (self._row and file == self._file and _is_same(self._row, finding)):
            self._finish_row()
        self._file = file
        self._row.append(finding)

    def finish(self, outcome: Outcome) -> None:
        """Write the last row, the counts, if they are asked for, and the sentences."""
        self._finish_row()
        self._repeats.close()
        if self._headed is not None:
            self.write("\n")
        if self.context.statistics and outcome.total.codes:
            self.write("".join(f"{line}\n" for line in [*self._statistics(outcome), ""]))
        for text in sentences(outcome, self.context, self._repeats.hidden):
            self.write("".join(f"{line}\n" for line in fill(text, WIDTH)))

    def _finish_row(self) -> None:
        if self._row and self._file is not None:
            severities = {finding.dialect: _MARKS[finding.severity] for finding in self._row}
            marks = [severities.get(one, _NONE) for one in self._ids]
            if self._repeats.is_shown(self._row[0], self._file, "".join(marks)):
                self._head(self._file)
                self.write("".join(f"{line}\n" for line in self._lines(self._row, marks)))
        self._row = []

    def _head(self, file: str) -> None:
        """The name of the file and those of the dialects, once for each file."""
        if self._headed == file:
            return
        if self._headed is not None:
            self.write("\n")
        elif self._is_numbered:
            legend = ", ".join(f"{number} {name}" for number, name in enumerate(self._names, 1))
            self.write("".join(f"{line}\n" for line in [*fill(legend, WIDTH), ""]))
        self._headed = file
        name, titles = printable_line(file), self._cells(self._titles)
        if columns(name) + columns(titles) > WIDTH:
            self.write(f"{cut(name)}\n")
            name = ""
        self.write(f"{_padded(name, titles)}\n")

    def _lines(self, row: Sequence[Finding], marks: Sequence[str]) -> Iterator[str]:
        """What a row says; each message once, with the names of its dialects where there are several."""
        first = row[0]
        where = f"{first.span.line}:{first.span.column} " if first.span else ""
        cells = self._cells(marks)
        heading = f"{where}{first.code} {printable(first.pointer)}".rstrip()
        room = WIDTH - columns(cells) - len(_INDENT)
        if columns(heading) > room:
            yield cut(f"{_INDENT}{heading}")
            heading = f"{where}{first.code}"
        yield self._styled(_padded(f"{_INDENT}{heading}", cells), row)
        messages: dict[str, list[str]] = {}
        for finding in row:
            messages.setdefault(printable(finding.message), []).append(self._titles[self._ids.index(finding.dialect)])
        for message, names in messages.items():
            whose = f"{', '.join(names)}: " if len(messages) > 1 else ""
            yield from fill(f"{whose}{message}", WIDTH, _INDENT * 2)

    def _styled(self, line: str, row: Sequence[Finding]) -> str:
        """*line*, in which the code has the colour of the worst mark."""
        style = self.context.style
        if style is None:
            return line
        worst = min((finding.severity for finding in row), key=[*_MARKS].index)
        return line.replace(row[0].code, style(row[0].code, worst), 1)

    @property
    def _titles(self) -> Sequence[str]:
        return [str(number) for number, _ in enumerate(self._names, 1)] if self._is_numbered else self._names

    def _cells(self, texts: Sequence[str]) -> str:
        """The columns of the dialects, each as wide as its title."""
        widths = [columns(title) for title in self._titles]
        padded = (f"{text}{' ' * (width - columns(text))}" for text, width in zip(texts, widths, strict=True))
        return (" " * _GAP).join(["", *padded])

    def _statistics(self, outcome: Outcome) -> Iterator[str]:
        """How often each code was found in each dialect, the most frequent first."""
        if self._is_numbered:
            yield from (f"{number} {name}" for number, name in enumerate(self._names, 1))
        yield _padded("", self._cells(self._titles))
        for code, _ in outcome.total.ranked():
            counts = [str(outcome.parts[dialect].total.codes[code] or _NONE) for dialect in self._ids]
            yield _padded(f"{code} {self.context.describe(code).name}", self._cells(counts))

    def _write_repeats(self, finding: Finding, file: str, count: int) -> None:
        if self._headed == file:
            self.write(f"{cut(f'{_INDENT}{more_like_it(finding, count)}')}\n")


def _is_same(row: Sequence[Finding], finding: Finding) -> bool:
    """Whether another dialect finds the same, with another severity or in other words perhaps."""
    first = row[0]
    return (first.span, first.code, first.pointer) == (finding.span, finding.code, finding.pointer) and all(
        one.dialect != finding.dialect for one in row
    )


def _padded(left: str, cells: str) -> str:
    """*left* and, at the end of the line, the columns of the dialects."""
    return f"{left}{' ' * max(0, WIDTH - columns(left) - columns(cells))}{cells}".rstrip()
