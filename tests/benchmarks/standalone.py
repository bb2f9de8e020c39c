"""Modules made from any schema, beside other validators: on large public schemas, and over the official suite."""

from __future__ import annotations

import copy
import json
import statistics
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from functools import partial
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import fastjsonschema
import jsonschema_rs
import yaml
from parlance.schema_compiler.compiling import Options, compile_schema
from parlance.schema_compiler.module import Header
from parlance.schemas.building import Permissions
from parlance.schemas.document_library import Library
from parlance.schemas.documents import SchemaDocument
from parlance.schemas.drafts import DRAFTS

from .measure import Cost, Effort, medians
from .report import costs_table

__all__ = ["PUBLIC", "Public", "load", "public", "standalone_tables"]

PUBLIC = ("github-workflows", "gitlab-ci", "compose-spec", "dependabot", "readthedocs", "taskfile", "codecov")
"""Schemas that check-jsonschema carries; an instance of each is in `instances`."""

_DAMAGE = {
    "github-workflows": ("jobs", "test", "timeout-minutes"),
    "gitlab-ci": ("test", "coverage"),
    "compose-spec": ("services", "web", "deploy", "replicas"),
    "dependabot": ("updates", 0, "schedule"),
    "readthedocs": ("build", "os"),
    "taskfile": ("tasks", "test", "dir"),
    "codecov": ("coverage", "precision"),
}
"""Where a value is put that nothing accepts there."""

Verdict = Callable[[Any], bool]


class Public(NamedTuple):
    """A large schema and values to judge by it."""

    name: str
    schema: Any
    valid: Any
    invalid: Any


def public(name: str) -> Public:
    """One of `PUBLIC`."""
    schemas = files("check_jsonschema") / "builtin_schemas" / "vendor"
    schema = json.loads((schemas / f"{name}.json").read_text("utf-8"))
    valid = yaml.load((Path(__file__).parent / "instances" / f"{name}.yaml").read_text("utf-8"), yaml.CSafeLoader)
    invalid = copy.deepcopy(valid)
    *path, last = _DAMAGE[name]
    inside = invalid
    for key in path:
        inside = inside[key]
    inside[last] = [[{}]]
    return Public(name, schema, valid, invalid)


def load(schema: Any) -> dict[str, Any]:
    """The module of a schema that may have remarks of its own, loaded."""
    options = Options(DRAFTS["draft-07"], Permissions(unknown_keywords=True))
    header = Header("a benchmark", "make bench")
    text = compile_schema(SchemaDocument("", "", schema), Library(), options, header)
    namespace: dict[str, Any] = {"__name__": "generated"}
    exec(compile(text, "generated.py", "exec"), namespace)  # noqa: S102, our own output
    return namespace


def _fast(schema: Any) -> Verdict:
    compiled: Any = fastjsonschema.compile(schema, use_formats=False, use_default=False)

    def verdict(value: Any) -> bool:
        try:
            compiled(value)
        except fastjsonschema.JsonSchemaValueException:
            return False
        return True

    return verdict


def _verdicts(schema: Any) -> dict[str, Verdict]:
    module = load(schema)
    rust: Any = jsonschema_rs.validator_for(schema)
    return {
        "jsonschema-rs is_valid": rust.is_valid,
        "is_valid": module["is_valid"],
        "fastjsonschema": _fast(schema),
        "jsonschema-rs iter_errors": lambda value: not list(rust.iter_errors(value)),
        "check": lambda value: not list(module["check"](value)),
    }


def standalone_tables(effort: Effort) -> Iterator[str]:
    """All that is measured, as tables."""
    rounds = max(effort.rounds, 1)
    chosen = [*map(public, PUBLIC[: effort.schemas])]
    ours: list[float] = []
    for each in chosen:
        verdicts = _verdicts(each.schema)
        for title, value in (("valid", each.valid), ("invalid", each.invalid)):
            times = 20 if rounds > 1 else 1
            actions = {name: _repeated(verdict, [value], times) for name, verdict in verdicts.items()}
            ratios = yield from _ratio_table(f"{each.name}, its {title} document, already decoded", actions, rounds)
            ours += [ratios["is_valid"]] if title == "valid" else []
    yield f"{'Median of is_valid, valid documents':46}{statistics.median(ours):>16.2f} x"
    yield ""
    yield from _suite(rounds)
    yield from costs_table("Compiling", list(_compiling(chosen, rounds)))


def _ratio_table(
    title: str, actions: dict[str, Callable[[], None]], rounds: int
) -> Generator[str, None, dict[str, float]]:
    """Each action as a multiple of the first just before it: the median of all rounds, which is given back, too."""
    base, *_ = actions.values()
    ratios: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(rounds):
        for name, action in actions.items():
            ratios[name].append(_seconds(action) / _seconds(base))
    yield title
    yield ""
    medians_of = {name: statistics.median(found) for name, found in ratios.items()}
    for name, ratio in medians_of.items():
        yield f"{name:46}{ratio:>16.2f} x"
    yield ""
    return medians_of


def _seconds(action: Callable[[], None]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def _repeated(verdict: Verdict, values: Sequence[Any], times: int) -> Callable[[], None]:
    def action() -> None:
        for _ in range(times):
            for value in values:
                verdict(value)

    return action


def _suite(rounds: int) -> Iterator[str]:
    """The required cases of draft-07 that all three can take, each value once."""
    # Beside this package, which is a part of `tests` when it is run, and none when pytest loads it.
    beside = (__package__ or "").removesuffix("benchmarks")
    peers, suite = import_module(f"{beside}conformance.peers"), import_module(f"{beside}conformance.suite")
    names = ("jsonschema-rs", "parlance", "fastjsonschema")
    if not suite.FOLDER.is_dir():
        return
    pairs: dict[str, list[tuple[Verdict, Any]]] = {name: [] for name in names}
    for case in suite.cases("draft7"):
        if case.group == "required":
            try:
                found: dict[str, Verdict] = {name: peers.READERS[name](case) for name in names}
                for verdict in found.values():
                    for test in case.tests:
                        verdict(test["data"])
            except Exception:  # noqa: S112 - what one of them cannot take is measured for none
                continue
            for name, verdict in found.items():
                pairs[name] += [(verdict, test["data"]) for test in case.tests]
    actions = {name: _all(pairs[name]) for name in names}
    yield from _ratio_table(f"Test suite, draft-07, {len(pairs['parlance']):,} values", actions, rounds)


def _all(pairs: Sequence[tuple[Verdict, Any]]) -> Callable[[], None]:
    def action() -> None:
        for verdict, value in pairs:
            verdict(value)

    return action


def _compiling(schemas: Sequence[Public], rounds: int) -> Iterator[Cost]:
    for each in schemas:
        makers: dict[str, Callable[[Any], object]] = {
            "to a module, loaded": load,
            "fastjsonschema.compile": fastjsonschema.compile,
            "jsonschema_rs.validator_for": jsonschema_rs.validator_for,
        }
        actions: dict[str, Callable[[], object]] = {
            f"{each.name} {name}": partial(make, each.schema) for name, make in makers.items()
        }
        yield from medians(actions, min(rounds, 3))
