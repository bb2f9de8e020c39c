"""The generated npm package: it compiles, is in style, and finds what Python finds."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
from agreement.generated import SUBJECTS
from typescript.generated import PACKAGE, built, cases, differences
from typescript.tools import ABSENT, FOLDER, is_installed, run

pytestmark = pytest.mark.skipif(not is_installed(), reason=ABSENT)


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("typescript"))


def test_typescript_finds_what_python_finds(package: Path) -> None:
    subjects = [each for each in SUBJECTS if "2026_11" in each.module.__name__ or "kluster" in each.module.__name__]
    random = Random(20261129)  # noqa: S311 - no secret
    tried = [*cases(random, 20, subjects), *cases(random, 4)]
    assert len(tried) > 2000
    assert [*differences(package, tried)] == []


def test_what_the_package_exports_is_there(package: Path) -> None:
    described = json.loads((PACKAGE / "package.json").read_text("utf-8"))
    assert described["sideEffects"] is False
    for entry in described["exports"].values():
        for path in entry.values():
            assert (package / path.removeprefix("./dist/")).is_file()


def test_what_all_objects_inherit_is_part_of_no_document(package: Path) -> None:
    run(FOLDER / "inherited.mjs", package.as_uri())
