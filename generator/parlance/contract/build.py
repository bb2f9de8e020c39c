"""A resolved document to a contract; every fault of it is found before it is refused."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from ..finding import Finding, Place, SpecError, did_you_mean, fault
from ..finding.shape import is_object
from .ir import (
    Alias,
    Anything,
    Artifact,
    Contract,
    Definition,
    Deprecation,
    Direction,
    Enumeration,
    Evidence,
    Field,
    ForeignField,
    History,
    Member,
    Named,
    Nothing,
    Policy,
    Presence,
    Record,
    Refused,
    Supported,
    Type,
    UnknownFields,
)
from .limits import accepts, limit_faults
from .merging import Merging
from .references import mentions, reached
from .rulebook import Rulebook
from .rulebook.answers import answers
from .rulebook.reading import pointer
from .rulebook.structure import Missing, Structure
from .rules import Selector
from .shapes import Shapes
from .source import Schema, Source, place, referred

__all__ = ["build_contract", "build_contracts"]


def build_contract(source: Source) -> Contract:
    """The contract of a dialect, with its rules. Raises `SpecError`."""
    return next(build_contracts([source]))


def build_contracts(sources: Iterable[Source]) -> Iterator[Contract]:
    """The contracts of some dialects of one spec, which have read its rules together. Raises `SpecError`."""
    rulebook: Rulebook | None = None
    built: dict[str, Contract] = {}

    def structure(source: Source) -> Contract:
        """The contract without its rules, which the rules of every other dialect may ask for, too."""
        if source.id not in built:
            built[source.id] = _structure(source)
        return built[source.id]

    for source in sources:
        contract = structure(source)
        rulebook = rulebook or Rulebook(source, structure)
        rules, capabilities = rulebook.of(source, contract)
        yield replace(contract, rules=rules, capabilities=capabilities)


def _structure(source: Source) -> Contract:
    """The contract without its rules."""
    builder = _Builder(source.document["components"]["schemas"], source.as_of)
    artifacts = tuple(builder.artifacts(source.document["paths"]))
    sent = builder.reached(artifact.root for artifact in artifacts if artifact.direction is Direction.SENT)
    received = builder.reached(artifact.root for artifact in artifacts if artifact.direction is Direction.RECEIVED)
    undecided = builder.settle(sent - received, UnknownFields(source.unknown_fields))
    builder.check_defaults()
    builder.check_embedded(artifacts)
    if builder.findings:
        raise SpecError(builder.findings)
    return Contract(
        dialect=source.id,
        title=source.title,
        description=source.description,
        as_of=source.as_of,
        family=source.family,
        parent=source.parent,
        unknown_fields=UnknownFields(source.unknown_fields),
        sources=tuple(_evidence(item) for item in source.sources),
        artifacts=artifacts,
        definitions=tuple(builder.in_order()),
        undecided=undecided,
        severities=tuple(sorted(source.severities.items())),
        answers=tuple(answers(source)),
    )


class _Builder:
    """Makes definitions as they are reached."""

    def __init__(self, schemas: Mapping[str, Schema], day: date) -> None:
        self.findings: list[Finding] = []
        self._schemas = schemas
        self._day = day
        self._merging = Merging(schemas)
        self._shapes = Shapes(self._merging, day, self.findings)
        self._definitions: dict[str, Definition] = {}
        self._silent: set[str] = set()
        """Records that do not say what becomes of unknown fields."""
        self._defaults: list[tuple[Any, Type, Place | None]] = []
        self._embedding: dict[str, Schema] = {}

    def artifacts(self, paths: Mapping[str, Any]) -> Iterator[Artifact]:
        """What goes over the wire, in the order of the spec."""
        seen: dict[str, Place | None] = {}
        for (path, method, status), media_type, document in _documents(paths):
            name = document.get("x-artifact")
            if name is None:
                continue
            at = place(document, "x-artifact")
            if name in seen:
                message = f"the artifact {name!r} is defined twice; the first is at {seen[name]}"
                self.findings.append(fault("PAR908", at, message, advice="rename one"))
                continue
            seen[name] = at
            root = referred(document["schema"])
            description = self._schemas[root]["description"]
            yield Artifact(
                name=name,
                root=root,
                direction=Direction.SENT if status is None else Direction.RECEIVED,
                media_type=media_type,
                description=description,
                path=path,
                method=method,
                status=status,
                embeds=tuple((pointer(at), str(inner)) for at, inner in document.get("x-embeds", {}).items()),
                model=pointer(document["x-model"]) if "x-model" in document else None,
                variant_of=document.get("x-variant-of"),
            )
            self._embedding[name] = document
        if not seen:
            message = "no document of the paths has a name: nothing can be checked"
            self.findings.append(fault("PAR909", place(paths), message, advice="give one an `x-artifact`"))

    def reached(self, roots: Iterable[str]) -> set[str]:
        """The names that the roots lead to, their definitions made."""
        return reached(roots, self._mentioned)

    def _mentioned(self, name: str) -> Iterator[str]:
        if name not in self._definitions:
            self._definitions[name] = self._definition(name)
        return (other for other, _ in mentions(self._definitions[name]))

    def settle(self, only_sent: set[str], unknown: UnknownFields) -> frozenset[str]:
        """Decide what becomes of unknown fields where the record is silent; gives the records that are."""
        undecided = self._silent & only_sent
        for name in undecided:
            definition = self._definitions[name]
            if isinstance(definition, Record):
                self._definitions[name] = replace(definition, unknown=unknown)
        return frozenset(undecided)

    def check_defaults(self) -> None:
        """Find the defaults that their own types refuse."""
        for value, kind, at in self._defaults:
            if not self.findings and not accepts(kind, value, self._definitions):
                self.findings.append(fault("PAR909", at, f"its own schema refuses the default {value!r}"))

    def check_embedded(self, artifacts: Iterable[Artifact]) -> None:
        """Find the artifacts that are said to stand where nothing stands, or that do not exist."""
        structure = Structure(artifacts, self._definitions.values())
        for artifact in artifacts:
            other = artifact.variant_of
            if other is not None and other not in structure.roots:
                message = f"there is no artifact {other!r}{did_you_mean(other, structure.roots)}"
                self.findings.append(fault("PAR904", place(self._embedding[artifact.name], "x-variant-of"), message))
        for artifact in () if self.findings else structure.artifacts:
            missing = structure.at(structure.root(artifact.name), Selector(steps=artifact.model or ()))
            if isinstance(missing, Missing):
                message = f"{artifact.name} has no {missing.field!r} there{did_you_mean(missing.field, missing.known)}"
                self.findings.append(fault("PAR904", place(self._embedding[artifact.name], "x-model"), message))
            for steps, inner in artifact.embeds:
                missing = structure.at(structure.root(artifact.name), Selector(steps=steps))
                if isinstance(missing, Missing):
                    guess = did_you_mean(missing.field, missing.known)
                    message = f"{artifact.name} has no {missing.field!r} there{guess}"
                elif inner not in structure.roots:
                    message = f"there is no artifact {inner!r}{did_you_mean(inner, structure.roots)}"
                else:
                    continue
                at = place(self._embedding[artifact.name], "x-embeds")
                self.findings.append(fault("PAR904", at, message))

    def in_order(self) -> Iterator[Definition]:
        """The definitions, in the order of the spec."""
        return (self._definitions[name] for name in self._schemas if name in self._definitions)

    def _definition(self, name: str) -> Definition:
        schema = self._schemas[name]
        if self._merging.is_record(name):
            return self._record(name, schema)
        if "oneOf" in schema and "discriminator" not in schema:
            return self._enumeration(name, schema)
        kind = self._shapes.type(schema)
        self._keep_default(schema, kind)
        return Alias(
            name=name,
            description=schema["description"],
            type=kind,
            default=schema.get("default"),
            has_default="default" in schema,
            history=_history(schema),
        )

    def _record(self, name: str, schema: Schema) -> Record:
        merged = self._merging.merged(name, self.findings)
        self.findings.extend(limit_faults(merged.limits | {"type": "object"}))
        others = merged.limits.get("additionalProperties")
        if others is None:
            self._silent.add(name)
        extra = self._shapes.type(others) if is_object(others) else None
        unknown = UnknownFields.KEEP if others is None else UnknownFields.OPEN if others else UnknownFields.REFUSE
        fields: list[Field] = []
        for field, (body, _) in merged.fields.items():
            presence = Presence.OPTIONAL
            if field in merged.required:
                presence = Presence.REQUIRED
            elif field in merged.expected:
                presence = Presence.EXPECTED
            fields.append(self._field(field, body, presence))
        return Record(
            name=name,
            description=schema["description"],
            fields=tuple(fields),
            unknown=unknown,
            extra=None if extra == Anything() else extra,
            min_properties=merged.limits.get("minProperties"),
            max_properties=merged.limits.get("maxProperties"),
            foreign=tuple(self._foreign(schema, merged.fields)),
            history=_history(schema),
        )

    def _foreign(self, schema: Schema, fields: Collection[str]) -> Iterator[ForeignField]:
        """The fields that are known from elsewhere, but for those that this dialect has."""
        seen: set[str] = set()
        for group in schema.get("x-foreign", ()):
            for index, name in enumerate(group["names"]):
                if name in seen:
                    message = f"{name!r} stands in x-foreign twice"
                    self.findings.append(fault("PAR908", place(group["names"], index), message, advice="keep one"))
                seen.add(name)
                if name not in fields:
                    evidence = tuple(_evidence(item) for item in group["sources"])
                    yield ForeignField(name=name, what=group["what"], advice=group.get("help"), evidence=evidence)

    def _field(self, name: str, schema: Schema, presence: Presence) -> Field:
        policy = _policy(schema)
        if isinstance(policy, Refused) and presence is not Presence.OPTIONAL:
            message = f"{name!r} is {presence}, and it is refused"
            self.findings.append(fault("PAR909", place(schema, "x-policy"), message, advice="let it be optional"))
        kind = Nothing() if isinstance(policy, Refused) else self._shapes.type(schema)
        if not isinstance(policy, Refused):
            self._keep_default(schema, kind)
        described = schema if "description" in schema else self._schemas[referred(schema)]
        return Field(
            name=name,
            type=kind,
            description=described["description"],
            presence=presence,
            default=None if isinstance(policy, Refused) else schema.get("default"),
            has_default="default" in schema and not isinstance(policy, Refused),
            printed=schema.get("x-printed", True),
            history=_history(schema),
            policy=policy,
        )

    def _enumeration(self, name: str, schema: Schema) -> Enumeration:
        self.findings.extend(limit_faults(schema))
        base = self._shapes.text(schema) if schema["type"] == "string" else self._shapes.integer(schema)
        members: dict[str | int, Member] = {}
        for index, member in enumerate(schema["oneOf"]):
            value = member["const"]
            if value in members:
                at = place(schema["oneOf"], index)
                self.findings.append(fault("PAR908", at, f"the value {value!r} stands in {name} twice"))
            elif "x-name" in member and any(other.name == member["x-name"] for other in members.values()):
                message = f"two members of {name} have the name {member['x-name']}"
                self.findings.append(fault("PAR908", place(member, "x-name"), message, advice="rename one"))
            if not accepts(base, value, {}):
                message = f"{value!r} breaks the bounds or the pattern of {name}"
                self.findings.append(fault("PAR909", place(schema["oneOf"], index), message))
            members[value] = Member(
                value=value, description=member["description"], name=member.get("x-name"), history=_history(member)
            )
        if not members:
            message = f"{name} has no member on {self._day}"
            advice = "date what uses it, or remove that"
            self.findings.append(fault("PAR909", place(schema, "oneOf"), message, advice=advice))
        enumeration = Enumeration(
            name=name,
            description=schema["description"],
            members=tuple(members.values()),
            base=base,
            open=schema.get("x-open", False),
            default=schema.get("default"),
            has_default="default" in schema,
            history=_history(schema),
        )
        self._keep_default(schema, Named(name))
        return enumeration

    def _keep_default(self, schema: Schema, kind: Type) -> None:
        if "default" in schema:
            self._defaults.append((schema["default"], kind, place(schema, "default")))


def _documents(paths: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str, str | None], str, Mapping[str, Any]]]:
    """Path, method and status (None for a request), the media type, and what OpenAPI says of it."""
    for path, methods in paths.items():
        for method, operation in methods.items():
            for media_type, document in operation.get("requestBody", {}).get("content", {}).items():
                yield (path, method, None), media_type, document
            for status, response in operation["responses"].items():
                for media_type, document in response.get("content", {}).items():
                    yield (path, method, str(status)), media_type, document


def _history(schema: Schema) -> History:
    since = schema.get("x-deprecated-since")
    evidence = [Evidence(source=schema["x-source"])] if "x-source" in schema else []
    evidence += [_evidence(item) for item in schema.get("x-evidence", ())]
    return History(
        since=schema.get("x-since"),
        until=schema.get("x-until"),
        deprecation=Deprecation(since=since, replaced_by=tuple(schema.get("x-replaced-by", ()))) if since else None,
        evidence=tuple(evidence),
    )


def _policy(schema: Schema) -> Policy:
    """What the dialect does with a field."""
    policy = schema.get("x-policy")
    return Supported() if policy is None else Refused((_evidence(policy["evidence"]),))


def _evidence(item: Mapping[str, Any]) -> Evidence:
    return Evidence(source=item["source"], date=item.get("date"), says=item.get("says"))
