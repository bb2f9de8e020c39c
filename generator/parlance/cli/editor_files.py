"""Files that are edited, as `parlance lint` would check and fix them: by the settings above each."""

from __future__ import annotations

import io
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import click

from ..check.document_reader import is_compressed
from ..check.file_verdicts import Judged
from ..check.skimming import Skimmer
from ..finding import Finding, Lines, Span, SpecError, TextEdit, as_line, lines_of
from ..lsp.editor_file import EditorFile, FileRole, UnusableSettings
from .checking import Job
from .file_fixer import FileFixer
from .finding_policy import FindingPolicy
from .fix_files import FixRun
from .fix_options import FixOptions
from .fixability import confirmed
from .input_files import UnreadableFile, documents
from .job_factory import Flags, JobFactory
from .judging import judge_file, recognised
from .matching import opcodes
from .report_rows import ReportRow, filtered_rows
from .settings import Settings
from .settings_file import SETTINGS_FILES
from .spec_options import source_of

__all__ = ["EditorFiles"]


class _Project(NamedTuple):
    """What was read of the settings, and what they rested on then."""

    factory: JobFactory
    policy: FindingPolicy
    facts: tuple[object, ...] = ()


class _ReportedDocument(NamedTuple):
    """A document, with its findings as they are reported."""

    judged: Judged
    rows: list[ReportRow]
    spared: set[tuple[str, str]]


class _CheckedFile(NamedTuple):
    """A file that was checked."""

    file: EditorFile
    job: Job
    documents: list[_ReportedDocument]


class EditorFiles:
    """The files of an editor. What was found in each is kept for its fixes, which are tried when they are asked for."""

    def __init__(self) -> None:
        self._projects: dict[Path, _Project] = {}
        self._checked: dict[str, _CheckedFile] = {}

    def role(self, file: EditorFile) -> FileRole | None:
        """As what a file is read; None where it is excluded, or compressed. Raises `UnusableSettings`."""
        with _usable():
            project = self._project(file)
            job = self._job(project, file)
            settings = project.factory.settings(file.path)
        return None if job is None else FileRole(file.name, job.dialect, source_of(settings), job.rows, job.pointers)

    def findings(self, file: EditorFile) -> Iterator[Finding | None]:
        """What is found in a file; None after each document. Raises `UnusableSettings`."""
        with _usable():
            job = self._job(self._project(file), file)
        if job is None:
            return
        checked = _CheckedFile(file, job, [])
        for document in _reported(file, job):
            if document.rows:
                checked.documents.append(document)
            yield from (row.finding for row in document.rows)
            yield None
        self._checked[file.key] = checked

    def fixable(self, file: EditorFile, lines: range) -> list[Finding]:
        """The findings that begin in some *lines* and have a fix that leads to nothing worse."""
        known = self._checked.get(file.key)
        if known is None or known.file != file:
            for _ in self.findings(file):
                pass
            known = self._checked.get(file.key)
        if known is None:
            return []
        found: list[Finding] = []
        for document in known.documents:
            if any(_begins_in(row.finding, lines) for row in document.rows):
                found += _fixable(document, known.job)
        return [finding for finding in found if _begins_in(finding, lines)]

    def fixes(self, file: EditorFile, *, unsafe: bool) -> list[TextEdit]:
        """What `--fix` would change in all of a file, line by line."""
        with _usable():
            job = self._job(self._project(file), file)
        if job is None or job.artifact in job.dialect.exchanges:
            return []
        result = _Memory()
        fixer = FileFixer(FixRun(FixOptions()), FixOptions(enabled=True, unsafe=unsafe), job, result)
        with suppress(UnreadableFile):
            given = documents(io.BytesIO(file.data), job.name, form=job.form)
            reason, _ = recognised(given, job)
            if reason is not None:
                return []
            for _ in fixer.fixed(io.BytesIO(file.data), lambda stream: documents(stream, job.name, form=job.form)):
                pass
        return [*_edits(file, result.text)] if result.is_whole else []

    def forget(self, file: EditorFile) -> None:
        """Drop what is kept of a file that is closed."""
        self._checked.pop(file.key, None)

    def _job(self, project: _Project, file: EditorFile) -> Job | None:
        if is_compressed(file.path) or project.factory.is_excluded(file.path):
            return None
        (job,) = project.factory.jobs([file.path], frozenset(), None, lint=True)
        return project.policy.of(job)._replace(name=file.name, suggestions=None)

    def _project(self, file: EditorFile) -> _Project:
        """The settings of a file, which are read again where a file that they rest on is another than it was."""
        folder = Path(file.path).parent
        project = self._projects.get(folder)
        if project is None or project.facts != _facts(folder, project.factory.settings(file.path)):
            factory = JobFactory(Flags())
            project = _Project(factory, FindingPolicy(factory, lint=True))
            project = project._replace(facts=_facts(folder, factory.settings(file.path)))
            self._projects[folder] = project
        return project


@contextmanager
def _usable() -> Generator[None]:
    """Within, all that is wrong with settings is one error."""
    try:
        yield
    except click.ClickException as error:
        raise UnusableSettings(error.message) from None
    except SpecError as error:
        raise UnusableSettings("\n".join(map(as_line, error.findings))) from None
    except (OSError, UnreadableFile) as error:
        raise UnusableSettings(str(error)) from None


def _facts(folder: Path, settings: Settings) -> tuple[object, ...]:
    """Size and time of every file that may have settings, and of all that these name."""
    above = [parent / name for parent in (folder, *folder.parents) for name in SETTINGS_FILES]
    named = [*settings.overlays, *settings.containers, *([settings.baseline] if settings.baseline else [])]
    return tuple(_file_facts(path) for path in (*above, *named))


def _file_facts(path: Path) -> tuple[int, int] | None:
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_size, facts.st_mtime_ns


def _reported(file: EditorFile, job: Job) -> Iterator[_ReportedDocument]:
    """Each document of a file with what is reported of it; none where the file holds no payload."""
    skimmer = Skimmer()
    with suppress(UnreadableFile):
        given = documents(io.BytesIO(file.data), job.name, None, skimmer, job.form)
        reason, given = recognised(given, job)
        for judged in judge_file(given, job, skimmer) if reason is None else ():
            rows, _, spared = filtered_rows(judged, job)
            yield _ReportedDocument(judged, rows, spared)


def _fixable(document: _ReportedDocument, job: Job) -> Iterator[Finding]:
    rows = confirmed(document.rows, document.judged, job.dialect, document.spared, job.fix_filter)
    return (row.finding for row in rows if row.finding.fix is not None)


def _begins_in(finding: Finding, lines: range) -> bool:
    return finding.span is not None and finding.span.line in lines


class _Memory:
    """A destination that keeps what is put into it."""

    remarks = ()

    def __init__(self) -> None:
        self._data = bytearray()
        self.is_whole = False

    @property
    def text(self) -> str:
        return self._data.decode(errors="replace")

    def put(self, old: bytes, new: bytes) -> None:  # noqa: ARG002 as of other destinations
        self._data += new

    def close(self, *, whole: bool) -> None:
        self.is_whole = whole


def _edits(file: EditorFile, text: str) -> Iterator[TextEdit]:
    """What leads from the text of a file to another, a stretch of lines each."""
    before = file.data.decode().removeprefix("\ufeff")
    old, new = lines_of(before), lines_of(text.removeprefix("\ufeff"))
    starts = Lines(before)
    ends = [(number, 1) for number in range(1, len(old) + 1)]
    ends.append(starts.place(len(before)))
    for tag, first, last, start, end in opcodes(old, new):
        if tag != "equal":
            yield TextEdit(Span(file.path, *ends[first], *ends[last]), "".join(new[start:end]))
