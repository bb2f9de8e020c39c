"""`parlance lsp` with a client over standard input and output: one session for nearly everything."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from editor_client import EditorClient
from lsprotocol import types

REQUEST = {"model": "gpt-4o", "messages": [{"role": "user", "content": "Hi 😀"}], "max_tokens": 5, "temprature": 0.7}
TEXT = json.dumps(REQUEST, ensure_ascii=False)
LINE: dict[str, Any] = {"custom_id": "a", "method": "POST", "url": "/v1/chat/completions"}
BATCH_LINE = json.dumps(LINE | {"body": {"model": "gpt-4o", "messages": [{"role": "user", "content": "Hi"}]}})
WRONG_LINE = json.dumps(LINE | {"custom_id": "b", "body": REQUEST}, ensure_ascii=False)
YAML = "model: gpt-4o\r\nmessages:\r\n- {role: user, content: 😀, nme: a}\r\n"
CAPABILITIES = types.ClientCapabilities(
    workspace=types.WorkspaceClientCapabilities(
        did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True)
    ),
    notebook_document=types.NotebookDocumentClientCapabilities(types.NotebookDocumentSyncClientCapabilities()),
    text_document=types.TextDocumentClientCapabilities(
        code_action=types.CodeActionClientCapabilities(resolve_support=types.ClientCodeActionResolveOptions(["edit"]))
    ),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("editor")
    (path / "pyproject.toml").write_text('[tool.parlance]\nexclude = ["fixtures/"]\n')
    return path


@pytest.fixture(scope="module")
def editor(folder: Path) -> Iterator[EditorClient]:
    client = EditorClient(folder, CAPABILITIES)
    yield client
    assert client.leave() == 0


def uri(folder: Path, name: str) -> str:
    return (folder / name).as_uri()


def found(diagnostics: list[types.Diagnostic]) -> list[Any]:
    """Code and place of each diagnostic, in the order of the text."""
    rows = [(one.range.start.line, one.range.start.character, one.code) for one in diagnostics]
    return [(f"{line}:{column}", code) for line, column, code in sorted(rows)]


def at(text: str, word: str) -> types.Position:
    """Where a word stands in a text of one line, in UTF-16."""
    return types.Position(0, len(text[: text.index(word)].encode("utf-16-le")) // 2)


def test_it_names_what_it_can_do(editor: EditorClient) -> None:
    capabilities = editor.answer.capabilities
    assert capabilities.position_encoding == "utf-16"
    assert isinstance(capabilities.text_document_sync, types.TextDocumentSyncOptions)
    assert capabilities.text_document_sync.change is types.TextDocumentSyncKind.Incremental
    assert capabilities.hover_provider
    assert capabilities.completion_provider
    assert isinstance(capabilities.code_action_provider, types.CodeActionOptions)
    assert capabilities.code_action_provider.resolve_provider
    assert editor.answer.server_info is not None
    assert editor.answer.server_info.name == "parlance"


@pytest.mark.parametrize(
    ("name", "language", "text", "expected"),
    [
        ("a.json", "json", TEXT, [("0:72", "PAR512"), ("0:89", "PAR102")]),
        ("a.yaml", "yaml", YAML, [("2:28", "PAR102")]),
        ("a.jsonl", "jsonl", f"{BATCH_LINE}\n{BATCH_LINE}\n", [("1:14", "PAR610")]),
        ("a.md", "markdown", f"# Page\n\n```json\n{TEXT}\n```\n", [("3:72", "PAR512"), ("3:89", "PAR102")]),
        ("a.jsonc", "jsonc", f"// newest\n{TEXT}", [("1:72", "PAR512"), ("1:89", "PAR102")]),
        ("list.json", "json", f"[{TEXT}]", [("0:73", "PAR512"), ("0:90", "PAR102")]),
        ("package.json", "json", '{"name": "app", "scripts": {}}', []),
        ("fixtures/a.json", "json", TEXT, []),
        ("broken.json", "json", TEXT[:-20], [("0:87", "PAR001")]),
        ("empty.json", "json", "", []),
        ("template.yaml", "yaml", "model: {{ model }\n", []),
        ("a.json.gz", "json", TEXT, []),
        ("noname", "json", TEXT, [("0:72", "PAR512"), ("0:89", "PAR102")]),
    ],
)  # fmt: skip
def test_files_have_the_diagnostics_that_the_command_line_finds(  # noqa: PLR0913, PLR0917 a row of the table
    editor: EditorClient, folder: Path, name: str, language: str, text: str, expected: list[Any]
) -> None:
    diagnostics = editor.open(uri(folder, name), text, language)
    assert found(diagnostics) == expected
    assert all(one.source == "parlance" for one in diagnostics)
    editor.close(uri(folder, name))
    assert editor.published(uri(folder, name), lambda params: params.version is None).diagnostics in ([], ())


def test_a_text_without_a_file_is_checked(editor: EditorClient) -> None:
    assert found(editor.open("untitled:Untitled-1", TEXT)) == [("0:72", "PAR512"), ("0:89", "PAR102")]
    assert found(editor.open("untitled:Untitled-2", "model: gpt-4o\nmessages: []\nmodle: a\n", "yaml"))
    assert editor.open("git:/a/b.json?x", "{}") == []


def cell(notebook: str, number: int, language: str, text: str) -> types.TextDocumentItem:
    return types.TextDocumentItem(f"{notebook.replace('file:', 'vscode-notebook-cell:')}#W{number}", language, 1, text)


def open_notebook(editor: EditorClient, address: str, *cells: types.TextDocumentItem) -> None:
    listed = [types.NotebookCell(types.NotebookCellKind.Code, one.uri) for one in cells]
    notebook = types.NotebookDocument(address, "jupyter-notebook", 1, listed)
    editor.notify(editor.protocol.notebook_document_did_open, types.DidOpenNotebookDocumentParams(notebook, cells))


def change_notebook(editor: EditorClient, address: str, cells: types.NotebookDocumentCellChanges) -> None:
    identifier = types.VersionedNotebookDocumentIdentifier(2, address)
    params = types.DidChangeNotebookDocumentParams(identifier, types.NotebookDocumentChangeEvent(cells=cells))
    editor.notify(editor.protocol.notebook_document_did_change, params)


def test_cells_of_a_notebook_are_checked_each_for_itself(editor: EditorClient, folder: Path) -> None:
    sync = editor.answer.capabilities.notebook_document_sync
    assert sync is not None
    address = uri(folder, "a.ipynb")
    page = cell(address, 1, "markdown", f"# Page\n\n```json\n{TEXT}\n```\n")
    raw, code = cell(address, 2, "raw", TEXT), cell(address, 3, "python", TEXT)
    open_notebook(editor, address, page, raw, code)
    assert found(editor.diagnostics(page.uri, 1)) == [("3:72", "PAR512"), ("3:89", "PAR102")]
    assert found(editor.diagnostics(raw.uri, 1)) == [("0:72", "PAR512"), ("0:89", "PAR102")]
    params = types.CodeActionParams(
        types.TextDocumentIdentifier(raw.uri),
        types.Range(at(TEXT, '"max_tokens"'), at(TEXT, '"max_tokens"')),
        types.CodeActionContext(editor.diagnostics(raw.uri, 1), [types.CodeActionKind.QuickFix]),
    )
    (action,) = editor.ask(editor.protocol.text_document_code_action_async, params) or []
    assert isinstance(action, types.CodeAction)
    assert action.edit is not None
    assert [*(action.edit.changes or {})] == [raw.uri]
    new = cell(address, 4, "json", TEXT)
    edit = types.NotebookDocumentCellContentChanges(
        types.VersionedTextDocumentIdentifier(2, raw.uri), [types.TextDocumentContentChangeWholeDocument("{}")]
    )
    array = types.NotebookCellArrayChange(0, 1, [types.NotebookCell(types.NotebookCellKind.Code, new.uri)])
    structure = types.NotebookDocumentCellChangeStructure(array, [new], [types.TextDocumentIdentifier(page.uri)])
    change_notebook(editor, address, types.NotebookDocumentCellChanges(structure, text_content=[edit]))
    assert editor.diagnostics(raw.uri, 2) == []
    assert len(editor.diagnostics(new.uri, 1)) == 2
    assert editor.diagnostics(page.uri, None) == []
    closed = [types.TextDocumentIdentifier(one.uri) for one in (raw, new)]
    closing = types.DidCloseNotebookDocumentParams(types.NotebookDocumentIdentifier(address), closed)
    editor.notify(editor.protocol.notebook_document_did_close, closing)
    assert editor.diagnostics(new.uri, None) == []
    assert editor.versions(code.uri) == []


def test_cells_have_the_settings_of_their_notebook(editor: EditorClient, folder: Path) -> None:
    address = uri(folder, "fixtures/a.ipynb")
    raw = cell(address, 1, "raw", TEXT)
    open_notebook(editor, address, raw)
    assert editor.diagnostics(raw.uri, 1) == []


def test_edits_are_checked_and_answered(editor: EditorClient, folder: Path) -> None:
    address = uri(folder, "edited.json")
    assert len(editor.open(address, TEXT)) == 2
    start, end = at(TEXT, '"temprature"'), at(TEXT, ": 0.7")
    editor.change(address, 2, types.TextDocumentContentChangePartial(types.Range(start, end), '"temperature"'))
    assert found(editor.diagnostics(address, 2)) == [("0:72", "PAR512")]
    # Between the halves of a character of two units there is no place: both edits stand before it.
    emoji = at(TEXT, "😀")
    half = types.Position(emoji.line, emoji.character + 1)
    editor.change(
        address, 3,
        types.TextDocumentContentChangePartial(types.Range(half, half), "1"),
        types.TextDocumentContentChangePartial(types.Range(types.Position(0, 0), types.Position(0, 1)), "["),
    )  # fmt: skip
    assert found(editor.diagnostics(address, 3)) != []
    editor.change(address, 4, types.TextDocumentContentChangeWholeDocument("{}"))
    assert editor.diagnostics(address, 4) == []


def test_of_edits_in_a_row_the_last_is_checked(editor: EditorClient, folder: Path) -> None:
    address = uri(folder, "fast.json")
    editor.open(address, TEXT)
    for version in range(2, 40):
        place = types.Position(0, 0)
        editor.change(address, version, types.TextDocumentContentChangePartial(types.Range(place, place), " "))
    assert found(editor.diagnostics(address, 39)) == [("0:110", "PAR512"), ("0:127", "PAR102")]
    versions = [version or 0 for version in editor.versions(address)]
    assert versions == sorted(versions)
    assert len(versions) < 38


def test_settings_count_and_are_read_again_when_they_change(editor: EditorClient, folder: Path) -> None:
    project = folder / "project"
    project.mkdir()
    address = uri(project, "a.json")
    assert len(editor.open(address, TEXT)) == 2
    (project / "parlance.toml").write_text('ignore = ["PAR512"]\n[per-file-dialects]\n"eu/**" = "mistral"\n')
    changed = types.DidChangeWatchedFilesParams(
        [types.FileEvent(uri(project, "parlance.toml"), types.FileChangeType.Created)]
    )
    editor.notify(editor.protocol.workspace_did_change_watched_files, changed)
    editor.published(address, lambda params: found([*params.diagnostics]) == [("0:89", "PAR102")])
    # Where the editor does not watch files, the next edit has them read.
    (project / "parlance.toml").write_text('dialect = "nowhere"\n# a comment\n')
    editor.change(address, 2, types.TextDocumentContentChangeWholeDocument(TEXT))
    (message,) = [one.message for one in editor.diagnostics(address, 2)]
    assert message.startswith("not checked, because of the settings:")
    assert "parlance.toml:1" in message
    (project / "parlance.toml").unlink()
    editor.change(address, 3, types.TextDocumentContentChangeWholeDocument(TEXT))
    assert len(editor.diagnostics(address, 3)) == 2


def test_the_editor_is_asked_to_watch_settings(editor: EditorClient) -> None:
    (registration,) = editor.registered
    assert registration.method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES


def test_hover_and_completion_are_answered(editor: EditorClient, folder: Path) -> None:
    address = uri(folder, "asked.json")
    editor.open(address, TEXT)
    document = types.TextDocumentIdentifier(address)
    place = at(TEXT, "x_tokens")
    shown = editor.ask(editor.protocol.text_document_hover_async, types.HoverParams(document, place))
    assert shown is not None
    assert isinstance(shown.contents, types.MarkupContent)
    assert "PAR512" in shown.contents.value
    assert shown.range == types.Range(at(TEXT, '"max_tokens'), at(TEXT, ": 5"))
    params = types.CompletionParams(document, at(TEXT, "gpt-4o"))
    offered = editor.ask(editor.protocol.text_document_completion_async, params)
    assert isinstance(offered, list)
    assert "gpt-4o" in {item.label for item in offered}
    nowhere = types.TextDocumentIdentifier(uri(folder, "never-opened.json"))
    assert editor.ask(editor.protocol.text_document_hover_async, types.HoverParams(nowhere, place)) is None


def actions(
    editor: EditorClient, address: str, only: list[types.CodeActionKind | str] | None = None
) -> list[types.CodeAction]:
    everything = types.Range(types.Position(0, 0), types.Position(1000, 0))
    context = types.CodeActionContext(editor.diagnostics(address, 1), only)
    params = types.CodeActionParams(types.TextDocumentIdentifier(address), everything, context)
    offered = editor.ask(editor.protocol.text_document_code_action_async, params)
    return [one for one in offered or () if isinstance(one, types.CodeAction)]


def applied(action: types.CodeAction, address: str, text: str) -> str:
    """A text of one encoding after the edits of an action."""
    from parlance.lsp.text_positions import TextPositions

    assert action.edit is not None
    assert action.edit.changes is not None
    positions = TextPositions(text)
    for edit in reversed(action.edit.changes[address]):
        start, end = positions.offset(edit.range.start), positions.offset(edit.range.end)
        text = text[:start] + edit.new_text + text[end:]
    return text


def test_fixes_are_offered_safe_ones_first(editor: EditorClient, folder: Path) -> None:
    address = uri(folder, "fixed.json")
    editor.open(address, TEXT)
    offered = {one.title: one for one in actions(editor, address, [types.CodeActionKind.QuickFix])}
    assert [*offered] == ["Rename it to max_completion_tokens (PAR512)", "Rename it to temperature (PAR102, unsafe)"]
    safe, unsafe = offered.values()
    assert (safe.is_preferred, unsafe.is_preferred) == (True, None)
    assert [one.code for one in safe.diagnostics or ()] == ["PAR512"]
    assert applied(safe, address, TEXT) == TEXT.replace("max_tokens", "max_completion_tokens")
    assert applied(unsafe, address, TEXT) == TEXT.replace("temprature", "temperature")


@pytest.mark.parametrize(
    ("name", "language", "text"),
    [
        ("whole.json", "json", TEXT),
        ("whole.md", "markdown", f"😀\r\n\r\n```json\r\n{TEXT}\r\n```\r\n"),
        ("whole.yaml", "yaml", "model: gpt-4o\nmessages: [{role: user, content: 😀}]\nmax_tokens: 5\ntemprature: 1\n"),
        ("whole.jsonl", "jsonl", f"{BATCH_LINE}\n{WRONG_LINE}\n"),
    ],
)  # fmt: skip
def test_all_of_a_file_is_fixed_safely_or_not(
    editor: EditorClient, folder: Path, name: str, language: str, text: str
) -> None:
    address = uri(folder, name)
    editor.open(address, text, language)
    (on_save,) = actions(editor, address, ["source.fixAll"])
    assert (on_save.kind, on_save.edit) == ("source.fixAll.parlance", None)
    safely = editor.ask(editor.protocol.code_action_resolve_async, on_save)
    after = text.replace("max_tokens", "max_completion_tokens")
    assert applied(safely, address, text) == after
    (unsafe,) = actions(editor, address, ["source.parlance.unsafeFixAll"])
    everything = editor.ask(editor.protocol.code_action_resolve_async, unsafe)
    assert applied(everything, address, text) == after.replace("temprature", "temperature")


def test_a_large_and_a_deep_text_are_checked(editor: EditorClient, folder: Path) -> None:
    many = json.dumps(REQUEST | {"messages": [{"role": "user", "content": "Hi", f"x{n}": 1} for n in range(700)]})
    assert len(editor.open(uri(folder, "many.json"), many)) == 500
    deep = TEXT[:-1] + ', "metadata": ' + "[" * 100_000
    assert found(editor.open(uri(folder, "deep.json"), deep)) != []


def test_a_file_that_is_deleted_stays_open(editor: EditorClient, folder: Path) -> None:
    path = folder / "gone" / "a.json"
    path.parent.mkdir()
    path.write_text(TEXT)
    assert len(editor.open(path.as_uri(), TEXT)) == 2
    path.unlink()
    path.parent.rmdir()
    editor.change(path.as_uri(), 2, types.TextDocumentContentChangeWholeDocument(TEXT))
    assert len(editor.diagnostics(path.as_uri(), 2)) == 2


def test_another_encoding_is_agreed_on_and_an_editor_may_vanish(tmp_path: Path) -> None:
    encodings = [types.PositionEncodingKind.Utf32, types.PositionEncodingKind.Utf8]
    capabilities = types.ClientCapabilities(general=types.GeneralClientCapabilities(position_encodings=encodings))
    editor = EditorClient(tmp_path, capabilities, "--stdio")
    assert editor.answer.capabilities.position_encoding in encodings
    wide = 1 if editor.answer.capabilities.position_encoding == "utf-32" else 4
    assert found(editor.open(uri(tmp_path, "a.json"), TEXT))[0] == (f"0:{70 + wide}", "PAR512")
    assert not editor.registered
    assert editor.vanish() == 1
