"""The JSON Schemas that are about to be written, held against an independent reader, the library jsonschema.

A bundle must be a schema by its own standard, and give every example of the spec the verdict of our checks: on the
structure alone, and on errors alone. What the two differ on by design is left out, and is no more than this:

* Severities, and fields that are expected and absent: JSON Schema has one verdict, so ours is the one without the
  dialect's own severities, and warnings do not count.
* `format` and `contentMediaType` are notes to both.
* `pattern` is read by jsonschema as Python reads it, where `$` also matches before a line break at the end; a text that
  ends in one is read as ECMA-262 has it.
* `multipleOf` is computed by jsonschema with floats, to which 19.99 is no multiple of 0.01; here, with fractions.
* A document that is nested more deeply than jsonschema can follow gets no verdict from it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ..check.reader import json_document
from ..contract.ir import Artifact, Contract
from ..contract.rules import Rule
from ..emit.tree import Checked
from ..finding import Finding, LocatedMap, Place, fault
from ..regex import translated
from ..spec import Spec
from ..targets.jsonschema import bundle_path
from .dialects import Dialects

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

    from ..runtime.python.violation import Artifact as Checks

__all__ = ["ExampleDocument", "bundle_faults", "example_documents"]

_REPORT = "this is a fault of Parlance, not of the spec; please report it"


class ExampleDocument(NamedTuple):
    """A document of the spec that shows what an artifact is, or is not."""

    artifact: str | None
    """The artifact that it is about; None for one that is tried with all of them."""

    value: Any
    at: Place | None
    what: str
    """Such as `this example of PAR301`."""


def bundle_faults(
    contracts: Iterable[Contract],
    documents: Iterable[ExampleDocument],
    dialects: Dialects,
    files: Mapping[str, Checked],
) -> list[Finding]:
    """What is wrong with the bundles among *files* that are new, or whose dialect's checks are."""
    schemas = _Schemas()
    listed: list[ExampleDocument] = []
    found: list[Finding] = []
    for contract in contracts:
        for artifact in contract.artifacts:
            file = files.get(bundle_path(contract, artifact))
            if file is not None and (file.is_new or dialects.has_new_checks(contract)):
                listed = listed or [*documents]
                bundle = json.loads(file.content)
                refused = [*schemas.faults(bundle, f"{contract.dialect} {artifact.name}")]
                found += refused or _differences(contract, artifact, bundle, listed, dialects)
    return found


def example_documents(spec: Spec, contracts: Iterable[Contract]) -> Iterator[ExampleDocument]:
    """The examples of the rules that the contracts have, and the payloads in the folder `examples` of the spec."""
    contracts = [*contracts]
    rules = {rule.code: rule for contract in contracts for rule in contract.rules}
    for entry in spec.rules:
        if rule := rules.get(str(entry["code"])):
            yield from _of_rule(rule, entry)
    names = {artifact.name for contract in contracts for artifact in contract.artifacts}
    for path in sorted((spec.root / "examples").glob("*.json")):
        payload = json_document(path.read_bytes())
        if payload.complete:
            fitting = [name for name in names if path.name.startswith(f"{name}-")]
            yield ExampleDocument(
                max(fitting, key=len, default=None), payload.value, Place(str(path), 1, 1), "this example"
            )


def _of_rule(rule: Rule, entry: LocatedMap) -> Iterator[ExampleDocument]:
    """The documents of the examples in *entry*; where the rule is one over a file, each is the list of its lines."""
    for examples, kind in ((rule.bad, "bad"), (rule.good, "good")):
        for example, at in zip(examples, entry["examples"][kind].places, strict=True):
            document = example.document
            for value in document if rule.scope == "file" and isinstance(document, list) else [document]:
                yield ExampleDocument(rule.artifact, value, at, f"this example of {rule.code}")


class _Schemas:
    """Bundles as schemas by their own standard; a definition that many have is looked at once."""

    def __init__(self) -> None:
        self._accepted: set[str] = set()

    def faults(self, bundle: Mapping[str, Any], what: str) -> Iterator[Finding]:
        """Why jsonschema refuses a bundle."""
        for problem in (*self._malformed(bundle), *_dangling(bundle)):
            yield fault("PAR918", None, f"jsonschema refuses the schema of {what}: {problem}", advice=_REPORT)

    def _malformed(self, bundle: Mapping[str, Any]) -> Iterator[str]:
        from jsonschema import SchemaError

        parts = {"": {**bundle, "$defs": {}}, **{f"$defs/{name}: ": part for name, part in bundle["$defs"].items()}}
        for name, part in parts.items():
            text = json.dumps(part)
            if text not in self._accepted:
                try:
                    _reader().check_schema(part)
                    self._accepted.add(text)
                except SchemaError as error:
                    yield f"{name}{error.json_path}: {error.message}"


def _dangling(bundle: Mapping[str, Any]) -> Iterator[str]:
    """The references that lead nowhere; jsonschema would find them only where a document comes to one."""
    from referencing import Registry, Resource
    from referencing.exceptions import Unresolvable
    from referencing.jsonschema import DRAFT202012

    root: Resource[Any] = DRAFT202012.create_resource(bundle)
    resolver = Registry[Any]().with_resource("", root).resolver()
    pending = [root]
    while pending:
        schema = pending.pop()
        pending += schema.subresources()
        reference = schema.contents.get("$ref") if isinstance(schema.contents, dict) else None
        if reference is not None:
            try:
                resolver.lookup(reference)
            except Unresolvable:
                yield f"{reference!r} leads nowhere"


def _differences(
    contract: Contract,
    artifact: Artifact,
    bundle: Mapping[str, Any],
    documents: Iterable[ExampleDocument],
    dialects: Dialects,
) -> Iterator[Finding]:
    """The documents on which a bundle and our checks have different verdicts."""
    schema, checks = _reader()(bundle), dialects.structure(contract)[artifact.name]
    abouts = {None, artifact.name, artifact.variant_of}
    seen: set[str] = set()
    for document in documents:
        text = json.dumps(document.value)
        if document.artifact not in abouts or text in seen:
            continue
        seen.add(text)
        try:
            problem = next(schema.iter_errors(document.value), None)
        except RecursionError:
            continue
        if difference := _difference(checks, document.value, None if problem is None else problem.message):
            where = f"{document.what}, as {artifact.name} of {contract.dialect}"
            yield fault("PAR919", document.at, f"{where}: {difference}", advice=_REPORT)


def _difference(checks: Checks, value: Any, problem: str | None) -> str | None:
    """In what our checks differ from the schema, which has *problem* with a value; None if they do not."""
    errors = [violation for violation in checks.check(value) if violation.severity == "error"]
    if checks.is_valid(value) is (not errors) is (problem is None):
        return None
    ours = f"refuse it, at {errors[0].pointer or 'the root'}: {errors[0].message}" if errors else "accept it"
    theirs = "accepts it" if problem is None else f"refuses it: {problem}"
    return f"our checks {ours}; jsonschema, by the schema made of the same spec, {theirs}"


@cache
def _reader() -> type[Validator]:
    """The library's validator, with the two keywords that it does not read as JSON Schema has them."""
    from jsonschema import Draft202012Validator, validators

    keywords: dict[str, Any] = {"pattern": _pattern, "multipleOf": _multiple_of}
    reader: type[Validator] = validators.extend(Draft202012Validator, keywords)  # type: ignore[no-untyped-call]
    return reader


def _pattern(_: object, pattern: str, value: object, __: object) -> Iterator[Any]:
    from jsonschema import ValidationError

    if isinstance(value, str) and not re.search(translated(pattern) if value.endswith("\n") else pattern, value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


def _multiple_of(_: object, step: float, value: Any, __: object) -> Iterator[Any]:
    from jsonschema import ValidationError

    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and (_exact(value) / _exact(step)).denominator != 1:
        yield ValidationError(f"{value!r} is not a multiple of {step!r}")


def _exact(number: float) -> Fraction:
    """The decimal number that the shortest text of *number* says."""
    return Fraction(number) if isinstance(number, int) else Fraction(repr(number))
