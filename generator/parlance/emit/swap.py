"""Two folders trade places: at once where the system can, else by two renames that the next run completes."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["alone", "exchange", "recover"]

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # Linux, renameat2
_RENAME_SWAP = 2  # macOS, renamex_np


def exchange(new: Path, current: Path, aside: Path) -> None:
    """Put the folder *new* in the place of *current*; what was there is at *aside* afterwards.

    Where the system cannot exchange two names, *current* is missing for a moment; `recover` completes a run that was
    killed in it.
    """
    if current.exists() and _at_once(os.fsencode(new), os.fsencode(current)):
        new.rename(aside)
        return
    if current.exists():
        current.rename(aside)
    new.rename(current)


def recover(current: Path, aside: Path) -> None:
    """Complete what a killed run began: the old folder returns to its place if that is empty."""
    if aside.exists() and not current.exists():
        aside.rename(current)


def _at_once(left: bytes, right: bytes) -> bool:
    """Whether the two names were exchanged in one step."""
    if sys.platform not in ("linux", "darwin"):
        return False
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "linux":
        call = getattr(library, "renameat2", None)
        return call is not None and call(_AT_FDCWD, left, _AT_FDCWD, right, _RENAME_EXCHANGE) == 0
    call = getattr(library, "renamex_np", None)
    return call is not None and call(left, right, _RENAME_SWAP) == 0


@contextmanager
def alone(folder: Path) -> Generator[None]:
    """Wait until no other run writes below *folder*, and keep others waiting; does nothing where locks are unknown."""
    try:
        import fcntl  # there is none on Windows
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
