"""A part of `tests/hostile`: every kind of input with three commands would take minutes, a few of each take a moment.

What broke the law once is named in `BROKEN`, and is tried here with the command that broke.
"""

from __future__ import annotations

import io
import json
import os
import re
import select
import shutil
import signal
import tomllib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import click
import pytest
from hostile.campaign import prepare, try_all
from hostile.commands import COMMANDS
from hostile.growth import CASES, grown
from hostile.inputs import SAMPLES, Input, damaged, hostile, truncated
from hostile.law import breaches, run, snapshot
from hostile.moments import BASELINE, FIX, REPORT, doubled, killed, stopped, without_room
from parlance.check.baseline import InvalidBaseline, read_baseline
from parlance.check.dialect import generated_dialect
from parlance.check.document_reader import decoded_document, read_documents
from parlance.check.engine import judge
from parlance.cli.matching import opcodes
from parlance.cli.settings_file import find_settings
from parlance.emit.lock import LOCK_NAME, Lock, read_lock
from parlance.finding import SpecError
from parlance.spec import load_spec
from parlance.spec.reading import read_text

SPEC = Path(__file__).parent / "cases" / "spec" / "foreign-small"
GOOD = '{"model": "gpt-4.1-2025-04-14", "messages": [{"role": "user", "content": "x"}]}'
INPUTS = {one.name: one for one in hostile()}
BROKEN = {
    "hexadecimal": "validate",
    "base sixty": "validate",
    "merges of empty mappings": "validate",
    "deep arrays": "as a baseline",
    "deep objects": "as a baseline",
    "terminal": "lint in text",
    "workflow": "lint in github",
    "lone surrogate": "request in gitlab",
    "with mark of utf-32-be.json": "fix",
    "every byte.txt": "standard input",
}


@pytest.fixture(scope="module", autouse=True)
def _prepared() -> None:
    prepare()


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A folder to run in, with nothing around it."""
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("name", BROKEN)
def test_what_broke_the_law_once_keeps_it(name: str, tmp_path: Path) -> None:
    command = BROKEN[name]
    assert not [*try_all(tmp_path, [INPUTS[name]], {command: COMMANDS[command]})]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_keeps_the_law(command: str, tmp_path: Path) -> None:
    given = [
        INPUTS["duplicate at every level"],
        INPUTS["NULs.json"],
        *damaged("sample.yaml", SAMPLES["sample.yaml"], 1),
    ]
    assert not [*try_all(tmp_path, given, {command: COMMANDS[command]})]


def verdicts(given: Input) -> Iterator[str]:
    for document in read_documents(io.BytesIO(given.data), given.file):
        for finding in judge(document, generated_dialect(), "request", lint=True).findings:
            assert finding.span is not None
            yield finding.code


@pytest.mark.parametrize("file", SAMPLES)
def test_a_file_that_is_cut_or_damaged_anywhere_is_judged(file: str) -> None:
    cut = [*truncated(file, SAMPLES[file])]
    assert sum(bool([*verdicts(one)]) for one in cut) > len(cut) // 2
    for one in damaged(file, SAMPLES[file], 200):
        assert all(re.fullmatch(r"PAR\d{3}", code) for code in verdicts(one))


def test_settings_baselines_locks_and_specs_may_be_cut_anywhere(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is read, or refused in words."""
    monkeypatch.chdir(work)
    settings = b'dialect = "openai"\nper-file-ignores = {"a/*.json" = ["PAR1"]}\n[severities]\nPAR102 = "warning"\n'
    tomllib.loads(settings.decode())
    baseline = b'{"version": 1, "findings": [{"file": "a", "code": "PAR102", "fingerprint": "x"}]}'
    lock = b'{"dialects": {"a": "b"}, "inputs": {"spec/x": "1"}, "outputs": {"a": {"sha256": "2", "target": "t"}}}'
    order = (SPEC / "schemas/order.yaml").read_bytes()

    def read_settings() -> object:
        return find_settings(work)

    readers: dict[str, tuple[bytes, Callable[[], object]]] = {
        "parlance.toml": (settings, read_settings),
        "b.json": (baseline, lambda: read_baseline(Path("b.json"))),
        LOCK_NAME: (lock, lambda: read_lock(work)),
        "order.yaml": (
            order,
            lambda: read_text(Path("order.yaml").read_bytes().decode("utf-8", "replace"), "order.yaml"),
        ),
    }
    for name, (data, read) in readers.items():
        for one in [*truncated(name, data.decode(), 1 + len(data) // 300), *damaged(name, data.decode(), 40)]:
            Path(name).write_bytes(one.data)
            with suppress(click.UsageError, InvalidBaseline, SpecError):
                read()


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "A: " + "{a: " * 100_000, "- " * 100_000, "? " * 100_000, "a: &a [*a]"]
)
def test_a_spec_may_be_nested_in_any_way(text: str) -> None:
    with pytest.raises(SpecError):
        read_text(text, "x.yaml")


@pytest.mark.parametrize(
    "text",
    [f"x = {'[' * 100_000}", "a." * 100_000 + "b = 1", f"[{'a.' * 100_000}b]", f"x = {{{'a.' * 50_000}b = 1}}"],
)
def test_settings_may_be_nested_in_any_way(text: str, work: Path) -> None:
    (work / "parlance.toml").write_text(text)
    with pytest.raises(click.UsageError, match=r"nested too deeply|so many parts"):
        find_settings(work)


@pytest.mark.parametrize("key", ["baseline", "output", "spec"])
def test_settings_name_no_file_that_cannot_be(key: str, work: Path) -> None:
    (work / "parlance.toml").write_text(f'{key} = "a\\u0000b"')
    with pytest.raises(click.UsageError, match=r"U\+0000"):
        find_settings(work)


def test_patterns_that_are_none_match_nothing(work: Path) -> None:
    (work / "parlance.toml").write_text('exclude = ["!", "***/", "["]\nper-file-ignores = {"!" = ["PAR1"]}')
    (work / ".gitignore").write_text("!\n/\n\\\n[\n")
    (work / "x.json").write_text(GOOD)
    done = run(["validate", "."], work)
    assert (done.code, breaches(done)) == (0, [])


@pytest.mark.parametrize("payload", [{"n": 10**5000}, {10**5000: 1}, {"messages": [10**5000]}, {"stop": [-(10**5000)]}])
def test_a_value_may_hold_numbers_that_python_does_not_print(payload: Any) -> None:
    document = decoded_document(payload)
    assert {"PAR006", "PAR001"} & {fault.code for fault in document.faults}
    assert judge(document, generated_dialect(), "request", lint=True).findings


def test_only_files_are_taken_from_a_folder_and_circles_end(work: Path) -> None:
    (work / "x.json").write_text(GOOD)
    (work / "folder.json").mkdir()
    os.mkfifo(work / "pipe.json")
    os.mkfifo(work / ".gitignore")
    (work / "endless.json").symlink_to("/dev/zero")
    for name in ("circle", "other-circle"):
        (work / name).symlink_to(".")
    for names in (["."], ["**/*.json"], ["./**/x.json"], ["*.json"], ["circle/*.json", "x.json"]):
        done = run(["validate", *names], work)
        assert (done.code, breaches(done)) == (0, []), (names, done)


@pytest.mark.parametrize("arguments", [["/dev/zero"], ["-"], ["--baseline", "/dev/zero", "x.json"]])
def test_what_never_ends_is_given_up(arguments: list[str], work: Path) -> None:
    def from_zero() -> None:
        os.dup2(os.open("/dev/zero", os.O_RDONLY), 0)

    (work / "x.json").write_text(GOOD)
    done = run(["lint", *arguments], work, before=from_zero)
    assert (done.code, breaches(done)) == (2, [])
    assert b"more than 256 MiB" in done.err


@pytest.mark.parametrize("closed", [(0,), (1,), (2,), (0, 1, 2)])
def test_streams_may_be_closed(closed: tuple[int, ...], work: Path) -> None:
    def close() -> None:
        for number in closed:
            os.close(number)

    (work / "x.json").write_text(GOOD)
    assert run(["validate", "x.json"], work, before=close).code == 0
    done = run(["validate", "-"], work, before=close)
    assert done.code == (2 if 0 in closed else 1)
    assert b"Traceback" not in done.err


@pytest.mark.parametrize(
    "name",
    [
        b"a b",
        b"-n",
        b"a\n::error::b",
        b"::error::x",
        b"\xff\xfe",
        b"\x1b[31m\x9b",
        "é漢\u202e".encode(),
        b"%0A",
        b"]]>",
    ],
)
def test_a_file_may_have_any_name(name: bytes, tmp_path: Path) -> None:
    given = Input(
        "any name", os.fsdecode(name + b".json"), GOOD.replace("}]}", '}], "nam": 1, "max_tokens": 1}').encode()
    )
    commands = {key: value for key, value in COMMANDS.items() if "." in value or key == "pattern"}
    commands |= {
        f"all in {form}": ["lint", "--output-format", form, "."] for form in ("github", "gitlab", "junit", "json")
    }
    commands |= {
        "fix": ["lint", "--fix", "."],
        "diff": ["lint", "--diff", "."],
        "report": ["lint", "--output-file", f"{given.file}.txt", "."],
    }
    surplus = "left behind: "
    assert not [one for one in try_all(tmp_path, [given], commands) if surplus not in one or ".txt" not in one]


@pytest.mark.parametrize("word", ["\x1b[31m\u202e\n::error::b\udcff"])
def test_what_is_refused_cannot_steer_a_terminal(word: str, work: Path) -> None:
    for arguments in (
        [word], ["validate", word], ["validate", f"--{word}"], ["rule", word],
        ["lint", "--select", word, "x"],
        ["generate", "--spec", word], ["generate", "--target", word], ["validate", "--as", word, "x"],
        ["lint", "--baseline", word, "x"],
    ):  # fmt: skip
        done = run(arguments, work)
        assert (done.code, breaches(done)) == (2, []), arguments
    (work / "parlance.toml").write_bytes(f"dialect = {json.dumps(word[:-1])}".encode())
    assert not breaches(run(["config"], work))


def test_a_diff_on_a_terminal_cannot_steer_it(work: Path) -> None:
    (work / "x.json").write_text(GOOD.replace("}]}", '}], "user": "\x9b31m\u202e", "max_tokens": 1}'))
    master, slave = os.openpty()
    done = run(["lint", "--diff", "x.json"], work, before=lambda: os.dup2(slave, 1))
    printed = b""
    while select.select([master], [], [], 0.5)[0]:
        printed += os.read(master, 65536)
    shown = printed.decode()
    os.close(master)
    os.close(slave)
    assert done.code == 1
    assert "max_completion_tokens" in shown
    assert not re.search("[\x80-\x9f\u202e]", shown)


def test_a_spec_is_read_from_its_folder_only(work: Path) -> None:
    shutil.copytree(SPEC, work / "spec")
    os.mkfifo(work / "spec/schemas/pipe.yaml")
    (work / "spec/schemas/endless.yaml").symlink_to("/dev/zero")
    (work / "outside.yaml").write_text("Out: {description: x, type: string}\n")
    (work / "spec/schemas/outside.yaml").symlink_to("../../outside.yaml")
    with pytest.raises(SpecError) as refused:
        load_spec(work / "spec")
    link = "this is a link that leads out of the spec's folder"
    assert [one.message for one in refused.value.findings] == [link, link, "this is no file"]


def test_nothing_is_written_through_a_link(work: Path) -> None:
    shutil.copytree(SPEC, work / "spec")
    (work / "elsewhere").mkdir()
    (work / "generated").mkdir()
    (work / "generated/python").symlink_to("../elsewhere")
    done = run(["generate", "--spec", "spec", "--output", "generated"], work)
    assert (done.code, breaches(done)) == (2, [])
    assert b"it is a link" in done.err
    assert not [*(work / "elsewhere").iterdir()]


@pytest.mark.parametrize("path", ["../x", "/etc/passwd", "a/../../x"])
def test_a_lock_that_names_other_places_is_none(path: str, tmp_path: Path) -> None:
    (tmp_path / LOCK_NAME).write_text(json.dumps({"dialects": {}, "inputs": {}, "outputs": {path: {"sha256": "1"}}}))
    assert read_lock(tmp_path) == Lock()


def test_a_run_is_killed_stopped_doubled_or_without_room(tmp_path: Path) -> None:
    assert not [*killed(tmp_path / "killed", 1, [FIX, REPORT])]
    assert not [*stopped(tmp_path / "stopped", 1, signal.SIGTERM, [FIX])]
    assert not [*doubled(tmp_path / "doubled", 1, [FIX, BASELINE])]
    assert not [*without_room(tmp_path / "room", [0, 300], [FIX])]


@pytest.mark.parametrize("command", [FIX, REPORT])
def test_what_a_killed_run_left_is_cleared_away(command: list[str], work: Path) -> None:
    (work / "x.jsonl").write_text(GOOD.replace("}]}", '}], "max_tokens": 1}'))
    for name in (".x.jsonl.99999.new", ".report.sarif.99999.new"):
        (work / name).write_text("half")
    run(command, work)
    assert len([name for name in snapshot(work) if name.endswith(".new")]) == 1


@pytest.mark.parametrize("count", [10, 2000])
def test_a_diff_of_many_lines_is_one(count: int) -> None:
    old = [line for number in range(count) for line in (f"{number}\n", "{\n", "}\n")]
    new = [line for number in range(count) for line in (f"{number}\n", "{\n", *["x\n"] * (number % 3), "}\n")][:-5]
    made: list[str] = []
    for tag, first, last, start, end in opcodes(old, new):
        assert tag != "equal" or old[first:last] == new[start:end]
        made += old[first:last] if tag == "equal" else new[start:end]
    assert made == new


def test_documents_that_grow_break_nothing(tmp_path: Path) -> None:
    assert not [*grown(tmp_path, 5, CASES, timed=False)]
