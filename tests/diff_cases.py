"""Pairs of documents of tests/cases/diff, and the lines that a diff of them has."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import Any

import yaml
from parlance.cli.diff_command import changes_between, versions_of
from parlance.contract_diff.contract_change import ContractChange

__all__ = ["changes_of", "document", "load", "short_line", "written"]

CASES = Path(__file__).parent / "cases" / "diff"
NO_CHOICE: dict[str, Any] = {"schemas": None, "operation": None, "refs": ()}
ROOTS = {
    "Request": "requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Request'}}}}",
    "Response": "application/json: {schema: {$ref: '#/components/schemas/Response'}}",
    "Chunk": "text/event-stream: {schema: {$ref: '#/components/schemas/Chunk'}}",
}


def load(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.load((CASES / name).read_text("utf-8"), yaml.CSafeLoader)
    return found


def document(schemas: str, version: str = "3.1.0") -> str:
    """A document of the chat operation, which sends and answers what these schemas have."""
    names = [name for name in ROOTS if f"\n{name}:" in f"\n{schemas}"]
    answers = "".join(f"              {ROOTS[name]}\n" for name in names if name != "Request")
    lines = [
        f"openapi: {version}",
        "info: {title: A service, version: '1'}",
        "paths:",
        "  /v1/chat/completions:",
        "    post:",
        "      operationId: chat",
        *(f"      {ROOTS[name]}" for name in names if name == "Request"),
        "      responses:",
        "        '200':",
        "          description: OK",
        *(["          content:", answers.rstrip("\n")] if answers else []),
        "components:",
        "  schemas:",
    ]
    return "\n".join(lines) + "\n" + textwrap.indent(schemas, "    ")


def written(case: dict[str, Any], folder: Path) -> tuple[Path, Path]:
    """Both documents of a case, as files."""
    version = str(case.get("version", "3.1.0"))
    versions = {"old": version, "new": str(case.get("new-version", version))}
    for side, each in versions.items():
        (folder / f"{side}.yaml").write_text(document(case[side], each), "utf-8")
    return folder / "old.yaml", folder / "new.yaml"


def changes_of(old: str | Path, new: str | Path) -> list[ContractChange]:
    """What `parlance spec diff` finds between two versions."""
    versions = versions_of(None, (), NO_CHOICE)
    return changes_between(versions.read(str(old)), versions.read(str(new)))


def short_line(change: ContractChange) -> str:
    return f"{change.level} {change.artifact} {change.at or '-'} {change.kind}"


def full_line(change: ContractChange) -> str:
    """A change with what it was from and to, and of what it is."""
    plain = change.as_json()
    facts = [f"{side} {json.dumps(plain[side], ensure_ascii=False)}" for side in ("before", "after") if side in plain]
    where = [f"where {json.dumps(plain['where'])}"] if "where" in plain else []
    return "; ".join([short_line(change), *facts, *where])
