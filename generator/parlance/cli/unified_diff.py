"""Old and new lines to a unified diff, a hunk at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

from .matching import opcodes
from .terminal import quoted_path

__all__ = ["UnifiedDiff"]

_CONTEXT = 3
"""Unchanged lines around a change, as in `diff -u`."""

_NO_END = "\n\\ No newline at end of file\n"


class UnifiedDiff:
    """Takes the lines of a file in order, each with its end."""

    def __init__(self, name: str, write: Callable[[str], object]) -> None:
        self._name = name
        self._write = write
        self._old = self._new = 1
        """The numbers of the next lines."""

        self._context: deque[str] = deque(maxlen=_CONTEXT)
        self._hunk: list[str] = []
        self._start = (1, 1)
        self._kept = 0
        """How many lines stayed since the last change of the hunk."""

        self._begun = False

    def keep(self, line: str) -> None:
        """A line that stays."""
        self._old, self._new = self._old + 1, self._new + 1
        if not self._hunk:
            self._context.append(line)
            return
        self._hunk.append(f" {line}")
        self._kept += 1
        if self._kept > 2 * _CONTEXT:
            self.finish()

    def change(self, old: Sequence[str], new: Sequence[str]) -> None:
        """Lines that others take the place of."""
        if not self._hunk:
            self._start = (self._old - len(self._context), self._new - len(self._context))
            self._hunk = [f" {line}" for line in self._context]
        self._hunk += [*(f"-{line}" for line in old), *(f"+{line}" for line in new)]
        self._old, self._new, self._kept = self._old + len(old), self._new + len(new), 0

    def compare(self, old: Sequence[str], new: Sequence[str]) -> None:
        """Lines of which some stay."""
        for tag, first, last, start, end in opcodes(old, new):
            if tag == "equal":
                for line in old[first:last]:
                    self.keep(line)
            else:
                self.change(old[first:last], new[start:end])

    def finish(self) -> None:
        """Write the hunk that is begun."""
        if not self._hunk:
            return
        after = [self._hunk.pop() for _ in range(self._kept)][::-1]
        if not self._begun:
            name = quoted_path(self._name)
            self._write(f"--- {name}\n+++ {name}\n")
            self._begun = True
        lines = self._hunk + after[:_CONTEXT]
        self._write(f"@@ -{_range(self._start[0], lines, '-')} +{_range(self._start[1], lines, '+')} @@\n")
        self._write("".join(line if line.endswith("\n") else f"{line}{_NO_END}" for line in lines))
        self._context.extend(line[1:] for line in after)
        self._hunk, self._kept = [], 0


def _range(start: int, lines: Sequence[str], sign: str) -> str:
    count = sum(line[0] in (" ", sign) for line in lines)
    return f"{start if count else start - 1},{count}"
