"""docs/spec-import.md is true: its session prints what it shows, and its table is that of the code."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

from command import ROOT, parlance
from parlance.importing.normalisations import NORMALISATIONS

PAGE = ROOT / "docs" / "spec-import.md"
TEXT = PAGE.read_text("utf-8")


def test_the_session_prints_what_is_shown(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "docs" / "import-example", tmp_path / "example")
    (session,) = re.findall(r"(?ms)^```console\n(.*?)^```", TEXT)
    steps = [part.partition("\n") for part in re.split(r"(?m)^\$ ", session)[1:]]
    assert len(steps) == 4
    for command, _, output in steps:
        done = parlance(*shlex.split(command)[1:], cwd=folder)
        assert done.stdout + done.stderr == output, command


def test_the_table_names_every_kind_of_edit() -> None:
    section = TEXT.partition("## What is normalised")[2]
    shown = re.findall(r"(?m)^\| (\*\*)?([a-z0-9-]+)(?:\*\*)? \| (.+) \| (.+) \|$", section)
    facts = [
        ("**" if row.widens else "", kind, row.applies, row.becomes) for kind, row in NORMALISATIONS.items()
    ]
    assert [row for row in shown if row[1] != "kind"] == facts


def test_options_are_those_of_the_command() -> None:
    done = parlance("spec", "import", "--help", cwd=ROOT)
    named = set(re.findall(r"(?m)^\| `(--[a-z-]+)", TEXT))
    assert named == set(re.findall(r"--[a-z]+(?:-[a-z]+)*", done.stdout.partition("Options:")[2])) - {"--help"}


def test_a_spec_that_was_imported_draws_samples(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "docs" / "import-example", tmp_path / "example")
    assert parlance("spec", "import", "acme.yaml", "--output", "acme", cwd=folder).returncode == 0
    done = parlance("sample", "request", "--spec", "acme", "--count", "5", cwd=folder)
    assert done.returncode == 0, done.stderr
    (folder / "drawn.jsonl").write_text(done.stdout, "utf-8")
    checked = parlance("validate", "--spec", "acme", "--as", "request", "drawn.jsonl", cwd=folder)
    assert checked.returncode == 0, checked.stdout
