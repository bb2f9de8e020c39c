"""The command line in a process of its own, with the hand-made dialects of `stand_in`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from command_server import CommandServer

__all__ = ["INTERRUPTIBLE", "SCRIPT", "environment", "parlance"]

ROOT = Path(__file__).parent.parent
SCRIPT = "from parlance.__main__ import main; main()"
INTERRUPTIBLE = f"import signal; signal.signal(signal.SIGINT, signal.default_int_handler); {SCRIPT}"
"""The same where the tests run in the background of a shell, whose processes ignore the signal."""


def environment(**extra: str) -> dict[str, str]:
    """The surroundings of the command: no colour, no encoding of the machine's own."""
    path = os.pathsep.join([str(ROOT / "generator"), str(ROOT / "tests" / "stand_in")])
    return {**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8", **extra}


_SERVER = CommandServer(environment)


def parlance(*arguments: str, cwd: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    """Run `parlance` and wait for it."""
    if hasattr(os, "fork"):
        code, out, err = _SERVER.run(arguments, cwd, stdin)
        return subprocess.CompletedProcess(arguments, code, out.decode(), err.decode())
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments],
        cwd=cwd, input=stdin, env=environment(), capture_output=True, check=False,
    )  # fmt: skip
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())
