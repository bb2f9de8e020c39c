"""`parlance generate`: every spec to the same bytes, drift in words, faults with a place and nothing written."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import shipped
from parlance.cli import main
from parlance.emit.lock import LOCK_NAME, read_lock
from parlance.folders import templates_folder
from parlance.generation.freshness import inputs
from parlance.generation.job import GenerationJob
from parlance.targets.registry import TARGETS

FOREIGN = Path(__file__).parent / "cases" / "spec"
SMALL = FOREIGN / "foreign-small"
FULL = FOREIGN / "foreign-full"


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    assert isinstance(ended.value.code, int)
    return ended.value.code


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with a copy of the small spec."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PARLANCE_OUTPUT", "generated")
    shutil.copytree(SMALL, tmp_path / "spec")
    return tmp_path


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is generated of the small spec."""
    folder = tmp_path_factory.mktemp("small")
    shutil.copytree(SMALL, folder / "spec")
    with contextlib.chdir(folder):
        assert run("generate", "--spec", "spec", "--output", "generated") == 0
    return folder / "generated"


@pytest.fixture
def generated(project: Path, output: Path) -> None:
    """In the folder to work in, what was generated of its spec."""
    shutil.copytree(output, project / "generated")


def generate(*arguments: object) -> int:
    return run("generate", "--spec", "spec", *arguments)


def edit(path: str, old: str, new: str) -> None:
    text = Path(path).read_text("utf-8")
    assert old in text
    Path(path).write_text(text.replace(old, new, 1), "utf-8")


def test_what_was_generated_is_up_to_date(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert generate() == 0
    before = contents(project / "generated")
    assert generate("--check") == 0
    assert generate() == 0
    assert generate("--diff") == 0
    assert contents(project / "generated") == before
    lock = read_lock(project / "generated")
    assert {*lock.outputs} == {*before} - {LOCK_NAME}
    assert {output.target for output in lock.outputs.values()} == {*TARGETS, None}
    lines = capsys.readouterr().out.splitlines()
    count = len(before) - 1
    assert lines == [
        f"{count} files for 1 dialect in generated: {count} new",
        f"generated is up to date: {count} files",
        f"{count} files for 1 dialect in generated: nothing changed",
    ]
    assert str(project).encode() not in b"".join(before.values())


def test_two_runs_give_the_same_bytes(project: Path) -> None:
    command = [
        sys.executable,
        "-c",
        "from parlance.__main__ import main; main()",
        "generate",
        "--spec",
        str(FULL),
        "--dialect=southern-2023",
        "--dialect=southern-2024",
        "--output",
    ]
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": seed}
        subprocess.run([*command, seed], env=environment, cwd=project, check=True, capture_output=True)
    assert contents(project / "1") == contents(project / "2")
    assert len(contents(project / "1")) > 30


def test_one_line_of_the_spec_changes_every_binding(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(project / "spec")
    shipped.copy_of_schemas(project / "spec", "PAR758", dialects=("openai-2024-06", "openai-2026-11"))
    targets = ["contract", "dicts", "enums", "jsonschema", "markdown", "openapi", "validators"]
    (project / "parlance.toml").write_text(f'dialects = ["openai-2024-06", "openai"]\ntargets = {targets}')
    assert generate() == 0
    before = contents(project / "generated")
    line = "    - {const: default, description: Standard price and speed.}\n"
    edit("spec/schemas/enums.yaml", line, f"{line}    - {{const: turbo, description: Faster still.}}\n")
    capsys.readouterr()
    assert generate("--check") == 1
    out = capsys.readouterr().out
    (line,) = (line for line in out.splitlines() if line.startswith("risky: response /service_tier:"))
    assert '"turbo" is accepted' in line
    assert "openai-2026-11" in line.rpartition("(")[2]
    assert out.splitlines()[-1] == "run: parlance generate --spec spec"
    assert contents(project / "generated") == before
    assert generate("--diff") == 1
    assert '+    TURBO = "turbo"\n' in capsys.readouterr().out
    assert generate() == 0
    after = contents(project / "generated")
    changed = {path for path in after if after[path] != before.get(path)}
    module = "python/parlance_dialects/openai_2026_11"
    assert changed >= {
        "contract/openai-2026-11.json",
        "jsonschema/openai-2026-11/request.schema.json",
        "markdown/openai-2026-11.md",
        "openapi/openai-2026-11.json",
        f"{module}/dicts.py",
        f"{module}/enums.py",
        f"{module}/validators.py",
    }
    assert generate("--check") == 0


@pytest.mark.usefixtures("generated")
def test_drift_is_reported_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    edit("spec/schemas/order.yaml", "maximum: 5,", "maximum: 4,")
    edit("spec/dialects/corner.yaml", "maximum: 3}", "minimum: 1}")
    capsys.readouterr()
    assert generate("--check") == 1
    out = capsys.readouterr().out.splitlines()
    assert out[:2] == [
        "breaking: order /drinks/*/sugar: minimum 0 becomes minimum 1 (corner)",
        "compatible: order /drinks/*/sugar: maximum 3 becomes maximum 4 (corner)",
    ]
    assert "files are stale, generated/" in out[-2]


@pytest.mark.usefixtures("generated")
def test_a_comment_in_the_spec_makes_nothing_stale(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(project / "generated")
    edit("spec/schemas/order.yaml", "Size:", "# a comment\nSize:")
    capsys.readouterr()
    assert generate("--check") == 0
    assert generate("--check", "--target", "enums") == 0
    up_to_date, note = capsys.readouterr().out.splitlines()[:2]
    assert up_to_date == f"generated is up to date: {len(before) - 1} files"
    assert note == "spec/schemas/order.yaml changed: no file comes out different"
    assert contents(project / "generated") == before


@pytest.mark.usefixtures("generated")
def test_a_file_changed_by_hand_is_found_and_fixed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = project / "generated/markdown/corner.md"
    text = page.read_bytes()
    page.write_bytes(text + b"by hand")
    edit("spec/schemas/order.yaml", "Size:", "# a comment\nSize:")
    capsys.readouterr()
    assert generate("--check") == 1
    by_hand = "markdown/corner.md was altered by hand: 1 file is stale, generated/markdown/corner.md\n"
    assert capsys.readouterr().out.startswith(by_hand)
    (project / "generated/README.md").unlink()
    assert generate("--check") == 1
    assert "markdown/corner.md was altered by hand\nREADME.md is missing\n2 files are" in capsys.readouterr().out
    assert generate() == 0
    assert page.read_bytes() == text


@pytest.mark.usefixtures("generated")
def test_part_of_a_stale_folder_is_not_called_altered_by_hand(capsys: pytest.CaptureFixture[str]) -> None:
    edit("spec/schemas/order.yaml", "const: large", "const: huge")
    capsys.readouterr()
    assert generate("--check", "--target", "enums") == 1
    assert capsys.readouterr().out.splitlines() == [
        "spec/schemas/order.yaml changed: 1 file is stale, generated/python/parlance_dialects/corner/enums.py",
        "run: parlance generate --target enums --spec spec",
    ]


def test_every_template_counts_as_an_input() -> None:
    templates = contents(templates_folder())
    job = GenerationJob(spec=SMALL, output=SMALL, targets=())
    assert {f"templates/{path}" for path in templates} <= inputs(job).keys()
    assert any(path.endswith(".jinja2") for path in templates)


def test_a_folder_without_a_lock_is_reported_as_such(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert generate("--check") == 1
    assert capsys.readouterr().out.startswith("nothing was generated here yet: ")
    assert generate() == 0
    (project / "generated" / LOCK_NAME).write_text("{")
    assert generate("--check") == 1
    assert "\nparlance.lock cannot be read: 1 file is stale" in capsys.readouterr().out
    (project / "generated" / LOCK_NAME).unlink()
    assert generate("--check") == 1
    assert capsys.readouterr().out.startswith("parlance.lock is missing: 1 file is stale")
    assert generate() == 0
    assert generate("--check") == 0


def test_what_the_spec_no_longer_has_is_removed(project: Path) -> None:
    assert run("generate", "--spec", FULL) == 0
    assert generate() == 0
    assert [path.name for path in (project / "generated/contract").iterdir()] == ["corner.json"]
    assert not (project / "generated/python/parlance_dialects/observatory_2025").exists()


LEFTOVERS = [
    ("jsonschema/corner/order.schema.json", "jsonschema/corner-2019/order.schema.json"),  # of a dialect
    ("contract/corner.json", "contract/corner-2019.json"),
    ("python/parlance_dialects/corner/rules.py", "python/parlance_dialects/corner_2019/rules.py"),
    ("python/parlance_dialects/corner/rules.py", "python/parlance_dialects/corner/ruled.py"),  # of a target
    ("python/parlance_dialects/rule.py", "python/parlance_dialects/role.py"),  # of the run time
    ("typescript/src/corner/rules.ts", "typescript/src/corner-2019/rules.ts"),
    ("README.md", "INDEX.md"),
]


@pytest.mark.parametrize(("made", "left"), LEFTOVERS)
@pytest.mark.usefixtures("generated")
def test_what_another_run_left_is_found_and_removed(
    made: str, left: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(project / "generated")
    (project / "generated" / left).parent.mkdir(exist_ok=True)
    shutil.copy(project / "generated" / made, project / "generated" / left)
    capsys.readouterr()
    assert generate("--check") == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{left} is left over from another run: 1 file is stale, generated/{left}",
        "run: parlance generate --spec spec",
    ]
    assert generate("--check", "--target", "enums") == 0
    assert generate() == 0
    assert ": 1 removed" in capsys.readouterr().out
    assert contents(project / "generated") == before
    assert generate("--check") == 0


OWN_FILES = [
    ("python/parlance_dialects/notes.py", "# Not by a generator.\n", True),
    ("README.txt", "See what is generated by parlance from spec/ here.\n" + "x" * 2000, True),
    ("contract/late.json", "{}" + " " * 2000 + "Generated by parlance from spec/", True),
    ("backup/contract/corner.json", "{header}", False),
    ("python/backup/parlance_dialects/rules.py", "{header}", False),
    ("python/tests/pyproject.toml", "# {header}", False),
    ("python/parlance_dialects/corner/__pycache__/rules.py", "{header}", False),
    ("typescript/node_modules/index.ts", "{header}", False),
    (".gitattributes", "{header}", False),
    ("python/parlance_dialects/.rules.py", "{header}", False),
]


@pytest.mark.usefixtures("generated")
def test_what_a_user_put_there_stays(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path, text, _ in OWN_FILES:
        file = project / "generated" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace("{header}", "# Code generated by parlance from spec/. DO NOT EDIT.\n"))
    capsys.readouterr()
    reported = {path for path, _, is_reported in OWN_FILES if is_reported}
    for arguments in (["--check"], [], ["--diff"]):
        assert generate(*arguments) == 0
        err = capsys.readouterr().err
        complaint = " was not generated; it belongs in another folder"
        assert {path for path, *_ in OWN_FILES if f"generated/{path}{complaint}" in err} == reported
    edit("spec/schemas/order.yaml", "maximum: 5,", "maximum: 4,")
    assert generate() == 0
    err = capsys.readouterr().err
    assert {path for path, *_ in OWN_FILES if path in err} == reported
    assert [path for path, *_ in OWN_FILES if not (project / "generated" / path).is_file()] == []


@pytest.mark.usefixtures("generated")
def test_a_link_and_a_partial_run_are_left_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "generated/contract/link.json").symlink_to("corner.json")
    assert generate("--check") == 0
    assert "contract/link.json was not generated" in capsys.readouterr().err
    (project / "generated" / LOCK_NAME).unlink()
    shutil.copy(project / "generated/contract/corner.json", project / "generated/contract/old.json")
    assert generate("--target", "contract") == 0
    assert (project / "generated/contract/old.json").is_file()
    assert generate() == 0
    assert not (project / "generated/contract/old.json").exists()
    assert (project / "generated/contract/link.json").is_symlink()


def test_a_partial_run_leaves_the_rest_alone(project: Path) -> None:
    assert run("generate", "--spec", FULL) == 0
    before = contents(project / "generated")
    assert run("generate", "--spec", FULL, "--dialect", "southern-2024", "--target", "enums") == 0
    assert contents(project / "generated") == before
    assert run("generate", "--spec", FULL, "--target", "jsonschema", "--output", "schemas") == 0
    assert {path.split("/")[0] for path in contents(project / "schemas")} == {"README.md", "jsonschema", LOCK_NAME}
    assert run("generate", "--spec", FULL, "--target", "jsonschema", "--output", "schemas", "--check") == 0
    assert run("generate", "--spec", FULL, "--target", "enums", "--output", "schemas", "--check") == 1


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_stands_alone(target: str, project: Path) -> None:
    assert run("generate", "--spec", FULL, "--target", target) == 0
    package = project / "generated/python"
    if package.exists():
        code = "import importlib, pkgutil, parlance_dialects as root\n"
        code += (
            "for each in pkgutil.walk_packages(root.__path__, 'parlance_dialects.'): importlib.import_module(each.name)"
        )
        subprocess.run([sys.executable, "-c", code], cwd=package, check=True)


@pytest.mark.usefixtures("generated")
def test_classes_are_loaded_when_they_are_asked_for(project: Path) -> None:
    code = """
import sys
from parlance_dialects import DEFAULT, DIALECTS, corner
assert (DEFAULT, DIALECTS) == ("corner", {"corner": "corner", "shop": "corner"})
assert "parlance_dialects.corner.validators" in sys.modules
assert not {"pydantic", "typing", "parlance_dialects.corner.enums"} & set(sys.modules)
assert corner.Size.SMALL == "small"
assert {"Size", "Order", "check_order", "ARTIFACTS"} <= {*dir(corner)}
assert corner.is_valid_order({"drinks": [{"name": "tea"}]})
assert corner.Order.model_validate({"drinks": [{"name": "tea"}]}).drinks[0].name == "tea"
try:
    corner.Nothing
except AttributeError:
    print("done")
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=project / "generated/python", check=True, capture_output=True, text=True
    )
    assert done.stdout == "done\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--target", "enumz"], "there is no target 'enumz'; did you mean 'enums'?"),
        (["--dialect", "cornr"], "there is no dialect 'cornr'"),
        (["--check", "--diff"], "--check and --diff cannot be used together"),
        (["--spec", "nowhere"], "nowhere"),
        (["--output", "."], "the output must be a folder of its own"),
        (["--output", "parlance.toml"], "parlance.toml is a file"),
        (["--output", "spec"], "spec lies in the folder of the spec"),
        (["--output", "spec/made"], "spec/made lies in the folder of the spec"),
        (["--output", "parlance.toml/made"], "parlance.toml/made cannot be written: "),
    ],
)
def test_a_wrong_argument_writes_nothing(
    arguments: list[str], message: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "parlance.toml").touch()
    before = contents(project)
    assert generate(*arguments) == 2
    assert message in capsys.readouterr().err
    assert contents(project) == before


@pytest.mark.usefixtures("generated")
def test_a_fault_of_the_spec_is_shown_where_it_stands(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(project / "generated")
    edit("spec/schemas/order.yaml", "'#/Size'", "'#/Sise'")
    assert generate() == 2
    err = capsys.readouterr().err
    assert "spec/schemas/order.yaml:" in err
    assert "PAR904" in err
    assert "^" in err
    assert contents(project / "generated") == before


@pytest.mark.parametrize("name", ["None", "class", "str", "TypedDict"])
def test_a_name_that_python_cannot_take_is_refused(
    name: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project / "spec/schemas/order.yaml"
    path.write_text(path.read_text("utf-8").replace("Drink", name), "utf-8")
    (project / "spec/dialects/corner.yaml").write_text(
        (project / "spec/dialects/corner.yaml").read_text("utf-8").replace("Drink", name), "utf-8"
    )
    assert generate() == 2
    err = capsys.readouterr().err
    assert "spec/schemas/order.yaml:" in err
    assert name in err
    assert not (project / "generated").exists()


def test_settings_come_from_the_nearest_file(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("PARLANCE_OUTPUT")
    (project / "pyproject.toml").write_text('[tool.parlance]\nspec = "spec"\noutput = "made"\ntargets = ["enums"]\n')
    (project / "deep").mkdir()
    os.chdir("deep")
    assert run("generate") == 0
    assert {path.split("/")[0] for path in contents(project / "made")} == {"README.md", "python", LOCK_NAME}
    assert run("generate", "--check") == 0
    (project / "deep/parlance.toml").write_text('outptu = "x"\n')
    assert run("generate") == 2
    assert "parlance.toml:1: there is no setting 'outptu'; did you mean 'output'?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("spec = 1", "spec must be a string"),
        ("targets = 'enums'", "targets must be a list"),
        ("spec = ", "parlance.toml"),
    ],
)
def test_broken_settings_are_refused(
    text: str, message: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "parlance.toml").write_text(text)
    assert run("generate") == 2
    assert message in capsys.readouterr().err


@pytest.mark.usefixtures("generated")
def test_a_check_that_finds_nothing_imports_nothing_heavy(project: Path) -> None:
    code = """
import sys
from parlance.cli import main
try:
    main(["generate", "--spec", "spec", "--check"])
finally:
    heavy = {"jinja2", "pydantic", "datamodel_code_generator", "yaml", "rich", "parlance.contract.ir"}
    assert not heavy & set(sys.modules), sys.modules
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", code], env=environment, cwd=project, check=True)


HOSTILE = 'a "q" \'s\' back\\slash """ {{ x }} {% raw %} #} | `tick` <b>&amp; \u202e é漢😀 end\\'


def test_hostile_text_arrives_unchanged(project: Path) -> None:
    """In descriptions, values, defaults, field names and patterns; the JSON of the spec is YAML too."""
    document = {
        "Drink": {
            "description": HOSTILE,
            "type": "object",
            "required": ["name"],
            "properties": {
                "name": {"$ref": "#/Word", "description": HOSTILE},
                "class": {"type": "string", "default": HOSTILE, "description": HOSTILE},
                HOSTILE: {"type": "string", "description": HOSTILE},
                "sugar": {"type": "integer", "minimum": 0, "maximum": 5, "description": HOSTILE},
            },
        },
        "Word": {
            "description": HOSTILE,
            "type": "string",
            "oneOf": [
                {"const": value, "description": HOSTILE}
                for value in (HOSTILE, "", "mro", "a-b", "a_b", "1", "é", '"""')
            ],
        },
        "Order": {
            "description": HOSTILE,
            "type": "object",
            "required": ["drinks"],
            "properties": {"drinks": {"type": "array", "items": {"$ref": "#/Drink"}, "description": HOSTILE}},
        },
    }
    (project / "spec/schemas/order.yaml").write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    assert generate() == 0
    code = """
import sys, json, inspect
from parlance_dialects import corner
hostile = json.loads(sys.argv[1])
assert corner.Word(hostile) == hostile and len(corner.Word) == 8
for thing in (corner.Word, corner.Drink, corner.Order):
    assert " ".join(hostile.split()) in " ".join(inspect.getdoc(thing).split()), thing
drink = {"name": hostile, hostile: hostile, "class": "x"}
assert corner.is_valid_order({"drinks": [drink]})
assert not corner.is_valid_order({"drinks": [{"name": hostile + "x"}]})
model = corner.Order.model_validate({"drinks": [drink]})
assert model.model_dump(mode="json", by_alias=True, exclude_unset=True) == {"drinks": [drink]}
"""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    subprocess.run(
        [sys.executable, "-c", code, json.dumps(HOSTILE)],
        env=environment,
        cwd=project / "generated/python",
        check=True,
    )
    schema = json.loads((project / "generated/jsonschema/corner/order.schema.json").read_text("utf-8"))
    assert HOSTILE in schema["$defs"]["Word"]["enum"]
    assert HOSTILE in schema["$defs"]["Drink"]["properties"]
    assert schema["$defs"]["Drink"]["properties"]["class"]["default"] == HOSTILE
