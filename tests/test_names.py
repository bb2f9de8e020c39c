"""One name stands for one thing in the whole generator: class names and the names of modules."""

from __future__ import annotations

import ast
from collections import defaultdict
from functools import cache
from typing import Any

import pytest
import yaml
from command import ROOT

CASES: dict[str, Any] = yaml.load((ROOT / "tests" / "cases" / "names.yaml").read_text("utf-8"), yaml.CSafeLoader)
PACKAGE = ROOT / "generator" / "parlance"
KINDS = ("classes", "modules")


@cache
def shared(kind: str) -> dict[str, list[str]]:
    """Each name that several things have, with the files that they stand in."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(PACKAGE.rglob("*.py")):
        file = path.relative_to(PACKAGE).as_posix()
        if kind == "modules":
            found[path.stem].append(file)
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                found[node.name.lstrip("_")].append(file)
    return {name: files for name, files in found.items() if len(files) > 1}


def allowed(kind: str) -> dict[str, str]:
    """The names that may be shared, and why."""
    return {name: row["reason"] for row in CASES["allowed"][kind] for name in row["names"]}


@pytest.mark.parametrize("kind", KINDS)
def test_no_name_stands_for_several_things(kind: str) -> None:
    exceptions = {*allowed(kind), *CASES["to-do"][kind]}
    assert {name: files for name, files in shared(kind).items() if name not in exceptions} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_that_is_one_thing_leaves_the_lists(kind: str) -> None:
    listed = [*allowed(kind), *CASES["to-do"][kind]]
    assert sorted(listed) == sorted({*listed})
    assert [name for name in listed if name not in shared(kind)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_exception_has_a_reason(kind: str) -> None:
    assert all(allowed(kind).values())
