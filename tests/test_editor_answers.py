"""What an editor is answered at the places of `cases/editor/*.yaml`, without a server between."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from command import ROOT
from lsprotocol.types import CompletionItem, InsertTextFormat, TextEdit
from parlance.check.document_reader import format_of
from parlance.cli.editor_files import EditorFiles
from parlance.cli.main import cli
from parlance.finding import Span
from parlance.lsp.completion import completions
from parlance.lsp.contracts import Contracts
from parlance.lsp.editor_file import EditorFile
from parlance.lsp.hover import hover
from parlance.lsp.open_documents import OpenDocument

CURSOR = "‸"
CASES = ROOT / "tests" / "cases" / "editor"
LANGUAGES = {".json": "json", ".har": "json", ".ipynb": "json", ".jsonc": "jsonc", ".jsonl": "jsonl", ".yaml": "yaml"}
CONTRACTS = Contracts()


def cases(name: str, has: str = "name") -> list[Any]:
    rows: list[dict[str, Any]] = yaml.load((CASES / f"{name}.yaml").read_text("utf-8"), yaml.CSafeLoader)
    return [pytest.param(row, id=row["name"]) for row in rows if has in row]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a folder of another dialect."""
    path = tmp_path_factory.mktemp("project")
    (path / "parlance.toml").write_text('[per-file-dialects]\n"mistral/**" = "mistral"\n')
    return path


@cache
def files() -> EditorFiles:
    return EditorFiles()


def opened(folder: Path, name: str, text: str) -> OpenDocument:
    language = LANGUAGES.get(Path(name).suffix, "markdown")
    return OpenDocument((folder / name).as_uri(), 1, language, text, "utf-16")


def offered(document: OpenDocument, offset: int, *, snippets: bool = True) -> list[CompletionItem]:
    role = files().role(document.file)
    assert role is not None
    return completions(document, offset, role, CONTRACTS, snippets=snippets)


@pytest.mark.parametrize("case", cases("completions"))
def test_what_may_stand_at_the_cursor_is_offered(case: dict[str, Any], folder: Path) -> None:
    document = opened(folder, case["file"], case["text"].replace(CURSOR, ""))
    items = offered(document, case["text"].index(CURSOR))
    ranked = sorted(items, key=lambda item: item.sort_text or "")
    labels = [item.label for item in ranked]
    assert len({*labels}) == len(labels)
    first = case.get("first", [])
    assert sorted(labels[: len(first)]) == sorted(first)
    assert [label for label in case.get("offers", []) if label not in labels] == []
    assert [label for label in case.get("lacks", []) if label in labels] == []
    assert bool(labels) is ("first" in case or "offers" in case)
    edits = {item.label: item.text_edit for item in items}
    for label, text in case.get("inserts", {}).items():
        edit = edits[label]
        assert isinstance(edit, TextEdit)
        assert edit.new_text == text


@pytest.mark.parametrize("case", cases("completions", has="offers"))
def test_an_item_that_is_taken_leaves_a_text_in_which_it_is_read(case: dict[str, Any], folder: Path) -> None:
    document = opened(folder, case["file"], case["text"].replace(CURSOR, ""))
    items = offered(document, case["text"].index(CURSOR), snippets=False)
    item = next(item for item in items if item.label == case["offers"][0])
    assert item.insert_text_format is InsertTextFormat.PlainText
    assert isinstance(item.text_edit, TextEdit)
    start = document.positions.offset(item.text_edit.range.start)
    end = document.positions.offset(item.text_edit.range.end)
    after = f"{document.text[:start]}{item.text_edit.new_text}{document.text[end:]}"
    at = start + item.text_edit.new_text.index(item.label)
    shown = shown_at(opened(folder, case["file"], after), at)
    assert item.label in shown or item.documentation is None or case.get("stays_broken")


def shown_at(document: OpenDocument, offset: int) -> str:
    role = files().role(document.file)
    assert role is not None
    findings = [finding for finding in files().findings(document.file) if finding]
    found = hover(document, offset, findings, role, CONTRACTS)
    return str(getattr(found.contents, "value", "")) if found else ""


@pytest.mark.parametrize("case", cases("hovers"))
def test_what_is_known_of_a_place_is_shown(case: dict[str, Any], folder: Path) -> None:
    document = opened(folder, case["file"], case["text"].replace(CURSOR, ""))
    shown = shown_at(document, case["text"].index(CURSOR))
    assert [part for part in case.get("says", []) if part not in shown] == []
    assert bool(shown) is ("says" in case)


def test_an_editor_finds_and_fixes_what_the_command_line_does() -> None:
    folders = [str(ROOT / "tests" / "cases" / "lint" / "defects"), str(ROOT / "docs" / "examples")]
    result = CliRunner().invoke(cli, ["lint", "--output-format", "json", *folders], standalone_mode=False)
    report: dict[str, Any] = json.loads(result.stdout)
    rows = [(one["file"], one["line"], one["column"], one["code"], bool(one["fix"])) for one in report["findings"]]
    assert len(rows) > 100
    assert any(fix for *_, fix in rows)
    edited: list[Any] = []
    for name in sorted(path for folder in folders for path in map(str, Path(folder).rglob("*"))):
        if not Path(name).is_file() or format_of(name) is None:
            continue
        file = EditorFile(name, "", Path(name).read_bytes().decode(errors="replace"))
        findings = [finding for finding in files().findings(file) if finding]
        fixable = {(one.code, one.span) for one in files().fixable(file, range(1, 10_000))}
        for one in findings:
            span = one.span or Span(name, 0, 0, 0, 0)
            edited.append((name, span.line, span.column, one.code, (one.code, one.span) in fixable))
    assert sorted(edited) == sorted(rows)


@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_a_text_that_is_cut_anywhere_gets_answers(quarter: int) -> None:
    """There may be none, but nothing fails: as in every moment of typing."""
    paths = [path for path in sorted((ROOT / "docs" / "examples").rglob("*")) if path.is_file()]
    answers = 0
    for path in paths:
        text = path.read_text("utf-8")
        cut = len(text) * quarter // 4
        document = OpenDocument(path.as_uri(), 1, LANGUAGES.get(path.suffix, "json"), text[:cut], "utf-16")
        for offset in (cut, cut // 2):
            answers += bool(offered(document, offset)) + bool(shown_at(document, offset))
    assert answers > 0
