"""A tree of texts to a folder, all at once: a run that is killed leaves the old folder or the new one.

The whole new folder is made beside the old one, then the two trade places. What did not change, and what is not ours,
is the same file in both (a hard link), so that neither its content nor its time is touched.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import CodeType

from .lock import LOCK_NAME, Lock, Output, digest, is_inside, lock_text, read_lock
from .python_source import compile_python
from .swap import alone, exchange, recover
from .unknown_files import MARK

__all__ = ["Changes", "Checked", "OutputError", "changes", "check_texts", "write_tree"]


@dataclass(frozen=True, slots=True)
class Changes:
    """How a folder differs from what it should hold; paths in the order of the new tree."""

    added: tuple[str, ...] = ()
    altered: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Every path that is not as it should be."""
        return (*self.altered, *self.added, *self.removed)


class OutputError(Exception):
    """What cannot be written, and why; nothing has been."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be written."""

    content: bytes
    sha256: str
    is_new: bool
    """Whether it is to be written: whether it differs from the one of the same path before."""

    code: CodeType | None = None
    """Of a Python file that is to be written."""


def check_texts(texts: Mapping[str, str], before: Mapping[str, Output] | None = None) -> dict[str, Checked]:
    """Each file as bytes; raises `OutputError` for a bad path, and for Python or JSON that no reader would take.

    *before* are the files of the last run, by path. What comes out as it was then has been read, and is not read again.
    """
    _check_paths(texts)
    return {path: _checked(path, text, (before or {}).get(path)) for path, text in texts.items()}


def _checked(path: str, text: str, before: Output | None) -> Checked:
    try:
        content = text.encode("utf-8")
        sha256 = digest(content)
        if before is not None and before.sha256 == sha256:
            return Checked(content, sha256, is_new=False)
        if path.endswith(".json"):
            json.loads(content)
        code = compile_python(content, path) if path.endswith(".py") else None
    except (SyntaxError, ValueError, RecursionError) as error:
        message = f"{path}: the generated text is broken: {error}"
        raise OutputError(message) from error
    return Checked(content, sha256, is_new=True, code=code)


def _check_paths(paths: Mapping[str, str]) -> None:
    seen: dict[str, tuple[str, bool]] = {}
    for path in paths:
        parts = path.split("/")
        if not is_inside(path):
            message = f"{path!r} is no path inside the output folder"
            raise OutputError(message)
        for end in range(1, len(parts) + 1):
            entry = ("/".join(parts[:end]), end == len(parts))
            # Some file systems take names that differ in case only for the same.
            other = seen.setdefault(entry[0].casefold(), entry)
            if other != entry:
                message = f"{entry[0]!r} and {other[0]!r} cannot stand side by side"
                raise OutputError(message)


def changes(folder: Path, files: Mapping[str, bytes], lock: Lock, leftovers: Iterable[str] = ()) -> Changes:
    """What `write_tree` would change, the lock itself included."""
    content = {**files, LOCK_NAME: lock_text(lock).encode()}
    wrong = [path for path, new in content.items() if not _same(folder / path, new)]
    stale = {*read_lock(folder).outputs, *leftovers} - content.keys()
    return Changes(
        added=tuple(path for path in wrong if not os.path.lexists(folder / path)),
        altered=tuple(path for path in wrong if os.path.lexists(folder / path)),
        removed=tuple(sorted(path for path in stale if (folder / path).exists())),
    )


def write_tree(folder: Path, files: Mapping[str, bytes], lock: Lock, leftovers: Iterable[str] = ()) -> Changes:
    """Make *folder* hold *files* and *lock*, and neither *leftovers* nor any other file that its former lock lists.

    Raises `OutputError`.
    """
    try:
        return _write(Path(os.path.realpath(folder)), files, lock, leftovers)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"{folder} cannot be written: {reason}; it is as it was before"
        raise OutputError(message) from None


def _write(folder: Path, files: Mapping[str, bytes], lock: Lock, leftovers: Iterable[str]) -> Changes:
    _check_folder(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    staging = folder.parent / f".{folder.name}.parlance-new"
    aside = folder.parent / f".{folder.name}.parlance-old"
    content = {**files, LOCK_NAME: lock_text(lock).encode()}
    with alone(folder.parent):
        recover(folder, aside)
        for leftover in (staging, aside):
            shutil.rmtree(leftover, ignore_errors=True)
        _check_strangers(folder, content, read_lock(folder))
        made = changes(folder, files, lock, leftovers)
        if not made.all:
            return made
        stale = {*made.removed}
        try:
            _stage(folder, staging, content, stale)
        except BaseException:
            shutil.rmtree(staging, ignore_errors=True)
            raise
        exchange(staging, folder, aside)
        _sync_folder(folder.parent)
        _keep_newcomers(aside, folder, {*content, *stale})
        shutil.rmtree(aside, ignore_errors=True)
    return made


def _check_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        message = f"{folder.name} is a file; the output must be a folder"
        raise OutputError(message)
    here = Path.cwd()
    if here.is_relative_to(folder) or (folder / ".git").exists():
        message = "the output must be a folder of its own, such as `generated`, not the one that the work is done in"
        raise OutputError(message)


def _check_strangers(folder: Path, content: Mapping[str, bytes], lock: Lock) -> None:
    """Raise for a file that is about to be replaced and was not generated, and for a link that leads elsewhere."""
    for above in {parent for path in content for parent in PurePosixPath(path).parents}:
        if (folder / above).is_symlink():
            message = f"{above} is in the way: it is a link; remove it, or choose another output folder"
            raise OutputError(message)
    for path, new in content.items():
        place = folder / path
        if path == LOCK_NAME or path in lock.outputs or not os.path.lexists(place):
            continue
        old = place.read_bytes() if place.is_file() and not place.is_symlink() else None
        if old is None or (old != new and MARK not in old):
            message = f"{path} is in the way: it was not generated; move it, or choose another output folder"
            raise OutputError(message)


def _same(place: Path, content: bytes) -> bool:
    try:
        return place.is_file() and not place.is_symlink() and digest(place.read_bytes()) == digest(content)
    except OSError:
        return False


def _stage(folder: Path, staging: Path, content: Mapping[str, bytes], stale: set[str]) -> None:
    """Make the whole new folder."""
    staging.mkdir()
    if folder.exists():
        shutil.copystat(folder, staging)
    _carry_over(folder, staging, {path for path in content if not _same(folder / path, content[path])} | stale)
    for path, new in content.items():
        place = staging / path
        if not os.path.lexists(place):
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("xb") as stream:
                stream.write(new)
                stream.flush()
                os.fsync(stream.fileno())


def _carry_over(folder: Path, staging: Path, left_out: set[str]) -> None:
    """Link every file of *folder* into *staging*, except those named; empty folders of ours do not come along."""
    for parent, folders, names in os.walk(folder):
        here = Path(parent)
        there = staging / here.relative_to(folder)
        paths = [*names, *(name for name in folders if (here / name).is_symlink())]
        if not paths and not folders and here != folder:
            there.mkdir(parents=True, exist_ok=True)
        for name in paths:
            source = here / name
            if source.relative_to(folder).as_posix() not in left_out:
                there.mkdir(parents=True, exist_ok=True)
                _link(source, there / name)


def _link(source: Path, place: Path) -> None:
    try:
        os.link(source, place, follow_symlinks=False)
    except (OSError, NotImplementedError):  # a file system without links, or another one mounted inside
        shutil.copy2(source, place, follow_symlinks=False)


def _keep_newcomers(aside: Path, folder: Path, managed: set[str]) -> None:
    """Move over what somebody put into the old folder after it was read."""
    for parent, _, names in os.walk(aside):
        for name in names:
            source = Path(parent) / name
            path = source.relative_to(aside)
            if path.as_posix() not in managed and not os.path.lexists(folder / path):
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                source.rename(folder / path)


def _sync_folder(folder: Path) -> None:
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
