"""`parlance spec diff`: what changed between two versions of a spec, and whom that breaks."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

import click

from ..finding import SpecError
from .import_options import choice_options
from .report_schema import report_schema_option
from .spec_faults import show_faults
from .spec_options import spec_options, spec_source
from .terminal import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..contract_diff.contract_change import ContractChange
    from .spec_versions import SpecVersion, SpecVersions

__all__ = ["changes_between", "diff", "output_format", "versions_of"]

_LEVELS = ("breaking", "risky", "compatible", "cosmetic")


def _schema() -> str:
    from ..contract_diff.change_report import changes_schema

    return changes_schema()


def output_format(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give *command* `--output-format`, as the argument `form`."""
    choice = click.Choice(["text", "json", "markdown"])
    option = click.option(
        "--output-format", "form", type=choice, default="text", show_default=True, help="The output format."
    )
    return option(command)


@click.command(short_help="Say what changed between two, and what breaks.")
@click.argument("old")
@click.argument("new")
@click.option("--fail-on", "limit", type=click.Choice(_LEVELS), help="Exit with 1 at a change of this level or worse.")
@click.option("--artifact", "artifacts", metavar="NAME", multiple=True, help="Only this artifact (repeatable).")
@output_format
@report_schema_option(_schema)
@choice_options
@spec_options
def diff(  # noqa: PLR0913, an option each
    *,
    old: str,
    new: str,
    limit: str | None,
    artifacts: tuple[str, ...],
    form: str,
    spec: str | None,
    overlays: tuple[str, ...],
    **choice: Any,
) -> int:
    """Say what changed from OLD to NEW, by what it means for clients: breaking, risky, compatible or cosmetic.

    Each is a dialect, or its base at a date; an overlay; the folder of a spec; a document of OpenAPI or JSON Schema,
    which is imported first; or REV:PATH, as git has one of these. Names of schemas, their order, and other ways to say
    the same are no change.

    \b
    Examples:
      parlance spec diff openai-2026-08 openai-2026-11
      parlance spec diff openai@2025-01-01 openai@2026-01-01
      parlance spec diff HEAD~1:openapi.yaml openapi.yaml --fail-on breaking
      parlance spec diff openai gateway.yaml --output-format json

    Exit codes: 0 done; 1 a change that --fail-on asks for; 2 one of them cannot be read, or an argument is wrong.
    """  # noqa: D301 click reads the backspace
    from ..contract_diff.change_kinds import ChangeLevel

    gc.disable()  # both are there to the end, and looking for garbage in them takes a tenth of the time
    try:
        versions = versions_of(spec, overlays, choice)
        sides = versions.read(old), versions.read(new)
    except SpecError as error:
        show_faults(error.findings)
        return 2
    changes = changes_between(*sides)
    if artifacts:
        _check_artifacts(artifacts, sides)
        changes = [change for change in changes if change.artifact in artifacts]
    _print(changes, form)
    is_bad = limit is not None and any(change.level.rank <= ChangeLevel(limit).rank for change in changes)
    return int(is_bad)


def versions_of(spec: str | None, overlays: tuple[str, ...], choice: dict[str, Any]) -> SpecVersions:
    """What reads the versions that a command names."""
    from .spec_versions import SpecVersions

    return SpecVersions(spec_source(spec, overlays), choice)


def changes_between(old: SpecVersion, new: SpecVersion) -> list[ContractChange]:
    """What changed; a document of others is compared with a dialect by what its operation sends and answers alone."""
    from ..contract_diff.comparing import TooManyPlacesError, contract_changes
    from ..contract_diff.foreign_scope import reduced

    before, after = old.contract, new.contract
    if old.is_foreign != new.is_foreign:
        before, after = reduced(before, after) if new.is_foreign else reduced(after, before)[::-1]
    try:
        return contract_changes(before, after)
    except TooManyPlacesError:
        message = "the changes reach more than 100,000 places: compare a part of both with --schemas"
        raise click.ClickException(message) from None


def _check_artifacts(artifacts: tuple[str, ...], sides: tuple[SpecVersion, SpecVersion]) -> None:
    from ..finding import did_you_mean

    known = [artifact.name for side in sides for artifact in side.contract.artifacts]
    for name in artifacts:
        if name not in known:
            advice = did_you_mean(name, known) or f"; there are {', '.join(dict.fromkeys(known))}"
            message = f"--artifact: there is no artifact {name!r}{advice}"
            raise click.UsageError(message)


def _print(changes: Sequence[ContractChange], form: str) -> None:
    from ..contract_diff.change_report import changes_as_json, changes_as_text

    if form == "json":
        click.echo(changes_as_json(changes), nl=False)
    elif form == "markdown":
        from ..targets.change_pages import changes_as_markdown

        click.echo("\n".join(changes_as_markdown(changes)))
    else:
        say(*changes_as_text(changes))
