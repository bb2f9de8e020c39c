"""An environment for a Python and a choice of dependencies, and a run of the tests in it."""

from __future__ import annotations

import subprocess
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

from .bounds import lowest
from .interpreters import Interpreter

__all__ = ["DEPENDENCIES", "FOLDER", "ROOT", "Counts", "constraints", "dialects", "project", "run"]

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".venvs"
DEPENDENCIES = ("newest", "lowest")
_OPTIONS = ("--numprocesses", "2", "--dist", "worksteal", "-p", "no:cacheprovider")


class Counts(NamedTuple):
    """What became of the tests of a run."""

    passed: int
    failed: int
    skipped: int

    def __str__(self) -> str:
        """The counts as pytest words them."""
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"

    @property
    def ok(self) -> bool:
        """Whether tests ran, and none failed."""
        return self.passed > 0 and self.failed == 0


def project() -> dict[str, Any]:
    """The table `project` of `pyproject.toml`."""
    return _table(ROOT)


def dialects() -> dict[str, Any]:
    """The same of the distribution that is generated."""
    return _table(ROOT / "generated" / "python")


def _table(folder: Path) -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]
    return table


def run(interpreter: Interpreter, dependencies: str) -> Counts | str:
    """The counts of a run in a fresh environment, or why there are none."""
    name = f"{interpreter.series}-{dependencies}"
    environment = FOLDER / name
    report = FOLDER / f"{name}.xml"
    report.unlink(missing_ok=True)
    try:
        _make(interpreter, environment, constraints(name) if dependencies == "lowest" else ())
    except subprocess.CalledProcessError as error:
        return f"no environment: {Path(error.cmd[0]).name} ended with exit code {error.returncode}"
    python = environment / "bin" / "python"
    # Failed tests are in the report, which is not there if pytest itself failed.
    done = subprocess.run([python, "-m", "pytest", *_OPTIONS, f"--junitxml={report}"], cwd=ROOT, check=False)
    if not report.exists():
        return f"no report: pytest ended with exit code {done.returncode}"
    return counted(report)


def _make(interpreter: Interpreter, environment: Path, limits: Sequence[str]) -> None:
    subprocess.run([interpreter.path, "-m", "venv", "--clear", environment], check=True)
    install = [str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    editable = ["--editable", "./generated/python", "--editable", ".[dev]"]
    subprocess.run([*install, *limits, *editable], cwd=ROOT, check=True)


def constraints(name: str) -> tuple[str, str]:
    """Options of pip, and the file that they name, which hold it to the lowest versions."""
    path = FOLDER / f"{name}.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lowest(project(), dialects())), "utf-8")
    return "--constraint", str(path)


def counted(report: Path) -> Counts:
    """The counts in a report in JUnit's format."""
    suites = [*ET.parse(report).getroot().iter("testsuite")]  # noqa: S314 - pytest has just written it
    tests, failures, errors, skipped = (
        sum(int(suite.attrib[name]) for suite in suites) for name in ("tests", "failures", "errors", "skipped")
    )
    return Counts(tests - failures - errors - skipped, failures + errors, skipped)
