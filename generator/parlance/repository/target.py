"""What a user has generated into a repository, and the files that it gives, in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from ..check.dialect import UnknownDialect
from ..contract.build import build_contract
from ..contract.ir import Contract
from ..contract.options import ContractOptions, with_options
from ..emit.render import render
from ..folders import templates_folder
from ..on_demand import resolve_named
from ..spec import Spec
from ..spec_source import SpecSource
from ..targets.file import File
from ..targets.own_module import ONE_MODULE, NameClashError, python_module
from ..targets.own_package import PYTHON, own_parts, python_package, typescript_package
from ..targets.python_names import UnusableNameError
from ..targets.registry import TARGETS
from .templates import template_files

__all__ = ["RepositoryTarget", "TargetError", "contract_for", "target_files"]


class TargetError(ValueError):
    """A target that cannot be made, and why; the settings are to be changed."""

    def __init__(self, message: str, target: RepositoryTarget) -> None:
        super().__init__(message)
        self.target = target


@dataclass(frozen=True, slots=True, kw_only=True)
class RepositoryTarget:
    """One table `[[tool.parlance.target]]`."""

    source: SpecSource
    dialect: str | None = None
    """A dialect of the source; None for that of its only overlay, or else its default."""

    target: str | None = None
    """The name of a target; None where there are templates."""

    templates: Path | None = None
    output: str
    """From the folder of the settings, with forward slashes: a folder, or a file."""

    package: str | None = None
    """The name of the package, where imports are absolute."""

    options: ContractOptions

    @property
    def suffix(self) -> str:
        """The ending of an output that is a file; empty for a folder."""
        return PurePosixPath(self.output).suffix


def contract_for(target: RepositoryTarget, spec: Spec) -> Contract:
    """What is generated for a target, from the *spec* of its source. Raises `TargetError`."""
    given = [*spec.overlays.values()]
    name = target.dialect or (given[0] if len(given) == 1 else spec.default)
    try:
        contract = build_contract(resolve_named(spec, name))
    except UnknownDialect as error:
        raise TargetError(str(error), target) from None
    try:
        return with_options(contract, target.options)
    except KeyError as error:
        known = ", ".join(artifact.name for artifact in contract.artifacts)
        message = f"{contract.dialect} has no artifact {error.args[0]!r}; it has {known}"
        raise TargetError(message, target) from None


def target_files(target: RepositoryTarget, contract: Contract) -> dict[str, str]:
    """The texts of a target by their paths from the folder of the settings.

    Raises `TargetError` and `UserTemplateError`.
    """
    if target.templates is not None:
        texts = template_files(target.templates, contract)
        return {f"{target.output}/{path}": text for path, text in texts.items()}
    try:
        files = [*_files(target, target.target or "", contract)]
    except (NameClashError, UnusableNameError) as error:
        raise TargetError(str(error), target) from None
    if not target.suffix:
        return {f"{target.output}/{file.path}": _text(file) for file in files}
    if len(files) != 1:
        names = ", ".join(sorted(file.path for file in files))
        message = f"{target.target} makes several files, {names}: name a folder as output, or one artifact"
        raise TargetError(message, target)
    return {target.output: _text(files[0])}


def _files(target: RepositoryTarget, name: str, contract: Contract) -> Iterator[File]:
    """What a back end gives, by paths below the output."""
    drops = target.options.extra == "ignore"
    _check_ending(target, name)
    if name in PYTHON:
        name = "rules" if name == "validators" and contract.rules else name
        parts = own_parts(contract, name, drops_unknown=drops)
        if target.suffix:
            yield python_module(contract, parts)
        else:
            yield from python_package(contract, name, parts, target.package)
    elif name == "typescript":
        yield from typescript_package(contract, own_parts(contract, name, drops_unknown=drops))
    else:
        for file in TARGETS[name].files(contract):
            yield replace(file, path=PurePosixPath(file.path).name)


def _check_ending(target: RepositoryTarget, name: str) -> None:
    """Refuse a file of a kind that a back end does not make."""
    kinds = {".py": ONE_MODULE, ".json": ("jsonschema", "openapi", "contract"), ".md": ("markdown",)}
    if target.suffix and name not in kinds.get(target.suffix, ()):
        one = next((ending for ending, names in kinds.items() if name in names), None)
        advice = f"a folder, or a file that ends in {one}" if one else "a folder"
        message = f"{name} is no file {target.output}: name {advice}"
        raise TargetError(message, target)


def _text(file: File) -> str:
    return file.text or "" if file.template is None else render(templates_folder(), file.template, file.view)
