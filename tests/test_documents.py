"""What the documents show is what the tool does."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "examples"
"""Where the files are that the documents speak of."""

DOCUMENTS = [
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "spec/README.md", "spec/RULES.md"),
    *(path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "docs").glob("*.md"))),
]
SHOWN = ("validate", "lint", "rule")


def sessions() -> Iterator[tuple[str, str]]:
    """Each command on a document's terminal, and what is shown below it."""
    for name in DOCUMENTS:
        if name == "docs/spec-import.md":
            continue  # its commands build on one another: test_import_page.py types them
        for block in re.findall(r"(?ms)^```console\n(.*?)^```", (ROOT / name).read_text("utf-8")):
            for part in re.split(r"(?m)^\$ ", block)[1:]:
                command, _, output = part.partition("\n")
                if output and command.split()[:1] == ["parlance"] and command.split()[1] in SHOWN:
                    yield command, output


@pytest.mark.parametrize(("command", "output"), list(sessions()))
def test_what_is_shown_of_a_command_is_what_it_prints(command: str, output: str) -> None:
    path = os.pathsep.join([str(ROOT / "generator"), str(ROOT / "generated" / "python")])
    program = [sys.executable, "-m", "parlance", *command.split()[1:]]
    done = subprocess.run(
        program, cwd=FOLDER, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=False
    )
    assert done.stdout == output
    assert done.stderr == ""


def test_some_commands_are_shown() -> None:
    assert {command.split()[1] for command, _ in sessions()} >= {"validate", "lint"}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    for target in re.findall(r"\]\(([^)]+)\)", re.sub(r"(?ms)^```.*?^```", "", text)):
        path, _, anchor = target.partition("#")
        if not path.startswith("https:"):
            page = (ROOT / name).parent / path if path else ROOT / name
            assert page.exists(), target
            headings = re.findall(r"(?m)^#+ (.*)", page.read_text("utf-8")) if anchor else []
            assert not anchor or anchor in {_anchor(heading) for heading in headings}, target


def _anchor(heading: str) -> str:
    """The anchor of a heading, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
