"""The changes that CONTRIBUTING works through, carried out to the letter in a copy of the repository."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Change", "carry_out", "changes"]

_SECTION = re.compile(r"^## (.+?)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^ *```(?:yaml|json|python|jinja)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_PATH = re.compile(r"`((?:spec|tests|templates|generator)/[\w./-]*\.\w+)`")
_LINE = re.compile(r"One line in `(\w+)` of `([\w./-]+)`[^`]*`([^`]+)`")


@dataclass(frozen=True, slots=True)
class Change:
    """A block of the text, and the file that it belongs to."""

    path: str
    text: str


def changes(page: str) -> dict[str, list[Change]]:
    """Of each section, the blocks: a block belongs to the file that was named last before it, or else right after."""
    return {title: [*_changes(body)] for title, body in _SECTION.findall(page) if title.startswith("Add a ")}


def _changes(section: str) -> Iterator[Change]:
    for match in _BLOCK.finditer(section):
        (path,) = _PATH.findall(section[: match.start()])[-1:]
        yield Change(path, textwrap.dedent(match[1]))


def carry_out(root: Path, page: str) -> None:
    """Write every block where it belongs: into a table of properties, at the end of a list, or as a file of its own."""
    for change in (change for section in changes(page).values() for change in section):
        place = root / change.path
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(change.text, "utf-8")
            continue
        before = place.read_text("utf-8")
        if change.path.startswith("spec/schemas/"):
            head, mark, tail = before.partition("  properties:\n")
            place.write_text(f"{head}{mark}{textwrap.indent(change.text, '    ')}{tail}", "utf-8")
        else:
            is_nested = before.rstrip().rpartition("\n")[2].startswith(" ") and "\ncases:\n" in before
            text = textwrap.indent(change.text, "  ") if is_nested else change.text
            place.write_text(f"{before.rstrip()}\n{text}", "utf-8")
    for name, path, line in _LINE.findall(page):
        place = root / path
        before = place.read_text("utf-8")
        start, found, end = re.split(rf"(\n{name}\b[^\n]*{{\n)", before, maxsplit=1)
        if imported := re.search(r"files=(\w+)", line):
            module = f"from .{imported[1]} import {imported[1]}\n"
            start = start.replace("from .file import", f"{module}from .file import", 1)
        place.write_text(f"{start}{found}    {line.rstrip(',')},\n{end}", "utf-8")
