"""A folder to a spec; every fault of every file is found before anything is refused."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePath
from typing import TypeVar

from ..finding import Finding, LocatedList, LocatedMap, Place, SpecError, did_you_mean, fault
from ..layout import spec_folder
from ..regex.authoring import pattern_faults
from .bundle import bundle, reference_faults
from .grammar import Grammar
from .located import subschemas
from .model import Base, Dialect, Spec
from .reading import read_file, read_header, read_list, shown
from .rulebook import rulebook_faults

__all__ = ["load_spec", "refuse", "schema_faults", "with_overlays"]

_ENTRY = "openapi.yaml"
_OWN_RULES = ".rules.yaml"
"""How the files with rules of dialects end, which stand beside these."""
_Root = TypeVar("_Root", LocatedMap, LocatedList)


def load_spec(root: Path) -> Spec:
    """The spec in the folder *root*; the grammar is the tool's. Raises `SpecError`."""
    if not root.is_dir():
        message = "there is no such folder" if not root.exists() else "this is not a folder"
        raise SpecError([fault("PAR901", Place(shown(root), 1, 1), message, advice="name the folder of a spec")])
    grammar = Grammar(spec_folder() / "meta.schema.json")
    files = _Files(root, grammar)
    entry = files.read([_ENTRY], "entry", read_file)
    schemas = files.read(files.names("schemas"), "schemas", read_file)
    names = files.names("dialects")
    dialects = files.read([name for name in names if not name.endswith(_OWN_RULES)], "dialect", read_header)
    own = files.read([name for name in names if name.endswith(_OWN_RULES)], "rules", read_list)
    rules = files.read(files.names("rules"), "rules", read_list)
    models = files.read(files.names("models"), "models", read_list)
    refuse(files.findings)
    document, findings = bundle(entry[_ENTRY], schemas)
    for schema in document["components"]["schemas"].values():
        findings.extend(schema_faults(schema))
        findings.extend(_policies_of_base(schema))
    base = _base(document["info"])
    headers = _dialects(base, dialects, own)
    findings.extend(_file_faults(dialects, own))
    findings.extend(_header_faults(base, headers))
    refuse(findings)
    refuse([*reference_faults(document), *_replacement_faults(document["components"]["schemas"])])
    spec = Spec(
        root=root,
        base=base,
        document=document,
        dialects=headers,
        rules=[rule for file in rules.values() for rule in file],
        models={PurePath(name).stem: rows for name, rows in models.items()},
        grammar=grammar,
    )
    refuse(list(rulebook_faults(spec)))
    return spec


def with_overlays(spec: Spec, paths: Sequence[Path]) -> Spec:
    """The same with the dialects of these files, which may be anywhere. Raises `SpecError`."""
    given: list[Dialect] = []
    for path in paths:
        header = read_header(path)
        refuse(list(spec.grammar.check("dialect", header)))
        own = {name: read_list(path.parent / name) for name in header.get("rule-files", ())}
        refuse([found for records in own.values() for found in spec.grammar.check("rules", records)])
        known = {dialect.id: dialect.header for dialect in (*spec.dialects, *given)}
        day = _as_of(header, spec.base, known)
        given.append(_dialect(header, day, [record for records in own.values() for record in records]))
    headers = (*spec.dialects, *given)
    refuse(list(_header_faults(spec.base, headers)))
    whole = replace(spec, dialects=headers)
    refuse(list(rulebook_faults(whole)))
    return whole


def schema_faults(schema: LocatedMap) -> Iterator[Finding]:
    """What is wrong with dates and patterns in a schema, however deep."""
    since, until = schema.get("x-since"), schema.get("x-until")
    if since is not None and until is not None and until <= since:
        yield fault("PAR909", schema.places["x-until"], f"it ends on {until}, and begins on {since}: it never exists")
    if "x-replaced-by" in schema and "x-deprecated-since" not in schema:
        message = "x-replaced-by is for what is deprecated, and this is not"
        yield fault("PAR903", schema.places["x-replaced-by"], message, advice="say x-deprecated-since")
    for holder in (schema, schema.get("propertyNames", {})):
        if "pattern" in holder:
            yield from pattern_faults(holder["pattern"], holder.places["pattern"])
    for _, child in subschemas(schema):
        yield from schema_faults(child)


def _replacement_faults(schemas: LocatedMap) -> Iterator[Finding]:
    """Names in `x-replaced-by` that are neither a field, a value nor a schema."""
    nodes = [node for schema in schemas.values() for node in _within(schema)]
    known = dict.fromkeys(name for node in nodes for name in (*node.get("properties", ()), node.get("const")))
    for node in nodes:
        for name, at in zip(replaced := node.get("x-replaced-by", LocatedList(node.at)), replaced.places, strict=True):
            if name not in known and name not in schemas:
                guess = did_you_mean(name, [*known, *schemas])
                yield fault("PAR904", at, f"there is no field, value or schema {str(name)!r}{guess}")


def _policies_of_base(schema: LocatedMap) -> Iterator[Finding]:
    for node in _within(schema):
        for key in node.keys() & {"x-policy", "x-attested", "x-listed"}:
            advice = "say it by the `policy` of an overlay's action, or date the field"
            yield fault("PAR903", node.places[key], "a policy is a dialect's, not the base's", advice=advice)


def _within(schema: LocatedMap) -> Iterator[LocatedMap]:
    yield schema
    for _, child in subschemas(schema):
        yield from _within(child)


def refuse(findings: Sequence[Finding]) -> None:
    """Raise `SpecError` if there is any finding."""
    if findings:
        raise SpecError(findings)


class _Files:
    """Reads the files of a folder, and gathers what is wrong with them."""

    def __init__(self, root: Path, grammar: Grammar) -> None:
        self.findings: list[Finding] = []
        self._root = root
        self._grammar = grammar

    def names(self, folder: str) -> list[str]:
        """The files of *folder*, in the order of their names; it may be missing."""
        for path in sorted((self._root / folder).glob("*.yml")):
            advice = f"rename it to {path.stem}.yaml"
            message = "a file of a spec ends in .yaml"
            self.findings.append(fault("PAR901", Place(shown(path), 1, 1), message, advice=advice))
        return sorted(f"{folder}/{path.name}" for path in (self._root / folder).glob("*.yaml"))

    def read(self, names: list[str], kind: str, read: Callable[[Path], _Root]) -> dict[str, _Root]:
        """What the files hold, by name; each must satisfy the definition *kind*."""
        files: dict[str, _Root] = {}
        for name in names:
            path = self._root / name
            if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(self._root)):
                message = "this is a link that leads out of the spec's folder"
                self.findings.append(fault("PAR901", Place(shown(path), 1, 1), message, advice="copy the file"))
                continue
            try:
                files[name] = read(path)
            except SpecError as error:
                self.findings.extend(error.findings)
            else:
                self.findings.extend(self._grammar.check(kind, files[name]))
        return files


def _base(info: LocatedMap) -> Base:
    return Base(
        id=info["x-id"],
        title=info["title"],
        description=info["description"],
        as_of=info["x-as-of"],
        since=info.get("x-since"),
        unknown_fields=info.get("x-unknown-fields", "refuse"),
    )


def _dialects(
    base: Base, files: Mapping[str, LocatedMap], own: Mapping[str, LocatedList]
) -> tuple[Dialect, ...]:
    """The dialects; one that says no day has that of what it extends."""
    headers = {header["id"]: header for header in files.values()}
    return tuple(
        _dialect(header, _as_of(header, base, headers), _own_rules(name, header, own)) for name, header in files.items()
    )


def _as_of(header: LocatedMap, base: Base, headers: Mapping[str, LocatedMap]) -> date:
    seen: set[str] = set()
    while "as-of" not in header:
        seen.add(header["id"])
        parent = headers.get(header["extends"])
        if parent is None or parent["id"] in seen:
            return base.as_of
        header = parent
    day: date = header["as-of"]
    return day


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _dialect(header: LocatedMap, as_of: date, own_rules: Sequence[LocatedMap]) -> Dialect:
    rules = header.get("rules", LocatedMap(header.at))
    return Dialect(
        id=header["id"],
        family=header.get("family", header["id"]),
        title=header["info"]["title"],
        description=header["description"],
        aliases=tuple(header.get("aliases", ())),
        default=header.get("default", False),
        extends=header["extends"],
        as_of=as_of,
        released=_day(header["info"]["version"]) or as_of,
        unknown_fields=header.get("unknown-fields"),
        conversions=header.get("conversions"),
        inherited=header.get("inherited"),
        rules=rules,
        own_rules=(*rules.get("own", ()), *own_rules),
        models=header.get("models"),
        errors=header.get("errors"),
        sources=header.get("sources", ()),
        actions=header.get("actions", ()),
        header=header,
    )


def _rule_files(name: str, header: LocatedMap) -> list[str]:
    """The files with rules that a dialect names, as paths below the folder of the spec."""
    return [posixpath.normpath(posixpath.join(posixpath.dirname(name), each)) for each in header.get("rule-files", ())]


def _own_rules(name: str, header: LocatedMap, files: Mapping[str, LocatedList]) -> list[LocatedMap]:
    """The records in the files that a dialect names; several may name one."""
    return [record for each in _rule_files(name, header) for record in files.get(each, ())]


def _file_faults(dialects: Mapping[str, LocatedMap], files: Mapping[str, LocatedList]) -> Iterator[Finding]:
    """Files with rules that are not there, or that no dialect names."""
    named: set[str] = set()
    for name, header in dialects.items():
        for index, file in enumerate(_rule_files(name, header)):
            named.add(file)
            if file not in files:
                guess = did_you_mean(PurePath(file).name, [PurePath(each).name for each in files])
                message = f"there is no file {str(header['rule-files'][index])!r}{guess}"
                yield fault("PAR904", header["rule-files"].places[index], message)
    for name, records in files.items():
        if name not in named:
            message = "no dialect has these rules"
            advice = f"name the file in the header of one: rule-files: [{PurePath(name).name}]"
            yield fault("PAR904", records.at, message, advice=advice)


def _header_faults(base: Base, dialects: Sequence[Dialect]) -> Iterator[Finding]:
    parents = {dialect.id: dialect.extends for dialect in dialects}
    taken: dict[str, Dialect] = {}
    for dialect in dialects:
        for name, key in ((dialect.id, "id"), *((alias, "aliases") for alias in dialect.aliases)):
            if name in taken or (key == "id" and name == base.id):
                holder = f"the dialect {taken[name].id}" if name in taken else "the base"
                yield fault("PAR908", dialect.at(key), f"the name {name!r} is taken by {holder}")
            taken[name] = dialect
        yield from _lineage_faults(base, dialect, parents)
    defaults = [dialect for dialect in dialects if dialect.default]
    for dialect in defaults[1:]:
        yield fault("PAR908", dialect.at("default"), f"{defaults[0].id} is the default already")
    if dialects and not defaults:
        advice = "give one of them `default: true`"
        yield fault("PAR903", dialects[0].at("id"), "no dialect is the default", advice=advice)


def _lineage_faults(base: Base, dialect: Dialect, parents: dict[str, str]) -> Iterator[Finding]:
    at = dialect.at("extends")
    if dialect.extends != base.id and dialect.extends not in parents:
        guess = did_you_mean(dialect.extends, [base.id, *parents])
        yield fault("PAR904", at, f"there is no dialect {dialect.extends!r}{guess}")
        return
    line, last = {dialect.id: None}, dialect.id
    while last in parents and parents[last] not in line:
        last = parents[last]
        line[last] = None
    if parents.get(last) == dialect.id:
        yield fault("PAR905", at, f"{' → '.join([*line, dialect.id])}: no dialect of these extends the base")
    if base.since and dialect.as_of < base.since:
        yield fault("PAR903", dialect.at("as-of"), f"{dialect.as_of} is before {base.since}, when the base begins")
