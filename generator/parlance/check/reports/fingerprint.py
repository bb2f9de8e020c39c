"""An identity for a finding that lasts while the text around it changes."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...finding import Finding


__all__ = ["Fingerprints", "digest", "without_indices"]

_LONG = 1 << 16
"""How many characters of a line are hashed again for every finding in it."""

_INDEX = r"/[0-9]+(?=/|\Z)"


class Fingerprints:
    """Hashes of code, pointer and line; what is alike in a file is numbered.

    Neither the line's number nor an index counts, so that lines and items may come and go above.
    """

    def __init__(self, *, by_dialect: bool = False) -> None:
        """What is alike in two dialects has one identity, unless it is *by_dialect*."""
        self._by_dialect = by_dialect
        self._seen: Counter[tuple[str, str, bytes]] = Counter()
        self._last: tuple[str | None, str] = (None, "")
        """The line that was asked for last, and what stands for it."""

    def across_files(self, finding: Finding, file: str, line: str | None) -> str:
        """Never the same for two findings, whatever their files."""
        return digest(file, self.of(finding, file, line))

    def of(self, finding: Finding, file: str, line: str | None) -> str:
        """Never the same for two findings of a file and a dialect; a file keeps it under another name."""
        if line is not self._last[0]:
            text = (line or "").strip()
            self._last = (line, text if len(text) <= _LONG else _digest(text).hex())
        parts = (finding.code, without_indices(finding.pointer), self._last[1])
        seen = (file, finding.dialect, _digest(*parts))
        self._seen[seen] += 1
        dialect = (finding.dialect,) if self._by_dialect else ()
        return digest(*parts, str(self._seen[seen]), *dialect)


def digest(*parts: str) -> str:
    """An identity made of *parts*."""
    return _digest(*parts).hex()[:32]


def without_indices(pointer: str) -> str:
    """*pointer* with a star for each index of an array."""
    return re.sub(_INDEX, "/*", pointer)


def _digest(*parts: str) -> bytes:
    from hashlib import sha256  # loads OpenSSL; most formats have no fingerprints

    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()
