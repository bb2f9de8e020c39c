"""What cannot be written is said, hides no finding, loses nothing, and keeps nothing else from being written."""

from __future__ import annotations

import errno
import json
import os
import re
import resource
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hostile.law import Done, breaches, run, snapshot
from parlance.cli import main
from parlance.emit.temp_file import TempFile

MESSAGES = [{"role": "user", "content": "Hello"}]
REQUEST: dict[str, Any] = {"model": "gpt-4.1-2025-04-14", "messages": MESSAGES, "max_tokens": 3}
TEXTS = {
    "x.json": json.dumps(REQUEST),
    "x.jsonl": f"{json.dumps(REQUEST)}\n" * 3,
    "x.yaml": "model: gpt-4.1-2025-04-14\nmessages:\n- {role: user, content: Hello}\nmax_tokens: 3 # few\n",
}
COUNTS = {"x.json": 1, "x.jsonl": 3, "x.yaml": 1}
ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EIO, errno.ENOENT)
FIX = ["lint", "--as", "request", "--output-format", "concise", "--fix"]
Act = Callable[[list[str]], tuple[int, str, str]]


@pytest.fixture
def act(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Act:
    """Runs a command in an empty folder; its exit code, its output and its messages."""
    monkeypatch.chdir(tmp_path)

    def acted(arguments: list[str]) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            main(arguments)
        printed = capsys.readouterr()
        assert isinstance(end.value.code, int)
        return end.value.code, printed.out, printed.err

    return acted


def failing(number: int) -> Callable[..., Any]:
    """What a full disk or a file system without rights does."""

    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


REPLACE = Path.replace
MOMENTS = {
    "begun": (TempFile, "_inherit"),
    "synchronised": (os, "fsync"),
    "put in its place": (Path, "replace"),
}


@pytest.mark.parametrize("number", ERRORS, ids=lambda one: errno.errorcode[one])
@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("file", TEXTS)
def test_what_would_have_been_fixed_is_found(
    file: str, moment: str, number: int, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(file).write_text(TEXTS[file])
    monkeypatch.setattr(*MOMENTS[moment], failing(number))
    code, out, err = act([*FIX, file])
    assert code == 2
    assert out.count("PAR512") == COUNTS[file]
    assert f"{COUNTS[file]} fixable with --fix" in " ".join(out.split())
    assert f"error: {file}: it cannot be fixed: {os.strerror(number).lower()}\n" in err
    assert f"Fixed 0 of {COUNTS[file]} finding" in err
    assert snapshot(Path()) == {file: TEXTS[file].encode()}


@pytest.mark.parametrize("file", TEXTS)
def test_a_disk_that_is_full_in_the_middle_leaves_the_file(file: str, tmp_path: Path) -> None:
    (work := tmp_path / "work").mkdir()
    text = TEXTS[file].replace("Hello", "Hello" * 20_000)
    (work / file).write_text(text)
    done = limited([*FIX, file], work, 50_000)
    assert (done.code, breaches(done)) == (2, [])
    assert b"it cannot be fixed: file too large" in done.err
    assert snapshot(work) == {file: text.encode()}


def limited(arguments: list[str], work: Path, size: int) -> Done:
    """A run that writes no file beyond *size* bytes, nor what it prints."""
    return run(arguments, work, before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))


def test_the_others_are_fixed_and_counted(act: Act, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.json", "b.json", "c.json"):
        Path(name).write_text(TEXTS["x.json"])
    monkeypatch.setattr(Path, "replace", refused("b.json", errno.ENOSPC))
    code, out, err = act([*FIX, "."])
    assert code == 2
    assert re.findall(r"^\S+: PAR512", out, re.MULTILINE) == ["b.json:1:85: PAR512"]
    assert "Fixed 2 of 3 findings in 2 files\n" in err
    assert "error: b.json: it cannot be fixed: no space left on device\n" in err
    fixed = {path.name: "max_completion_tokens" in path.read_text() for path in Path().iterdir()}
    assert fixed == {"a.json": True, "b.json": False, "c.json": True}


def refused(name: str, number: int) -> Callable[[Path, Path], Path]:
    """What moves every file to its place but one."""

    def replace(path: Path, target: Path) -> Path:
        if name in path.name:
            raise OSError(number, os.strerror(number))
        return REPLACE(path, target)

    return replace


def test_a_file_that_may_not_be_written_is_not_replaced(act: Act, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who may do everything asks nobody, so the answer is made here."""
    Path("x.json").write_text(TEXTS["x.json"])

    def denied(*_: object) -> bool:
        return False

    monkeypatch.setattr(os, "access", denied)
    code, out, err = act([*FIX, "x.json"])
    assert (code, out.count("PAR512")) == (2, 1)
    assert "x.json: it cannot be fixed: it is read-only\n" in err


def test_a_file_that_is_gone_is_still_reported(act: Act, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("x.json").write_text(TEXTS["x.json"])
    begin = TempFile.__init__

    def begun(temp_file: TempFile, target: Path) -> None:
        begin(temp_file, target)
        target.unlink()

    monkeypatch.setattr(TempFile, "__init__", begun)
    code, out, err = act([*FIX, "x.json"])
    assert (code, out.count("PAR512")) == (2, 1)
    assert "x.json: it cannot be fixed: no such file or directory\n" in err
    assert snapshot(Path()) == {}


def test_a_pipe_is_checked_and_cannot_be_fixed(act: Act, monkeypatch: pytest.MonkeyPatch) -> None:
    read, write = os.pipe()
    os.write(write, TEXTS["x.json"].encode())
    os.close(write)
    code, out, err = act([*FIX, f"/dev/fd/{read}"])
    os.close(read)
    del monkeypatch
    assert (code, out.count("PAR512")) == (2, 1)
    assert "it cannot be fixed: it is not a regular file\n" in err


@pytest.mark.parametrize("number", ERRORS, ids=lambda one: errno.errorcode[one])
def test_a_report_that_cannot_be_written_hides_nothing(number: int, act: Act, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("x.json").write_text(TEXTS["x.json"])
    monkeypatch.setattr(Path, "replace", refused("sarif", number))
    reports = ["--output-file", "sarif=x.sarif", "--output-file", "junit=x.xml"]
    code, out, err = act([*FIX, *reports, "x.json"])
    assert code == 2
    assert "error: x.sarif cannot be written: " in err
    assert "Fixed 1 of 1 finding in 1 file\n" in err
    assert out
    assert {*snapshot(Path())} == {"x.json", "x.xml"}


def test_a_report_that_is_full_early_keeps_the_run_going(tmp_path: Path) -> None:
    (work := tmp_path / "work").mkdir()
    (work / "x.jsonl").write_text(TEXTS["x.jsonl"] * 500)

    def limit() -> None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    arguments = ["lint", "--output-file", "json-lines=findings.txt", "--output-format", "github", "x.jsonl"]
    done = run(arguments, work, before=limit)
    assert b"findings.txt cannot be written: file too large" in done.err
    assert (done.code, {*snapshot(work)}) == (2, {"x.jsonl"})


@pytest.mark.parametrize("number", ERRORS, ids=lambda one: errno.errorcode[one])
def test_a_baseline_that_cannot_be_written_hides_nothing(
    number: int, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("x.jsonl").write_text(TEXTS["x.jsonl"])
    monkeypatch.setattr(Path, "replace", failing(number))
    code, out, err = act([*FIX[:-1], "--baseline", "known.json", "--baseline-update", "x.jsonl"])
    assert code == 2
    assert out.count("PAR512") == 3
    assert f"known.json cannot be written: {os.strerror(number).lower()}\n" in err
    assert snapshot(Path()) == {"x.jsonl": TEXTS["x.jsonl"].encode()}


def test_an_old_baseline_stays_where_the_new_one_has_no_room(act: Act, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("x.jsonl").write_text(TEXTS["x.jsonl"])
    update = [*FIX[:-1], "--baseline", "known.json", "--baseline-update", "x.jsonl"]
    assert act(update)[:2] == (0, "1 file: no new findings; 3 in known.json\n")
    before = Path("known.json").read_bytes()
    Path("x.jsonl").write_text(TEXTS["x.jsonl"].replace("max_tokens", "user"))
    monkeypatch.setattr(os, "fsync", failing(errno.ENOSPC))
    code, out, _ = act(update)
    assert (code, out.count("PAR103")) == (2, 3)
    assert Path("known.json").read_bytes() == before


def test_output_that_is_full_is_named(tmp_path: Path) -> None:
    (work := tmp_path / "work").mkdir()
    (work / "x.json").write_text(TEXTS["x.json"])

    def full() -> None:
        os.dup2(os.open("/dev/full", os.O_WRONLY), 1)

    for arguments in (["--diff", "x.json"], ["--fix", "-"], ["x.json"], ["--output-format", "json", "x.json"]):
        done = run(["lint", "--as", "request", *arguments], work, TEXTS["x.json"].encode(), before=full)
        assert (done.code, breaches(done)) == (2, [])
        assert b"standard output cannot be written: no space left on device" in done.err
        assert snapshot(work) == {"x.json": TEXTS["x.json"].encode()}


def test_a_generated_folder_stays_where_there_is_no_room(act: Act, monkeypatch: pytest.MonkeyPatch) -> None:
    from hostile.moments import SPEC

    generate = ["generate", "--spec", str(SPEC), "--output", "made"]
    monkeypatch.setattr(os, "fsync", failing(errno.ENOSPC))
    code, _, err = act(generate)
    assert code == 2
    assert "made cannot be written: no space left on device; it is as it was before\n" in err
    assert snapshot(Path()) == {}


def test_hard_links_are_cut_and_that_is_reported(act: Act) -> None:
    Path("x.json").write_text(TEXTS["x.json"])
    os.link("x.json", "y.json")
    os.link("x.json", "z.json")
    code, _, err = act([*FIX, "x.json"])
    assert code == 0
    assert "warning: x.json: it had 2 other names (hard links), which keep the old content\n" in err
    assert "max_completion_tokens" in Path("x.json").read_text()
    assert Path("y.json").read_text() == TEXTS["x.json"]
    assert Path("y.json").samefile("z.json")
    assert "hard links" not in act([*FIX, "x.json"])[2]


def test_what_a_file_is_stays_with_it(act: Act) -> None:
    Path("x.json").write_text(TEXTS["x.json"])
    Path("x.json").chmod(0o640)
    attribute = with_attribute("x.json")
    os.utime("x.json", (1, 1))
    owner = (Path("x.json").stat().st_uid, Path("x.json").stat().st_gid)
    if os.geteuid() == 0:
        owner = (12345, 23456)
        os.chown("x.json", *owner)
    assert act([*FIX, "x.json"])[0] == 0
    facts = Path("x.json").stat()
    assert (stat.S_IMODE(facts.st_mode), facts.st_uid, facts.st_gid) == (0o640, *owner)
    assert facts.st_mtime > 1
    if attribute:
        assert os.getxattr("x.json", "user.note") == b"kept"


def with_attribute(file: str) -> bool:
    """Whether the file system has extended attributes, of which *file* gets one."""
    try:
        os.setxattr(file, "user.note", b"kept")
    except (OSError, AttributeError):
        return False
    return True


def test_an_owner_that_cannot_be_kept_is_reported(act: Act, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("x.json").write_text(TEXTS["x.json"])
    if os.geteuid() != 0:
        pytest.skip("only root can give a file away")
    os.chown("x.json", 12345, 23456)
    monkeypatch.setattr(os, "chown", failing(errno.EPERM))
    code, _, err = act([*FIX, "x.json"])
    assert (code, "warning: x.json: it belongs now to whoever ran this\n" in err) == (0, True)
