"""The files of a run, and how each is checked: by the settings above it, and by the flags over them."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from ..check.dialect import Dialect, UnknownArtifact, UnknownDialect, generated_dialect, generated_package
from ..check.document_reader import FORMATS
from ..check.other_dialects import Suggestions
from ..check.skipped import Skipped
from .checking import Job
from .exclusion import Exclusion
from .file_selection import FileSelection, select
from .gitignore import GitIgnore, PathFilter, last_match
from .invocation import settings_sources
from .pointer_settings import check_pointers, check_rows, payload_pointers
from .settings import Settings, read_settings
from .settings_file import SETTINGS_FILES
from .spec_options import CacheOptions, source_of
from .terminal import say

if TYPE_CHECKING:
    from ..on_demand import DialectMaker
    from ..spec_source import SpecSource

__all__ = ["Flags", "JobFactory"]


class Flags(NamedTuple):
    """The settings that were given as options, by the name of a setting."""

    values: Mapping[str, Any] = {}
    extend_exclude: tuple[str, ...] = ()
    """Patterns that are excluded beside those of the settings."""

    def over(self, settings: Settings) -> Settings:
        """*settings* with what was given in place of what was read."""
        given = {name: value for name, value in self.values.items() if value not in (None, (), {})}
        origins = {name.replace("_", "-"): _option(name) for name in given}
        if "severities" in given:
            given["severities"] = {**settings.severities, **given["severities"]}
        kept = {key: origin for key, origin in settings.origins.items() if key.partition(".")[0] not in origins}
        kept |= {key: settings.origins[key] for key in settings.origins if key.startswith("severities.")}
        kept |= {f"severities.{word}": "--severity" for word in self.values.get("severities") or ()}
        return settings._replace(**given, origins={**kept, **origins})


def _option(name: str) -> str:
    """The option that gives a setting."""
    return {"severities": "--severity", "overlays": "--overlay"}.get(name, f"--{name.replace('_', '-')}")


class _Choice(NamedTuple):
    """A dialect as it is named, and where."""

    name: str | None
    origin: str


def _chosen(settings: Settings, file: str | None) -> _Choice:
    """The dialect of a file: by its name, unless an option or the environment names one for all."""
    origin = settings.origin("dialect")
    if file is not None and not origin.startswith(("--", "PARLANCE_")):
        path = os.path.relpath(file, settings.folder)
        if (pattern := last_match(settings.per_file_dialects, path)) is not None:
            return _Choice(settings.per_file_dialects[pattern], settings.origin("per-file-dialects", pattern))
    return _Choice(settings.dialect, origin)


class JobFactory:
    """What is read once for all files: settings by folder, and dialects by name."""

    def __init__(
        self,
        flags: Flags,
        artifact: str = "auto",
        cache: CacheOptions | None = None,
        compared: tuple[str, ...] = (),
        pointers: tuple[str, ...] = (),
    ) -> None:
        """*compared* are the names of dialects that every file is held against, in place of what settings name.

        Likewise *pointers* say for every file where its payloads lie.
        """
        self._pointers = pointers
        self._flags = flags
        self._compared = compared
        self._artifact = artifact
        self._cache = cache or CacheOptions()
        self._settings: dict[Path, Settings] = {}
        self._makers: dict[SpecSource, DialectMaker] = {}
        self._dialects: dict[tuple[object, ...], Dialect] = {}
        self._exclusion = Exclusion(self.settings, flags.extend_exclude)
        self._sources = settings_sources()
        self.suggestions = Suggestions()
        self.of_run = self.settings(".")
        """The settings of the working folder."""

        self.compared(self.of_run)

    def settings(self, path: str) -> Settings:
        """The settings of a file or a folder, which are those of the folder that it is in."""
        if path in {".", "-"}:
            return self._within(Path.cwd())
        return self._within(Path(os.path.abspath(path)).parent)  # noqa: PTH100 of a link, not of where it leads

    def _within(self, folder: Path) -> Settings:
        if self._sources.is_fixed:
            folder = Path.cwd()
        if folder not in self._settings:
            has_own = any((folder / name).is_file() for name in SETTINGS_FILES)
            if has_own or folder.parent == folder or self._sources.is_fixed:
                self._settings[folder] = self._flags.over(read_settings(folder, self._sources))
                self._check_names(self._settings[folder])
                check_pointers(self._settings[folder])
                check_rows(self._settings[folder])
            else:
                self._settings[folder] = self._within(folder.parent)
        return self._settings[folder]

    def dialect(self, settings: Settings, file: str | None = None) -> Dialect:
        """The dialect that settings name, for a *file* or where nothing else is said."""
        name, origin = _chosen(settings, file)
        key = (settings.spec, settings.overlays, name)
        if key not in self._dialects:
            try:
                self._dialects[key] = self._found(settings, name)
                if note := self._dialects[key].note:
                    say(f"note: {note}", err=True)
                if self._artifact != "auto":
                    self._dialects[key].check_name(self._artifact)
            except UnknownDialect as error:
                where = "" if name is None or origin.startswith("--") else f"{origin}: "
                raise click.UsageError(f"{where}{error}") from None
            except UnknownArtifact as error:
                raise click.UsageError(str(error)) from None
        return self._dialects[key]

    def compared(self, settings: Settings, file: str | None = None) -> dict[str, Dialect]:
        """The dialects that a file is held against, each once, by the names that were given for them."""
        if len(self._compared) < 2:
            return {settings.dialect or "": self.dialect(settings, file)}
        found: dict[str, tuple[str, Dialect]] = {}
        for name in self._compared:
            dialect = self.dialect(settings._replace(dialect=name))
            found.setdefault(dialect.id, (name, dialect))
        return dict(found.values())

    def dialects_of(self, settings: Settings) -> Iterator[Dialect]:
        """Every dialect that settings or options name."""
        yield from self.compared(settings).values()
        for name in dict.fromkeys(settings.per_file_dialects.values()):
            yield self._found(settings, name)

    def _found(self, settings: Settings, name: str | None) -> Dialect:
        maker = self._maker(settings)
        if maker is None and (name is None or "@" not in name):
            return generated_dialect(name)
        return (maker or self._new_maker(settings)).dialect(name)

    def _maker(self, settings: Settings) -> DialectMaker | None:
        """What makes the dialects of these settings; None where all that have no date are in a package."""
        return self._new_maker(settings) if settings.spec or settings.overlays else None

    def _new_maker(self, settings: Settings) -> DialectMaker:
        from ..on_demand import DialectMaker  # most runs make no dialect

        source = source_of(settings)
        if source not in self._makers:
            self._makers[source] = DialectMaker(source, self._cache.folder, is_cached=self._cache.is_used)
        return self._makers[source]

    def _check_names(self, settings: Settings) -> None:
        """Refuse names of dialects that there are not, whether a file has their patterns or not."""
        for pattern, name in settings.per_file_dialects.items():
            try:
                if maker := self._maker(settings):
                    maker.check(name)
                elif "@" not in name and name not in generated_package().DIALECTS:
                    generated_dialect(name)
            except UnknownDialect as error:
                message = f"{settings.origin('per-file-dialects', pattern)}: {error}"
                raise click.UsageError(message) from None

    @property
    def dialects(self) -> list[Dialect]:
        """Every dialect that was asked for."""
        return list(self._dialects.values())

    def choose(self, names: tuple[str, ...], *, no_ignore: bool, endings: Collection[str] = FORMATS) -> FileSelection:
        """The files that *names* stand for; of what is in folders, those with one of the *endings*."""
        filters: dict[Skipped, PathFilter] = {Skipped.EXCLUDED: self._exclusion.is_excluded}
        if not no_ignore:
            filters[Skipped.GITIGNORE] = GitIgnore()
        is_included = self._exclusion.is_included if endings is FORMATS else None
        return select(names, filters, self._exclusion.is_forced_out, endings, is_included)

    def jobs(
        self, files: Iterable[str], named: AbstractSet[str], stdin_filename: str | None, *, lint: bool = False
    ) -> Iterator[Job]:
        """How each file is checked; *named* are the absolute paths of those that the user named."""
        for file in files:
            settings = self.settings(file)
            name = (stdin_filename or "<stdin>") if file == "-" else file
            is_named = file == "-" or os.path.abspath(file) in named  # noqa: PTH100
            dialect, *others = self.compared(settings, name).values()
            pointers = self._pointers or payload_pointers(settings, name)
            is_open = self._artifact == "auto" or bool(pointers)
            job = Job(
                path=file,
                name=name,
                dialect=dialect,
                artifact=self._artifact,
                lint=lint,
                suggestions=self.suggestions if self._is_by_default(settings, name, dialect) else None,
                may_skip=is_open and (settings.skip_unrecognised or not is_named),
                pointers=pointers,
                row_files=settings.containers,
                spec=source_of(settings),
                is_excluded=file == "-" and stdin_filename is not None and self._exclusion.is_forced_out(name),
            )
            yield job._replace(others=tuple(job._replace(dialect=other) for other in others))

    def _is_by_default(self, settings: Settings, name: str, dialect: Dialect) -> bool:
        """Whether nobody chose the dialect, and it is the one of which it is known what others have beside it."""
        is_named = bool(self._compared) or _chosen(settings, name).name is not None
        return not is_named and settings.spec is None and dialect.id == generated_package().DEFAULT

    def is_excluded(self, path: str) -> bool:
        """Whether the settings of a file leave it out where it is not named."""
        return self._exclusion.is_excluded(path, is_folder=False)
