"""A module to the files of this tool that it runs: its own, and those of what it imports, told from their texts."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath

__all__ = ["imported_files"]


@cache
def imported_files(package: Path, start: str) -> tuple[str, ...]:
    """Paths below *package* of the file *start* and of all that it imports, now or later, itself or through others.

    What merely lies in the same folder as one of them and is no code may be data of it, and counts, too. The packages
    around *start* do not: whoever runs it has loaded them.
    """
    around = {str(folder / "__init__.py") for folder in PurePosixPath(start).parents}
    pending, found = [start], {start}
    while pending:
        for path in _imports(package, PurePosixPath(pending.pop())):
            if path not in found and path not in around:
                found.add(path)
                pending.append(path)
    folders = {PurePosixPath(path).parent for path in found}
    data = (path for folder in folders for path in (package / folder).iterdir() if path.suffix not in {".py", ".pyc"})
    return tuple(sorted(found | {path.relative_to(package).as_posix() for path in data if path.is_file()}))


def _imports(package: Path, path: PurePosixPath) -> Iterator[str]:
    """The files of this package that the file at *path* imports, those of the packages on the way included."""
    for node in ast.walk(ast.parse((package / path).read_bytes())):
        match node:
            case ast.Import():
                modules = [alias.name.split(".") for alias in node.names]
                modules = [names[1:] for names in modules if names[0] == package.name]
            case ast.ImportFrom(level=0):
                names = (node.module or "").split(".")
                modules = _named(names[1:], node.names) if names[0] == package.name else []
            case ast.ImportFrom():
                above = path.parts[: len(path.parts) - node.level]
                modules = _named([*above, *(node.module.split(".") if node.module else ())], node.names)
            case _:
                continue
        for names in modules:
            yield from _files(package, names)


def _named(base: list[str], names: list[ast.alias]) -> list[list[str]]:
    """What `from base import names` may load: a name can be a module of its own."""
    return [base, *([*base, alias.name] for alias in names)]


def _files(package: Path, names: list[str]) -> Iterator[str]:
    for end in range(1, len(names) + 1):
        for path in (PurePosixPath(*names[:end], "__init__.py"), PurePosixPath(*names[:end]).with_suffix(".py")):
            if (package / path).is_file():
                yield str(path)
