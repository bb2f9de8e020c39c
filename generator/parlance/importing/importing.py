"""An import from end to end: a file to the files of a spec, and the report of what was changed on the way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ..finding import Finding, SpecError, fault
from ..finding.shape import is_object
from .closure import closure
from .imported_files import ImportedFiles, ValueLocation
from .normalisations import NORMALISATIONS
from .report import ImportEdit, ImportReport
from .roots import ImportRoots, NamedRoots, draft_of, identifier, select
from .schema_writer import SchemaWriter
from .shape_reader import ShapeReader
from .spec_text import entry, info_of, spec_files
from .union_tags import Tagging

__all__ = ["ImportOptions", "Imported", "import_document"]

_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


@dataclass(frozen=True)
class ImportOptions:
    """What the user asks for."""

    choice: NamedRoots = field(default_factory=NamedRoots)
    mapped: Mapping[str, Path] | None = None
    """Files for addresses that are elsewhere."""

    day: date | None = None
    """The day that the document describes; that in its version, or else today."""

    identifier: str | None = None
    """The name of the spec; from its title, unless said."""


@dataclass(frozen=True)
class Imported:
    """What an import has made."""

    files: dict[str, str]
    """The texts of the spec folder, by path."""

    report: ImportReport
    name: str
    sha256: str
    artifacts: tuple[str, ...]
    places: Mapping[str, ValueLocation]
    """Where each schema that has a name comes from."""

    stated_day: date | None
    """The day in the document's version."""

    @property
    def schemas(self) -> int:
        """How many schemas have a name."""
        return len(self.places)

    def relocated(self, error: SpecError) -> SpecError:
        """What is wrong with the spec that was made, said of the document."""
        return SpecError(self._relocated(finding) for finding in error.findings)

    def _relocated(self, finding: Finding) -> Finding:
        span = finding.span
        texts = [text for path, text in self.files.items() if span is not None and span.file.endswith(path)]
        lines = texts[0].split("\n")[: span.line] if span is not None and texts else []
        names = [line[:-1] for line in lines if line.endswith(":") and line[:-1] in self.places]
        at = self.places[names[-1]].place if names else None
        return fault(finding.code, at, finding.message, advice=finding.help)


def import_document(path: Path, options: ImportOptions) -> Imported:
    """Import the file at *path*. Raises `SpecError`."""
    library = ImportedFiles(path, options.mapped or {})
    try:
        return _imported(library, options)
    except RecursionError:  # a chain of names, each of which is only another name
        message = "schemas refer to one another in too long a chain"
        raise ValueLocation(library.main, "").error("PAR905", message, "let them refer to the last one") from None


def _imported(library: ImportedFiles, options: ImportOptions) -> Imported:
    draft = draft_of(library)
    report = ImportReport()
    selection = select(library, options.choice, draft)
    reader = ShapeReader(library, draft, report)
    shapes = closure(reader, [artifact.schema for artifact in selection.artifacts])
    _note_anchors(library, report)
    tagging = Tagging(shapes, report)
    tagging.run()
    stated = _day(library.main.document.value)
    day = options.day or stated or date.today()  # the user's
    hints = {artifact.schema: artifact.hint for artifact in selection.artifacts}
    writer = SchemaWriter(tagging, hints, day, report)
    writer.write()
    name = options.identifier or _identifier(library)
    facts = _facts(library, name, day)
    files = spec_files(entry(selection, {**writer.names}, facts), writer.schemas, library.main)
    return Imported(files, report, name, library.main.sha256, _names(selection), writer.places, stated)


def _names(selection: ImportRoots) -> tuple[str, ...]:
    return tuple(artifact.name for artifact in selection.artifacts)


def _note_anchors(library: ImportedFiles, report: ImportReport) -> None:
    for anchor, line in library.main.repeated_anchors.items():
        at = ValueLocation(library.main, "")
        reason = NORMALISATIONS["yaml-anchor"].reason
        report.put(ImportEdit("yaml-anchor", at, f"&{anchor}", f"&{anchor} of line {line}", reason, line))


def _info(library: ImportedFiles) -> dict[str, Any]:
    value = library.main.document.value
    info = value.get("info", {}) if "openapi" in value else value
    return info if is_object(info) else {}


def _day(document: dict[str, Any]) -> date | None:
    info = document.get("info", {})
    found = _DAY.search(str(info.get("version", ""))) if is_object(info) else None
    try:
        return date.fromisoformat(found.group()) if found else None
    except ValueError:
        return None


def _identifier(library: ImportedFiles) -> str:
    title = str(_info(library).get("title", ""))
    return identifier(title) or identifier(library.main.path.name.partition(".")[0]) or "imported"


def _facts(library: ImportedFiles, name: str, day: date) -> dict[str, Any]:
    main = library.main
    description = f"Imported from {main.path.name}, whose SHA-256 is {main.sha256}."
    return info_of(_info(library), name, day, description)
