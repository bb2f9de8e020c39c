"""All texts, names and paths of the tests of injection, of which `make test` tries a part."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

__all__ = ["injected"]

_FOLDER = Path(__file__).parent.parent
_TESTS = [
    str(_FOLDER / f"test_{name}.py") for name in ("injection", "hostile_paths", "hostile_spec", "typescript_hostile")
]


def injected(folder: Path) -> Iterator[str]:
    """What the tests print, if one of them fails."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--numprocesses", "2", f"--basetemp={folder / 'tests'}", *_TESTS],
        cwd=_FOLDER.parent, env={**os.environ, "PARLANCE_HOSTILE": "1"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    print(done.stdout.strip().rpartition("\n")[2], flush=True)
    if done.returncode:
        yield f"exit code {done.returncode}\n{done.stdout[-5000:]}{done.stderr[-1000:]}"
