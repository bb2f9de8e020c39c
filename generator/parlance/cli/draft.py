"""A file beside the one that it is to replace; what a killed run left there is cleared away by the next."""

from __future__ import annotations

import glob
import os
import shutil
from pathlib import Path
from typing import IO

__all__ = ["Draft"]


class Draft:
    """Written to its end, then moved to its place at once; its name begins with a dot."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._path = target.with_name(f".{target.name}.{os.getpid()}.new")
        for other in glob.glob(f".{glob.escape(target.name)}.*.new", root_dir=target.parent):  # noqa: PTH207 hidden files
            _remove_abandoned(target.parent / other)
        self.stream: IO[bytes] = self._path.open("wb")
        _lock(self.stream)

    def replace(self) -> None:
        """Complete the file, and put it in its place with the rights of the one before."""
        self.stream.flush()
        os.fsync(self.stream.fileno())
        if self._target.exists():
            shutil.copymode(self._target, self._path)
        self._path.replace(self._target)

    def discard(self) -> None:
        """Leave nothing behind; after it was put in its place there is nothing."""
        try:
            self.stream.close()
        finally:
            self._path.unlink(missing_ok=True)


def _remove_abandoned(path: Path) -> None:
    """Remove a draft unless some run still holds it."""
    try:
        with path.open("rb") as stream:
            if _lock(stream):
                path.unlink(missing_ok=True)
    except OSError:
        return


def _lock(stream: IO[bytes]) -> bool:
    """Whether *stream* is ours alone now, until it is closed; False where locks are unknown."""
    try:
        import fcntl  # there is none on Windows
    except ImportError:
        return False
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
