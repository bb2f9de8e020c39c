"""The options that say what dialects are made from, and where those that were made are kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

if TYPE_CHECKING:
    from ..spec_source import SpecSource
    from .settings import Settings

__all__ = ["CacheOptions", "cache_options", "source_of", "spec_options", "spec_source"]

_Command = TypeVar("_Command", bound=Callable[..., Any])

_SPEC = click.option(
    "--spec", metavar="FOLDER", help="The folder of the spec.  [default: the one that comes with parlance]"
)
_OVERLAY = click.option(
    "--overlay",
    "overlays",
    metavar="FILE",
    multiple=True,
    help="A dialect of your own on top of another; used if it is the only one and no dialect is named.",
)
_CACHE_DIR = click.option(
    "--cache-dir",
    metavar="FOLDER",
    envvar="PARLANCE_CACHE_DIR",
    help="Where dialects that were made are kept.  [default: your cache folder]",
)
_NO_CACHE = click.option(
    "--no-cache", is_flag=True, envvar="PARLANCE_NO_CACHE", help="Make such dialects anew, and keep none."
)


class CacheOptions(NamedTuple):
    """Where dialects that were made are kept."""

    folder: Path | None = None
    """None for the cache folder of the user."""

    is_used: bool = True


def spec_options(command: _Command) -> _Command:
    """Give *command* `--spec` and `--overlay`, as the arguments `spec` and `overlays`."""
    return _SPEC(_OVERLAY(command))


def cache_options(command: _Command) -> _Command:
    """Give *command* `--cache-dir` and `--no-cache`."""
    return _CACHE_DIR(_NO_CACHE(command))


def spec_source(spec: str | None, overlays: tuple[str, ...]) -> SpecSource:
    """What the dialects of a command are made from: by its options, else by the settings of the working folder."""
    from .settings import read_settings

    settings = read_settings(Path.cwd())
    if spec is not None:
        settings = settings._replace(spec=Path(spec))
    return source_of(settings._replace(overlays=tuple(map(Path, overlays))) if overlays else settings)


def source_of(settings: Settings) -> SpecSource:
    """What the dialects of these settings are made from."""
    from ..spec_source import SpecSource

    return SpecSource(settings.spec, settings.overlays)
