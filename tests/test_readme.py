"""README is true: its commands run here, on the files that it names, and print what it shows.

`make accept` puts what they print now in the place of what it shows. A block of YAML that the text around it bids to
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
from command import ROOT, environment

README = ROOT / "README.md"
TEXT = README.read_text("utf-8")
COPIED = ("generator", "templates", "spec", "generated", "docs")
NOT_RUN = re.compile(r"\$ (?:make( test)?( +#.*)?|pip install \./generated/python \.)")
"""What sets up: the tests run in what it made."""

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository, and a folder with `parlance` in it as it is there."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    program = folder / "bin" / "parlance"
    program.parent.mkdir()
    program.write_text(f"#!{sys.executable}\nfrom parlance.cli import main\nmain()\n")
    program.chmod(0o755)
    return folder


class Shell:
    """A shell that a user types the commands into."""

    def __init__(self, checkout: Path) -> None:
        self._checkout = self._folder = checkout
        self._environment = environment(
            PATH=f"{checkout / 'bin'}{os.pathsep}{os.environ['PATH']}",
            PYTHONPATH=os.pathsep.join(str(checkout / name) for name in ("generator", "generated/python")),
        )

    def type(self, command: str) -> str:
        """What *command* prints."""
        program = f"{command}\nprintf '\\n%s' \"$PWD\""
        done = subprocess.run(
            ["bash", "-c", program],  # noqa: S607 - as a user has it
            cwd=self._folder, env=self._environment, capture_output=True, text=True, check=False, timeout=600,
        )  # fmt: skip
        printed, _, folder = done.stdout.rpartition("\n")
        self._folder = Path(folder)
        assert "Traceback" not in done.stderr, done.stderr
        return printed + done.stderr

    def delete(self, lines: list[str]) -> None:
        """Take *lines*, of one of the files of the spec, out of it."""
        block = "".join(f"{line}\n" for line in lines)
        (place,) = (path for path in (self._checkout / "spec").rglob("*.yaml") if block in path.read_text("utf-8"))
        place.write_text(place.read_text("utf-8").replace(block, ""), "utf-8")


def steps(block: str) -> Iterator[str]:
    """The commands of a block."""
    return (line for line in block.splitlines() if line.startswith("$ "))


def test_the_commands_print_what_is_shown(checkout: Path) -> None:
    shell, line, printed = Shell(checkout), "", TEXT
    for match in BLOCK.finditer(TEXT):
        if match[1] == "yaml":
            line = match[2].splitlines()[-1]
        before = TEXT[: match.start()].rpartition("\n```\n")[2]
        if "Delete it" in before:
            shell.delete([line])
        if match[1] == "console":
            made = "".join(
                f"{step}\n{'' if NOT_RUN.fullmatch(step) else shell.type(step[2:])}" for step in steps(match[2])
            )
            printed = printed.replace(match[0], f"```console\n{made}```")
    if os.environ.get("PARLANCE_ACCEPT"):
        README.write_text(printed, "utf-8")
    assert printed == TEXT


def test_the_commands_are_those_that_matter() -> None:
    commands = [step for match in BLOCK.finditer(TEXT) if match[1] == "console" for step in steps(match[2])]
    for command in ("validate", "validate --dialect", "lint", "generate --check", "generate --from-schema"):
        assert [step for step in commands if step.startswith(f"$ parlance {command}")]
    assert len([step for step in commands if NOT_RUN.fullmatch(step)]) == 3


def test_the_excerpts_are_those_of_the_files_that_are_named() -> None:
    places = {"spec/schemas/enums.yaml": "yaml", "generated/python/parlance_dialects/shared": "python"}
    for path, language in places.items():
        (name,) = {match for match in re.findall(r"`([^`\n]+)`", TEXT) if match.startswith(path)}
        content = [row.strip() for row in (ROOT / name).read_text("utf-8").splitlines()]
        block = next(match[2] for match in BLOCK.finditer(TEXT, TEXT.index(f"`{name}`")) if match[1] == language)
        assert {row.strip() for row in block.splitlines()} <= {*content}, name


def test_the_library_is_called_as_shown() -> None:
    source = next(match[2] for match in BLOCK.finditer(TEXT) if match[1] == "python" and "import parlance" in match[2])
    body = (ROOT / "docs" / "examples" / "request.json").read_bytes()
    names: dict[str, object] = {"payload": body, "value": {}, "body": body}
    exec(compile(source, "README.md", "exec"), names)  # noqa: S102, our own page
    assert isinstance(names["report"], parlance.Report)
    assert names["report"].ok
    assert names["openai"].__name__.startswith(parlance_dialects.__name__)  # type: ignore[attr-defined]
