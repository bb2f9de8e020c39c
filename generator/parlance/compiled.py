"""Validators of a contract that was not generated beforehand: rendered and loaded in memory, never written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .emit.render import render
from .layout import templates_folder
from .targets.validators import validators

if TYPE_CHECKING:
    from .check.dialect import Artifact
    from .contract.ir import Contract

__all__ = ["compile_validators"]


def compile_validators(contract: Contract) -> dict[str, Artifact]:
    """The artifacts of *contract*, by name."""
    namespace: dict[str, Any] = {}
    for file in validators(contract):
        package, _, _ = file.path.removeprefix("python/").removesuffix(".py").replace("/", ".").rpartition(".")
        namespace |= {"__name__": f"{package}.validators", "__package__": package}
        text = render(templates_folder(), str(file.template), file.view)
        exec(compile(text, file.path, "exec"), namespace)  # noqa: S102, our own output; spec text enters it as literals only
    artifacts: dict[str, Artifact] = namespace["ARTIFACTS"]
    return artifacts
