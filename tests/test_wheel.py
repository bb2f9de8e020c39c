"""The wheels hold all that the tool needs, and nothing that they have no claim to: it runs from an empty folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
import venv
from collections.abc import Callable
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from parlance.cli.main import run
from parlance.extras import DISTRIBUTION
from parlance.folders import SNAPSHOT, shipped_bytes, spec_folder
from parlance.stopping import Stopping
from parlance_dialects import DIALECTS

ROOT = Path(__file__).parent.parent
SOURCES = (
    *("pyproject.toml", "hatch_build.py", "README.md", "LICENSE"),
    *("generator", "spec", "templates", "generated/snapshot"),
)
VERSION: str = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
CACHES = shutil.ignore_patterns("__pycache__", ".*")
OTHERS = {"click", "pathspec", "python-jsonpath", "pyyaml"}
"""What the tool needs of others to check payloads."""


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Both distributions, built from copies of what they are made of; that of the tool first."""
    work = tmp_path_factory.mktemp("wheels")
    for name in SOURCES:
        copy = work / "source" / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy, ignore=CACHES)
        else:
            shutil.copy(ROOT / name, copy)
    for source in (work / "source", ROOT / "generated/python"):
        _run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(work), str(source)], cwd=work)
    shutil.rmtree(work / "source")
    return sorted(work.glob("*.whl"))


@pytest.fixture(scope="module")
def environment(wheels: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with both distributions and what they need, which comes from this one: there is no network."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    install = ["install", "--quiet", "--no-deps", "--no-index", "--no-compile"]
    python = str(folder / "bin" / "python")
    _run([sys.executable, "-m", "pip", "--python", python, *install, *map(str, wheels)], cwd=folder)
    for name in OTHERS:
        files = distribution(name).files or ()
        for file in files:
            copy = _packages(folder) / file
            if ".." not in file.parts and file.suffix != ".pyc":
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(file.locate(), copy)
    return folder


@pytest.fixture(scope="module")
def installed(environment: Path) -> Path:
    """The folder that the two distributions were installed into."""
    return _packages(environment)


@pytest.fixture
def tool(installed: Path, tmp_path: Path) -> Callable[..., str]:
    """The installed tool beside all extras, run in an empty folder; what it must not find is the checkout."""
    program = f"""
import parlance, parlance_dialects
for package in (parlance, parlance_dialects):
    assert package.__file__.startswith({str(installed)!r}), package.__file__
from parlance.cli import main
main()
"""
    assert list(tmp_path.iterdir()) == []

    def typed(*arguments: str, code: int = 0) -> str:
        return _run([sys.executable, "-c", program, *arguments], tmp_path, code, str(installed))

    return typed


@pytest.fixture
def lean(environment: Path, tmp_path: Path) -> Callable[..., str]:
    """The installed command, in an environment without any extra."""

    def typed(*arguments: str, code: int = 0) -> str:
        return _run([str(environment / "bin" / "parlance"), *arguments], tmp_path, code)

    return typed


def _packages(environment: Path) -> Path:
    return environment / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"


def _run(command: list[str], cwd: Path, code: int = 0, path: str = "") -> str:
    """What a command prints, which ends with this code."""
    surroundings = {**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": ""}
    done = subprocess.run(command, cwd=cwd, env=surroundings, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout + (done.stderr if code == 2 else "")


def test_the_wheels_bring_a_package_each_and_no_other_global_name(environment: Path, installed: Path) -> None:
    information = {"chat_parlance": "parlance", "parlance_dialects": "parlance_dialects"}
    for name, package in information.items():
        (record,) = installed.glob(f"{name}-{VERSION}.dist-info/RECORD")
        names = {line.split("/", 1)[0] for line in record.read_text("utf-8").splitlines()}
        assert names - {".."} == {package, record.parent.name}
        assert (record.parent / "licenses" / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
    commands = {
        path.name
        for path in (environment / "bin").iterdir()
        if not path.name.lower().startswith(("python", "activate"))
    }
    assert commands == {"parlance"}


def test_checking_needs_six_distributions(installed: Path) -> None:
    """Those that the fixture put there: no other is asked for."""
    asked = {
        requirement.name
        for name in (DISTRIBUTION, *OTHERS)
        for line in distribution(name).requires or ()
        if not (requirement := Requirement(line)).marker or requirement.marker.evaluate({"extra": ""})
    }
    assert asked == {"parlance-dialects", *OTHERS}
    assert len([*installed.glob("*.dist-info")]) == 6


def test_it_checks_payloads_without_extras(lean: Callable[..., str], tmp_path: Path) -> None:
    payload = {"model": "gpt-5", "messages": [{"role": "user", "content": "Hello"}], "verbosity": "low"}
    (tmp_path / "payload.json").write_text(json.dumps(payload), "utf-8")
    lean("lint", "payload.json")
    assert "'verbosity'" in lean("lint", "--dialect", "openai@2025-03-01", "payload.json", code=1)
    schema = {"type": "object", "properties": {"depth": {"type": "number"}}}
    asked = {**payload, "response_format": {"type": "json_schema", "json_schema": {"name": "tide", "schema": schema}}}
    answer = json.loads((spec_folder() / "examples" / "response-plain.json").read_text("utf-8"))
    answer["choices"][0]["message"]["content"] = '{"depth": "3 m"}'
    (tmp_path / "pair.json").write_text(json.dumps({"request": asked, "response": answer}), "utf-8")
    assert "misfit-content" in lean("lint", "--as", "exchange", "pair.json")


@pytest.mark.parametrize(
    ("extra", "arguments"),
    [
        ("generate", "generate --output out"),
        ("generate", "generate --from-schema payload.json --output out.py"),
        ("strategies", "sample"),
        ("lsp", "lsp"),
        ("arrow", "lint --column body rows.parquet"),
    ],
)
def test_without_an_extra_a_command_says_what_to_install(
    lean: Callable[..., str], tmp_path: Path, extra: str, arguments: str
) -> None:
    (tmp_path / "payload.json").write_text('{"type": "object", "required": ["a"]}', "utf-8")
    (tmp_path / "rows.parquet").write_bytes(b"PAR1")
    before = {path.name for path in tmp_path.iterdir()}
    assert lean(*arguments.split(), code=2) == f"error: needs `pip install 'chat-parlance[{extra}]'`\n"
    assert {path.name for path in tmp_path.iterdir()} == before


def test_models_and_strategies_say_what_to_install(environment: Path, tmp_path: Path) -> None:
    program = """
from parlance_dialects import openai
assert openai.is_valid_request({}) is False
for name in ("CreateChatCompletionRequest", "strategies"):
    try:
        getattr(openai, name)
    except ModuleNotFoundError as error:
        print(error)
"""
    assert _run([str(environment / "bin" / "python"), "-c", program], tmp_path).splitlines() == [
        "parlance_dialects.openai_2026_11.models needs `pip install 'parlance-dialects[pydantic]'`",
        "parlance_dialects.openai_2026_11.strategies needs `pip install 'parlance-dialects[strategies]'`",
    ]


def test_the_wheels_hold_the_spec_the_templates_the_run_time_code_and_the_marks_of_types(installed: Path) -> None:
    assert (installed / "parlance" / "py.typed").is_file()
    assert (installed / "parlance_dialects" / "py.typed").is_file()
    for here, there in ((spec_folder(), "spec_data"), (ROOT / "templates", "templates")):
        assert _tree(installed / "parlance" / there) == _tree(here)
    assert shipped_bytes(installed / "parlance" / SNAPSHOT) == (ROOT / "generated" / SNAPSHOT).read_bytes()
    assert _tree(installed / "parlance" / "runtime") == _tree(ROOT / "generator" / "parlance" / "runtime")
    assert _tree(installed / "parlance_dialects") == _tree(ROOT / "generated" / "python" / "parlance_dialects")


def test_the_installed_tool_starts_from_the_snapshot(installed: Path, tmp_path: Path) -> None:
    program = "from parlance.spec_source import SpecSource\nprint(SpecSource().load().is_proven)"
    assert _run([sys.executable, "-c", program], tmp_path, path=str(installed)) == "True\n"


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
    """One dialect: code and templates are the same, so that only what it finds beside itself could differ."""
    name, targets = "kluster-2024-10", ("contract", "enums", "jsonschema", "markdown", "openapi")
    order = ("generate", "--dialect", name, *(word for target in targets for word in ("--target", target)))
    tool(*order, "--output", "out")
    assert run((*order, "--output", str(tmp_path / "expected")), Stopping()) == 0
    made, expected = _tree(tmp_path / "out"), _tree(tmp_path / "expected")
    # The lock names the inputs by where they are, which differs between a wheel and a checkout.
    del made["parlance.lock"], expected["parlance.lock"]
    assert made == expected
    kept = _tree(ROOT / "generated")
    apart = {path for path in made if path.startswith(("contract/", "jsonschema/", "openapi/")) and name in path}
    assert len(apart) > 5
    assert [path for path in apart if made[path] != kept[path]] == []
