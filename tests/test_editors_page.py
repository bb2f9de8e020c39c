"""What docs/editors.md shows can be read by the editors, and is what the server understands."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

import pytest
from click.testing import CliRunner
from command import ROOT
from parlance.check.document_reader import FORMATS
from parlance.cli.main import cli
from parlance.lsp.code_actions import ACTION_KINDS
from parlance.lsp.open_documents import ENDINGS

PAGE = (ROOT / "docs" / "editors.md").read_text("utf-8")
COMMAND = ["parlance", "lsp"]
TOKEN = re.compile(r"""(?P<space>\s+)|(?P<string>"[^"\n]*")|(?P<name>[A-Za-z_][\w.]*)|(?P<mark>[{}()=,])""")
CLOSERS = {"{": "}", "(": ")"}


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def lua_tokens(text: str) -> list[str]:
    """The tokens of a text of which brackets match; fails where it is not made of them."""
    tokens: list[str] = []
    open_: list[str] = []
    at = 0
    while at < len(text):
        found = TOKEN.match(text, at)
        assert found is not None, text[at : at + 20]
        at = found.end()
        if found["mark"] in CLOSERS:
            open_.append(CLOSERS[found["mark"]])
        elif found["mark"] in CLOSERS.values():
            assert open_.pop() == found["mark"]
        tokens += [] if found["space"] else [found[0]]
    assert open_ == []
    return tokens


def lua_list(tokens: list[str], name: str) -> list[str]:
    """The strings of the list that a name is set to."""
    start = tokens.index(name)
    assert tokens[start + 1 : start + 3] == ["=", "{"]
    end = tokens.index("}", start)
    return [json.loads(each) for each in tokens[start + 3 : end] if each.startswith('"')]


def languages() -> dict[str, list[str]]:
    """The languages that each editor is asked to send."""
    (code,) = map(json.loads, blocks("json"))
    helix = tomllib.loads(blocks("toml")[0])
    return {
        "VS Code": code["glspc.server.languageId"],
        "Neovim": lua_list(lua_tokens(blocks("lua")[0]), "filetypes"),
        "Helix": [one["name"] for one in helix["language"]],
    }


def test_each_editor_starts_the_server() -> None:
    (code,) = map(json.loads, blocks("json"))
    assert [code["glspc.server.command"], *code["glspc.server.commandArguments"]] == COMMAND
    assert lua_list(lua_tokens(blocks("lua")[0]), "cmd") == COMMAND
    helix = tomllib.loads(blocks("toml")[0])
    server: dict[str, Any] = helix["language-server"]["parlance"]
    assert [server["command"], *server["args"]] == COMMAND
    assert all(one["language-servers"][-1] == "parlance" for one in helix["language"])
    assert CliRunner().invoke(cli, [COMMAND[1], "--help"]).exit_code == 0


@pytest.mark.parametrize("editor", ["VS Code", "Neovim", "Helix"])
def test_what_editors_send_is_read(editor: str) -> None:
    known = languages()[editor]
    assert {"json", "yaml", "markdown"} <= {*known} <= {*ENDINGS}
    assert {FORMATS[ENDINGS[one]] for one in known} <= {*FORMATS.values()}


def test_the_kinds_of_actions_are_those_of_the_page() -> None:
    kinds = [str(getattr(kind, "value", kind)) for kind in ACTION_KINDS]
    assert {kind for kind in kinds if kind.startswith("source")} == {*re.findall(r"source\.[\w.]+", PAGE)} - {"source"}
    (code,) = map(json.loads, blocks("json"))
    assert [*code["editor.codeActionsOnSave"]] == ["source.fixAll.parlance"]
    assert lua_list(lua_tokens(blocks("lua")[1]), "only") == ["source.fixAll.parlance"]
