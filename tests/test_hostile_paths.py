"""A name of a file or a folder is only a name: those in `cases/injection/paths.yaml` run nothing and change no verdict.

Each stands for a schema, a module, a resource, a folder, a spec, the files of a spec, documents, settings and reports.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import re
import shutil
import tokenize
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from hostile.campaign import prepare
from hostile.law import breaches, run, snapshot
from source_orders import orders
from test_injection import QUICKLY, spec_with

CASES = Path(__file__).parent / "cases" / "injection"
PATHS: dict[str, list[str]] = yaml.safe_load((CASES / "paths.yaml").read_text("utf-8"))  # libyaml refuses surrogates
NAMES = [name for names in PATHS.values() for name in names[:QUICKLY]]
PLAIN = "order"
HOSTILE_KEY = "x\\nopen('CANARY', 'w')\\n#"
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "An order",
    "$defs": {HOSTILE_KEY: {"const": "é"}},
    "properties": {
        "é": {"$ref": "#/$defs/x%5Cnopen('CANARY',%20'w')%5Cn%23"},
        "tea": {"$ref": "urn:example:tea"},
    },
}
TEA = {"const": "\\u0041 é"}
LINES = '{"model": "gpt-4.1", "messages": [{"role": "user", "content": "x"}], "max_tokens": 3, "temprature": 1}\n'
REPORTS = ("text", "concise", "json", "json-lines", "sarif", "github", "gitlab", "junit")


@pytest.fixture(scope="module", autouse=True)
def _imported() -> None:
    prepare()


def tried(arguments: Sequence[str], folder: Path, code: int = 0) -> str:
    """Run a command that must end as it should; what it printed on both streams."""
    done = run(arguments, folder)
    assert (done.code, breaches(done)) == (code, []), done
    assert not list(folder.rglob("CANARY"))
    return (done.out + done.err).decode()


# A module of a schema.


def made(folder: Path, name: str, *, again: bool = True) -> bytes:
    """The module of a schema where every file, folder and resource has the *name*; made *again*, it is the same."""
    home = folder / f"{name} folder"
    (folder / name).mkdir(parents=True)
    home.mkdir()
    (home / f"{name}.json").write_text(json.dumps(SCHEMA), "utf-8")
    (folder / name / f"{name} tea.json").write_text(json.dumps(TEA), "utf-8")
    order = ["generate", "--from-schema", f"{home.name}/{name}.json", "--allow-folder", f"./{name}"]
    order += ["--resource", f"urn:example:tea=./{name}/{name} tea.json", "--output", f"./{name}.py"]
    tried(order, folder)
    if again:
        assert "is up to date" in tried([*order, "--check"], folder)
        assert tried([*order, "--diff"], folder) == ""
    return (folder / f"{name}.py").read_bytes()


def comments(source: bytes) -> list[str]:
    return [token.string for token in tokenize.tokenize(io.BytesIO(source).readline) if token.type == tokenize.COMMENT]


def without_docstring(source: bytes) -> str:
    tree = ast.parse(source)
    assert ast.get_docstring(tree)
    del tree.body[0]
    return ast.dump(tree)


@pytest.fixture(scope="module")
def plain_module(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return made(tmp_path_factory.mktemp("plain"), PLAIN)


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_path_changes_nothing_but_a_docstring_of_a_module(name: str, tmp_path: Path, plain_module: bytes) -> None:
    source = made(tmp_path, name, again=NAMES.index(name) % 4 == 0)
    assert tokenize.detect_encoding(io.BytesIO(source).readline)[0] == "utf-8"
    assert comments(source) == comments(plain_module)
    assert without_docstring(source) == without_docstring(plain_module)
    assert source.splitlines()[:5] == plain_module.splitlines()[:5]
    text = source.decode()
    assert len(text.splitlines()) == len(plain_module.decode().splitlines())
    assert not orders(text)
    names: dict[str, Any] = {"__name__": "order"}
    exec(compile(source, "order.py", "exec", dont_inherit=True), names)  # noqa: S102 - that is what is tested
    assert names["is_valid"]({"é": "é", "tea": "\\u0041 é"})
    assert not names["is_valid"]({"é": "x"})
    assert not list(tmp_path.rglob("CANARY"))


# A spec.


def spec_named(folder: Path, name: str) -> Path:
    with contextlib.chdir(folder):
        spec_with("plain", "plain")
        shutil.rmtree("spec/rules")  # their examples would have to be true
        shutil.rmtree("spec/models")
    return (folder / "spec").rename(folder / f"{name} spec")


def generated(folder: Path, name: str) -> dict[str, bytes | str]:
    """What is generated of a spec whose folder and files, those that nothing refers to, have the *name*."""
    spec = spec_named(folder, name)
    for old in sorted(spec.rglob("*.yaml")):
        if old.parent.name == "dialects":
            old.rename(old.with_name(f"{name} {old.name}"))
    out = f"./{name} out"
    chosen = ["--spec", f"./{spec.name}", "--output", out]
    tried(["generate", *chosen], folder)
    tried(["generate", *chosen, "--check"], folder)
    for path in (folder / out).rglob("*.*"):
        assert not orders(path.read_text("utf-8"))
    lock: Any = json.loads((folder / out / "parlance.lock").read_bytes())
    assert lock["outputs"]
    (folder / out / "parlance.lock").unlink()
    return snapshot(folder / out)


@pytest.fixture(scope="module")
def plain_tree(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes | str]:
    return generated(tmp_path_factory.mktemp("plain"), PLAIN)


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_path_changes_nothing_of_what_a_spec_gives(
    name: str, tmp_path: Path, plain_tree: dict[str, bytes | str]
) -> None:
    assert generated(tmp_path, name) == plain_tree


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_faulty_spec_is_shown_safely(name: str, tmp_path: Path) -> None:
    spec = spec_named(tmp_path, name)
    place = spec / "schemas" / f"{name}.yaml"
    place.write_text("A: {type: sting}\n", "utf-8")
    printed = tried(["generate", "--spec", f"./{spec.name}", "--output", "out"], tmp_path, code=2)
    assert "sting" in printed
    assert not (tmp_path / "out").exists()


# Documents, settings and reports.


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_documents_are_reported_under_any_path(name: str, tmp_path: Path) -> None:
    folder = tmp_path / name
    folder.mkdir()
    (folder / f"{name}.jsonl").write_text(LINES, "utf-8")
    for form in REPORTS:
        tried(["lint", "--as", "request", "--output-format", form, f"./{name}"], tmp_path, code=1)
    tried(["lint", "--as", "request", "--diff", "--unsafe-fixes", f"./{name}"], tmp_path, code=1)
    baseline = ["--baseline", f"./{name}.known"]
    tried(["lint", "--as", "request", *baseline, "--baseline-update", "--exit-zero", f"./{name}"], tmp_path)
    tried(["lint", "--as", "request", *baseline, f"./{name}"], tmp_path)
    tried(["lint", "--as", "request", "--output-file", f"sarif=./{name}.sarif", f"./{name}"], tmp_path, code=1)
    json.loads((tmp_path / f"{name}.sarif").read_bytes())
    (folder / "parlance.toml").write_text("dialect = 'opnai'\n", "utf-8")
    tried(["lint", f"./{name}"], tmp_path, code=2)


def test_the_corpus_would_do_something() -> None:
    """Of each kind, one name at least is what a reader would act upon, were it in its place."""
    cookies = [name for name in PATHS["encodings"] if re.match(r"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)", f"# {name}")]
    assert len(cookies) >= 6
    assert all(orders(f"# {name}\n") for name in PATHS["editors"])
