"""`parlance generate --emit` and `--templates`: one dialect to JSON, or to whatever a user's templates make of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..finding import SpecError
from .generation_report import counted
from .output_file import OutputFile
from .spec_faults import show_faults
from .terminal import say

if TYPE_CHECKING:
    from ..contract.ir import Contract
    from ..repository.target import RepositoryTarget
    from ..spec_source import SpecSource

__all__ = ["generate_apart"]


def generate_apart(
    source: SpecSource, dialects: tuple[str, ...], output: str | None, emit: str | None, templates: str | None
) -> int:
    """Write what an option asks for; the exit code."""
    from ..contract.options import ContractOptions
    from ..repository.target import RepositoryTarget, TargetError, contract_for

    if emit and templates:
        message = "--emit and --templates cannot be used together"
        raise click.UsageError(message)
    if len(dialects) > 1:
        message = "--emit and --templates take one dialect"
        raise click.UsageError(message)
    folder = None if templates is None else Path(templates)
    if folder is not None and not folder.is_dir():
        message = f"--templates: there is no folder {templates}"
        raise click.UsageError(message)
    if folder is not None and output is None:
        message = "--templates needs --output FOLDER"
        raise click.UsageError(message)
    name = dialects[0] if dialects else None
    target = RepositoryTarget(
        source=source, dialect=name, templates=folder, output=output or "-", options=ContractOptions()
    )
    try:
        contract = contract_for(target, source.load())
    except SpecError as error:
        show_faults(error.findings)
        return 2
    except TargetError as error:
        raise click.UsageError(str(error)) from None
    return _emit(contract, target.output) if folder is None else _render(contract, folder, target)


def _emit(contract: Contract, output: str) -> int:
    from ..contract.json_form import as_json
    from ..targets.json_text import json_file

    text = json_file({"contract": as_json(contract, is_whole=True)})
    if output == "-":
        click.echo(text, nl=False)
        return 0
    with OutputFile(output) as file:
        file.write(text)
    return 0


def _render(contract: Contract, folder: Path, target: RepositoryTarget) -> int:
    from ..emit.lock import Lock, Output, input_digests
    from ..emit.tree import OutputError, check_texts, write_tree
    from ..repository.templates import UserTemplateError, template_files

    try:
        checked = check_texts(template_files(folder, contract))
        lock = Lock(
            inputs=input_digests([("templates", folder, ("",))]),
            outputs={path: Output(each.sha256, "templates", contract.dialect) for path, each in checked.items()},
        )
        made = write_tree(Path(target.output), {path: each.content for path, each in checked.items()}, lock)
    except UserTemplateError as error:
        raise click.UsageError(str(error)) from None
    except OutputError as error:
        raise click.ClickException(str(error)) from None
    changed = sum(path in checked for path in made.all)
    say(f"{counted(len(checked), 'file')} of {contract.dialect} in {target.output}: {changed or 'nothing'} changed")
    return 0
