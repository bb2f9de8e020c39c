"""Drawing documents: our strategies beside what hypothesis makes of the generated TypedDicts by itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import strategies as st
from parlance_dialects.openai_2026_11 import dicts, strategies
from parlance_dialects.openai_2026_11 import is_valid_response as is_valid

from .measure import Cost, medians

__all__ = ["drawing_costs"]

_CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def drawing_costs(count: int, repeats: int) -> list[Cost]:
    """So many requests, then as many responses, ours first; the share that is valid stands beside each name."""
    drawn: dict[str, st.SearchStrategy[object]] = {
        "valid_response()": strategies.valid_response(),
        "from_type(dicts.ChatCompletion)": st.from_type(dicts.ChatCompletion),
    }
    actions: dict[str, Callable[[], object]] = {
        f"{name}, {_share(strategy, count):.0%} valid": partial(_draw, strategy, count)
        for name, strategy in drawn.items()
    }
    requests = {"valid_request()": partial(_draw, strategies.valid_request(), count)}
    return medians({**requests, **actions}, repeats)


def _share(strategy: st.SearchStrategy[object], count: int) -> float:
    found = _draw(strategy, count)
    return sum(map(is_valid, found)) / len(found)


def _draw(strategy: st.SearchStrategy[object], count: int) -> list[object]:
    found: list[object] = []

    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        verbosity=Verbosity.quiet,
        suppress_health_check=_CHECKS,
    )
    @given(strategy)
    def draw(value: object) -> None:
        found.append(value)

    draw()
    return found
