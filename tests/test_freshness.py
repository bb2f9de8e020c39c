"""What is generated is stale as soon as anything changes that took part in generating it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command import ROOT, environment
from parlance.dependencies import imported_files
from parlance.emit.lock import Lock, Output, digest
from parlance.generation import freshness
from parlance.generation.freshness import inputs, is_current
from parlance.generation.job import GenerationJob
from parlance.targets.registry import TARGETS

PACKAGE = ROOT / "generator" / "parlance"
SPEC = ROOT / "tests" / "cases" / "spec" / "foreign-small"
START = "pipeline.py"
PART = [path for path in imported_files(PACKAGE, START) if path.endswith(".py")]
PACKAGES = sorted({path.partition("/")[0] for path in PART})
LOADED = """
import json, sys, pathlib
import parlance.cli
before = {*sys.modules}
from parlance.emit.lock import Lock
from parlance.generation.job import GenerationJob
from parlance.pipeline import generate
from parlance.targets.registry import TARGETS
job = GenerationJob(spec=pathlib.Path(sys.argv[1]), output=pathlib.Path("none"), targets=tuple(TARGETS))
generate(job, Lock(), lambda *_: None, write=False)
names = [name for name in {*sys.modules} if name.startswith("parlance.")]
print(json.dumps([[sys.modules[name].__file__, name in before] for name in names]))
"""


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the tool's code, from which freshness is computed."""
    package = tmp_path / "parlance"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(freshness, "_PACKAGE", package)
    return package


def fresh(folder: Path) -> tuple[GenerationJob, Lock]:
    """An output that was just made, and its lock."""
    output = folder / "generated"
    output.mkdir()
    (output / "a.py").write_text("x = 1\n")
    targets = tuple(TARGETS)
    outputs = {"a.py": Output(digest(b"x = 1\n"), targets[0], "shop")}
    job = GenerationJob(spec=SPEC, output=output, targets=targets[:1])
    return job, Lock(inputs(job), outputs, {"shop": "shop"})


def test_every_module_that_generating_loads_takes_part(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, str(SPEC)],
        cwd=tmp_path, env=environment(), capture_output=True, text=True, check=True,
    )  # fmt: skip
    rows: list[tuple[str, bool]] = json.loads(done.stdout)
    paths = {Path(file).relative_to(PACKAGE).as_posix(): before for file, before in rows}
    assert {"regex/parser.py", "backends/editors.py", "pipeline.py"} <= paths.keys()
    assert {path for path, before in paths.items() if not before} <= {*PART}
    # What only prints makes nothing stale; what compiles schemas proves the examples of rules.
    assert not {"cli/main.py", "cli/lint_command.py", "cli/from_schema_command.py"} & {*PART}


def test_a_file_of_every_package_that_takes_part_makes_it_stale(copy: Path, tmp_path: Path) -> None:
    assert {"contract", "emit", "finding", "regex", "spec", "targets"} <= {*PACKAGES}
    job, lock = fresh(tmp_path)
    assert is_current(job, lock)
    for package in PACKAGES:
        first = copy / next(path for path in PART[::-1] if path.partition("/")[0] == package)
        before = first.read_bytes()
        first.write_bytes(before + b"# changed\n")
        assert not is_current(job, lock), package
        first.write_bytes(before)
        assert is_current(job, lock)
        first.rename(copy / "away")
        assert not is_current(job, lock), package
        (copy / "away").rename(first)


@pytest.mark.parametrize(
    "path",
    [
        *("python/violation.py", "python/typed_dict.py", "python/strategy/growth.py"),
        *("typescript/src/violation.ts", "typescript/src/verdict/engine.ts"),
    ],
)
def test_code_that_is_copied_takes_part_though_nothing_imports_it(path: str, copy: Path, tmp_path: Path) -> None:
    job, lock = fresh(tmp_path)
    module = copy / "runtime" / path
    before = module.read_bytes()
    module.write_bytes(before + b"# changed\n")
    assert not is_current(job, lock)
    module.write_bytes(before)
    assert is_current(job, lock)
    newcomer = module.with_stem("newcomer")
    newcomer.write_bytes(b"")
    assert not is_current(job, lock)
    newcomer.unlink()
    module.unlink()
    assert not is_current(job, lock)


@pytest.mark.parametrize(
    "line",
    [
        "from ..newcomer import words",
        "import parlance.newcomer.words",
        "from parlance.newcomer.words import WORD",
        "def late():\n    from .. import newcomer",
        "if TYPE_CHECKING:\n    from ..newcomer.words import WORD as W",
    ],
)
def test_a_new_package_cannot_be_forgotten(line: str, copy: Path, tmp_path: Path) -> None:
    job, lock = fresh(tmp_path)
    (copy / "newcomer").mkdir()
    (copy / "newcomer" / "__init__.py").write_text("from .words import WORD\n")
    (copy / "newcomer" / "words.py").write_text("WORD = 'a'\n")
    (copy / "newcomer" / "words.txt").write_text("a\n")
    assert is_current(job, lock), "nobody imports it yet"
    user = copy / "contract" / "build.py"
    user.write_text(f"{user.read_text('utf-8')}\n{line}\n", "utf-8")
    assert not is_current(job, lock)
    imported_files.cache_clear()
    (tmp_path / "again").mkdir()
    job, lock = fresh(tmp_path / "again")
    assert is_current(job, lock)
    assert {f"parlance/newcomer/{name}" for name in ("__init__.py", "words.py", "words.txt")} <= lock.inputs.keys()
    (copy / "newcomer" / "words.py").write_text("WORD = 'b'\n")
    assert not is_current(job, lock)


def test_a_lock_names_no_file_outside_of_the_tool(copy: Path, tmp_path: Path) -> None:
    job, lock = fresh(tmp_path)
    (copy.parent / "secret.py").write_text("x\n")
    outside = {**lock.inputs, "parlance/../secret.py": digest(b"x\n")}
    assert not is_current(job, Lock(outside, lock.outputs, lock.names))
    assert not is_current(job, Lock({}, lock.outputs, lock.names))
