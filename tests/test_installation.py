"""No text says to install `parlance` by name: on the package index that is a stranger's project."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from command import ROOT

FOLDERS = ("docs", "generator", "templates", "generated", "spec")
FILES = (
    *(".pre-commit-hooks.yaml", "action.yml", "Makefile"),
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"),
)
NAME = r"""["'`]*(?<!-)parlance\b(?![-_/.\w])"""
BY_NAME = re.compile(
    rf"""(?:\b(?:pip3?|pipx|uv|poetry|pdm|rye|conda|mamba|hatch)\b[^\n`]*?\b(?:install|add|download|inject)\b(?:\s+-{{1,2}}[^\s`]+)*
         (?:\s+["']?\w[\w.\[\]=<>~!-]*["']?)*?\s+{NAME}
      |\b(?:uvx|pipx\s+run|uv\s+tool\s+run)\s+(?:-\S+\s+)*{NAME}
      |{NAME}\[[\w,-]+\](?!\]|\.)
      |^\s*-?\s*["']?parlance\s*(?:==|>=|~=)
      |additional_dependencies:\s*\[[^\]]*{NAME})""",
    re.VERBOSE | re.MULTILINE,
)
ABOVE = 10
"""Lines: a list of dependencies is no longer."""


def texts() -> Iterator[tuple[str, str]]:
    paths = [ROOT / name for name in FILES]
    paths += [path for name in FOLDERS for path in sorted((ROOT / name).rglob("*")) if path.suffix != ".pyc"]
    for path in paths:
        if path.is_file():
            yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


def advice(text: str) -> str | None:
    """What in a text says to install it. Only lines with the name are searched, and what may belong to them above."""
    lines = text.split("\n")
    named = (number for number, line in enumerate(lines, 1) if "parlance" in line)
    searched = (BY_NAME.search("\n".join(lines[max(number - ABOVE, 0) : number])) for number in named)
    return next((match.group() for match in searched if match), None)


def test_no_text_says_to_install_a_strangers_project() -> None:
    found = {path: line for path, text in texts() if (line := advice(text))}
    assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        "$ pip install parlance",
        "run `pip install 'parlance[strategies]'`",
        "python -m pip install --upgrade parlance==0.1",
        "pip install hypothesis parlance",
        'pip3 install -q "parlance"',
        "pipx install parlance",
        "uv pip install parlance",
        "uv add parlance",
        "uvx parlance lint",
        "pipx run parlance lint",
        "poetry add parlance",
        "needs parlance[rich]",
        "  - parlance>=0.1",
        "additional_dependencies: [parlance]",
        "additional_dependencies: [\n  rich,\n  parlance,\n]",
    ],
)
def test_such_a_text_is_found(text: str) -> None:
    assert advice(f"One.\n{text}\nTwo.\n")


@pytest.mark.parametrize(
    "text",
    [
        "$ pip install .",
        "$ pip install '.[strategies]'",
        "pip install hypothesis",
        "[tool.parlance]",
        "parlance lint prompts/",
        "After pip install . the command parlance is there",
        "pip install parlance-dialects",
        "needs `pip install 'chat-parlance[generate]'`",
        "uvx --from chat-parlance parlance lint prompts/",
        "name: Install parlance",
        'pip install --target "$RUNNER_TEMP/parlance" "$SOURCE"',
    ],
)
def test_another_text_is_not(text: str) -> None:
    assert not advice(f"One.\n{text}\nTwo.\n")
