"""`python -m tests.conformance.agreement`: random schemas and values by our modules, jsonschema and jsonschema-rs."""

from __future__ import annotations

import argparse
import json
import sys
import time
from typing import Any, NamedTuple

import jsonschema_rs
from jsonschema.validators import validator_for
from parlance.finding import SpecError
from parlance.schema_compiler.compiling import Options, compile_schema
from parlance.schema_compiler.module import Header
from parlance.schemas.building import Permissions
from parlance.schemas.document_library import Library
from parlance.schemas.documents import SchemaDocument
from parlance.schemas.drafts import Draft

from .ours import loaded
from .sampling import Sampler

__all__ = ["Tally", "agree"]

_VALUES = 25
_DRAFTS = (Draft.DRAFT_2020_12, Draft.DRAFT_2020_12, Draft.DRAFT_7)


class Tally(NamedTuple):
    """What was tried."""

    schemas: int
    loops: int
    """How many more schemas were refused, because a reference leads back to itself."""

    values: int
    outvoted: int
    """How many verdicts only one of the other two shares with us."""

    disagreements: tuple[str, ...]
    """Schema and value of each verdict that neither of the other two shares, or that `check` contradicts."""


def agree(seed: int, *, schemas: int | None = None, seconds: float | None = None) -> Tally:
    """Judge the values of so many schemas, or of as many as there is time for."""
    sampler, started = Sampler(seed), time.monotonic()
    made = loops = values = outvoted = 0
    found: list[str] = []
    while made != schemas and (seconds is None or time.monotonic() - started < seconds):
        schema = sampler.document(_DRAFTS[made % len(_DRAFTS)])
        module = _module(schema)
        if module is None:
            loops += 1
            continue
        made += 1
        rust, python = jsonschema_rs.validator_for(schema), validator_for(schema)(schema)
        for value in (sampler.value() for _ in range(_VALUES)):
            values += 1
            verdict = module["is_valid"](value)
            others = [_verdict(rust, value), _verdict(python, value)]
            outvoted += verdict in others and others[0] is not others[1]
            if verdict not in others or verdict is any(True for _ in module["check"](value)):
                found.append(json.dumps({"schema": schema, "value": value, "ours": verdict}))
    return Tally(made, loops, values, outvoted, tuple(found))


def _module(schema: dict[str, Any]) -> dict[str, Any] | None:
    options = Options(permissions=Permissions(unknown_keywords=True))
    try:
        return loaded(compile_schema(SchemaDocument("", "", schema), Library(), options, Header("a sample", "pytest")))
    except SpecError as error:
        if all(finding.code == "PAR905" for finding in error.findings):
            return None
        raise


def _verdict(validator: Any, value: Any) -> bool | None:
    """None where a validator fails."""
    try:
        return bool(validator.is_valid(value))
    except Exception:  # jsonschema fails on draft-07's additionalItems beside boolean items
        return None


def main() -> int:
    """Try for a while, and print what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.conformance.agreement", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    tally = agree(arguments.seed, seconds=arguments.seconds)
    print(f"{tally.schemas:,} schemas ({tally.loops:,} more refused as loops), {tally.values:,} values")
    print(f"{len(tally.disagreements)} disagreements; {tally.outvoted} verdicts shared with one of the other two only")
    print(*tally.disagreements[:5], sep="\n")
    return 1 if tally.disagreements else 0


if __name__ == "__main__":
    sys.exit(main())
