"""The strategies of a dialect that is in no package: generated into a folder that is gone when the run ends."""

from __future__ import annotations

import atexit
import sys
from importlib import import_module, invalidate_caches
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

import click

from ..check.dialect import UnknownDialect
from ..on_demand import DialectMaker
from ..spec_source import SpecSource

__all__ = ["strategies_of"]

_TARGETS = ("validators", "rules", "strategies")


def strategies_of(source: SpecSource, dialect: str | None) -> ModuleType:
    """The module of strategies of a dialect; without a name, of the one that is chosen then. Raises `SpecError`."""
    from ..emit.lock import Lock
    from ..generation.job import GenerationJob
    from ..pipeline import generate

    try:
        name = DialectMaker(source).catalogue().id_of(dialect)
    except UnknownDialect as error:
        raise click.UsageError(str(error)) from None
    folder = TemporaryDirectory(prefix="parlance-")
    atexit.register(folder.cleanup)
    job = GenerationJob(
        spec=source.root, overlays=source.overlays, output=Path(folder.name), dialects=(name,), targets=_TARGETS
    )
    generate(job, Lock(), _nothing, write=True)
    for module in [module for module in sys.modules if module.partition(".")[0] == "parlance_dialects"]:
        del sys.modules[module]
    sys.path.insert(0, f"{folder.name}/python")
    invalidate_caches()
    package = import_module("parlance_dialects")
    # The package has this dialect alone; where it is the base, by its day.
    made = package.DIALECTS.get(name) or next(iter(package.DIALECTS.values()))
    return import_module(f"{package.__name__}.{made}.strategies")


def _nothing(*_: object) -> None:
    """No progress is shown."""
