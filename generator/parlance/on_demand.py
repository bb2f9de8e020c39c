"""Dialects that are in no package: a day of the base, a user's overlay, another spec. Made once, then kept in a cache.

What is kept is the compiled code of a dialect. Its key is a hash of all that decides it: the spec, the overlays, this
tool, and the Python that runs it. What was refused is not kept: it is found again, with its place.
"""

from __future__ import annotations

import gc
import hashlib
import marshal
import os
import sys
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from .cache_folder import CacheFolder, default_folder
from .check.dialect import Dialect, UnknownDialect, generated_dialect
from .code_loading import load_dialect, load_validators
from .finding import did_you_mean
from .spec_source import SpecSource, file_facts

if TYPE_CHECKING:
    from datetime import date

    from .spec import Resolved, Spec

__all__ = ["Catalogue", "DialectMaker", "note_on_day", "resolve_named"]

_PACKAGE = Path(__file__).resolve().parent
_MOST = 16
"""Dialects that stay in memory: a gateway, the days around it, and what tests try."""


class Catalogue(NamedTuple):
    """The dialects of a source, by name."""

    names: Mapping[str, str]
    """Each id and alias, with the id that it stands for."""

    base: str
    default: str
    given: Mapping[str, str]
    """The ids of the dialects that overlays bring, by the files' real paths."""

    def id_of(self, name: str | None) -> str:
        """The id of a dialect; without a name that of the only overlay, or else the default.

        Raises `UnknownDialect`.
        """
        if name is None:
            only = [*self.given.values()]
            return only[0] if len(only) == 1 else self.default
        if name in self.names:
            return self.names[name]
        if name == self.base:
            return name
        advice = _file_advice(name) or did_you_mean(name, self.names) or f"; known are {', '.join(self._ids)}"
        raise UnknownDialect(f"there is no dialect {name!r}{advice}")

    @property
    def _ids(self) -> list[str]:
        return sorted({*self.names.values()} or {self.base})


class DialectMaker:
    """Makes the dialects of a source, or takes them from the cache; `cache_folder` is None for the user's own."""

    def __init__(self, source: SpecSource, cache_folder: Path | None = None, *, is_cached: bool = True) -> None:
        self._source = source
        folder = (cache_folder or default_folder()) if is_cached else None
        self._cache = None if folder is None else CacheFolder(folder)
        self._spec: tuple[str, Spec] | None = None
        """What was loaded last, and the fingerprint of its files."""

    def catalogue(self) -> Catalogue:
        """The names of dialects. Raises `SpecError`."""
        made: Catalogue = self._kept("names", _CATALOGUES, _catalogue, lambda entry: Catalogue(**entry))
        return made

    def dialect(self, name: str | None) -> Dialect:
        """The dialect of this name. Raises `UnknownDialect` and `SpecError`."""
        if name is not None and "@" in name:
            return self._made(name)
        catalogue = self.catalogue()
        chosen = catalogue.id_of(name)
        if self._source.folder is None and chosen not in catalogue.given.values():
            return generated_dialect(chosen)
        return self._made(chosen)

    def check(self, name: str) -> None:
        """Raise `UnknownDialect` for a name that no dialect has; a day is looked at when it is made."""
        if "@" not in name:
            self.catalogue().id_of(name)

    def of_overlay(self, path: Path) -> Dialect:
        """The dialect of one of the overlays. Raises `SpecError`."""
        return self._made(self.catalogue().given[os.path.realpath(path)])

    def _made(self, chosen: str) -> Dialect:
        made: Dialect = self._kept(f"dialect {chosen}", _DIALECTS, lambda spec: _entry(spec, chosen), _dialect)
        return made

    def _kept(
        self,
        what: str,
        known: dict[str, Any],
        make: Callable[[Spec], dict[str, Any]],
        load: Callable[[dict[str, Any]], Any],
    ) -> Any:
        """What is in memory, in the cache, or made now and kept in both."""
        source = self._source.fingerprint()
        key = source and hashlib.sha256(f"{_tool()}\n{source}\n{what}".encode()).hexdigest()
        if key and key in known:
            return known[key]
        entry = self._read(key)
        if entry is None:
            with _without_collection():
                entry = make(self._loaded(source))
            if self._source.fingerprint() != source:  # somebody edits it just now
                return load(entry)
            self._write(key, entry)
        value = load(entry)
        while len(known) >= _MOST:
            known.pop(next(iter(known)), None)
        if key:
            known[key] = value
        return value

    def _loaded(self, source: str | None) -> Spec:
        if source is None or self._spec is None or self._spec[0] != source:
            self._spec = source or "", self._source.load()
        return self._spec[1]

    def _read(self, key: str | None) -> dict[str, Any] | None:
        content = self._cache.read(key) if self._cache and key else None
        if not content:
            return None
        try:
            entry: dict[str, Any] = marshal.loads(content)  # noqa: S302 the folder gives what this user wrote
        except (ValueError, TypeError, EOFError):
            return None
        return entry

    def _write(self, key: str | None, entry: dict[str, Any]) -> None:
        if self._cache and key:
            self._cache.write(key, marshal.dumps(entry))


_CATALOGUES: dict[str, Any] = {}
_DIALECTS: dict[str, Any] = {}


@cache
def _tool() -> str:
    """A hash of what else decides: the code of this tool, and the Python that compiles and runs it."""
    # Of an installation the list of its files, which has their hashes; of any, sizes and times.
    records = [path.read_bytes() for path in sorted(_PACKAGE.parent.glob(f"{_PACKAGE.name}-*.dist-info/RECORD"))]
    python = [sys.version, str(sys.implementation.cache_tag), str(sys.flags.optimize)]
    facts = "\n".join([*python, str(_PACKAGE), *file_facts(_PACKAGE, ".py")])
    return hashlib.sha256(b"\n".join([*records, facts.encode(errors="surrogateescape")])).hexdigest()


def _catalogue(spec: Spec) -> dict[str, Any]:
    return {
        "names": {name: dialect.id for name, dialect in spec.names.items()},
        "base": spec.base.id,
        "default": spec.default,
        "given": {os.path.realpath(path): name for path, name in spec.overlays.items()},
    }


def _dialect(entry: dict[str, Any]) -> Dialect:
    dialect = load_dialect(entry["id"], load_validators(entry["validators"]), entry["rules"])
    return dialect.changed(note=entry["note"])


def _entry(spec: Spec, name: str) -> dict[str, Any]:
    """What is kept of a dialect. Raises `SpecError` and `UnknownDialect`."""
    from .compiled import rules_code, validators_code
    from .contract.build import build_contract

    contract = build_contract(resolve_named(spec, name))
    return {
        "id": contract.dialect,
        "validators": {**validators_code(contract)},
        "rules": {**rules_code(contract)},
        "note": note_on_day(spec, contract.as_of),
    }


@contextmanager
def _without_collection() -> Generator[None]:
    """Within, nobody looks for garbage: there is hardly any before the end, and it takes a tenth of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def note_on_day(spec: Spec, day: date) -> str | None:
    """What to know of a day that the spec does not reach; None for one that it does."""
    newest = spec.base.as_of
    if day <= newest:
        return None
    return f"the spec knows nothing after {newest}: {spec.base.id}@{day} is the same as on that day"


def resolve_named(spec: Spec, name: str) -> Resolved:
    """The document of a dialect that a user named: a wrong name is theirs, any other fault the spec's."""
    from .finding import SpecError
    from .spec import resolve

    try:
        return resolve(spec, name)
    except SpecError as error:
        if any(finding.span for finding in error.findings):
            raise
        raise UnknownDialect("; ".join(filter(None, (error.findings[0].message, error.findings[0].help)))) from None


def _file_advice(name: str) -> str | None:
    """What to do where a file was named in the place of a dialect."""
    return "; an overlay is given with --overlay, and in Python as a Path" if os.path.isfile(name) else None  # noqa: PTH113
