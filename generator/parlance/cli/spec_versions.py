"""What a user names as a version of a spec: a dialect, an overlay, a folder, a document, or one of these in git."""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..finding import SpecError
from .git_revision import GitRevision
from .import_options import contract_of_folder, import_file, proved

if TYPE_CHECKING:
    from ..contract.ir import Contract
    from ..spec_source import SpecSource

__all__ = ["SpecVersion", "SpecVersions"]

_OVERLAY = re.compile(r"""(?m)^(?:["']?overlay["']?\s*:|\s*\{\s*"overlay"\s*:)""")
_DAY = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)")
_FILE_ENDINGS = (".yaml", ".yml", ".json")
_BEGINNING = 1 << 16
"""Bytes in which an overlay says that it is one."""


@dataclass(frozen=True)
class SpecVersion:
    """One version of a spec."""

    word: str
    """As the user named it."""

    contract: Contract
    is_foreign: bool
    """Whether it is a document of others, which says nothing but what its operation sends and answers."""

    name: str
    """The beginning of its hash, or the id of a dialect."""

    day: date | None
    """Its day, where something says one."""


class SpecVersions:
    """Reads versions, the dialects among them from one source."""

    def __init__(self, source: SpecSource, choice: Mapping[str, Any]) -> None:
        self._source = source
        self._choice = choice

    def read(self, word: str) -> SpecVersion:
        """The version that a word names. Raises `SpecError` and `click.UsageError`."""
        path = Path(word)
        if path.exists():
            return self._file(word, path, None)
        if ":" in word:
            with tempfile.TemporaryDirectory() as folder:
                revision = GitRevision(word, Path(folder))
                try:
                    return self._file(word, revision.path, revision.day())
                except SpecError as error:
                    raise revision.relocated(error) from None
        if word.endswith(_FILE_ENDINGS):
            message = f"there is no file {word}"
            raise click.UsageError(message)
        return self._dialect(word)

    def _dialect(self, word: str) -> SpecVersion:
        from ..check.dialect import UnknownDialect
        from ..contract.build import build_contract
        from ..on_demand import resolve_named

        try:
            contract = build_contract(resolve_named(self._source.load(), word))
        except UnknownDialect as error:
            message = f"{error}; or name a file, a folder, or REV:PATH"
            raise click.UsageError(message) from None
        return SpecVersion(word, contract, is_foreign=False, name=contract.dialect, day=contract.day)

    def _file(self, word: str, path: Path, day: date | None) -> SpecVersion:
        if path.is_dir():
            contract = contract_of_folder(path)
            return SpecVersion(word, contract, is_foreign=False, name=_hash(path), day=day or contract.day)
        if path.is_file() and _is_overlay(path):
            contract = self._overlay(path)
            return SpecVersion(word, contract, is_foreign=False, name=_hash(path), day=day or contract.day)
        imported = import_file(path, self._choice)
        contract = proved(imported)
        return SpecVersion(
            word,
            contract,
            is_foreign=True,
            name=imported.sha256[:12],
            day=day or imported.stated_day or _named_day(word),
        )

    def _overlay(self, path: Path) -> Contract:
        from ..contract.build import build_contract
        from ..spec import resolve

        loaded = self._source.with_overlay(path).load()
        return build_contract(resolve(loaded, loaded.id_of(path)))


def _is_overlay(path: Path) -> bool:
    with path.open("rb") as stream:
        return bool(_OVERLAY.search(stream.read(_BEGINNING).decode(errors="replace")))


def _hash(path: Path) -> str:
    """The beginning of the hash of a file, or of all that a spec folder is read from."""
    files = [path] if path.is_file() else sorted(each for each in path.rglob("*") if each.suffix in _FILE_ENDINGS)
    digest = hashlib.sha256()
    for file in files:
        name = b"" if file == path else file.relative_to(path).as_posix().encode(errors="surrogateescape") + b"\0"
        digest.update(name + file.read_bytes())
    return digest.hexdigest()[:12]


def _named_day(word: str) -> date | None:
    """The day in the name of a file."""
    for found in _DAY.findall(Path(word).name):
        with suppress(ValueError):
            return date.fromisoformat(found)
    return None
