"""The pages of the site, from files of the repository, with links that lead to where the others went."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from .markdown_lists import indented_by_four

__all__ = ["ROOT", "Pages"]

ROOT = Path(__file__).parent.parent

_SINGLE = {
    "README.md": "index.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
    "spec/README.md": "spec/index.md",
    "spec/RULES.md": "spec/rules.md",
    "generated/markdown/matrix.md": "matrix.md",
    "website/playground/playground.md": "playground.md",
}
_FOLDERS = {
    "docs": ".",
    "generated/markdown": "reference",
    "generated/markdown/rules": "rules",
    "generated/markdown/records": "records",
    "generated/changes": "changes",
}
"""Folders whose pages go to a folder of the site; `README.md` is its first page."""

_FILES = "files"
"""Where what is linked to and is no page goes."""

_FENCE = re.compile(r"^( *)(```+)", re.MULTILINE)
_LINK = re.compile(r"(`+[^`\n]+`+)|(!?)\[((?:[^][\n]|\[[^][\n]*\])*)\]\(([^()\s#]*)(#[^()\s]*)?\)")
_NOTE = re.compile(r"^<!--.*?-->\n+", re.DOTALL)


class Pages:
    """Every page of the site, and the files that pages link to."""

    def __init__(self, root: Path = ROOT) -> None:
        self._root = root
        self.places = dict(_places(root))
        """Where each file of the repository goes, by its path."""
        self.files: dict[str, str] = {}
        """Likewise those that are no pages; known once all texts were asked for."""
        self.faults: list[str] = []
        """Links that lead nowhere; known then, too."""

    def texts(self) -> Iterator[tuple[str, str]]:
        """The path of each page in the site, and its text."""
        for source, place in self.places.items():
            yield place, self._text(source)

    def _text(self, source: str) -> str:
        text = _NOTE.sub("", (self._root / source).read_text("utf-8"))
        parts = [self._linked(part, source) if is_prose else part for part, is_prose in _parts(text)]
        return indented_by_four("".join(parts))

    def _linked(self, text: str, source: str) -> str:
        def replaced(found: re.Match[str]) -> str:
            code, sign, words, target, anchor = found.groups(default="")
            if code or not target or "://" in target or target.startswith("mailto:"):
                return found[0]
            place = self._place(source, target)
            if place is None:  # a folder, of which the site has no list
                return words
            here = PurePosixPath(self.places[source]).parent
            return f"{sign}[{words}]({os.path.relpath(place, here)}{anchor})"

        return _LINK.sub(replaced, text)

    def _place(self, source: str, target: str) -> str | None:
        path = os.path.normpath(PurePosixPath(source).parent / target)
        if path in self.places:
            return self.places[path]
        if (self._root / path).is_dir():
            return self.places.get(f"{path}/README.md")
        if not (self._root / path).is_file():
            self.faults.append(f"{source}: {target} does not exist")
        return self.files.setdefault(path, f"{_FILES}/{path}")


def _places(root: Path) -> Iterator[tuple[str, str]]:
    yield from _SINGLE.items()
    for folder, place in _FOLDERS.items():
        for path in sorted((root / folder).glob("*.md")):
            source = path.relative_to(root).as_posix()
            if source not in _SINGLE:
                name = "index.md" if path.name == "README.md" else path.name
                yield source, os.path.normpath(f"{place}/{name}")


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """A text in pieces, each with whether it is prose; else it is a block of code."""
    start, fence = 0, None
    for found in _FENCE.finditer(text):
        if fence is None:
            yield text[start : found.start()], True
            start, fence = found.start(), found[2]
        elif found[2] == fence:
            yield text[start : found.end()], False
            start, fence = found.end(), None
    yield text[start:], fence is None
