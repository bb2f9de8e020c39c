"""The values that a shell completes: dialects, artifacts, codes and targets, each after the comma before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeAlias

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

__all__ = ["artifacts", "codes", "dialects", "severities", "targets"]

_Complete: TypeAlias = "Callable[[click.Context, click.Parameter, str], list[CompletionItem]]"
_Values: TypeAlias = Iterable[tuple[str, str | None]]
"""Each with what is said of it."""


def _completing(values: Callable[[], _Values], *, several: bool = False) -> _Complete:
    """Completes from *values* with what is said of each; of *several* with commas between them, the last."""

    def complete(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem  # only a shell asks

        before, comma, word = incomplete.rpartition(",") if several else ("", "", incomplete)
        return [
            CompletionItem(f"{before}{comma}{value}", help=text)
            for value, text in values()
            if value.casefold().startswith(word.casefold())
        ]

    return complete


def _dialects() -> _Values:
    from ..check.dialect import generated_package

    return [(name, None) for name in generated_package().DIALECTS]


def _artifacts() -> _Values:
    from ..check.dialect import generated_dialect

    dialect = generated_dialect(None)
    return [(name, None) for name in ("auto", *dialect.artifacts, *dialect.streams, *dialect.exchanges)]


def _codes() -> _Values:
    from ..check.dialect import every_rule
    from ..finding.catalogue import CATALOGUE

    known = {code: entry.name for code, entry in CATALOGUE.items()}
    known |= {code: rule.name for code, rule in every_rule().items()}
    return [*sorted(known.items()), *((name, code) for code, name in sorted(known.items()))]


def _severities() -> _Values:
    from .settings_file import schema

    levels: list[str] = schema()["properties"]["severities"]["additionalProperties"]["enum"]
    return [(f"{code}={level}", name) for code, name in _codes() for level in levels]


def _targets() -> _Values:
    from ..targets.target_names import NEEDS

    return [(name, None) for name in NEEDS]


dialects = _completing(_dialects, several=True)
artifacts = _completing(_artifacts)
codes = _completing(_codes, several=True)
severities = _completing(_severities)
targets = _completing(_targets)
