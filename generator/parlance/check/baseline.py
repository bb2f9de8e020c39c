"""A file of accepted findings, each with a reason."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..finding import Finding
from ..finding.shape import is_array, is_object
from .document_reader import InputTooLarge, read_whole
from .reports.fingerprint import Fingerprints

__all__ = ["Baseline", "InvalidBaseline", "read_baseline"]

_KEYS = ("file", "code", "pointer", "fingerprint", "reason")


class InvalidBaseline(ValueError):
    """A file that is no baseline."""


@dataclass
class Baseline:
    """Its entries, and what was found of them in this run."""

    path: Path
    entries: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict[tuple[str, str], dict[str, str]])
    """By file, named from the baseline's folder, and fingerprint."""

    _fingerprints: Fingerprints = field(default_factory=Fingerprints)
    _added: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    _seen: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    _read: set[str] = field(default_factory=set[str])

    def afresh(self) -> Baseline:
        """The same entries, of which nothing was found yet."""
        return Baseline(self.path, self.entries)

    def opened(self, file: str) -> None:
        """Take note that *file* is checked."""
        self._read.add(self._name(file))

    def holds(self, finding: Finding, file: str, line: str | None, *, add: bool = False) -> bool:
        """Whether a finding is listed; it is from now on with *add*."""
        name = self._name(file)
        fingerprint = self._fingerprints.of(finding, name, line)
        key = (name, fingerprint)
        self._seen.add(key)
        if add and key not in self.entries:
            self._added.add(key)
            facts = (name, finding.code, finding.pointer, fingerprint, "")
            self.entries[key] = dict(zip(_KEYS, facts, strict=True))
        return key in self.entries

    @property
    def added(self) -> int:
        """How many entries are new."""
        return len(self._added)

    def rest_on(self, other: Baseline) -> None:
        """Keep what is new here, and take all else from *other*: the file as another run may have left it."""
        self.entries = {**{key: self.entries[key] for key in self._added}, **other.entries}

    def prune(self, is_looked_for: Callable[[str], bool] = lambda _: True) -> int:
        """Drop what does not occur any more, in a file that was checked or is gone; how many that were.

        A code that nothing looked for in this run is no reason.
        """
        folder = self.path.absolute().parent
        stale = [
            key
            for key in self.entries
            if key not in self._seen
            if (key[0] in self._read and is_looked_for(self.entries[key]["code"])) or not (folder / key[0]).exists()
        ]
        for key in stale:
            del self.entries[key]
        return len(stale)

    def text(self) -> str:
        """What the file holds, in an order that does not depend on the run's."""
        entries = sorted(self.entries.values(), key=lambda one: tuple(one[key] for key in _KEYS))
        return f"{json.dumps({'version': 1, 'findings': entries}, indent=2, ensure_ascii=False)}\n"

    def _name(self, file: str) -> str:
        if file.startswith("<"):
            return file
        try:
            return Path(os.path.relpath(file, self.path.absolute().parent)).as_posix()
        except ValueError:  # another drive
            return Path(file).as_posix()


def read_baseline(path: Path) -> Baseline:
    """The baseline in a file; `OSError` where it cannot be read."""
    try:
        with path.open("rb") as stream:
            content: Any = json.loads(read_whole(stream).decode("utf-8"))
    except RecursionError:
        message = f"{path}: it is nested too deeply for a baseline"
        raise InvalidBaseline(message) from None
    except (ValueError, InputTooLarge) as error:
        message = f"{path}: {error}"
        raise InvalidBaseline(message) from None
    if not is_object(content) or content.get("version") != 1 or not is_array(content.get("findings")):
        message = f'{path}: a baseline is an object with "version": 1 and "findings", an array'
        raise InvalidBaseline(message)
    baseline = Baseline(path)
    for index, entry in enumerate(content["findings"]):
        if not is_object(entry) or not all(isinstance(entry.get(key, ""), str) for key in _KEYS):
            message = f"{path}: /findings/{index} must be an object of strings: {', '.join(_KEYS)}"
            raise InvalidBaseline(message)
        missing = [key for key in ("file", "code", "fingerprint") if not entry.get(key)]
        if missing:
            message = f"{path}: /findings/{index} has no {missing[0]}; --baseline-update writes entries"
            raise InvalidBaseline(message)
        whole = {key: entry.get(key, "") for key in _KEYS}
        baseline.entries[whole["file"], whole["fingerprint"]] = whole
    return baseline
