"""`parlance spec changelog`: what came with each of several versions."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

import click

from ..finding import SpecError
from .diff_command import changes_between, output_format, versions_of
from .import_options import choice_options
from .spec_faults import show_faults
from .spec_options import spec_options
from .terminal import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..contract_diff.spec_changelog import ChangelogEntry
    from .spec_versions import SpecVersion

__all__ = ["changelog"]


@click.command(short_help="Say what changed from version to version.")
@click.argument("versions", metavar="FILE...", nargs=-1, required=True)
@output_format
@choice_options
@spec_options
def changelog(
    *, versions: tuple[str, ...], form: str, spec: str | None, overlays: tuple[str, ...], **choice: Any
) -> int:
    """Say what each version changed in the one before it, the newest first.

    FILE is anything that `parlance spec diff` takes, the oldest first. A version is named by the beginning of its
    SHA-256, and dated by its commit, its version or its name. What has no change of meaning is left out.

    \b
    Examples:
      parlance spec changelog 2026-07-30.yaml 2026-08-14.yaml 2026-08-21.yaml
      parlance spec changelog v1:api.yaml v2:api.yaml --output-format markdown

    Exit codes: 0 done; 2 a version cannot be read, or an argument is wrong.
    """  # noqa: D301 click reads the backspace
    if len(versions) < 2:
        message = "a changelog needs two versions or more, the oldest first"
        raise click.UsageError(message)
    gc.disable()
    reader = versions_of(spec, overlays, choice)
    try:
        read = [reader.read(word) for word in versions]
    except SpecError as error:
        show_faults(error.findings)
        return 2
    _print([entry for entry in map(_entry, read, read[1:]) if entry.changes], form)
    return 0


def _entry(old: SpecVersion, new: SpecVersion) -> ChangelogEntry:
    from ..contract_diff.spec_changelog import ChangelogEntry, meant

    return ChangelogEntry(new.name, new.day, meant(changes_between(old, new)))


def _print(entries: Sequence[ChangelogEntry], form: str) -> None:
    from ..contract_diff.spec_changelog import changelog_as_json, changelog_as_text

    if form == "json":
        click.echo(changelog_as_json(entries), nl=False)
    elif form == "markdown":
        from ..targets.change_pages import changelog_as_markdown

        click.echo("\n".join(changelog_as_markdown(entries)))
    else:
        say(*changelog_as_text(entries))
