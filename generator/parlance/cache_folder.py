"""A folder of what can be made again: written whole, for its owner alone, and read only where nobody else could write.

What is in it is run as code, so that an entry counts only if this user wrote it, and whole: on POSIX the owner and the
rights of the folder and of the open file are looked at, on Windows the profile of the user is theirs. A repository must
not be able to bring one along; hence no settings file names the folder, only an option or the environment.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

__all__ = ["CacheFolder", "default_folder"]

_NAME = "parlance"
_ENDING = ".code"
_DIGEST = 32
"""Bytes of a SHA-256, with which each entry begins."""

_LARGEST = 64 << 20
"""Bytes. The largest dialect takes a hundredth of it."""

_BINARY: int = getattr(os, "O_BINARY", 0)
_UNLINKED: int = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""Flags of POSIX: a link is not followed, and nobody waits for the other end of a pipe."""

_KEPT = 64
"""Entries: a day of edits of an overlay, and ten megabytes."""

_ABANDONED = 3600.0
"""Seconds after which nobody is still writing a file."""

_NOTE = "Signature: 8a477f597d28d172789f06886806bc55\n# Dialects that parlance made. Everything here can be deleted.\n"
"""What backups and the like know a cache by: the Cache Directory Tagging Specification, bford.info/cachedir."""


def default_folder() -> Path | None:
    """Where the environment says, or this platform keeps caches of a user; None if nowhere.

    As platformdirs has it, which takes 25 million instructions to load, a fifth of what a cached overlay costs.
    """
    if os.environ.get("PARLANCE_NO_CACHE", "").lower() in {"1", "true", "yes", "on"}:
        return None
    if own := os.environ.get("PARLANCE_CACHE_DIR"):
        return Path(own)
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local) / _NAME / "Cache" if local else None
    home = os.path.expanduser("~")  # noqa: PTH111 Path.home raises where there is none
    if not os.path.isabs(home):  # noqa: PTH117
        return None
    if sys.platform == "darwin":
        return Path(home) / "Library" / "Caches" / _NAME
    named = os.environ.get("XDG_CACHE_HOME", "")
    # The XDG Base Directory Specification: a relative path is invalid, and is passed over.
    return Path(named if os.path.isabs(named) else f"{home}/.cache") / _NAME  # noqa: PTH117


class CacheFolder:
    """Entries by key. Whatever is wrong with the folder, there is only nothing in it, and nothing is kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, key: str) -> bytes | None:
        """What was written under *key*; None if that is missing, damaged, or may be somebody else's."""
        path = self._folder / f"{key}{_ENDING}"
        try:
            if not _is_own(os.lstat(self._folder), stat.S_ISDIR):
                return None
            handle = os.open(path, os.O_RDONLY | _UNLINKED | _BINARY)
            with open(handle, "rb") as stream:  # noqa: PTH123 a handle is open
                facts = os.fstat(handle)
                if not _is_own(facts, stat.S_ISREG) or facts.st_size > _LARGEST:
                    return None
                content = stream.read()
            with suppress(OSError):
                os.utime(path)  # what is used stays
        except (OSError, ValueError):
            return None
        entry = content[_DIGEST:]
        return entry if hashlib.sha256(entry).digest() == content[:_DIGEST] else None

    def write(self, key: str, entry: bytes) -> None:
        """Keep *entry* under *key*, as well as that can be done."""
        path = self._folder / f"{key}{_ENDING}"
        draft = path.with_name(f".{key}.{os.getpid()}.{time.monotonic_ns()}.new")
        try:
            if not self._is_ready():
                return
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
            try:
                with open(handle, "wb") as stream:  # noqa: PTH123 likewise
                    stream.write(hashlib.sha256(entry).digest() + entry)
                draft.replace(path)
            except BaseException:
                draft.unlink(missing_ok=True)
                raise
            self._clean()
        except (OSError, ValueError):
            return

    def _is_ready(self) -> bool:
        """Whether there is a folder to write to, which is made if it is missing."""
        if not self._folder.is_dir():
            self._folder.parent.mkdir(parents=True, exist_ok=True)
            self._folder.mkdir(mode=0o700, exist_ok=True)
            (self._folder / "CACHEDIR.TAG").write_text(_NOTE, "utf-8")
            (self._folder / ".gitignore").write_text("*\n", "utf-8")
        return _is_own(os.lstat(self._folder), stat.S_ISDIR)

    def _clean(self) -> None:
        """Remove the entries that were not used for longest, and what killed runs left."""
        entries: list[tuple[float, str]] = []
        now = time.time()
        for entry in os.scandir(self._folder):
            with suppress(OSError):
                age = now - entry.stat(follow_symlinks=False).st_mtime
                if entry.name.endswith(_ENDING):
                    entries.append((age, entry.path))
                elif entry.name.endswith(".new") and age > _ABANDONED:
                    Path(entry.path).unlink()
        for _, path in sorted(entries)[_KEPT:]:
            Path(path).unlink(missing_ok=True)


def _is_own(facts: os.stat_result, is_kind: Callable[[int], bool]) -> bool:
    """Whether a file or folder is what it should be, belongs to this user, and is written by nobody else."""
    if not is_kind(facts.st_mode):
        return False
    if not hasattr(os, "geteuid"):
        return True
    return facts.st_uid == os.geteuid() and not facts.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
