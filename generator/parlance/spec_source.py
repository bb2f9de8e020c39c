"""What dialects are made from: the folder of a spec, and the overlays that a user puts on top of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .folders import command_pages_file, grammar_file, snapshot_file, spec_folder

if TYPE_CHECKING:
    from .kept_rows import KeptRows
    from .spec import Spec

__all__ = ["SpecSource", "file_facts", "overlay_files"]

_LARGEST = 1 << 24
"""Bytes that are read of a file to know it again; the reader of a spec refuses such a file."""


class SpecSource(NamedTuple):
    """A spec, and what belongs to it for one user."""

    folder: Path | None = None
    """None for the spec that comes with the tool."""

    overlays: tuple[Path, ...] = ()

    @property
    def root(self) -> Path:
        """The folder of the spec."""
        return self.folder or spec_folder()

    def load(self) -> Spec:
        """The spec with the dialects of the overlays. Raises `SpecError`."""
        from .spec import load_spec, with_overlays

        try:
            fingerprint = _of_folder(self.root)
        except (OSError, ValueError):
            return load_spec(self.root, self.overlays, snapshot=snapshot_file())
        return with_overlays(_spec(self.root, fingerprint), self.overlays)

    def command_pages(self) -> KeptRows | None:
        """What commands say of it as a whole, where that was found out before and none of its files is another now."""
        from .kept_rows import KeptRows

        if self.folder is not None or self.overlays:
            return None
        kept = KeptRows.read(command_pages_file(), grammar_file())
        return kept if kept.is_of(spec_folder()) else None

    def with_overlay(self, path: Path) -> SpecSource:
        """The same with one more overlay."""
        return self._replace(overlays=(*self.overlays, path))

    def fingerprint(self) -> str | None:
        """A hash of every file that decides; None where there is one that cannot be read as it is."""
        try:
            spec = _shipped() if self.folder is None else _of_folder(self.folder)
            files = [f"{path.absolute()}\0{_digest(path)}" for given in self.overlays for path in overlay_files(given)]
        except (OSError, ValueError):
            return None
        return _hash("\n".join([str(self.folder), spec, *files]).encode(errors="surrogateescape"))


@lru_cache(maxsize=1)
def _spec(root: Path, fingerprint: str) -> Spec:
    """The spec of a folder as it is now, which `fingerprint` knows again: overlays are edited, it seldom is."""
    from .spec import load_spec

    del fingerprint
    return load_spec(root, snapshot=snapshot_file())


@cache
def _shipped() -> str:
    return _of_folder(spec_folder())


def _of_folder(folder: Path) -> str:
    """A hash of the files of a spec; of one that is missing, too: what is said of it is not kept."""
    found = (f"{name}\0{_digest(Path(name))}" for name in sorted(_files(folder)))
    return _hash("\n".join(found).encode(errors="surrogateescape"))


def _files(folder: Path) -> Iterator[str]:
    for root, _, names in os.walk(folder):
        yield from (os.path.join(root, name) for name in names if name.endswith((".yaml", ".yml", ".json")))  # noqa: PTH118


def overlay_files(overlay: Path) -> Iterator[Path]:
    """An overlay, and the files with rules that it names, if they are there. Raises `OSError`."""
    yield overlay
    if b"rule-files" in overlay.read_bytes():  # most have none, and what reads them need not be loaded
        from .spec.rule_files import rule_files_of_overlay

        yield from filter(Path.is_file, rule_files_of_overlay(overlay))


def _digest(path: Path) -> str:
    if not path.is_file() or path.stat().st_size > _LARGEST:
        message = f"{path} is not a file that is read"
        raise ValueError(message)
    return _hash(path.read_bytes())


def _hash(content: bytes) -> str:
    import hashlib  # which loads OpenSSL, and most runs need none

    return hashlib.sha256(content).hexdigest()


def file_facts(folder: Path, ending: str) -> Iterator[str]:
    """Name, size and time of each file below *folder* with this ending."""
    for entry in sorted(os.scandir(folder), key=lambda one: one.name):
        if entry.is_dir():
            yield from file_facts(Path(entry.path), ending)
        elif entry.name.endswith(ending):
            facts = entry.stat()
            yield f"{entry.path}\0{facts.st_size}\0{facts.st_mtime_ns}"
