"""Fixes of findings as the actions that an editor offers: those that are safe, and those that are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lsprotocol.types import (
    CodeAction,
    CodeActionKind,
    CodeActionParams,
    Diagnostic,
    TextEdit,
    WorkspaceEdit,
)

from ..finding import Finding
from ..finding import TextEdit as FindingEdit
from ..finding.shape import is_object
from .diagnostics import finding_range
from .editor_file import EditorProject
from .open_documents import OpenDocument
from .text_positions import TextPositions

__all__ = ["ACTION_KINDS", "code_actions", "resolved"]

_SAFE = "source.fixAll.parlance"
_UNSAFE = "source.parlance.unsafeFixAll"
"""No kind of `source.fixAll`, which editors run when a file is saved."""

ACTION_KINDS: list[CodeActionKind | str] = [CodeActionKind.QuickFix, _SAFE, _UNSAFE]
_TITLES = {_SAFE: "Fix all that is safe to fix", _UNSAFE: "Fix all, unsafe fixes included"}


def code_actions(
    document: OpenDocument, params: CodeActionParams, project: EditorProject, *, resolves: bool
) -> Iterator[CodeAction]:
    """What can be done in a range; with *resolves*, the edits of a whole file are worked out when they are chosen."""
    asked = params.context.only
    if _is_asked(CodeActionKind.QuickFix, asked):
        yield from _quick_fixes(document, params, project)
    for kind, title in _TITLES.items():
        if not _is_asked(kind, asked) or (asked is None and not params.context.diagnostics):
            continue
        action = CodeAction(title, kind=kind, data={"uri": document.uri, "version": document.version})
        if resolves:
            yield action
        elif (whole := resolved(action, document, project)).edit is not None:
            yield whole


def resolved(action: CodeAction, document: OpenDocument, project: EditorProject) -> CodeAction:
    """The action with its edits, if there are any."""
    edits = project.fixes(document.file, unsafe=action.kind == _UNSAFE)
    if edits:
        action.edit = _workspace_edit(document, edits)
    return action


def _is_asked(kind: CodeActionKind | str, asked: Sequence[CodeActionKind | str] | None) -> bool:
    """Whether actions of a kind are asked for: the kind, or one that it is of."""
    name = kind.value if isinstance(kind, CodeActionKind) else kind
    names = [one.value if isinstance(one, CodeActionKind) else one for one in asked or ()]
    return asked is None or any(f"{name}.".startswith(f"{one}.") or not one for one in names)


def _quick_fixes(document: OpenDocument, params: CodeActionParams, project: EditorProject) -> Iterator[CodeAction]:
    positions = document.positions
    start, end = positions.offset(params.range.start), positions.offset(params.range.end)
    lines = range(positions.place(start)[0], positions.place(end)[0] + 1)
    for finding in project.fixable(document.file, lines):
        if finding.fix is None or not _touches(finding, positions, start, end):
            continue
        is_safe = finding.fix.safe
        title = finding.fix.title[:1].upper() + finding.fix.title[1:]
        yield CodeAction(
            title=f"{title} ({finding.code})" if is_safe else f"{title} ({finding.code}, unsafe)",
            kind=CodeActionKind.QuickFix,
            diagnostics=[*_shown(finding, params.context.diagnostics)] or None,
            is_preferred=is_safe or None,
            edit=_workspace_edit(document, finding.fix.edits),
        )


def _touches(finding: Finding, positions: TextPositions, start: int, end: int) -> bool:
    shown = finding_range(finding, positions)
    return positions.offset(shown.start) <= end and start <= positions.offset(shown.end)


def _shown(finding: Finding, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The diagnostics that show a finding."""
    for one in diagnostics:
        data = one.data
        if one.code == finding.code and is_object(data) and data.get("pointer") == finding.pointer:
            yield one


def _workspace_edit(document: OpenDocument, edits: Iterable[FindingEdit]) -> WorkspaceEdit:
    positions = document.positions
    changed = [TextEdit(positions.range(*positions.span_offsets(edit.span)), edit.text) for edit in edits]
    return WorkspaceEdit(changes={document.uri: changed})
