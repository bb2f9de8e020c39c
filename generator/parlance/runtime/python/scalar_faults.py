"""What keeps a value from being a string, a number, a boolean or one of some values."""

from __future__ import annotations

from .equality import is_multiple
from .pattern_search import matches
from .value_words import choice, counted, literal, shown, type_of
from .violation import Violation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .violation import Json, Scalar

__all__ = [
    "check_boolean",
    "check_bounds",
    "check_constant",
    "check_integer",
    "check_member",
    "check_number",
    "check_resemblance",
    "check_text",
    "wrong_type",
]


def wrong_type(
    value: Json, at: str, found: list[Violation], expected: str, media_type: str | None = None
) -> None:
    """Report a value of the wrong JSON type; *expected* is a phrase such as `a string or null`."""
    code = "PAR104" if value is None else "PAR103"
    text = f"must be {expected}, not {type_of(value)}"
    found.append(Violation(code, at, text, media_type=media_type))


def check_text(
    value: Json,
    at: str,
    found: list[Violation],
    *,
    shortest: int = 0,
    longest: int | None = None,
    pattern: str | None = None,
    search: str | None = None,
    expected: str = "a string",
    media_type: str | None = None,
) -> None:
    """Report what keeps a value from being a string within bounds; lengths in code points.

    *pattern* is ECMA-262, and what a fault shows; *search* says the same in Python.
    """
    if not isinstance(value, str):
        wrong_type(value, at, found, expected, media_type)
        return
    length = len(value)
    if length < shortest:
        text = f"must have at least {shortest} characters, has {length}"
        found.append(Violation("PAR109", at, "must not be empty" if shortest == 1 else text))
    if longest is not None and length > longest:
        text = f"must have at most {counted(longest, 'character')}, has {length}"
        found.append(Violation("PAR110", at, text))
    if search is not None and length >= shortest and not matches(search, value):
        found.append(Violation("PAR111", at, f"must match {pattern}"))


def check_integer(
    value: Json,
    at: str,
    found: list[Violation],
    *,
    least: int | None = None,
    most: int | None = None,
    above: int | None = None,
    below: int | None = None,
    step: int | None = None,
    expected: str = "an integer",
) -> None:
    """Report what keeps a value from being an integer within bounds; `1.0` is one."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        wrong_type(value, at, found, expected)
    elif isinstance(value, float) and not value.is_integer():
        found.append(Violation("PAR103", at, f"must be {expected}, not a fraction"))
    else:
        check_bounds(value, at, found, least, most, above, below, step)


def check_number(
    value: Json,
    at: str,
    found: list[Violation],
    *,
    least: float | None = None,
    most: float | None = None,
    above: float | None = None,
    below: float | None = None,
    step: float | None = None,
    expected: str = "a number",
) -> None:
    """Report what keeps a value from being a finite number within bounds."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        wrong_type(value, at, found, expected)
    elif isinstance(value, float) and value - value != 0:
        found.append(Violation("PAR103", at, f"must be {expected}, not NaN or infinite"))
    else:
        check_bounds(value, at, found, least, most, above, below, step)


def check_bounds(
    value: float,
    at: str,
    found: list[Violation],
    least: float | None,
    most: float | None,
    above: float | None,
    below: float | None,
    step: float | None,
) -> None:
    """Report what keeps a number from being within bounds."""
    if least is not None and value < least:
        found.append(Violation("PAR106", at, f"must be at least {least}, is {shown(value)}"))
    if above is not None and value <= above:
        found.append(Violation("PAR106", at, f"must be more than {above}, is {shown(value)}"))
    if most is not None and value > most:
        found.append(Violation("PAR107", at, f"must be at most {most}, is {shown(value)}"))
    if below is not None and value >= below:
        found.append(Violation("PAR107", at, f"must be less than {below}, is {shown(value)}"))
    if step is not None and not is_multiple(value, step):
        found.append(Violation("PAR108", at, f"must be a multiple of {step}, is {shown(value)}"))


def check_boolean(
    value: Json, at: str, found: list[Violation], expected: str = "a boolean"
) -> None:
    """Report a value that is neither `true` nor `false`."""
    if not isinstance(value, bool):
        wrong_type(value, at, found, expected)


def check_member(
    value: Json,
    at: str,
    found: list[Violation],
    members: tuple[str, ...] | tuple[int, ...],
    expected: str,
) -> None:
    """Report a value that is not one of *members*, all strings or all integers."""
    kinds = (str,) if isinstance(members[0], str) else (int, float)
    if isinstance(value, bool) or not isinstance(value, kinds):
        wrong_type(value, at, found, expected)
    elif value not in members:
        text = f"must be {choice(members)}, not {shown(value)}"
        found.append(Violation("PAR105", at, text, members))


def check_resemblance(value: str, at: str, found: list[Violation], known: tuple[str, ...]) -> None:
    """Warn of a text of one's own that is spelt almost like one of *known*."""
    if any(_is_misspelt(value, other) for other in known):
        text = f"{shown(value)} is spelt almost like a known value"
        found.append(Violation("PAR123", at, text, known, "warning"))


_VERSION = "0123456789."
"""What distinguishes one version of a thing from the next, in names."""


def _is_misspelt(value: str, other: str) -> bool:
    """Whether one edit, or case, is all that two names differ by, and both are of one version."""
    if abs(len(value) - len(other)) > 1:
        return False
    left, right = value.lower(), other.lower()
    if [each for each in left if each in _VERSION] != [each for each in right if each in _VERSION]:
        return False
    while left and right and left[0] == right[0]:
        left, right = left[1:], right[1:]
    while left and right and left[-1] == right[-1]:
        left, right = left[:-1], right[:-1]
    return max(len(left), len(right)) <= 1 or (len(left) == 2 and left == right[::-1])


def check_constant(
    value: Json, at: str, found: list[Violation], constant: Scalar, expected: str
) -> None:
    """Report a value that is not exactly *constant*."""
    if not isinstance(value, (str, int, float)) or type_of(value) != type_of(constant):
        wrong_type(value, at, found, expected)
    elif value != constant:
        text = f"must be {literal(constant)}, not {shown(value)}"
        found.append(Violation("PAR105", at, text, (constant,)))
