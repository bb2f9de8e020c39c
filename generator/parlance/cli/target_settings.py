"""Tables `[[tool.parlance.target]]` to targets, or to what is wrong with them."""

from __future__ import annotations

import json
import keyword
import os
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from .terminal import UsageProblems

if TYPE_CHECKING:
    from ..repository.target import RepositoryTarget
    from .settings import Settings

__all__ = ["repository_targets", "settings_text"]

_SOURCES = "src"
"""The folder below which packages lie, in many repositories."""


def repository_targets(settings: Settings) -> list[RepositoryTarget]:
    """The targets of these settings. Raises `click.UsageError` with the line of each fault."""
    problems = [
        f"{settings.origin('target', str(index))}: {problem}"
        for index, table in enumerate(settings.target)
        for problem in _problems(settings, table)
    ]
    if problems:
        raise UsageProblems(problems)
    return [_target(settings, table) for table in settings.target]


def settings_text(settings: Settings) -> str:
    """All that the settings say of the targets, as text that changes when they do."""
    return json.dumps(settings.target, sort_keys=True)


def _problems(settings: Settings, table: Mapping[str, Any]) -> Iterator[str]:
    for one, other in (("spec", "overlay"), ("target", "templates")):
        if one in table and other in table:
            yield f"{one} and {other} cannot be used together"
    if not table.keys() & {"target", "templates"}:
        yield 'target is missing: say what is made of the dialect, such as target = "models"'
    for key, is_there in (("spec", os.path.isdir), ("overlay", os.path.isfile), ("templates", os.path.isdir)):
        if key in table and not is_there(settings.folder / table[key]):
            kind = "file" if key == "overlay" else "folder"
            yield f"{key}: there is no {kind} {table[key]}"
    yield from _output_problems(settings, table)
    if table.get("imports") == "absolute" and not PurePosixPath(table["output"]).suffix:
        name = _package(table)
        if not all(part.isidentifier() and not keyword.iskeyword(part) for part in name.split(".")):
            yield f'{name!r} is no name of a package: name one with package = "…"'


def _output_problems(settings: Settings, table: Mapping[str, Any]) -> Iterator[str]:
    output = table["output"]
    path = PurePosixPath(os.path.normpath(output).replace(os.sep, "/"))
    if path.is_absolute() or path.parts[:1] in ((), ("..",)):
        yield f"output: {output!r} is no place inside the repository"
    elif (settings.folder / output / ".git").exists() or path == PurePosixPath():
        yield "output: name a folder of its own, such as src/app/wire"
    for key in ("spec", "templates"):
        if key in table and path.is_relative_to(os.path.normpath(table[key])):
            yield f"output: {output} lies in the folder of {key}"


def _package(table: Mapping[str, Any]) -> str:
    """The name under which an output is imported."""
    parts = PurePosixPath(os.path.normpath(table["output"])).parts
    below = parts[parts.index(_SOURCES) + 1 :] if _SOURCES in parts else parts
    return str(table.get("package", ".".join(below)))


def _target(settings: Settings, table: Mapping[str, Any]) -> RepositoryTarget:
    from ..contract.options import ContractOptions
    from ..repository.target import RepositoryTarget
    from ..spec_source import SpecSource

    folder = settings.folder
    overlays = () if "spec" in table else settings.overlays
    if "overlay" in table:
        overlays = (folder / table["overlay"],)
    return RepositoryTarget(
        source=SpecSource(folder / table["spec"] if "spec" in table else settings.spec, overlays),
        dialect=table.get("dialect"),
        target=table.get("target"),
        templates=folder / table["templates"] if "templates" in table else None,
        output=PurePosixPath(os.path.normpath(table["output"])).as_posix(),
        package=_package(table) if table.get("imports") == "absolute" else None,
        options=ContractOptions(
            artifacts=tuple(table.get("artifacts", ())),
            extra=table.get("extra"),
            enumerations=table.get("enumerations"),
            rules=table.get("rules", True),
        ),
    )
