"""The modules that all dialects share, as files: copies of the run-time code of this tool."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from ..backends.python.text import header
from ..dependencies import imported_files
from ..folders import runtime_folder
from .file import File

__all__ = ["runtime_files"]

_PACKAGE = "python/parlance_dialects"


def runtime_files(modules: Iterable[str], package: str | None = None) -> Iterator[File]:
    """A file for each of these modules and packages, and for each module that they import, once.

    They import each other by the name of the *package*, where there is one.
    """
    folder = runtime_folder()
    starts = {f"{name}.py" if (folder / f"{name}.py").is_file() else f"{name}/__init__.py" for name in modules}
    paths = [path for path in imported_files(folder, *sorted(starts)) if path.endswith(".py")]
    for path in paths:
        text = (folder / path).read_text("utf-8")
        text = text if package is None else _with_absolute_imports(text, path, package)
        yield File(f"{_PACKAGE}/{path}", text=f"{header()}\n\n{text}")


def _with_absolute_imports(text: str, path: str, package: str) -> str:
    """A module at *path* of a package whose imports name the package."""
    lines = text.split("\n")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.level:
            above = [package, *path.split("/")[: -node.level]]
            written = f"from {'.' * node.level}{node.module or ''} "
            name = ".".join([*above, *([node.module] if node.module else [])])
            lines[node.lineno - 1] = lines[node.lineno - 1].replace(written, f"from {name} ", 1)
    return "\n".join(lines)
