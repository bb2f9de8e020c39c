"""Changes as JSON, or as text of 80 columns: by artifact, the worst first."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from ..finding.printable import printable
from .change_kinds import ChangeLevel
from .change_words import where_in_words
from .contract_change import ContractChange

__all__ = ["change_line", "change_sentence", "changes_as_json", "changes_as_text", "changes_schema", "summary_line"]

_COLUMNS = 80
_INDENT = " " * 14


def changes_as_json(changes: Sequence[ContractChange]) -> str:
    """All that is known of each change, and how many there are of each level; `changes.schema.json` describes it."""
    counts = Counter(change.level for change in changes)
    summary = {str(level): counts[level] for level in ChangeLevel}
    document = {"changes": [change.as_json() for change in changes], "summary": summary}
    return f"{json.dumps(document, indent=2, ensure_ascii=False)}\n"


def changes_schema() -> str:
    """The JSON Schema of what is written as JSON."""
    return Path(__file__).with_name("changes.schema.json").read_text("utf-8")


def changes_as_text(changes: Sequence[ContractChange]) -> Iterator[str]:
    """Lines of at most 80 columns."""
    for artifact, found in groupby(changes, key=lambda change: change.artifact):
        part = [*found]
        yield from _wrapped(f"{artifact}: {summary_line(part)}", "")
        for change in part:
            yield from _wrapped(f"{change.level:10}  {change.at or '(the document)'}  {change.kind}", "  ")
            yield from _wrapped(change_sentence(change), _INDENT)
        yield ""
    yield summary_line(changes) or "no change"


def summary_line(changes: Iterable[ContractChange]) -> str:
    """`2 breaking, 1 risky`: how many there are of each level."""
    counts = Counter(change.level for change in changes)
    return ", ".join(f"{counts[level]} {level}" for level in ChangeLevel if counts[level])


def change_line(change: ContractChange) -> str:
    """`breaking: request /service_tier: "flex" is no longer accepted`."""
    at = f" {change.at}" if change.at else ""
    return f"{change.level}: {change.artifact}{at}: {change_sentence(change)}"


def change_sentence(change: ContractChange) -> str:
    """What changed, and of which members of unions."""
    where = where_in_words(change.where)
    return f"{change.message} (where {where})" if where else change.message


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        printable(text), _COLUMNS, initial_indent=indent, subsequent_indent=_INDENT, break_on_hyphens=False
    )
