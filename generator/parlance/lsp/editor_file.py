"""What a file that is edited is to the project it is in: the settings decide, and the command line reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ..check.document_reader import format_of

if TYPE_CHECKING:
    from ..check.dialect import Dialect
    from ..finding import Finding, TextEdit
    from ..payloads.container_rows import Container
    from ..spec_source import SpecSource

__all__ = ["EditorFile", "EditorProject", "FileRole", "UnusableSettings"]


class UnusableSettings(Exception):
    """Why the settings of a file are of no use; the text has file and line."""


class EditorFile(NamedTuple):
    """A file as it is edited."""

    path: str
    ending: str
    """How its name would end by what the editor calls its language; empty where that is no language of ours."""

    text: str
    cell: str = ""
    """The address of the cell that it is of the notebook at that path; empty for a whole file."""

    @property
    def name(self) -> str:
        """What it is called where the ending decides how it is read."""
        is_named = format_of(self.path) is not None and not self.cell
        return self.path if is_named else f"{self.path}{self.ending}"

    @property
    def key(self) -> str:
        """What no other text has."""
        return self.cell or self.path

    @property
    def data(self) -> bytes:
        """The bytes that an editor would write, but for what is no character."""
        return self.text.encode(errors="replace")


class FileRole(NamedTuple):
    """As what a file is read."""

    name: str
    dialect: Dialect
    spec: SpecSource
    """What the dialect is made from."""

    rows: Callable[[], Sequence[Container]]
    """Gives the rows of containers, which are read when they are needed."""

    pointers: tuple[str, ...] = ()
    """Where its payloads lie, if the settings say that."""


class EditorProject(Protocol):
    """Files by the settings above them, which are read again when they change."""

    def role(self, file: EditorFile) -> FileRole | None:
        """As what a file is read; None where it is excluded. Raises `UnusableSettings`."""
        ...

    def findings(self, file: EditorFile) -> Iterator[Finding | None]:
        """What is found in a file; None now and then, where somebody may stop it. Raises `UnusableSettings`.

        Whether a fix leads to something worse was not tried.
        """
        ...

    def fixable(self, file: EditorFile, lines: range) -> list[Finding]:
        """The findings that begin in some *lines*, counted from 1, and have a fix that leads to nothing worse.

        Raises `UnusableSettings`.
        """
        ...

    def fixes(self, file: EditorFile, *, unsafe: bool) -> list[TextEdit]:
        """What `--fix` would change in all of a file, in order. Raises `UnusableSettings`."""
        ...

    def forget(self, file: EditorFile) -> None:
        """Drop what is kept of a file that is closed."""
        ...
