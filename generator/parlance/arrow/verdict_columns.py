"""A column of payloads to a column of verdicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ..check.encoding import without_surrogates
from .pyarrow_modules import pa
from .row_judge import RowJudge
from .row_payloads import Payload, map_column, weighted_payloads

if TYPE_CHECKING:
    from ..finding import Finding
    from ..library import DialectName

__all__ = ["MOST_FINDINGS", "VERDICT", "check_limit", "codes", "counts", "valid", "verdicts"]

MOST_FINDINGS = 20
"""Of one row: who breaks more rules has another problem than the twenty-first."""

_FINDING: Any = pa.struct([(name, pa.string()) for name in ("code", "severity", "pointer", "message")])
VERDICT: Any = pa.struct([("ok", pa.bool_()), ("findings", pa.list_(_FINDING))])
"""What `verdicts` says of a row."""

_CODES: Any = pa.list_(pa.string())
_COUNTS: Any = pa.schema([("code", pa.string()), ("severity", pa.string()), ("documents", pa.int64())])


def verdicts(
    column: Any,
    *,
    dialect: DialectName = None,
    artifact: str = "request",
    lint: bool = False,
    max_findings: int = MOST_FINDINGS,
) -> Any:
    """For each row whether it has no error, and what was found: a `StructArray` of `VERDICT`; null for null.

    *column* holds JSON text, as strings or bytes of any width, or structs, which are decoded payloads. Of a chunked
    column the result is chunked, too. Of a row not more than *max_findings* are listed; with *lint* warnings are, too.
    """
    check_limit(max_findings)
    judge = RowJudge(dialect, artifact, lint=lint)
    return map_column(column, lambda rows: _verdict_array(rows, judge, max_findings), VERDICT)


def valid(column: Any, *, dialect: DialectName = None, artifact: str = "request") -> Any:
    """For each row whether it has no error: a `BooleanArray`, chunked where the column is; null for null."""
    judge = RowJudge(dialect, artifact, lint=False)

    def make(rows: Iterator[Payload]) -> Any:
        return pa.array([None if row is None else _is_ok(judge.findings(row)) for row in rows], pa.bool_())

    return map_column(column, make, pa.bool_())


def codes(column: Any, *, dialect: DialectName = None, artifact: str = "request", lint: bool = False) -> Any:
    """For each row the codes of what was found in it, each once: a `ListArray` of strings; null for null."""
    judge = RowJudge(dialect, artifact, lint=lint)

    def make(rows: Iterator[Payload]) -> Any:
        found = [None if row is None else [*dict.fromkeys(one.code for one in judge.findings(row))] for row in rows]
        return pa.array(found, _CODES)

    return map_column(column, make, _CODES)


def counts(column: Any, *, dialect: DialectName = None, artifact: str = "request", lint: bool = False) -> Any:
    """How many rows have a finding of each code: a table of `code`, `severity` and `documents`, the most first."""
    judge = RowJudge(dialect, artifact, lint=lint)
    found: Counter[tuple[str, str]] = Counter()
    for payload, rows in weighted_payloads(column):
        for kind in {(one.code, str(one.severity)) for one in judge.findings(payload)} if payload is not None else ():
            found[kind] += rows
    listed = sorted(found.items(), key=lambda row: (-row[1], row[0]))
    return pa.Table.from_pylist(
        [{"code": code, "severity": severity, "documents": rows} for (code, severity), rows in listed], _COUNTS
    )


def check_limit(max_findings: int) -> None:
    """Refuse what is no number of findings."""
    if max_findings < 0:
        message = f"max_findings must be at least 0, is {max_findings}"
        raise ValueError(message)


def _verdict_array(rows: Iterable[Payload], judge: RowJudge, most: int) -> Any:
    """Lists are made of what was found alone: a clean row adds an offset."""
    is_ok: list[bool | None] = []
    offsets = [0]
    listed: list[Finding] = []
    for row in rows:
        found = () if row is None else judge.findings(row)
        is_ok.append(None if row is None else _is_ok(found))
        listed += found[:most]
        offsets.append(len(listed))
    ok = pa.array(is_ok, pa.bool_())
    missing = ok.is_null() if ok.null_count else None
    findings = pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), _finding_array(listed), mask=missing)
    return pa.StructArray.from_arrays([ok, findings.cast(VERDICT[1].type)], fields=list(VERDICT), mask=missing)


def _is_ok(found: tuple[Finding, ...]) -> bool:
    """Whether there is no error; warnings do not count."""
    return all(one.severity != "error" for one in found)


def _finding_array(findings: list[Finding]) -> Any:
    columns = [
        pa.array([one.code for one in findings], pa.string()),
        pa.array([str(one.severity) for one in findings], pa.string()),
        pa.array([without_surrogates(one.pointer) for one in findings], pa.string()),
        pa.array([without_surrogates(one.message) for one in findings], pa.string()),
    ]
    if any(isinstance(column, pa.ChunkedArray) for column in columns):
        message = "the findings of one array take more than 2 GiB: pass the column in chunks, or lower max_findings"
        raise ValueError(message)
    return pa.StructArray.from_arrays(columns, fields=list(_FINDING))
