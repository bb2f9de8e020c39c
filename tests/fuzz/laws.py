"""The laws of the tests, each on as many examples as `tests/effort.py` has for runs at length."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import NamedTuple

from effort import AT_LENGTH

__all__ = ["Laws", "examine"]

_TESTS = Path(__file__).parent.parent
_LAWS = re.compile(r"^from (hypothesis|effort|typescript.rule_pairs) import", re.MULTILINE)
_SHOWN = 3_000
"""How many characters of what pytest prints of failures are kept."""


class Laws(NamedTuple):
    """What came of them."""

    modules: int
    passed: int
    failures: list[str]


def examine(seconds: float, seed: int) -> Laws:
    """Run modules that have laws, in a random order, until the time is over; what has begun then is ended."""
    until = time.monotonic() + seconds
    modules, passed, failures = 0, 0, list[str]()
    paths = sorted(path for path in _TESTS.rglob("test_*.py") if _LAWS.search(path.read_text("utf-8")))
    Random(seed).shuffle(paths)  # noqa: S311 - no secret
    for path in paths:
        if time.monotonic() >= until:
            break
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", str(path)]
        done = subprocess.run(
            command, cwd=_TESTS.parent, env={**os.environ, AT_LENGTH: "1"}, capture_output=True, text=True, check=False
        )
        modules += 1
        passed += sum(map(int, re.findall(r"(\d+) passed", done.stdout)))
        if done.returncode != 0:
            failures.append(f"{path.relative_to(_TESTS)}:\n{done.stdout[-_SHOWN:]}{done.stderr[-_SHOWN:]}")
    return Laws(modules, passed, failures)
