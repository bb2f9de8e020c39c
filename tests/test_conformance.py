"""The official JSON Schema Test Suite: every test passes but those that `conformance/known.yaml` gives a reason for.

`make conformance` runs it by other validators, too, and writes docs/conformance.md.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conformance.agreement import agree
from conformance.known import differences
from conformance.ours import loaded, module_of
from conformance.peers import OURS
from conformance.scores import Failure, Score, scores
from conformance.suite import DRAFTS, FOLDER, Case, cases
from conformance.table import PAGE, own_cells
from parlance.finding.shape import is_array

ALL = [case for draft in DRAFTS for case in cases(draft)]
VARIED = (
    *("additionalProperties", "anyOf", "contains", "dependentSchemas", "dynamicRef", "enum", "if-then-else"),
    *("multipleOf", "oneOf", "pattern", "properties", "ref", "unevaluatedItems", "unevaluatedProperties"),
    *("uniqueItems", "uri", "regex", "idn-hostname", "date-time"),
)
"""Of these files the longest module is given to the type checkers."""


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Case]:
    """The module of every case, as a file."""
    folder = tmp_path_factory.mktemp("modules")
    written: dict[Path, Case] = {}
    for number, case in enumerate(ALL):
        path = folder / f"module_{number}.py"
        path.write_text(module_of(case), "utf-8")
        written[path] = case
    return written


@pytest.fixture(scope="module")
def found() -> list[Score]:
    """How our modules do."""
    return list(scores([OURS]))


def test_the_suite_is_there_whole() -> None:
    assert FOLDER.is_dir(), "run make, which downloads the suite"
    counts = {(case.draft, case.group): 0 for case in ALL}
    for case in ALL:
        counts[case.draft, case.group] += len(case.tests)
    assert counts["draft2020-12", "required"] == 1257
    assert counts["draft2019-09", "required"] == 1227
    assert counts["draft7", "required"] == 913


def test_every_test_passes_that_is_not_known_to_fail(found: list[Score]) -> None:
    failures: list[Failure] = [failure for score in found for failure in score.failures[OURS]]
    assert not [failure for failure in failures if failure.group == "required"]
    assert differences(failures) == []


def test_the_page_says_what_the_run_gives(found: list[Score]) -> None:
    ours = [(score.file, str(score.total), f"{score.passed(OURS):,}") for score in found]
    assert own_cells(PAGE.read_text("utf-8")) == ours, "run make conformance"


def test_there_are_findings_exactly_for_what_is_not_valid(modules: dict[Path, Case]) -> None:
    for path, case in modules.items():
        module = loaded(path.read_text("utf-8"))
        for test in case.tests:
            found = list(module["check"](test["data"]))
            assert (not found) is module["is_valid"](test["data"]), (case.description, test["description"])
            assert all(_leads_somewhere(test["data"], violation) for violation in found), found


def _leads_somewhere(value: Any, violation: Any) -> bool:
    """Whether the pointer of a finding leads to a part of the value."""
    for token in violation.pointer.split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
        value = value[int(key)] if is_array(value) else value[key]
    return bool(violation.message)


def test_random_schemas_mean_the_same_to_others() -> None:
    tally = agree(seed=4, schemas=60)
    assert tally.disagreements == ()
    assert tally.values == 1500


def test_the_modules_are_clean_and_typed(modules: dict[Path, Case], tmp_path: Path, mypy_cache: Path) -> None:
    folder = next(iter(modules)).parent
    _run("ruff", "check", "--isolated", "--quiet", str(folder))
    chosen = [str(_longest(modules, file)) for file in VARIED]
    _run("mypy", "--strict", "--config-file=", f"--cache-dir={mypy_cache}", *chosen)
    (tmp_path / "pyrightconfig.json").write_text(json.dumps({"typeCheckingMode": "strict", "include": chosen}))
    _run("pyright", "--project", str(tmp_path))


def _longest(modules: dict[Path, Case], file: str) -> Path:
    return max((path for path, case in modules.items() if case.file == file), key=lambda path: path.stat().st_size)


def _run(tool: str, *arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", tool, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_module_imports_nothing_but_the_standard_library(modules: dict[Path, Case]) -> None:
    for path in modules:
        lines = {line.strip().partition("  #")[0] for line in _imports(path.read_text("utf-8"))}
        lines = {line for line in lines if not line.startswith("from collections.abc import ")}
        first = {"from __future__ import annotations", "from typing import TypeAlias"}
        assert first <= lines <= first | {"import re", "import unicodedata", "from bisect import bisect_right"}


def _imports(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if line.strip().startswith(("import ", "from ")))
