"""A file beside the one that it is to replace; what a killed run left there is cleared away by the next."""

from __future__ import annotations

import glob
import os
from contextlib import suppress
from pathlib import Path
from typing import IO

__all__ = ["TempFile"]


class TempFile:
    """Written to its end, then moved to its place at once; its name begins with a dot.

    It has the rights, the owner and the extended attributes of the file that it replaces.
    """

    def __init__(self, target: Path) -> None:
        self._target = target
        self._path = target.with_name(f".{target.name}.{os.getpid()}.new")
        for other in glob.glob(f".{glob.escape(target.name)}.*.new", root_dir=target.parent):  # noqa: PTH207 hidden files
            _remove_abandoned(target.parent / other)
        self.losses: list[str] = []
        """What is different of the file that takes the place of the other, in words."""

        self.stream: IO[bytes] = self._path.open("wb")
        try:
            _lock(self.stream)
            if target.exists():
                self._inherit(target.stat())
        except BaseException:
            self.discard()
            raise

    def replace(self) -> None:
        """Complete the file, and put it in its place."""
        self.stream.flush()
        os.fsync(self.stream.fileno())
        self._path.replace(self._target)

    def discard(self) -> None:
        """Leave nothing behind; after it was put in its place there is nothing."""
        # What is still to be written is of no use, and the disk may be full.
        with suppress(OSError):
            self.stream.close()
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _inherit(self, facts: os.stat_result) -> None:
        """Look like the file that is to be replaced, before anything is in this one."""
        own = self._path.stat()
        if (own.st_uid, own.st_gid) != (facts.st_uid, facts.st_gid) and hasattr(os, "chown"):
            try:
                os.chown(self._path, facts.st_uid, facts.st_gid)
            except OSError:
                self.losses.append("it belongs now to whoever ran this")
        from shutil import copystat  # with all that reads archives; most runs replace no file

        copystat(self._target, self._path)
        if facts.st_nlink > 1:
            others = facts.st_nlink - 1
            names = "another name" if others == 1 else f"{others} other names"
            self.losses.append(f"it had {names} (hard links), which keep the old content")


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
