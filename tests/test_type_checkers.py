"""What type checkers say of the types of the package, beside those of OpenAI's library: `cases/typing/uses.py.txt`."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from agreement.generated import GENERATED
from command import ROOT

USES = ROOT / "tests" / "cases" / "typing" / "uses.py.txt"
EXPECTED = {number for number, line in enumerate(USES.read_text("utf-8").splitlines(), 1) if line.endswith("# error")}




@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(USES, tmp_path / "uses.py")
    return tmp_path


def run(*arguments: str, folder: Path) -> str:
    """What a type checker prints that finds something."""
    variables = {**os.environ, "MYPYPATH": str(GENERATED / "python"), "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    program = [sys.executable, "-m", *arguments]
    done = subprocess.run(program, cwd=folder, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


def test_mypy_finds_what_is_wrong_and_nothing_else(folder: Path) -> None:
    cache = str(ROOT / ".mypy_cache")
    text = run("mypy", "--strict", "--no-error-summary", "--cache-dir", cache, "uses.py", folder=folder)
    found = {int(line): message for line, message in re.findall(r"(?m)^uses\.py:(\d+): error: (.*)$", text)}
    assert found.keys() == EXPECTED, text


def test_pyright_finds_what_is_wrong_and_nothing_else(folder: Path) -> None:
    settings = {"include": ["uses.py"], "extraPaths": [str(GENERATED / "python")], "typeCheckingMode": "strict"}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), "utf-8")
    text = run("pyright", "--outputjson", "--pythonpath", sys.executable, "--project", ".", folder=folder)
    found = {one["range"]["start"]["line"] + 1: one["message"] for one in json.loads(text)["generalDiagnostics"]}
    assert found.keys() == EXPECTED, found
