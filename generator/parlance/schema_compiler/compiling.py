"""A schema document to the text of a module that stands alone: the pipeline of this package, from end to end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ..finding import Finding, SpecError
from ..finding.shape import is_object
from ..folders import templates_folder
from ..program.schema.emptiness import accepts_everything
from ..program.schema.requirements import Program
from ..schemas.building import Permissions, build_program
from ..schemas.document_library import Library
from ..schemas.documents import SchemaDocument
from ..schemas.drafts import Draft
from ..schemas.resources import Registry
from .metaschemas import check_schemas
from .module import Header, module_text
from .starts import nothing_checked, start_of

__all__ = ["Options", "compile_schema", "read_program"]


@dataclass(frozen=True, slots=True)
class Options:
    """How a schema is to be read."""

    draft: Draft = Draft.DRAFT_2020_12
    """What a schema without `$schema` is written in."""

    permissions: Permissions = field(default_factory=Permissions)
    start: str = ""
    """The fragment of the schema in its document: a JSON Pointer, or the name of an anchor."""

    may_accept_everything: bool = True
    """Whether a schema that accepts every value may be compiled."""

    note: Callable[[Finding], None] = lambda _: None
    """Takes what was read otherwise than it seems to be meant."""


def compile_schema(document: SchemaDocument, library: Library, options: Options, header: Header) -> str:
    """The source of a module that checks values against *document*. Raises `SpecError` with every fault."""
    program = read_program(document, library, options)
    try:
        return module_text(program, _titled(header, document, options), templates_folder())
    except RecursionError:
        raise _too_deep(document) from None


def read_program(document: SchemaDocument, library: Library, options: Options) -> Program:
    """Everything that a value must satisfy."""
    registry = Registry(library, options.draft)
    try:
        root = start_of(registry, document, options.start)
        program = build_program(root, registry, options.permissions, check_schemas)
        if not options.may_accept_everything and accepts_everything(program):
            raise nothing_checked(document, root.pointer)
    except RecursionError:
        raise _too_deep(document) from None
    for finding in registry.notes:
        options.note(finding)
    return program


def _too_deep(document: SchemaDocument) -> SpecError:
    return SpecError([document.fault("PAR903", "", "the schemas lead too deeply into one another")])


def _titled(header: Header, document: SchemaDocument, options: Options) -> Header:
    missing = options.start and (not options.start.startswith("/") or document.missing(options.start))
    value = None if missing else document.at(options.start)
    title = value.get("title") if is_object(value) else None
    return Header(header.source, header.command, title) if isinstance(title, str) and title.strip() else header
