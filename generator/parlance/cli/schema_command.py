"""`parlance schema`: what an artifact is in a dialect, as one JSON Schema."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..check.dialect import UnknownArtifact, UnknownDialect, generated_dialect
from ..finding import did_you_mean
from ..folders import schemas_folder, shipped_bytes
from . import completed_values
from .invocation import settings_options
from .spec_options import spec_options, spec_source

if TYPE_CHECKING:
    from ..spec_source import SpecSource

__all__ = ["schema"]


@click.command
@click.argument("artifact", shell_complete=completed_values.artifacts)
@click.option(
    "--dialect",
    metavar="ID",
    shell_complete=completed_values.dialects,
    help="A dialect, an alias, or a date of the base: openai@2025-03-01.  [default: that of the settings]",
)
@spec_options
@settings_options
def schema(artifact: str, dialect: str | None, spec: str | None, overlays: tuple[str, ...]) -> None:
    """Print the JSON Schema 2020-12 of an artifact, such as request: one document that needs no other.

    It has the verdict of parlance validate on structure; what rules say is in no schema. At its top stands an example.

    \b
    Examples:
      parlance schema request
      parlance schema response --dialect mistral > response.schema.json
      parlance schema request --dialect openai@2025-03-01
      parlance schema request --overlay gateway.yaml

    Exit codes: 0 done; 2 there is no such artifact or dialect.
    """  # noqa: D301 click reads the backspace
    from .settings import read_settings

    source = spec_source(spec, overlays)
    name = dialect or read_settings(Path.cwd()).dialect
    try:
        text = _shipped(artifact, name, source) or _made(artifact, name, source)
    except (UnknownDialect, UnknownArtifact) as error:
        raise click.UsageError(str(error)) from None
    click.echo(text, nl=False)


def _shipped(artifact: str, name: str | None, source: SpecSource) -> str | None:
    """The bundle that comes with the tool; None where it has to be made."""
    if source.folder is not None or source.overlays or (name is not None and "@" in name):
        return None
    dialect = generated_dialect(name)
    if artifact not in dialect.artifacts:
        raise UnknownArtifact(_no_schema(artifact, dialect.id, dialect.artifacts))
    try:
        return shipped_bytes(schemas_folder() / dialect.id / f"{artifact}.schema.json").decode()
    except FileNotFoundError:
        return None


def _made(artifact: str, name: str | None, source: SpecSource) -> str:
    from ..contract.accepted import accepted
    from ..contract.build import build_contract
    from ..generation.spec_examples import spec_examples
    from ..on_demand import DialectMaker, resolve_named
    from ..targets.jsonschema import bundle_text

    spec = source.load()
    chosen = name or DialectMaker(source).catalogue().id_of(None)
    contract = build_contract(resolve_named(spec, chosen))
    found = {one.name: one for one in contract.artifacts}
    if artifact not in found:
        raise UnknownArtifact(_no_schema(artifact, contract.dialect, found))
    return bundle_text(accepted(contract), found[artifact], spec_examples(spec.root, [contract]))


def _no_schema(artifact: str, dialect: str, known: Iterable[str]) -> str:
    names = [*known]
    advice = did_you_mean(artifact, names) or f"; there are {', '.join(names)}"
    return f"{dialect} has no schema of {artifact!r}{advice}"
