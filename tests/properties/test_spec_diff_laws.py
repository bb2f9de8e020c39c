"""What holds of the diff of any two specs: it is empty, whole, and has the levels that values show."""

from __future__ import annotations

from typing import Any

from applied_changes import apply, parsed, plain
from effort import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from parlance.contract.ir import Contract, Named
from parlance.contract.limits import accepts
from parlance.contract_diff.change_kinds import ChangeLevel
from parlance.contract_diff.comparing import contract_changes
from parlance.contract_diff.contract_change import ContractChange
from parlance.contract_diff.plain_schema import SchemaExpansion
from parlance.contract_diff.spec_changelog import meant
from parlance.contract_diff.type_parts import definitions_of
from spec_pairs import Shape, documents, draw_object, pairs, spec_of

QUICK = settings(
    max_examples=examples(40, at_length=800),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
NEW_FIELDS = {"field-added", "required-field-added", "unknown-fields-accepted"}


def tree(contract: Contract) -> Any:
    return parsed(SchemaExpansion(definitions_of(contract)).of(Named(contract.artifacts[0].root)))


def of(artifact: str, changes: list[ContractChange]) -> list[ContractChange]:
    return [change for change in meant(changes) if change.artifact == artifact]


def takes(contract: Contract, value: Any) -> bool:
    return accepts(Named(contract.artifacts[0].root), value, definitions_of(contract))


@st.composite
def roots(draw: Any) -> Shape:
    return draw_object(draw, 3, tag=None)


@QUICK
@given(roots())
def test_a_spec_is_no_other_than_itself_by_other_names(root: Shape) -> None:
    assert contract_changes(spec_of(root, "Old"), spec_of(root, "New")) == []


@QUICK
@given(pairs())
def test_what_is_reported_makes_the_new_spec_of_the_old_one(pair: tuple[Contract, Contract]) -> None:
    old, new = pair
    changes = of("request", contract_changes(old, new))
    assert plain(apply(tree(old), changes)) == plain(tree(new))


@QUICK
@given(st.data())
def test_what_is_no_longer_accepted_has_a_line_that_breaks(data: st.DataObject) -> None:
    old, new = data.draw(pairs())
    value = data.draw(documents(old))
    if takes(old, value) and not takes(new, value):
        levels = {change.level for change in of("request", contract_changes(old, new))}
        kinds = {change.kind for change in of("request", contract_changes(old, new))}
        # A field that was free before and has a type now is a new field, which the table of levels calls compatible.
        assert ChangeLevel.BREAKING in levels or "field-added" in kinds


@QUICK
@given(st.data())
def test_what_is_accepted_now_has_a_line_for_who_reads_it(data: st.DataObject) -> None:
    old, new = data.draw(pairs())
    value = data.draw(documents(new))
    if takes(new, value) and not takes(old, value):
        changes = of("response", contract_changes(old, new))
        is_reported = {change.level for change in changes} & {ChangeLevel.BREAKING, ChangeLevel.RISKY}
        assert is_reported or {change.kind for change in changes} & NEW_FIELDS
