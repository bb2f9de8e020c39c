"""The environments that `make pythons` and `make lowest` try: which versions, which Pythons, what comes of a run."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from environments import runs
from environments.__main__ import exit_code
from environments.bounds import BoundsError, lowest, supported
from environments.interpreters import find
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
SERIES = f"{sys.version_info[0]}.{sys.version_info[1]}"


def project(*dependencies: str, **extras: list[str]) -> dict[str, Any]:
    return {"name": "parlance", "dependencies": [*dependencies], "optional-dependencies": extras}


@pytest.mark.parametrize(
    ("requirement", "constraint"),
    [
        ("click>=8.2", "click==8.2"),
        ("click >= 8.2, < 9", "click==8.2"),
        ("click>=8.2,!=8.2.2", "click==8.2"),
        ("click~=8.2.1", "click==8.2.1"),
        ("click==8.2", "click==8.2"),
        ("PyYAML>=6.0.3", "pyyaml==6.0.3"),
        ("pyright[nodejs]>=1.1.414", "pyright==1.1.414"),
        ('tomli>=2; python_version < "3.13"', 'tomli==2; python_version < "3.13"'),
        ("types-PyYAML>=6.0.12.20260101", "types-pyyaml==6.0.12.20260101"),
    ],
)
def test_the_lowest_version_is_the_bound_itself(requirement: str, constraint: str) -> None:
    assert lowest(project(requirement)) == [constraint]
    assert lowest(project(dev=[requirement])) == [constraint]


@pytest.mark.parametrize("requirement", ["click", "click<9", "click>8.2", "click!=8.2", "click==8.*", "click>=8,>=8.2"])
def test_a_requirement_has_one_lower_bound(requirement: str) -> None:
    with pytest.raises(BoundsError, match="must have one lower bound"):
        lowest(project(requirement))


def test_extras_may_repeat_a_bound_and_ask_for_each_other() -> None:
    table = project("click>=8.2", strategies=["hypothesis>=6.155"], dev=["parlance[strategies]", "Hypothesis>=6.155"])
    assert lowest(table) == ["click==8.2", "hypothesis==6.155"]


def test_two_bounds_on_one_package_are_an_error() -> None:
    with pytest.raises(BoundsError, match=r"hypothesis has two lower bounds: hypothesis>=6\.1 and hypothesis>=6\.2"):
        lowest(project(strategies=["hypothesis>=6.1"], dev=["hypothesis>=6.2"]))


def requirements() -> list[Requirement]:
    """All that the two distributions ask of others, extras included."""
    tables = [runs.project(), runs.dialects()]
    groups = [table["optional-dependencies"].values() for table in tables]
    lines = [*(line for table in tables for line in table["dependencies"])]
    lines += [line for values in groups for value in values for line in value]
    ours = {table["name"] for table in tables}
    return [each for each in map(Requirement, lines) if each.name not in ours]


def test_the_projects_own_bounds_can_be_reported() -> None:
    constraints = [Requirement(line) for line in lowest(runs.project(), runs.dialects())]
    assert {each.name for each in constraints} == {canonicalize_name(each.name) for each in requirements()}
    assert all(len(each.specifier) == 1 for each in constraints)


def test_what_is_installed_fits_the_pins() -> None:
    """A bound that is raised above its pin in `constraints.txt` would keep `make` from installing anything."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = {canonicalize_name(name): version for name, _, version in (line.partition("==") for line in lines)}
    for requirement in requirements():
        assert requirement.specifier.contains(pins[canonicalize_name(requirement.name)]), requirement


def test_the_tool_asks_for_the_dialects_that_were_made_with_it() -> None:
    table, dialects = runs.project(), runs.dialects()
    assert dialects["version"] == table["version"]
    lines = [*table["dependencies"], *(line for each in table["optional-dependencies"].values() for line in each)]
    asked = [each for each in map(Requirement, lines) if each.name == dialects["name"]]
    assert {str(each.specifier) for each in asked} == {f"=={table['version']}"}
    assert {extra for each in asked for extra in each.extras} == dialects["optional-dependencies"].keys()


def test_the_pythons_in_the_classifiers_are_those_that_are_supported() -> None:
    names = supported(runs.project())
    assert runs.project()["requires-python"] == f">={names[0]}"
    assert SERIES in names
    minors = [int(name.removeprefix("3.")) for name in names]
    assert minors == list(range(minors[0], minors[-1] + 1))
    classifiers = [f"Programming Language :: Python :: {name}" for name in ("3 :: Only", "3.9", "3.10", "3.11")]
    assert supported({"classifiers": classifiers}) == ["3.9", "3.10", "3.11"]


def script(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def test_an_interpreter_is_found_by_name_or_by_path(tmp_path: Path) -> None:
    good = tmp_path / "good"
    good.mkdir()
    name = f"python{SERIES}"
    (good / name).symlink_to(sys.executable)
    shims, other = tmp_path / "shims", tmp_path / "other"
    script(shims, name, "echo 'pyenv: command not found' >&2; exit 127")
    script(other, name, "echo 3 3 3.3.0")
    search_path = os.pathsep.join(map(str, [tmp_path / "missing", shims, other, good]))
    found = find(name, search_path)
    assert found is not None
    assert (found.path, found.series) == (good / name, SERIES)
    assert found.version.startswith(f"{SERIES}.")
    assert find(name, os.pathsep.join(map(str, [shims, other]))) is None
    assert find("python3.99", search_path) is None
    assert find(name, "") is None
    assert find(str(good / name), "") == found
    assert find(str(tmp_path / "missing" / name)) is None
    assert find(str(tmp_path / "good")) is None
    assert find(str(script(tmp_path, "silent", "exit 0"))) is None


@pytest.mark.parametrize(
    ("results", "code"),
    [
        ([runs.Counts(5, 0, 0)], 0),
        ([runs.Counts(5, 0, 1), runs.Counts(3, 0, 0)], 0),
        ([runs.Counts(5, 0, 0), runs.Counts(4, 1, 0)], 1),
        ([runs.Counts(0, 0, 5)], 1),
        ([runs.Counts(0, 0, 0)], 1),
        ([runs.Counts(5, 0, 0), "not found"], 2),
        ([runs.Counts(4, 1, 0), "not found"], 2),
        (["not found"], 2),
        ([], 2),
    ],
)
def test_only_tests_that_ran_and_passed_are_a_success(results: list[runs.Counts | str], code: int) -> None:
    assert exit_code(results) == code


def test_a_python_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.environments", "newest", "python3.99", str(tmp_path / "python3.98")],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stdout.endswith(
        f"python3.99, newest dependencies: not found\n{tmp_path / 'python3.98'}, newest dependencies: not found\n"
    )
    assert done.stderr == ""


def test_counts_are_those_of_the_report(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(
        "import pytest\n"
        "def test_a(): pass\n"
        "def test_b(): pass\n"
        "def test_c(): assert 0\n"
        "def test_d(): pytest.skip()\n"
        "@pytest.fixture\n"
        "def broken(): raise OSError\n"
        "def test_e(broken): pass\n"
        "@pytest.mark.xfail\n"
        "def test_f(): assert 0\n"
    )
    report = tmp_path / "report.xml"
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", f"--junitxml={report}"],
        cwd=tmp_path, env=surroundings, capture_output=True, check=False,
    )  # fmt: skip
    assert str(runs.counted(report)) == "2 passed, 2 failed, 2 skipped"


PYTHON_FILES = sorted(path for folder in ("generated", "generator", "tests") for path in (ROOT / folder).rglob("*.py"))


def test_all_code_is_of_the_oldest_grammar() -> None:
    """Whatever Python runs the tests."""
    major, minor = map(int, supported(runs.project())[0].split("."))
    assert len(PYTHON_FILES) > 200
    for path in PYTHON_FILES:
        ast.parse(path.read_bytes(), str(path), feature_version=(major, minor))


def test_newer_grammar_would_be_seen() -> None:
    with pytest.raises(SyntaxError):
        ast.parse("type Word = str", feature_version=(3, 11))
