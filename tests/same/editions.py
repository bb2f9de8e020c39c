"""The generated package of a commit, out of git's store."""

from __future__ import annotations

import importlib
import io
import subprocess
import sys
import tarfile
from pathlib import Path
from types import ModuleType

__all__ = ["extracted"]

_PACKAGE = "generated/python/parlance_dialects"
_ROOT = Path(__file__).parents[2]


def extracted(commit: str, name: str, folder: Path) -> ModuleType:
    """The package of a commit, put into *folder* and imported as *name*. Its modules import each other relatively."""
    command = ["git", "archive", "--format=tar", commit, _PACKAGE]
    archive = subprocess.run(command, cwd=_ROOT, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(folder, filter="data")
    (folder / _PACKAGE).rename(folder / name)
    sys.path.insert(0, str(folder))
    return importlib.import_module(name)
