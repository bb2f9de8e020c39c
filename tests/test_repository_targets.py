"""A user's repository: settings with targets, what they give, a lock beside them, and drift in words."""

from __future__ import annotations

import importlib
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from command import ROOT
from parlance.cli import main
from parlance.contract.json_schema import contract_schema
from pydantic import TypeAdapter, ValidationError

SPEC = ROOT / "tests" / "cases" / "spec" / "foreign-small"
TEMPLATES = ROOT / "tests" / "cases" / "templates"
OVERLAY = """\
overlay: 1.1.0
info: {title: The kiosk, version: '2025-03-01'}
id: kiosk
description: The kiosk on the square.
extends: corner
as-of: 2025-03-01
sources: [{source: the menu, date: 2025-03-01}]
actions:
  - target: $.components.schemas.Size.oneOf[?@.const == 'large']
    remove: true
    evidence: {source: the menu, date: 2025-03-01, says: one size}
"""
ORDER = {"drinks": [{"name": "tea", "size": "small"}], "guest": None}


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    assert isinstance(ended.value.code, int)
    return ended.value.code


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A repository with a package and a spec, and nothing else; the package can be imported."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [str(tmp_path / "src"), *sys.path])
    shutil.copytree(SPEC, tmp_path / "spec")
    (tmp_path / "src" / "app").mkdir(parents=True)
    (tmp_path / "src" / "app" / "__init__.py").touch()
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "app"\n')
    yield tmp_path
    for name in [name for name in sys.modules if name.partition(".")[0] == "app"]:
        del sys.modules[name]


def targets(*tables: str) -> None:
    """Settings with these targets."""
    text = "".join(f"[[target]]\n{table}\n" for table in tables)
    Path("parlance.toml").write_text(f'spec = "spec"\n{text}')


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below a folder, and when it was written."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def imported(name: str) -> Any:
    importlib.invalidate_caches()
    for known in [known for known in sys.modules if known.startswith("app.")]:
        del sys.modules[known]
    return importlib.import_module(name)


def takes(model: Any, value: Any) -> bool:
    try:
        TypeAdapter(model).validate_python(value)
    except ValidationError:
        return False
    return True


def test_a_repository_from_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "kiosk.yaml").write_text(OVERLAY)
    assert run("init", "--overlay", "kiosk.yaml") == 0
    settings = (project / "pyproject.toml").read_text()
    assert settings.startswith('[project]\nname = "app"\n\n[tool.parlance]\n# ')
    (project / "pyproject.toml").write_text(
        settings.replace("[tool.parlance]\n", '[tool.parlance]\nspec = "spec"\n', 1)
    )
    assert run("generate", "--check") == 1
    assert "nothing was generated here yet" in capsys.readouterr().out
    assert run("generate") == 0
    wire = imported("app.chat_wire")
    assert takes(wire.Order, ORDER)
    assert not takes(wire.Order, {"drinks": [{"name": "tea", "size": "large"}]})
    assert run("generate", "--check") == 0

    size = "  - target: $.components.schemas.Size.oneOf\n    update: {const: huge, description: A lot.}\n"
    evidence = "    evidence: {source: the menu, date: 2025-03-02, says: a new size}\n"
    with (project / "kiosk.yaml").open("a") as overlay:
        overlay.write(size + evidence)
    before = contents(project / "src")
    capsys.readouterr()
    assert run("generate", "--check") == 1
    out = capsys.readouterr().out.splitlines()
    change = 'compatible: order /drinks/*/size: "huge" is accepted (src/app/chat_wire)'
    assert out == [f"{change}: 1 file is stale, src/app/chat_wire/enums.py", "run: parlance generate"]
    assert contents(project / "src") == before
    assert run("generate") == 0
    after = contents(project / "src")
    assert {path for path in after if after[path] != before[path]} == {"app/chat_wire/enums.py"}
    wire = imported("app.chat_wire")
    assert takes(wire.Order, {"drinks": [{"name": "tea", "size": "huge"}]})
    assert run("generate", "--check") == 0


def test_two_runs_touch_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    targets('target = "models"\noutput = "src/app/wire"', 'target = "jsonschema"\noutput = "schemas"')
    assert run("generate") == 0
    before = contents(project)
    assert run("generate") == 0
    assert contents(project) == before
    (project / "parlance.lock").write_text((project / "parlance.lock").read_text() + "\n")
    shutil.rmtree(project / "schemas")
    assert run("generate") == 0
    after = contents(project)
    assert {path: each[0] for path, each in after.items()} == {path: each[0] for path, each in before.items()}
    assert {path for path in after if after[path] != before[path]} == {"schemas/order.schema.json", "parlance.lock"}
    assert "schemas/order.schema.json is missing" in capsys.readouterr().out


def test_a_property_that_sorts_first_renames_nothing(project: Path) -> None:
    targets('target = "models"\noutput = "src/app/wire"', 'target = "validators"\noutput = "src/app/checks"')
    assert run("generate") == 0
    before = contents(project / "src")
    place = project / "spec" / "schemas" / "order.yaml"
    field = "    aaa: {type: string, description: New.}\n    drinks:"
    place.write_text(place.read_text().replace("    drinks:", field, 1))
    assert run("generate") == 0
    after = contents(project / "src")
    assert after.keys() == before.keys()
    for path, (content, _) in before.items():
        kept = [line for line in content.decode().splitlines() if line.startswith(("class ", "def ", "    def "))]
        new = after[path][0].decode().splitlines()
        assert [line for line in kept if line not in new] == []


def test_what_was_edited_by_hand_is_reported_as_that(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    targets('target = "enums"\noutput = "src/app/sizes.py"')
    assert run("generate") == 0
    module = project / "src" / "app" / "sizes.py"
    generated = module.read_text()
    module.write_text(generated.replace("A quarter", "A half"))
    capsys.readouterr()
    assert run("generate", "--check") == 1
    assert capsys.readouterr().out == (
        "src/app/sizes.py was altered by hand: 1 file is stale, src/app/sizes.py\nrun: parlance generate\n"
    )
    assert run("generate", "--diff") == 1
    assert '+    """A quarter of a litre."""' in capsys.readouterr().out
    assert run("generate") == 0
    assert module.read_text() == generated


def test_what_is_not_ours_is_not_replaced(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    targets('target = "enums"\noutput = "src/app/sizes.py"')
    (project / "src/app/sizes.py").write_text("SIZES = 3\n")
    assert run("generate") == 2
    assert "src/app/sizes.py is in the way: it was not generated" in capsys.readouterr().err
    assert (project / "src/app/sizes.py").read_text() == "SIZES = 3\n"
    assert not (project / "parlance.lock").exists()


def test_what_a_target_made_goes_with_it(project: Path) -> None:
    targets('target = "enums"\noutput = "src/app/sizes.py"', 'target = "jsonschema"\noutput = "schemas"')
    assert run("generate") == 0
    targets('target = "enums"\noutput = "src/app/sizes.py"')
    assert run("generate") == 0
    assert not (project / "schemas").exists()
    assert (project / "src/app/sizes.py").exists()


@pytest.mark.parametrize(
    "form", ["output = 'src/app/wire'", "output = 'src/app/wire'\nimports = 'absolute'", "output = 'src/app/wire.py'"]
)
@pytest.mark.parametrize(
    ("options", "verdicts"),
    [
        ("", (True, False)),
        ("extra = 'forbid'\nenumerations = 'open'", (False, True)),
        ("extra = 'ignore'", (True, False)),
        ("extra = 'allow'\nenumerations = 'closed'", (True, False)),
    ],
)
def test_options_of_models(form: str, options: str, verdicts: tuple[bool, bool]) -> None:
    targets(f"target = 'models'\n{form}\n{options}")
    assert run("generate") == 0
    wire = imported("app.wire")
    assert takes(wire.Order, ORDER)
    more, other = {**ORDER, "tip": 1}, {"drinks": [{"name": "tea", "size": "giant"}]}
    assert (takes(wire.Order, more), takes(wire.Order, other)) == verdicts
    if verdicts[0]:
        kept = wire.Order.model_validate(more).model_dump()
        assert ("tip" in kept) is ("ignore" not in options)
    names = [name for name in sys.modules if name.startswith("app.wire.")]
    assert bool(names) is ("wire.py" not in form)
    text = Path("src/app/wire.py" if "wire.py" in form else "src/app/wire/models.py").read_text()
    assert ("from app.wire.model_records" in text) is ("absolute" in form)


@pytest.mark.parametrize("name", ["enums", "dicts", "params", "validators", "rules", "strategies"])
@pytest.mark.parametrize("imports", ["relative", "absolute"])
def test_every_module_can_be_imported_from_its_folder(name: str, imports: str) -> None:
    targets(f"target = '{name}'\noutput = 'src/app/wire'\nimports = '{imports}'")
    assert run("generate") == 0
    wire = imported("app.wire")
    assert all(hasattr(wire, each) for each in wire.__all__)
    assert wire.__all__


@pytest.mark.parametrize("rules", ["true", "false"])
def test_validators_have_rules_or_not(rules: str) -> None:
    shutil.rmtree("spec")
    shutil.copytree(SPEC.with_name("foreign-full"), "spec")
    targets(f"target = 'validators'\noutput = 'src/app/wire'\nrules = {rules}\nartifacts = ['observation-request']")
    assert run("generate") == 0
    wire = imported("app.wire")
    assert [*wire.ARTIFACTS] == ["observation-request"]
    assert Path("src/app/wire/rules.py").exists() is (rules == "true")


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ("target = 'model'\noutput = 'a'", "did you mean 'models'?"),
        ("target = 'models'", "parlance.toml:2: target.output is missing"),
        ("output = 'a'", "target is missing"),
        ("target = 'models'\noutput = '../a'", "is no place inside the repository"),
        ("target = 'models'\noutput = '.'", "is no place inside the repository"),
        ("target = 'models'\noutput = 'spec/a'\nspec = 'spec'", "lies in the folder of spec"),
        ("target = 'models'\noutput = 'a'\noverlay = 'none.yaml'", "overlay: there is no file none.yaml"),
        ("target = 'models'\noutput = 'a-b'\nimports = 'absolute'", "'a-b' is no name of a package"),
        ("target = 'models'\noutput = 'a'\nartifacts = ['request']", "corner has no artifact 'request'; it has order"),
        ("target = 'models'\noutput = 'a'\ndialect = 'cornr'", "there is no dialect 'cornr'; did you mean 'corner'?"),
        ("target = 'validators'\noutput = 'a.py'", "validators is no file a.py: name a folder"),
        ("target = 'jsonschema'\noutput = 'a.py'", "a folder, or a file that ends in .json"),
        ("target = 'models'\ntemplates = 'spec'\noutput = 'a'", "target and templates cannot be used together"),
        ("templates = 'none'\noutput = 'a'", "templates: there is no folder none"),
    ],
)
def test_a_target_that_cannot_be_made_names_its_line(
    table: str, problem: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(project)
    targets(table)
    assert run("generate") == 2
    err = capsys.readouterr().err
    assert problem in err
    assert "parlance.toml:" in err
    assert contents(project).keys() == {*before, "parlance.toml"}


def test_two_targets_do_not_write_one_file(capsys: pytest.CaptureFixture[str]) -> None:
    targets("target = 'enums'\noutput = 'a.py'", "target = 'dicts'\noutput = 'a.py'")
    assert run("generate") == 2
    assert "parlance.toml:5: a.py is written by two targets" in capsys.readouterr().err


def test_nothing_is_written_where_nobody_asked(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(project)
    assert run("generate", "--spec", "spec") == 2
    shown = capsys.readouterr()
    assert shown.out.startswith("would write enums, ")
    assert shown.out.endswith(" of corner to generated\n")
    assert "nothing was written" in shown.err
    assert contents(project) == before
    (project / "generated").mkdir()
    assert run("generate", "--spec", "spec", "--target", "enums") == 0


def test_settings_are_never_overwritten(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("init") == 0
    before = contents(project)
    assert run("init") == 2
    assert "pyproject.toml has settings of parlance already" in capsys.readouterr().err
    assert contents(project) == before
    (project / "pyproject.toml").unlink()
    assert run("init", "--output", "wire.py") == 0
    assert run("config") == 0
    assert '"output" = "wire.py"' in capsys.readouterr().out


def test_templates_make_another_language(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(TEMPLATES / "zod", project / "zod")
    targets("templates = 'zod'\noutput = 'web/wire'", f"templates = '{TEMPLATES / 'tables'}'\noutput = 'docs/wire'")
    assert run("generate") == 0
    assert (project / "web/wire/schemas.ts").read_text() == (TEMPLATES / "expected" / "schemas.ts").read_text()
    assert (project / "docs/wire/order.md").read_text() == (TEMPLATES / "expected" / "order.md").read_text()
    template = project / "zod" / "schemas.ts.j2"
    template.write_text(template.read_text() + "{{ contract.titel }}\n")
    capsys.readouterr()
    assert run("generate", "--check") == 2
    lines = template.read_text().count("\n")
    assert f"zod/schemas.ts.j2:{lines}: 'dict object' has no attribute 'titel'" in capsys.readouterr().err
    template.write_text(template.read_text().replace("contract.titel", "contract.title"))
    assert run("generate", "--check") == 1
    assert "zod changed: 1 file is stale, web/wire/schemas.ts" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("a.j2", "{% for x in contract %}", "a.j2:1: Unexpected end of template"),
        ("a.j2", "\n{{ contract.__class__.__mro__ }}", "a.j2:2: access to attribute"),
        ("a.j2", "{% include 'none.j2' %}", "a.j2:1: 'none.j2' not found"),
        ("{{ definition.nane }}.j2", "", "has no attribute 'nane'"),
        ("{{ '..%ca' % 47 }}.j2", "", "is no path inside the output folder"),
        ("a{{ definitions | length - 3 }}.j2", "{{ 1 // 0 }}", "a{{ definitions | length - 3 }}.j2:1: "),
    ],
)
def test_a_template_that_fails_names_its_line(
    name: str, text: str, problem: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "templates").mkdir()
    (project / "templates" / name).write_text(text)
    assert run("generate", "--spec", "spec", "--templates", "templates", "--output", "out") == 2
    assert problem in capsys.readouterr().err
    assert not (project / "out").exists()


def test_the_contract_has_a_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("generate", "--report-schema") == 0
    schema = json.loads(capsys.readouterr().out)
    assert json.loads(contract_schema()) == schema
    validator = jsonschema_rs.Draft202012Validator(schema)
    assert run("generate", "--spec", "spec", "--emit", "contract") == 0
    document = json.loads(capsys.readouterr().out)
    assert validator.is_valid(document)
    for path in sorted((ROOT / "generated" / "contract").glob("*.json")):
        written = json.loads(path.read_bytes())
        assert [str(error) for error in validator.iter_errors(written)] == [], path.name
        written["contract"]["definitions"][0]["kind"] = "Nonsense"
        assert not validator.is_valid(written)
