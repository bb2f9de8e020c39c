"""Addresses to documents: the folder of a schema, what was allowed beside it, the standard metaschemas; no network."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from ..finding import did_you_mean
from ..spec.reading import shown
from .documents import SchemaDocument, read_document
from .reachable_files import OutsideError, ReachableFiles

__all__ = ["Library", "UnavailableError"]


# Imported by name, because it comes without types.
_STANDARD: Any = import_module("jsonschema_specifications").REGISTRY


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
        if uri in _STANDARD:
            return SchemaDocument(uri, uri, _STANDARD.contents(uri))
        if urlsplit(uri).scheme == "file":
            return self._local(uri)
        guess = did_you_mean(uri, _STANDARD)
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
