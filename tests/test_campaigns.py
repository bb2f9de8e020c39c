"""`make fuzz` and `make hostile` run all of their parts, whatever one of them comes to, and fail if any did."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import fuzz.__main__ as fuzz
import hostile.__main__ as hostile
import pytest
from fuzz.campaigns import CAMPAIGNS, Campaign, Result
from hostile.__main__ import Part


def fine(_: float, __: int) -> Result:
    return Result({"documents": 3}, [])


def wrong(_: float, __: int) -> Result:
    return Result({"documents": 4}, ["one is taken, and one refused"])


def skipped(_: float, __: int) -> Result:
    return Result({}, [], "no compiler is installed")


def broken(_: float, __: int) -> Result:
    raise RuntimeError


@pytest.mark.parametrize(
    ("runs", "code", "verdict"),
    [
        ([fine, fine], 0, "all agree"),
        ([wrong, fine], 1, "disagreements: 1 in a"),
        ([broken, fine], 1, "disagreements: 1 in a"),
        ([fine, wrong], 1, "disagreements: 1 in b"),
    ],
)
def test_every_part_of_the_fuzzing_runs(
    runs: list[Callable[[float, int], Result]],
    code: int,
    verdict: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    campaigns = {name: Campaign(f"part {name}", 1, run) for name, run in zip("ab", runs, strict=True)}
    for module in (fuzz, sys.modules["fuzz.campaigns"]):
        monkeypatch.setattr(module, "CAMPAIGNS", campaigns)
    monkeypatch.setattr(sys, "argv", ["fuzz", "--minutes", "1"])
    assert fuzz.main() == code
    printed = capsys.readouterr().out
    assert "a: part a: " in printed
    assert "b: part b: " in printed
    assert printed.endswith(f"{verdict}\n")


def test_a_part_that_is_skipped_says_why(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fuzz, "CAMPAIGNS", {"a": Campaign("part a", 1, skipped)})
    monkeypatch.setattr(sys, "argv", ["fuzz", "--minutes", "1"])
    assert fuzz.main() == 0
    assert capsys.readouterr().out.startswith("a: skipped: no compiler is installed")


def test_the_time_is_shared_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left of it when a part begins goes by the shares of that part and those after it."""
    given: dict[str, float] = {}
    now = 0.0

    def part(name: str, takes: float) -> Campaign:
        def run(seconds: float, _: int) -> Result:
            nonlocal now
            given[name] = seconds
            now += takes
            return Result({}, [])

        return Campaign(name, 2 if name == "a" else 1, run)

    parts = {name: part(name, takes) for name, takes in (("a", 10.0), ("b", 60.0), ("c", 5.0))}
    monkeypatch.setattr(fuzz, "CAMPAIGNS", parts)
    monkeypatch.setattr(time, "monotonic", lambda: now)
    monkeypatch.setattr(sys, "argv", ["fuzz", "--minutes", "1"])
    assert fuzz.main() == 0
    assert given == {"a": 30.0, "b": 25.0, "c": 0.0}


def test_the_campaigns_take_next_to_no_time_where_there_is_none() -> None:
    for name in ("expressions", "schemas"):
        assert not CAMPAIGNS[name].run(0.0, 7).wrong


def test_every_part_of_the_hostile_campaign_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def breached(_: Path) -> Iterator[str]:
        yield "a traceback"
        raise RuntimeError

    def quiet(_: Path) -> Iterator[str]:
        yield from ()

    def parts(_: list[str]) -> Iterator[Part]:
        yield Part("first", "fails", partial(breached))
        yield Part("second", "is quiet", partial(quiet))

    monkeypatch.setattr(hostile, "parts", parts)
    monkeypatch.setattr(sys, "argv", ["hostile"])
    assert hostile.main() == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[-3].split()[:4] == ["first:", "fails", "2", "breaches"]
    assert lines[-2].split()[:5] == ["second:", "is", "quiet", "0", "breaches"]
    monkeypatch.setattr(sys, "argv", ["hostile", "--part", "second"])
    assert hostile.main() == 0
    assert "first" not in capsys.readouterr().out
