"""The navigation of the site: every page of docs/ has a place in it, a new one under the last title."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

__all__ = ["Entry", "navigation", "toml"]

Entry = dict[str, "str | list[Entry]"]
"""A title and a page, or a title and entries."""

_SECTIONS: dict[str, Sequence[str]] = {
    "Check": (
        "lint", "command-line", "streams", "exchanges", "containers", "columns", "pre-commit", "github-action",
        "editors",
    ),
    "Build": ("library", "typescript", "generate", "any-schema", "strategies"),
    "Providers": ("dialects", "own-dialects", "spec-import", "spec-diff"),
}  # fmt: skip
_LAST = "About"
_ABOUT = ("promises", "one-line", "patterns", "conformance", "security", "contributing", "changelog")
_TITLES = {
    "any-schema": "Any JSON Schema",
    "changelog": "Changes of Parlance",
    "command-line": "Command line",
    "containers": "Payloads where they lie",
    "github-action": "GitHub Actions",
    "generate": "Generate code",
    "library": "Python",
    "lint": "parlance lint",
    "one-line": "From one line to everything",
    "own-dialects": "A dialect of your own",
    "pre-commit": "pre-commit",
    "promises": "What it holds on to",
    "spec-diff": "What changed in a spec",
    "spec-import": "Import a document",
    "strategies": "Test data",
    "typescript": "TypeScript",
}
"""Of pages whose name says it less well."""

_REFERENCE: Entry = {
    "Reference": [
        {"Rules": "rules/index.md"},
        {"Fields by dialect": "reference/index.md"},
        {"Records": "records/index.md"},
        {"Where a request runs": "matrix.md"},
        {"What changed": "changes/index.md"},
        {"The language of the spec": [{"Schemas and dialects": "spec/index.md"}, {"Rules": "spec/rules.md"}]},
    ]
}


def navigation(pages: Iterable[str]) -> list[Entry]:
    """Titles and pages, of the paths of all pages."""
    left = {page.removesuffix(".md") for page in pages if "/" not in page} - {"index", "matrix", "playground"}
    entries: list[Entry] = [{"Parlance": "index.md"}, {"Playground": "playground.md"}]
    for title, names in _SECTIONS.items():
        entries.append({title: _entries([name for name in names if name in left])})
        left -= {*names}
    entries.append(_REFERENCE)
    others = sorted(left - {*_ABOUT})
    entries.append({_LAST: _entries([*others, *(name for name in _ABOUT if name in left)])})
    return entries


def _entries(names: Iterable[str]) -> list[Entry]:
    return [{_TITLES.get(name, name.replace("-", " ").capitalize()): f"{name}.md"} for name in names]


def toml(entries: Iterable[Entry]) -> str:
    """The entries as an array of TOML."""
    return f"[{', '.join(_row(title, content) for entry in entries for title, content in entry.items())}]"


def _row(title: str, content: str | list[Entry]) -> str:
    return f'{{"{title}" = {toml(content) if isinstance(content, list) else json.dumps(content)}}}'
