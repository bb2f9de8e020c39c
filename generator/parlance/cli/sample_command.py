"""`parlance sample`: documents that are right, or wrong in one known way, on standard output."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

import click

from ..check.dialect import generated_package
from ..extras import missing_extra
from ..finding import did_you_mean
from ..spec_source import SpecSource
from . import completed_values
from .invocation import settings_options
from .made_strategies import strategies_of
from .spec_options import spec_options, spec_source

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["sample"]

_ANY = ""
"""What `--fault` means without a code."""


@click.command
@click.argument("artifact", default="request", shell_complete=completed_values.artifacts)
@click.option("--dialect", metavar="ID", shell_complete=completed_values.dialects, help="A dialect, or an alias.")
@spec_options
@click.option("--count", type=click.IntRange(min=1), default=1, show_default=True, help="How many documents.")
@click.option("--seed", type=int, default=0, show_default=True, help="The seed of the random choices.")
@click.option(
    "--fault",
    "code",
    metavar="[CODE]",
    is_flag=False,
    flag_value=_ANY,
    shell_complete=completed_values.codes,
    help="One mistake in each, of this code or family such as PAR3: document, code and pointer.",
)
@click.option(
    "--output-format",
    "form",
    type=click.Choice(["json", "json-lines"]),
    help="json over several lines, or one line each; faults and several documents are lines, unless this says json.",
)
@settings_options
def sample(  # noqa: PLR0913, an option each
    *,
    artifact: str,
    dialect: str | None,
    spec: str | None,
    overlays: tuple[str, ...],
    count: int,
    seed: int,
    code: str | None,
    form: str | None,
) -> None:
    """Print documents made from the spec: valid ones, or with one mistake each.

    The same seed gives the same documents. They come from the strategies that tests can use, see docs/strategies.md.

    \b
    Examples:
      parlance sample
      parlance sample response --dialect openai-2024-06 --count 100 --seed 7
      parlance sample --fault PAR301 | jq .document
      parlance sample batch --fault --count 20
      parlance sample --overlay gateway.yaml

    Exit codes: 0 done; 2 no such artifact or code, or hypothesis is not installed.
    """  # noqa: D301 click reads the backspace
    from ..check.reports.json_finding import json_line, json_text

    documents = _drawn(_strategy(_strategies(dialect, spec_source(spec, overlays)), artifact, code), count, seed)
    values = documents if code is None else [asdict(fault) for fault in documents]
    lines = form == "json-lines" or (form is None and (count > 1 or code is not None))
    if lines:
        for value in values:
            click.echo(json_line(value))
    else:
        click.echo(json_text(values[0] if count == 1 else values))


def _strategies(dialect: str | None, source: SpecSource) -> ModuleType:
    package = generated_package()
    if source != SpecSource() and (source.folder or dialect not in package.DIALECTS):
        return strategies_of(source, dialect)
    names: dict[str, str] = package.DIALECTS
    chosen: str = package.DEFAULT if dialect is None else dialect
    if chosen not in names:
        make = f"; run `parlance generate --dialect {chosen} --target strategies`" if "@" in chosen else ""
        advice = make or did_you_mean(chosen, names) or f"; there are {', '.join(sorted(names))}"
        message = f"no strategies were generated for {chosen!r}{advice}"
        raise click.UsageError(message)
    try:
        return import_module(f"{package.__name__}.{names[chosen]}.strategies")
    except ModuleNotFoundError as error:
        if missing_extra(error):
            raise
        message = f"no strategies were generated for {chosen!r}; run `parlance generate --target strategies`"
        raise click.UsageError(message) from error


def _strategy(module: ModuleType, artifact: str, code: str | None) -> SearchStrategy[Any]:
    artifacts: list[str] = [*module.ARTIFACTS]
    if artifact not in artifacts:
        advice = did_you_mean(artifact, artifacts) or f"; it has {', '.join(artifacts)}"
        message = f"the dialect has no artifact {artifact!r}{advice}"
        raise click.UsageError(message)
    verb = "valid" if code is None else "faulty"
    make: Callable[..., SearchStrategy[Any]] = getattr(module, f"{verb}_{artifact.replace('-', '_')}")
    try:
        return make() if code is None else make(code.upper() or None)
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def _drawn(strategy: SearchStrategy[Any], count: int, seed: int) -> list[Any]:
    from hypothesis import HealthCheck, Phase, Verbosity, given, settings
    from hypothesis import seed as seeded

    drawn: list[Any] = []

    @seeded(seed)
    @settings(
        max_examples=count + 1,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        verbosity=Verbosity.quiet,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )
    @given(strategy)
    def draw(value: Any) -> None:
        drawn.append(value)

    draw()
    # The first is always the smallest that there is, whatever the seed.
    return drawn[1 : count + 1] or drawn[:1]
