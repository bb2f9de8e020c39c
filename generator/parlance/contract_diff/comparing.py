"""Two contracts to what changed from one to the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ..contract.accepted import accepted
from ..contract.ir import Artifact, Contract, Direction, Named, UnknownFields
from .change_kinds import ChangeLevel
from .contract_change import ContractChange, LocalChange, placed
from .rule_diff import RuleFacts, model_changes, rule_changes, rule_facts
from .type_diff import TypeComparison
from .type_pairs import TooManyPlacesError, TypePairs
from .type_parts import definitions_of

__all__ = ["TooManyPlacesError", "contract_changes"]


def contract_changes(
    old: Contract, new: Contract, rules: tuple[Sequence[RuleFacts], Sequence[RuleFacts]] | None = None
) -> list[ContractChange]:
    """Every change of the documents that go over the wire, the worst of each artifact first.

    What nothing attests of a dialect refuses no document, and is no part of the comparison. *rules* are those
    of both where they were kept as JSON, which has no more of them. Raises `TooManyPlacesError`.
    """
    rules = rules or (rule_facts(old), rule_facts(new))
    old, new = accepted(old), accepted(new)
    comparison = TypeComparison(definitions_of(old), definitions_of(new), (old.undecided, new.undecided))
    pairs = TypePairs(comparison)
    before, after = ({artifact.name: artifact for artifact in each.artifacts} for each in (old, new))
    if len(before) == len(after) == 1:  # such as JSON Schemas, which are called after their titles
        before = dict(zip(after, before.values(), strict=True))
    found: list[ContractChange] = []
    for name in dict.fromkeys([*after, *before]):
        artifact = after.get(name) or before[name]
        changes = _of_artifact(old, new, before.get(name), after.get(name), pairs, rules)
        found += _united(placed(name, artifact.direction, change) for change in changes)
    order = [*dict.fromkeys(change.artifact for change in found)]
    return sorted(found, key=lambda change: (order.index(change.artifact), change.level.rank))


def _of_artifact(  # noqa: PLR0913, PLR0917 - both sides of everything
    old: Contract,
    new: Contract,
    before: Artifact | None,
    after: Artifact | None,
    pairs: TypePairs,
    rules: tuple[Sequence[RuleFacts], Sequence[RuleFacts]],
) -> Iterator[LocalChange]:
    if before is None or after is None:
        yield LocalChange("artifact-added" if before is None else "artifact-removed")
        return
    addresses = (
        []
        if before.name != after.name
        else [" ".join(filter(None, (each.method, each.path, each.status))) for each in (before, after)]
    )
    if len({*addresses}) > 1:
        yield LocalChange("address-changed", *addresses)
    if after.direction is Direction.SENT:
        yield from _unknown(old, new)
    yield from pairs.changes((Named(before.root), Named(after.root)))
    yield from rule_changes(*rules, after.name)
    if after.model is not None and before.model is not None and after.variant_of is None:
        yield from model_changes(old, new, [*rules[0], *rules[1]])


def _unknown(old: Contract, new: Contract) -> Iterator[LocalChange]:
    """What becomes of unknown fields wherever the dialect says it."""
    was, now = old.unknown_fields, new.unknown_fields
    refuse = UnknownFields.REFUSE
    if (was is refuse) != (now is refuse):
        yield LocalChange("unknown-fields-refused" if now is refuse else "unknown-fields-accepted")
    elif UnknownFields.IGNORE in (was, now) and was is not now:
        yield LocalChange("unknown-fields-changed", str(was), str(now))


def _united(changes: Iterable[ContractChange]) -> Iterator[ContractChange]:
    """Changes that differ in nothing but the members of unions are one."""
    found: dict[tuple[ChangeLevel, str, str, str], ContractChange] = {}
    for change in changes:
        key = change.level, change.kind, change.at, repr((change.before, change.after))
        if key not in found:
            found[key] = change
        elif found[key].where and change.where:
            merged = [*found[key].where, *(each for each in change.where if each not in found[key].where)]
            found[key] = replace(found[key], where=tuple(merged))
        else:
            found[key] = replace(found[key], where=())
    yield from found.values()
