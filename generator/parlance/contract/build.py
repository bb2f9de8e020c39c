"""A resolved document to a contract; every fault of it is found before it is refused."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..finding import Finding, Place, SpecError, did_you_mean, fault
from ..finding.shape import is_object
from .attestation import Attestation
from .conversions import lax
from .field_policies import (
    LEFT_OUT,
    admitting_mapped,
    evidence_of,
    excluding,
    is_refused,
    mapped_faults,
    policy_of,
    settled,
    with_policy,
)
from .ir import (
    Alias,
    Anything,
    Artifact,
    Clamped,
    Contract,
    Definition,
    Deprecation,
    Direction,
    Dropped,
    Enumeration,
    Evidence,
    ExchangeFacts,
    Field,
    Fold,
    ForeignField,
    History,
    LeftOut,
    Mapped,
    Member,
    Named,
    Policy,
    Presence,
    Record,
    Refused,
    Renamed,
    StreamFacts,
    Supported,
    Type,
    UnknownFields,
)
from .limits import accepts, limit_faults
from .merging import Merged, Merging
from .references import mentions, reached
from .rulebook import Rulebook
from .rulebook.answers import answers
from .rulebook.artifact_types import ArtifactTypes, Missing
from .rulebook.text_reading import pointer
from .rules import Selector
from .source import Json, Schema, Source, place, referred
from .type_building import TypeBuilder

__all__ = ["build_contract", "build_contracts", "build_structure"]


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
            built[source.id] = build_structure(source)
        return built[source.id]

    for source in sources:
        contract = structure(source)
        rulebook = rulebook or Rulebook(source, structure)
        rules, capabilities = rulebook.of(source, contract)
        yield replace(contract, rules=rules, capabilities=capabilities)


def build_structure(source: Source) -> Contract:
    """The contract of a dialect without its rules. Raises `SpecError`."""
    builder = _DefinitionBuilder(source.document["components"]["schemas"], source)
    artifacts = tuple(builder.artifacts(source.document["paths"]))
    sent = builder.reached(artifact.root for artifact in artifacts if artifact.direction is Direction.SENT)
    received = builder.reached(artifact.root for artifact in artifacts if artifact.direction is Direction.RECEIVED)
    undecided = builder.settle(sent - received, UnknownFields(source.unknown_fields))
    if source.conversions == "lax":
        builder.convert()
    builder.check_defaults()
    builder.check_mapped()
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
        released=None if source.released == source.as_of else source.released,
        sources=tuple(evidence_of(item) for item in source.sources),
        artifacts=artifacts,
        definitions=tuple(builder.in_order()),
        undecided=undecided,
        severities=tuple(sorted(source.severities.items())),
        answers=tuple(answers(source)),
    )


class _DefinitionBuilder:
    """Makes definitions as they are reached."""

    def __init__(self, schemas: Mapping[str, Schema], source: Source) -> None:
        self.findings: list[Finding] = []
        self._schemas = schemas
        self._day = source.as_of
        self._is_refusal_doubtful = source.is_doubtful(source.unknown_fields_at)
        self._merging = Merging(schemas)
        self._attestation = Attestation(source.is_doubtful)
        self._shapes = TypeBuilder(self._merging, self._attestation, self._day, self.findings)
        self._definitions: dict[str, Definition] = {}
        self._silent: set[str] = set()
        """Records that do not say what becomes of unknown fields."""
        self._defaults: list[tuple[Any, Type, Place | None, tuple[str, str | None]]] = []
        """Each with its type, its place, and what has it: a definition, or a field of one."""

        self._embedding: dict[str, Schema] = {}
        self._mapped: list[tuple[str, Mapped, Type, Place | None]] = []

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
                dump_order=tuple(document.get("x-dump-order", ())),
                byte_order_mark=document.get("x-byte-order-mark", False),
                stream=StreamFacts(**document["x-stream"]) if "x-stream" in document else None,
                exchange=ExchangeFacts(**document["x-exchange"]) if "x-exchange" in document else None,
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
                is_doubtful = unknown is UnknownFields.REFUSE and self._is_refusal_doubtful
                doubtful = definition.doubtful | (frozenset({"unknown"}) if is_doubtful else frozenset[str]())
                self._definitions[name] = replace(definition, unknown=unknown, doubtful=doubtful)
        for name, definition in self._definitions.items():
            if isinstance(definition, Record):
                self._definitions[name] = settled(definition, is_sent=name in only_sent)
        return frozenset(undecided)

    def convert(self) -> None:
        """Let texts that spell a number or a boolean be one."""
        for name, definition in self._definitions.items():
            self._definitions[name] = lax(definition)

    def check_mapped(self) -> None:
        """Find the values that are said to be read as what their field does not take; let the others be taken."""
        for _, policy, kind, at in () if self.findings else self._mapped:
            self.findings.extend(mapped_faults(policy, kind, at, self._definitions))
        for name, definition in self._definitions.items():
            if isinstance(definition, Record) and not self.findings:
                fields = tuple(admitting_mapped(field, self._definitions) for field in definition.fields)
                self._definitions[name] = replace(definition, fields=fields)

    def check_defaults(self) -> None:
        """Find the defaults that their own types refuse."""
        for value, kind, at, owner in self._defaults:
            if self.findings or accepts(kind, value, self._definitions):
                continue
            if self._attestation.is_doubtful(at):
                self._forget_default(*owner)  # of another provider, whose server takes other values
            else:
                self.findings.append(fault("PAR909", at, f"its own schema refuses the default {value!r}"))

    def _forget_default(self, name: str, field: str | None) -> None:
        definition = self._definitions[name]
        if isinstance(definition, Record):
            fields = (
                replace(each, default=None, has_default=False) if each.name == field else each
                for each in definition.fields
            )
            self._definitions[name] = replace(definition, fields=tuple(fields))
        else:
            self._definitions[name] = replace(definition, default=None, has_default=False)

    def check_embedded(self, artifacts: Iterable[Artifact]) -> None:
        """Find the artifacts that are said to stand where nothing stands, or that do not exist."""
        structure = ArtifactTypes(artifacts, self._definitions.values())
        for artifact in artifacts:
            self._check_named(artifact, "x-variant-of", [artifact.variant_of], structure)
            if artifact.stream is not None:
                stream = artifact.stream
                self._check_named(artifact, "x-stream", [stream.into, stream.request, stream.errors], structure)
            if artifact.exchange is not None:
                exchange = artifact.exchange
                self._check_named(artifact, "x-exchange", [exchange.request, exchange.errors], structure)
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

    def _check_named(
        self, artifact: Artifact, key: str, names: Iterable[str | None], structure: ArtifactTypes
    ) -> None:
        """Find the names of artifacts that there are not."""
        for name in names:
            if name is not None and name not in structure.roots:
                message = f"there is no artifact {name!r}{did_you_mean(name, structure.roots)}"
                self.findings.append(fault("PAR904", place(self._embedding[artifact.name], key), message))

    def in_order(self) -> Iterator[Definition]:
        """The definitions, in the order of the spec."""
        return (self._definitions[name] for name in self._schemas if name in self._definitions)

    def _definition(self, name: str) -> Definition:
        schema = self._schemas[name]
        if self._merging.is_record(name):
            return self._record(name, schema)
        if "oneOf" in schema and "discriminator" not in schema:
            return self._enumeration(name, schema)
        with self._attestation.of(schema):
            kind = self._shapes.type(schema)
        self._keep_default(schema, kind, name)
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
        if "x-unknown-fields" in merged.limits:
            self._silent.discard(name)
            unknown = UnknownFields(merged.limits["x-unknown-fields"])
            if others is not None:
                message = "a record says `additionalProperties` or `x-unknown-fields`, not both"
                self.findings.append(fault("PAR908", merged.places["x-unknown-fields"], message, advice="keep one"))
        fields: list[Field] = []
        for field, (body, _) in merged.fields.items():
            presence = Presence.OPTIONAL
            if field in merged.required:
                presence = Presence.REQUIRED
            elif field in merged.expected:
                presence = Presence.EXPECTED
            fields.append(self._field(name, field, body, presence))
        return Record(
            name=name,
            description=schema["description"],
            fields=tuple(fields),
            unknown=unknown,
            extra=None if extra == Anything() else extra,
            min_properties=merged.limits.get("minProperties"),
            max_properties=merged.limits.get("maxProperties"),
            foreign=tuple(self._foreign(schema, merged.fields)),
            doubtful=self._doubts_of_record(schema, merged, unknown),
            history=_history(schema),
            fold=schema.get("x-fold"),
        )

    def _doubts_of_record(self, schema: Schema, merged: Merged, unknown: UnknownFields) -> frozenset[str]:
        """Its constraints that nothing attests."""
        if schema.get("x-attested", False):
            return frozenset()
        keys = {"min_properties": "minProperties", "max_properties": "maxProperties"}
        if unknown is UnknownFields.REFUSE:
            keys |= {"unknown": "x-unknown-fields" if "x-unknown-fields" in merged.limits else "additionalProperties"}
        return frozenset(
            name
            for name, key in keys.items()
            if key in merged.limits and self._attestation.is_doubtful(merged.places[key])
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
                    evidence = tuple(evidence_of(item) for item in group["sources"])
                    yield ForeignField(name=name, what=group["what"], advice=group.get("help"), evidence=evidence)

    def _field(self, record: str, name: str, schema: Schema, presence: Presence) -> Field:
        policy = policy_of(schema)
        is_absent = isinstance(policy, Refused | Renamed)
        if presence is not Presence.OPTIONAL and is_absent:
            message = f"{name!r} is {presence}, and it is {'renamed' if isinstance(policy, Renamed) else 'refused'}"
            self.findings.append(fault("PAR909", place(schema, "x-policy"), message, advice="let it be optional"))
        with self._attestation.of(schema):
            own = self._shapes.type(schema)
        kind = with_policy(own, policy, schema, self.findings)
        has_default = "default" in schema and isinstance(policy, Supported | Clamped | Mapped)
        if has_default:
            self._keep_default(schema, kind, record, name)
        if isinstance(policy, Mapped):
            self._mapped.append((name, policy, kind, place(schema["x-policy"], "policy")))
        described = schema if "description" in schema else self._schemas[referred(schema)]
        return Field(
            name=name,
            type=kind,
            description=described["description"],
            presence=Presence.OPTIONAL if isinstance(policy, Dropped) else presence,
            default=schema.get("default") if has_default else None,
            has_default=has_default,
            printed=schema.get("x-printed", True),
            history=_history(schema),
            attested=self._attestation.knows(schema),
            fold=_fold(schema["x-fold"]) if "x-fold" in schema else None,
            settles=schema.get("x-settles", False),
            policy=LeftOut(policy.evidence) if isinstance(policy, Refused) and _is_left_out(schema) else policy,
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
                value=value,
                description=member["description"],
                name=member.get("x-name"),
                history=_history(member),
                policy=self._policy_of_member(member),
                printed=member.get("x-printed", True),
            )
        refused = tuple(member for member in members.values() if is_refused(member))
        kept = tuple(member for member in members.values() if not is_refused(member))
        self._check_mapped_members(name, schema, kept)
        if not kept:
            message = f"{name} has no member on {self._day}"
            advice = "date what uses it, or remove that"
            self.findings.append(fault("PAR909", place(schema, "oneOf"), message, advice=advice))
        enumeration = Enumeration(
            name=name,
            description=schema["description"],
            members=kept,
            base=excluding(base, refused),
            open=schema.get("x-open", False),
            refused=refused,
            doubtful=self._is_end_doubtful(schema),
            default=schema.get("default"),
            has_default="default" in schema,
            history=_history(schema),
        )
        self._keep_default(schema, Named(name), name)
        return enumeration

    def _is_end_doubtful(self, schema: Schema) -> bool:
        """Whether nothing attests that an enumeration has no other value."""
        with self._attestation.of(schema):
            return not schema.get("x-open", False) and self._attestation.doubts_end(schema, "oneOf")

    def _policy_of_member(self, member: Schema) -> Policy:
        policy, value = policy_of(member), member["const"]
        if isinstance(policy, Mapped) and [before.value for before, _ in policy.values] != [value]:
            message = f"the policy of a value speaks of it alone: {{mapped: {{{value}: …}}}}"
            at = place(member["x-policy"], "policy")
            self.findings.append(fault("PAR903", at, message, advice="or say it of a field"))
        return policy

    def _check_mapped_members(self, name: str, schema: Schema, kept: Sequence[Member]) -> None:
        """Find the values that are read as others that do not exist."""
        values = [member.value for member in kept]
        for member, item in zip(kept, [each for each in schema["oneOf"] if each["const"] in values], strict=False):
            for _, after in member.policy.values if isinstance(member.policy, Mapped) else ():
                if after.value not in values or after.value == member.value:
                    guess = did_you_mean(str(after.value), [str(value) for value in values])
                    at = place(item["x-policy"], "policy")
                    self.findings.append(fault("PAR904", at, f"{name} has no other value {after.value!r}{guess}"))

    def _keep_default(self, schema: Schema, kind: Type, name: str, field: str | None = None) -> None:
        if "default" in schema:
            self._defaults.append((schema["default"], kind, place(schema, "default"), (name, field)))


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
    evidence += [evidence_of(item) for item in (*schema.get("x-evidence", ()), *filter(None, [schema.get("x-listed")]))]
    return History(
        since=schema.get("x-since"),
        until=schema.get("x-until"),
        deprecation=Deprecation(since=since, replaced_by=tuple(schema.get("x-replaced-by", ()))) if since else None,
        evidence=tuple(evidence),
    )


def _fold(written: Json) -> Fold:
    """How a field is put together, of the way alone or of all that is written."""
    if isinstance(written, str):
        return Fold(way=written)
    return Fold(
        into=written.get("into"),
        by=written.get("by"),
        begins=tuple(map(pointer, written.get("begins", ()))),
        id=pointer(written.get("id", "")),
        json=pointer(written.get("json", "")),
    )


def _is_left_out(schema: Schema) -> bool:
    return bool(schema["x-policy"]["policy"] == LEFT_OUT)
