"""One run of a command in a process of its own, and what must be so afterwards, whatever it was given."""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parlance.cli.main import run as main_run
from parlance.stopping import Stopping

__all__ = ["Done", "breaches", "run", "snapshot", "started"]

MEMORY = 2 << 30
"""Bytes of the address space, beside what the tests had taken before the run."""

SECONDS = 60
"""Of the processor, whose time does not depend on what else the machine does."""

PATIENCE = 40 * SECONDS
"""Seconds by the clock, for what waits for something that never comes."""

_RAW = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CI_ORDER = re.compile(r"##(?:vso|teamcity)?\[")
_COMMAND = re.compile(r"::(error|warning|notice) (file=|title=)")
_LOG = re.compile(r"and [0-9,]+ more like it: |[0-9,]+ (?:error|warning|note|file)s?\b|nothing was checked; ")


@dataclass(frozen=True, slots=True)
class Done:
    """What a run came to."""

    arguments: tuple[str, ...]
    code: int
    """Below 0 for a signal."""

    out: bytes
    err: bytes
    memory: int
    """The most that was resident, in bytes."""


@dataclass(frozen=True, slots=True)
class Started:
    """A run that may still be stopped."""

    pid: int
    arguments: tuple[str, ...]
    printed: Path

    def wait(self) -> Done:
        """Wait for its end."""
        _, status, usage = os.wait4(self.pid, 0)
        out, err = (self.printed.with_suffix(suffix).read_bytes() for suffix in (".out", ".err"))
        for suffix in (".in", ".out", ".err"):
            self.printed.with_suffix(suffix).unlink()
        return Done(self.arguments, os.waitstatus_to_exitcode(status), out, err, usage.ru_maxrss << 10)


def started(
    arguments: Sequence[str], folder: Path, stdin: bytes = b"", before: Callable[[], object] | None = None
) -> Started:
    """Begin a run in *folder*; *before* is done in the new process first. All is imported already: this is quick."""
    printed = folder.parent / f"{folder.name}-{time.monotonic_ns()}"
    for suffix, content in ((".in", stdin), (".out", b""), (".err", b"")):
        printed.with_suffix(suffix).write_bytes(content)
    # A signal that comes before the new process has taken them over waits until it has.
    before_fork = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM, signal.SIGHUP))
    pid = os.fork()
    if pid:
        signal.pthread_sigmask(signal.SIG_SETMASK, before_fork)
        return Started(pid, tuple(arguments), printed)
    try:
        os.chdir(folder)
        for number, suffix in enumerate((".in", ".out", ".err")):
            os.dup2(os.open(printed.with_suffix(suffix), os.O_RDWR), number)
        if before is not None:
            before()
        sys.stdin, sys.stdout, sys.stderr = (_stream(number, mode) for number, mode in enumerate("rww"))
        most = MEMORY + _address_space()
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        signal.alarm(PATIENCE)
        stopping = Stopping()
        stopping.begin()
        signal.pthread_sigmask(signal.SIG_SETMASK, before_fork)
        code = main_run([*arguments], stopping)
        stopping.ignore()
        os._exit(code)
    except BaseException:
        import traceback

        os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(99)


def _address_space() -> int:
    """What this process has taken of it, in bytes; nothing where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _stream(number: int, mode: str) -> Any:
    """As Python itself sets them up: None where there is nothing."""
    try:
        return open(number, mode, encoding="utf-8", closefd=False)
    except OSError:
        return None


def run(arguments: Sequence[str], folder: Path, stdin: bytes = b"", before: Callable[[], object] | None = None) -> Done:
    """The same, to its end."""
    return started(arguments, folder, stdin, before).wait()


def snapshot(folder: Path) -> dict[str, bytes | str]:
    """All that a folder holds: the content of files, and where links lead."""
    return {
        str(path.relative_to(folder)): str(path.readlink()) if path.is_symlink() else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


def breaches(done: Done, *, codes: Sequence[int] = (0, 1, 2)) -> list[str]:
    """What is wrong with a run: its code, a traceback, raw control characters, or a report that nothing can read."""
    out, err = done.out.decode("utf-8", "replace"), done.err.decode("utf-8", "replace")
    found: list[str] = []
    if done.code not in codes:
        found.append(f"exit code {done.code}")
    if "Traceback" in out + err or "Error: [Errno" in err:
        found.append(f"traceback: {err[-300:]}")
    if done.code == 2 and not err and "generate" not in done.arguments:
        found.append("nothing says why")
    is_data = "--diff" in done.arguments or ("--fix" in done.arguments and "-" in done.arguments)
    if raw := _RAW.search(err if is_data else out + err):
        found.append(f"U+{ord(raw.group()):04X} reaches the terminal: {raw.string[raw.start() - 60 : raw.start()]!r}")
    if any(line.lstrip().startswith("::") and "github" not in done.arguments for line in (out + err).splitlines()):
        found.append("an order to GitHub")
    if not is_data and (order := _CI_ORDER.search("" if "github" in done.arguments else out + err)):
        found.append(f"an order to a build: {order.group()}")
    if out and not done.code & 2:
        found += _unreadable(done.arguments, out)
    return found


def _unreadable(arguments: tuple[str, ...], out: str) -> list[str]:
    try:
        match _format(arguments):
            case "json" | "sarif" | "gitlab":
                _check_json(out)
            case "json-lines":
                for line in out.splitlines():
                    _check_json(line)
            case "junit":
                ET.fromstring(out)  # noqa: S314 - our own
            case "github":
                assert all(_COMMAND.match(line) or _LOG.match(line) for line in out.splitlines())
            case _:
                pass
    except (ValueError, AssertionError, ET.ParseError) as error:
        return [f"unreadable report: {error}"]
    return []


def _check_json(text: str) -> None:
    value: Any = json.loads(text)
    json.dumps(value, ensure_ascii=False).encode()  # no half of a surrogate pair


def _format(arguments: tuple[str, ...]) -> str | None:
    return arguments[arguments.index("--output-format") + 1] if "--output-format" in arguments else None
