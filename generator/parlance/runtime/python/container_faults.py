"""What is wrong with the fields of an object, the items of an array, or all forms of a value."""

from __future__ import annotations

from .equality import is_unique
from .scalar_faults import check_member, check_text
from .value_words import counted
from .violation import Faults, Violation, escape, has_error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from .violation import Json

__all__ = [
    "check_array",
    "check_map",
    "check_tag",
    "check_variants",
    "invalid_key",
    "missing_field",
    "no_variant",
]


def missing_field(at: str, found: list[Violation], name: str, *, expected: bool = False) -> None:
    """Report an absent field; *expected* says that its absence is tolerated.

    Beside a required field that is absent, it is no mistake of its own.
    """
    pointer = f"{at}/{escape(name)}"
    if expected:
        if any(each.code == "PAR101" and each.pointer.rpartition("/")[0] == at for each in found):
            return
        text = f"documented field '{name}' is absent"
        found.append(Violation("PAR120", pointer, text, severity="warning"))
    else:
        found.append(Violation("PAR101", pointer, f"required field '{name}' is absent"))


def no_variant(at: str, found: list[Violation], names: str) -> None:
    """Report a value that matches none of several forms."""
    found.append(Violation("PAR118", at, f"must be {names}, and matches none of them"))


def check_variants(
    value: Json,
    at: str,
    found: Faults,
    checks: tuple[Callable[[Json, str, Faults], None], ...],
    names: str,
    *fields: tuple[str, ...],
) -> None:
    """Report a value in which each of several checks finds an error.

    *fields* are those of the records that the checks are about. Where an object plainly means to be
    one of them, the faults are those that keep it from being that one.
    """
    attempts: list[Faults] = []
    for check in checks:
        attempt = Faults.under(found.unknown)()
        check(value, at, attempt)
        attempts.append(attempt)
        if not has_error(attempt):
            break
    else:
        nearest = _nearest(value, at, attempts, fields) if isinstance(value, dict) else None
        if nearest is None:
            no_variant(at, found, names)
            return
        attempts.append(attempts[nearest])
    for fault in attempts[-1]:
        found.append(fault)


def _nearest(
    value: dict[str, Json], at: str, attempts: list[Faults], fields: tuple[tuple[str, ...], ...]
) -> int | None:
    """The one form that knows most fields of an object, lacks fewest and finds fewest wrong.

    None if several do.
    """
    ranks = [
        (sum(name not in known for name in value), *_misfits(at, attempt))
        for known, attempt in zip(fields, attempts, strict=False)
    ]
    best = min(ranks, default=(len(value), 0, 0))
    is_plain = ranks.count(best) == 1 and best[0] < len(value)
    return ranks.index(best) if is_plain else None


def _misfits(at: str, found: Faults) -> tuple[int, int]:
    """How many fields are absent from an object, and how many of those that it has are wrong."""
    errors = [each for each in found if each.severity == "error" and each.code != "PAR102"]
    absent = {
        each.pointer
        for each in errors
        if each.code == "PAR101" and each.pointer.rpartition("/")[0] == at
    }
    others = [each.pointer for each in errors if each.pointer not in absent]
    wrong = {pointer[len(at) + 1 :].partition("/")[0] for pointer in others}
    return len(absent), len(wrong)


def check_tag(
    value: dict[str, Json], at: str, found: list[Violation], tag: str, members: tuple[str, ...]
) -> None:
    """Report why the field *tag* does not choose one of *members*."""
    if tag in value:
        check_member(value[tag], f"{at}/{escape(tag)}", found, members, "a string")
    else:
        missing_field(at, found, tag)


def check_array(
    items: list[Json],
    at: str,
    found: list[Violation],
    *,
    fewest: int = 0,
    most: int | None = None,
    unique: bool = False,
) -> None:
    """Report what is wrong with the number of items, or two equal ones."""
    count = len(items)
    if count < fewest:
        text = f"must have at least {counted(fewest, 'item')}, has {count}"
        found.append(Violation("PAR112", at, text))
    if most is not None and count > most:
        text = f"must have at most {counted(most, 'item')}, has {count}"
        found.append(Violation("PAR113", at, text))
    if unique and not is_unique(items):
        found.append(Violation("PAR114", at, "must not have two equal items"))


def check_map(
    value: dict[str, Json],
    at: str,
    found: list[Violation],
    *,
    fewest: int = 0,
    most: int | None = None,
) -> None:
    """Report what is wrong with the number of fields."""
    count = len(value)
    if count < fewest:
        text = f"must have at least {counted(fewest, 'field')}, has {count}"
        found.append(Violation("PAR115", at, text))
    if most is not None and count > most:
        text = f"must have at most {counted(most, 'field')}, has {count}"
        found.append(Violation("PAR116", at, text))


def invalid_key(
    at: str,
    found: list[Violation],
    key: str,
    *,
    shortest: int = 0,
    longest: int | None = None,
    pattern: str | None = None,
    search: str | None = None,
) -> None:
    """Report the first rule that the key of a map breaks."""
    faults: list[Violation] = []
    check_text(key, at, faults, shortest=shortest, longest=longest, pattern=pattern, search=search)
    if faults:
        found.append(Violation("PAR117", at, f"key {faults[0].message}", on_key=True))
