"""What a dialect does with fields and values of its own, of others, and of nobody."""

from __future__ import annotations

from .value_words import shown
from .violation import Violation, escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from .violation import Json

__all__ = ["check_clamped", "check_unknown", "note_policy", "refused_field"]


def refused_field(at: str, found: list[Violation], name: str, dialect: str, evidence: str) -> None:
    """Report a field that the dialect knows, and refuses whatever it holds."""
    text = f"{dialect} refuses '{name}'"
    advice = f"leave it out; {evidence}"
    pointer = f"{at}/{escape(name)}"
    found.append(Violation("PAR124", pointer, text, help=advice, on_key=True))


def note_policy(
    at: str,
    found: list[Violation],
    code: str,
    text: str,
    advice: str,
    *,
    severity: str = "warning",
    on_key: bool = False,
    instead: str | None = None,
) -> None:
    """Report what the dialect does with a field or a value that it knows.

    *instead* is the name that a field has there.
    """
    known = () if instead is None else (instead,)
    found.append(Violation(code, at, text, known, severity, advice, on_key=on_key))


def check_clamped(
    value: Json,
    at: str,
    found: list[Violation],
    advice: str,
    *,
    least: float | None = None,
    most: float | None = None,
) -> None:
    """Warn of a number beyond bounds, which becomes the nearer of them, unless it is refused."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return
    bound = least if least is not None and value < least else None
    if most is not None and value > most:
        bound = most
    if bound is not None and all(each.pointer != at for each in found):  # a fraction is no integer
        text = f"{shown(value)} becomes {bound}"
        found.append(Violation("PAR126", at, text, (), "warning", advice))


def check_unknown(
    value: dict[str, Json],
    at: str,
    found: list[Violation],
    fields: frozenset[str],
    policy: str,
    refused: frozenset[str] = frozenset(),
    foreign: Mapping[str, tuple[str, str | None]] | None = None,
) -> None:
    """Report the keys that are not among *fields*; *policy* is `refuse`, `ignore` or `keep`.

    Those among *refused* are reported elsewhere, and nothing is taken for one of them misspelt. Of
    fields from elsewhere, *foreign* says what they are and what to do: they are no misspellings.
    A null that is ignored does what an absent field does, and is not reported.
    """
    known = fields
    fields = fields - refused
    for name, item in value.items():
        if name in known:
            continue
        pointer = f"{at}/{escape(name)}"
        is_dropped = policy == "ignore" and item is not None
        if foreign is not None and name in foreign:
            what, advice = foreign[name]
            if policy == "refuse":
                text = f"unknown field '{name}', {what}"
                found.append(Violation("PAR102", pointer, text, help=advice))
            elif is_dropped:
                text = f"field '{name}', {what}, is ignored"
                found.append(Violation("PAR122", pointer, text, (), "warning", advice))
        elif policy == "refuse":
            found.append(Violation("PAR102", pointer, f"unknown field '{name}'", fields))
        elif any(_is_near(name, other) for other in fields if other not in value):
            text = f"unknown field '{name}' resembles a known one"
            found.append(Violation("PAR121", pointer, text, fields, "warning"))
        elif is_dropped:
            text = f"unknown field '{name}' is ignored"
            found.append(Violation("PAR122", pointer, text, fields, "warning"))


def _is_near(name: str, other: str) -> bool:
    """Whether one name becomes the other by two edits; fewer where it is short."""
    shorter = min(len(name), len(other))
    allowed = (shorter > 1) + (shorter > 4)
    if abs(len(name) - len(other)) > allowed:
        return False
    if name.lower() == other.lower():
        return True
    row = list(range(len(other) + 1))
    for i, left in enumerate(name, 1):
        diagonal, row[0] = row[0], i
        for j, right in enumerate(other, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (left != right))
    return row[-1] <= allowed
