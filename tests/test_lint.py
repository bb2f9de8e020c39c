"""Each folder of cases/lint-runs holds an input, perhaps the arguments, and what `parlance lint` prints about it.

`PARLANCE_ACCEPT=1 pytest tests/test_lint.py` accepts what it prints now; `git diff` is the review.
"""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from command import INTERRUPTIBLE, ROOT, SCRIPT, environment, parlance
from parlance.check.document_reader import json_document
from parlance.check.engine import judge
from parlance.check.selection import Selection
from parlance.finding import Finding, Severity

CASES = sorted(path for path in (Path(__file__).parent / "cases" / "lint-runs").iterdir() if path.is_dir())
GOOD = '{"model": "m", "messages": []}'
UNWISE = '{"model": "m", "stop": "", "messages": [{"role": "user", "content": "Why??"}]}'
LINE = '{"id": "%s", "body": {"model": "m", "messages": []}}\n'
Library: TypeAlias = Any
"""Its attributes are loaded lazily, and no checker follows."""


def lint(*arguments: str, cwd: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    return parlance("lint", "--dialect", "strict", *arguments, cwd=cwd, stdin=stdin)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_command_says_what_is_expected(case: Path) -> None:
    (source,) = case.glob("input.*")
    extra = case / "arguments.txt"
    done = lint(*(extra.read_text().split() if extra.exists() else ()), source.name, cwd=case)
    printed = f"{done.stdout}{done.stderr}exit {done.returncode}\n"
    expected = case / "expected.txt"
    if os.environ.get("PARLANCE_ACCEPT"):
        expected.write_text(printed, encoding="utf-8")
    assert printed == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        ({}, "PAR202 PAR301"),
        ({"advice": True}, "PAR201 PAR202 PAR301"),
        ({"select": ["ALL"]}, "PAR201 PAR202 PAR301"),
        ({"select": ["PAR2"]}, "PAR201 PAR202"),
        ({"select": ["PAR201"]}, "PAR201"),
        ({"select": ["lucky-seed"]}, "PAR201"),
        ({"select": ["PAR3"]}, "PAR301"),
        ({"select": ["PAR3"], "advice": True}, "PAR301"),
        ({"extend_select": ["PAR201"]}, "PAR201 PAR202 PAR301"),
        ({"extend_select": ["PAR3"]}, "PAR202 PAR301"),
        ({"select": ["PAR3"], "extend_select": ["lucky-seed"]}, "PAR201 PAR301"),
        ({"severities": {"PAR201": "warning"}}, "PAR201 PAR202 PAR301"),
        ({"severities": {"PAR201": "info"}}, "PAR201 PAR202 PAR301"),
        ({"severities": {"PAR201": "off"}}, "PAR202 PAR301"),
        ({"severities": {"PAR301": "info"}}, "PAR202 PAR301"),
        ({"severities": {"PAR202": "error"}}, "PAR202 PAR301"),
        ({"ignore": ["PAR202"]}, "PAR301"),
        ({"ignore": ["PAR3"]}, "PAR202"),
        ({"advice": True, "ignore": ["PAR2"]}, "PAR301"),
        ({"select": ["ALL"], "ignore": ["lucky-seed"]}, "PAR202 PAR301"),
        ({"extend_select": ["PAR201"], "ignore": ["PAR2"]}, "PAR201 PAR301"),
        ({"extend_select": ["PAR201"], "never": ["PAR2"]}, "PAR301"),
    ],
)
def test_notes_are_reported_where_they_are_asked_for(options: dict[str, Any], codes: str) -> None:
    selection = Selection(**options)
    rules = ("PAR201", "lucky-seed", "info"), ("PAR202", "empty-stop", "warning"), ("PAR301", "open-question", "error")
    names = {code: (name, severity) for code, name, severity in rules}
    findings = [
        Finding(code=code, name=name, severity=Severity(severity), pointer="", message="")
        for code, (name, severity) in names.items()
    ]
    kept = [one for finding in findings if (one := selection.apply(finding))]
    assert [one.code for one in kept] == codes.split()
    assert all(one.severity == options.get("severities", {}).get(one.code, names[one.code][1]) for one in kept)


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        ([], "PAR202 PAR301"),
        (["--advice"], "PAR201 PAR202 PAR301"),
        (["--extend-select", "PAR201"], "PAR201 PAR202 PAR301"),
        (["--severity", "PAR201=warning"], "PAR201 PAR202 PAR301"),
        (["--fail-on", "info"], "PAR201 PAR202 PAR301"),
        (["--fail-on", "info", "--no-advice"], "PAR202 PAR301"),
    ],
)
def test_options_ask_for_notes(tmp_path: Path, options: list[str], codes: str) -> None:
    (tmp_path / "a.json").write_text(UNWISE.replace('"stop"', '"seed": 7, "stop"'))
    done = lint("--output-format", "json", *options, "a.json", cwd=tmp_path)
    assert sorted(one["code"] for one in json.loads(done.stdout)["findings"]) == codes.split()


@pytest.mark.parametrize("command", ["lint", "validate"])
@pytest.mark.parametrize(
    ("settings", "options", "summary"),
    [
        ("", (), "1 error"),
        ('ignore = ["PAR3"]', (), "no findings selected; 1 ignored"),
        ('select = ["PAR1"]', (), "no findings selected; 1 ignored"),
        ('severities = {PAR3 = "off"}', (), "no findings selected; 1 ignored"),
        ('[per-file-ignores]\n"a.*" = ["PAR301"]', (), "no findings selected; 1 ignored"),
        ("", ("--ignore", "open-question"), "no findings selected; 1 ignored"),
        ("", ("--per-file-ignores", "*.json:PAR3"), "no findings selected; 1 ignored"),
        ('severities = {PAR3 = "warning"}', (), "1 warning"),
        ('baseline = "known.json"', (), "no new findings; 1 in known.json"),
        ("", ("--baseline", "known.json"), "no new findings; 1 in known.json"),
        ("", ("--baseline", "known.json", "--ignore", "PAR3"), "no findings selected; 1 ignored"),
        ('ignore = ["PAR201"]', ("--extend-select", "PAR2"), "1 error"),
    ],
)
def test_both_commands_obey_the_same_settings(
    tmp_path: Path, command: str, settings: str, options: tuple[str, ...], summary: str
) -> None:
    (tmp_path / "a.json").write_text(UNWISE.replace('"stop": "", ', '"seed": 7, '))
    if "known" in settings or "--baseline" in options:
        lint("--baseline", "known.json", "--baseline-update", "a.json", cwd=tmp_path)
    (tmp_path / "parlance.toml").write_text(settings)
    done = parlance(command, "--dialect", "strict", *options, "--output-file", "junit=x.xml", "a.json", cwd=tmp_path)
    last = done.stdout.splitlines()[-1]
    if summary.startswith("no "):
        assert (last, done.returncode) == (f"1 file: {summary}", 0)
        assert f'name="{summary.partition(";")[0]}"' in (tmp_path / "x.xml").read_text()
    else:
        assert last.startswith(f"{summary} in 1 of 1 file")
        assert done.returncode == ("error" in summary)


def test_a_deselected_note_does_not_keep_a_file_from_conforming(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"model": "m", "seed": 7, "messages": []}')
    for options in ((), ("--advice", "--ignore", "PAR201"), ("--severity", "PAR201=off")):
        assert lint(*options, "a.json", cwd=tmp_path).stdout == "1 file conforms to strict (1 request)\n"


def test_validate_leaves_in_a_baseline_what_only_lint_looks_for(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(UNWISE)
    known = tmp_path / "known.json"
    lint("--baseline", "known.json", "--baseline-update", "a.json", cwd=tmp_path)
    assert [one[1] for one in entries(known)] == ["PAR202", "PAR301"]
    (tmp_path / "a.json").write_text(UNWISE.replace("Why??", "So."))
    options = ("--dialect", "strict", "--baseline", "known.json", "--baseline-prune", "a.json")
    done = parlance("validate", *options, cwd=tmp_path)
    assert done.stderr == "known.json: 0 added, 1 removed, 1 in all\n"
    assert [one[1] for one in entries(known)] == ["PAR202"]
    (tmp_path / "a.json").write_text(UNWISE.replace("Why??", "How??"))
    done = parlance("validate", *options, "--baseline-update", cwd=tmp_path)
    assert [one[1] for one in entries(known)] == ["PAR202", "PAR301"]


def test_the_options_of_validate_are_those_of_lint_without_fixes() -> None:
    from parlance.cli.lint_command import lint as lint_command
    from parlance.cli.validate_command import validate

    def names(command: Any) -> list[str]:
        return [option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)]

    more = [name for name in names(lint_command) if name not in names(validate)]
    assert more == ["--fix", "--unsafe-fixes", "--diff"]


def test_validate_says_of_rules_what_a_server_would_refuse(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(UNWISE)
    done = parlance("validate", "--dialect", "strict", "--output-format", "concise", "a.json", cwd=tmp_path)
    assert [line.split()[1] for line in done.stdout.splitlines()[:-1]] == ["PAR301"]
    assert done.returncode == 1


def test_only_what_is_named_is_read_in_spite_of_gitignore(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "deep" / "out").mkdir(parents=True)
    (tmp_path / ".gitignore").write_text("*.tmp.json\nout/\n")
    (tmp_path / "deep" / ".gitignore").write_text("!kept.tmp.json\n/local.json\n")
    for name in ("a.json", "b.tmp.json", "deep/kept.tmp.json", "deep/local.json", "deep/out/c.json"):
        (tmp_path / name).write_text(GOOD)

    def files(*arguments: str, cwd: Path = tmp_path) -> list[str]:
        done = lint("--output-format", "json", *arguments, cwd=cwd)
        return [one["file"] for one in json.loads(done.stdout)["files"]]

    assert files(".") == ["a.json", "deep/kept.tmp.json"]
    assert files("**/*.json") == ["a.json", "deep/kept.tmp.json"]
    assert files(".", cwd=tmp_path / "deep") == ["kept.tmp.json"]
    assert files("deep/out/c.json", "b.tmp.json") == ["deep/out/c.json", "b.tmp.json"]
    everything = ["a.json", "b.tmp.json", "deep/kept.tmp.json", "deep/local.json", "deep/out/c.json"]
    assert files("--no-ignore", ".") == files("--no-respect-gitignore", ".") == everything
    assert "--no-ignore" in lint("deep/out", cwd=tmp_path).stderr


def entries(path: Path) -> list[tuple[str, str, str]]:
    return [(one["file"], one["code"], one["reason"]) for one in json.loads(path.read_text())["findings"]]


def test_a_baseline_is_written_kept_and_pruned(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    for name in ("a.json", "deep/b.json"):
        (tmp_path / name).write_text(UNWISE)
    known = tmp_path / "known.json"
    missing = lint("--baseline", "known.json", ".", cwd=tmp_path)
    assert (missing.returncode, "--baseline-update writes it" in missing.stderr) == (2, True)
    done = lint("--baseline", "known.json", "--baseline-update", ".", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "known.json: 4 added, 0 removed, 4 in all\n")
    assert [one[:2] for one in entries(known)] == [
        ("a.json", "PAR202"), ("a.json", "PAR301"), ("deep/b.json", "PAR202"), ("deep/b.json", "PAR301"),
    ]  # fmt: skip
    known.write_text(known.read_text().replace('"reason": ""', '"reason": "old"', 1))
    assert lint("--baseline", "known.json", ".", cwd=tmp_path).returncode == 0
    assert lint("--baseline", "../known.json", "b.json", cwd=tmp_path / "deep").returncode == 0

    (tmp_path / "a.json").write_text(UNWISE.replace("Why??", "What??").replace('"stop": "", ', '"seed": 7, '))
    changed = lint("--baseline", "known.json", "--output-format", "concise", ".", cwd=tmp_path)
    assert [line.split()[1] for line in changed.stdout.splitlines()[:-1]] == ["PAR301"]
    lint("--baseline", "known.json", "--baseline-update", "--select", "PAR3", ".", cwd=tmp_path)
    assert ("a.json", "PAR202", "old") in entries(known)
    lint("--baseline", "known.json", "--baseline-prune", "a.json", cwd=tmp_path)
    assert [one[1] for one in entries(known)] == ["PAR301", "PAR202", "PAR301"]
    (tmp_path / "deep" / "b.json").unlink()
    lint("--baseline", "known.json", "--baseline-prune", "--select", "PAR2", "a.json", cwd=tmp_path)
    assert entries(known) == [("a.json", "PAR301", "")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "known.json: Expecting"),
        ("[]", 'a baseline is an object with "version": 1'),
        ('{"version": 1, "findings": [{"file": "a"}]}', "/findings/0 has no code"),
        ('{"version": 1, "findings": [5]}', "/findings/0 must be an object of strings"),
    ],
)
def test_a_broken_baseline_is_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "known.json").write_text(text)
    done = lint("--baseline", "known.json", "-", cwd=tmp_path, stdin=GOOD.encode())
    assert message in done.stderr
    assert done.returncode == 2


def test_a_baseline_must_be_named_to_be_written(tmp_path: Path) -> None:
    done = lint("--baseline-update", "-", cwd=tmp_path)
    assert (done.returncode, "name it with --baseline" in done.stderr) == (2, True)


def test_an_interrupted_run_says_how_far_it_came(tmp_path: Path) -> None:
    # Every line has a finding, and nobody reads them all: the run waits for a reader before it is done.
    (tmp_path / "big.jsonl").write_text("{}\n" * 100_000)
    arguments = ["lint", "--dialect", "strict", "--output-format", "concise", "-", "big.jsonl"]
    process = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTIBLE, *arguments],
        cwd=tmp_path, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    process.stdin.write(b"{}")
    process.stdin.close()
    process.stdin = None
    process.stdout.readline()  # the finding of the first file
    assert process.stdout.readline().startswith(b"big.jsonl:1:")
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate()
    answered = errors.decode()
    assert process.returncode == 130
    assert answered.startswith("interrupted after ")
    assert answered.endswith(" of 100,000 lines of big.jsonl\n")


def test_progress_is_for_terminals(tmp_path: Path) -> None:
    (tmp_path / "big.jsonl").write_text("".join(LINE % number for number in range(60_000)))
    script = f"import parlance.cli.progress_bar as progress; progress._PATIENCE = 0\n{SCRIPT}"
    command = [sys.executable, "-c", script, "lint", "--dialect", "strict", "big.jsonl"]
    master, slave = pty.openpty()
    process = subprocess.Popen(
        command, cwd=tmp_path, env=environment(TERM="xterm"), stdout=subprocess.DEVNULL, stderr=slave
    )
    shown = b""
    while b"big.jsonl: " not in shown and process.poll() is None:
        shown += os.read(master, 200)
    process.kill()
    process.wait()
    os.close(master)
    os.close(slave)
    assert b"big.jsonl: " in shown
    piped = subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True, check=False)
    assert piped.stderr == b""


@pytest.mark.parametrize(("act", "message"), [("grow", "changed while it was read"), ("vanish", "removed while")])
def test_a_file_that_is_another_when_it_was_read_is_reported(tmp_path: Path, act: str, message: str) -> None:
    path = tmp_path / "big.jsonl"
    path.write_text(("{}\n" + LINE % "a") * 4_000)
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, "lint", "--dialect", "strict", "--output-format", "concise", "big.jsonl"],
        cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout
    process.stdout.readline()
    if act == "grow":
        with path.open("a") as file:
            file.write(LINE % "last")
    else:
        path.unlink()
    _, errors = process.communicate()
    assert message in errors.decode()
    assert process.returncode == 2


def test_a_report_of_several_dialects_names_them(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "parlance.toml").write_text('dialect = "small"')
    (tmp_path / "parlance.toml").write_text('dialect = "strict"')
    for name in ("a.json", "old/b.json"):
        (tmp_path / name).write_text(UNWISE)
    done = parlance("lint", "--output-format", "json", ".", cwd=tmp_path)
    report = json.loads(done.stdout)
    assert report["dialect"] == "strict, small"
    assert {one["file"] for one in report["findings"]} == {"a.json"}


def test_a_dialect_of_a_date_has_the_rules_of_its_time() -> None:
    from parlance.library import find_dialect

    dated, newest = find_dialect("openai@2025-03-01"), find_dialect("openai")
    assert {*dated.lints} == {*dated.artifacts}
    assert {*dated.file_rules} <= {*dated.artifacts}
    request = {"model": "gpt-4o-2024-08-06", "messages": [{"role": "user", "content": "Hi"}], "max_tokens": 9}
    for dialect in (dated, newest):
        found = judge(json_document(json.dumps(request)), dialect, lint=True).findings
        assert [(one.name, one.pointer) for one in found] == [("deprecated-field", "/max_tokens")]
    early = find_dialect("openai@2024-06-01")
    assert not judge(json_document(json.dumps(request)), early, lint=True).findings


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


def test_the_library_lints(library: Library) -> None:
    def codes(**options: Any) -> list[str]:
        return [one.code for one in library.lint(UNWISE, dialect="strict", **options).findings]

    assert codes() == ["PAR202", "PAR301"]
    assert codes(select=["PAR2"]) == ["PAR202"]
    noted = UNWISE.replace('"stop"', '"seed": 7, "stop"')
    found = [library.lint(noted, dialect="strict", select=select).findings for select in (None, ["PAR2"], ["ALL"])]
    assert ["PAR201" in {one.code for one in findings} for findings in found] == [False, True, True]
    assert codes(ignore=["open-question"]) == ["PAR202"]
    assert [one.code for one in library.validate(UNWISE, dialect="strict").findings] == ["PAR301"]
    finding = library.lint(UNWISE, dialect="strict").findings[0]
    assert (finding.name, finding.help) == ("empty-stop", "leave it out")
    with pytest.raises(library.UnknownCode, match="did you mean 'open-question'"):
        library.lint(UNWISE, dialect="strict", select=["open-qestion"])
