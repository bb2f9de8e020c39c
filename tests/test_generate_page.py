"""docs/generate.md is true: its sessions print what they show, its settings are taken, and its table has every key."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
from command import ROOT
from parlance.cli import main
from parlance.cli.settings_file import schema_text

TEXT = (ROOT / "docs" / "generate.md").read_text("utf-8")
EXAMPLE = ROOT / "docs" / "generate-example"


def blocks(language: str) -> list[str]:
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```", TEXT)


def printed(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What one of the commands on the page prints."""
    name, *arguments = shlex.split(command)
    match name:
        case "cp":
            shutil.copy(*arguments)
        case "cat":
            return Path(arguments[0]).read_text("utf-8")
        case "parlance":
            with pytest.raises(SystemExit):
                main(arguments)
        case _:
            raise NotImplementedError(name)
    captured = capsys.readouterr()
    return captured.out + captured.err


def test_the_sessions_print_what_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(shutil.copytree(EXAMPLE, tmp_path / "example"))
    steps = [part.partition("\n") for session in blocks("console") for part in re.split(r"(?m)^\$ ", session)[1:]]
    assert len(steps) == 9
    for command, _, output in steps:
        assert printed(command, capsys) == output, command


def test_the_settings_are_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(shutil.copytree(EXAMPLE, tmp_path / "example"))
    (settings,) = blocks("toml")
    (tmp_path / "example" / "pyproject.toml").write_text(settings)
    assert printed("parlance generate", capsys) == "10 files for 1 target: 10 new\n"
    module = (tmp_path / "example" / "src/shop/chat_wire/models.py").read_text("utf-8")
    assert "from shop.chat_wire.model_records import" in module
    assert "(PartialRecord):" in module


def test_the_table_names_every_key() -> None:
    known = json.loads(schema_text())["properties"]["target"]["items"]["properties"]
    keys = {key for row in re.findall(r"(?m)^\| (`[a-z`, ]+) \|", TEXT) for key in re.findall(r"[a-z]+", row)}
    assert keys == known.keys()
    for name in known["target"]["enum"]:
        assert f"`{name}`" in TEXT


def test_the_template_is_that_of_the_example() -> None:
    (template,) = blocks("jinja")
    assert template == (EXAMPLE / "templates" / "{{ artifact.name }}.md.j2").read_text("utf-8")
