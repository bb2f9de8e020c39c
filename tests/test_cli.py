"""The command line and the library: what they do with names, pipes and dialects that are wrong, and how fast."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from command import INTERRUPTIBLE, ROOT, SCRIPT, environment, parlance

Library: TypeAlias = Any
"""Its attributes are loaded lazily, and no checker follows."""

GOOD = '{"model": "m", "messages": []}'
BAD = '{"model": 5, "messages": []}'


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """The library, seeing the hand-made dialects only."""
    real = {name: sys.modules.pop(name) for name in list(sys.modules) if name.split(".")[0] == "parlance_dialects"}
    monkeypatch.setattr(sys, "path", [str(ROOT / "tests" / "stand_in"), *sys.path])
    import parlance

    yield parlance
    for name in [name for name in sys.modules if name.split(".")[0] == "parlance_dialects"]:
        del sys.modules[name]
    sys.modules.update(real)


def test_files_folders_and_patterns_are_read_once(tmp_path: Path) -> None:
    (tmp_path / "deep" / ".hidden").mkdir(parents=True)
    for name in ("a.json", "deep/b.YML", "deep/c.ndjson", "deep/.hidden/d.json", "deep/e.log"):
        (tmp_path / name).write_text(GOOD + "\n")
    assert parlance("validate", ".", "a.json", cwd=tmp_path).stdout.startswith("3 files conform to small (3 requests)")
    assert parlance("validate", "**/*.log", "*.json", cwd=tmp_path).stdout.startswith("2 files conform")
    assert parlance("validate", "a.json", cwd=tmp_path).stdout == "1 file conforms to small (1 request)\n"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing.json", "error: missing.json: no such file or folder"),
        ("empty", "error: empty: no file in this folder is any of *.json"),
        ("*.nothing", "error: *.nothing: no file matches"),
        ("loop.json", "error: loop.json: too many levels of symbolic links"),
    ],
)
def test_what_cannot_be_read_is_reported_and_the_rest_is_checked(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "loop.json").symlink_to("loop.json")
    (tmp_path / "bad.json").write_text(BAD)
    done = parlance("validate", name, "bad.json", cwd=tmp_path)
    assert message in done.stderr
    assert "bad.json:1:11: error PAR103" in done.stdout
    assert "1 error in 1 of 1 file" in done.stdout
    assert done.returncode == 2


def test_standard_input_is_json_json_lines_or_what_its_name_says(tmp_path: Path) -> None:
    assert parlance("validate", "-", cwd=tmp_path, stdin=GOOD.encode()).returncode == 0
    assert "(2 requests)" in parlance("validate", "-", cwd=tmp_path, stdin=f"{GOOD}\n{GOOD}".encode()).stdout
    done = parlance("validate", "-", "--stdin-filename", "x.yaml", cwd=tmp_path, stdin=b"model: [\n")
    assert done.stdout.startswith("x.yaml:2:1: error PAR010")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["validate"], "error: .: no file in this folder is any of *.json"),
        (["validate", "--dialect", "smal", "-"], "there is no dialect 'smal'; did you mean 'small'?"),
        (["validate", "--dialect", "xyz", "-"], "; known are "),
        (["validate", "--as", "reqest", "-"], "small has no artifact 'reqest'; did you mean 'request'?"),
        (["validate", "--dialct", "x"], "--dialect"),
        (["validate", "--output-format", "xml", "-"], "json-lines"),
        (["validat"], "there is no command 'validat'; did you mean 'validate'?"),
        (["xyz"], "there are validate, lint, "),
        (["--versoin"], "--version"),
        (["dialects", "show", "klustr"], "did you mean 'kluster'?"),
    ],
)
def test_wrong_arguments_are_reported(tmp_path: Path, arguments: list[str], message: str) -> None:
    done = parlance(*arguments, cwd=tmp_path)
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode == 2


def test_a_closed_pipe_is_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_text(f"{BAD}\n" * 5000)
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, "validate", "many.jsonl"],
        cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout
    assert process.stderr
    assert process.stdout.readline().startswith(b"many.jsonl:1:11")
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 2
    process.stderr.close()


def test_an_interrupt_is_no_traceback(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTIBLE, "validate", "-", "--stdin-filename", "x.jsonl"],
        cwd=tmp_path, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    process.stdin.write(f"{BAD}\n".encode() * 2000)
    process.stdin.flush()
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate()
    assert re.fullmatch(rb"interrupted after [0-9,]+ lines? of x.jsonl", errors.strip())
    assert process.returncode == 130


def test_a_full_disk_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(GOOD)
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, "validate", "a.json"],
            cwd=tmp_path, env=environment(), stdout=full, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert done.stderr == b"error: standard output cannot be written: no space left on device\n"
    assert done.returncode == 2


def test_json_output_is_one_object(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(GOOD)
    (tmp_path / "b.json").write_text(BAD)
    report = json.loads(parlance("validate", ".", "--output-format", "json", cwd=tmp_path).stdout)
    assert list(report) == ["dialect", "files", "skipped", "findings", "rules", "problems", "summary"]
    assert [one["errors"] for one in report["files"]] == [0, 1]
    assert report["findings"][0]["pointer"] == "/model"
    assert report["summary"]["files"] == 2


def test_colour_is_for_terminals(tmp_path: Path) -> None:
    master, slave = os.openpty()
    (tmp_path / "b.json").write_text(BAD)
    for extra, coloured in (({"NO_COLOR": ""}, True), ({"NO_COLOR": "1"}, False)):
        subprocess.run(
            [sys.executable, "-c", SCRIPT, "validate", "b.json"],
            cwd=tmp_path, env=environment(TERM="xterm", **extra), stdout=slave, check=False,
        )  # fmt: skip
        assert (b"\x1b[31m" in os.read(master, 65536)) == coloured
    os.close(master)
    os.close(slave)


def test_a_small_file_is_checked_in_a_moment(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(GOOD)
    script = f"import sys; sys.argv[1:] = ['validate', 'a.json']\ntry:\n  {SCRIPT}\nfinally: print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False
    )
    loaded = set(done.stdout.split())
    assert "click" in loaded
    assert not loaded & {"rich", "yaml", "jinja2", "pydantic", "jsonschema", "parlance.spec", "parlance.targets"}
    assert not loaded & {"hashlib", "shutil", "tomllib", "difflib", "ctypes"}


def test_the_library_is_imported_in_a_moment(tmp_path: Path) -> None:
    script = "import sys; before = set(sys.modules); import parlance; print(*(set(sys.modules) - before))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=environment(), capture_output=True, text=True, check=True
    )
    assert set(done.stdout.split()) <= {"parlance", "__future__"}


def test_the_library_reads_bytes_text_and_values(library: Library) -> None:
    for payload in (GOOD, GOOD.encode(), bytearray(GOOD.encode()), json.loads(GOOD)):
        assert library.validate(payload).ok
    report = library.validate(BAD)
    assert (report.ok, report.findings[0].code, report.findings[0].span.column) == (False, "PAR103", 11)
    (finding,) = library.validate(json.loads(BAD), dialect="tiny").findings
    assert (finding.span, finding.pointer, finding.name) == (None, "/model", "wrong-type")
    assert library.validate({"object": "answer", "text": ""}, artifact="auto").ok
    assert not library.validate({"model": {1}, "messages": ()}).ok


def test_the_library_names_what_it_does_not_know(library: Library) -> None:
    with pytest.raises(library.UnknownDialect, match="did you mean 'small'"):
        library.validate(GOOD, dialect="smll")
    with pytest.raises(library.UnknownArtifact, match="did you mean 'request'"):
        library.validate(GOOD, artifact="requests")
    with pytest.raises(library.UnknownDialect, match="is not a day"):
        library.validate(GOOD, dialect="openai@tomorrow")
    with pytest.raises(AttributeError):
        library.nothing  # noqa: B018
    assert set(library.__all__) <= set(dir(library))


def test_a_long_file_needs_little_memory(tmp_path: Path) -> None:
    with (tmp_path / "long.jsonl").open("w") as file:
        for _ in range(10):
            file.write(f"{GOOD}\n" * 2_000)
    # Memory that Python hands out, not the process's: that begins with what its parent had.
    script = (
        "import atexit, sys, tracemalloc; sys.argv[1:] = ['validate', 'long.jsonl']; tracemalloc.start(); "
        "atexit.register(lambda: print(tracemalloc.get_traced_memory()[1] // 2**20)); " + SCRIPT
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False
    )
    summary, memory = done.stdout.splitlines()
    assert summary == "1 file conforms to small (20,000 requests)"
    assert int(memory) < 16


def test_the_dialects_are_listed_and_shown(tmp_path: Path) -> None:
    listed = json.loads(parlance("dialects", "--output-format", "json", cwd=tmp_path).stdout)
    assert sum(one["default"] for one in listed) == 1
    table = parlance("dialects", cwd=tmp_path).stdout.splitlines()
    assert [line.split()[0] for line in table[1:] if line[0] != " "] == [one["id"] for one in listed]
    name = next(one["id"] for one in listed if one["aliases"] and not one["default"])
    page = parlance("dialects", "show", name, cwd=tmp_path).stdout
    assert f"{name}: " in page
    assert "\ndifferences from " in page
    assert "\nevidence\n" in page
    facts = json.loads(parlance("dialects", "show", name, "--output-format", "json", cwd=tmp_path).stdout)
    assert {"name", "type", "presence", "null", "since", "printed"} <= facts["artifacts"][0]["fields"][0].keys()
