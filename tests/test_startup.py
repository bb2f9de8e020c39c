"""What a run over one clean file does without: it is most of the time that such a run would take."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import yaml

NOT_LOADED: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "cases/not-loaded.yaml").read_text("utf-8"))

RUN = """
import sys
before = set(sys.modules)
from parlance.cli.main import cli
code = cli.main(sys.argv[1:], prog_name="parlance", standalone_mode=False)
print(*sorted(set(sys.modules) - before), sep="\\n")
sys.exit(code)
"""

CLEAN = {"model": "gpt-5.2", "messages": [{"role": "user", "content": "Hello"}]}


def loaded(folder: Path, document: object, *, code: int = 0) -> set[str]:
    """The modules that a run over one document loads."""
    file = folder / "request.json"
    file.write_text(json.dumps(document), "utf-8")
    arguments = [sys.executable, "-c", RUN, "validate", str(file)]
    done = subprocess.run(arguments, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    return set(done.stdout.splitlines())


def below(modules: set[str], name: str) -> list[str]:
    return sorted(one for one in modules if one == name or one.startswith(f"{name}."))


def test_a_clean_file_needs_few_modules(tmp_path: Path) -> None:
    modules = loaded(tmp_path, CLEAN)
    names = [*NOT_LOADED["standard library and others"], *NOT_LOADED["ours"]]
    assert {name: found for name in names if (found := below(modules, name))} == {}


def test_what_is_not_loaded_exists() -> None:
    assert [name for name in NOT_LOADED["ours"] if find_spec(name) is None] == []


def test_a_fault_loads_what_explains_it(tmp_path: Path) -> None:
    modules = loaded(tmp_path, {**CLEAN, "temperature": 9}, code=1)
    assert {"parlance.check.inspection", "parlance.finding.finding"} <= modules
    assert below(modules, "parlance.check.reports.sarif") == []
