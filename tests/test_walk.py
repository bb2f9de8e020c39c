"""The walk through the code in CONTRIBUTING names functions that exist, and that call each other in two real runs."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType

import pytest
from command import ROOT
from parlance.cli.main import cli
from parlance.emit.lock import Lock
from parlance.generation.job import GenerationJob
from parlance.pipeline import generate
from parlance.targets.registry import TARGETS

PACKAGE = ROOT / "generator" / "parlance"
BEGINNING = f"{PACKAGE}{os.sep}"
PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
SECTION = PAGE.partition("## A walk through the code\n")[2].partition("\n## ")[0]
HOP = re.compile(r"^( *)\* `([\w/]+\.py)` `([\w.]+)`: \S.*\.$", re.MULTILINE)
CLASH = '{"model": "gpt-5.6-sol", "messages": [{"role": "user", "content": "Hello"}], "max_tokens": 5, "temprature": 1}'

Function = tuple[str, str]
"""A file under `generator/parlance`, and the qualified name of a function in it."""


def hops() -> Iterator[tuple[Function | None, Function]]:
    """Each function of the walk, with the one that is to call it; None before the first of a list."""
    above: list[Function] = []
    for indent, file, name in HOP.findall(SECTION):
        depth = len(indent) // 2
        above[depth:] = [(file, name)]
        yield above[depth - 1] if depth else None, (file, name)


HOPS = [*hops()]
CALLS = [(caller, function) for caller, function in HOPS if caller]
LISTED = {function for _, function in HOPS}


def _function(code: CodeType) -> Function | None:
    # Asked of every call there is: paths would take three quarters of the time.
    file = code.co_filename
    return (file[len(BEGINNING) :].replace(os.sep, "/"), code.co_qualname) if file.startswith(BEGINNING) else None


@contextmanager
def traced() -> Generator[set[tuple[Function, Function]]]:
    """Which functions of the walk called which, with none of the walk in between."""
    calls: set[tuple[Function, Function]] = set()

    def profile(frame: FrameType, event: str, _: object) -> None:
        function = _function(frame.f_code) if event == "call" else None
        if function not in LISTED:
            return
        caller = frame.f_back
        while caller is not None:
            outer = _function(caller.f_code)
            if outer in LISTED:
                calls.add((outer, function))
                return
            caller = caller.f_back

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        yield calls
    finally:
        sys.setprofile(before)


def _lint(folder: Path) -> None:
    file = folder / "file.json"
    file.write_text(CLASH)
    assert cli.main(["lint", str(file)], standalone_mode=False) == 1


def _generate(folder: Path) -> None:
    spec = ROOT / "tests" / "cases" / "spec" / "foreign-small"
    job = GenerationJob(spec=spec, output=folder / "generated", targets=tuple(TARGETS))
    generate(job, Lock(), _without_progress, write=True)


def _without_progress(_: str, _done: int, _all: int) -> None:
    pass


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[Function, Function]]:
    runs: tuple[Callable[[Path], None], ...] = (_lint, _generate)
    with traced() as found:
        for run in runs:
            run(tmp_path_factory.mktemp("walk"))
    return found


def test_every_line_of_the_walk_is_read() -> None:
    assert len(HOPS) == len(re.findall(r"^ *\* ", SECTION, re.MULTILINE))
    assert [function for caller, function in HOPS if caller is None] == [
        ("cli/lint_command.py", "lint"),
        ("pipeline.py", "generate"),
    ]
    assert len(LISTED) == len(HOPS)


@pytest.mark.parametrize(("caller", "function"), CALLS, ids=[f"{file}-{name}" for _, (file, name) in CALLS])
def test_a_function_is_called_by_the_one_above(
    caller: Function, function: Function, calls: set[tuple[Function, Function]]
) -> None:
    assert (caller, function) in calls


def test_a_walk_through_functions_that_do_not_call_each_other_is_noticed(
    calls: set[tuple[Function, Function]],
) -> None:
    assert all((function, caller) not in calls for caller, function in CALLS)
    assert (("cli/run.py", "Run.found"), ("check/engine.py", "judge")) not in calls
