"""Recorded event streams: one finding that says what they are, and nothing of what only begins like one."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from command import parlance
from jsonschema import Draft202012Validator
from parlance.check.document import Document
from parlance.check.document_reader import read_documents

CHUNK = json.loads((Path(__file__).parent.parent / "spec" / "examples" / "chunk-content.json").read_text("utf-8"))
LINT = [sys.executable, "-m", "parlance", "lint"]
EVENT = f"data: {json.dumps(CHUNK)}\n\n"
DONE = "data: [DONE]\n\n"
HEAD = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nx-request-id: req_1\r\n\r\n"
PROXY = "HTTP/1.1 200 Connection established\r\n\r\nHTTP/2 200 \r\ncontent-type: text/event-stream\r\n\r\n"

STREAMS = {
    "as sent": (EVENT * 2 + DONE, 1),
    "with the line breaks of Windows": ((EVENT + DONE).replace("\n", "\r\n"), 1),
    "a comment first": (": OPENROUTER PROCESSING\n\n" + EVENT + DONE, 1),
    "keep-alives": (": ping\n\n" * 30 + EVENT * 2, 1),
    "all fields": ("event: message\nid: 1\nretry: 3000\n" + EVENT + DONE, 1),
    "numbered": ("id: 1\n" + EVENT + "id: 2\n" + EVENT, 1),
    "without spaces": ((EVENT + DONE).replace("data: ", "data:"), 1),
    "a byte order mark": ("\ufeff" + EVENT + DONE, 1),
    "cut off": (EVENT + EVENT[:60], 1),
    "blank lines first": ("\n\n" + EVENT + DONE, 3),
    "with headers": (HEAD + EVENT + DONE, 5),
    "with the headers of a proxy": (PROXY + EVENT + DONE, 6),
}


def read(text: str | bytes, name: str) -> list[Document]:
    return list(read_documents(io.BytesIO(text.encode() if isinstance(text, str) else text), name))


def codes(documents: list[Document]) -> list[list[str]]:
    return [[fault.code for fault in document.faults] for document in documents]


@pytest.mark.parametrize("name", ["x.json", "x.jsonl", "x.ndjson", "x.yaml", "x.txt", "<stdin>"])
@pytest.mark.parametrize("case", STREAMS)
def test_an_event_stream_is_one_finding_wherever_it_is_recorded(case: str, name: str) -> None:
    text, line = STREAMS[case]
    (document,) = read(text, name)
    (finding,) = document.text_findings()
    assert (finding.code, finding.name, document.complete) == ("PAR012", "event-stream", False)
    assert finding.span
    assert (finding.span.line, finding.span.column) == (line, 1)
    assert document.size == len(text.encode())


@pytest.mark.parametrize("name", ["x.json", "x.jsonl", "x.txt"])
def test_bytes_that_are_not_plain_are_no_second_finding(name: str) -> None:
    stream = (EVENT * 2).encode()
    assert codes(read(stream + EVENT.encode()[:-3] + b"\xe2\x82", name)) == [["PAR012"]]
    assert codes(read((EVENT * 2).encode("utf-16"), name)) == [["PAR012"]]


OTHERS: list[tuple[str, str, list[list[str]]]] = [
    ("x.json", '{"data": {"a": 1}}', [[]]),
    ("x.json", '"data: {}"', [[]]),
    ("x.json", "data: hello\n", [["PAR001"]]),
    ("x.json", "data:\n  id: 1\n", [["PAR001"]]),
    ("x.json", 'dataset: {"a": 1}\n', [["PAR001"]]),
    ("x.json", "id: 5\nname: x\n", [["PAR001"]]),
    ("x.json", ': "a"', [["PAR001"]]),
    ("x.json", 'HTTP/1.1 200 OK\ncontent-type: application/json\n\n{"id": 1}\n', [["PAR001"]]),
    ("x.json", '{"a": 1}\n' + EVENT, [["PAR001"]]),
    ("x.jsonl", "id: 5\nname: x\n", [["PAR001"], ["PAR001"]]),
    ("x.jsonl", '"data: {}"\n{"data": {}}\n', [[], []]),
    ("x.yaml", 'data: {"id": 1}\n', [[]]),
    ("x.yaml", EVENT, [[]]),
    ("x.yaml", 'event: a\ndata: {"x": 1}\n', [[]]),
    ("x.yaml", 'data: {"id": 1}\nmodel: x\n', [[]]),
    ("x.yaml", 'data: {"id": 1}\nmodel: x\nmodel: y\n', [["PAR004"]]),
    ("x.yaml", "data: [DONE]\n", [[]]),
    ("x.yaml", "data: hello\n", [[]]),
    ("x.yaml", "- data: {}\n", [[]]),
]


@pytest.mark.parametrize(("name", "text", "expected"), OTHERS)
def test_what_only_looks_like_one_is_read_as_what_it_is(name: str, text: str, expected: list[list[str]]) -> None:
    assert codes(read(text, name)) == expected


@pytest.mark.parametrize("name", ["a.sse", "a.json", "a.jsonl", "a.yaml"])
@pytest.mark.parametrize("before", ["", HEAD, ": hello\n\n"])
def test_in_a_folder_it_is_checked_by_how_it_begins(name: str, before: str, tmp_path: Path) -> None:
    choice = {"index": 0, "delta": {"role": "assistant", "content": "Noon."}, "finish_reason": None}
    chunk = {"id": "a", "object": "chat.completion.chunk", "created": 1, "model": "gpt-4.1", "choices": [choice]}
    (tmp_path / name).write_text(f"{before}data: {json.dumps(chunk)}\n\n{DONE}")
    command = [*LINT, ".", "--output-format", "json"]
    report = json.loads(subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).stdout)
    assert (report["summary"]["artifacts"], report["skipped"]) == ({"chunk": 1}, [])


FOREIGN = 'data: {"kind": "tick"}\n\n'


def test_in_a_folder_another_stream_is_skipped_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(FOREIGN)
    (tmp_path / "b.json").write_text(HEAD + FOREIGN)
    (tmp_path / "c.json").write_text('{"name": "site"}')
    (tmp_path / "d.json").write_text('{"model": "gpt-4.1", "messages": [{"role": "user", "content": "Hi"}]}')
    report = json.loads(parlance("validate", ".", "--output-format", "json", cwd=tmp_path).stdout)
    schema = json.loads(files("parlance.check.reports").joinpath("report.schema.json").read_text("utf-8"))
    validator: Any = Draft202012Validator(schema)
    assert validator.is_valid(report)
    reasons = {one["file"]: one["reason"] for one in report["skipped"]}
    assert reasons == {"a.jsonl": "an event stream", "b.json": "an event stream", "c.json": "not a payload"}
    assert skipped(tmp_path) == "3 files skipped: 2 event streams, 1 not a payload"
    (tmp_path / "c.json").unlink()
    assert skipped(tmp_path) == "2 files skipped: event streams"
    (tmp_path / "b.json").unlink()
    assert skipped(tmp_path) == "1 file skipped: an event stream"


def skipped(folder: Path) -> str:
    return " ".join(parlance("validate", ".", cwd=folder).stdout.split()).rpartition("; ")[2]


def test_standard_input_is_reported_and_its_events_are_checked_as_the_help_says(tmp_path: Path) -> None:
    stream = (HEAD + EVENT * 2 + DONE).encode()
    done = subprocess.run([*LINT, "-", "--as", "chunk"], cwd=tmp_path, input=stream, capture_output=True, check=False)
    assert (done.returncode, done.stdout.count(b"PAR012")) == (1, 1)
    assert b"--as stream" in done.stdout
    done = subprocess.run([*LINT, "-", "--as", "stream"], cwd=tmp_path, input=stream, capture_output=True, check=False)
    assert b"PAR719" in done.stdout  # the example is a chunk from the middle of a stream
    lines = [line.removeprefix("data: ") for line in (EVENT * 2).splitlines() if line]
    (tmp_path / "events.jsonl").write_text("\n".join(lines))
    done = subprocess.run([*LINT, "events.jsonl"], cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, b"2 chunk" in done.stdout) == (0, True)
