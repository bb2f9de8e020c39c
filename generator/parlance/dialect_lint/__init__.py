"""What an author of a dialect has left open: claims that nobody sources or tests, fields that nobody decided."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..contract.build import build_contract
from ..finding import Finding
from ..spec import DialectFile, Resolved
from .actions import ineffective_actions
from .case_tables import read_cases
from .claims import untested_claims
from .misfits import misfit_examples, silent_rules
from .sources import unsourced_claims
from .undecided import undecided_fields

__all__ = ["lint_dialect"]


def lint_dialect(dialect: DialectFile, resolved: Resolved, tables: Path | None = None) -> Sequence[Finding]:
    """What is to be said of a dialect that loads, in the order of its file; *tables* is the folder of its cases.

    Without tables nothing is asked of cases. Raises `SpecError` where the dialect, or a table, is wrong as such.
    """
    contract = build_contract(resolved)
    found = [
        *unsourced_claims(dialect),
        *ineffective_actions(dialect, resolved),
        *undecided_fields(dialect, resolved, contract),
        *misfit_examples(dialect, resolved, contract),
        *silent_rules(dialect, resolved, contract),
    ]
    if tables is not None:
        found += untested_claims(dialect, resolved, contract, read_cases(tables))
    return sorted(found, key=lambda finding: (finding.span.file, finding.span.line) if finding.span else ("", 0))
