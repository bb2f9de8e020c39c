"""docs/command-line.md: what it says of ruff and of check-jsonschema is what their help says, and so it is of ours."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

import click
import pytest
from command import ROOT
from parlance.cli.lint_command import lint
from parlance.cli.main import cli

PAGE = (ROOT / "docs" / "command-line.md").read_text("utf-8")
OTHERS = {
    "ruff": [str(Path(sys.executable).with_name("ruff")), "check", "--help"],
    "check-jsonschema": [sys.executable, "-m", "check_jsonschema", "--help"],
}
_OPTION = re.compile(r"^ {2,8}(?:-\w, )?(--[a-z][a-z-]+)", re.MULTILINE)


@cache
def options_of(tool: str) -> frozenset[str]:
    """The long options that a tool's own help lists."""
    done = subprocess.run(OTHERS[tool], capture_output=True, text=True, check=True)
    return frozenset(_OPTION.findall(done.stdout))


def rows(tool: str) -> Iterator[list[str]]:
    """The rows of the table about a tool, each a list of cells."""
    section = PAGE.partition(f"\n## Beside {tool}\n")[2].partition("\n## ")[0]
    for line in section.splitlines():
        if line.startswith("| `"):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def own_options() -> set[str]:
    """The long options of `parlance lint`, and of the command itself."""
    return {name for command in (lint, cli) for one in command.params for name in [*one.opts, *one.secondary_opts]} | {
        "--help"
    }


@pytest.mark.parametrize("tool", OTHERS)
def test_every_option_of_another_tool_is_in_its_table_once(tool: str) -> None:
    listed = [theirs.strip("`") for theirs, _, _ in rows(tool)]
    assert len(listed) == len({*listed})
    assert {*listed} == options_of(tool)


@pytest.mark.parametrize("tool", OTHERS)
def test_what_stands_beside_it_is_an_option_of_ours(tool: str) -> None:
    for theirs, ours, remark in rows(tool):
        named = [*re.findall(r"`(--[a-z-]+)`", ours), *re.findall(r"`(--[a-z-]+)`", remark)]
        assert {*named} <= own_options(), theirs
        assert ours or theirs in {"`--ignore-noqa`", "`--fill-defaults`", "`--validator-class`"} or remark, theirs


def test_options_of_the_same_name_are_more_than_half() -> None:
    same = [theirs for theirs, ours, _ in rows("ruff") if theirs == ours]
    assert len(same) > len([*rows("ruff")]) * 0.6


def commands(group: click.Group, *names: str) -> Iterator[tuple[str, ...]]:
    """The words that lead to each command."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield (*names, name)
        if isinstance(command, click.Group):
            yield from commands(command, *names, name)


@pytest.mark.parametrize("words", [(), *commands(cli)], ids=" ".join)
def test_the_help_of_every_command_fits_a_terminal(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main([*words, "--help"], prog_name="parlance", terminal_width=200, max_content_width=200)
    printed = capsys.readouterr().out
    assert max(map(len, re.findall(r"^    .*", printed, re.MULTILINE)), default=0) <= 200
    with pytest.raises(SystemExit):
        cli.main([*words, "--help"], prog_name="parlance")
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 80


def test_every_option_says_what_it_does() -> None:
    for words in commands(cli):
        command: click.Command | None = cli
        for word in words:
            assert isinstance(command, click.Group)
            command = command.get_command(click.Context(command), word)
        assert command is not None
        for one in command.params:
            assert not isinstance(one, click.Option) or one.help, (words, one.name)


def test_the_settings_that_the_page_names_are_there() -> None:
    from parlance.cli.settings_file import schema

    assert {"include", "exclude", "extend-exclude", "docs-url"} <= schema()["properties"].keys()
    assert "parlance" in {script.name for script in entry_points(group="console_scripts")}
