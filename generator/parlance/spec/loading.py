"""A folder to a spec; every fault of every file is found before anything is refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from ..finding import Finding, LocatedList, LocatedMap, Place, SpecError, did_you_mean, fault
from ..folders import grammar_file
from ..regex.authoring import pattern_faults
from .bundle import bundle, reference_faults
from .dialect_headers import dialects_of, header_faults
from .grammar import Grammar
from .located import copied, subschemas
from .model import Base, Spec
from .reading import read_file, read_header, read_list, shown
from .rule_files import OWN_RULES, rule_file_faults, rules_in_files
from .rulebook import foreign_codes, rulebook_faults
from .snapshot import Snapshot
from .spec_files import SpecFiles

__all__ = ["load_spec", "refuse", "schema_faults", "with_overlays"]

_ENTRY = "openapi.yaml"


def load_spec(root: Path, overlays: Sequence[Path] = (), *, snapshot: Path | None = None) -> Spec:
    """The spec in the folder *root*, with the dialects of *overlays*, which may be anywhere. Raises `SpecError`.

    The grammar is the tool's. Files that are as they were when *snapshot* was made are taken from there.
    """
    return with_overlays(_spec(root, snapshot), overlays)


def with_overlays(spec: Spec, overlays: Sequence[Path]) -> Spec:
    """The same with the dialects of these files. Raises `SpecError`."""
    if not overlays:
        return spec
    files = SpecFiles(spec.root, spec.grammar)
    given = files.read_overlays(overlays)
    refuse(files.findings)
    own = {id(header): files.read_rules(path, header) for path, header in given.items()}
    refuse(files.findings)
    own |= {id(dialect.header): [*dialect.own_rules] for dialect in spec.dialects}
    headers = dialects_of(spec.base, [dialect.header for dialect in spec.dialects], [*given.values()], own)
    refuse(list(header_faults(spec.base, headers)))
    given_ids = {id(header) for header in given.values()}
    refuse([found for each in headers if id(each.header) in given_ids for found in foreign_codes(each.own_rules)])
    whole = replace(spec, dialects=headers, overlays={path: header["id"] for path, header in given.items()})
    refuse(list(rulebook_faults(whole)))
    return whole


def _spec(root: Path, snapshot_file: Path | None) -> Spec:
    if not root.is_dir():
        message = "there is no such folder" if not root.exists() else "this is not a folder"
        raise SpecError([fault("PAR901", Place(shown(root), 1, 1), message, advice="name the folder of a spec")])
    grammar = Grammar(grammar_file())
    snapshot = Snapshot.read(snapshot_file, grammar_file())
    files = SpecFiles(root, grammar, snapshot)
    entry = files.read([_ENTRY], "entry", read_file)
    schemas = files.read(files.names("schemas"), "schemas", read_file)
    names = files.names("dialects")
    dialects = files.read([name for name in names if not name.endswith(OWN_RULES)], "dialect", read_header)
    own = files.read([name for name in names if name.endswith(OWN_RULES)], "rules", read_list)
    rules = files.read(files.names("rules"), "rules", read_list)
    models = files.read(files.names("models"), "models", read_list)
    files.read(files.names("containers"), "containers", read_list)
    refuse(files.findings)
    is_proven = files.is_known and snapshot.is_whole(files.values.keys())
    # References are rewritten in place, and the values are kept as they were read.
    document, findings = bundle(copied(entry[_ENTRY]), {name: copied(file) for name, file in schemas.items()})
    for schema in () if is_proven else document["components"]["schemas"].values():
        findings.extend(schema_faults(schema))
        findings.extend(_policies_of_base(schema))
    base = _base(document["info"])
    in_files = {id(header): rules_in_files(name, header, own) for name, header in dialects.items()}
    headers = dialects_of(base, [*dialects.values()], [], in_files)
    findings.extend(rule_file_faults(dialects, own))
    findings.extend(header_faults(base, headers))
    refuse(findings)
    if not is_proven:
        refuse([*reference_faults(document), *_replacement_faults(document["components"]["schemas"])])
    spec = Spec(
        root=root,
        base=base,
        document=document,
        dialects=headers,
        rules=[rule for file in rules.values() for rule in file],
        models={PurePath(name).stem: rows for name, rows in models.items()},
        grammar=grammar,
        files=files.values,
        is_proven=is_proven,
    )
    refuse([] if is_proven else list(rulebook_faults(spec)))
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


def _base(info: LocatedMap) -> Base:
    return Base(
        id=info["x-id"],
        title=info["title"],
        description=info["description"],
        as_of=info["x-as-of"],
        since=info.get("x-since"),
        unknown_fields=info.get("x-unknown-fields", "refuse"),
    )
