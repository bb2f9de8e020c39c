"""What shows that a request is meant for another provider: the fields and models that only its dialects have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from ..backends.python.printing import laid_out
from ..backends.python.syntax import Constant, DictDisplay, TupleDisplay
from ..backends.python.text import header, literal
from ..contract.ir import Artifact, Contract, Direction, Enumeration, Named, Record, Refused, Type, Union
from .edition import Edition
from .file import File

__all__ = ["own_features"]

_Features: TypeAlias = Callable[[Contract, str], Iterable[str]]
"""What a dialect has for an artifact of this name."""

_PATH = "python/parlance_dialects/own_features.py"


def own_features(edition: Edition) -> File:
    """A module of tables, by what the default dialect calls the artifact."""
    default = next((one for one in edition.contracts if one.dialect == edition.default), None)
    home = [one for one in edition.contracts if default and one.family == default.family]
    others = list(_named(edition, home))
    rows: dict[str, dict[str, dict[str, tuple[str, ...]]]] = {"FIELDS": {}, "MODELS": {}, "PATTERNS": {}}
    places: dict[str, tuple[str, ...]] = {}
    for artifact in default.artifacts if default else ():
        if artifact.direction is not Direction.SENT or artifact.model is None:
            continue
        places[artifact.name] = artifact.model
        known = {name for contract in home for name in _fields(contract, artifact.name)}
        models = {name for contract in home for name in _models(contract, artifact.name)}
        patterns = {name for contract in home for name in _patterns(contract, artifact.name)}
        rows["FIELDS"][artifact.name] = _by_name(others, artifact.name, _fields, known)
        rows["MODELS"][artifact.name] = _by_name(others, artifact.name, _models, models)
        rows["PATTERNS"][artifact.name] = {
            pattern: names
            for pattern, names in _by_name(others, artifact.name, _patterns, patterns).items()
            if not any(re.search(pattern, model) for model in models)
        }
    view = {
        "header": header(),
        **{name.lower(): _assigned(name, table) for name, table in rows.items()},
        "places": literal(places),
    }
    return File(path=_PATH, template="python/own_features.py.j2", view=view)


def _assigned(name: str, table: Mapping[str, Mapping[str, tuple[str, ...]]]) -> str:
    """A table of tables as a constant of the module."""
    display = DictDisplay(
        tuple((artifact, DictDisplay(tuple(map(_pair, rows.items())))) for artifact, rows in table.items())
    )
    return "\n".join(laid_out(display, before=f"{name}: dict[str, dict[str, tuple[str, ...]]] = "))


def _pair(row: tuple[str, tuple[str, ...]]) -> tuple[str, TupleDisplay]:
    name, dialects = row
    return name, TupleDisplay(tuple(map(Constant, dialects)))


def _named(edition: Edition, home: Iterable[Contract]) -> Iterator[tuple[str, Contract]]:
    """The dialects of other families that have another name, by the first of these."""
    names: dict[str, str] = {}
    for alias, dialect in edition.aliases:
        names.setdefault(dialect, alias)
    own = {contract.dialect for contract in home}
    for contract in edition.contracts:
        if contract.dialect in names and contract.dialect not in own:
            yield names[contract.dialect], contract


def _by_name(
    others: Iterable[tuple[str, Contract]], artifact: str, features: _Features, known: set[str]
) -> dict[str, tuple[str, ...]]:
    """The names of the dialects that have each feature which is not *known*."""
    found: dict[str, tuple[str, ...]] = {}
    for name, contract in others:
        for feature in dict.fromkeys(features(contract, artifact)):
            if feature not in known:
                found[feature] = (*found.get(feature, ()), name)
    return dict(sorted(found.items()))


def _artifact(contract: Contract, name: str) -> Artifact | None:
    return next((each for each in contract.artifacts if each.name == name), None)


def _record(contract: Contract, artifact: str) -> Record | None:
    found = _artifact(contract, artifact)
    named = {each.name: each for each in contract.definitions}
    record = named.get(found.root) if found else None
    return record if isinstance(record, Record) else None


def _fields(contract: Contract, artifact: str) -> Iterator[str]:
    record = _record(contract, artifact)
    if record is not None:
        yield from (field.name for field in record.fields if not isinstance(field.policy, Refused))


def _models(contract: Contract, artifact: str) -> Iterator[str]:
    """The models that the field for them lists."""
    found, record = _artifact(contract, artifact), _record(contract, artifact)
    if found is None or record is None or not found.model:
        return
    definitions: Mapping[str, object] = {each.name: each for each in contract.definitions}
    for field in record.fields:
        if field.name == found.model[0]:
            for name in _named_types(field.type):
                definition = definitions[name]
                if isinstance(definition, Enumeration):
                    yield from (str(member.value) for member in definition.members)


def _named_types(kind: Type) -> Iterator[str]:
    for option in kind.options if isinstance(kind, Union) else (kind,):
        if isinstance(option, Named):
            yield option.name


def _patterns(contract: Contract, artifact: str) -> Iterator[str]:
    """The patterns of names in the tables of models."""
    if _artifact(contract, artifact):
        yield from (row.pattern for row in contract.capabilities)
