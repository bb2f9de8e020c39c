"""What validators report, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from parlance.finding.shape import is_array
from parlance.runtime.python import container_faults, field_faults, scalar_faults, violation
from parlance.runtime.python.violation import Violation

from .json_values import Sampler
from .pairs import WORDS, Arguments, Pair, misspelt, shown

__all__ = ["VIOLATION_PAIRS"]


def _collected(check: Callable[..., None]) -> Callable[..., list[Any]]:
    """A check as a function that gives what it finds; lists of its arguments become tuples."""

    def collect(value: Any, at: str, *others: Any) -> list[Any]:
        found: list[Violation] = []
        check(value, at, found, *(tuple(one) if is_array(one) else one for one in others))
        return [shown(fault) for fault in found]

    return collect


def _bounded(check: Callable[..., None]) -> Callable[..., list[Any]]:
    """The same of one whose bounds come as one object."""

    def collect(value: Any, at: str, bounds: dict[str, Any]) -> list[Any]:
        found: list[Violation] = []
        named = {"media_type" if name == "mediaType" else name: bound for name, bound in bounds.items()}
        check(value, at, found, **named)
        return [shown(fault) for fault in found]

    return collect


def _missing(name: str, at: str, found: list[Violation]) -> None:
    container_faults.missing_field(at, found, name)


def _no_variant(names: str, at: str, found: list[Violation]) -> None:
    container_faults.no_variant(at, found, names)


def _invalid_key(key: str, at: str, found: list[Violation], **bounds: Any) -> None:
    container_faults.invalid_key(at, found, key, **bounds)


def _refused(name: str, at: str, found: list[Violation], dialect: str, evidence: str) -> None:
    field_faults.refused_field(at, found, name, dialect, evidence)


def _whole_from_one(value: Any, at: str, found: violation.Faults) -> None:
    scalar_faults.check_integer(value, at, found, least=1)


def _named(value: Any, at: str, found: violation.Faults) -> None:
    scalar_faults.check_member(value, at, found, ("a", "b"), "a name")


def _pointed(*options: Any) -> Arguments:
    return lambda sampler: [
        sampler.value(2),
        sampler.choice(["", "/a", "/a/0"]),
        *(sampler.choice(one) for one in options),
    ]


_TEXT_BOUNDS: list[dict[str, Any]] = [
    {}, {"shortest": 1}, {"shortest": 2, "longest": 3}, {"longest": 1}, {"longest": 0, "expected": "a name"},
    {"pattern": "^[a-z]+$", "search": "^[a-z]+\\Z"}, {"mediaType": "application/json", "expected": "a string or null"},
    {"shortest": 3, "pattern": "é|😀", "search": "é|😀"},
]  # fmt: skip
_KEY_BOUNDS = [bounds for bounds in _TEXT_BOUNDS if "expected" not in bounds]
_NUMBER_BOUNDS: list[dict[str, Any]] = [
    {}, {"least": 0, "most": 2}, {"above": 0.5, "below": 1e-5}, {"step": 0.01}, {"step": 3, "expected": "a count"},
    {"least": -(2**63), "most": 2**63 - 1}, {"above": -1e-7, "step": 1e-5},
]  # fmt: skip


def _text_checked(sampler: Sampler) -> list[Any]:
    value = sampler.text() if sampler.chance(0.8) else sampler.value(1)
    return [value, "/a", sampler.choice(_TEXT_BOUNDS)]


def _key_checked(sampler: Sampler) -> list[Any]:
    return [sampler.text(), "/a", sampler.choice(_KEY_BOUNDS)]


def _number_checked(sampler: Sampler) -> list[Any]:
    value = sampler.number() if sampler.chance(0.8) else sampler.value(1)
    return [value, "/a", sampler.choice(_NUMBER_BOUNDS)]


def _member_checked(sampler: Sampler) -> list[Any]:
    members: list[Any] = sampler.choice(
        [["a", "b"], ["auto"], [1, 2, 3], [f"m{one}" for one in range(20)], ["😀" * 70, "é"]]
    )
    return [sampler.choice(members) if sampler.chance(0.3) else sampler.value(1), "/a", members, "a word or null"]


def _constant_checked(sampler: Sampler) -> list[Any]:
    constant = sampler.choice(["a", "😀", 1, 0, True, False, 0.5])
    return [constant if sampler.chance(0.3) else sampler.value(1), "/a", constant, "that"]


def _resembling(sampler: Sampler) -> list[Any]:
    return [misspelt(sampler, sampler.choice(WORDS)), "/a", [*WORDS]]


def _tagged(sampler: Sampler) -> list[Any]:
    value = sampler.object()
    if sampler.chance(0.5):
        value["type"] = sampler.choice(["a", "b", 1, None])
    return [value, "/a", "type", ["a", "c"]]


def _unknown(sampler: Sampler) -> list[Any]:
    words = [word for word in WORDS if word]
    keys = [misspelt(sampler, sampler.choice(words)) for _ in range(4)]
    value = {key: 1 for key in keys if not key.isdigit()}
    fields = [sampler.choice(words) for _ in range(8)]
    foreign = {sampler.choice(words): ["of another server", sampler.choice([None, "leave it out"])]}
    return [value, "/a", fields, sampler.choice(["refuse", "ignore", "keep"]), fields[:2], foreign]


def _check_unknown(value: Any, at: str, fields: list[str], policy: str, *beyond: Any) -> list[Any]:
    found: list[Violation] = []
    refused, foreign = beyond
    field_faults.check_unknown(value, at, found, frozenset(fields), policy, frozenset(refused), foreign)
    return [shown(fault) for fault in found]


def _missing_expected(at: str, name: str, missing: list[str]) -> list[Any]:
    found: list[Violation] = []
    for each in missing:
        container_faults.missing_field(each, found, "x")
    container_faults.missing_field(at, found, name, expected=True)
    return [shown(fault) for fault in found]


def _check_variants(value: Any, at: str) -> list[Any]:
    found = violation.Faults()
    checks = (_whole_from_one, _named)
    container_faults.check_variants(value, at, found, checks, "a number or a name")
    return [shown(fault) for fault in found]


def _with_severities(codes: list[str], severities: dict[str, str]) -> list[Any]:
    found = [Violation(code, f"/{index}", "m") for index, code in enumerate(codes)]
    return [shown(fault) for fault in violation.with_severities(found, severities)]


def _has_error(severities: list[str]) -> bool:
    return violation.has_error(Violation("A", "", "m", severity=severity) for severity in severities)


def _first_error(severities: list[str]) -> bool:
    found = violation.FirstError()
    try:
        for severity in severities:
            found.append(Violation("A", "", "m", severity=severity))
    except violation.ErrorFound:
        return True
    return False


def _graded(sampler: Sampler) -> list[Any]:
    return [[sampler.choice(["warning", "info", "warning", "error"]) for _ in range(sampler.random.randrange(4))]]


def _regraded(sampler: Sampler) -> list[Any]:
    severities = {code: sampler.choice(["off", "error", "info"]) for code in "AB"}
    return [[sampler.choice("ABC") for _ in range(4)], severities]


VIOLATION_PAIRS: dict[str, Pair] = {
    "wrongType": Pair(
        _collected(scalar_faults.wrong_type), _pointed(["a string", "an array or null"], [None, "text/plain"])
    ),
    "missingField": Pair(
        _collected(_missing),
        lambda sampler: [sampler.text(), "/a"],
    ),
    "noVariant": Pair(
        _collected(_no_variant),
        lambda sampler: [sampler.text(), "/a"],
        20,
    ),
    "missingExpected": Pair(
        _missing_expected,
        lambda sampler: ["/a", sampler.key(), [sampler.choice(["", "/a", "/a/b"]) for _ in range(2)]],
        100,
    ),
    "checkVariants": Pair(
        _check_variants, lambda sampler: [sampler.choice(["a", 1, 0, None, sampler.scalar()]), "/a"], 300
    ),
    "checkText": Pair(_bounded(scalar_faults.check_text), _text_checked, 2000),
    "checkInteger": Pair(_bounded(scalar_faults.check_integer), _number_checked, 2000, is_wide=True),
    "checkNumber": Pair(_bounded(scalar_faults.check_number), _number_checked, 2000, is_wide=True),
    "checkBoolean": Pair(_collected(scalar_faults.check_boolean), _pointed(["a boolean or null"]), 300),
    "checkMember": Pair(_collected(scalar_faults.check_member), _member_checked),
    "checkResemblance": Pair(_collected(scalar_faults.check_resemblance), _resembling, 2000),
    "checkConstant": Pair(_collected(scalar_faults.check_constant), _constant_checked),
    "checkTag": Pair(_collected(container_faults.check_tag), _tagged),
    "checkArray": Pair(
        _bounded(container_faults.check_array),
        lambda sampler: [sampler.array(2), "/a", sampler.choice([{}, {"fewest": 2}, {"most": 1}, {"unique": True}])],
    ),
    "checkMap": Pair(
        _bounded(container_faults.check_map),
        lambda sampler: [sampler.object(), "/a", sampler.choice([{}, {"fewest": 1}, {"fewest": 2, "most": 3}])],
    ),
    "invalidKey": Pair(
        _bounded(_invalid_key),
        _key_checked,
    ),
    "refusedField": Pair(
        _collected(_refused),
        lambda sampler: [sampler.key(), "/a", "Acme", "as its reference says"],
        100,
    ),
    "checkUnknown": Pair(_check_unknown, _unknown, 2000),
    "withSeverities": Pair(_with_severities, _regraded, 200),
    "hasError": Pair(_has_error, _graded, 200),
    "firstError": Pair(_first_error, _graded, 200),
    "escape": Pair(violation.escape, lambda sampler: [sampler.text()], 500),
}
