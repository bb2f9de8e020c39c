"""A file of JSON Lines with an invalid request in every hundred, through whole processes."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path

from .measure import Cost, medians
from .mistakes import invalid_payloads
from .payloads import valid_payloads
from .places import DIALECT, child, parlance_command, request_schema

__all__ = ["line_costs"]

_LONGEST = 12_000
"""Bytes of a line; longer requests are left out."""

_DECODE = """
import sys, orjson
with open(sys.argv[1], "rb") as lines:
    for line in lines:
        orjson.loads(line)
sys.exit(1)
"""
_RUST = """
import sys, orjson, jsonschema_rs
with open(sys.argv[2], "rb") as schema:
    validator = jsonschema_rs.validator_for(orjson.loads(schema.read()))
with open(sys.argv[1], "rb") as lines:
    found = [error.message for line in lines for error in validator.iter_errors(orjson.loads(line))]
sys.exit(bool(found))
"""


def line_costs(lines: int, repeats: int) -> tuple[int, list[Cost]]:
    """The size of the file in bytes, and what each way through it takes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "requests.jsonl"
        path.write_bytes(_requests(lines))
        file = str(path)
        actions = {
            "orjson.loads alone": child("-c", _DECODE, file, exit_code=1),
            "parlance validate": parlance_command(
                "validate", "--as", "request", "--dialect", DIALECT, file, exit_code=1
            ),
            "parlance lint": parlance_command("lint", "--as", "request", "--dialect", DIALECT, file, exit_code=1),
            "jsonschema-rs iter_errors, orjson": child("-c", _RUST, file, str(request_schema()), exit_code=1),
        }
        return path.stat().st_size, medians(dict(actions), repeats)


def _requests(lines: int) -> bytes:
    valid, invalid = (
        itertools.cycle([payload.data for payload in payloads if len(payload.data) <= _LONGEST])
        for payloads in (valid_payloads(), invalid_payloads())
    )
    return b"".join(next(valid if number % 100 else invalid) + b"\n" for number in range(lines))
