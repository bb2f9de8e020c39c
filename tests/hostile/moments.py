"""Runs that are killed, stopped, doubled or left without room: what they were about is as before, or whole."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from parlance.emit.lock import LOCK_NAME, digest, read_lock

from .campaign import prepare
from .law import breaches, run, snapshot, started

__all__ = ["doubled", "killed", "stopped", "without_room"]

SPEC = Path(__file__).parent.parent / "cases" / "spec" / "foreign-small"
GENERATE = ["generate", "--spec", "spec"]
FIX = ["lint", "--as", "request", "--fix", "--unsafe-fixes", "--output-format", "concise", "x.jsonl"]
REPORT = ["lint", "--output-file", "sarif=report.sarif", "x.jsonl"]
BASELINE = ["lint", "--baseline", "baseline.json", "--baseline-update", "x.jsonl"]
LINE = '{"model": "gpt-4.1", "messages": [{"role": "user", "content": "%d"}], "max_tokens": 3, "temprature": 1}\n'
COUNT = 60
WRITING = (FIX, REPORT, BASELINE, GENERATE)
TEMPORARY = (".new", ".parlance-new", ".parlance-old")


class Work:
    """A folder with a spec, a file to fix, and what each command makes of them when it is let be."""

    def __init__(self, folder: Path, commands: Sequence[list[str]]) -> None:
        prepare()
        self.folder = folder / "work"
        self.folder.mkdir(parents=True)
        shutil.copytree(SPEC, self.folder / "spec")
        self.lines = "".join(LINE % number for number in range(COUNT)).encode()
        self.reset()
        began = time.monotonic()
        self.fixed = self.complete(FIX)["x.jsonl"]
        self.seconds = time.monotonic() - began
        self.reset()
        self.reported = self.complete(REPORT)["report.sarif"]
        assert self.fixed != self.lines
        self.generating = 0.0
        if GENERATE in commands:
            began = time.monotonic()
            self.complete(GENERATE)
            self.generating = time.monotonic() - began

    def reset(self) -> None:
        """Everything but what was generated as it was."""
        (self.folder / "x.jsonl").write_bytes(self.lines)
        for name in ("report.sarif", "baseline.json"):
            (self.folder / name).unlink(missing_ok=True)

    def complete(self, command: Sequence[str]) -> dict[str, bytes | str]:
        """Run a command to its end."""
        done = run(command, self.folder)
        assert not breaches(done), (done, breaches(done))
        return snapshot(self.folder)

    def change(self, number: int) -> None:
        """Make the generated folder stale."""
        path = self.folder / "spec/schemas/order.yaml"
        path.write_text(path.read_text("utf-8").split("\n# state")[0] + f"\n# state {number}\n", "utf-8")
        info = self.folder / "spec/openapi.yaml"
        lines = [
            f"  title: State {number}" if line.startswith("  title:") else line
            for line in info.read_text("utf-8").splitlines()
        ]
        info.write_text("\n".join(lines) + "\n", "utf-8")

    def faults(self) -> Iterator[str]:
        """What is neither old nor new."""
        if (self.folder / "x.jsonl").read_bytes() not in (self.lines, self.fixed):
            yield "x.jsonl is a mixture"
        report = self.folder / "report.sarif"
        if report.exists() and report.read_bytes() != self.reported:
            yield "report.sarif is half written"
        if (self.folder / "baseline.json").exists():
            json.loads((self.folder / "baseline.json").read_bytes())
        generated = self.folder / "generated"
        lock = read_lock(generated)
        kept = {name for name in snapshot(generated) if name != LOCK_NAME}
        if kept != set(lock.outputs):
            yield "generated/ holds other files than its lock says"
        for path, output in lock.outputs.items():
            if digest((generated / path).read_bytes()) != output.sha256:
                yield f"{path} is not of its lock"

    def leftovers(self) -> set[str]:
        """Files of killed runs."""
        return {path.name for path in self.folder.iterdir() if path.name.endswith(TEMPORARY)}


def killed(folder: Path, count: int, commands: Sequence[list[str]] = WRITING) -> Iterator[str]:
    """*count* runs of each command that writes, each killed at another moment; the next run clears up."""
    yield from _struck(Work(folder, commands), count, signal.SIGKILL, commands)


def stopped(folder: Path, count: int, number: signal.Signals, commands: Sequence[list[str]] = WRITING) -> Iterator[str]:
    """The same with a signal that is obeyed: the exit code and a sentence say so."""
    yield from _struck(Work(folder, commands), count, number, commands)


def _struck(work: Work, count: int, number: signal.Signals, commands: Sequence[list[str]]) -> Iterator[str]:
    codes = (-number if number is signal.SIGKILL else 128 + number, 0, 1)
    chance = random.Random(number)  # noqa: S311 - nothing secret
    for turn in range(count):
        for command in commands:
            work.reset()
            work.change(turn)
            struck = started(command, work.folder)
            time.sleep(chance.uniform(0.0, 1.1 * (work.generating if command is GENERATE else work.seconds)))
            with suppress(ProcessLookupError):
                os.kill(struck.pid, number)
            done = struck.wait()
            what = f"{command[0]} {number.name} {turn}"
            if number is signal.SIGKILL:
                if done.code not in codes:
                    yield f"{what}: exit code {done.code}"
            else:
                if done.code == codes[0] and not done.err.strip():
                    yield f"{what}: nothing says that it was stopped"
                yield from (f"{what}: {one}" for one in breaches(done, codes=codes))
            yield from (f"{what}: {one}" for one in work.faults())
    work.reset()
    for command in commands:
        work.complete(command)
    yield from (f"not cleared up: {name}" for name in work.leftovers())


def doubled(folder: Path, count: int, commands: Sequence[list[str]] = WRITING) -> Iterator[str]:
    """Two runs at once, *count* times."""
    work = Work(folder, commands)
    (work.folder / "y.jsonl").write_bytes(work.lines)
    for turn in range(count):
        for command in commands:
            work.reset()
            work.change(turn)
            other = [word.replace("x.jsonl", "y.jsonl") for word in command] if command is BASELINE else command
            pair = [started(one, work.folder) for one in (command, other)]
            for done in [one.wait() for one in pair]:
                # A run may say that somebody else changed the file while it read it.
                is_reported = done.code == 2 and b"while it was read" in done.err
                yield from (f"{command[0]} twice: {one}" for one in breaches(done) if not is_reported)
            yield from (f"{command[0]} twice: {one}" for one in [*work.faults(), *work.leftovers()])
            if command is BASELINE:
                files = {one["file"] for one in json.loads((work.folder / "baseline.json").read_bytes())["findings"]}
                if files != {"x.jsonl", "y.jsonl"}:
                    yield f"the baseline lost one run: {files}"


def without_room(folder: Path, limits: Sequence[int], commands: Sequence[list[str]] = WRITING) -> Iterator[str]:
    """Files may not be longer than each of *limits*."""
    work = Work(folder, commands)
    for limit in limits:
        for command in commands:
            work.reset()
            work.change(limit)
            before = snapshot(work.folder)
            done = run(command, work.folder, before=_limited(limit))
            # What is printed goes to a file, too, which may be full.
            yield from (
                f"{command[0]} in {limit} bytes: {one}" for one in breaches(done) if done.err or limit >= _WORDS
            )
            if done.code == 2 and snapshot(work.folder) != before:
                yield f"{command[0]} in {limit} bytes: not as before"


_WORDS = 200
"""How many bytes an explanation takes."""


def _limited(size: int) -> Callable[[], object]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
