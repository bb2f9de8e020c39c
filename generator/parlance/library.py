"""The library: a payload to a report, against any dialect at any date."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .check.dialect import Dialect, UnknownArtifact, UnknownDialect, generated_dialect
from .check.document import Document
from .check.document_reader import decoded_document, json_document
from .check.engine import Verdict, judge
from .check.faultless import FaultlessReader, clean_test
from .check.selection import Selection, UnknownCode, check_codes, known_codes
from .finding import Report, SpecError

if TYPE_CHECKING:
    from datetime import date

    from .spec import Resolved, Spec

__all__ = [
    "FutureDialectWarning",
    "UnknownArtifact",
    "UnknownCode",
    "UnknownDialect",
    "document_of",
    "find_dialect",
    "lint",
    "note_on_day",
    "resolve_named",
    "validate",
]


_TEXTS = frozenset({bytes, str})


class FutureDialectWarning(UserWarning):
    """The day of a dialect lies after everything that the spec knows."""


def validate(payload: object, artifact: str = "request", dialect: str | None = None) -> Report:
    """The verdict on one payload: bytes or a string of JSON text, or a decoded value.

    `artifact` is what the payload should be (`request`, `response`, `chunk`, …), or `auto` to detect it by its fields.
    `dialect` is an id, an alias or one of them at a date, such as `openai@2025-03-01`; the default one for None.
    """
    chosen = find_dialect(dialect)
    if _is_clean(payload, _clean_test(chosen, artifact, lint=False)):
        return _CLEAN
    return _report(judge(document_of(payload), chosen, artifact))


def lint(
    payload: object,
    artifact: str = "request",
    dialect: str | None = None,
    *,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] = (),
) -> Report:
    """The verdict on one payload with all errors and warnings: what `validate` reports, and what will go wrong later.

    `select` and `ignore` choose among findings by code, by the beginning of one such as `PAR3`, or by name; the more
    exact word counts. Notes are reported where `select` names them, such as by `ALL`.
    """
    words = None if select is None else tuple(select)
    selection, narrowed = _narrowed(find_dialect(dialect), words, tuple(ignore))
    if _is_clean(payload, _clean_test(narrowed, artifact, lint=True)):
        return _CLEAN
    report = _report(judge(document_of(payload), narrowed, artifact, lint=True))
    return replace(report, findings=tuple(kept for one in report.findings if (kept := selection.apply(one))))


@lru_cache(maxsize=16)
def _narrowed(
    dialect: Dialect, select: tuple[str, ...] | None, ignore: tuple[str, ...]
) -> tuple[Selection, Dialect]:
    """A selection, and a dialect without the rules of which it reports nothing."""
    selection = Selection(select=select, ignore=ignore)
    if words := (*(select or ()), *ignore):
        check_codes(words, known_codes({code: rule.name for code, rule in dialect.rules.items()}))
    return selection, dialect.without(selection.unreported_notes(dialect.rules))


_CLEAN = Report(())
_reader = FaultlessReader()
_clean_test = lru_cache(maxsize=64)(clean_test)


def _is_clean(payload: object, test: Callable[[Any], bool] | None) -> bool:
    """Whether nothing is found in a text: most are clean, and need not be more than a value to be seen as that."""
    if test is None or type(payload) not in _TEXTS:
        return False
    try:
        return test(_reader.read(payload if isinstance(payload, bytes) else str(payload).encode()))
    except (ValueError, TypeError, RecursionError):
        return False


def _report(verdict: Verdict) -> Report:
    return Report(verdict.findings, tuple(one.pointer for one in verdict.unjudged))


def document_of(payload: object) -> Document:
    """A payload with its text, if it has one: bytes or a string are JSON text, anything else is a decoded value."""
    if isinstance(payload, bytes | bytearray | str):
        return json_document(payload if isinstance(payload, str) else bytes(payload), "<payload>")
    return decoded_document(payload)


def find_dialect(name: str | None = None) -> Dialect:
    """The dialect of this name; with `@` and a date it is made from the spec, once."""
    if name is None or "@" not in name:
        return generated_dialect(name)
    dialect = _computed(name)
    if dialect.note is not None:
        warnings.warn(dialect.note, FutureDialectWarning, stacklevel=3)
    return dialect


@lru_cache(maxsize=16)
def _computed(name: str) -> Dialect:
    from .compiled import compile_dialect
    from .contract.build import build_contract
    from .layout import spec_folder
    from .spec import load_spec

    spec = load_spec(spec_folder())
    contract = build_contract(resolve_named(spec, name))
    return replace(compile_dialect(contract), note=note_on_day(spec, contract.as_of))


def note_on_day(spec: Spec, day: date) -> str | None:
    """What to know of a day that the spec does not reach; None for one that it does."""
    newest = spec.base.as_of
    if day <= newest:
        return None
    return f"the spec knows nothing after {newest}: {spec.base.id}@{day} is the same as on that day"


def resolve_named(spec: Spec, name: str) -> Resolved:
    """The document of a dialect that a user named: a wrong name is theirs, any other fault the spec's."""
    from .spec import resolve

    try:
        return resolve(spec, name)
    except SpecError as error:
        if any(finding.span for finding in error.findings):
            raise
        raise UnknownDialect("; ".join(filter(None, (error.findings[0].message, error.findings[0].help)))) from None
