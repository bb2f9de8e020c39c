"""`parlance generate --from-schema`: any JSON Schema to a Python module that stands alone."""

from __future__ import annotations

import os
import shlex
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..finding import Finding, SpecError
from .module_files import ModuleFiles
from .spec_faults import show_faults
from .terminal import pass_on, say

if TYPE_CHECKING:
    from ..schema_compiler.compiling import TypeTarget

__all__ = ["Order", "generate_standalone", "refuse_alone", "schema_options"]

_Command = TypeVar("_Command", bound=Callable[..., Any])
_DRAFTS = ("draft-04", "draft-06", "draft-07", "2019-09", "2020-12")
_TYPES = ("models", "typeddicts", "typescript")


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made of which schema."""

    from_schema: str
    draft: str
    assert_formats: bool
    allow_unknown_keywords: bool
    allow_folder: tuple[str, ...]
    resource: tuple[str, ...]
    types: tuple[TypeTarget, ...]
    """At most one."""

    output: str
    """A file, or `-` for standard output."""


def schema_options(command: _Command) -> _Command:
    """The options of `--from-schema`, which arrive as keyword arguments."""
    options = (
        click.option(
            "--from-schema",
            metavar="FILE[#POINTER]",
            help="Write a Python module that checks values against this schema.",
        ),
        click.option(
            "--draft",
            type=click.Choice(_DRAFTS),
            default=_DRAFTS[-1],
            help="The draft of a schema without $schema.  [default: 2020-12]",
        ),
        click.option("--assert-formats", is_flag=True, help="Check values against `format`."),
        click.option("--allow-unknown-keywords", is_flag=True, help="Allow unknown keywords."),
        click.option("--allow-folder", metavar="FOLDER", multiple=True, help="Allow references into this folder."),
        click.option(
            "--resource", metavar="URI=PATH", multiple=True, help="Read a URI, or all URIs below it, from this path."
        ),
        click.option(
            "--with",
            "types",
            type=click.Choice(_TYPES),
            multiple=True,
            help="Write types beside the checks: Pydantic models, TypedDicts, or a file of TypeScript.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def refuse_alone(options: dict[str, Any]) -> None:
    """Refuse options that mean something with --from-schema only."""
    for name, value in options.items():
        if value and value != _DRAFTS[-1]:
            message = f"--{'with' if name == 'types' else name.replace('_', '-')} goes with --from-schema"
            raise click.UsageError(message)


def generate_standalone(order: Order, *, check: bool, diff: bool) -> int:
    """Write the module, or compare it with the one that is there."""
    if len(order.types) > 1:
        message = "--with is given more than once: a module has one kind of types"
        raise click.UsageError(message)
    notes: list[Finding] = []
    try:
        texts = _texts(order, notes)
    except SpecError as error:
        show_faults(sorted(error.findings, key=_position))
        return 2
    _show_notes(notes)
    if order.output == "-":
        if check or diff:
            message = "--check and --diff need a file: name it with --output"
            raise click.UsageError(message)
        pass_on(texts["-"])
        return 0
    files = ModuleFiles(texts)
    if diff:
        return files.show_diff()
    return files.report(_command(order)) if check else files.write()


def _show_notes(notes: list[Finding]) -> None:
    """Say what was read otherwise than it seems to be meant, each thing once, where it stands first."""
    counts = Counter(finding.message for finding in notes)
    for finding in sorted(
        {finding.message: finding for finding in sorted(notes, key=_position, reverse=True)}.values(), key=_position
    ):
        file, line, column = _position(finding)
        more = counts[finding.message] - 1
        say(f"{file}:{line}:{column}: note: {finding.message}" + (f" (and {more} more)" if more else ""), err=True)


def _position(finding: Finding) -> tuple[str, int, int]:
    return (finding.span.file, finding.span.line, finding.span.column) if finding.span else ("", 0, 0)


def _texts(order: Order, notes: list[Finding]) -> dict[str, str]:
    from ..emit.tree import OutputError, check_texts
    from ..schema_compiler.compiling import Options, compile_with_types
    from ..schema_compiler.module import Header
    from ..schemas.building import Permissions
    from ..schemas.document_library import Library
    from ..schemas.documents import read_document
    from ..schemas.drafts import DRAFTS
    from ..spec.reading import shown

    name, start = _parts(order.from_schema)
    path = Path(name)
    folder = path.absolute().parent.resolve()
    document = read_document(path, shown(path), (folder / path.name).as_uri(), "")
    library = Library([folder, *_folders(order)], list(_resources(order)))
    permissions = Permissions(order.assert_formats, order.allow_unknown_keywords)
    header = Header(_beside(path, order.output) + (f"#{start}" if start else ""), _command(order))
    types = order.types[0] if order.types else None
    options = Options(
        DRAFTS[order.draft], permissions, start, may_accept_everything=False, types=types, note=notes.append
    )
    made = compile_with_types(document, library, options, header)
    try:
        check_texts({"module.py": made.module})
    except OutputError as error:
        raise click.ClickException(str(error)) from None
    texts = {order.output: made.module}
    if made.typescript is not None:
        texts[_typescript_file(order.output)] = made.typescript
    return texts


def _typescript_file(output: str) -> str:
    """Where the types go that are no Python: beside the module."""
    if output == "-":
        message = "--with typescript writes a second file: name the module with --output"
        raise click.UsageError(message)
    return str(Path(output).with_suffix(".ts"))


def _parts(name: str) -> tuple[str, str]:
    """The file, and the fragment behind it; a name with `#` may be that of a file as a whole."""
    file, mark, fragment = name.partition("#")
    return (name, "") if mark and Path(name).exists() else (file, fragment)


def _folders(order: Order) -> Iterator[Path]:
    for name in order.allow_folder:
        if not Path(name).is_dir():
            message = f"--allow-folder: there is no folder {name}"
            raise click.UsageError(message)
        yield Path(name)


def _resources(order: Order) -> Iterator[tuple[str, Path]]:
    for pair in order.resource:
        uri, mark, name = pair.partition("=")
        if not mark or not uri or not name:
            message = f"--resource: {pair!r} is not URI=PATH"
            raise click.UsageError(message)
        path = Path(name)
        if not path.exists():
            message = f"--resource: there is no {name}"
            raise click.UsageError(message)
        if path.is_dir() != uri.endswith("/"):
            message = f"--resource: {pair!r} must map an address that ends in / to a folder, or another one to a file"
            raise click.UsageError(message)
        yield uri, path


def _beside(path: Path, output: str) -> str:
    """The schema as seen from the module's folder, which does not change with the working folder."""
    home = Path.cwd() if output == "-" else Path(output).absolute().parent
    return Path(os.path.relpath(path.absolute(), home)).as_posix()


def _command(order: Order) -> str:
    words = ["parlance", "generate", "--from-schema", order.from_schema]
    words += ["--draft", order.draft] if order.draft != _DRAFTS[-1] else []
    words += ["--assert-formats"] if order.assert_formats else []
    words += ["--allow-unknown-keywords"] if order.allow_unknown_keywords else []
    words += [word for name in order.allow_folder for word in ("--allow-folder", name)]
    words += [word for pair in order.resource for word in ("--resource", pair)]
    words += [word for types in order.types for word in ("--with", types)]
    return shlex.join([*words, "--output", order.output])
