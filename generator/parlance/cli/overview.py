"""A dialect as plain data: its fields, its differences from its base, and the evidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..contract.build import build_contract, build_contracts
from ..contract.ir import Contract, Field, Null, Union
from ..contract.json_form import as_json
from ..contract.limits import accepts
from ..contract_diff.change_report import change_line
from ..contract_diff.comparing import contract_changes
from ..contract_diff.spec_changelog import meant
from ..generation.dialect_rows import dialect_rows, record_of
from ..on_demand import note_on_day
from ..spec import DialectFile, Resolved, Spec, resolve
from ..targets.policy_words import effect, state
from .type_words import in_words

__all__ = ["overview", "overviews"]


def overviews(spec: Spec) -> list[dict[str, Any]]:
    """A row for each dialect."""
    return [*dialect_rows(spec, build_contracts(resolve(spec, dialect.id) for dialect in spec.dialects))]


def overview(spec: Spec, resolved: Resolved) -> dict[str, Any]:
    """Everything about one dialect: its fields, what sets it apart, and why."""
    contract = build_contract(resolved)
    dialect = spec.names.get(resolved.id)
    parent = _parent(spec, contract, dialect)
    return {
        "id": contract.dialect,
        "title": contract.title,
        "description": contract.description,
        "released": contract.day.isoformat(),
        "as_of": contract.as_of.isoformat(),
        "note": note_on_day(spec, contract.as_of),
        "default": contract.dialect == spec.default,
        "aliases": list(dialect.aliases) if dialect else [],
        "unknown_fields": str(contract.unknown_fields),
        "artifacts": [
            {
                "name": artifact.name,
                "root": artifact.root,
                "direction": str(artifact.direction),
                "fields": list(_fields(contract, artifact.root)),
            }
            for artifact in contract.artifacts
        ],
        "parent": parent and parent.dialect,
        "differences": [change_line(each) for each in meant(contract_changes(parent, contract))] if parent else [],
        "sources": [as_json(source) for source in contract.sources],
        "evidence": list(_evidence(dialect)) if dialect else [],
    }


def _parent(spec: Spec, contract: Contract, dialect: DialectFile | None) -> Contract | None:
    """What the dialect extends; the base is taken at the same day, so that only overlays make a difference."""
    if dialect is None:
        return None
    known = any(other.id == dialect.extends for other in spec.dialects)
    name = dialect.extends if known else f"{spec.base.id}@{contract.as_of.isoformat()}"
    return build_contract(resolve(spec, name))


def _fields(contract: Contract, root: str) -> Iterator[dict[str, Any]]:
    record = record_of(contract, root)
    definitions = {definition.name: definition for definition in contract.definitions}
    for field in record.fields if record else ():
        history = field.history
        deprecation = history.deprecation
        yield {
            "name": field.name,
            "type": _words(field),
            "presence": str(field.presence),
            "null": accepts(field.type, None, definitions),
            "since": history.since.isoformat() if history.since else None,
            "deprecated": deprecation is not None,
            "deprecated_since": deprecation.since.isoformat() if deprecation and deprecation.since else None,
            "replaced_by": list(deprecation.replaced_by) if deprecation else [],
            "printed": field.printed,
            "policy": state(field.policy),
            "effect": effect(field.policy) or None,
            "description": field.description,
            "evidence": [as_json(item) for item in history.evidence],
        }


def _words(field: Field) -> str:
    kind = field.type
    if isinstance(kind, Union):
        return " or ".join(in_words(option) for option in kind.options if not isinstance(option, Null))
    return in_words(kind)


def _evidence(dialect: DialectFile) -> Iterator[dict[str, Any]]:
    for action in dialect.actions:
        evidence = action.get("evidence", {})
        yield {"target": action["target"], **{key: str(value) for key, value in evidence.items()}}
