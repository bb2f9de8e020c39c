"""The library: a payload to a report, against any dialect at any date."""

from __future__ import annotations

import os
import warnings
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache, partial
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, TypeAlias

from .check.dialect import (
    Dialect,
    UnknownArtifact,
    UnknownDialect,
    dialect_of,
    generated_dialect,
    generated_package,
)
from .check.document import Document
from .check.document_reader import decoded_document, json_document, read_documents
from .check.engine import judge
from .check.faultless import CleanTest, FaultlessReader, clean_test
from .check.selection import Selection, UnknownCode, check_codes, known_codes
from .check.streams.stream_fold import StreamFold
from .check.streams.stream_reading import StreamReading
from .check.text_source import Unreadable
from .finding import Report, Span
from .runtime.python.fold_table import FoldTable
from .server_events.server_event_reader import LARGEST_EVENT
from .spec_source import SpecSource

if TYPE_CHECKING:
    from .payloads.container_rows import Rows

__all__ = [
    "FutureDialectWarning",
    "Payload",
    "StreamValidator",
    "UnknownArtifact",
    "UnknownCode",
    "UnknownDialect",
    "document_of",
    "find_dialect",
    "find_payloads",
    "fold",
    "lint",
    "lint_file",
    "validate",
]

PathName: TypeAlias = str | os.PathLike[str]
DialectName: TypeAlias = str | os.PathLike[str] | None
"""An id or an alias, with or without a date; the path of an overlay; None for the default."""


_TEXTS = frozenset({bytes, str})


class FutureDialectWarning(UserWarning):
    """The day of a dialect lies after everything that the spec knows."""


def validate(
    payload: object,
    artifact: str = "request",
    dialect: DialectName = None,
    *,
    overlays: Iterable[PathName] = (),
    spec: PathName | None = None,
) -> Report:
    """The verdict on one payload: bytes or a string of JSON text, or a decoded value.

    `artifact` is what the payload should be (`request`, `response`, `chunk`, …), or `auto` to detect it by its fields.
    `dialect` is an id, an alias or one of them at a date, such as `openai@2025-03-01`, or the path of an overlay, as a
    `Path`; for None it is the only one of *overlays*, else the default. *spec* is the folder of another spec than the
    one that comes with the tool. A file that was edited is read anew.
    """
    test = None
    if (dialect is None or isinstance(dialect, str)) and overlays == () and spec is None:
        test = _test_of_name(generated_package(), dialect, artifact)  # found at once: most payloads are small
    if test is not None and _is_clean(payload, test):
        return _CLEAN
    chosen = find_dialect(dialect, overlays=overlays, spec=spec)
    if test is None and _is_clean(payload, _clean_test(chosen, artifact, lint=False)):
        return _CLEAN
    return _judged(payload, chosen, artifact)


def lint(  # noqa: PLR0913 what users choose by name
    payload: object,
    artifact: str = "request",
    dialect: DialectName = None,
    *,
    overlays: Iterable[PathName] = (),
    spec: PathName | None = None,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] = (),
) -> Report:
    """The verdict on one payload with all errors and warnings: what `validate` reports, and what will go wrong later.

    `select` and `ignore` choose among findings by code, by the beginning of one such as `PAR3`, or by name; the more
    exact word counts. Notes are reported where `select` names them, such as by `ALL`.
    """
    words = None if select is None else tuple(select)
    chosen = find_dialect(dialect, overlays=overlays, spec=spec)
    selection, narrowed = _narrowed(chosen, words, tuple(ignore))
    if _is_clean(payload, _clean_test(narrowed, artifact, lint=True)):
        return _CLEAN
    report = _judged(payload, narrowed, artifact, lint=True)
    return replace(report, findings=tuple(kept for one in report.findings if (kept := selection.apply(one))))


class Payload(NamedTuple):
    """A payload that was found in a file."""

    value: object
    """Decoded; of a stream the list of its chunks."""

    artifact: str
    """What it is: the name of an artifact or a stream, or `messages` and the like for a field of one."""

    pointer: str
    """Where it lies in its document, through texts that hold JSON."""

    span: Span | None
    """Where it is written; None where there is no text."""

    container: str = ""
    """What it lies in, such as `HAR`; empty for a document that is a payload itself."""


def find_payloads(
    source: PathName | bytes,
    dialect: DialectName = None,
    *,
    overlays: Iterable[PathName] = (),
    spec: PathName | None = None,
    containers: Iterable[PathName] = (),
) -> Iterator[Payload]:
    """The payloads in a file, or in the *bytes* of one: as they are, or wherever its kind of container has them.

    Of an exchange the request comes first, then its answer. What is no payload is passed over. *containers* are files
    with rows that say where payloads lie; overlays may have some, too. Raises `OSError`.
    """
    from .exchanges.found_payloads import payloads_of

    overlays = tuple(overlays)
    chosen = find_dialect(dialect, overlays=overlays, spec=spec)
    rows = _rows(containers, _spec_source(dialect, overlays, spec))
    with _opened(source) as (stream, name):
        yield from (Payload(*found) for found in payloads_of(read_documents(stream, name), chosen, rows()))


def lint_file(
    path: PathName,
    dialect: DialectName = None,
    *,
    overlays: Iterable[PathName] = (),
    spec: PathName | None = None,
    containers: Iterable[PathName] = (),
) -> Report:
    """The verdict on all payloads in a file, as `parlance lint` has it: errors and warnings, each with its place.

    *containers* are files with rows that say where payloads lie; overlays may have some, too. Raises `OSError`, or
    `ValueError` for a file that is too large or cannot be unpacked.
    """
    from .check.suppression_comments import is_suppressed
    from .exchanges.file_payloads import judge_detected

    overlays = tuple(overlays)
    selection, narrowed = _narrowed(find_dialect(dialect, overlays=overlays, spec=spec), None, ())
    rows = _rows(containers, _spec_source(dialect, overlays, spec))
    with _opened(path) as (stream, name):
        try:
            judged = judge_detected(read_documents(stream, name), name, narrowed, rows, lint=True)
            findings = [found for one in judged for found in one.findings if not is_suppressed(found, one.document)]
        except Unreadable as error:
            message = f"{name}: {error}"
            raise ValueError(message) from None
    return Report(tuple(kept for one in findings if (kept := selection.apply(one))))


def _rows(files: Iterable[PathName], source: SpecSource) -> Rows:
    """Gives the rows of *files*, and those that come with a dialect."""
    from .payloads.container_rows import containers

    return partial(containers, *map(Path, files), overlays=source.overlays, folder=source.folder)


@contextmanager
def _opened(source: PathName | bytes) -> Generator[tuple[BinaryIO, str]]:
    """A file with its name, or bytes as one without a telling name."""
    if isinstance(source, bytes):
        yield BytesIO(source), "<payload>"
        return
    with Path(source).open("rb") as stream:
        yield stream, os.fspath(source)


class StreamValidator(StreamReading):
    """The verdict on a streamed answer while it arrives, in bytes that may be cut anywhere.

    `feed` and `close` return findings with the chunk that causes them; `completion` is what the chunks came to so far.
    """

    def __init__(  # noqa: PLR0913 what users choose by name
        self,
        dialect: DialectName = None,
        request: object = None,
        *,
        lint: bool = False,
        overlays: Iterable[PathName] = (),
        spec: PathName | None = None,
        largest_event: int = LARGEST_EVENT,
    ) -> None:
        """*request* is what the stream answers, decoded, if that is known; with *lint* there are warnings, too.

        An event of more than *largest_event* bytes is a finding, and is not kept.
        """
        chosen = find_dialect(dialect, overlays=overlays, spec=spec)
        super().__init__(chosen, lint=lint, request=request, largest=largest_event)


def fold(
    chunks: Iterable[object],
    dialect: DialectName = None,
    *,
    overlays: Iterable[PathName] = (),
    spec: PathName | None = None,
) -> dict[str, Any]:
    """The whole answer that decoded *chunks* of a stream come to, also where a server numbers or repeats them oddly."""
    chosen = find_dialect(dialect, overlays=overlays, spec=spec)
    whole = StreamFold(FoldTable(chosen.stream().fold))
    for number, chunk in enumerate(chunks):
        whole.add(decoded_document(chunk).value, number)
    return whole.whole()


@lru_cache(maxsize=16)
def _narrowed(dialect: Dialect, select: tuple[str, ...] | None, ignore: tuple[str, ...]) -> tuple[Selection, Dialect]:
    """A selection, and a dialect without the rules of which it reports nothing."""
    selection = Selection(select=select, ignore=ignore)
    if words := (*(select or ()), *ignore):
        check_codes(words, known_codes({code: rule.name for code, rule in dialect.rules.items()}))
    return selection, dialect.without(selection.unreported_notes(dialect.rules))


_CLEAN = Report(())
_reader = FaultlessReader()
_clean_test = lru_cache(maxsize=64)(clean_test)


@lru_cache(maxsize=64)
def _test_of_name(package: ModuleType, name: str | None, artifact: str) -> CleanTest | None:
    """The test of a dialect that was generated; None where it has to be found, or made."""
    return clean_test(dialect_of(package, name), artifact, lint=False) if name is None or "@" not in name else None


def _is_clean(payload: object, test: CleanTest | None) -> bool:
    """Whether nothing is found in a text: most are clean, and need not be more than a value to be seen as that."""
    if test is None or type(payload) not in _TEXTS:
        return False
    try:
        return test(_reader.read(payload if isinstance(payload, bytes) else str(payload).encode()))
    except (ValueError, TypeError, RecursionError):
        return False


def _judged(payload: object, dialect: Dialect, artifact: str, *, lint: bool = False) -> Report:
    document = document_of(payload)
    if artifact in dialect.exchanges:
        from .exchanges.exchange_verdicts import judge_decoded  # with what compiles schemas

        return Report(judge_decoded(document, dialect, artifact, lint=lint))
    verdict = judge(document, dialect, artifact, lint=lint)
    return Report(verdict.findings, tuple(one.pointer for one in verdict.unjudged))


def document_of(payload: object) -> Document:
    """A payload with its text, if it has one: bytes or a string are JSON text, anything else is a decoded value."""
    if isinstance(payload, bytes | bytearray | str):
        return json_document(payload if isinstance(payload, str) else bytes(payload), "<payload>")
    return decoded_document(payload)


def find_dialect(
    name: DialectName = None, *, overlays: Iterable[PathName] = (), spec: PathName | None = None
) -> Dialect:
    """The dialect of this name, or of an overlay. What is in no package is made once for each state of its files."""
    source = _spec_source(name, overlays, spec)
    if isinstance(name, str | None) and source == SpecSource() and (name is None or "@" not in name):
        return generated_dialect(name)
    from .on_demand import DialectMaker

    maker = DialectMaker(source)
    dialect = maker.dialect(name) if isinstance(name, str | None) else maker.of_overlay(Path(name))
    if dialect.note is not None:
        warnings.warn(dialect.note, FutureDialectWarning, stacklevel=3)
    return dialect


def _spec_source(name: DialectName, overlays: Iterable[PathName], spec: PathName | None) -> SpecSource:
    """What a dialect is made from: an overlay that is named as the dialect is one of the *overlays*."""
    own = [name] if isinstance(name, os.PathLike) else []
    return SpecSource(None if spec is None else Path(spec), tuple(Path(path) for path in (*overlays, *own)))
