"""The JSON Schemas that are about to be written, held against an independent reader, the library jsonschema.

A bundle must be a schema by its own standard, and give every example of the spec the verdict of our checks: on the
structure alone, and on errors alone. What the two differ on by design is left out, and is no more than this:

* Severities, and fields that are expected and absent: JSON Schema has one verdict, so ours is the one without the
  dialect's own severities, and warnings do not count.
* `format` and `contentMediaType` are notes to both.
* Patterns on texts that end in a line break, and multiples of fractions: `independent_reader.py` says why.
* A document that is nested more deeply than jsonschema can follow gets no verdict from it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from ..contract.ir import Artifact, Contract
from ..contract.rules import Rule
from ..emit.tree import Checked
from ..finding import Finding, LocatedMap, Place, fault
from ..spec import Spec
from ..targets.jsonschema import bundle_path
from .dialect_names import Dialects
from .independent_reader import IndependentReader, Problems
from .spec_examples import example_files

if TYPE_CHECKING:
    from ..runtime.python.artifact import Artifact as Checks

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
    reader = IndependentReader()
    listed: dict[str | None, dict[str, ExampleDocument]] = {}
    found: list[Finding] = []
    for contract in contracts:
        for artifact in contract.artifacts:
            file = files.get(bundle_path(contract, artifact))
            if file is not None and (file.is_new or dialects.has_new_checks(contract)):
                listed = listed or _by_artifact(documents)
                bundle, what = json.loads(file.content), f"{contract.dialect} {artifact.name}"
                names = (artifact.name, artifact.variant_of, None)
                about = {text: one for name in names for text, one in listed.get(name, {}).items()}
                refused = [
                    fault("PAR918", None, f"jsonschema refuses the schema of {what}: {reason}", advice=_REPORT)
                    for reason in reader.faults(bundle)
                ]
                found += refused or _differences(contract, artifact, about, reader.problems(bundle), dialects)
    return found


def _by_artifact(documents: Iterable[ExampleDocument]) -> dict[str | None, dict[str, ExampleDocument]]:
    """The documents by what they are about and by their texts: many examples show the same one."""
    listed: dict[str | None, dict[str, ExampleDocument]] = {None: {}}
    for document in documents:
        listed.setdefault(document.artifact, {}).setdefault(json.dumps(document.value), document)
    return listed


def example_documents(spec: Spec, contracts: Iterable[Contract]) -> Iterator[ExampleDocument]:
    """The examples of the rules that the contracts have, and the payloads in the folder `examples` of the spec."""
    contracts = [*contracts]
    rules = {rule.code: rule for contract in contracts for rule in contract.rules}
    for entry in spec.records:
        if rule := rules.get(str(entry["code"])):
            yield from _of_rule(rule, entry)
    for example in example_files(spec.root, contracts):
        yield ExampleDocument(example.artifact, example.value, Place(str(example.path), 1, 1), "this example")


def _of_rule(rule: Rule, entry: LocatedMap) -> Iterator[ExampleDocument]:
    """The documents of the examples in *entry*; where the rule is one over a file or a stream, each is a list."""
    for examples, kind in ((rule.bad, "bad"), (rule.good, "good")):
        for example, at in zip(examples, entry["examples"][kind].places, strict=True):
            document = example.document
            if rule.scope == "exchange":
                document = document.get("response") if isinstance(document, dict) else document
            for value in document if rule.scope != "document" and isinstance(document, list) else [document]:
                yield ExampleDocument(rule.artifact, value, at, f"this example of {rule.code}")


def _differences(
    contract: Contract,
    artifact: Artifact,
    documents: Mapping[str, ExampleDocument],
    problems: Problems,
    dialects: Dialects,
) -> Iterator[Finding]:
    """The documents on which a bundle and our checks have different verdicts."""
    checks = dialects.structure(contract)[artifact.name]
    for text, document in documents.items():
        try:
            problem = problems(text)
        except RecursionError:
            continue
        if difference := _difference(checks, document.value, problem):
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
