"""What is known of the spec that comes with the tool, as files: the tool starts from them instead of the YAML."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from ..folders import COMMAND_PAGES, SNAPSHOT, grammar_file, spec_folder
from ..kept_rows import rows_text
from ..spec import Spec
from ..spec.snapshot import snapshot_text
from ..targets.record_book import RecordBook
from ..targets.registry import TARGETS, Edition
from ..targets.rule_manual import RuleManual
from .dialect_rows import dialect_rows
from .made_files import MadeFile

__all__ = ["spec_snapshot"]


def spec_snapshot(spec: Spec, edition: Edition) -> Iterator[MadeFile]:
    """What is known of the tool's own spec, of which nothing else is in the folder, and nothing is missing."""
    made = {contract.dialect for contract in edition.contracts}
    is_whole = made == {dialect.id for dialect in spec.dialects} and edition.targets == TARGETS.keys()
    if is_whole and not spec.overlays and os.path.realpath(spec.root) == os.path.realpath(spec_folder()):
        yield MadeFile(SNAPSHOT, snapshot_text(spec.root, grammar_file(), spec.files))
        contents = {name: (spec.root / name).read_bytes() for name in spec.files}
        yield MadeFile(COMMAND_PAGES, rows_text(grammar_file(), contents, _command_pages(spec, edition)))


def _command_pages(spec: Spec, edition: Edition) -> dict[str, Any]:
    """What commands say of all dialects together, each by its name: `rule`, `rule PAR301`, `dialects`."""
    manual = RuleManual(RecordBook(edition).contracts)
    rows = manual.rows()
    codes = [str(row["code"]) for row in rows]
    return {
        "dialects": [*dialect_rows(spec, edition.contracts)],
        "rule": rows,
        **{f"rule {code}": {"facts": manual.facts(code), "lines": manual.lines(code)} for code in codes},
    }
