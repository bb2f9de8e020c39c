"""A folder to a spec; every fault of every file is found before anything is refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ..finding import Finding, LocatedMap, Place, SpecError, did_you_mean, fault
from ..layout import spec_folder
from .bundle import bundle, reference_faults
from .grammar import Grammar
from .located import subschemas
from .model import Base, Dialect, Spec
from .patterns import unportable
from .reading import read_file, shown

__all__ = ["load_spec", "refuse", "schema_faults"]

_ENTRY = "openapi.yaml"


def load_spec(root: Path) -> Spec:
    """The spec in the folder *root*; the grammar is the tool's. Raises `SpecError`."""
    if not root.is_dir():
        message = "there is no such folder" if not root.exists() else "this is not a folder"
        raise SpecError([fault("PAR901", Place(shown(root), 1, 1), message, advice="name the folder of a spec")])
    grammar = Grammar(spec_folder() / "meta.schema.json")
    findings: list[Finding] = []
    entry = _read(root, [_ENTRY], "entry", grammar, findings)
    schemas = _read(root, _names(root, "schemas", findings), "schemas", grammar, findings)
    dialects = _read(root, _names(root, "dialects", findings), "dialect", grammar, findings)
    refuse(findings)
    document, findings = bundle(entry[_ENTRY], schemas)
    for schema in document["components"]["schemas"].values():
        findings.extend(schema_faults(schema))
    base = _base(document["info"])
    headers = tuple(_dialect(header) for header in dialects.values())
    findings.extend(_header_faults(base, headers))
    refuse(findings)
    refuse(list(reference_faults(document)))
    return Spec(root=root, base=base, document=document, dialects=headers, grammar=grammar)


def schema_faults(schema: LocatedMap) -> Iterator[Finding]:
    """What is wrong with dates and patterns in a schema, however deep."""
    since, until = schema.get("x-since"), schema.get("x-until")
    if since is not None and until is not None and until <= since:
        yield fault("PAR909", schema.places["x-until"], f"it ends on {until}, and begins on {since}: it never exists")
    if "x-replaced-by" in schema and "x-deprecated-since" not in schema:
        message = "x-replaced-by is for what is deprecated, and this is not"
        yield fault("PAR903", schema.places["x-replaced-by"], message, advice="say x-deprecated-since")
    for holder in (schema, schema.get("propertyNames", {})):
        reason = unportable(holder["pattern"]) if "pattern" in holder else None
        if reason:
            yield fault("PAR910", holder.places["pattern"], f"the pattern is not portable: {reason}")
    for _, child in subschemas(schema):
        yield from schema_faults(child)


def refuse(findings: Sequence[Finding]) -> None:
    """Raise `SpecError` if there is any finding."""
    if findings:
        raise SpecError(findings)


def _names(root: Path, folder: str, findings: list[Finding]) -> list[str]:
    for path in sorted((root / folder).glob("*.yml")):
        advice = f"rename it to {path.stem}.yaml"
        findings.append(fault("PAR901", Place(shown(path), 1, 1), "a file of a spec ends in .yaml", advice=advice))
    return sorted(f"{folder}/{path.name}" for path in (root / folder).glob("*.yaml"))


def _read(root: Path, names: list[str], kind: str, grammar: Grammar, findings: list[Finding]) -> dict[str, LocatedMap]:
    files: dict[str, LocatedMap] = {}
    for name in names:
        try:
            files[name] = read_file(root / name)
        except SpecError as error:
            findings.extend(error.findings)
        else:
            findings.extend(grammar.check(kind, files[name]))
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


def _dialect(header: LocatedMap) -> Dialect:
    empty: dict[str, Any] = {}
    return Dialect(
        id=header["id"],
        title=header["info"]["title"],
        description=header["description"],
        aliases=tuple(header.get("aliases", ())),
        default=header.get("default", False),
        extends=header["extends"],
        as_of=header["as-of"],
        unknown_fields=header.get("unknown-fields"),
        severities=header.get("severities", empty),
        sources=header.get("sources", ()),
        actions=header.get("actions", ()),
        header=header,
    )


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
    line = [dialect.id]
    while line[-1] in parents and parents[line[-1]] not in line:
        line.append(parents[line[-1]])
    if parents.get(line[-1]) == dialect.id:
        yield fault("PAR905", at, f"{' → '.join([*line, dialect.id])}: no dialect of these extends the base")
    if base.since and dialect.as_of < base.since:
        yield fault("PAR903", dialect.at("as-of"), f"{dialect.as_of} is before {base.since}, when the base begins")
