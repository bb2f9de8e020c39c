"""The wheel holds all that the tool needs, and nothing that it has no claim to: it runs from an empty folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from parlance.cli.main import run
from parlance.folders import SNAPSHOT, spec_folder
from parlance.stopping import Stopping
from parlance_dialects import DIALECTS

ROOT = Path(__file__).parent.parent
SOURCES = ("pyproject.toml", "README.md", "LICENSE", "generator", "generated", "spec", "templates")
VERSION: str = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
CACHES = shutil.ignore_patterns("__pycache__", ".*")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the wheel, and no other, brings."""
    work = tmp_path_factory.mktemp("wheel")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, work / "source" / name, ignore=CACHES)
        else:
            (work / "source").mkdir(exist_ok=True)
            shutil.copy(ROOT / name, work / "source" / name)
    _run(["-m", "build", "--wheel", "--no-isolation", "--outdir", str(work), str(work / "source")], cwd=work)
    (wheel,) = work.glob("*.whl")
    target = work / "installed"
    _run(["-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(target), str(wheel)], cwd=work)
    shutil.rmtree(work / "source")
    return target


@pytest.fixture
def tool(installed: Path, tmp_path: Path) -> Callable[..., str]:
    """The installed tool, run in an empty folder; what it must not find is the checkout."""
    program = f"""
import parlance, parlance_dialects
for package in (parlance, parlance_dialects):
    assert package.__file__.startswith({str(installed)!r}), package.__file__
from parlance.cli import main
main()
"""
    assert list(tmp_path.iterdir()) == []

    def typed(*arguments: str, code: int = 0) -> str:
        return _run(["-c", program, *arguments], tmp_path, code, str(installed))

    return typed


def _run(arguments: list[str], cwd: Path, code: int = 0, path: str = "") -> str:
    surroundings = {**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=surroundings, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def test_a_wheel_brings_two_packages_and_no_other_global_name(installed: Path) -> None:
    names = {path.name for path in installed.iterdir()} - {"bin"}
    assert names == {"parlance", "parlance_dialects", f"parlance-{VERSION}.dist-info"}
    assert [path.name for path in (installed / "bin").iterdir() if path.is_file()] == ["parlance"]


def test_a_wheel_holds_the_spec_the_templates_the_run_time_code_and_the_marks_of_types(installed: Path) -> None:
    assert (installed / "parlance" / "py.typed").is_file()
    assert (installed / "parlance_dialects" / "py.typed").is_file()
    for here, there in ((spec_folder(), "spec_data"), (ROOT / "templates", "templates")):
        assert _tree(installed / "parlance" / there) == _tree(here)
    assert (installed / "parlance" / SNAPSHOT).read_bytes() == (ROOT / "generated" / SNAPSHOT).read_bytes()
    assert _tree(installed / "parlance" / "runtime") == _tree(ROOT / "generator" / "parlance" / "runtime")
    assert _tree(installed / "parlance_dialects") == _tree(ROOT / "generated" / "python" / "parlance_dialects")


def test_the_installed_tool_starts_from_the_snapshot(installed: Path, tmp_path: Path) -> None:
    program = "from parlance.spec_source import SpecSource\nprint(SpecSource().load().is_proven)"
    assert _run(["-c", program], tmp_path, path=str(installed)) == "True\n"


def _tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.relative_to(folder).parts[0].startswith(".")
    }


def test_it_prints_its_version(tool: Callable[..., str]) -> None:
    assert tool("--version") == f"parlance {VERSION}\n"


def test_it_validates(tool: Callable[..., str]) -> None:
    examples = spec_folder() / "examples"
    tool("validate", str(examples / "request-hello.json"))
    wrong = tool("validate", str(examples / "wrong-request.json"), code=1)
    assert "did you mean 'temperature'?" in wrong


def test_it_validates_as_of_a_day(tool: Callable[..., str], tmp_path: Path) -> None:
    """For this it reads the spec that it brings, and compiles validators from the templates that it brings."""
    payload = {"model": "gpt-5", "messages": [{"role": "user", "content": "Hello"}], "verbosity": "low"}
    (tmp_path / "payload.json").write_text(json.dumps(payload), "utf-8")
    tool("validate", "--dialect", "openai@2025-08-07", "payload.json")
    refused = tool("validate", "--dialect", "openai@2025-03-01", "payload.json", code=1)
    assert "'verbosity'" in refused


def test_it_knows_its_dialects(tool: Callable[..., str]) -> None:
    listed = tool("dialects")
    assert [name for name in DIALECTS if name not in listed] == []
    shown = tool("dialects", "show", "kluster-2024-10")
    assert "kluster.ai" in shown
    assert "temperature" in shown


def test_it_has_the_code_of_the_checkout(installed: Path) -> None:
    ours = _tree(ROOT / "generator" / "parlance")
    assert {path: content for path, content in _tree(installed / "parlance").items() if path in ours} == ours


def test_it_generates_what_the_checkout_does(tool: Callable[..., str], tmp_path: Path) -> None:
    """One dialect: the code is the same, so that only what it finds beside itself could differ."""
    name = "kluster-2024-10"
    tool("generate", "--dialect", name, "--output", "out")
    assert run(("generate", "--dialect", name, "--output", str(tmp_path / "expected")), Stopping()) == 0
    made, expected = _tree(tmp_path / "out"), _tree(tmp_path / "expected")
    # The lock names the inputs by where they are, which differs between a wheel and a checkout.
    del made["parlance.lock"], expected["parlance.lock"]
    assert made == expected
    kept = _tree(ROOT / "generated")
    apart = {path for path in made if path.startswith(("contract/", "jsonschema/", "openapi/")) and name in path}
    assert len(apart) > 5
    assert [path for path in apart if made[path] != kept[path]] == []
