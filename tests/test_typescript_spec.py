"""The npm package of a user's spec: drift as for Python, other targets left alone, and it works."""

from __future__ import annotations

import json
import shutil
from importlib import import_module
from pathlib import Path

import pytest
from parlance.cli import main
from parlance.emit.lock import LOCK_NAME
from typescript.generated import built
from typescript.tools import ABSENT, is_installed, run

SPECS = Path(__file__).parent / "cases" / "spec"
TYPES = "typescript/src/corner/types.ts"

installed = pytest.mark.skipif(not is_installed(), reason=ABSENT)


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with a copy of the small spec."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(SPECS / "foreign-small", "spec")
    return tmp_path


def generate(*arguments: str, target: str = "typescript") -> int:
    with pytest.raises(SystemExit) as ended:
        main(["generate", "--spec", "spec", "--output", "out", "--target", target, *arguments])
    assert isinstance(ended.value.code, int)
    return ended.value.code


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def edit(path: str, old: str, new: str) -> None:
    text = Path(path).read_text("utf-8")
    assert old in text
    Path(path).write_text(text.replace(old, new, 1), "utf-8")


def test_it_is_what_the_spec_gives(project: Path) -> None:
    assert generate() == 0
    before = contents(project / "out")
    assert {path.split("/")[0] for path in before} == {"README.md", LOCK_NAME, "typescript"}
    assert {"typescript/README.md", "typescript/package.json", "typescript/src/shop.ts", TYPES} <= {*before}
    assert generate("--check") == 0
    assert generate() == 0
    assert contents(project / "out") == before


def test_a_line_of_the_spec_makes_it_stale(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert generate() == 0
    before = contents(project / "out")
    edit("spec/schemas/order.yaml", "maximum: 5,", "maximum: 4,")
    edit("spec/schemas/order.yaml", "const: large", "const: huge")
    capsys.readouterr()
    assert generate("--check") == 1
    assert capsys.readouterr().out.splitlines() == [
        f"spec/schemas/order.yaml changed: 2 files are stale, out/{TYPES} first",
        "run: parlance generate --target typescript --spec spec --output out",
    ]
    assert generate("--diff") == 1
    assert '+  HUGE: "huge",' in capsys.readouterr().out
    assert contents(project / "out") == before
    assert generate() == 0
    changed = {path for path, content in contents(project / "out").items() if content != before[path]}
    assert changed == {LOCK_NAME, TYPES, "typescript/src/corner/validators.ts"}


MADE = ["package.json", "README.md", "src/runtime/violation.ts", "src/corner/index.ts", "src/shop.ts"]


@pytest.mark.parametrize("path", MADE)
def test_a_file_changed_by_hand_is_found(path: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert generate() == 0
    file = project / "out" / "typescript" / path
    text = file.read_bytes()
    file.write_bytes(text + b"\n")
    capsys.readouterr()
    assert generate("--check") == 1
    assert f"typescript/{path} was altered by hand" in capsys.readouterr().out
    assert generate() == 0
    assert file.read_bytes() == text
    file.unlink()
    assert generate("--check") == 1
    assert f"typescript/{path} is missing" in capsys.readouterr().out


def test_another_version_of_the_tool_makes_it_stale(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert generate() == 0
    monkeypatch.setattr("parlance.generation.freshness.version", {"chat-parlance": "9.8.7"}.__getitem__)
    monkeypatch.setattr(import_module("parlance.targets.typescript.package"), "_VERSION", "9.8.7")
    assert generate("--check") == 1
    assert "version of parlance" in capsys.readouterr().out
    assert generate() == 0
    package = json.loads((project / "out/typescript/package.json").read_text("utf-8"))
    assert package["version"] == "9.8.7"
    assert "parlance-dialects-9.8.7.tgz" in (project / "out/typescript/README.md").read_text("utf-8")


def test_a_partial_run_leaves_other_targets_alone(project: Path) -> None:
    assert generate(target="enums") == 0
    before = contents(project / "out")
    assert generate() == 0
    after = contents(project / "out")
    assert {path for path in before if after.get(path) != before[path]} <= {LOCK_NAME, "README.md"}
    assert generate("--check", target="enums") == 0
    assert generate("--check") == 0
    assert generate(target="enums") == 0
    assert contents(project / "out") == after


def test_a_partial_run_of_one_dialect_keeps_the_others(project: Path) -> None:
    shutil.rmtree("spec")
    shutil.copytree(SPECS / "foreign-full", "spec")
    assert generate() == 0
    before = contents(project / "out")
    assert generate("--dialect", "southern-2024") == 0
    assert contents(project / "out") == before


USE = """
import { checkOrder, isValidOrder } from "./src/corner/index.js";
const good = { drinks: [{ name: "tea" }] };
const bad = { drinks: [{ name: "tea", sugar: 4 }, { sugar: 1 }] };
const rows = (found) => found.map(({ code, severity, pointer, message }) => [code, severity, pointer, message]);
const found = [isValidOrder(good), isValidOrder(bad), rows(checkOrder(good)), rows(checkOrder(bad))];
process.stdout.write(JSON.stringify(found));
"""


@installed
def test_the_package_of_one_dialect_compiles_and_checks(project: Path) -> None:
    assert generate("--dialect", "corner") == 0
    build = built(project / "js" / "src", project / "out" / "typescript").parent
    (build / "use.mjs").write_text(USE, "utf-8")
    is_good, is_bad, none, some = json.loads(run(build / "use.mjs"))
    assert (is_good, is_bad, none) == (True, False, [])
    expected = [("PAR107", "/drinks/0/sugar"), ("PAR101", "/drinks/1/name")]
    assert [(code, pointer) for code, _, pointer, _ in some] == expected


@installed
def test_other_specs_compile(project: Path) -> None:
    """Each is a folder of one package: most of what the compiler does is for its libraries."""
    package = project / "package"
    for spec in ("foreign-full", "foreign-unions", "edges"):
        shutil.rmtree("spec")
        shutil.copytree(SPECS / spec, "spec")
        assert generate() == 0
        shutil.copytree("out/typescript/src", package / "src" / spec)
        shutil.copy("out/typescript/tsconfig.json", package)
        shutil.rmtree("out")
    built(project / "js", package)
