"""Code that is copied into what is generated is ordinary code of this tool; templates are what has to be filled."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from command import ROOT
from jinja2 import Environment, nodes
from parlance.backends.python.text import header, module_name
from parlance.folders import runtime_folder, templates_folder
from parlance.runtime.python.strings import is_base64
from parlance.targets.registry import TARGETS, Edition, runtime_files, runtime_of_index

GENERATED = ROOT / "generated" / "python" / "parlance_dialects"
TEMPLATES = sorted(path for path in templates_folder().rglob("*") if path.is_file())
MODULES = sorted(path.relative_to(runtime_folder()).as_posix() for path in runtime_folder().rglob("*.py"))
COPIED = [path for path in MODULES if path != "__init__.py"]
EDITION = Edition(contracts=(), default="", targets=frozenset(TARGETS))
ALL = [*runtime_of_index(EDITION), *(module for target in TARGETS.values() for module in target.runtime)]
SHARED = sorted({path.partition("/")[0].removesuffix(".py") for path in COPIED})


def fills(text: str) -> list[nodes.Node]:
    """What a template does beside its plain text and its header."""
    tree = Environment(autoescape=True).parse(text)
    parts = [part for node in tree.body for part in (node.nodes if isinstance(node, nodes.Output) else [node])]
    is_header = [isinstance(part, nodes.Name) and part.name == "header" for part in parts]
    return [
        part
        for part, skipped in zip(parts, is_header, strict=True)
        if not skipped and not isinstance(part, nodes.TemplateData)
    ]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_has_a_loop_or_a_placeholder(template: Path) -> None:
    assert fills(template.read_text("utf-8"))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("{{ header }}\n\nx = 1\n", 0),
        ("x = 1\n", 0),
        ("{% raw %}{{ no }}{% endraw %}", 0),
        ("{# nothing #}x = 1\n", 0),
        ("{{ header }}\n{{ doc }}", 1),
        ("{% for row in rows %}x{% endfor %}", 1),
        ("{% if header %}x{% endif %}", 1),
    ],
)
def test_a_header_makes_no_template(text: str, count: int) -> None:
    assert len(fills(text)) == count


@pytest.mark.parametrize("path", COPIED)
def test_a_module_is_copied_as_it_is_below_the_header(path: str) -> None:
    source = (runtime_folder() / path).read_bytes()
    assert (GENERATED / path).read_bytes() == f"{header()}\n\n".encode() + source


def test_every_module_is_copied_for_some_target() -> None:
    assert [file.path.removeprefix("python/parlance_dialects/") for file in runtime_files(ALL)] == COPIED


@pytest.mark.parametrize(
    ("module", "copied"),
    [
        ("typed_dict", ["typed_dict.py"]),
        ("violation", ["violation.py"]),
        (
            "spelt_faults",
            [
                f"{name}.py"
                for name in ("equality", "pattern_search", "scalar_faults", "spelt_faults", "value_words", "violation")
            ],
        ),
        ("equality", ["equality.py", "violation.py"]),
        ("patterns", [f"patterns/{name}.py" for name in ("__init__", "group", "pieces", "reader")]),
        ("model_types", ["equality.py", "model_types.py", "pattern_search.py", "violation.py"]),
    ],
)
def test_what_a_module_imports_comes_along(module: str, copied: list[str]) -> None:
    assert [file.path.removeprefix("python/parlance_dialects/") for file in runtime_files([module, module])] == copied


@pytest.mark.parametrize("path", MODULES)
def test_a_module_imports_nothing_of_this_tool(path: str) -> None:
    for node in ast.walk(ast.parse((runtime_folder() / path).read_bytes())):
        if isinstance(node, ast.ImportFrom):
            assert node.level <= path.count("/") + 1, "it would leave the package that it is copied to"
            assert node.level or not str(node.module).startswith("parlance")
        elif isinstance(node, ast.Import):
            assert not any(alias.name.startswith("parlance") for alias in node.names)


@pytest.mark.parametrize("name", SHARED)
def test_no_dialect_takes_the_name_of_a_module_that_dialects_share(name: str) -> None:
    assert module_name(name) == f"dialect_{name}"
    assert module_name(name.replace("_", "-").upper()) == f"dialect_{name}"
    assert module_name(f"{name}-2026") == f"{name}_2026"


@pytest.mark.parametrize(
    "text",
    ["", "QUI=", "QQ==", "QUJD", "Q===", "Q=Q=", "=QQ=", "QQ=", "====", "QU-_", "QU\u00e9=", "QU\ud800=", "QUJ\n"],
)
def test_base64_is_of_the_standard_alphabet_and_padded(text: str) -> None:
    is_whole = len(text) % 4 == 0
    assert is_base64(text) is (is_whole and re.fullmatch(r"[A-Za-z0-9+/]*={0,2}", text) is not None)
