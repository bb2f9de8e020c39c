"""Files among others that are not ours: each is replaced at once, and none of them before all are written."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from .lock import LOCK_NAME, Output, digest
from .temp_file import TempFile
from .tree import Changes, OutputError
from .unknown_files import MARK

__all__ = ["file_changes", "write_files"]


def file_changes(folder: Path, files: Mapping[str, bytes], before: Mapping[str, Output]) -> Changes:
    """How a folder differs from what it should hold; *before* are the files of the last run."""
    wrong = [path for path, content in files.items() if _content(folder / path) != content]
    return Changes(
        added=tuple(path for path in wrong if not os.path.lexists(folder / path)),
        altered=tuple(path for path in wrong if os.path.lexists(folder / path)),
        removed=tuple(sorted(path for path in before.keys() - files.keys() if (folder / path).is_file())),
    )


def write_files(
    folder: Path, files: Mapping[str, bytes], before: Mapping[str, Output], changes: Changes, lock: str
) -> None:
    """Make *changes*, which `file_changes` found, and write the *lock*; a file that is as it should be is not touched.

    Raises `OutputError`; nothing is changed then, unless the disk fails between one file and the next.
    """
    written = {path: files[path] for path in (*changes.added, *changes.altered)}
    _check(folder, written, before)
    text = lock.encode()
    if _content(folder / LOCK_NAME) != text:
        written[LOCK_NAME] = text
    drafts: list[TempFile] = []
    try:
        for path, content in written.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            drafts.append(TempFile(folder / path))
            drafts[-1].stream.write(content)
        for file in drafts:
            file.replace()
        for path in changes.removed:
            if _digest(folder / path) == before[path].sha256:
                (folder / path).unlink()
                _remove_empty(folder, path)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"{error.filename or folder} cannot be written: {reason}"
        raise OutputError(message) from None
    finally:
        for file in drafts:
            file.discard()


def _check(folder: Path, paths: Iterable[str], before: Mapping[str, Output]) -> None:
    """Raise for a file that is about to be replaced and was not generated, and for a link that leads elsewhere."""
    for path in paths:
        place = folder / path
        for above in (place, *(folder / parent for parent in PurePosixPath(path).parents)):
            if above != folder and above.is_symlink():
                message = f"{above.relative_to(folder).as_posix()} is in the way: it is a link; remove it"
                raise OutputError(message)
        if place.is_dir() or (path not in before and place.exists() and MARK not in (_content(place) or b"")):
            message = f"{path} is in the way: it was not generated; move it, or choose another output"
            raise OutputError(message)


def _remove_empty(folder: Path, path: str) -> None:
    """Remove the folders that a file was the last one in."""
    for parent in PurePosixPath(path).parents:
        place = folder / parent
        if place == folder or any(place.iterdir()):
            return
        place.rmdir()


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if path.is_file() and not path.is_symlink() else None
    except OSError:
        return None


def _digest(path: Path) -> str | None:
    content = _content(path)
    return None if content is None else digest(content)
