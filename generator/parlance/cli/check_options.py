"""The options that `validate` and `lint` have in common, as one value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple

import click

from .invocation import settings_options, verbosity_options
from .pointer_settings import pointer_problem
from .reporting import Reporting, reporting_options
from .selection_options import selection_options, words
from .source_options import source_options
from .spec_options import CacheOptions

__all__ = ["CheckOptions", "check_options"]


class CheckOptions(NamedTuple):
    """Which files are checked, as what, and what is reported of them."""

    names: tuple[str, ...]
    artifact: str
    stdin_filename: str | None
    no_ignore: bool
    show_files: bool
    show_settings: bool
    settings: Mapping[str, Any]
    """The settings that were given as options, by name."""

    update: bool
    """Whether findings are added to the baseline."""

    prune: bool
    """Whether entries of the baseline that nothing fits any more are dropped."""

    reporting: Reporting
    cache: CacheOptions = CacheOptions()
    dialects: tuple[str, ...] = ()
    """The dialects that were named, each once."""

    column: str | None = None
    """Where the files are tables, the column with the payloads."""

    pointers: tuple[str, ...] = ()
    """Where payloads lie in each document, if that was said."""

    extend_exclude: tuple[str, ...] = ()
    """Patterns that are excluded beside those of the settings."""


def check_options(command: Callable[..., int]) -> Callable[..., int]:
    """Give *command* the options, and what they say as the argument `options`."""

    @wraps(command)
    def wrapped(  # noqa: PLR0913, an option each
        *,
        names: tuple[str, ...],
        dialects: tuple[str, ...],
        spec: str | None,
        overlays: tuple[str, ...],
        cache_dir: str | None,
        no_cache: bool,
        artifact: str,
        column: str | None,
        pointers: tuple[str, ...],
        each: bool,
        exclude: tuple[str, ...],
        extend_exclude: tuple[str, ...],
        force_exclude: bool | None,
        skip_unrecognised: bool | None,
        stdin_filename: str | None,
        no_ignore: bool,
        show_files: bool,
        show_settings: bool,
        selection: dict[str, object],
        update: bool,
        prune: bool,
        reporting: Reporting,
        **others: Any,
    ) -> int:
        named = _named(dialects)
        settings = {
            "dialect": named[0] if named else None,
            "spec": Path(spec) if spec else None,
            "overlays": tuple(map(Path, overlays)),
            "exclude": words(exclude),
            "force_exclude": force_exclude,
            "skip_unrecognised": skip_unrecognised,
            **selection,
        }
        options = CheckOptions(
            # The name of standard input is given where there is one.
            names=names or ("-" if stdin_filename else ".",),
            artifact=artifact,
            stdin_filename=stdin_filename,
            no_ignore=no_ignore,
            show_files=show_files,
            show_settings=show_settings,
            settings=settings,
            update=update,
            prune=prune,
            reporting=reporting,
            cache=CacheOptions(Path(cache_dir) if cache_dir else None, not no_cache),
            dialects=named,
            column=column,
            pointers=_pointers(pointers, each=each),
            extend_exclude=words(extend_exclude),
        )
        return command(options=options, **others)

    return source_options(selection_options(reporting_options(settings_options(verbosity_options(wrapped)))))


def _pointers(given: tuple[str, ...], *, each: bool) -> tuple[str, ...]:
    """The pointers that were given, or those to the elements of what stands there."""
    for pointer in given:
        if problem := pointer_problem(pointer):
            raise click.BadParameter(problem, param_hint="--at")
    return tuple(f"{pointer}/*" for pointer in given or ("",)) if each else given


def _named(dialects: tuple[str, ...]) -> tuple[str, ...]:
    """The names of dialects, of which one option may give several, separated by commas."""
    names = [name.strip() for text in dialects for name in text.split(",")]
    if len(names) > 1 and "" in names:
        message = f"a name is missing in {','.join(dialects)!r}"
        raise click.BadParameter(message, param_hint="--dialect")
    return tuple(dict.fromkeys(names))
