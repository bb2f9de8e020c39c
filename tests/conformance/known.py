"""Our failures as data, each with its reason. The list only shrinks: an entry that passes now is an error."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

import yaml

from .scores import Failure

__all__ = ["differences", "known_failures"]

_FILE = Path(__file__).with_name("known.yaml")


def known_failures() -> dict[Failure, str]:
    """The reason of each failure that is known and accepted."""
    rows: list[dict[str, Any]] = yaml.load(_FILE.read_text("utf-8"), yaml.CSafeLoader) or []
    found: dict[Failure, str] = {}
    for row in rows:
        reason = row.pop("reason")
        for test in row.pop("tests"):
            found[Failure(**row, test=test)] = reason
    return found


def differences(failures: Collection[Failure]) -> list[str]:
    """What fails and is not known, and what is known and passes."""
    known = known_failures()
    new = [f"fails: {' | '.join(failure)}" for failure in failures if failure not in known]
    return [*new, *(f"passes, remove it: {' | '.join(failure)}" for failure in known if failure not in failures)]
