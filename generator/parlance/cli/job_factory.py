"""The files of a run, and how each is checked: by the settings above it, and by the flags over them."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any, NamedTuple

import click

from ..check.dialect import Dialect, UnknownArtifact, UnknownDialect, generated_dialect
from ..check.skipped import Skipped
from .checking import Job
from .file_selection import FileSelection, select
from .gitignore import GitIgnore, PathFilter, patterns
from .settings import Settings, read_settings
from .settings_file import SETTINGS_FILES
from .terminal import say

__all__ = ["Flags", "JobFactory"]


class Flags(NamedTuple):
    """The settings that were given as options, by the name of a setting."""

    values: Mapping[str, Any] = {}

    def over(self, settings: Settings) -> Settings:
        """*settings* with what was given in place of what was read."""
        given = {name: value for name, value in self.values.items() if value not in (None, (), {})}
        origins = {name.replace("_", "-"): f"--{name.replace('_', '-')}" for name in given}
        if "severities" in given:
            origins["severities"] = "--severity"
            given["severities"] = {**settings.severities, **given["severities"]}
        kept = {key: origin for key, origin in settings.origins.items() if key.partition(".")[0] not in origins}
        kept |= {key: settings.origins[key] for key in settings.origins if key.startswith("severities.")}
        kept |= {f"severities.{word}": "--severity" for word in self.values.get("severities") or ()}
        return settings._replace(**given, origins={**kept, **origins})


def _found(name: str | None) -> Dialect:
    """The dialect of this name; `UnknownDialect` where there is none."""
    if name is None or "@" not in name:
        return generated_dialect(name)
    from ..library import FutureDialectWarning, find_dialect

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureDialectWarning)
        return find_dialect(name)


class JobFactory:
    """What is read once for all files: settings by folder, and dialects by name."""

    def __init__(self, flags: Flags, artifact: str = "auto") -> None:
        self._flags = flags
        self._artifact = artifact
        self._settings: dict[Path, Settings] = {}
        self._dialects: dict[str | None, Dialect] = {}
        self.of_run = self.settings(".")
        """The settings of the working folder."""

        self.dialect(self.of_run)

    def settings(self, path: str) -> Settings:
        """The settings of a file or a folder, which are those of the folder that it is in."""
        if path in {".", "-"}:
            return self._within(Path.cwd())
        return self._within(Path(os.path.abspath(path)).parent)  # noqa: PTH100 of a link, not of where it leads

    def _within(self, folder: Path) -> Settings:
        if folder not in self._settings:
            has_own = any((folder / name).is_file() for name in SETTINGS_FILES)
            if has_own or folder.parent == folder:
                self._settings[folder] = self._flags.over(read_settings(folder))
            else:
                self._settings[folder] = self._within(folder.parent)
        return self._settings[folder]

    def dialect(self, settings: Settings) -> Dialect:
        """The dialect that settings name."""
        name = settings.dialect
        if name not in self._dialects:
            try:
                self._dialects[name] = _found(name)
                if note := self._dialects[name].note:
                    say(f"note: {note}", err=True)
                if self._artifact != "auto":
                    self._dialects[name].artifact(self._artifact)
            except UnknownDialect as error:
                origin = settings.origin("dialect")
                where = "" if name is None or origin.startswith("--") else f"{origin}: "
                raise click.UsageError(f"{where}{error}") from None
            except UnknownArtifact as error:
                raise click.UsageError(str(error)) from None
        return self._dialects[name]

    @property
    def dialects(self) -> list[Dialect]:
        """Every dialect that was asked for."""
        return list(self._dialects.values())

    def choose(self, names: tuple[str, ...], *, no_ignore: bool) -> FileSelection:
        """The files that *names* stand for."""
        if not names:
            message = "name a file, a folder, or - for standard input"
            raise click.UsageError(message)
        filters: dict[Skipped, PathFilter] = {Skipped.EXCLUDED: self._is_excluded}
        if not no_ignore:
            filters[Skipped.GITIGNORE] = GitIgnore()
        return select(names, filters, self._is_forced_out)

    def jobs(
        self, files: Iterable[str], named: AbstractSet[str], stdin_filename: str | None, *, lint: bool = False
    ) -> Iterator[Job]:
        """How each file is checked; *named* are the absolute paths of those that the user named."""
        for file in files:
            settings = self.settings(file)
            name = (stdin_filename or "<stdin>") if file == "-" else file
            is_named = file == "-" or os.path.abspath(file) in named  # noqa: PTH100
            yield Job(
                path=file,
                name=name,
                dialect=self.dialect(settings),
                artifact=self._artifact,
                lint=lint,
                may_skip=self._artifact == "auto" and (settings.skip_unrecognised or not is_named),
                is_excluded=file == "-" and stdin_filename is not None and self._is_forced_out(name),
            )

    def _is_forced_out(self, path: str) -> bool:
        return self.settings(path).force_exclude and self._is_excluded(path, is_folder=False)

    def _is_excluded(self, path: str, is_folder: bool) -> bool:
        settings = self.settings(path)
        if settings.baseline is not None and os.path.realpath(path) == os.path.realpath(settings.baseline):
            return True
        if not settings.exclude:
            return False
        by_flag = settings.origin("exclude").startswith("--")
        name = os.path.relpath(path, Path.cwd() if by_flag else settings.folder)
        return not name.startswith("..") and patterns(settings.exclude).match_file(f"{name}/" if is_folder else name)
