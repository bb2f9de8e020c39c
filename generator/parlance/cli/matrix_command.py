"""`parlance dialects matrix`: which dialect does what with a field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from ..check.reports.json_finding import json_text
from ..finding.suggestion import question, suggestions

if TYPE_CHECKING:
    from ..spec import Spec

__all__ = ["print_matrix"]


def print_matrix(spec: Spec, names: Sequence[str], fields: Sequence[str], form: str) -> None:
    """Print it; without names for every alias, and without fields for all at the top of a request."""
    from ..contract.build import build_contracts
    from ..on_demand import resolve_named
    from ..targets.matrix import FieldPlace, UnknownFieldError, cells, request_fields
    from ..targets.matrix_table import as_page, as_rows, as_text

    chosen = [*dict.fromkeys(names)] or _aliases(spec)
    base, *contracts = build_contracts(resolve_named(spec, name) for name in (spec.default, *chosen))
    columns = list(zip(chosen, contracts, strict=True))
    try:
        places = [FieldPlace.of(each) for each in dict.fromkeys(fields)]
        rows = cells(columns, places or request_fields([base, *contracts]), base)
    except UnknownFieldError as error:
        advice = question(suggestions(error.field, error.known)) or "deeper ones are pointers: /messages/*/name"
        raise click.UsageError(f"no request has a field {error.field!r}; {advice}") from None
    if form == "json":
        click.echo(json_text({"cells": as_rows(rows)}))
    elif form == "markdown":
        from ..emit.render import render
        from ..folders import templates_folder

        click.echo(render(templates_folder(), "markdown/matrix.md.j2", as_page(rows)), nl=False)
    else:
        click.echo("\n".join(as_text(rows)))


def _aliases(spec: Spec) -> list[str]:
    """The other names of the dialects, that of the default first."""
    found = [(alias, dialect) for dialect in spec.dialects for alias in dialect.aliases]
    return [alias for alias, _ in sorted(found, key=lambda pair: (not pair[1].default, pair[0]))] or [spec.default]
