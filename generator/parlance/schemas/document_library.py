"""Addresses to documents: the folder of a schema, what was allowed beside it, the standard metaschemas; no network."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from ..finding import did_you_mean
from ..spec.reading import shown
from .documents import Node, SchemaDocument, read_document
from .reachable_files import OutsideError, ReachableFiles

__all__ = ["Library", "UnavailableError"]

_METASCHEMAS = Path(__file__).with_name("metaschemas.json")


class UnavailableError(Exception):
    """An address that leads nowhere, or may not be followed."""

    def __init__(self, reason: str, advice: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.advice = advice


class Library:
    """The documents that a schema may refer to."""

    def __init__(self, folders: Sequence[Path] = (), mapped: Sequence[tuple[str, Path]] = ()) -> None:
        self._files = ReachableFiles(folders, mapped)
        """The first folder is that of the schema itself, from which places are named."""

    def document(self, uri: str) -> SchemaDocument:
        """The document at *uri*, which has no fragment. Raises `UnavailableError`, or `SpecError` for its text."""
        try:
            return self._found(uri)
        except RuntimeError:
            reason = "links lead in a circle"
        except (OSError, ValueError) as error:  # too long a name, a NUL, half an IPv6 address
            reason = str(getattr(error, "strerror", None) or error).lower()
            if "embedded null" in reason:  # the rest of it changes with the version of Python
                reason = "embedded null byte"
        message = f"this is no address of a document: {reason}"
        raise UnavailableError(message)

    def _found(self, uri: str) -> SchemaDocument:
        try:
            path = self._files.mapped(uri)
        except OutsideError as error:
            message = f"{uri} leads out of the folder {shown(error.folder)}"
            raise UnavailableError(message) from None
        if path is not None:
            return self._read(path, uri, uri)
        standard = _standard()
        if uri in standard:
            return SchemaDocument(uri, uri, standard[uri])
        if urlsplit(uri).scheme == "file":
            return self._local(uri)
        guess = did_you_mean(uri, standard)
        message = f"{uri or 'a document without a name'} is not at hand, and nothing is fetched{guess}"
        raise UnavailableError(message, f"have a copy, and say --resource {uri}=PATH" if uri else None)

    def _local(self, uri: str) -> SchemaDocument:
        parts = urlsplit(uri)
        if parts.netloc:
            message = f"{uri} is on another machine, and nothing is fetched"
            raise UnavailableError(message)
        path = Path(url2pathname(parts.path)).resolve()
        if not self._files.has(path):
            name = Path(os.path.relpath(path))
            message = f"{name.as_posix()} lies outside the folder of the schema"
            raise UnavailableError(message, f"say --allow-folder {name.parent.as_posix()} if it may be read")
        home = self._files.folders[0]
        label = path.relative_to(home).as_posix() if path.is_relative_to(home) else shown(path)
        return self._read(path, uri, label)

    def _read(self, path: Path, uri: str, label: str) -> SchemaDocument:
        if not path.is_file():
            message = f"there is no file {shown(path)}"
            raise UnavailableError(message)
        return read_document(path, shown(path), uri, label)


@cache
def _standard() -> dict[str, Node]:
    """The metaschemas of all editions with their vocabularies, by address, as json-schema.org publishes them."""
    standard: dict[str, Node] = json.loads(_METASCHEMAS.read_text("utf-8"))
    return standard
