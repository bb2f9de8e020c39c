"""The base against what OpenAI published, and each dialect against what its document prints and its source says.

`cases/closure.yaml` names the schemas of the newest publication. `cases/published/<day>.yaml` has, by wire path, the
fields of every object, with `!` after a required one, and the values of every enumeration, on that day; `departures`
say what the base has in their place, and why. `cases/fields/<dialect>.yaml` has the fields of a request likewise.
In a path, `[]` is an item, `{}` a value of a map and `<user>` the record with that role or type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import shipped
import yaml
from parlance.contract.build import build_structure
from parlance.contract.ir import (
    Alias,
    Array,
    Constant,
    Contract,
    Definition,
    Enumeration,
    Field,
    Integer,
    Map,
    Named,
    Null,
    Number,
    Presence,
    Record,
    Refused,
    Tagged,
    Text,
    Type,
    Union,
)
from parlance.finding import LocatedMap
from parlance.spec import resolve
from parlance.spec.located import subschemas

CASES = Path(__file__).parent / "cases"
PUBLISHED = sorted((CASES / "published").glob("*.yaml"))
FIELDS = sorted((CASES / "fields").glob("*.yaml"))
SPEC = shipped.spec()
TYPE_WORDS = {"Text": "string", "Map": "object", "Record": "object", "Anything": "any"}
"""The JSON type of a construct, where it is not the construct's own name."""


@cache
def _contract(name: str) -> Contract:
    return build_structure(resolve(SPEC, name))


@cache
def _definitions(name: str) -> dict[str, Definition]:
    return {each.name: each for each in _contract(name).definitions}


def _request(name: str) -> Record:
    root = next(artifact.root for artifact in _contract(name).artifacts if artifact.name == "request")
    record = _definitions(name)[root]
    assert isinstance(record, Record)
    return record


def _loaded(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)


def _options(kind: Type | Definition, definitions: dict[str, Definition]) -> Iterator[Type | Definition]:
    """What a value of *kind* may be, with names and unions resolved."""
    match kind:
        case Named(name):
            yield from _options(definitions[name], definitions)
        case Alias(type=inner):
            yield from _options(inner, definitions)
        case Union(options):
            for option in options:
                yield from _options(option, definitions)
        case Tagged(options=options):
            for _, name in options:
                yield definitions[name]
        case _:
            yield kind


class _Paths:
    """What stands at each wire path of a contract."""

    def __init__(self, name: str) -> None:
        self.objects: dict[str, set[str]] = {}
        self.values: dict[str, set[str]] = {}
        self._definitions = _definitions(name)
        for artifact in _contract(name).artifacts:
            if artifact.name in ("request", "response", "chunk"):
                self._walk(Named(artifact.root), artifact.name)

    def _walk(self, kind: Type, path: str) -> None:
        for option in _options(kind, self._definitions):
            match option:
                case Array(items=items):
                    self._walk(items, f"{path}[]")
                case Map(values=values):
                    self._walk(values, f"{path}{{}}")
                case Enumeration(members=members):
                    self.values.setdefault(path, set()).update(str(member.value) for member in members)
                case Constant(value) if not path.endswith((".role", ".type", ".object")):
                    self.values.setdefault(path, set()).add(str(value))
                case Record(fields=fields):
                    self._record(fields, path)
                case _:
                    pass

    def _record(self, fields: tuple[Field, ...], path: str) -> None:
        tags = {each.name: each.type.value for each in fields if isinstance(each.type, Constant) and _promised(each)}
        tag = tags.get("role") or tags.get("type")
        here = f"{path}<{tag}>" if tag else path
        self.objects[here] = {f"{each.name}!" if _promised(each) else each.name for each in fields}
        for each in fields:
            self._walk(each.type, f"{here}.{each.name}")


def _promised(field: Field) -> bool:
    """Whether the documentation has the field always there."""
    return field.presence is not Presence.OPTIONAL


def _sets(published: dict[str, str], departures: dict[str, str | None]) -> dict[str, set[str]]:
    merged = {**published, **departures}
    return {path: set(words.split()) for path, words in merged.items() if words is not None}


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
def test_the_base_has_what_was_published_on_a_day(path: Path) -> None:
    published = _loaded(path)
    departures: dict[str, dict[str, str | None]] = {"objects": {}, "values": {}}
    for departure in published["departures"]:
        assert departure["why"]
        for key, changes in departures.items():
            changes.update(departure.get(key, {}))
    found = _Paths(f"openai@{published['day']}")
    assert found.objects == _sets(published["objects"], departures["objects"])
    assert found.values == _sets(published["values"], departures["values"])


def test_every_schema_of_the_closure_is_there() -> None:
    closure: dict[str, Any] = _loaded(CASES / "closure.yaml")
    names = [*closure["same"], *closure["renamed"]]
    assert len(names) == len(set(names)) == 71
    schemas = SPEC.document["components"]["schemas"]
    assert [name for name in [*closure["same"], *closure["renamed"].values()] if name not in schemas] == []
    assert [name for name in closure["renamed"] if name in schemas] == []


def test_the_newest_request_has_37_fields() -> None:
    assert len(_request("openai").fields) == 37


def _described(kind: Type, definitions: dict[str, Definition]) -> dict[str, Any]:
    """A type in the words of `cases/fields`."""
    words: dict[str, Any] = {"type": []}
    for option in _options(kind, definitions):
        match option:
            case Null():
                words["nullable"] = True
                continue
            case Constant(value):
                words["values"] = [*words.get("values", []), value]
            case Enumeration(members=members, open=is_open):
                words["open"] = is_open
                if len(members) <= 12:
                    words["values"] = [member.value for member in members]
            case Integer(minimum=least, maximum=most) | Number(minimum=least, maximum=most):
                if least is not None or most is not None:
                    words["range"] = f"{_bound(least)}..{_bound(most)}"
            case Array(items=items, min_items=least, max_items=most):
                words["each"] = _described(items, definitions)
                words["items"] = f"{least or 0}..{_bound(most)}"
            case Map(values=values):
                words["each"] = _described(values, definitions)
            case Text(max_length=int(most)):
                words["length"] = most
            case _:
                pass
        words["type"].append(_type_word(option))
    words["type"] = " or ".join(dict.fromkeys(words["type"]))
    return words


def _bound(bound: float | None) -> str:
    return "" if bound is None else str(bound)


def _type_word(kind: Type | Definition) -> str:
    if isinstance(kind, Enumeration):
        return "string"
    if isinstance(kind, Constant):
        return {bool: "boolean", int: "integer", str: "string"}[type(kind.value)]
    name = type(kind).__name__
    return TYPE_WORDS.get(name, name.lower())


def _field(field: Field, definitions: dict[str, Definition]) -> dict[str, Any]:
    words = _described(field.type, definitions)
    named = definitions.get(field.type.name) if isinstance(field.type, Named) else None
    if field.has_default:
        words["default"] = field.default
    elif isinstance(named, Alias | Enumeration) and named.has_default:
        words["default"] = named.default
    if field.presence is Presence.REQUIRED:
        words["required"] = True
    if field.history.deprecation:
        words["deprecated"] = True
    if not field.printed:
        words["printed"] = False
    return words


@pytest.mark.parametrize("path", FIELDS, ids=lambda path: path.stem)
def test_a_request_is_as_its_document_and_its_source_have_it(path: Path) -> None:
    table = _loaded(path)
    expected: dict[str, dict[str, Any]] = table["fields"]
    for departure in table["departures"]:
        assert departure["why"]
        for name, words in departure["fields"].items():
            expected[name] = {**expected[name], **words}
    definitions = _definitions(path.stem)
    fields = [field for field in _request(path.stem).fields if not isinstance(field.policy, Refused)]
    assert {field.name: _field(field, definitions) for field in fields} == expected


def _schemas(schema: LocatedMap, at: str) -> Iterator[tuple[str, LocatedMap, bool]]:
    """A schema and all inside it, each with its place, and whether it is a member of an enumeration with a source."""
    yield at, schema, False
    for path, child in subschemas(schema):
        for where, each, sourced in _schemas(child, "/".join([at, *map(str, path)])):
            yield where, each, sourced or (each is child and "const" in child and "x-source" in schema)


def _all_schemas() -> Iterator[tuple[str, LocatedMap, bool]]:
    for name, schema in SPEC.document["components"]["schemas"].items():
        yield from _schemas(schema, f"/{name}")


def test_every_date_has_a_source() -> None:
    dates = {"x-since", "x-until", "x-deprecated-since"}
    sources = {"x-source", "x-evidence"}
    assert [
        at for at, each, sourced in _all_schemas() if dates & each.keys() and not (sourced or sources & each.keys())
    ] == []


def test_no_description_speaks_of_itself() -> None:
    filler = re.compile(r"\b(this (field|property|schema)|one of the forms)\b", re.IGNORECASE)
    assert [at for at, each, _ in _all_schemas() if filler.search(each.get("description", ""))] == []
