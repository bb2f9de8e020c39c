"""The modules that all dialects share, as files: copies of the run-time code of this tool."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..backends.python.text import header
from ..dependencies import imported_files
from ..folders import runtime_folder
from .file import File

__all__ = ["runtime_files"]

_PACKAGE = "python/parlance_dialects"


def runtime_files(modules: Iterable[str]) -> Iterator[File]:
    """A file for each of these modules and packages, and for each module that they import, once."""
    folder = runtime_folder()
    starts = {f"{name}.py" if (folder / f"{name}.py").is_file() else f"{name}/__init__.py" for name in modules}
    paths = [path for path in imported_files(folder, *sorted(starts)) if path.endswith(".py")]
    for path in paths:
        yield File(f"{_PACKAGE}/{path}", text=f"{header()}\n\n{(folder / path).read_text('utf-8')}")
