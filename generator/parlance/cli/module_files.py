"""Files made of a schema: written, compared with those that are there, or shown as a diff."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

import click

from ..finding import lines_of
from .terminal import pass_on, say
from .unified_diff import UnifiedDiff

__all__ = ["ModuleFiles"]

_MARK = "enerated by parlance"


class ModuleFiles:
    """The texts of files, beside what is there now."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._old = {name: _old(name) for name in texts}

    def write(self) -> int:
        """Write what is not there as it should be: all of it, or nothing."""
        from .output_file import OutputFile

        for name, old in self._old.items():
            if old is not None and old != self._texts[name] and _MARK not in old:
                message = f"{name} is in the way: it was not generated; move it, or choose another file"
                raise click.ClickException(message)
        with ExitStack() as files:
            # All are begun before the first is put in its place.
            for file in [files.enter_context(OutputFile(name)) for name in self._texts if self._is_news(name)]:
                file.write(self._texts[file.name])
        for name, old in self._old.items():
            say(f"{name}: {'new' if old is None else 'changed' if self._is_news(name) else 'nothing changed'}")
        return 0

    def _is_news(self, name: str) -> bool:
        return self._old[name] != self._texts[name]

    def report(self, command: str) -> int:
        """Say which files are stale, and by which command they are made again."""
        stale = [name for name, old in self._old.items() if old is None or _body(old) != _body(self._texts[name])]
        for name in self._texts:
            if name not in stale:
                say(f"{name} is up to date")
        for name in stale:
            say(f"{name} {'is missing' if self._old[name] is None else 'is stale'}")
        if stale:
            say(f"run: {command}")
        return 1 if stale else 0

    def show_diff(self) -> int:
        """Print what would change."""
        changed = [name for name, text in self._texts.items() if _body(self._old[name] or "") != _body(text)]
        for name in changed:
            diff = UnifiedDiff(name, pass_on)
            diff.compare(lines_of(self._old[name] or ""), lines_of(self._texts[name]))
            diff.finish()
        return 1 if changed else 0


def _old(name: str) -> str | None:
    """What the file holds; None if there is none."""
    path = Path(name)
    if path.is_dir():
        message = f"{name} is a folder; name a file for the module"
        raise click.UsageError(message)
    try:
        return path.read_bytes().decode(errors="replace").replace("\r\n", "\n")
    except FileNotFoundError:
        return None
    except OSError as error:
        message = f"{name} cannot be read: {(error.strerror or str(error)).lower()}"
        raise click.ClickException(message) from None


def _body(text: str) -> list[str]:
    from ..schema_compiler.module import ORIGIN

    lines = lines_of(text)
    del lines[ORIGIN]
    return lines
