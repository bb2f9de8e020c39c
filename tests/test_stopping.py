"""Signals at chosen moments: the process ends with 128 and the number, in order, and leaves nothing behind.

The moments are made inside the process, by what Python reports to audit hooks, so that no clock decides.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from command import environment

SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]

AT_EVENT = """
import os, sys
def send(event, arguments):
    if not sent and event == {event!r} and {part!r} in str(arguments[0]):
        sent.append(event)
        {act}
sent = []
sys.addaudithook(send)
"""
SEND = "os.kill(os.getpid(), {number})"
TWICE = "try: os.kill(os.getpid(), {number})\n        finally: os.kill(os.getpid(), {number})"
IN_DEL = """class Dropped:
            def __del__(self):
                os.kill(os.getpid(), {number})
                for _ in range(1000): pass
        Dropped()"""
IN_EXEC = 'exec("os.kill(os.getpid(), {number})")'
IN_FLUSH = """
import io, os, sys
class Full(io.RawIOBase):
    def writable(self): return True
    def fileno(self): return 1
    def write(self, data):
        os.kill(os.getpid(), {number})
        return len(data)
sys.stdout = io.TextIOWrapper(io.BufferedWriter(Full()), encoding="utf-8")
"""
AT_EXIT = "import atexit, os; atexit.register(os.kill, os.getpid(), {number})\n"
AT_THE_END = """
import os, sys
class Last:
    def __init__(self, kill, pid): self.kill, self.pid = kill, pid
    def __del__(self): self.kill(self.pid, {number})
sys.last = Last(os.kill, os.getpid())
"""

MOMENTS = {
    "before anything is loaded": AT_EVENT.format(event="import", part="click", act=SEND),
    "while a command is loaded": AT_EVENT.format(event="open", part="lint_command.", act=SEND),
    "while a dialect is loaded": AT_EVENT.format(event="import", part="parlance_dialects", act=SEND),
    "when the file is opened": AT_EVENT.format(event="open", part="x.json", act=SEND),
    "when a report is begun": AT_EVENT.format(event="open", part=".report.sarif.", act=SEND),
    "when the fixed file is begun": AT_EVENT.format(event="open", part=".x.json.", act=SEND),
    "when the fixed file goes to its place": AT_EVENT.format(event="os.rename", part=".x.json.", act=SEND),
    "when the report goes to its place": AT_EVENT.format(event="os.rename", part=".report.sarif.", act=SEND),
    "twice in a row": AT_EVENT.format(event="open", part=".x.json.", act=TWICE),
    "where an exception is lost": AT_EVENT.format(event="open", part=".x.json.", act=IN_DEL),
    "while code is made of a text": AT_EVENT.format(event="open", part="x.json", act=IN_EXEC),
    "while the output is written": IN_FLUSH,
}
AT_ONCE = ("twice in a row", "where an exception is lost")
"""Nothing is waited for then, and the next run clears up."""

FAULTY = '{"model": "m", "stop": "", "seed": 1, "messages": [{"role": "user", "content": ""}]}\n'
FIXED = FAULTY.replace('"stop": "", ', "")
COMMAND = ["lint", "--dialect", "mendable", "--fix", "--output-file", "sarif=report.sarif", "x.json"]


def stopped(folder: Path, setup: str, number: signal.Signals, code: str = "") -> subprocess.CompletedProcess[str]:
    """A run of the command, or of *code*, in a Python that does *setup* when it starts."""
    (work := folder / "work").mkdir(exist_ok=True)
    (site := folder / "site").mkdir(exist_ok=True)
    (work / "x.json").write_text(FAULTY)
    (site / "sitecustomize.py").write_text(setup.replace("{number}", str(int(number))))
    surroundings = environment()
    surroundings["PYTHONPATH"] = os.pathsep.join([str(site), surroundings["PYTHONPATH"]])
    program = ["-c", code] if code else ["-m", "parlance"]
    return subprocess.run(
        [sys.executable, *program, *COMMAND], cwd=work, env=surroundings, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("number", SIGNALS, ids=lambda one: one.name)
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_signal_ends_a_run_in_order(tmp_path: Path, moment: str, number: signal.Signals) -> None:
    done = stopped(tmp_path, MOMENTS[moment], number)
    assert done.returncode == 128 + number, done.stderr
    assert "interrupted" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "work/x.json").read_text() in (FAULTY, FIXED)
    left = {path.name for path in (tmp_path / "work").iterdir()} - {"x.json"}
    if moment in AT_ONCE:  # what is not undone has a name that begins with a dot
        assert all(name.startswith(".") for name in left)
    else:
        assert left <= ({"report.sarif"} if moment == "while the output is written" else set())


@pytest.mark.parametrize("number", SIGNALS, ids=lambda one: one.name)
@pytest.mark.parametrize("moment", [AT_EXIT, AT_THE_END], ids=["when Python exits", "when Python is gone"])
def test_a_signal_after_the_end_changes_no_exit_code(tmp_path: Path, moment: str, number: signal.Signals) -> None:
    done = stopped(tmp_path, moment, number)
    assert (done.returncode, (tmp_path / "work/x.json").read_text()) == (0, FIXED)
    assert done.stderr == "Fixed 1 of 1 finding in 1 file\n"


def test_a_signal_that_the_process_ignores_stays_so(tmp_path: Path) -> None:
    """As `nohup` has it."""
    left_out = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
    done = stopped(tmp_path, left_out + MOMENTS["when the file is opened"], signal.SIGHUP)
    assert (done.returncode, (tmp_path / "work/x.json").read_text()) == (0, FIXED)


def test_what_fails_while_a_run_is_stopped_does_not_hide_that_it_was(tmp_path: Path) -> None:
    """A draft that cannot be removed, on a disk that is full by now."""
    failing = (
        "import io\n"
        "class Full(io.FileIO):\n"
        "    def close(self): raise OSError(28, 'No space left on device')\n"
        "import pathlib\n"
        "unlink = pathlib.Path.unlink\n"
        "def fails(self, missing_ok=False): raise OSError(28, 'No space left on device')\n"
        "pathlib.Path.unlink = fails\n"
    )
    done = stopped(tmp_path, MOMENTS["when the fixed file goes to its place"] + failing, signal.SIGTERM)
    assert done.returncode == 143
    assert "Traceback" not in done.stderr


def test_a_call_inside_a_process_gives_the_signals_back(tmp_path: Path) -> None:
    code = (
        "import signal, sys\n"
        "from parlance.cli import main\n"
        "before = [signal.getsignal(one) for one in (2, 15, 1)], sys.unraisablehook\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit as end: print(end.code)\n"
        "print(before == ([signal.getsignal(one) for one in (2, 15, 1)], sys.unraisablehook))\n"
    )
    assert stopped(tmp_path, "", signal.SIGTERM, code).stdout.endswith("0\nTrue\n")
    done = stopped(tmp_path, MOMENTS["when the file is opened"], signal.SIGTERM, code)
    assert done.stdout.endswith("143\nTrue\n")
