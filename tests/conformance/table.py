"""Scores as the page `docs/conformance.md`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from .known import known_failures
from .peers import OURS, READERS, column
from .scores import Score
from .suite import DRAFTS

__all__ = ["PAGE", "own_cells", "page"]

PAGE = Path(__file__).parents[2] / "docs" / "conformance.md"

_GROUPS = {
    "required": "Required",
    "optional": "Optional",
    "format": "Formats, asserted",
}
_START = """\
# Conformance

<!-- Made by `make conformance`. Do not edit. -->

How many tests of the official JSON Schema Test Suite pass: modules that `parlance generate --from-schema` makes,
beside other validators for Python, all in the same run. A schema that a validator refuses to take counts as a failure
of all its tests, and so does a value on which it crashes. The suite is the one that the source distribution of
jsonschema carries; it is downloaded when the tests need it, and is not part of this repository. fastjsonschema
implements draft-07, and reads what is newer as that. Formats are judged in the last group only, where others may need
packages that are not installed here.
"""


def page(scores: Sequence[Score]) -> str:
    """The whole page."""
    return "\n".join([_START, *_totals(scores), *_files(scores), *_known()])


def _totals(scores: Sequence[Score]) -> Iterator[str]:
    yield "## Totals\n"
    yield _row(["draft", "tests", "total", *map(column, READERS)])
    yield _row(["---", "---", *["---:"] * (1 + len(READERS))])
    for draft in DRAFTS:
        for group, title in _GROUPS.items():
            chosen = [score for score in scores if (score.draft, score.group) == (draft, group)]
            total = sum(score.total for score in chosen)
            passed = [sum(score.passed(reader) for score in chosen) for reader in READERS]
            yield _row([DRAFTS[draft].value, title.lower(), f"{total:,}", *(_cell(each, total) for each in passed)])
    yield ""


def _files(scores: Sequence[Score]) -> Iterator[str]:
    for draft in DRAFTS:
        for group, title in _GROUPS.items():
            yield f"## {title}, {DRAFTS[draft].value}\n"
            yield _row(["file", "total", *READERS])
            yield _row(["---", *["---:"] * (1 + len(READERS))])
            for score in scores:
                if (score.draft, score.group) == (draft, group):
                    cells = [_cell(score.passed(reader), score.total) for reader in READERS]
                    yield _row([f"`{score.file}`", str(score.total), *cells])
            yield ""


def _known() -> Iterator[str]:
    yield "## What does not pass, and why\n"
    for failure, reason in known_failures().items():
        yield f"* {DRAFTS[failure.draft].value}, `{failure.file}`: {failure.case}, {failure.test}. {reason}."
    yield ""


def _cell(passed: int, total: int) -> str:
    return f"**{passed:,}**" if passed == total else f"{passed:,}"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def own_cells(text: str) -> list[tuple[str, str, str]]:
    """Of each row about a file: its name, the total and our score."""
    place = 2 + list(READERS).index(OURS)
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| `")]
    return [(row[0].strip("`"), row[1], row[place].strip("*")) for row in rows]
