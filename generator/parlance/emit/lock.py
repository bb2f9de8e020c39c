"""`parlance.lock`: hashes of what a folder was made from and of what it holds, to find drift without generating."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = [
    "LOCK_NAME",
    "Lock",
    "Output",
    "digest",
    "file_digests",
    "has_lock",
    "input_digests",
    "is_inside",
    "lock_text",
    "read_lock",
    "read_outputs",
    "written_outputs",
]

LOCK_NAME = "parlance.lock"
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f\ud800-\udfff<>:"\\|?*]')


@dataclass(frozen=True, slots=True)
class Output:
    """One file of the folder."""

    sha256: str
    target: str | None = None
    """The target that made it; None for what all of them share."""

    dialect: str | None = None


@dataclass(frozen=True, slots=True)
class Lock:
    """What a folder was made from, and what it holds. No time, no machine, no version of a tool."""

    inputs: Mapping[str, str] = field(default_factory=dict[str, str])
    outputs: Mapping[str, Output] = field(default_factory=dict[str, Output])
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    """Every id and alias that the spec gives a dialect, and the id that it stands for."""

    @property
    def dialects(self) -> frozenset[str]:
        """The dialects that have a file."""
        return frozenset(output.dialect for output in self.outputs.values() if output.dialect is not None)


def digest(content: bytes) -> str:
    """The SHA-256 of *content*."""
    return hashlib.sha256(content).hexdigest()


def input_digests(roots: Iterable[tuple[str, Path, tuple[str, ...]]]) -> dict[str, str]:
    """Hashes of all files below each root that end as listed, by a name that starts with the root's label."""
    found: dict[str, str] = {}
    for label, root, endings in roots:
        paths = [path.relative_to(root).as_posix() for path in root.rglob("*") if path.name.endswith(endings)]
        found |= file_digests(label, root, paths)
    return dict(sorted(found.items()))


def file_digests(label: str, root: Path, paths: Iterable[str]) -> dict[str, str]:
    """Hashes of those of *paths*, below *root*, that are files, by a name that starts with *label*.

    Line ends count as one character, so that a checkout on any system gives the same hashes.
    """
    files = {path: root / path for path in paths if (root / path).is_file()}
    return {f"{label}/{path}": digest(file.read_bytes().replace(b"\r\n", b"\n")) for path, file in files.items()}


def is_inside(path: str) -> bool:
    """Whether *path*, with slashes, is one that any system takes for a place below a folder."""
    parts = path.split("/")
    return not _FORBIDDEN.search(path) and not any(not part or part.endswith((" ", ".")) for part in parts)


def lock_text(lock: Lock) -> str:
    """The lock as the text of its file."""
    document = {
        "dialects": dict(sorted(lock.names.items())),
        "inputs": dict(sorted(lock.inputs.items())),
        "outputs": written_outputs(lock.outputs),
    }
    return f"{json.dumps(document, indent=2)}\n"


def written_outputs(outputs: Mapping[str, Output]) -> dict[str, dict[str, str]]:
    """Files as a lock lists them, by their paths."""
    return {path: _plain(output) for path, output in sorted(outputs.items())}


def _plain(output: Output) -> dict[str, str]:
    names = {"dialect": output.dialect, "sha256": output.sha256, "target": output.target}
    return {key: value for key, value in names.items() if value is not None}


def read_outputs(entries: Any) -> dict[str, Output]:
    """The files that a lock lists. Raises `KeyError`, `TypeError` or `AttributeError` for what is no such list."""
    return {
        str(path): Output(str(entry["sha256"]), entry.get("target"), entry.get("dialect"))
        for path, entry in entries.items()
    }


def has_lock(folder: Path, lock: Lock) -> bool:
    """Whether *lock*, which was read from *folder*, stands there to the letter, as a run would write it."""
    place = folder / LOCK_NAME
    return place.is_file() and not place.is_symlink() and place.read_bytes() == lock_text(lock).encode()


def read_lock(folder: Path) -> Lock:
    """The lock of *folder*; an empty one where there is none or it cannot be read."""
    place = folder / LOCK_NAME
    try:
        document: Any = json.loads(place.read_bytes() if place.is_file() else b"{}")
        names = {str(name): str(value) for name, value in document["dialects"].items()}
        inputs = {str(name): str(value) for name, value in document["inputs"].items()}
        outputs = read_outputs(document["outputs"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Lock()
    if not all(map(is_inside, outputs)):
        return Lock()
    return Lock(inputs, outputs, names)
