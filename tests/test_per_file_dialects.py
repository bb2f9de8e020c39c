"""`[per-file-dialects]`: which dialect a file is held against, by its path."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from parlance.cli.main import run
from parlance.stopping import Stopping

SETTINGS = """dialect = "openai"
[per-file-dialects]
"prompts/eu/**" = "kluster"
"*.old.json" = "openai-2024-06"
"""
HELLO = {"model": "m", "messages": [{"role": "user", "content": "Hello"}]}
FILES = ("prompts/eu/a.json", "prompts/eu/a.old.json", "prompts/us/a.json", "a.json", "deep/own/a.json")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs `parlance` in a folder with settings and files."""
    (tmp_path / "parlance.toml").write_text(SETTINGS)
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(json.dumps(HELLO))
    monkeypatch.chdir(tmp_path)

    def typed(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments, Stopping())
        printed = capfd.readouterr()
        return code, printed.out, printed.err

    return typed


def dialect(command: Run, *arguments: str) -> str:
    code, printed, errors = command("validate", *arguments)
    assert code == 0, errors
    return printed.partition(" (")[0].partition("conforms to ")[2]


@pytest.mark.parametrize(
    ("file", "chosen"),
    [
        ("prompts/us/a.json", "openai-2026-11"),
        ("a.json", "openai-2026-11"),
        ("prompts/eu/a.json", "kluster-2024-10"),
        ("./prompts/../prompts/eu/a.json", "kluster-2024-10"),
        ("prompts/eu/a.old.json", "openai-2024-06"),  # the last of several
    ],
)
def test_the_last_pattern_that_matches_counts(command: Run, file: str, chosen: str) -> None:
    assert dialect(command, file) == chosen


def test_the_order_in_the_file_decides(command: Run, tmp_path: Path) -> None:
    first, rows = SETTINGS.split("[per-file-dialects]\n")
    (tmp_path / "parlance.toml").write_text("\n".join([first, "[per-file-dialects]", *rows.splitlines()[::-1]]))
    assert dialect(command, "prompts/eu/a.old.json") == "kluster-2024-10"


def test_patterns_start_where_the_settings_are(
    command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path / "prompts")
    assert dialect(command, "eu/a.json") == "kluster-2024-10"
    assert dialect(command, "../a.json") == "openai-2026-11"
    (tmp_path / "deep" / "parlance.toml").write_text('[per-file-dialects]\n"own/" = "atoma"\n')
    assert dialect(command, "../deep/own/a.json") == "atoma-2024-12"


def test_a_dialect_that_is_named_for_all_counts_over_it(command: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert dialect(command, "prompts/eu/a.json", "--dialect", "openai") == "openai-2026-11"
    monkeypatch.setenv("PARLANCE_DIALECT", "openai-2025-12")
    assert dialect(command, "prompts/eu/a.json") == "openai-2025-12"
    assert dialect(command, "prompts/eu/a.json", "--dialect", "openai") == "openai-2026-11"


def test_standard_input_has_the_name_that_it_is_given(
    command: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with (tmp_path / "a.json").open() as stream:
        monkeypatch.setattr("sys.stdin", stream)
        assert dialect(command, "-", "--stdin-filename", "prompts/eu/b.json") == "kluster-2024-10"


def test_several_in_one_run(command: Run) -> None:
    report = json.loads(command("lint", "--output-format", "json", ".")[1])
    assert "kluster-2024-10" in json.dumps(report)
    assert "openai-2024-06" in json.dumps(report)


@pytest.mark.parametrize(
    ("row", "printed"),
    [
        ('"nowhere/**" = "klustre"', "parlance.toml:3: there is no dialect 'klustre'; did you mean 'kluster'?"),
        ('"nowhere/**" = "gateway.yaml"', "parlance.toml:3: there is no dialect 'gateway.yaml'"),
        ('"a.json" = "opnai@2025-03-01"', "parlance.toml:3: there is no dialect 'opnai'"),
        ('"a.json" = 7', "parlance.toml:3: per-file-dialects.a.json must be a string"),
        ('"a.json" = ["kluster"]', "parlance.toml:3: per-file-dialects.a.json must be a string"),
    ],
)
def test_an_unknown_dialect_is_refused(command: Run, tmp_path: Path, row: str, printed: str) -> None:
    (tmp_path / "parlance.toml").write_text(f'dialect = "openai"\n[per-file-dialects]\n{row}\n')
    code, out, errors = command("lint", "a.json")
    assert (code, out) == (2, "")
    assert printed in " ".join(errors.split())


def test_overlays_are_known_there(command: Run, tmp_path: Path) -> None:
    (tmp_path / "gate.yaml").write_text(
        "overlay: 1.1.0\ninfo: {title: Gate, version: '1'}\nid: gate\ndescription: Ours.\nextends: kluster\n"
    )
    (tmp_path / "parlance.toml").write_text(
        'dialect = "openai"\noverlays = ["gate.yaml"]\n[per-file-dialects]\n"prompts/**" = "gate"\n'
    )
    assert dialect(command, "prompts/us/a.json") == "gate"
    assert dialect(command, "a.json") == "openai-2026-11"
