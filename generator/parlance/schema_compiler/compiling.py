"""A schema document to the text of a module that stands alone: the pipeline of this package, from end to end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

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
from .embedding import run_time_names
from .metaschemas import check_schemas
from .module import Header, module_text
from .python_types import python_types
from .starts import nothing_checked, start_of
from .type_names import TypeNames
from .type_shapes import TypeShapes
from .typescript_types import typescript_types

__all__ = ["CompiledSchema", "Options", "TypeTarget", "compile_schema", "compile_with_types", "read_program"]


TypeTarget: TypeAlias = Literal["models", "typeddicts", "typescript"]
"""What types may be made as: Pydantic models, `TypedDict`s, or a file of TypeScript."""


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

    types: TypeTarget | None = None
    """Which types the module has beside its checks."""

    note: Callable[[Finding], None] = lambda _: None
    """Takes what was read otherwise than it seems to be meant."""


class CompiledSchema(NamedTuple):
    """What is made of a schema."""

    module: str
    root: str = ""
    """What the type of the root is called, where types were asked for."""

    typescript: str | None = None
    """The types as a file of TypeScript, where they were asked for."""


def compile_schema(document: SchemaDocument, library: Library, options: Options, header: Header) -> str:
    """The source of a module that checks values against *document*. Raises `SpecError` with every fault."""
    return compile_with_types(document, library, options, header).module


def compile_with_types(document: SchemaDocument, library: Library, options: Options, header: Header) -> CompiledSchema:
    """The source of a module, and the types that were asked for. Raises `SpecError` with every fault."""
    program = read_program(document, library, options)
    header = _titled(header, document, options)
    try:
        if options.types is None:
            return CompiledSchema(module_text(program, header, templates_folder()))
        names = TypeNames(Path(document.text.file or "document").name.partition(".")[0], run_time_names())
        shapes = TypeShapes(program, names)
        if options.types == "typescript":
            module = module_text(program, header, templates_folder())
            return CompiledSchema(module, shapes.name, typescript_types(shapes, header.source, header.command))
        types = python_types(shapes, as_models=options.types == "models")
        return CompiledSchema(module_text(program, header, templates_folder(), types), shapes.name)
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
