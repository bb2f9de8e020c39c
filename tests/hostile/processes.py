"""Whole processes, from the first moment to the last, each with a signal at some moment."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .law import Done, breaches
from .moments import BASELINE, COUNT, FIX, LINE, REPORT

__all__ = ["signalled"]

COMMANDS = (FIX, REPORT, BASELINE, ["validate", "x.jsonl"], ["--version"])
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
_CAUGHT = re.compile(r"^SigCgt:\s*([0-9a-f]+)$", re.MULTILINE)


def signalled(folder: Path, count: int, *, busy: bool = False) -> Iterator[str]:
    """*count* processes: each ends by itself, or with 128 and the number of the signal, from when ours is reached.

    Python takes some moments to come to that; the system says whether a process has.
    """
    chance = random.Random(count)  # noqa: S311 - nothing secret
    lines = "".join(LINE % number for number in range(COUNT))
    early = ended = 0
    with _load(2 * (os.cpu_count() or 1) if busy else 0):
        longest = max(_run(folder, command, lines, None, 0.0)[2] for command in COMMANDS)
        for turn in range(count):
            command, number = COMMANDS[turn % len(COMMANDS)], SIGNALS[turn // len(COMMANDS) % len(SIGNALS)]
            done, is_ours, _ = _run(folder, command, lines, number, chance.uniform(0, longest))
            what = f"{command[0]} {number.name} {turn}"
            if not is_ours:
                early += 1
                continue
            ended += done.code == 128 + number
            yield from (f"{what}: {one}" for one in breaches(done, codes=(0, 1, 128 + number)))
            if done.code == 128 + number and not done.err.strip():
                yield f"{what}: nothing says that it was stopped"
    print(f"{count} signalled: {early} before ours was reached, {ended} stopped by it, the others at their end")


def _run(
    folder: Path, command: list[str], lines: str, number: signal.Signals | None, wait: float
) -> tuple[Done, bool, float]:
    """What a process came to, whether its signals were taken over when one was sent, and how long it took."""
    (folder / "x.jsonl").write_text(lines)
    began, is_ours = time.monotonic(), True
    with (folder / "out").open("w+b") as out, (folder / "err").open("w+b") as err:
        process = subprocess.Popen([sys.executable, "-m", "parlance", *command], cwd=folder, stdout=out, stderr=err)
        if number is not None:
            time.sleep(wait)
            is_ours = _takes(process.pid, number)
            with suppress(ProcessLookupError):
                process.send_signal(number)
        code = process.wait()
        printed = [(folder / name).read_bytes() for name in ("out", "err")]
    return Done(tuple(command), code, printed[0], printed[1], 0), is_ours, time.monotonic() - began


def _takes(pid: int, number: signal.Signals) -> bool:
    """Whether a process handles SIGTERM, or has ended already; SIGINT is Python's own before it is ours."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return True
    caught = _CAUGHT.search(status)
    is_gone = "State:\tZ" in status
    left_out = re.search(r"^SigIgn:\s*([0-9a-f]+)$", status, re.MULTILINE)
    both = int(caught[1] if caught else "0", 16) | int(left_out[1] if left_out else "0", 16)
    del number
    return is_gone or bool(both >> (signal.SIGTERM - 1) & 1)


@contextmanager
def _load(count: int) -> Generator[None]:
    """So many processes that do nothing but keep the machine busy."""
    others = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for other in others:
            other.kill()
            other.wait()
