"""Which files references may lead to: those below some folders, and those that addresses were mapped to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.request import url2pathname

__all__ = ["OutsideError", "ReachableFiles"]


class OutsideError(ValueError):
    """An address that leads out of the folder that it was mapped to."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder


class ReachableFiles:
    """The files of one run; nothing is fetched, and links count as what they lead to."""

    def __init__(self, folders: Sequence[Path], mapped: Iterable[tuple[str, Path]] = ()) -> None:
        self.folders = [folder.resolve() for folder in folders]
        self._mapped = sorted(mapped, key=lambda pair: len(pair[0]), reverse=True)

    def mapped(self, address: str) -> Path | None:
        """The file that stands for an address, by itself or below one that ends in a slash. Raises `OutsideError`."""
        for start, path in self._mapped:
            if address == start.removesuffix("#"):
                return path.resolve()
            if start.endswith("/") and address.startswith(start):
                return _below(path.resolve(), address.removeprefix(start))
        return None

    def has(self, path: Path) -> bool:
        """Whether a file that was resolved lies below one of the folders."""
        return any(path.is_relative_to(folder) for folder in self.folders)


def _below(folder: Path, rest: str) -> Path:
    path = (folder / url2pathname(rest)).resolve()
    if not path.is_relative_to(folder) or path == folder:
        raise OutsideError(folder)
    return path
