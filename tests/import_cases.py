"""Documents of tests/cases/import, written to a folder and imported by the command."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import yaml
from command import parlance

__all__ = ["CASES", "HEAD", "bad_cases", "imported", "provider_shapes", "rows", "written"]

CASES = Path(__file__).parent / "cases" / "import"

HEAD = """\
openapi: {version}
info: {{title: A service, version: '1'}}
paths:
  /v1/chat/completions:
    post:
      operationId: chat
      requestBody:
        content:
          application/json:
            schema: {{$ref: '#/components/schemas/Request'}}
      responses:
        '200':
          description: OK
          content:
            application/json:
              schema: {{type: string}}
components:
  schemas:
"""
"""Eighteen lines: the first of the schemas is line 19, in column 1, as the schemas are not indented further."""


def rows() -> list[dict[str, Any]]:
    """What is normalised."""
    return _loaded("rows.yaml")


def bad_cases() -> list[dict[str, Any]]:
    """What is refused."""
    return _loaded("bad.yaml")


def provider_shapes() -> list[dict[str, Any]]:
    """Fragments in the shapes of public documents."""
    return _loaded("shapes.yaml")


def written(case: dict[str, Any], folder: Path) -> Path:
    """The document of a case, as a file."""
    path = folder / str(case.get("file", "document.yaml"))
    body = case["document"] if "document" in case else _document(case)
    path.write_text(body, "utf-8")
    return path


def imported(case: dict[str, Any], folder: Path, *options: str) -> Any:
    """The run of `parlance spec import` on the document of a case, whose spec comes to the folder `spec`."""
    path = written(case, folder)
    own = [*case.get("options", []), "--as-of", "2026-01-02", *options]
    return parlance("spec", "import", path.name, "--output", "spec", *own, cwd=folder)


def _document(case: dict[str, Any]) -> str:
    return HEAD.format(version=case.get("version", "3.1.0")) + textwrap.indent(str(case["schemas"]), "    ")


def _loaded(name: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = yaml.load((CASES / name).read_text("utf-8"), yaml.CSafeLoader)
    return cases
