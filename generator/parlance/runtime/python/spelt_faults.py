"""The same of values that may be spelt as text, where a server converts them."""

from __future__ import annotations

from .pattern_search import matches
from .scalar_faults import check_boolean, check_bounds, check_integer, check_number
from .value_words import shown
from .violation import Doubting, Violation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .violation import Faults, Json

__all__ = ["check_spelt_boolean", "check_spelt_integer", "check_spelt_number"]


def check_spelt_integer(
    value: Json,
    at: str,
    found: Faults,
    *,
    least: int | None = None,
    most: int | None = None,
    above: int | None = None,
    below: int | None = None,
    step: int | None = None,
    expected: str = "an integer",
) -> None:
    """Report what keeps a value from being an integer within bounds; warn of one that is spelt."""
    if isinstance(value, str) and matches(_INTEGER, value):
        _warn_of_spelling(value, at, found, "an integer")
        if len(value) < _LONG:
            check_bounds(int(value), at, Doubting(found, _BOUNDS), least, most, above, below, step)
        return
    check_integer(
        value,
        at,
        found,
        least=least,
        most=most,
        above=above,
        below=below,
        step=step,
        expected=expected,
    )


def check_spelt_number(
    value: Json,
    at: str,
    found: Faults,
    *,
    least: float | None = None,
    most: float | None = None,
    above: float | None = None,
    below: float | None = None,
    step: float | None = None,
    expected: str = "a number",
) -> None:
    """Report what keeps a value from being a number within bounds; warn of one that is spelt."""
    if isinstance(value, str) and matches(_NUMBER, value):
        _warn_of_spelling(value, at, found, "a number")
        number = float(value)
        if len(value) < _LONG and number - number == 0:
            exact = int(number) if number.is_integer() and abs(number) < _EXACT else number
            check_bounds(exact, at, Doubting(found, _BOUNDS), least, most, above, below, step)
        return
    check_number(
        value,
        at,
        found,
        least=least,
        most=most,
        above=above,
        below=below,
        step=step,
        expected=expected,
    )


def check_spelt_boolean(
    value: Json, at: str, found: list[Violation], expected: str = "a boolean"
) -> None:
    """Report a value that is neither `true` nor `false`; warn of one that is spelt."""
    if isinstance(value, str) and value in _TRUTHS:
        _warn_of_spelling(value, at, found, "a boolean")
    else:
        check_boolean(value, at, found, expected)


_BOUNDS = ("PAR106", "PAR107", "PAR108")


_LONG = 16
"""From this many characters on, the bounds of a spelt number are not looked at.

A float may not have all its digits.
"""


_EXACT = 2**53
"""Below, a float that is whole has all its digits."""


_INTEGER = r"^[+-]?[0-9]+\Z"


_NUMBER = r"^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?\Z"


_TRUTHS = frozenset({"true", "True", "TRUE", "false", "False", "FALSE"})


def _warn_of_spelling(value: str, at: str, found: list[Violation], what: str) -> None:
    text = f"{shown(value)} is text, and is read as {what}"
    found.append(Violation("PAR129", at, text, (), "warning", "write it without quotes"))
