"""Files of Parquet and Arrow on the command line: what is found in their rows, by the numbers of the rows."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import parlance
import pytest
from columns.sample_rows import sample_rows
from command import INTERRUPTIBLE, ROOT, environment
from parlance.arrow.pyarrow_modules import optional_module, pa
from parlance.arrow.table_blocks import table_blocks
from parlance.cli.main import run
from parlance.stopping import Stopping

parquet = optional_module("pyarrow.parquet")
GOOD = '{"model":"gpt-4.1","messages":[{"role":"user","content":"Hi"}]}'
TYPO = '{"model":"gpt-4.1",\n"messages":[{"role":"user","content":"Hi"}],\n"temprature":1}'
ROWS = sample_rows(300, every=2)
DIALECT = "openai-2026-11"
PATH = os.pathsep.join(str(ROOT / folder) for folder in ("generator", "generated/python"))


def write(path: Path, column: Any, group: int = 70) -> None:
    table = pa.table({"id": range(len(column)), "body": column})
    if path.suffix == ".parquet":
        parquet.write_table(table, path, row_group_size=group)
    elif path.suffix == ".arrow":
        with pa.ipc.new_file(path, table.schema) as file:
            file.write_table(table, group)
    else:
        with pa.ipc.new_stream(path, table.schema) as stream:
            stream.write_table(table, group)


class Result(NamedTuple):
    """What the command came to."""

    code: int
    out: str
    err: str


Command = Callable[..., Result]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs `parlance` in an empty folder, in this process."""
    monkeypatch.chdir(tmp_path)

    def typed(*arguments: str) -> Result:
        code = run(arguments, Stopping())
        printed = capsys.readouterr()
        return Result(code, printed.out, printed.err)

    return typed


def findings(result: Result, code: int) -> list[dict[str, Any]]:
    """What a report in JSON has."""
    assert result.code == code, result.err
    found: list[dict[str, Any]] = json.loads(result.out)["findings"]
    return found


AS_JSON = ("lint", "--output-format", "json", "--column", "body")


@pytest.mark.parametrize("name", ["rows.parquet", "rows.arrow", "rows.feather"])
def test_each_row_has_what_the_library_finds_in_it(name: str, tmp_path: Path, command: Command) -> None:
    write(tmp_path / name, pa.array(ROWS, pa.binary()))
    found = findings(command(*AS_JSON, "--as", "request", "--dialect", DIALECT, name), 1)
    rows = [(one["line"], one["code"], one["pointer"], one["message"]) for one in found]
    expected = [
        (number, one.code, one.pointer, one.message)
        for number, row in enumerate(ROWS, 1)
        if row is not None
        for one in parlance.lint(row, dialect=DIALECT).findings
    ]
    assert sorted(rows) == sorted(expected)
    assert all(one["fix"] is None for one in found)


@pytest.mark.parametrize(
    "column",
    [
        pa.array([GOOD, TYPO]).dictionary_encode(),
        pa.array([GOOD, TYPO], pa.string_view()),
        pa.array([GOOD, TYPO], pa.large_string()),
        pa.array([GOOD, TYPO], pa.json_()),
    ],
    ids=lambda each: str(each.type)[:30],
)
def test_columns_are_read_however_they_are_stored(column: Any, tmp_path: Path, command: Command) -> None:
    for name in ("rows.parquet", "rows.arrow", "rows.feather"):
        write(tmp_path / name, column)
        (one,) = findings(command(*AS_JSON, name), 1)
        assert (one["line"], one["code"]) == (2, "PAR102")


def test_row_groups_without_rows_deltas_compression_and_a_dot_in_the_name(tmp_path: Path, command: Command) -> None:
    schema = pa.schema([("request.body", pa.string())])
    with parquet.ParquetWriter(tmp_path / "rows.parquet", schema) as file:
        for rows in ([], [GOOD], [], [TYPO]):
            file.write_table(pa.table({"request.body": pa.array(rows, pa.string())}))
    kind = pa.dictionary(pa.int32(), pa.string())
    deltas = pa.ipc.IpcWriteOptions(emit_dictionary_deltas=True, compression="zstd")
    with pa.ipc.new_stream(tmp_path / "rows.arrow", pa.schema([("request.body", kind)]), options=deltas) as stream:
        for index, values in ((0, [GOOD]), (1, [GOOD, TYPO])):
            rows = pa.DictionaryArray.from_arrays(pa.array([index], pa.int32()), pa.array(values))
            stream.write_batch(pa.record_batch([rows], names=["request.body"]))
    for name in ("rows.parquet", "rows.arrow"):
        (one,) = findings(command(*AS_JSON[:-1], "request.body", name), 1)
        assert (one["line"], one["code"]) == (2, "PAR102")


def test_a_text_of_several_lines_stands_in_the_line_of_its_row(tmp_path: Path, command: Command) -> None:
    write(tmp_path / "rows.parquet", pa.array([GOOD, None, TYPO]))
    done = command("validate", "--column", "body", "rows.parquet")
    assert (done.code, done.err) == (1, "")
    shown = TYPO.replace("\n", " ")
    assert f"rows.parquet:3:{TYPO.index('temp')}: error PAR102 unknown-field\n" in done.out
    assert f" 3 | …{shown[-39:]}\n" in done.out
    assert "(--fix" not in done.out


def test_structs_are_shown_as_json(tmp_path: Path, command: Command) -> None:
    write(tmp_path / "rows.parquet", pa.array([json.loads(GOOD), json.loads(TYPO), None]))
    (one,) = findings(command(*AS_JSON, "rows.parquet"), 1)
    assert (one["line"], one["code"], one["pointer"]) == (2, "PAR102", "/temprature")
    dated = pa.array([{"model": "m", "messages": None, "user": 0}]).cast(
        pa.struct([("model", pa.string()), ("messages", pa.null()), ("user", pa.timestamp("s"))])
    )
    write(tmp_path / "dated.parquet", dated)
    found = findings(command(*AS_JSON, "--as", "request", "dated.parquet"), 1)
    assert {one["code"] for one in found} == {"PAR001", "PAR101"}
    assert {one["line"] for one in found} == {1}


def test_a_folder_stands_for_its_tables_and_for_nothing_else(tmp_path: Path, command: Command) -> None:
    (tmp_path / "logs" / "day=1").mkdir(parents=True)
    for name in ("logs/day=1/a.parquet", "logs/b.arrow", "logs/c.feather"):
        write(tmp_path / name, pa.array([TYPO]))
    (tmp_path / "logs" / "_SUCCESS").touch()
    (tmp_path / "logs" / "d.json").write_text(TYPO, "utf-8")
    found = findings(command(*AS_JSON, "logs"), 1)
    assert sorted(one["file"] for one in found) == ["logs/b.arrow", "logs/c.feather", "logs/day=1/a.parquet"]
    done = command("lint", "logs")
    assert "logs/d.json:3:1" in done.out
    assert "parquet" not in done.out
    empty = tmp_path / "empty"
    empty.mkdir()
    done = command("lint", "--column", "body", "empty")
    message = "error: empty: no file in this folder is any of *.parquet, *.arrow, *.feather\n"
    assert (done.code, done.err) == (2, message)


def test_rules_over_all_lines_are_left_out(tmp_path: Path, command: Command) -> None:
    line = {"custom_id": "a", "method": "POST", "url": "/v1/chat/completions", "body": json.loads(GOOD)}
    write(tmp_path / "rows.parquet", pa.array([json.dumps(line)] * 3))
    assert findings(command(*AS_JSON, "--as", "batch", "rows.parquet"), 0) == []
    (tmp_path / "rows.jsonl").write_text(f"{json.dumps(line)}\n" * 2, "utf-8")
    assert "PAR610" in command("lint", "--as", "batch", "rows.jsonl").out


def test_tables_are_compared_in_several_dialects(tmp_path: Path, command: Command) -> None:
    seeded = GOOD.replace('"gpt-4.1"', '"m","seed":1')
    write(tmp_path / "rows.parquet", pa.array([GOOD.replace("gpt-4.1", "m"), seeded]))
    done = command("validate", "--dialect", "openai,mistral", "--column", "body", "rows.parquet")
    assert done.code == 1
    assert "2:14 PAR128 /seed" in done.out


@pytest.mark.parametrize("rows", [[], [None, None]])
def test_a_table_without_a_payload_is_clean(rows: list[None], tmp_path: Path, command: Command) -> None:
    for name in ("rows.parquet", "rows.arrow", "rows.feather"):
        write(tmp_path / name, pa.array(rows, pa.string()))
        assert findings(command(*AS_JSON, name), 0) == []


def broken(path: Path) -> None:
    path.with_name("text.parquet").write_text("no table", "utf-8")
    path.with_name("text.arrow").write_text("no table", "utf-8")
    path.with_name("empty.parquet").touch()
    path.with_name("cut.parquet").write_bytes(path.read_bytes()[:-30])
    whole = bytearray(path.read_bytes())
    whole[4:200] = bytes(196)
    path.with_name("damaged.parquet").write_bytes(whole)
    os.mkfifo(path.with_name("pipe.arrow"))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["rows.parquet"], "error: rows.parquet is a table: name the column with the payloads, --column NAME"),
        (["*.parquet"], "is a table: name the column with the payloads"),
        (["--column", "bodi", "rows.parquet"], "error: rows.parquet: it has no column 'bodi'; did you mean 'body'?"),
        (["--column", "text", "rows.parquet"], "error: rows.parquet: it has no column 'text'; there are id, body"),
        (["--column", "body", "rows.jsonl"], "goes with tables, *.parquet, *.arrow, *.feather; rows.jsonl is none"),
        (["--column", "body", "-"], "standard input is none"),
        (["--column", "body", "--fix", "rows.parquet"], "error: --fix and --diff go with text"),
        (["--column", "body", "--diff", "rows.parquet"], "error: --fix and --diff go with text"),
        (["--column", "body", "absent.parquet"], "error: absent.parquet: no such file or folder"),
        (["--column", "body", "text.parquet"], "error: text.parquet: it cannot be read as a table: "),
        (["--column", "body", "text.arrow"], "error: text.arrow: it cannot be read as a table: "),
        (["--column", "body", "empty.parquet"], "error: empty.parquet: it cannot be read as a table: "),
        (["--column", "body", "cut.parquet"], "error: cut.parquet: it cannot be read as a table: "),
        (["--column", "body", "damaged.parquet"], "error: damaged.parquet: it cannot be read as a table: "),
        (["--column", "body", "--dialect", "opena", "rows.parquet"], "there is no dialect 'opena'"),
    ],
    ids=str,
)
def test_a_fault_in_arguments_or_files_ends_with_two(
    arguments: list[str], message: str, tmp_path: Path, command: Command
) -> None:
    write(tmp_path / "rows.parquet", pa.array([GOOD, TYPO]))
    (tmp_path / "rows.jsonl").write_text(GOOD, "utf-8")
    broken(tmp_path / "rows.parquet")
    done = command("lint", *arguments)
    assert done.code == 2
    assert message in done.err
    assert "Traceback" not in done.err


def test_without_pyarrow_tables_are_refused_with_what_to_install(tmp_path: Path) -> None:
    write(tmp_path / "rows.parquet", pa.array([GOOD]))
    program = "import sys; sys.modules['pyarrow'] = None; from parlance.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "validate", "--column", "body", "rows.parquet"],
        cwd=tmp_path, env=environment(PYTHONPATH=PATH), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == "error: needs `pip install 'chat-parlance[arrow]'`\n"


@pytest.mark.parametrize("name", ["rows.parquet", "rows.arrow", "rows.feather"])
def test_blocks_are_small_however_large_a_row_group_is(name: str, tmp_path: Path) -> None:
    texts = [f'{{"model":"{number:09d}{"x" * 3000}"}}' for number in range(9_000)]
    write(tmp_path / name, pa.array(texts), group=len(texts))
    blocks = [*table_blocks(str(tmp_path / name), "body")]
    assert [text for block in blocks for text in block.rows.to_pylist()] == texts
    assert max(len(block.rows) for block in blocks) <= 4096
    assert max(len(block.rows) for block in blocks) * 3000 < 16 << 20
    size = (tmp_path / name).stat().st_size
    assert 0.9 * size < sum(block.size for block in blocks) <= size


def test_who_interrupts_it_knows_the_row_and_finds_no_half_report(tmp_path: Path) -> None:
    write(tmp_path / "rows.parquet", pa.array([TYPO] * 200_000), group=1_000)
    options = ["--as", "request", "--column", "body", "--output-file", "concise=report.txt"]
    running = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTIBLE, "validate", *options, "rows.parquet"],
        cwd=tmp_path, env=environment(PYTHONPATH=PATH), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert running.stdout
    running.stdout.readline()  # it has begun to find
    running.send_signal(signal.SIGINT)
    _, message = running.communicate()
    assert running.returncode == 130
    assert re.fullmatch(r"interrupted after [\d,]+ rows? of rows\.parquet\n", message)
    assert not (tmp_path / "report.txt").exists()
