"""Each stream as it is judged, and without what sees quickly that nothing is found in a chunk."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Any

from parlance.check.dialect import Dialect, generated_dialect
from parlance.check.streams.stream_reading import StreamReading
from parlance.runtime.python.exchange import ExchangeFormat
from parlance.runtime.python.stream import StreamFormat

from .mutants import Case, mutant

__all__ = ["Outcome", "hold", "verdict"]

_SHOWN = 20


@dataclass
class Outcome:
    """What was tried, and what differs."""

    streams: int = 0
    codes: Counter[str] = field(default_factory=Counter[str])
    different: list[str] = field(default_factory=list[str])


def hold(seeds: list[Case], mutants: int, seed: int) -> Outcome:
    """Judge every one of *seeds* and so many mutants of them both ways, all at once and in pieces."""
    outcome, random = Outcome(), Random(f"streams {seed}")  # noqa: S311 no secret
    made = (mutant(random.choice(seeds), random) for _ in range(mutants))
    for number, case in enumerate([*seeds, *made]):
        lint = number % 2 == 0
        quick, slow = generated_dialect(case.dialect), without_gates(case.dialect)
        pieces = _cut(case.text, random) if number % 3 == 0 else [case.text]
        now, expected = verdict(quick, case, pieces, lint=lint), verdict(slow, case, [case.text], lint=lint)
        outcome.streams += 1
        outcome.codes.update(one["code"] for one in now["findings"])
        if now != expected and len(outcome.different) < _SHOWN:
            outcome.different.append(f"{case.dialect} lint={lint} {case.text!r}\n{_difference(now, expected)}")
    return outcome


@cache
def without_gates(name: str) -> Dialect:
    """A dialect whose rules are asked of every chunk, and of every answer."""
    dialect = generated_dialect(name)
    streams = {name: _asking(stream) for name, stream in dialect.streams.items()}
    exchanges = {name: _always(exchange) for name, exchange in dialect.exchanges.items()}
    return dialect.changed(gates={}, warning_gates={}, streams=streams, exchanges=exchanges)


def _asking(stream: StreamFormat) -> StreamFormat:
    facts = (stream.piece, stream.into, stream.request, stream.errors, stream.end, stream.fold, stream.rules)
    return type(stream)(*facts)


def _always(exchange: ExchangeFormat) -> ExchangeFormat:
    sides = (exchange.request, exchange.response, exchange.stream, exchange.errors)
    return type(exchange)(*sides, exchange.method, exchange.path, exchange.rules)


def verdict(dialect: Dialect, case: Case, pieces: Iterable[bytes], *, lint: bool) -> dict[str, Any]:
    """All that there is to see of a stream."""
    reading = StreamReading(dialect, lint=lint, request=case.request)
    found = [finding for piece in pieces for finding in reading.feed(piece)]
    rows: list[dict[str, Any]] = []
    for finding in [*found, *reading.close()]:
        span = finding.span and (finding.span.line, finding.span.column, finding.span.end_line, finding.span.end_column)
        rows.append(
            {
                "code": finding.code,
                "severity": str(finding.severity),
                "at": (finding.chunk, finding.pointer, span),
                "text": (finding.message, finding.help, finding.name),
            }
        )
    return {"findings": rows, "completion": json.dumps(reading.completion)}


def _cut(text: bytes, random: Random) -> list[bytes]:
    cuts = sorted(random.randint(0, len(text)) for _ in range(random.randint(0, 6)))
    return [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]


def _difference(now: dict[str, Any], expected: dict[str, Any]) -> str:
    if now["completion"] != expected["completion"]:
        return f"  comes to {now['completion']}\n  and not  {expected['completion']}"
    more = [one for one in now["findings"] if one not in expected["findings"]]
    less = [one for one in expected["findings"] if one not in now["findings"]]
    return f"  more: {more}\n  less: {less}"
