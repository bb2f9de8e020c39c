"""Files and values that hold schemas, and findings that point into them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..check.document import Document
from ..check.document_reader import read_documents
from ..check.text_source import Unreadable
from ..finding import Finding, Place, Span, SpecError, did_you_mean, fault
from ..finding.pointer import joined, parent, tokens
from ..finding.shape import is_array, is_object

__all__ = ["Node", "SchemaDocument", "read_document"]

_INDEX = re.compile("0|[1-9][0-9]*")

Node = Any
"""A value as a schema document holds it."""


@dataclass(frozen=True, eq=False)
class SchemaDocument:
    """One JSON value in which schemas stand."""

    uri: str
    """Where it was got from."""

    label: str
    """What the places of its schemas begin with, before the `#`: nothing for the document that is compiled."""

    value: Node

    text: Document = field(default_factory=lambda: Document(None))
    """The file that it was read from, if it was."""

    def at(self, pointer: str) -> Node:
        """The value that *pointer* leads to; raises `LookupError` where it leads nowhere."""
        value = self.value
        for token in tokens(pointer):
            if is_object(value):
                value = value[token]
            elif is_array(value) and _INDEX.fullmatch(token):
                value = value[int(token)]
            else:
                raise LookupError(token)
        return value

    def missing(self, pointer: str) -> str | None:
        """Why *pointer* leads nowhere, if it does."""
        above = ""
        for token in tokens(pointer):
            value, above = self.at(above), above + joined([token])
            try:
                self.at(above)
            except LookupError:
                near = did_you_mean(token, value) if is_object(value) else ""
                return f"{self.label}#{pointer} leads nowhere: there is no {token!r}{near}"
        return None

    def fault(self, code: str, pointer: str, message: str, *, advice: str | None = None, key: bool = False) -> Finding:
        """The finding *code* at the value that *pointer* leads to, or at its key."""
        found = fault(code, None, message if self.text.file else self._prefixed(pointer, message), advice=advice)
        return Finding(
            code=found.code,
            severity=found.severity,
            pointer=pointer,
            message=found.message,
            span=self._span(pointer, key=key),
            help=found.help,
        )

    def _prefixed(self, pointer: str, message: str) -> str:
        return f"{self.label}#{pointer}: {message}"

    def _span(self, pointer: str, *, key: bool) -> Span | None:
        if not self.text.file:
            return None
        while (spot := self.text.location(pointer)) is None and pointer:
            pointer = parent(pointer)
        if spot is None:
            return Span(self.text.file, 1, 1, 1, 2)
        return spot.key if key and spot.key else spot.value


def read_document(path: Path, name: str, uri: str, label: str) -> SchemaDocument:
    """The document in a JSON or YAML file, which messages call *name*. Raises `SpecError`."""
    try:
        with path.open("rb") as stream:
            documents = list(read_documents(stream, name))
    except (OSError, Unreadable) as error:
        reason = (error.strerror or str(error)).lower() if isinstance(error, OSError) else error
        message = f"cannot be read: {reason}"
        raise SpecError([fault("PAR901", Place(name, 1, 1), message)]) from None
    faults = [*_faults(documents)]
    if not faults and len(documents) != 1:
        faults = [fault("PAR901", Place(name, 1, 1), f"holds {len(documents)} documents; a schema is one")]
    if faults:
        raise SpecError(faults)
    return SchemaDocument(uri, label, documents[0].value, documents[0])


def _faults(documents: list[Document]) -> Iterator[Finding]:
    for document in documents:
        yield from document.text_findings()
