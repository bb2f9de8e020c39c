"""A contract as one user chooses it: some of its documents, another policy on unknown fields, with or without rules."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from .ir import Artifact, Contract, Definition, Enumeration, Record, UnknownFields
from .references import mentions, reached

__all__ = ["ContractOptions", "with_options"]

_UNKNOWN = {"forbid": UnknownFields.REFUSE, "ignore": UnknownFields.IGNORE, "allow": UnknownFields.KEEP}


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractOptions:
    """What is other than the dialect says; None for what is not."""

    artifacts: tuple[str, ...] = ()
    """Names; none for all."""

    extra: str | None = None
    """What becomes of unknown fields: `forbid`, `ignore` or `allow`."""

    enumerations: str | None = None
    """`open` or `closed`."""

    rules: bool = True


def with_options(contract: Contract, options: ContractOptions) -> Contract:
    """*contract* with *options*. Raises `KeyError` with the name of an artifact that it does not have."""
    known = {artifact.name for artifact in contract.artifacts}
    for name in options.artifacts:
        if name not in known:
            raise KeyError(name)
    contract = _of_artifacts(contract, {*options.artifacts} or known)
    definitions = tuple(_definition(each, options) for each in contract.definitions)
    unknown = contract.unknown_fields if options.extra is None else _UNKNOWN[options.extra]
    contract = replace(contract, definitions=definitions, unknown_fields=unknown)
    return contract if options.rules else replace(contract, rules=(), capabilities=())


def _of_artifacts(contract: Contract, names: Collection[str]) -> Contract:
    """The contract with these artifacts alone, and what they reach."""
    artifacts = tuple(_beside(each, names) for each in contract.artifacts if each.name in names)
    by_name = {each.name: each for each in contract.definitions}
    roots = [artifact.root for artifact in artifacts]
    kept = reached(roots, lambda name: (other for other, _ in mentions(by_name[name])))
    scopes = {"document", "file"}
    scopes |= {"stream"} if any(each.stream for each in artifacts) else set()
    scopes |= {"exchange"} if any(each.exchange for each in artifacts) else set()
    return replace(
        contract,
        artifacts=artifacts,
        definitions=tuple(each for each in contract.definitions if each.name in kept),
        undecided=contract.undecided & kept,
        rules=tuple(rule for rule in contract.rules if rule.artifact in names and rule.scope in scopes),
        capabilities=contract.capabilities if any(each.model for each in artifacts) else (),
    )


def _beside(artifact: Artifact, names: Collection[str]) -> Artifact:
    """An artifact that knows of no other than those of *names*."""
    stream, exchange = artifact.stream, artifact.exchange
    if stream is not None:
        request = stream.request if stream.request in names else None
        errors = stream.errors if stream.errors in names else None
        field = stream.field if request else None
        stream = replace(stream, request=request, errors=errors, field=field) if stream.into in names else None
    if exchange is not None:
        errors = exchange.errors if exchange.errors in names else None
        exchange = replace(exchange, errors=errors) if exchange.request in names else None
    return replace(
        artifact,
        embeds=tuple(each for each in artifact.embeds if each[1] in names),
        variant_of=artifact.variant_of if artifact.variant_of in names else None,
        stream=stream,
        exchange=exchange,
    )


def _definition(definition: Definition, options: ContractOptions) -> Definition:
    match definition:
        case Enumeration() if options.enumerations is not None:
            return replace(definition, open=options.enumerations == "open", doubtful=False)
        case Record(unknown=unknown, extra=None) if options.extra is not None and unknown is not UnknownFields.OPEN:
            doubtful = definition.doubtful - {"unknown"}
            return replace(definition, unknown=_UNKNOWN[options.extra], doubtful=doubtful)
        case _:
            return definition
