"""Tests are as patient as the machine is slow: no example of a law has a deadline, and none is called too slow.

They begin as at a terminal, whatever started them: processes inherit which signals are ignored. And processes keep
what they compile: the largest modules that a run loads take longer to compile than to run. Dialects that are made on
demand are kept in a folder of the run, not in the user's.

Files that are written need not be on the disk: no test cuts the power, and to wait for that takes a third of the time
of a small run.

Garbage is looked for as seldom as the command itself does: it takes a tenth of the time to find none.
"""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from effort import examples
from hypothesis import HealthCheck, settings

settings.register_profile(
    "patient", max_examples=examples(50, at_length=500), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("patient")

gc.set_threshold(50_000)
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
_CACHE = TemporaryDirectory(prefix="parlance-cache-")
atexit.register(_CACHE.cleanup)
os.environ["PARLANCE_CACHE_DIR"] = _CACHE.name
os.fsync = lambda fd: None  # noqa: ARG005
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run-time code in TypeScript, as JavaScript: made once for all modules that ask for it."""
    from typescript.tools import SOURCES, stripped

    return stripped(SOURCES, tmp_path_factory.mktemp("typescript"))


@pytest.fixture(scope="session")
def mypy_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where mypy keeps what it knows of the libraries that generated code imports, which takes it six seconds."""
    return tmp_path_factory.mktemp("mypy")
