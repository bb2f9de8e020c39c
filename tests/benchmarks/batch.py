"""A batch file of many lines through whole processes: time, and the most memory that each has had."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import count, islice
from pathlib import Path
from textwrap import wrap
from typing import NamedTuple

from .material import Document, encoded, prose, tools
from .places import DIALECT, environment, schema_of

__all__ = ["Pass", "batch_passes", "batch_table", "growth_of_memory"]

_MODEL = "gpt-4.1-mini-2025-04-14"

_DECODE = """
import sys, orjson
with open(sys.argv[1], "rb") as lines:
    for line in lines:
        orjson.loads(line)
"""
_RUST = """
import sys, orjson, jsonschema_rs
with open(sys.argv[2], "rb") as schema:
    validator = jsonschema_rs.validator_for(orjson.loads(schema.read()))
with open(sys.argv[1], "rb") as lines:
    found = [error.message for line in lines for error in validator.iter_errors(orjson.loads(line))]
sys.exit(bool(found))
"""
_PARLANCE = "from parlance.__main__ import main; main()"
_NO_LINES = "check-jsonschema does not read lines: it gets a tenth of them, as one array, which it holds whole."
_WATCH = """
import os, sys
child = os.posix_spawn(sys.executable, [sys.executable, *sys.argv[1:]], os.environ)
_, status, usage = os.wait4(child, 0)
print("watched", usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""
"""A small process in between: a child is said to have had as much memory as the one that it was forked from."""



class Pass(NamedTuple):
    """One way through a file of so many lines."""

    name: str
    lines: int
    bytes: int
    seconds: float
    """Of the processor: what else the machine does counts little."""

    peak: int
    """Bytes of memory that the process held at most."""


def batch_passes(lines: int) -> list[Pass]:
    """All ways through a file of *lines* lines; ours also through a tenth of it, to compare the memory."""
    with tempfile.TemporaryDirectory() as folder:
        files = {number: Path(folder) / f"{number}.jsonl" for number in (lines, lines // 10)}
        for number, path in files.items():
            with path.open("wb") as file:
                file.writelines(islice(_lines(), number))
        few = lines // 10
        array, listed = Path(folder) / "array.json", Path(folder) / "array.schema.json"
        array.write_bytes(b"[" + b",".join(islice(_lines(), few)) + b"]")
        schema: Document = json.loads(schema_of("batch").read_bytes())
        listed.write_bytes(encoded({"type": "array", "items": {"$ref": schema["$ref"]}, "$defs": schema["$defs"]}))
        named = ("--as", "batch", "--dialect", DIALECT)
        passes = [_pass("orjson.loads alone", lines, files[lines], ("-c", _DECODE, str(files[lines])))]
        for command in ("validate", "lint"):
            for number, path in sorted(files.items()):
                passes.append(_pass(f"parlance {command}", number, path, ("-c", _PARLANCE, command, *named, str(path))))
        rust = ("-c", _RUST, str(files[lines]), str(schema_of("batch")))
        passes.append(_pass("jsonschema-rs, structure only", lines, files[lines], rust))
        peer = ("-m", "check_jsonschema", "--schemafile", str(listed), str(array))
        return [*passes, _pass("check-jsonschema, likewise", few, array, peer)]


def batch_table(passes: Sequence[Pass]) -> Iterator[str]:
    """The time of a line beside that of decoding it, and memory."""
    first = passes[0]
    title = f"A batch file of {first.lines:,} lines, {first.bytes / 1e6:.1f} MB, all valid, by whole processes."
    yield from wrap(f"{title} {_NO_LINES}", 80)
    yield ""
    yield f"{'':32}{'lines':>8}{'processor':>12}{'a line':>12}{'peak memory':>16}"
    for name, lines, _, seconds, peak in passes:
        ratio = f"{seconds / lines / (first.seconds / first.lines):,.1f} x"
        yield f"{name:32}{lines:>8,}{seconds:>10.2f} s{ratio:>12}{peak / 1e6:>13.1f} MB"


def growth_of_memory(passes: Sequence[Pass]) -> float:
    """How much more memory ten times as many lines take, at most."""
    own: dict[str, list[int]] = {}
    for each in passes:
        if each.name.startswith("parlance"):
            own.setdefault(each.name, []).append(each.peak)
    return max(large / small for small, large in own.values())


def _pass(name: str, lines: int, path: Path, arguments: Sequence[str]) -> Pass:
    run = subprocess.run(
        [sys.executable, "-c", _WATCH, *arguments], env=environment(), check=False, capture_output=True, text=True
    )
    *_, printed = run.stdout.splitlines() or [""]
    if run.returncode or not printed.startswith("watched "):
        message = f"{name} over {lines} lines failed: {run.stdout}{run.stderr}"
        raise RuntimeError(message)
    _, seconds, peak = printed.split()
    return Pass(name, lines, path.stat().st_size, float(seconds), int(peak) * 1024)


def _lines() -> Iterator[bytes]:
    """Lines without an end: of bodies by turns, each with an id of its own."""
    bodies = [encoded(_body(number)) for number in range(140)]
    for number in count():
        yield b'{"custom_id":"case-%07d","method":"POST","url":"/v1/chat/completions","body":%b}\n' % (
            number,
            bodies[number % len(bodies)],
        )


def _body(number: int) -> Document:
    body: Document = {
        "model": _MODEL,
        "messages": [
            {"role": "developer", "content": prose(number % 7, 900)},
            {"role": "user", "content": prose(3 * number, 1_000 + 400 * (number % 5))},
        ],
        "temperature": 0.2,
        "max_completion_tokens": 800,
    }
    if number % 4 == 1:
        body["tools"] = tools(2)
    if number % 4 == 3:
        item = {"type": "object", "properties": {"name": {"type": "string"}, "total": {"type": "number"}}}
        closed = {"additionalProperties": False}
        rows = {"type": "array", "items": {**item, "required": ["name", "total"], **closed}}
        schema = {"type": "object", "properties": {"rows": rows}, "required": ["rows"], **closed}
        form = {"name": "rows", "strict": True, "schema": schema}
        body["response_format"] = {"type": "json_schema", "json_schema": form}
    return body
