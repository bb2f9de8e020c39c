"""A module to the files of this tool that it runs: its own and those of what it imports, read from their texts."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path, PurePosixPath

__all__ = ["imported_files"]

_IMPORT = re.compile(
    r"""(?:^|[:;])[ \t]*                    # a statement begins a line, or stands behind one of these
        ((?:from|import)\b(?:[\w.,*\t ]|\\\n)*
        (?:\((?:[\w\s,]|\#[^\n]*)*\))?)  # names, and comments on them
    """,
    re.MULTILINE | re.VERBOSE,
)


@cache
def imported_files(package: Path, *starts: str) -> tuple[str, ...]:
    """Paths below *package* of *starts* and of all that these files import, now or later, themselves or through others.

    What merely lies in the same folder as one of them and is no code may be data of it, and counts, too. The packages
    around the *starts* do not: whoever runs one has loaded them.
    """
    files = {path.relative_to(package).as_posix() for path in package.rglob("*") if path.is_file()}
    around = {str(folder / "__init__.py") for start in starts for folder in PurePosixPath(start).parents} - {*starts}
    pending, found = [*starts], {*starts}
    while pending:
        for path in _imports(package, pending.pop()):
            if path in files and path not in found and path not in around:
                found.add(path)
                pending.append(path)
    folders = {PurePosixPath(path).parent for path in found}
    data = {path for path in files if not path.endswith((".py", ".pyc")) and PurePosixPath(path).parent in folders}
    return tuple(sorted(found | data))


def _imports(package: Path, path: str) -> Iterator[str]:
    """The files that the one at *path* imports, those of the packages on the way included; not all of them exist."""
    for statement in _statements((package / path).read_text("utf-8")):
        match statement:
            case ast.Import():
                modules = [alias.name.split(".") for alias in statement.names]
                modules = [names[1:] for names in modules if names[0] == package.name]
            case ast.ImportFrom(level=0):
                names = (statement.module or "").split(".")
                modules = _named(names[1:], statement.names) if names[0] == package.name else []
            case ast.ImportFrom():
                parts = path.split("/")
                above = parts[: len(parts) - statement.level]
                modules = _named([*above, *(statement.module.split(".") if statement.module else ())], statement.names)
            case _:
                continue
        for names in modules:
            yield from _files(names)


def _statements(text: str) -> Iterator[ast.stmt]:
    """Every import of a module, and what looks like one in a string of it; to parse it all takes ten times as long."""
    for found in _IMPORT.finditer(text):
        with suppress(SyntaxError):  # then it is prose that begins with "from"
            yield from ast.parse(found[1]).body


def _named(base: list[str], names: list[ast.alias]) -> list[list[str]]:
    """What `from base import names` may load: a name can be a module of its own."""
    return [base, *([*base, alias.name] for alias in names)]


def _files(names: list[str]) -> Iterator[str]:
    for end in range(1, len(names) + 1):
        module = "/".join(names[:end])
        yield from (f"{module}/__init__.py", f"{module}.py")
