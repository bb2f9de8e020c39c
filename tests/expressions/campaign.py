"""Evaluations by engines and by us, compared: where an engine has a value, ours is the same."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, NamedTuple

from parlance.contract.expression import Binary, Call, Expression, Literal, Macro, Unary, names, parse, parts
from parlance.finding.shape import is_array, is_object

from .engines import ENGINES, NAMES, NOTHING, OTHER_FORMS, Evaluate, ours
from .sampling import Documents, Expressions
from .spoken import Spoken, spoken
from .text import as_cel, asks_types

__all__ = ["DELIBERATE", "Difference", "Outcome", "examine_random", "examine_spoken"]

DELIBERATE = {
    "order": "CEL does not say in which order a macro takes the keys of a map; we take them as they stand.",
    "beyond": "common-expression-language has values for `-true` and `[1] + {}`; CEL, and we, have none.",
    "bytes": "common-expression-language counts bytes where CEL, and we, count code points.",
}
"""Why an engine may differ. Where it has no value, for lack of a key, an item or an operand of the right type, ours is
null or false: that is no difference. Names of types are ours (`type(x) == 'list'`), and put in CEL's words before."""

_RUST = "common-expression-language"


@dataclass(frozen=True)
class Difference:
    """An expression on which an engine and we differ."""

    engine: str
    where: str
    text: str
    bindings: Mapping[str, Any]
    theirs: Any
    own: Any

    def __str__(self) -> str:
        """Show all of it."""
        shown = json.dumps({name: self.bindings[name] for name in self.bindings}, default=str)[:1500]
        return f"{self.where}: {self.text}\n  {shown}\n  {self.engine}: {self.theirs!r}\n  ours: {self.own!r}"


@dataclass
class Outcome:
    """What came of it."""

    expressions: int = 0
    evaluations: Counter[str] = field(default_factory=Counter[str])
    values: Counter[str] = field(default_factory=Counter[str])
    deliberate: Counter[str] = field(default_factory=Counter[str])
    refused: Counter[str] = field(default_factory=Counter[str])
    """Expressions that an engine does not read."""

    differences: list[Difference] = field(default_factory=list[Difference])


def examine_spoken(rounds: int, seed: int = 0, only: Iterable[Spoken] | None = None) -> Outcome:
    """Every expression of the spec, each on so many documents."""
    outcome = Outcome()
    for each in spoken() if only is None else only:
        random = Random(f"{each.where} {each.text} {seed}")  # noqa: S311 - no secret
        documents = Documents(each.expression, each.documents, random)
        let = [(name, ours(expression, (*NAMES, *dict(each.let)))) for name, expression in each.let]

        def bindings(documents: Documents = documents, let: list[tuple[str, Evaluate]] = let) -> dict[str, Any]:
            made = documents.bindings() | {name: None for name, _ in let}
            for name, evaluate in let:
                made[name] = evaluate(made)
            return made

        text = as_cel(each.expression) if asks_types(each.expression) else each.text
        _examine(outcome, each.where, each.expression, text, (bindings() for _ in range(rounds)))
    return outcome


def examine_random(expressions: int, rounds: int, seed: int = 0) -> Outcome:
    """So many random expressions, each on so many documents."""
    outcome = Outcome()
    random = Random(f"random {seed}")  # noqa: S311 - no secret
    maker = Expressions(random)
    for number in range(expressions):
        expression = maker.expression()
        assert asks_types(expression) or parse(as_cel(expression)) == expression
        documents = Documents(expression, (), random)
        _examine(
            outcome,
            f"random {seed}/{number}",
            expression,
            as_cel(expression),
            (documents.bindings() for _ in range(rounds)),
        )
    return outcome


def _examine(outcome: Outcome, where: str, expression: Expression, text: str, given: Iterator[dict[str, Any]]) -> None:
    bound = tuple(dict.fromkeys((*NAMES, *names(expression))))
    evaluate = ours(expression, bound)
    outcome.expressions += 1
    engines: dict[str, Evaluate] = {}
    for name, make in ENGINES.items():
        try:
            engines[name] = make(text, bound)
        except (ValueError, RuntimeError):
            outcome.refused[name] += 1
    forms = {name: (ours(expression, bound, make), value_of) for name, (make, value_of) in OTHER_FORMS.items()}
    for bindings in given:
        own = evaluate(bindings)
        for name, (form, value_of) in forms.items():
            theirs = form(bindings)
            if not _same(theirs, value_of(own)):
                text_of = f"{text}, as {name}"
                outcome.differences.append(Difference("ours", where, text_of, bindings, theirs, value_of(own)))
        for name, engine in engines.items():
            theirs = engine(bindings)
            outcome.evaluations[name] += 1
            if theirs is NOTHING:
                continue
            outcome.values[name] += 1
            if not _same(theirs, own):
                others = [other(bindings) for each, other in engines.items() if each != name]
                reason = _reason(_Case(name, expression, bindings, engine, evaluate, theirs, own, others))
                if reason is None:
                    outcome.differences.append(Difference(name, where, text, bindings, theirs, own))
                else:
                    outcome.deliberate[reason] += 1


def _same(theirs: Any, own: Any) -> bool:
    return bool(_plain(theirs) == _plain(own))


def _plain(value: Any) -> Any:
    """A value in which nothing equals what is other JSON."""
    if is_array(value):
        return ("list", [_plain(item) for item in value])
    if is_object(value):
        return ("map", {key: _plain(item) for key, item in value.items()})
    return (isinstance(value, bool), value)


class _Case(NamedTuple):
    """A difference, with all that may explain it."""

    engine: str
    expression: Expression
    bindings: Mapping[str, Any]
    evaluate_theirs: Evaluate
    evaluate_ours: Evaluate
    theirs: Any
    own: Any
    others: list[Any]
    """What other engines say."""


def _reason(case: _Case) -> str | None:
    """Why the difference is none, as a key of `DELIBERATE`."""
    found = [*parts(case.expression)]
    if any(isinstance(part, Macro) for part in found):
        reverse = {name: _changed(value, backwards=True) for name, value in case.bindings.items()}
        if not _same(case.evaluate_ours(reverse), case.own) or _same(_sorted(case.theirs), _sorted(case.own)):
            return "order"
    if case.engine != _RUST:
        return None
    signs = {part.operator for part in found if isinstance(part, (Unary, Binary))}
    if signs & {"-", "+"} and all(other is NOTHING for other in case.others):
        return "beyond"
    if any(isinstance(part, Call) and part.function == "size" for part in found):
        if any(isinstance(part, Literal) and not str(part.value).isascii() for part in found):
            return "bytes"
        ascii_only = {name: _changed(value, backwards=False) for name, value in case.bindings.items()}
        theirs = case.evaluate_theirs(ascii_only)
        if theirs is NOTHING or _same(theirs, case.evaluate_ours(ascii_only)):
            return "bytes"
    return None


def _sorted(value: Any) -> Any:
    if is_object(value):
        return {key: _sorted(item) for key, item in sorted(value.items())}
    return sorted((_sorted(item) for item in value), key=repr) if is_array(value) else value


def _changed(value: Any, *, backwards: bool) -> Any:
    """*value* with its keys in the reverse order, or with nothing but ASCII."""
    if is_array(value):
        return [_changed(item, backwards=backwards) for item in value]
    if is_object(value):
        pairs = [
            (_changed(key, backwards=backwards), _changed(item, backwards=backwards)) for key, item in value.items()
        ]
        return dict(reversed(pairs) if backwards else pairs)
    return value.encode("ascii", "replace").decode() if isinstance(value, str) and not backwards else value
