"""How the time of each kind of rule grows with the document: ten times as long for ten times as much, or less."""

from __future__ import annotations

import gc
import math
import statistics
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, NamedTuple

import parlance
from parlance.contract.build import build_contract
from parlance.contract.rules import Capabilities, Rule
from parlance.spec import resolve
from parlance.spec_source import SpecSource
from parlance_dialects.checks import Check, Checks, Findings

from .growth import FAMILIES, growing
from .places import DIALECT

__all__ = ["LINEAR", "Growth", "KindGrowth", "family_growths", "kind_growths", "linearity_tables", "slowest"]

LINEAR = 15
"""How many times as long what is ten times as much may take."""

SUBSCHEMAS = "subschemas"
"""The kind, in the table, of whatever goes through all schemas in a schema."""

_NOTICED = 0.0003
"""Seconds below which growth is that of the clock."""


class Growth(NamedTuple):
    """What ten times as large a document takes."""

    name: str
    seconds: float
    """For the large one."""

    ratio: float
    """Of the large one's time to the small one's."""


class KindGrowth(NamedTuple):
    """The rules of one kind, each on its own examples made large."""

    kind: str
    rules: int
    documents: int
    growths: list[Growth]
    """Of what takes long enough to be measured."""


def family_growths(*, quick: bool) -> Iterator[Growth]:
    """Everything that `parlance.lint` does, from a decoded value on, over each family of requests."""
    for name, (make, usual) in FAMILIES.items():
        count = 16 if quick else usual
        small, large = make(count), make(10 * count)
        yield _growth(f"{count:,} and {10 * count:,} {name}", _linted, small, large, rounds=1 if quick else 5)


def kind_growths(*, quick: bool) -> list[KindGrowth]:
    """Every rule over one document, by kind."""
    growths: dict[str, list[Growth]] = {}
    rules: dict[str, int] = {}
    documents: dict[str, int] = {}
    size = 20 if quick else 300
    for rule, check in _checks():
        subjects = [grow for each in (*rule.bad[:1], *rule.good[:1]) for grow in growing(each.document)]
        subjects += [make for make, _ in FAMILIES.values() if rule.artifact == "request"]
        subjects = subjects or [_padded(rule.bad[0].document)]
        found = [
            _growth(rule.code, _applied(check), make(size), make(10 * size), rounds=1 if quick else 3)
            for make in subjects[: 1 if quick else None]
        ]
        for kind in _kinds(rule):
            rules[kind] = rules.get(kind, 0) + 1
            documents[kind] = documents.get(kind, 0) + len(found)
            growths.setdefault(kind, []).extend(each for each in found if each.seconds >= _NOTICED)
    return [KindGrowth(kind, rules[kind], documents[kind], growths[kind]) for kind in rules]


def linearity_tables(families: list[Growth], kinds: list[KindGrowth]) -> Iterator[str]:
    """What was measured."""
    yield f"Time for ten times as much; up to {LINEAR} is linear"
    yield ""
    for name, seconds, ratio in families:
        yield f"parlance.lint, {name:34}{seconds * 1000:>12.1f} ms{ratio:>10.1f} x"
    yield ""
    yield f"{'kind of rule':16}{'rules':>8}{'documents':>12}{'measured':>11}{'median':>10}{'worst':>10}  by"
    for kind, rules, documents, growths in kinds:
        worst = max(growths, key=lambda each: each.ratio, default=None)
        middle = f"{statistics.median(each.ratio for each in growths):.1f}" if growths else "-"
        most, name = (f"{worst.ratio:.1f}", worst.name) if worst else ("-", "")
        yield f"{kind:16}{rules:>8}{documents:>12}{len(growths):>11}{middle:>10}{most:>10}  {name}".rstrip()


def slowest(families: list[Growth], kinds: list[KindGrowth]) -> float:
    """The worst growth of all."""
    return max(each.ratio for each in [*families, *(each for kind in kinds for each in kind.growths)])


def _checks() -> Iterator[tuple[Rule, Check]]:
    """Every rule over one document, with what applies it."""
    contract = build_contract(resolve(SpecSource().load(), DIALECT))
    module = import_module(f"parlance_dialects.{DIALECT.replace('-', '_')}.rules")
    for artifact in contract.artifacts:
        ours = [rule for rule in contract.rules if rule.artifact == artifact.name and rule.scope == "document"]
        checks: Checks | None = getattr(module, f"_{artifact.name.replace('-', '_').upper()}", None)
        made = checks.checks if checks else ()
        plain = [rule for rule in ours if not isinstance(rule.check, Capabilities)]
        yield from zip(plain, [check for check in made if check.rule], strict=True)
        models = next((check for check in made if check.rule is None), None)
        for rule in ours:
            if isinstance(rule.check, Capabilities) and models:
                yield rule, models


def _padded(document: Any) -> Callable[[int], Any]:
    """Makes a document that has nothing to repeat large by fields that nobody knows."""
    return lambda size: {**document, **{f"field_{number}": number for number in range(size)}}


def _kinds(rule: Rule) -> list[str]:
    through = any(getattr(each, "subschemas", False) for each in _selectors(rule))
    return [rule.kind, *([SUBSCHEMAS] if through else [])]


def _selectors(rule: Rule) -> list[Any]:
    at = getattr(rule.check, "at", ())
    return [*(at if isinstance(at, tuple) else (at,)), getattr(rule.check, "over", None)]


def _applied(check: Check) -> Callable[[Any], object]:
    return lambda document: check.apply(document, Findings())


def _linted(document: Any) -> object:
    return parlance.lint(document, dialect=DIALECT)


def _growth(name: str, action: Callable[[Any], object], small: Any, large: Any, rounds: int) -> Growth:
    """The least times of some rounds; of many more where growth looks steep, which a busy machine makes it look."""
    least = [math.inf, math.inf]
    for number in range(10 * rounds):
        if number >= rounds and (rounds == 1 or least[1] < _NOTICED or least[1] / least[0] < LINEAR * 0.8):
            break
        for index, document in enumerate((small, large)):
            gc.disable()  # how often it collects depends on what else there is
            start = time.process_time()
            action(document)
            least[index] = min(least[index], time.process_time() - start)
            gc.enable()
    return Growth(name, least[1], least[1] / least[0])
