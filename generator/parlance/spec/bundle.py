"""The files of a spec to one OpenAPI document, with every reference written `#/components/schemas/Name`."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping

from ..finding import Finding, LocatedMap, Place, did_you_mean, fault
from .located import documents, subschemas

__all__ = ["PREFIX", "bundle", "reference_faults", "references"]

PREFIX = "#/components/schemas/"


def bundle(entry: LocatedMap, files: Mapping[str, LocatedMap]) -> tuple[LocatedMap, list[Finding]]:
    """The document, and what is wrong with names and references; *files* are named from the spec's folder."""
    findings: list[Finding] = []
    schemas = LocatedMap(entry.at)
    for name in _named_files(entry, files):
        file = files[name]
        for schema, body in file.items():
            if schema in schemas:
                message = f"{schema!r} is defined twice; the first is at {schemas.places[schema]}"
                findings.append(fault("PAR908", file.places[schema], message, advice="rename or remove one"))
            else:
                schemas.put(schema, body, file.places[schema])
        findings.extend(_rewrite(name, file.values(), files))
    findings.extend(_rewrite("openapi.yaml", _documented(entry), files))
    components = LocatedMap(entry.at)
    components.put("schemas", schemas, entry.at)
    document = LocatedMap(entry.at)
    for key, value in entry.items():
        document.put(key, value, entry.places[key])
    document.put("components", components, entry.at)
    return document, findings


def references(schema: LocatedMap) -> Iterator[tuple[LocatedMap, str]]:
    """Every reference in a schema, however deep: the mapping that holds it, and its key there."""
    if "$ref" in schema:
        yield schema, "$ref"
    mapping = schema.get("discriminator", {}).get("mapping", {})
    for value in mapping:
        yield mapping, value
    for _, child in subschemas(schema):
        yield from references(child)


def reference_faults(document: LocatedMap) -> Iterator[Finding]:
    """What is wrong with the references of a bundled document: those that lead nowhere, those that circle."""
    schemas: LocatedMap = document["components"]["schemas"]
    roots = [*schemas.values(), *(item["schema"] for _, item in documents(document["paths"]))]
    dangling = False
    for root in roots:
        for holder, key in references(root):
            target = str(holder[key])
            if target.removeprefix(PREFIX) not in schemas or not target.startswith(PREFIX):
                dangling = True
                yield _dangling(target, holder.places[key], schemas)
    if not dangling:
        yield from _circles(schemas)


def _dangling(target: str, at: Place, schemas: LocatedMap) -> Finding:
    name = target.rpartition("/")[2]
    if not target.startswith(PREFIX):
        advice = f"write {PREFIX}{name}" if name in schemas else f"a reference here begins with {PREFIX}"
        return fault("PAR904", at, f"{target!r} leads nowhere", advice=advice)
    return fault("PAR904", at, f"there is no schema {name!r}{did_you_mean(name, schemas)}")


def _named_files(entry: LocatedMap, files: Mapping[str, LocatedMap]) -> list[str]:
    """The files in order: as they are first mentioned, from the entry on; then the others, by name."""
    order = list(_mentioned("openapi.yaml", _documented(entry), files))
    for name in order:
        order.extend(other for other in _mentioned(name, files[name].values(), files) if other not in order)
    return [*order, *(name for name in sorted(files) if name not in order)]


def _mentioned(name: str, roots: Iterable[LocatedMap], files: Mapping[str, LocatedMap]) -> Iterator[str]:
    """The other files that the file *name* mentions, each once, in the order in which they are written there."""
    found = [(holder.places[key], str(holder[key])) for root in roots for holder, key in references(root)]
    mentioned = [_split(target, name)[0] for _, target in sorted(found)]
    return (file for file in dict.fromkeys(mentioned) if file in files and file != name)


def _documented(entry: LocatedMap) -> Iterator[LocatedMap]:
    return (item["schema"] for _, item in documents(entry["paths"]))


def _rewrite(name: str, roots: Iterable[LocatedMap], files: Mapping[str, LocatedMap]) -> Iterator[Finding]:
    for root in roots:
        for holder, key in references(root):
            target = str(holder[key])
            file, pointer = _split(target, name)
            found = _unfindable(target, holder.places[key], file, pointer, files)
            if found:
                yield found
            else:
                holder[key] = PREFIX + pointer[1:]


def _split(target: str, name: str) -> tuple[str, str]:
    """The file that a reference in the file *name* leads to, and the pointer there."""
    where, _, pointer = target.partition("#")
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), where)) if where else name, pointer


def _unfindable(target: str, at: Place, file: str, pointer: str, files: Mapping[str, LocatedMap]) -> Finding | None:
    if "://" in target or file.startswith(("../", "/")):
        advice = "copy what it names into schemas/"
        return fault("PAR904", at, f"{target!r} leads out of the spec's folder", advice=advice)
    name = pointer[1:]
    if not pointer.startswith("/") or "/" in name or not name:
        return fault("PAR904", at, f"{target!r} names no schema", advice="write '#/Name' or 'file.yaml#/Name'")
    if file not in files:
        return fault("PAR904", at, f"there is no file {file!r} in the spec{did_you_mean(file, files)}")
    if name not in files[file]:
        holder = next((other for other, schemas in files.items() if name in schemas), None)
        hint = f"; it stands in {holder}" if holder else did_you_mean(name, files[file])
        return fault("PAR904", at, f"there is no schema {name!r} in {file}{hint}")
    return None


def _circles(schemas: LocatedMap) -> Iterator[Finding]:
    done: set[str] = set()
    for start in schemas:
        path: list[str] = []
        yield from _follow(start, path, schemas, done)


def _follow(name: str, path: list[str], schemas: LocatedMap, done: set[str]) -> Iterator[Finding]:
    if name in path:
        circle = [*path[path.index(name) :], name]
        message = f"{' → '.join(circle)}: a value of it would never end"
        yield fault("PAR905", schemas.places[name], message, advice="put an object or an array between")
        return
    if name in done:
        return
    done.add(name)
    for following in _bare(schemas[name]):
        yield from _follow(following, [*path, name], schemas, done)


def _bare(schema: LocatedMap) -> Iterator[str]:
    """The schemas that a value of this one must satisfy itself, rather than a part of it."""
    if "$ref" in schema:
        yield str(schema["$ref"]).removeprefix(PREFIX)
    for key in ("allOf", "anyOf", "oneOf"):
        for child in schema.get(key, ()):
            yield from _bare(child)
