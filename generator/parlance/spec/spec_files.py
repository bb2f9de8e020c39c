"""The files of a spec and of a user's overlays, read and held against the grammar."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from ..finding import Finding, LocatedList, LocatedMap, Place, SpecError, did_you_mean, fault
from .grammar import Grammar
from .reading import read_header, read_list, shown
from .snapshot import Snapshot

__all__ = ["SpecFiles"]

_LARGEST_OVERLAY = 1_000_000
"""Bytes: twice as many as all files of the spec that comes with the tool have."""

_Root = TypeVar("_Root", LocatedMap, LocatedList)


class SpecFiles:
    """Reads the files of a folder, and gathers what is wrong with them."""

    def __init__(self, root: Path, grammar: Grammar, snapshot: Snapshot | None = None) -> None:
        self.findings: list[Finding] = []
        self.values: dict[str, tuple[str, LocatedMap | LocatedList]] = {}
        """What was read of the folder, by the names of files: a kind, and what such a file holds."""

        self.is_known = snapshot is not None
        """Whether all of that is in the snapshot."""

        self._root = root
        self._grammar = grammar
        self._snapshot = snapshot

    def names(self, folder: str) -> list[str]:
        """The files of *folder*, in the order of their names; it may be missing."""
        for path in sorted((self._root / folder).glob("*.yml")):
            advice = f"rename it to {path.stem}.yaml"
            message = "a file of a spec ends in .yaml"
            self.findings.append(fault("PAR901", Place(shown(path), 1, 1), message, advice=advice))
        return sorted(f"{folder}/{path.name}" for path in (self._root / folder).glob("*.yaml"))

    def read(self, names: list[str], kind: str, read: Callable[[Path], _Root]) -> dict[str, _Root]:
        """What the files hold, by name; each must satisfy the definition *kind*."""
        files: dict[str, _Root] = {}
        for name in names:
            path = self._root / name
            if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(self._root)):
                message = "this is a link that leads out of the spec's folder"
                self.findings.append(fault("PAR901", Place(shown(path), 1, 1), message, advice="copy the file"))
                continue
            known = self._snapshot.value(name, kind, path) if self._snapshot is not None else None
            if known is not None:
                files[name] = known
                continue
            self.is_known = False
            try:
                files[name] = read(path)
            except SpecError as error:
                self.findings.extend(error.findings)
            else:
                self.findings.extend(self._grammar.check(kind, files[name]))
        self.values |= {name: (kind, value) for name, value in files.items()}
        return files

    def read_own(self, path: Path, kind: str) -> LocatedList:
        """The list in a file of a user, which must satisfy the definition *kind*; empty where it cannot be read."""
        try:
            rows = read_list(path)
        except SpecError as error:
            self.findings.extend(error.findings)
            return LocatedList(Place(shown(path), 1, 1))
        self.findings.extend(self._grammar.check(kind, rows))
        return rows

    def read_overlays(self, paths: Sequence[Path]) -> dict[Path, LocatedMap]:
        """The headers of overlays that a user gave; one that is given twice is one."""
        headers: dict[Path, LocatedMap] = {}
        for path in {os.path.realpath(path): path for path in paths}.values():
            try:
                if path.is_file() and path.stat().st_size > _LARGEST_OVERLAY:
                    message = f"the file has more than {_LARGEST_OVERLAY:,} bytes, and an overlay has few"
                    raise SpecError([fault("PAR901", Place(shown(path), 1, 1), message)])
                headers[path] = read_header(path)
            except SpecError as error:
                self.findings.extend(error.findings)
            else:
                self.findings.extend(self._grammar.check("dialect", headers[path]))
        return headers

    def read_rules(self, beside: Path, header: LocatedMap) -> list[LocatedMap]:
        """The records in the files that an overlay names, as paths from its folder."""
        records: list[LocatedMap] = []
        for index, name in enumerate(header.get("rule-files", ())):
            path = beside.parent / str(name)
            if not path.exists():
                near = [each.name for each in sorted(path.parent.glob("*.yaml"))]
                message = f"there is no file {str(name)!r}{did_you_mean(path.name, near)}"
                self.findings.append(fault("PAR904", header["rule-files"].places[index], message))
                continue
            records += self.read_own(path, "rules")
        return records
