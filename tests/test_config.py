"""Settings: which file counts, what the environment and flags say over it, and what is wrong with them.

Each folder of cases/config holds a parlance.toml or a pyproject.toml that is refused, and what is said of it;
`PARLANCE_ACCEPT=1 pytest tests/test_config.py` accepts what is said now.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from command import SCRIPT, environment, parlance
from parlance.check.reports import REPORTERS
from parlance.cli.settings import Settings, read_settings
from parlance.cli.settings_file import schema
from parlance.finding import Severity

CASES = sorted(path for path in (Path(__file__).parent / "cases" / "config").iterdir() if path.is_dir())
UNWISE = '{"model": "m", "stop": "", "seed": 7, "messages": [{"role": "user", "content": "Why??"}]}'


@pytest.fixture(autouse=True)
def files(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    for name in ("a.json", "deep/b.json"):
        (tmp_path / name).write_text(UNWISE)


def found(*arguments: str, cwd: Path, **extra: str) -> list[str]:
    """File, severity and code of every finding."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, "lint", *arguments],
        cwd=cwd, env=environment(PARLANCE_OUTPUT_FORMAT="json", **extra), capture_output=True, check=False,
    )  # fmt: skip
    assert done.stdout, done.stderr.decode()
    return [f"{one['file']} {one['severity']} {one['code']}" for one in json.loads(done.stdout)["findings"]]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_broken_settings_are_refused(case: Path) -> None:
    done = parlance("lint", "-", cwd=case, stdin=b"{}")
    expected = case / "expected.txt"
    lines = done.stderr.splitlines(keepends=True)
    answered = "".join(line for line in lines if not line.startswith(("Usage", "Try", "\n")))
    if os.environ.get("PARLANCE_ACCEPT"):
        expected.write_text(answered, encoding="utf-8")
    assert answered == expected.read_text(encoding="utf-8")
    assert (done.stdout, done.returncode) == ("", 2)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_schema_refuses_the_same_but_for_what_only_a_dialect_knows(case: Path) -> None:
    if case.name == "not-toml":
        return
    (file,) = case.glob("*.toml")
    table: Any = tomllib.loads(file.read_text("utf-8"))
    table = table["tool"]["parlance"] if file.name == "pyproject.toml" else table
    is_of_a_dialect = case.name.startswith(("unknown-code", "unknown-dialect"))
    validator: Any = jsonschema.Draft202012Validator(schema())
    assert validator.is_valid(table) == is_of_a_dialect


def test_the_schema_is_published_and_knows_every_setting(tmp_path: Path) -> None:
    printed = json.loads(parlance("config", "--schema", cwd=tmp_path).stdout)
    assert printed == schema()
    jsonschema.Draft202012Validator.check_schema(printed)
    fields = {name.replace("_", "-") for name in Settings._fields} - {"folder", "origins"}
    properties = printed["properties"]
    assert properties.keys() == fields
    assert properties["output-format"]["enum"] == [*REPORTERS]
    assert properties["fail-on"]["enum"] == [*Severity, "never"]


def test_the_nearest_file_above_a_checked_file_counts(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.parlance]\ndialect = "strict"\nselect = ["PAR301"]\n')
    (tmp_path / "deep" / "pyproject.toml").write_text('[project]\nname = "x"\n')
    assert found(".", cwd=tmp_path) == ["a.json error PAR301", "deep/b.json error PAR301"]
    (tmp_path / "deep" / "parlance.toml").write_text('dialect = "strict"\nignore = ["PAR3", "PAR201"]\n')
    assert found(".", cwd=tmp_path) == ["a.json error PAR301", "deep/b.json warning PAR202"]
    assert found("../a.json", cwd=tmp_path / "deep") == ["../a.json error PAR301"]


def test_flags_count_over_the_environment_and_that_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "parlance.toml").write_text('dialect = "strict"\nselect = ["PAR301"]\n')
    assert found("a.json", cwd=tmp_path) == ["a.json error PAR301"]
    assert found("a.json", cwd=tmp_path, PARLANCE_SELECT="PAR201, PAR202") == [
        "a.json warning PAR202", "a.json info PAR201",
    ]  # fmt: skip
    assert found("a.json", "--select", "PAR201", cwd=tmp_path, PARLANCE_SELECT="PAR202") == ["a.json info PAR201"]
    assert found("a.json", cwd=tmp_path, PARLANCE_DIALECT="small") == []
    assert found("a.json", "--dialect", "strict", cwd=tmp_path, PARLANCE_DIALECT="small") == ["a.json error PAR301"]


def test_files_and_severities_are_judged_by_their_tables(tmp_path: Path) -> None:
    (tmp_path / "parlance.toml").write_text(
        'dialect = "strict"\nexclude = ["c.json", "/deep/no/"]\n[severities]\nPAR3 = "warning"\nlucky-seed = "off"\n'
        '[per-file-ignores]\n"deep/**" = ["PAR3"]\n'
    )
    (tmp_path / "deep" / "no").mkdir()
    for name in ("deep/c.json", "deep/no/d.json"):
        (tmp_path / name).write_text(UNWISE)
    assert found(".", cwd=tmp_path) == [
        "a.json warning PAR202", "a.json warning PAR301", "deep/b.json warning PAR202",
    ]  # fmt: skip
    assert found("b.json", cwd=tmp_path / "deep") == ["b.json warning PAR202"]
    assert found("deep/c.json", "--severity", "PAR202=error", cwd=tmp_path) == ["deep/c.json error PAR202"]
    assert found("deep/no/*.json", "a.json", "--select", "PAR3", cwd=tmp_path) == ["a.json warning PAR301"]


def test_the_working_folder_says_how_to_report_and_when_to_fail(tmp_path: Path) -> None:
    (tmp_path / "parlance.toml").write_text(
        'dialect = "strict"\noutput-format = "concise"\nfail-on = "warning"\nselect = ["PAR202"]\n'
    )
    done = parlance("lint", "a.json", cwd=tmp_path)
    assert (done.stdout.splitlines()[0].split(":")[:2], done.returncode) == (["a.json", "1"], 1)
    assert parlance("lint", "a.json", "--fail-on", "error", cwd=tmp_path).returncode == 0
    assert parlance("validate", "a.json", cwd=tmp_path).stdout == "1 file: no findings selected; 1 ignored\n"


def test_a_baseline_of_the_settings_is_no_document(tmp_path: Path) -> None:
    (tmp_path / "parlance.toml").write_text('dialect = "strict"\nbaseline = "known.json"\n')
    assert parlance("lint", "--baseline-update", ".", cwd=tmp_path).returncode == 0
    assert parlance("lint", ".", cwd=tmp_path).stdout == "2 files: no new findings; 4 in known.json\n"
    assert parlance("lint", ".", cwd=tmp_path / "deep").stdout == "1 file: no new findings; 2 in known.json\n"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('advice = "yes"', "advice must be true or false"),
        ("advice = 1", "advice must be true or false"),
        ("force-exclude = []", "force-exclude must be true or false"),
        ("max-findings = true", "max-findings must be a whole number of at least 0"),
        ("max-findings = -1", "max-findings must be a whole number of at least 0"),
        ("max-findings = 1.0", "max-findings must be a whole number of at least 0"),
        ('max-findings = "5"', "max-findings must be a whole number of at least 0"),
    ],
)
def test_flags_and_numbers_are_what_they_must_be(tmp_path: Path, line: str, problem: str) -> None:
    (tmp_path / "parlance.toml").write_text(f"{line}\n")
    done = parlance("lint", "a.json", cwd=tmp_path)
    assert (f"parlance.toml:1: {problem}" in done.stderr, done.returncode) == (True, 2)


def test_flags_and_numbers_come_from_the_environment_too(tmp_path: Path) -> None:
    (tmp_path / "parlance.toml").write_text('dialect = "strict"\nadvice = true\nmax-findings = 7\n')
    everything = ["a.json error PAR301", "a.json info PAR201", "a.json warning PAR202"]
    without = [line for line in everything if "info" not in line]
    assert sorted(found("a.json", cwd=tmp_path)) == everything
    assert sorted(found("a.json", "--no-advice", cwd=tmp_path)) == without
    for text in ("0", "false", "FALSE"):
        assert sorted(found("a.json", cwd=tmp_path, PARLANCE_ADVICE=text)) == without
    assert sorted(found("a.json", cwd=tmp_path, PARLANCE_ADVICE="1")) == everything
    shown = parlance("config", cwd=tmp_path).stdout.splitlines()
    assert shown[1:] == ["advice = true  # parlance.toml:2", "max-findings = 7  # parlance.toml:3"]
    for name, text in (("ADVICE", "maybe"), ("MAX_FINDINGS", "-1"), ("MAX_FINDINGS", "x"), ("FORCE_EXCLUDE", "2")):
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, "lint", "a.json"],
            cwd=tmp_path, env=environment(**{f"PARLANCE_{name}": text}), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (f"PARLANCE_{name} must be" in done.stderr, done.returncode) == (True, 2)


def test_the_settings_in_force_are_shown_with_their_origin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = 'ignore = ["PAR2"]\n\n[severities]\nPAR3 = "info"\n'
    (tmp_path / "parlance.toml").write_text(text)
    monkeypatch.setenv("PARLANCE_DIALECT", "tiny")
    done = parlance("config", cwd=tmp_path)
    assert done.stdout.splitlines() == [
        'dialect = "tiny"  # PARLANCE_DIALECT',
        'ignore = ["PAR2"]  # parlance.toml:1',
        'severities = {"PAR3" = "info"}  # parlance.toml:3',
    ]
    monkeypatch.delenv("PARLANCE_DIALECT")
    monkeypatch.chdir(tmp_path)
    settings = read_settings(tmp_path)
    assert settings.origin("severities", "PAR3") == "parlance.toml:4"
    assert settings.origin("dialect") == "dialect"
