"""Changes as Markdown, and the pages of what changed between the dialects of a provider and the days of the base."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from ..contract.ir import Contract
from ..contract_diff.change_report import change_sentence, summary_line
from ..contract_diff.comparing import contract_changes
from ..contract_diff.contract_change import ContractChange
from ..contract_diff.spec_changelog import ChangelogEntry, meant
from .edition import Edition
from .file import File
from .markdown_text import code, prose

__all__ = ["change_pages", "changelog_as_markdown", "changes_as_markdown"]


@dataclass(frozen=True)
class _ChangePage:
    """A page: dialects that follow one another."""

    path: str
    title: str
    steps: list[tuple[str, list[ContractChange]]]
    """Titles, and what changed there."""


def changes_as_markdown(changes: Sequence[ContractChange], depth: int = 2) -> Iterator[str]:
    """A heading of *depth* and a table for each artifact."""
    for artifact, found in groupby(changes, key=lambda change: change.artifact):
        part = [*found]
        yield from (f"{'#' * depth} {prose(artifact)}", "", f"{summary_line(part)}.", "")
        yield from ("| level | at | kind | change |", "|---|---|---|---|")
        for change in part:
            at = code(change.at) or "the document"
            yield f"| {change.level} | {at} | {change.kind} | {prose(change_sentence(change))} |"
        yield ""
    if not changes:
        yield "No change."


def changelog_as_markdown(entries: Sequence[ChangelogEntry]) -> Iterator[str]:
    """A heading for each version, the newest first."""
    for entry in reversed(entries):
        yield from (f"## {prose(entry.title)}", "")
        yield from changes_as_markdown(entry.changes, depth=3)
    if not entries:
        yield "No change."


def change_pages(edition: Edition) -> Iterator[File]:
    """`changes/README.md`, and a page for each provider with several dialects, and for the days of the base."""
    if edition.days is None:
        return
    pages = [*_providers(edition)]
    if len(edition.days) > 1:
        base = edition.days[0].dialect.partition("@")[0]
        pages.append(_page(f"{base}-days", f"{base}, day by day", edition.days))
    if not pages:
        return
    rows = [{"title": prose(page.title), "path": page.path, "count": len(page.steps)} for page in pages]
    yield File("changes/README.md", "changes/index.md.j2", {"pages": rows})
    for page in pages:
        steps = [
            {"title": prose(title), "lines": [*changes_as_markdown(changes, depth=3)]} for title, changes in page.steps
        ]
        yield File(f"changes/{page.path}", "changes/page.md.j2", {"title": prose(page.title), "steps": steps})


def _providers(edition: Edition) -> Iterator[_ChangePage]:
    families: dict[str, list[Contract]] = {}
    for contract in sorted(edition.contracts, key=lambda each: (each.day, each.dialect)):
        families.setdefault(contract.family, []).append(contract)
    for family, contracts in sorted(families.items()):
        if len(contracts) > 1:
            yield _page(family, family, contracts)


def _page(name: str, title: str, contracts: Iterable[Contract]) -> _ChangePage:
    """What changed between neighbours, the newest first; those without a change are left out."""
    steps = [(f"{old.dialect} to {new.dialect}", meant(contract_changes(old, new))) for old, new in pairwise(contracts)]
    return _ChangePage(f"{name}.md", title, [step for step in reversed(steps) if step[1]])
