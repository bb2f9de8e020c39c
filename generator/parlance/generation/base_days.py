"""The base of a spec on each day that changed it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from ..contract.build import build_structure
from ..contract.ir import Contract
from ..finding.shape import is_array, is_object
from ..spec import Spec, resolve

__all__ = ["base_on_its_days"]

_DATED = frozenset({"x-since", "x-until", "x-deprecated-since"})


def base_on_its_days(spec: Spec) -> tuple[Contract, ...]:
    """Its contracts without rules, the first day first, from the state before the first change."""
    base = spec.base
    days = {day for day in _days(spec.document) if (base.since or date.min) < day <= base.as_of}
    if not days:
        return ()
    start = base.since or min(days) - timedelta(days=1)
    return tuple(build_structure(resolve(spec, f"{base.id}@{day}")) for day in sorted({start, *days}))


def _days(value: Any) -> Iterator[date]:
    """The days that stand anywhere in a value."""
    if is_object(value):
        for key, inner in value.items():
            if key in _DATED and isinstance(inner, date):
                yield inner
            else:
                yield from _days(inner)
    elif is_array(value):
        for inner in value:
            yield from _days(inner)
