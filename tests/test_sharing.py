"""What is the same in several dialects is generated once; a new dialect adds little more than what is its own."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import shipped
from agreement.generated import GENERATED
from parlance.contract.build import build_contracts
from parlance.generation.made_files import MadeFile, package_files
from parlance.spec import Spec, resolve, with_overlays
from parlance.targets.definitions import Definition, Part, Reference
from parlance.targets.python_modules import modules
from parlance.targets.registry import TARGETS
from parlance.targets.sharing import Node, SpecLayout, shared
from parlance_dialects import DIALECTS

PYTHON = GENERATED / "python"
FILES = sorted(PYTHON.rglob("*.py"))
ACME = """
overlay: 1.1.0
info: {title: Acme, version: '2026-01-15'}
id: acme-2026-01
family: acme
description: Acme's server, which serves no tools.
extends: openai
as-of: 2026-01-15
unknown-fields: POLICY
sources:
  - source: Acme API reference
    date: 2026-01-15
actions:
  - target: $.components.schemas.CreateChatCompletionRequest.properties.tools
    remove: true
    evidence:
      source: Acme API reference
      date: 2026-01-15
      says: no tools
  - target: $.components.schemas.CreateChatCompletionRequest.properties.tool_choice
    remove: true
    evidence:
      source: Acme API reference
      date: 2026-01-15
      says: >-
        and no choice of them
"""
"""A dialect of 25 lines, which changes the largest record that there is."""

# In November 2026. Where a dialect takes over all that it inherits: 2,770 lines of rules and gates, since 28 rules
# walk the schemas of tools, which it lacks; 870 of validators, of which 715 are the own ones of the request; 820 of
# models where unknown fields are kept, because a class of Pydantic has its policy in itself, and 170 where not; 155 of
# TypedDicts, 180 of strategies and 45 of the rest; the gate over chunks has 190. It was 19,700 when nothing was shared.
# What another provider refuses is only a warning: all dialects of other families share how that is said, so that the
# next of them adds 830.
MOST = {
    ("keep", "errors"): 6300,  # 740 of them are gates over exchanges
    ("refuse", "warnings"): 880,
}
# In TypeScript, likewise.
MOST_TYPESCRIPT = {("keep", "errors"): 7800, ("refuse", "warnings"): 500}
PACKAGE = [name for name, target in TARGETS.items() if target.parts is not None]


def made(spec: Spec, *names: str) -> list[MadeFile]:
    """The modules of dialects of a spec."""
    documents = [resolve(spec, name) for name in names]
    contracts = {contract.dialect: contract for contract in build_contracts(documents)}
    return [*package_files(spec, contracts, {name: [*contracts] for name in PACKAGE})]


@cache
def imports(path: Path) -> frozenset[str]:
    """The modules of the package that a module imports when it is loaded."""
    here = path.relative_to(PYTHON).with_suffix("").parts
    found: set[str] = set()
    for node in ast.parse(path.read_bytes()).body:
        if isinstance(node, ast.ImportFrom) and node.level:
            base = [*here[: len(here) - node.level], *(node.module or "").split(".")]
            names = [".".join(filter(None, base)), *(".".join(filter(None, [*base, each.name])) for each in node.names)]
            found |= {name for name in names if file_of(name) not in (None, path)}
    return frozenset(found)


def file_of(module: str) -> Path | None:
    place = PYTHON.joinpath(*module.split("."))
    return next((path for path in (place.with_suffix(".py"), place / "__init__.py") if path.is_file()), None)


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(PYTHON).with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize(("policy", "inherited"), MOST)
def test_a_new_dialect_adds_little(policy: str, inherited: str, tmp_path: Path) -> None:
    text = ACME.replace("POLICY", policy).lstrip("\n").replace("sources:", f"inherited: {inherited}\nsources:", 1)
    assert len(text.splitlines()) == 26
    others = {"acme": "Acme", "brew": "Brew"} if inherited == "warnings" else {"acme": "Acme"}
    paths = [tmp_path / f"{name}-2026-01.yaml" for name in others]
    for path, (name, title) in zip(paths, others.items(), strict=True):
        path.write_text(text.replace("acme", name).replace("Acme", title), "utf-8")
    neighbours = ("openai-2025-12", "openai-2026-11")  # it shares with these what it has in common with any
    files = made(with_overlays(shipped.spec(), paths), *neighbours, *(f"{name}-2026-01" for name in others))
    own = [file for file in files if file.dialect == "acme-2026-01"]
    lines = Counter(file.path.split("/")[0] for file in own for _ in file.text.splitlines())
    package = 30  # lines of its `__init__.py`
    assert 500 < lines["python"] + package <= MOST[policy, inherited], lines
    assert 300 < lines["typescript"] <= MOST_TYPESCRIPT[policy, inherited], lines


def test_a_dialect_alone_shares_nothing() -> None:
    files = made(shipped.spec(), "openai-2026-11")
    assert {file.dialect for file in files} == {"openai-2026-11"}
    assert all("shared" not in file.path for file in files)


def test_what_is_shared_has_two_users_at_least() -> None:
    texts = {path: path.read_text("utf-8") for path in FILES}
    words = {path: Counter(re.findall(r"\w+", text)) for path, text in texts.items()}
    importing: dict[str, list[Path]] = {}
    for path in FILES:
        for module in imports(path):
            importing.setdefault(module, []).append(path)
    for path in FILES:
        if path.parent.parent.name == "shared" and path.name != "__init__.py":
            users = importing.get(module_of(path), [])
            stars = [other for other in users if f"{path.stem} import *" in texts[other]]
            assert len(users) > 1, path
            for name in defined(path):
                named = sum(name in words[other] for other in users)
                inside = words[path][name] > 1
                assert named or stars or inside, f"{path}: {name}"


def defined(path: Path) -> Iterator[str]:
    for node in ast.parse(path.read_bytes()).body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.Assign([ast.Name(name)]):
                yield name
            case _:
                pass


def test_no_definition_of_a_dialect_stands_twice() -> None:
    """Neither in two dialects nor beside what they share, if it mentions no other: that may differ."""
    seen: dict[tuple[str, str, str], Path] = {}
    for path in FILES:
        if path.parent.name in {*DIALECTS.values()} or path.parent.parent.name == "shared":
            target = path.stem if path.parent.name in DIALECTS.values() else path.parent.name
            if target != "enums":
                continue
            for node in ast.parse(path.read_bytes()).body:
                names = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
                if isinstance(node, ast.ClassDef) and names <= {"StrEnum", "IntEnum"}:
                    key = (target, node.name, ast.dump(node))
                    assert seen.setdefault(key, path) == path, node.name


def test_no_modules_import_each_other_in_a_circle() -> None:
    done: set[str] = set()

    def visit(module: str, way: tuple[str, ...]) -> None:
        assert module not in way, [*way, module]
        path = file_of(module)
        if module not in done and path is not None:
            for other in imports(path):
                if not module.startswith(f"{other}."):  # the package around a module is there already
                    visit(other, (*way, module))
            done.add(module)

    for path in FILES:
        if path.name != "__init__.py":
            visit(module_of(path), ())


PARTS = [
    f"{module}.{part}" for module in sorted({*DIALECTS.values()}) for part in ("validators", "rules", "enums", "dicts")
]
LOADED = """
import importlib, os, sys
for part in sys.argv[1:]:
    print(part, end=" ", flush=True)
    copy = os.fork()
    if not copy:
        importlib.import_module(f"parlance_dialects.{part}")
        print(*sys.modules, flush=True)
        os._exit(0)
    assert os.waitpid(copy, 0)[1] == 0, part
"""
"""What each of some modules loads, in a process of its own."""


@pytest.fixture(scope="module")
def modules_of() -> dict[str, set[str]]:
    """What comes with a part of a dialect, by both their names."""
    done = subprocess.run([sys.executable, "-c", LOADED, *PARTS], capture_output=True, text=True, check=True)
    lines = [line.split() for line in done.stdout.splitlines()]
    return {part: {name for name in names if name.startswith("parlance_dialects.")} for part, *names in lines}


@pytest.mark.parametrize("name", PARTS)
def test_a_dialect_loads_none_of_another(name: str, modules_of: dict[str, set[str]]) -> None:
    module, part = name.split(".")
    loaded = modules_of[name]
    assert f"parlance_dialects.{name}" in loaded
    others = {*DIALECTS.values()} - {module}
    assert not {name for name in loaded if name.split(".")[1] in others}
    reached: set[str] = set()
    ahead = [f"parlance_dialects.{module}.{part}", f"parlance_dialects.{module}"]
    while ahead:
        path = file_of(ahead.pop())
        new = imports(path) - reached if path else frozenset[str]()
        reached |= new
        ahead += new
    assert {name for name in loaded if name.count(".") == 3 and ".shared." in name} <= reached


# The grouping, of definitions that are nothing but names.


def part(dialect: str, *definitions: Definition, target: str = "checks") -> Part:
    names = tuple(each.name for each in definitions)
    return Part(target=target, dialect=dialect, docstring="x", definitions=definitions, exports=names)


def one(name: str, text: str = "", *uses: str, **facts: object) -> Definition:
    return Definition(name=name, text=f"{name} = {text or 0}", uses=frozenset(uses), **facts)  # type: ignore[arg-type]


LAYOUT = SpecLayout(families={"a": "old", "b": "old", "c": "new"})


def test_equal_texts_that_mention_different_ones_are_different() -> None:
    parts = [
        part("a", one("x", "y", "y"), one("y", "1"), one("z")),
        part("b", one("x", "y", "y"), one("y", "2"), one("z")),
        part("c", one("x", "y", "y"), one("y", "2"), one("z")),
    ]
    places = {node: place.module for node, place in shared(parts, LAYOUT).items()}
    assert places == {
        **{Node("checks", dialect, "z"): "a_and_new" for dialect in "abc"},
        **{Node("checks", dialect, name): "b_and_new" for dialect in "bc" for name in "xy"},
    }


def test_definitions_that_mention_each_other_are_compared_together() -> None:
    ring = one("x", "y", "y"), one("y", "z", "z"), one("z", "x", "x")
    other = one("x", "y", "y"), one("y", "z", "z"), one("z", "x, 1", "x")
    assert {node.name for node in shared([part("a", *ring), part("b", *ring)], LAYOUT)} == {"x", "y", "z"}
    assert shared([part("a", *ring), part("b", *other)], LAYOUT) == {}


def test_a_reference_to_another_target_counts() -> None:
    model = one("m", references=frozenset({Reference("enums", "e")}))
    for other, expected in (("1", {"m", "e"}), ("2", set[str]())):
        parts = [
            *(part(dialect, one("e", text), target="enums") for dialect, text in (("a", "1"), ("b", other))),
            *(part(dialect, model, target="models") for dialect in "ab"),
        ]
        assert {node.name for node in shared(parts, LAYOUT)} == expected


def test_what_is_a_dialects_own_is_not_shared() -> None:
    own = one("x", is_own=True)
    assert shared([part("a", own), part("b", own)], LAYOUT) == {}


def test_a_coarse_target_has_a_module_for_each_oldest_dialect() -> None:
    parts = [
        part("a", one("x", "y", "y"), one("y"), one("v", "1")),
        part("b", one("x", "y", "y"), one("y"), one("v", "2"), one("w", "v", "v", "y")),
        part("c", one("y"), one("v", "2"), one("w", "v", "v", "y")),
    ]
    fine = {node.name: place.module for node, place in shared(parts, LAYOUT).items() if node.dialect == "b"}
    assert fine == {"x": "a", "y": "a_and_new", "v": "b_and_new", "w": "b_and_new"}
    layout = replace(LAYOUT, coarse=["checks"])
    coarse = {node.name: place.module for node, place in shared(parts, layout).items() if node.dialect == "b"}
    assert coarse == {"x": "a", "y": "a", "v": "b", "w": "b"}


def test_a_constant_stands_after_what_it_mentions() -> None:
    definitions = one("a", "b", "b", is_eager=True), one("b", "c", "c", is_eager=True), one("c", is_eager=True)
    (file,) = modules([part("a", *definitions)], LAYOUT)
    assert str(file.file.view["body"]).split("\n\n\n") == ["\nc = 0", "b = c", "a = b"]
