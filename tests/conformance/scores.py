"""How many tests each reader passes, file by file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from .peers import READERS
from .suite import DRAFTS, Case, cases

__all__ = ["Failure", "Score", "scores"]


class Failure(NamedTuple):
    """A test that a reader does not pass."""

    draft: str
    group: str
    file: str
    case: str
    test: str


class Score(NamedTuple):
    """What came of one file."""

    draft: str
    group: str
    file: str
    total: int
    failures: Mapping[str, tuple[Failure, ...]]
    """By reader. A schema that a reader cannot take, or a value on which it crashes, is a failure."""

    def passed(self, reader: str) -> int:
        """How many tests *reader* passes."""
        return self.total - len(self.failures[reader])


def scores(readers: Iterable[str] = READERS) -> Iterator[Score]:
    """Every file of every draft."""
    names = tuple(readers)
    for draft in DRAFTS:
        files: dict[tuple[str, str], list[Case]] = {}
        for case in cases(draft):
            files.setdefault((case.group, case.file), []).append(case)
        for (group, file), found in files.items():
            total = sum(len(case.tests) for case in found)
            failures = {name: tuple(each for case in found for each in _failures(name, case)) for name in names}
            yield Score(draft, group, file, total, failures)


def _failures(reader: str, case: Case) -> Iterator[Failure]:
    where = (case.draft, case.group, case.file, case.description)
    try:
        verdict = READERS[reader](case)
    except BaseException as error:  # jsonschema-rs panics with one that is no Exception
        _interrupted(error)
        yield from (Failure(*where, test["description"]) for test in case.tests)
        return
    for test in case.tests:
        try:
            passed = verdict(test["data"]) is test["valid"]
        except BaseException as error:
            _interrupted(error)
            passed = False
        if not passed:
            yield Failure(*where, test["description"])


def _interrupted(error: BaseException) -> None:
    if isinstance(error, (KeyboardInterrupt, SystemExit)):
        raise error
