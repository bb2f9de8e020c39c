"""A folder to a spec; every fault of every file is found before anything is refused."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TypeVar

from ..finding import Finding, LocatedList, LocatedMap, Place, SpecError, did_you_mean, fault
from ..layout import spec_folder
from ..regex.authoring import pattern_faults
from .bundle import bundle, reference_faults
from .dialect_headers import dialects_of, header_faults
from .grammar import Grammar
from .located import subschemas
from .model import Base, Spec
from .reading import read_file, read_list, shown
from .rulebook import rulebook_faults

__all__ = ["load_spec", "refuse", "schema_faults", "with_overlays"]

_ENTRY = "openapi.yaml"
_LARGEST_OVERLAY = 1_000_000
"""Bytes: twice as many as all files of the spec that comes with the tool have."""

_Root = TypeVar("_Root", LocatedMap, LocatedList)


def load_spec(root: Path, overlays: Sequence[Path] = ()) -> Spec:
    """The spec in the folder *root*, with the dialects of *overlays*, which may be anywhere. Raises `SpecError`.

    The grammar is the tool's.
    """
    return with_overlays(_spec(root), overlays)


def with_overlays(spec: Spec, overlays: Sequence[Path]) -> Spec:
    """The same with the dialects of these files. Raises `SpecError`."""
    if not overlays:
        return spec
    files = _Files(spec.root, spec.grammar)
    given = files.read_overlays(overlays)
    refuse(files.findings)
    headers = dialects_of(spec.base, [dialect.header for dialect in spec.dialects], [*given.values()])
    refuse(list(header_faults(spec.base, headers)))
    whole = replace(spec, dialects=headers, overlays={path: header["id"] for path, header in given.items()})
    refuse(list(rulebook_faults(whole)))
    return whole


def _spec(root: Path) -> Spec:
    if not root.is_dir():
        message = "there is no such folder" if not root.exists() else "this is not a folder"
        raise SpecError([fault("PAR901", Place(shown(root), 1, 1), message, advice="name the folder of a spec")])
    grammar = Grammar(spec_folder() / "meta.schema.json")
    files = _Files(root, grammar)
    entry = files.read([_ENTRY], "entry", read_file)
    schemas = files.read(files.names("schemas"), "schemas", read_file)
    dialects = files.read(files.names("dialects"), "dialect", read_file)
    rules = files.read(files.names("rules"), "rules", read_list)
    models = files.read(files.names("models"), "models", read_list)
    refuse(files.findings)
    document, findings = bundle(entry[_ENTRY], schemas)
    for schema in document["components"]["schemas"].values():
        findings.extend(schema_faults(schema))
        findings.extend(_policies_of_base(schema))
    base = _base(document["info"])
    headers = dialects_of(base, [*dialects.values()], [])
    findings.extend(header_faults(base, headers))
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
        if "x-policy" in node:
            advice = "say it by the `policy` of an overlay's action, or date the field"
            yield fault("PAR903", node.places["x-policy"], "a policy is a dialect's, not the base's", advice=advice)


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


    def read_overlays(self, paths: Sequence[Path]) -> dict[Path, LocatedMap]:
        """The headers of overlays that a user gave; one that is given twice is one."""
        headers: dict[Path, LocatedMap] = {}
        for path in {os.path.realpath(path): path for path in paths}.values():
            try:
                if path.is_file() and path.stat().st_size > _LARGEST_OVERLAY:
                    message = f"the file has more than {_LARGEST_OVERLAY:,} bytes, and an overlay has few"
                    raise SpecError([fault("PAR901", Place(shown(path), 1, 1), message)])
                headers[path] = read_file(path)
            except SpecError as error:
                self.findings.extend(error.findings)
            else:
                self.findings.extend(self._grammar.check("dialect", headers[path]))
        return headers


def _base(info: LocatedMap) -> Base:
    return Base(
        id=info["x-id"],
        title=info["title"],
        description=info["description"],
        as_of=info["x-as-of"],
        since=info.get("x-since"),
        unknown_fields=info.get("x-unknown-fields", "refuse"),
    )
