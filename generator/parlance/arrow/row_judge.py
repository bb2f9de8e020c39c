"""The payload of a row to what is found in it: as `parlance.validate` or `parlance.lint` finds it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ..check.dialect import Dialect
from ..check.engine import judge
from ..check.faultless import clean_test
from ..check.selection import Selection
from ..check.skimming import Skimmer
from ..library import DialectName, document_of, find_dialect

if TYPE_CHECKING:
    from ..finding import Finding
    from .row_payloads import Payload

__all__ = ["RowJudge"]


class RowJudge:
    """What judges the rows of one column. Raises `UnknownDialect` or `UnknownArtifact` when it is made."""

    def __init__(self, dialect: DialectName, artifact: str, *, lint: bool) -> None:
        chosen = find_dialect(dialect)
        if artifact != "auto" and artifact not in chosen.exchanges:
            chosen.artifact(artifact)
        self._selection: Selection | None = None
        self._dialect = chosen
        if lint:
            self._selection, self._dialect = _reported(chosen)
        self._artifact = artifact
        self._lint = lint
        self._skimmer = Skimmer()
        self._skimmer.is_clean = clean_test(self._dialect, artifact, lint=lint)

    def findings(self, payload: Payload) -> tuple[Finding, ...]:
        """What is found in one payload; a text that is clean is not looked at twice."""
        if type(payload) is bytes and self._skimmer.passes(payload, 1, len(payload)):
            return ()
        found = self._judged(payload)
        selection = self._selection
        return found if selection is None else tuple(kept for one in found if (kept := selection.apply(one)))

    def _judged(self, payload: Payload) -> tuple[Finding, ...]:
        document = document_of(payload)
        if self._artifact in self._dialect.exchanges:
            from ..exchanges.exchange_verdicts import judge_decoded  # with what compiles schemas

            return judge_decoded(document, self._dialect, self._artifact, lint=self._lint)
        return judge(document, self._dialect, self._artifact, lint=self._lint).findings


@lru_cache(maxsize=16)
def _reported(dialect: Dialect) -> tuple[Selection, Dialect]:
    """What is reported where nothing is selected, and the dialect without rules for anything else."""
    selection = Selection()
    return selection, dialect.without(selection.unreported_notes(dialect.rules))
