"""The extras: what each brings is imported for it alone, and a command whose extra is missing says which it is."""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

from environments.runs import dialects, project
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from parlance.extras import DISTRIBUTION, EXTRAS, missing_extra

ROOT = Path(__file__).parent.parent
CODE = ROOT / "generator" / "parlance"
CARRIED = ("runtime/python/",)
"""Code that is copied into the other distribution, which has extras of its own."""

HOST = {"brotli", "duckdb", "polars", "pyspark", "pytest", "ray"}
"""What is there where it is needed: pytest loads the plugin, engines hand over columns, and brotli is optional."""


def imported() -> Iterator[tuple[str, str]]:
    """The modules of others that the tool imports, with the file."""
    for path in sorted(CODE.rglob("*.py")):
        name = path.relative_to(CODE).as_posix()
        if not name.startswith(CARRIED):
            for node in ast.walk(ast.parse(path.read_bytes())):
                match node:
                    case ast.Import():
                        modules = [alias.name for alias in node.names]
                    case ast.ImportFrom(level=0):
                        modules = [node.module or ""]
                    case ast.Call(
                        func=ast.Name("import_module" | "optional_module"), args=[ast.Constant(str(module)), *_]
                    ):
                        modules = [module]
                    case _:
                        continue
                yield from ((module.partition(".")[0], name) for module in modules)


def distributions(lines: list[str]) -> set[str]:
    return {str(canonicalize_name(Requirement(line).name)) for line in lines}


def test_what_is_imported_is_asked_for() -> None:
    """Of the modules that the tool imports each comes with it or with an extra, and the table has the latter."""
    homes = packages_distributions()
    always = distributions(project()["dependencies"])
    optional = {module for modules in EXTRAS.values() for module in modules}
    others = {
        (module, file)
        for module, file in imported()
        if module and module not in sys.stdlib_module_names | HOST | {"parlance", "parlance_dialects"}
        if not {canonicalize_name(home) for home in homes[module]} & always
    }
    assert {(module, file) for module, file in others if module not in optional} == set()
    # Until there is a command that imports them.
    assert optional - {module for module, _ in others} <= {"lsprotocol", "pygls"}


def test_each_module_comes_with_its_extra() -> None:
    homes = packages_distributions()
    extras = project()["optional-dependencies"]
    assert EXTRAS.keys() == extras.keys() - {"dev", "site"}  # what development needs, and no command
    for extra, modules in EXTRAS.items():
        brought = distributions([*extras[extra], *dialects()["optional-dependencies"].get(extra, [])])
        for module in modules:
            assert {canonicalize_name(home) for home in homes[module]} <= brought, module


def test_dev_is_all_of_them() -> None:
    (own,) = (each for each in map(Requirement, project()["optional-dependencies"]["dev"]) if each.name == DISTRIBUTION)
    assert own.extras == EXTRAS.keys()


def test_another_missing_module_is_a_fault() -> None:
    assert missing_extra(ModuleNotFoundError("", name="parlance.no_such")) is None
    assert missing_extra(ModuleNotFoundError("")) is None
    assert (
        missing_extra(ModuleNotFoundError("", name="jinja2.sandbox")) == "needs `pip install 'chat-parlance[generate]'`"
    )


def test_the_metaschemas_are_those_that_are_published() -> None:
    """They are a copy, because checking payloads does without the library that has them."""
    registry: Any = import_module("jsonschema_specifications").REGISTRY  # by name, because it comes without types
    ours = json.loads((CODE / "schemas" / "metaschemas.json").read_text("utf-8"))
    assert ours == {uri: registry.contents(uri) for uri in registry}
