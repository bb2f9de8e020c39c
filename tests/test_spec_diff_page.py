"""docs/spec-diff.md is true: its session prints what it shows, and its table is that of the code."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

from command import ROOT, parlance
from parlance.contract_diff.change_kinds import CHANGE_KINDS

TEXT = (ROOT / "docs" / "spec-diff.md").read_text("utf-8")


def test_the_session_prints_what_is_shown(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "docs" / "diff-example", tmp_path / "example")
    (session,) = re.findall(r"(?ms)^```console\n(.*?)^```", TEXT)
    steps = [part.partition("\n") for part in re.split(r"(?m)^\$ ", session)[1:]]
    assert len(steps) == 3
    for command, _, output in steps:
        done = parlance(*shlex.split(command)[1:], cwd=folder)
        assert (done.stdout + done.stderr).rstrip("\n") == output.rstrip("\n"), command


def test_the_table_names_every_kind_with_its_levels() -> None:
    shown = re.findall(r"(?m)^\| ([a-z-]+) \| (.+) \| ([a-z]+) \| ([a-z]+) \|$", TEXT)
    assert shown == [(name, kind.meaning, kind.sent, kind.received) for name, kind in CHANGE_KINDS.items()]


def test_options_are_those_of_the_command() -> None:
    done = parlance("spec", "diff", "--help", cwd=ROOT)
    named = set(re.findall(r"`(--[a-z-]+)", TEXT.partition("In CI")[0]))
    assert named == set(re.findall(r"--[a-z]+(?:-[a-z]+)*", done.stdout.partition("Options:")[2])) - {"--help"}
