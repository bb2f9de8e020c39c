"""An edit of a text of 1 MB in an editor: processor time until the diagnostics are there, beside reading it as JSON."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lsprotocol.converters import get_converter
from lsprotocol.types import PublishDiagnosticsParams, Range, TextDocumentContentChangePartial
from parlance.cli.editor_files import EditorFiles
from parlance.lsp.diagnostics import diagnostic
from parlance.lsp.open_documents import OpenDocument

__all__ = ["EditCost", "edit_costs", "edit_table"]

_MESSAGE = "Is it raining in Oslo, and is it colder than in Bergen? "
_WORD = "raining"
_CONVERTER = get_converter()


class EditCost(NamedTuple):
    """What an edit takes."""

    name: str
    size: int
    """Characters of the text."""

    seconds: float
    ratio: float
    """How many times as long as `json.loads` of the same text in the same run."""


def edit_costs(messages: int, rounds: int) -> list[EditCost]:
    """Measure edits of a request of so many *messages*, and of a batch of about the same size."""
    request = _request(messages)
    indented = json.dumps(request, indent=2)
    lines = "".join(f"{json.dumps(_line(number))}\n" for number in range(messages // 4))
    rows = [
        ("a letter in a text", "request.json", indented, "x", len(_WORD)),
        ("the same, all on one line", "request.json", json.dumps(request), "x", len(_WORD)),
        ("a quotation mark that breaks it", "request.json", indented, '"', len(_WORD)),
        ("a letter in a line of a batch", "batch.jsonl", lines, "x", len(_WORD)),
    ]
    return [_cost(*row, rounds=rounds) for row in rows]


def edit_table(costs: list[EditCost]) -> Iterator[str]:
    """The costs, as a table."""
    yield "An edit in an editor, to its diagnostics, beside json.loads of the text"
    yield ""
    for cost in costs:
        yield f"{cost.name:36}{cost.size:>12,}{cost.seconds * 1000:>9.0f} ms{cost.ratio:>8.1f} x"


def _request(messages: int) -> dict[str, object]:
    talk = [
        {"role": role, "content": f"{_MESSAGE * 3}{number}"}
        for number in range(messages // 2)
        for role in ("user", "assistant")
    ]
    return {"model": "gpt-4o", "messages": talk, "max_tokens": 5}


def _line(number: int) -> dict[str, object]:
    body = {"model": "gpt-4o", "messages": [{"role": "user", "content": _MESSAGE * 12}]}
    return {"custom_id": str(number), "method": "POST", "url": "/v1/chat/completions", "body": body}


def _cost(name: str, file: str, text: str, typed: str, after: int, *, rounds: int) -> EditCost:  # noqa: PLR0913
    files = EditorFiles()
    document = OpenDocument((Path.cwd() / file).as_uri(), 1, "json", text, "utf-16")
    _answer(files, document)  # with all that is loaded once
    place = document.positions.position(text.index(_WORD, len(text) // 2) + after)
    change = TextDocumentContentChangePartial(Range(place, place), typed)
    times: list[float] = []
    ratios: list[float] = []
    for version in range(2, rounds + 2):
        start = time.thread_time()
        for line in text.splitlines() if file.endswith("l") else [text]:
            json.loads(line)
        middle = time.thread_time()
        _answer(files, document.changed([change], version))
        end = time.thread_time()
        times.append(end - middle)
        ratios.append((end - middle) / (middle - start))
    return EditCost(name, len(text), statistics.median(times), statistics.median(ratios))


def _answer(files: EditorFiles, document: OpenDocument) -> None:
    """All that the server does between an edit and its answer."""
    found = [diagnostic(finding, document.positions) for finding in files.findings(document.file) if finding]
    json.dumps(_CONVERTER.unstructure(PublishDiagnosticsParams(document.uri, found, document.version)))
