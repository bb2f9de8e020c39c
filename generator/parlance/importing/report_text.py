"""A report as text, JSON or Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .normalisations import NORMALISATIONS
from .report import NOTHING, ImportEdit, ImportReport, shortened

__all__ = ["as_json", "as_markdown", "as_text", "schema_text", "summary"]


def summary(report: ImportReport) -> Iterator[str]:
    """A line for each kind of edit, and one for each edit that lets more pass than the document does."""
    for kind, count in report.counts().items():
        yield f"  {count:4} {kind}: {NORMALISATIONS[kind].becomes}"
    for edit in report.sorted(widening=True):
        yield f"{edit.place}: accepts more than the document: {_change(edit)}"


def as_text(report: ImportReport) -> str:
    """A line for each edit."""
    lines = [f"{edit.place}: {edit.kind} #{edit.at.pointer}: {_change(edit)}" for edit in report.sorted()]
    return "".join(f"{line}\n" for line in lines)


def as_json(report: ImportReport, facts: dict[str, Any]) -> str:
    """All facts of every edit, after those of the import; `import-report.schema.json` describes it."""
    document = {**facts, "summary": report.counts(), "edits": [_plain(edit) for edit in report.sorted()]}
    return f"{json.dumps(document, indent=2, ensure_ascii=False)}\n"


def schema_text() -> str:
    """The JSON Schema of a report as JSON."""
    return Path(__file__).with_name("import-report.schema.json").read_text("utf-8")


def as_markdown(report: ImportReport, title: str) -> str:
    """A table of counts, and a table of edits for each kind."""
    edits = report.sorted()
    lines = [f"# {title}", "", "| edits | kind | becomes |", "|---:|---|---|"]
    lines += [f"| {count} | {kind} | {NORMALISATIONS[kind].becomes} |" for kind, count in report.counts().items()]
    for kind in report.counts():
        row = NORMALISATIONS[kind]
        lines += ["", f"## {kind}", "", f"{row.applies}: {row.reason}", "", "| line | at | before | after |"]
        lines += ["|---:|---|---|---|", *(_row(edit) for edit in edits if edit.kind == kind)]
    return "".join(f"{line}\n" for line in lines)


def _plain(edit: ImportEdit) -> dict[str, Any]:
    place = edit.place
    plain: dict[str, Any] = {
        "kind": edit.kind,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "pointer": edit.at.pointer,
        "reason": edit.reason,
        "widens": edit.widens,
    }
    values = {"before": edit.before, "after": edit.after}
    return plain | {key: value for key, value in values.items() if value is not NOTHING}


def _change(edit: ImportEdit) -> str:
    return f"{shortened(edit.before)} → {shortened(edit.after)}. {edit.reason}"


def _row(edit: ImportEdit) -> str:
    cells = [str(edit.place.line), f"#{edit.at.pointer}", shortened(edit.before), shortened(edit.after)]
    return f"| {' | '.join([cells[0], *(_code(cell) for cell in cells[1:])])} |"


def _code(text: str) -> str:
    """A text as code in a table."""
    quoted = text.replace("|", "\\|").replace("\n", " ")
    return f"`` {quoted} ``" if "`" in quoted else f"`{quoted}`"
