"""What the matrix says of what stands inside a field."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from parlance.contract.build import build_contract
from parlance.spec import load_spec, resolve
from parlance.targets.matrix import cells

SMALL = Path(__file__).parent / "cases" / "spec" / "foreign-small"
BAR = """overlay: 1.1.0
info: {title: A bar, version: '1'}
id: bar
description: A bar.
extends: shop
as-of: 2025-03-01
actions:
"""
ACTION = """  - target: $.components.schemas.FIELD
    policy: POLICY
    evidence: {source: a visit, date: 2025-02-01, says: we tried}
"""


@pytest.mark.parametrize(
    ("policies", "field", "state"),
    [
        ({"Order.properties.drinks": "ignored"}, "/drinks/*/sugar", "ignored"),
        ({"Order.properties.extra": "refused"}, "/extra/sugar", "refused"),
        ({"Order.properties.drinks": "ignored"}, "/drinks/*/size=small", "ignored"),
        ({"Order.properties.drinks": "ignored", "Drink.properties.sugar": "refused"}, "/drinks/*/sugar", "ignored"),
        ({"Order.properties.drinks": "ignored"}, "/drinks/*/milk", "ignored"),
        ({"Order.properties.drinks": "ignored"}, "drinks", "ignored"),
        ({"Order.properties.drinks": "ignored"}, "guest", "unknown"),
        ({"Order.properties.drinks": "supported"}, "/drinks/*/sugar", "unknown"),
        ({"Drink.properties.sugar": "supported"}, "/drinks/*/sugar", "supported"),
        ({"Drink.properties.sugar": "ignored"}, "/drinks/*/name", "unknown"),
        ({"Drink.properties.sugar": "ignored"}, "drinks", "unknown"),
    ],
)
def test_what_is_in_a_field_without_effect_has_none(
    tmp_path: Path, policies: dict[str, str], field: str, state: str
) -> None:
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    schemas = tmp_path / "schemas" / "order.yaml"
    milk = "milk: {type: boolean, description: Whether there is milk., x-since: 2025-05-01, x-source: the blackboard}"
    extra = "extra: {$ref: '#/Drink', description: One more.}"
    text = schemas.read_text("utf-8").replace("    sugar:", f"    {milk}\n    sugar:")
    schemas.write_text(text.replace("    guest:", f"    {extra}\n    guest:"), "utf-8")
    actions = (ACTION.replace("FIELD", name).replace("POLICY", policy) for name, policy in policies.items())
    (tmp_path / "dialects" / "bar.yaml").write_text(BAR + "".join(actions), "utf-8")
    spec = load_spec(tmp_path)
    base, bar = (build_contract(resolve(spec, name)) for name in ("shop@2025-06-01", "bar"))
    ((cell,),) = cells([("bar", bar)], [field], base)
    assert cell.state == state
    assert bool(cell.evidence) is (state != "unknown")
