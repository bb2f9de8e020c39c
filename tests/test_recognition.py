"""Which files are checked: those that hold payloads, and what becomes of all others."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from command import SCRIPT, environment, parlance
from parlance.check.reports import REPORTERS
from parlance.check.rough_fields import rough_fields

GOOD = '{"model": "m", "messages": []}'
BAD = '{"model": 5, "messages": []}'
PACKAGE = '{"name": "site", "version": "1.0.0", "scripts": {"test": "jest"}}'
TSCONFIG = '{\n  // compiler\n  "compilerOptions": {"strict": true, /* all */ },\n}\n'
TEMPLATE = "apiVersion: v1\nkind: Service\nspec:\n  {{- with .Values.name }}\n  name: {{ . }}\n"
LOG = '{"level": "info", "text_": "x"}\n'


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ('{"model": "m", "messages": [{"role": "user"', {"model": "m", "messages": None}),
        ('{\n // a\n "a": 1, /* "b": {{ */ "c": "x" // "d": 1\n}', {"a": None, "c": "x"}),
        ("{'model': 'm', 'messages': [\"it's\"], n: 3}", {"model": "m", "messages": None, "n": None}),
        ('{"a": "}", "b": "\\"{", "c": {"d": 1}, "e": 2', {"a": "}", "b": None, "c": None, "e": None}),
        ('{"a" "b", "c": 1', {"c": None}),
        ('// first\n{"a": 1,}', {"a": None}),
        ("model: m\nmessages:\n  - role: user\n    bad: [\n'n': 3\n", {"model": "m", "messages": None, "n": "3"}),
        ("text: a\nhttp://x\n- b: 1\n", {"text": "a"}),
        ('[{"a": 1}', {}),
        ("this is prose", {}),
        ("", {}),
    ],
)
def test_the_outermost_fields_of_a_broken_text_are_made_out(text: str, fields: dict[str, object]) -> None:
    assert rough_fields(text) == fields


@pytest.mark.parametrize(
    "part", ['"\\"', "/*", '"', "'\"\\", '"a":', "a ", '{"a"   ', "/**/", "//", "}", "\\", "a:\n", '"a" ' + " " * 99]
)
def test_no_text_is_looked_at_twice(part: str) -> None:
    """What takes the square of a mebibyte does not end."""
    assert rough_fields("{" + part * ((1 << 20) // len(part))) is not None


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.json", PACKAGE, "not a payload"),
        ("a.json", TSCONFIG, "not a payload"),
        ("a.json", "[1, 2]", "not a payload"),
        ("a.json", "5", "not a payload"),
        ("a.json", PACKAGE[:40], "not a payload"),
        ("a.yaml", "on: [push]\njobs: {}\n", "workflow of GitHub Actions"),
        ("a.yaml", "a: 1\n---\nb: 2\n", "not a payload"),
        ("a.yaml", TEMPLATE, "a template"),
        ("a.jsonl", LOG * 3000, "not a payload"),
        ("a.jsonl", LOG * 150 + GOOD, "not a payload"),
        ("a.json", "no JSON at all", "not valid JSON or YAML"),
        ("a.json", "<html>", "not valid JSON or YAML"),
        ("a.yaml", "\t{{", "a template"),
        ("a.json", '{"title": "Hello", "messages": {}, "errors": {}, "menu": {}}', "not a payload"),
        ("a.json", '{"model": "Golf", "maker": "VW", "year": 1999}', "not a payload"),
        ("a.json", '{"greeting": "Hello", "messages": {"none": "No messages"}, "model": "Model"}', "not a payload"),
        ("a.json", '{"model": "m", "messages": {"role": "user", "content": "Hello"}, "seed": 1}', "PAR103"),
        ("a.json", '{"object": "charge", "amount": 1}', "not a payload"),
        ("a.json", '{"object": "assistant", "model": "m", "seed": 1, "tools": []}', "not a payload"),
        ("a.json", '{"stop": 1, "seed": 2, "extra": 3}', "not a payload"),
        ("a.yaml", "model: gpt-4.1\ntemperature: 0.7\nmax_tokens: 500\n", "not a payload"),
        ("a.json", '{"speech": "Hi", "messages": [{"type": 0, "speech": "Hi"}], "metadata": {}}', "not a payload"),
        ("a.json", '{"messages": [{"type": 0}], "user": "u"}', "not a payload"),
        ("a.json", '{"messages": [{"type": 0}, {"role": "user", "content": "Hi"}]}', "PAR101"),
        ("a.json", '{"model": "m", "messages": [{"content": "Hi"}]}', "PAR101"),
        ("a.json", '{"model": "m", "tools": []}', "PAR101"),
        ("a.json", json.dumps({"model": "m"} | dict.fromkeys(map(str, range(99_999)))), "not a payload"),
        ("a.json", "", "empty"),
        ("a.jsonl", "\n\n", "empty"),
        ("a.yaml", "# nothing\n", "empty"),
        ("a.json", BAD, "PAR103"),
        ("a.json", GOOD[:-1], "PAR001"),
        ("a.json", '{"messages": [{"role": ', "PAR001"),
        ("a.json", '{\n // mine\n "model": "m", "messages": []}', "PAR001"),
        ("a.json", "{'model': 'm', 'messages': []}", "PAR001"),
        ("a.json", "\ufeff" + GOOD, "PAR003"),
        ("a.json", '{"messages": []}', "PAR101"),
        ("a.json", '{"modle": "m", "messages": []}', "PAR102"),
        ("a.json", '{"model": "m", "messages": [], "a": 1, "b": 2, "c": 3, "d": 4}', "PAR102"),
        ("a.json", '{"object": "answer"}', "PAR101"),
        ("a.json", f"```json\n{GOOD}\n```", "PAR001"),
        ("a.yaml", "model: m\nmessages: [\n", "PAR010"),
        ("a.yaml", "a: 1\n---\nmodel: 5\nmessages: []\n", "PAR601 PAR103"),
        ("a.jsonl", LOG * 50 + BAD, "PAR601"),
        ("a.jsonl", '{"model": "m", "mess\n' + LOG, "PAR001 PAR601"),
    ],
    # pytest puts the name of a test into the environment, and the system bounds how long a variable is.
    ids=lambda text: text[:40],
)
def test_a_file_of_a_folder_is_skipped_or_judged(tmp_path: Path, name: str, content: str, reason: str) -> None:
    (tmp_path / "good.json").write_text(GOOD)
    (tmp_path / name).write_text(content, encoding="utf-8")
    report = json.loads(parlance("validate", ".", "--output-format", "json", cwd=tmp_path).stdout)
    if reason.startswith("PAR"):
        assert report["skipped"] == []
        assert {one["code"] for one in report["findings"]} >= {*reason.split()}
    else:
        assert (report["skipped"], report["findings"]) == ([{"file": name, "reason": reason}], [])
        assert (report["summary"]["files"], report["summary"]["skipped"]) == (1, 1)


@pytest.mark.parametrize("command", ["lint", "validate"])
def test_a_named_file_is_judged_unless_it_may_be_skipped(tmp_path: Path, command: str) -> None:
    (tmp_path / "package.json").write_text(PACKAGE)
    (tmp_path / "a.json").write_text(GOOD)

    def codes(*arguments: str, stdin: bytes = b"") -> tuple[int, list[str], int]:
        done = parlance(command, "--output-format", "json", *arguments, cwd=tmp_path, stdin=stdin)
        report = json.loads(done.stdout)
        return done.returncode, [one["code"] for one in report["findings"]], len(report["skipped"])

    refused: tuple[int, list[str], int] = (1, ["PAR601"], 0)
    skipped: tuple[int, list[str], int] = (0, [], 1)
    assert codes("package.json") == refused
    assert codes("package.json", ".") == codes(".", "./package.json") == refused
    assert codes(".") == codes("*.json") == codes("--skip-unrecognised", "package.json", "a.json") == skipped
    assert codes("-", stdin=PACKAGE.encode()) == refused
    assert codes("--skip-unrecognised", "-", stdin=PACKAGE.encode()) == skipped
    code, found, _ = codes("--as", "request", ".")
    assert (code, {*found}) == (1, {"PAR101", "PAR102"})
    (tmp_path / "parlance.toml").write_text("skip-unrecognised = true\n")
    assert codes("package.json") == skipped
    assert codes("--no-skip-unrecognised", "package.json") == refused


def test_what_is_excluded_may_be_so_where_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "deep" / "no").mkdir(parents=True)
    for name in ("a.json", "b.json", "deep/c.json", "deep/no/d.json"):
        (tmp_path / name).write_text(BAD)
    (tmp_path / "parlance.toml").write_text('exclude = ["b.json"]\n')
    (tmp_path / "deep" / "parlance.toml").write_text('exclude = ["no/"]\nforce-exclude = true\n')
    everything = ("a.json", "b.json", "deep/c.json", "deep/no/d.json")

    def found(*arguments: str, cwd: Path = tmp_path) -> list[str]:
        done = parlance("validate", "--output-format", "json", *arguments, cwd=cwd)
        return [one["file"] for one in json.loads(done.stdout)["findings"]]

    assert found(*everything) == ["a.json", "b.json", "deep/c.json"]
    assert found("--force-exclude", *everything) == ["a.json", "deep/c.json"]
    assert found("--no-force-exclude", *everything) == [*everything]
    assert found(".") == ["a.json", "deep/c.json"]
    assert found(".", "--exclude", "a.json", "--exclude", "deep/no/") == ["b.json", "deep/c.json"]
    assert found("../a.json", ".", "--exclude", "no/", cwd=tmp_path / "deep") == ["../a.json", "c.json"]
    done = parlance("lint", "--force-exclude", "b.json", cwd=tmp_path)
    assert done.stdout == "nothing was checked; 1 file skipped: excluded\n"
    assert (done.returncode, done.stderr) == (0, f"warning: {done.stdout}")
    named = parlance(
        "lint", "--force-exclude", "--stdin-filename", "b.json", "-", cwd=tmp_path, stdin=BAD.encode()
    )  # fmt: skip
    assert (named.returncode, named.stdout) == (0, done.stdout)


@pytest.mark.parametrize("form", REPORTERS)
def test_nothing_conforms_where_nothing_was_checked(tmp_path: Path, form: str) -> None:
    (tmp_path / "package.json").write_text(PACKAGE)
    (tmp_path / "x.json").write_text("x")
    done = parlance("lint", ".", "--output-format", form, cwd=tmp_path)
    assert done.returncode == 0
    assert "conform" not in done.stdout
    assert done.stderr == (
        "warning: nothing was checked; 2 files skipped: 1 not a payload, 1 not valid JSON or YAML\n"
    )  # fmt: skip


def test_a_name_for_no_file_is_still_an_error(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text(PACKAGE)
    (tmp_path / "empty").mkdir()
    for name in ("empty", "missing.json", "*.yaml"):
        done = parlance("lint", ".", name, cwd=tmp_path)
        assert (done.returncode, "warning" in done.stderr) == (2, False)
        assert f"error: {name}: no " in done.stderr


def test_what_is_skipped_is_not_fixed(tmp_path: Path) -> None:
    (tmp_path / "tsconfig.json").write_text(TSCONFIG)
    (tmp_path / "a.json").write_text('{"model": "m", "messages": [],}')
    parlance("lint", "--fix", "--unsafe-fixes", ".", cwd=tmp_path)
    assert (tmp_path / "tsconfig.json").read_text() == TSCONFIG
    assert parlance("lint", "--diff", ".", cwd=tmp_path).stdout.count("tsconfig") == 0
    for text in (TSCONFIG, LOG * 3000):
        done = parlance("lint", "--fix", "--skip-unrecognised", "-", cwd=tmp_path, stdin=text.encode())
        assert (done.returncode, done.stdout) == (0, text)
    (tmp_path / "parlance.toml").write_text('exclude = ["a.json"]\nforce-exclude = true\n')
    done = parlance("lint", "--fix", "--stdin-filename", "a.json", "-", cwd=tmp_path, stdin=BAD.encode())
    assert done.stdout == BAD


def test_files_are_shown_with_the_reason_for_which_they_are_skipped(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    for folder in ("out", "node_modules", "deep/no", ".hidden"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / ".gitignore").write_text("out/\n*.tmp.json\n")
    (tmp_path / "parlance.toml").write_text('exclude = ["no/", "c.json"]\n')
    files = {
        "a.json": BAD, "b.tmp.json": GOOD, "c.json": GOOD, "deep/e.yaml": "model: m\n", "deep/x.txt": GOOD,
        "package.json": PACKAGE, "prose.json": "prose", "void.json": "", ".rc.json": GOOD, "out/f.json": GOOD,
    }  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    done = parlance("lint", "--show-files", ".", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        ".git/  # skipped: hidden",
        ".hidden/  # skipped: hidden",
        ".rc.json  # skipped: hidden",
        "a.json",
        "b.tmp.json  # skipped: ignored by git",
        "c.json  # skipped: excluded",
        "deep/e.yaml",
        "deep/no/  # skipped: excluded",
        "deep/x.txt",
        "node_modules/  # skipped: dependencies",
        "out/  # skipped: ignored by git",
        "package.json  # skipped: not a payload",
        "prose.json  # skipped: not valid JSON or YAML",
        "void.json  # skipped: empty",
    ]
    named = parlance("validate", "--show-files", "--force-exclude", "c.json", "package.json", "gone.json", cwd=tmp_path)
    assert named.stdout == "c.json  # skipped: excluded\npackage.json\n"
    assert (named.returncode, named.stderr) == (2, "error: gone.json: no such file or folder\n")


def test_what_cannot_be_read_is_no_skipped_file(tmp_path: Path) -> None:
    (tmp_path / "a.json").symlink_to("a.json")
    for arguments in (["--show-files", "."], ["."]):
        done = parlance("lint", *arguments, cwd=tmp_path)
        assert (done.returncode, "error: a.json: too many levels" in done.stderr) == (2, True)


def test_a_log_of_any_length_is_not_read_to_its_end(tmp_path: Path) -> None:
    """A pipe that never ends is given up after the first documents."""
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, "validate", "--skip-unrecognised", "--stdin-filename", "x.jsonl", "-"],
        cwd=tmp_path, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        assert process.stdin
        assert process.stdout
        process.stdin.write(LOG.encode() * 200)
        process.stdin.flush()
        assert process.stdout.read() == b"nothing was checked; 1 file skipped: not a payload\n"
        assert process.wait(30) == 0
