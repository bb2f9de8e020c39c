"""README and `docs/one-line.md` are true: their commands run here, on the files named, and print what is shown.

`make accept` puts what they print now in the place of what is shown. A block of YAML that the text around it bids to
delete is deleted before the next command.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import parlance
import parlance_dialects
import pytest
from command import ROOT, SCRIPT, environment
from parlance.cli import main

from website.terminal_picture import PICTURE, picture

README = ROOT / "README.md"
ONE_LINE = ROOT / "docs" / "one-line.md"
NOT_RUN = re.compile(r"\$ (?:make( test)?( +#.*)?|pip install \./generated/python \.)")
"""What sets up: the tests run in what it made."""

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


class Shell:
    """Types commands in a copy of what the pages speak of; in this process, until the copy has a spec of its own."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
        self.checkout = folder
        self.is_changed = False
        self._monkeypatch, self._capfd = monkeypatch, capfd
        shutil.copytree(ROOT / "docs", folder / "docs")
        monkeypatch.chdir(folder)

    def type(self, command: str) -> str:
        """What *command* prints."""
        name, *arguments = command.split()
        if name == "cd":
            self._monkeypatch.chdir(Path.cwd() / arguments[0])
            return ""
        assert name == "parlance", command
        if self.is_changed:
            return self._typed_apart(arguments)
        self._capfd.readouterr()
        with pytest.raises(SystemExit):
            main(arguments)
        printed = self._capfd.readouterr()
        return printed.out + printed.err

    def delete(self, line: str) -> None:
        """Take *line* out of the file of the spec that has it."""
        for name in ("generator", "templates", "spec", "generated"):
            shutil.copytree(ROOT / name, self.checkout / name, ignore=shutil.ignore_patterns("__pycache__"))
        (place,) = (path for path in (self.checkout / "spec").rglob("*.yaml") if f"{line}\n" in path.read_text("utf-8"))
        place.write_text(place.read_text("utf-8").replace(f"{line}\n", ""), "utf-8")
        self.is_changed = True

    def _typed_apart(self, arguments: list[str]) -> str:
        path = os.pathsep.join(str(self.checkout / name) for name in ("generator", "generated/python"))
        command = [sys.executable, "-c", SCRIPT, *arguments]
        done = subprocess.run(command, env=environment(PYTHONPATH=path), capture_output=True, text=True, check=False)
        return done.stdout + done.stderr


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path, monkeypatch, capfd)


def blocks(page: Path, language: str) -> list[str]:
    return [match[2] for match in BLOCK.finditer(page.read_text("utf-8")) if match[1] == language]


def commands(page: Path) -> Iterator[str]:
    for block in blocks(page, "console"):
        yield from (line for line in block.splitlines() if line.startswith("$ "))


@pytest.mark.parametrize("page", [README, ONE_LINE], ids=lambda page: page.name)
def test_the_commands_print_what_is_shown(page: Path, shell: Shell) -> None:
    text, line, shown = page.read_text("utf-8"), "", page.read_text("utf-8")
    for match in BLOCK.finditer(text):
        line = match[2].splitlines()[-1] if match[1] == "yaml" else line
        if "Delete it" in text[: match.start()].rpartition("\n```\n")[2]:
            shell.delete(line)
        if match[1] == "console":
            steps = [each for each in match[2].splitlines() if each.startswith("$ ")]
            made = "".join(f"{step}\n{'' if NOT_RUN.fullmatch(step) else shell.type(step[2:])}" for step in steps)
            shown = shown.replace(match[0], f"```console\n{made}```")
    if os.environ.get("PARLANCE_ACCEPT"):
        page.write_text(shown, "utf-8")
    assert shown == text


def test_the_commands_are_those_that_matter() -> None:
    typed = [*commands(README), *commands(ONE_LINE)]
    for command in ("validate", "validate --dialect", "generate --check", "generate --from-schema"):
        assert [step for step in typed if step.startswith(f"$ parlance {command}")]
    assert len([step for step in typed if NOT_RUN.fullmatch(step)]) == 3


def test_the_picture_is_what_the_command_prints() -> None:
    assert PICTURE.read_text("utf-8") == picture()


def test_the_excerpts_are_those_of_the_files_that_are_named() -> None:
    text = ONE_LINE.read_text("utf-8")
    places = {"spec/schemas/enums.yaml": "yaml", "generated/python/parlance_dialects/shared": "python"}
    for path, language in places.items():
        (name,) = {match for match in re.findall(r"`([^`\n]+)`", text) if match.startswith(path)}
        content = [row.strip() for row in (ROOT / name).read_text("utf-8").splitlines()]
        (block,) = blocks(ONE_LINE, language)
        assert {row.strip() for row in block.splitlines()} <= {*content}, name


def test_the_library_is_called_as_shown() -> None:
    (source,) = blocks(README, "python")
    body = (ROOT / "docs" / "examples" / "request.json").read_bytes()
    names: dict[str, object] = {"payload": body, "value": {}, "body": body}
    exec(compile(source, "README.md", "exec"), names)  # noqa: S102, our own page
    assert isinstance(names["report"], parlance.Report)
    assert names["report"].ok
    assert names["openai"].__name__.startswith(parlance_dialects.__name__)  # type: ignore[attr-defined]
