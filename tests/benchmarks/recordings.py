"""Recordings of exchanges, beside what reads their files alone in the same process: the time, and the most memory."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from .material import Document, encoded, prose, tools
from .places import environment

__all__ = ["RecordingCosts", "recording_costs", "recording_table"]

_URL = "https://api.openai.com/v1/chat/completions"
_HEADERS = {
    "accept": "application/json",
    "accept-encoding": "gzip, deflate",
    "authorization": "Bearer REDACTED",
    "content-type": "application/json",
    "host": "api.openai.com",
    "openai-organization": "org-x",
    "user-agent": "OpenAI/Python 2.8.0",
    "x-stainless-arch": "x64",
    "x-stainless-lang": "python",
    "x-stainless-os": "Linux",
    "x-stainless-package-version": "2.8.0",
    "x-stainless-retry-count": "0",
    "x-stainless-runtime": "CPython",
    "x-stainless-runtime-version": "3.12.3",
}
_ANSWER_HEADERS = {
    "access-control-expose-headers": "X-Request-ID",
    "cf-cache-status": "DYNAMIC",
    "connection": "keep-alive",
    "content-encoding": "gzip",
    "content-type": "application/json",
    "date": "Mon, 02 Nov 2026 09:00:00 GMT",
    "openai-processing-ms": "812",
    "openai-version": "2020-10-01",
    "server": "cloudflare",
    "strict-transport-security": "max-age=31536000; includeSubDomains; preload",
    "transfer-encoding": "chunked",
    "x-ratelimit-limit-requests": "10000",
    "x-ratelimit-remaining-requests": "9999",
    "x-request-id": "req_0123456789abcdef0123456789abcdef",
}
_TIMINGS = {"blocked": 2.1, "dns": -1, "ssl": -1, "connect": -1, "send": 0.2, "wait": 808.4, "receive": 1.3}
_RUN = """
import json, resource, sys, time
from io import BytesIO
from pathlib import Path
import yaml
from parlance.check.document_reader import read_documents
from parlance.check.dialect import generated_dialect
from parlance.exchanges.file_payloads import judge_detected
from parlance.library import _narrowed
from parlance.payloads.container_rows import containers
_, dialect = _narrowed(generated_dialect(), None, ())
def judged(path, data):
    verdicts = judge_detected(read_documents(BytesIO(data), path), path, dialect, containers, lint=True)
    pairs = [found for each in verdicts for found in each.findings or [None] if each.contents]
    return len(pairs), sum(found is not None for found in pairs)
def base(data):
    json.loads(data) if path.suffix == ".har" else yaml.load(data, Loader=yaml.CSafeLoader)
path = Path(sys.argv[1])
data = path.read_bytes()
warm = Path(sys.argv[2])
judged(warm.name, warm.read_bytes())
own = alone = 0.0
for _ in range(int(sys.argv[3])):
    start = time.process_time()
    pairs, faults = judged(path.name, data)
    own += time.process_time() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
for _ in range(int(sys.argv[3])):
    start = time.process_time()
    base(data)
    alone += time.process_time() - start
print(own / alone, pairs, faults, peak, len(data))
"""


class RecordingCosts(NamedTuple):
    """What it takes to judge one file."""

    name: str
    size: int
    """Bytes of it."""

    pairs: int
    ratio: float
    """How many times as long it takes as reading it as JSON, or as YAML with the parser in C."""

    peak: int
    """Bytes of memory that the process held at most."""


def recording_costs(size: int, small: int, rounds: int) -> list[RecordingCosts]:
    """Measure a HAR of *size* bytes, a cassette of two fifths of that, and one of so many *small* entries."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = {
            "HAR": _written(folder / "a.har", _har(size)),
            "cassette": _written(folder / "a.yaml", _cassette(_pairs(size * 3 // 10), _HEADERS, _ANSWER_HEADERS)),
            f"cassette, {small:,} entries": _written(folder / "b.yaml", _cassette([_SMALL] * small, {}, {})),
        }
        warm = {
            ".har": _written(folder / "w.har", _har(100_000)),
            ".yaml": _written(folder / "w.yaml", _cassette([_SMALL] * 9, {}, {})),
        }
        return [_cost(name, path, warm[path.suffix], rounds) for name, path in files.items()]


def recording_table(costs: list[RecordingCosts]) -> Iterator[str]:
    """The costs, as a table."""
    yield "Recordings of exchanges, all rules, beside reading their JSON or YAML alone"
    yield ""
    yield f"{'':32}{'bytes':>12}{'entries':>10}{'time':>8}{'peak memory':>18}"
    for each in costs:
        peak = f"{each.peak / 1e6:,.0f} MB"
        yield f"{each.name:32}{each.size:>12,}{each.pairs:>10,}{each.ratio:>6.1f} x{peak:>18}"


def _written(path: Path, parts: Iterator[str]) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(parts)
    return path


def _cost(name: str, path: Path, warm: Path, rounds: int) -> RecordingCosts:
    command = [sys.executable, "-c", _RUN, str(path), str(warm), str(rounds)]
    run = subprocess.run(command, env=environment(), check=False, capture_output=True, text=True)
    if run.returncode:
        raise RuntimeError(run.stderr)
    ratio, pairs, faults, peak, size = run.stdout.split()
    if int(faults):
        message = f"{name}: {faults} findings where there is nothing to find"
        raise AssertionError(message)
    return RecordingCosts(name, int(size), int(pairs), float(ratio), int(peak))


def _pairs(size: int) -> Iterator[tuple[str, str]]:
    """Requests as clients write them, and answers as servers do, up to so many bytes of both."""
    written = number = 0
    while written < size:
        request: Document = {
            "messages": [
                {"role": "system", "content": prose(number % 7, 900)},
                {"role": "user", "content": prose(3 * number % 101, 1_000 + 400 * (number % 5))},
            ],
            "model": "gpt-4.1",
            "max_completion_tokens": 800,
            "temperature": 0.2,
        }
        if number % 4 == 1:
            request["tools"] = tools(2)
        pair = encoded(request).decode(), json.dumps(_answer(prose(number % 13, 1_500)), indent=2, ensure_ascii=False)
        written += len(pair[0]) + len(pair[1])
        number += 1
        yield pair


def _answer(content: str) -> Document:
    message: Document = {"role": "assistant", "content": content, "refusal": None, "annotations": []}
    return {
        "id": "chatcmpl-BlB7abcdefghijklmnop",
        "object": "chat.completion",
        "created": 1785931200,
        "model": "gpt-4.1-2025-04-14",
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 14, "completion_tokens": 7, "total_tokens": 21},
        "service_tier": "default",
        "system_fingerprint": "fp_a1b2c3d4e5",
    }


_SMALL = (
    '{"messages":[{"role":"user","content":"Hi"}],"model":"gpt-4.1"}',
    json.dumps(_answer("Hello."), separators=(",", ":")),
)


def _har(size: int) -> Iterator[str]:
    """As browsers and proxies write it, with the headers of both sides."""
    creator = '{\n      "name": "proxy",\n      "version": "1"\n    }'
    yield f'{{\n  "log": {{\n    "version": "1.2",\n    "creator": {creator},\n    "entries": ['
    written, separator = 0, "\n"
    for request, answer in _pairs(size):
        if written > size:
            break
        entry = json.dumps(_entry(request, answer), indent=2, ensure_ascii=False).replace("\n", "\n      ")
        written += len(entry)
        yield f"{separator}      {entry}"
        separator = ",\n"
    yield "\n    ]\n  }\n}"


def _entry(request: str, answer: str) -> Document:
    sent = {
        "method": "POST",
        "url": _URL,
        "httpVersion": "HTTP/1.1",
        "headers": _listed(_HEADERS),
        "queryString": [],
        "cookies": [],
        "headersSize": 812,
        "bodySize": len(request),
        "postData": {"mimeType": "application/json", "text": request},
    }
    received = {
        "status": 200,
        "statusText": "OK",
        "httpVersion": "HTTP/1.1",
        "headers": _listed(_ANSWER_HEADERS),
        "cookies": [],
        "content": {"size": len(answer), "mimeType": "application/json", "text": answer},
        "redirectURL": "",
        "headersSize": 900,
        "bodySize": len(answer),
    }
    start = {"startedDateTime": "2026-11-02T09:00:00Z", "time": 812}
    return {**start, "request": sent, "response": received, "cache": {}, "timings": _TIMINGS}


def _listed(headers: dict[str, str]) -> list[Document]:
    return [{"name": name, "value": value} for name, value in headers.items()]


def _cassette(
    pairs: Iterable[tuple[str, str]], sent_headers: dict[str, str], received_headers: dict[str, str]
) -> Iterator[str]:
    """As vcrpy writes it."""
    yield "interactions:\n"
    headers = [{name: [value] for name, value in each.items()} for each in (sent_headers, received_headers)]
    written: dict[tuple[str, str], str] = {}
    for pair in pairs:
        if pair not in written:
            sent = {"body": pair[0], "headers": headers[0], "method": "POST", "uri": _URL}
            status = {"code": 200, "message": "OK"}
            received = {"body": {"string": pair[1]}, "headers": headers[1], "status": status}
            written[pair] = str(yaml.dump([{"request": sent, "response": received}], Dumper=yaml.CDumper))
        yield written[pair]
    yield "version: 1\n"
