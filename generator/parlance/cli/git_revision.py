"""Files and folders as a revision of git has them, in a folder of their own."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath

import click

from ..finding import Finding, SpecError

__all__ = ["GitRevision"]

_OTHER_FILE = re.compile(rb"""\$ref["']?\s*:\s*["']?[^#"'\s]""")
_READ = (".yaml", ".yml", ".json")


class GitRevision:
    """`REV:PATH`, written to a folder."""

    def __init__(self, word: str, folder: Path) -> None:
        self.word = word
        self._folder = folder
        self._revision, _, path = word.partition(":")
        self._path = PurePosixPath(path)
        kind = _git("cat-file", "-t", word, word=word).decode().strip()
        if kind == "tree":
            self._extract(word, folder)
            self.path = folder
        else:
            data = _git("cat-file", "blob", word, word=word)
            if _OTHER_FILE.search(data):
                self._extract(f"{self._revision}:{self._path.parent if self._path.parent.name else ''}", folder)
            self.path = folder / self._path.name
            self.path.write_bytes(data)

    def day(self) -> date | None:
        """When the revision was committed; None where it is none that was."""
        shown = subprocess.run(  # noqa: S603 no shell
            ["git", "show", "-s", "--format=%cs", f"{self._revision}^{{commit}}", "--"],  # noqa: S607
            capture_output=True,
            check=False,
        )
        text = shown.stdout.decode(errors="replace").strip()
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None

    def relocated(self, error: SpecError) -> SpecError:
        """The same faults, whose files are those of the revision."""
        return SpecError(self._relocated(finding) for finding in error.findings)

    def _relocated(self, finding: Finding) -> Finding:
        span = finding.span
        if span is None or not Path(span.file).resolve().is_relative_to(self._folder.resolve()):
            return finding
        inner = Path(span.file).resolve().relative_to(self._folder.resolve()).as_posix()
        start = self._path if self.path == self._folder else self._path.parent
        name = f"{self._revision}:{(start / inner).as_posix()}"
        message = finding.message.replace(span.file, name)
        return replace(finding, span=replace(span, file=name), message=message)

    def _extract(self, tree: str, folder: Path) -> None:
        """Write the files of a tree that may belong to a spec."""
        names: dict[str, bytes] = {}
        for entry in _git("ls-tree", "-r", "-z", tree, word=self.word).split(b"\0"):
            facts, _, raw = entry.partition(b"\t")
            name = raw.decode("utf-8", "surrogateescape")
            if facts.startswith(b"100") and name.endswith(_READ):  # a file, no link and no other repository
                names[name] = facts.split()[2]
        answer = _git("cat-file", "--batch", word=self.word, stdin=b"\n".join(names.values()) + b"\n") if names else b""
        for name in names:
            head, _, rest = answer.partition(b"\n")
            size = int(head.split()[-1])
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(rest[:size])
            answer = rest[size + 1 :]


def _git(*arguments: str, word: str, stdin: bytes = b"") -> bytes:
    if word.startswith("-"):
        message = f"{word!r} is no revision: it begins with a hyphen"
        raise click.UsageError(message)
    try:
        done = subprocess.run(["git", *arguments], input=stdin, capture_output=True, check=False)  # noqa: S603, S607
    except OSError:
        message = f"{word}: git is not there to be asked"
        raise click.UsageError(message) from None
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines() or ["it has nothing there"]
        message = f"{word}: git says {lines[0].removeprefix('fatal: ')!r}; name FILE, DIALECT or REV:PATH"
        raise click.UsageError(message)
    return done.stdout
