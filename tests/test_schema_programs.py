"""Programs of JSON Schemas, run as they are, say what the generated modules say: a back end decides nothing."""

from __future__ import annotations

import pytest
from conformance.ours import loaded, module_of, program_of_case
from conformance.suite import DRAFTS, cases
from interpreter.schemas import OF_SCHEMAS, InterpretedSchema
from parlance.program.logic import nodes


@pytest.mark.parametrize("draft", DRAFTS)
def test_the_suite_has_the_same_results_without_a_back_end(draft: str) -> None:
    used: set[type] = set()
    tests = refused = 0
    for case in cases(draft):
        schema, module = InterpretedSchema(program_of_case(case)), loaded(module_of(case))
        used |= {type(node) for body in schema.bodies.values() for node in nodes(body)}
        for test in case.tests:
            value = test["data"]
            found = [] if schema.is_valid(value) else schema.violations(value)
            assert [*map(repr, found)] == [*map(repr, module["check"](value))], (case.description, test["description"])
            assert schema.is_valid(value) is module["is_valid"](value)
            tests += 1
            refused += bool(found)
    assert tests - refused > 200
    assert refused > 200
    assert draft in {"draft4", "draft6", "draft7"} or used >= OF_SCHEMAS
