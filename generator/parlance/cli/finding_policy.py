"""Which findings of each file are reported: what is selected, and what no baseline accepts."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..check.dialect import Dialect, every_rule
from ..check.reports import RunMessage
from ..check.selection import Selection, UnknownCode, Withheld, check_codes, known_codes
from ..finding import Severity
from .checking import Job
from .gitignore import matches
from .job_factory import JobFactory
from .run import Run
from .settings import Settings
from .terminal import say

if TYPE_CHECKING:  # most runs have no baseline
    from ..check.baseline import Baseline
    from ..finding import Finding
    from .report_rows import Filter

__all__ = ["FindingPolicy"]

_WORDS = ("select", "extend-select", "ignore")


class FindingPolicy:
    """Decides by each file's settings, which are read and checked once."""

    def __init__(self, factory: JobFactory, *, lint: bool, update: bool = False, prune: bool = False) -> None:
        self._factory = factory
        self._lint = lint
        self._update = update
        self._prune = prune
        self._checked: set[int] = set()
        self._baselines: dict[Path, Baseline] = {}
        self._added: dict[Path, list[tuple[Finding, str, str | None]]] = {}
        """What is not reported because it goes into a baseline: finding, file and line."""

        self._selections: dict[tuple[int, tuple[str, ...]], Selection] = {}
        self._narrowed: dict[tuple[Dialect, frozenset[str]], Dialect] = {}
        """Dialects without the rules of which nothing would be reported."""

        self._check(factory.of_run)
        if (update or prune) and factory.of_run.baseline is None:
            message = f"--baseline-{'update' if update else 'prune'} needs a file: name it with --baseline"
            raise click.UsageError(message)

    def of(self, job: Job) -> Job:
        """*job*, and those of the other dialects, with what decides about its findings."""
        settings = self._factory.settings(job.path)
        self._check(settings)
        never = tuple(self._per_file_ignores(settings, job.name))
        key = (id(settings), never)
        if key not in self._selections:
            self._selections[key] = Selection(
                select=settings.select,
                extend_select=settings.extend_select,
                ignore=settings.ignore,
                never=never,
                severities=settings.severities,
                advice=settings.advice,
            )
        selection, baseline = self._selections[key], self._baseline(settings)

        def fix_filter() -> Filter:
            listed = baseline and baseline.afresh()
            return _filter(selection, listed, job.name)

        added = self._added.setdefault(baseline.path, []) if baseline and self._update else None
        return job._replace(
            # What a baseline accepts is found whether it is reported or not.
            dialect=self._with_reported(job.dialect, selection) if baseline is None and job.lint else job.dialect,
            filter=_filter(selection, baseline, job.name, added),
            fix_filter=fix_filter,
            others=tuple(map(self.of, job.others)),
        )

    def _with_reported(self, dialect: Dialect, selection: Selection) -> Dialect:
        """*dialect* without the notes that are not reported, of which nothing is counted either."""
        key = (dialect, selection.unreported_notes(dialect.rules))
        if key not in self._narrowed:
            self._narrowed[key] = dialect.without(key[1])
        return self._narrowed[key]

    @property
    def baselines(self) -> tuple[str, ...]:
        """The names of the baselines that are in use."""
        return tuple(path.name for path in self._baselines)

    def finish(self, run: Run) -> None:
        """Write the baselines that are updated or pruned; what cannot be written into one is reported."""
        if not self._update and not self._prune:
            return
        for path, baseline in self._baselines.items():
            for file in run.outcome.files:
                baseline.opened(file)
            try:
                self._write(path, baseline)
            except (click.ClickException, OSError) as error:
                from dataclasses import replace

                for finding, file, line in self._added.get(path, ()):
                    run.found_after_all(Withheld.KNOWN, replace(finding, fix=None), file, line)
                message = error.message if isinstance(error, click.ClickException) else _unwritten(path, error)
                run.complain(RunMessage(_shown(path), message))

    def _write(self, path: Path, baseline: Baseline) -> None:
        from ..emit.swap import alone  # with ctypes, to write a baseline only
        from .output_file import OutputFile

        with alone(path.parent) if path.parent.is_dir() else nullcontext():
            baseline.rest_on(self._read(path, may_be_missing=True))
            pruned = baseline.prune(self._is_looked_for) if self._prune else 0
            with OutputFile(str(path)) as output:
                output.write(baseline.text())
        say(f"{_shown(path)}: {baseline.added} added, {pruned} removed, {len(baseline.entries)} in all", err=True)

    def _is_looked_for(self, code: str) -> bool:
        """Whether a finding of this code would have been made: of rules, validating runs those of errors only."""
        found = [dialect.rules[code] for dialect in self._factory.dialects if code in dialect.rules]
        return self._lint or not found or any(rule.severity == Severity.ERROR for rule in found)

    def _per_file_ignores(self, settings: Settings, name: str) -> Iterable[str]:
        by_flag = settings.origin("per-file-ignores").startswith("--")
        path = os.path.relpath(name, Path.cwd() if by_flag else settings.folder)
        for pattern, words in settings.per_file_ignores.items():
            if matches(pattern, path):
                yield from words

    def _baseline(self, settings: Settings) -> Baseline | None:
        path = settings.baseline
        if path is None:
            return None
        if path not in self._baselines:
            if not self._update and not path.exists():
                message = f"{settings.origin('baseline')}: there is no {_shown(path)}; --baseline-update writes it"
                raise click.UsageError(message)
            self._baselines[path] = self._read(path, may_be_missing=self._update)
        return self._baselines[path]

    @staticmethod
    def _read(path: Path, *, may_be_missing: bool) -> Baseline:
        from ..check.baseline import Baseline, InvalidBaseline, read_baseline

        try:
            return read_baseline(path)
        except OSError as error:
            if may_be_missing and isinstance(error, FileNotFoundError):
                return Baseline(path)
            message = f"{_shown(path)} cannot be read: {(error.strerror or str(error)).lower()}"
            raise click.UsageError(message) from None
        except InvalidBaseline as error:
            raise click.UsageError(str(error)) from None

    def _check(self, settings: Settings) -> None:
        """Refuse words that mean no rule, wherever they stand."""
        if id(settings) in self._checked:
            return
        self._checked.add(id(settings))
        rows = [(getattr(settings, key.replace("-", "_")) or (), settings.origin(key)) for key in _WORDS]
        for pattern, words in settings.per_file_ignores.items():
            rows.append((words, settings.origin("per-file-ignores", pattern)))
        rows += [((word,), settings.origin("severities", word)) for word in settings.severities]
        for words, origin in rows:
            _check_words(words, self._factory.dialects_of(settings), origin)


def _filter(
    selection: Selection,
    baseline: Baseline | None,
    name: str,
    added: list[tuple[Finding, str, str | None]] | None = None,
) -> Filter:
    """What decides; all that is selected goes into the baseline, and to *added*, unless that is None."""

    def decide(finding: Finding, line: str | None) -> Finding | Withheld:
        result = selection.decide(finding)
        if baseline is None:
            return result
        before = baseline.added
        # What is not selected is still found, and no reason to prune.
        is_known = baseline.holds(finding, name, line, add=added is not None and not isinstance(result, Withheld))
        if isinstance(result, Withheld):
            return result
        if added is not None and baseline.added > before:
            added.append((result, name, line))
        return Withheld.KNOWN if is_known else result

    return decide


def _unwritten(path: Path, error: OSError) -> str:
    return f"{_shown(path)} cannot be written: {(error.strerror or str(error)).lower()}"


def _check_words(words: Sequence[str], dialects: Iterator[Dialect], origin: str) -> None:
    """A word may also mean a rule of a dialect that is not the one of this run, which only is not found in it."""
    rules: dict[str, object] = {**next(dialects).rules}
    if not words:
        return
    try:
        check_codes(words, known_codes(_names(rules)))
    except UnknownCode:
        for each in (every_rule(), *(dialect.rules for dialect in dialects)):
            rules = {**each, **rules}
        try:
            check_codes(words, known_codes(_names(rules)))
        except UnknownCode as error:
            message = f"{origin}: {error}"
            raise click.UsageError(message) from None


def _names(rules: Mapping[str, object]) -> dict[str, str]:
    return {code: str(getattr(rule, "name", "")) for code, rule in rules.items()}


def _shown(path: Path) -> str:
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative
