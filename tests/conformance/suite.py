"""The suite as data: drafts, files, cases, tests. It is downloaded, and is no part of this repository."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from parlance.schemas.drafts import Draft

__all__ = ["DRAFTS", "FOLDER", "REMOTES", "Case", "cases", "remote_documents"]

FOLDER = Path(__file__).parents[2] / ".venv" / "json-schema-test-suite"
REMOTES = FOLDER / "remotes"
ADDRESS = "http://localhost:1234/"
"""Where the suite says that its remote documents are."""

DRAFTS = {
    "draft2020-12": Draft.DRAFT_2020_12,
    "draft2019-09": Draft.DRAFT_2019_09,
    "draft7": Draft.DRAFT_7,
    "draft6": Draft.DRAFT_6,
    "draft4": Draft.DRAFT_4,
}
"""The drafts that are carried out, by the names of their folders."""


class Case(NamedTuple):
    """A schema, and values with the verdicts that they deserve."""

    draft: str
    group: str
    """`required`, `optional` or `format`."""

    file: str
    """Its name without the ending, which is a keyword or a topic."""

    description: str
    schema: Any
    tests: list[dict[str, Any]]

    @property
    def asserts_formats(self) -> bool:
        """Whether formats are to be judged, which they are not by default."""
        return self.group == "format"


_GROUPS = {"required": "*.json", "optional": "optional/*.json", "format": "optional/format/*.json"}


def cases(draft: str) -> Iterator[Case]:
    """The cases of one draft, in the order of their files."""
    for group, names in _GROUPS.items():
        for path in sorted((FOLDER / "tests" / draft).glob(names)):
            for case in json.loads(path.read_text("utf-8")):
                yield Case(draft, group, path.stem, case["description"], case["schema"], case["tests"])


@cache
def remote_documents() -> dict[str, Any]:
    """The documents that schemas of the suite refer to, by address."""
    return {
        ADDRESS + path.relative_to(REMOTES).as_posix(): json.loads(path.read_text("utf-8"))
        for path in sorted(REMOTES.rglob("*.json"))
    }
