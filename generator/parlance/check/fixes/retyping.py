"""Values of the wrong type to what was probably meant: help for each, and a fix where the result is valid in its place.

What a place takes is asked of the validator itself: it judges the document with other values there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from ...finding.article import listed
from ...finding.pointer import parent, value_at, with_ancestors
from ...finding.shape import is_array, is_object
from .. import json_reader
from ..text_source import TextSource
from .edited_value import edited_value
from .value_fix import ValueEdit, ValueFix

if TYPE_CHECKING:
    from ...runtime.python.violation import Violation

__all__ = ["WRONG_TYPE", "Advice", "type_advice"]

WRONG_TYPE = frozenset({"PAR103", "PAR104"})

_JSON = "application/json"
_DIGITS = 15
"""Up to which every decimal number keeps its digits in 64 bits (`sys.float_info.dig`)."""

_SHOWN = 40
"""How many characters of a value stand in a line of help, so that it stays one line."""

_EXACT = re.compile(rf"true|false|-?(?=(?:\.?[0-9]){{1,{_DIGITS}}}\Z)[0-9]+(?:\.[0-9]+)?")
"""A boolean or a number as nothing else would be written: without spaces, an exponent or more digits than count."""


Validator: TypeAlias = "Callable[[Any], Iterable[Violation]]"


class Advice(NamedTuple):
    """What to do about a value of the wrong type."""

    help: str | None
    value_fix: ValueFix | None = None


def type_advice(
    document: object, violations: Iterable[Violation], check: Validator, written: Callable[[str], str | None]
) -> dict[str, Advice]:
    """Advice for each of the *violations* that is a wrong type, by pointer.

    *check* validates such documents, and *written* says how the number or boolean at a pointer stands in the text.
    """
    wrong = {one.pointer: one for one in violations if one.code in WRONG_TYPE and one.pointer}
    if not wrong:
        return {}
    advice = _tried(document, {at: _candidates(document, one, written) for at, one in wrong.items()}, check)
    others = [at for at in wrong if at not in advice]
    kinds = _kinds(document, others, check) if others else {}
    return advice | {at: Advice(_in_words(kinds[at], wrong[at], value_at(document, at))) for at in others}


def _tried(document: object, candidates: dict[str, list[ValueFix]], check: Validator) -> dict[str, Advice]:
    """For each place the first of the *candidates* that is valid there; as help alone what has faults only within.

    The candidates of all places are tried in one document at a time.
    """
    advice: dict[str, Advice] = {}
    for turn in range(max(map(len, candidates.values()))):
        trial = {
            at: some[turn]
            for at, some in candidates.items()
            if turn < len(some) and not (at in advice and advice[at].value_fix)
        }
        edits = [edit for value_fix in trial.values() for edit in value_fix.edits]
        found = [*check(edited_value(document, edits))] if edits else []
        refused = {place for one in found if one.severity == "error" for place in with_ancestors(one.pointer)}
        missed = {one.pointer for one in found}
        mistyped = {one.pointer for one in found if one.code in WRONG_TYPE}
        for at, value_fix in trial.items():
            edit = value_fix.edits[0]
            if at not in (missed if edit.operation == "remove" else refused):
                advice[at] = Advice(value_fix.title, value_fix)
            elif at not in missed and f"{at}/0" not in mistyped and (is_object(edit.value) or is_array(edit.value)):
                advice.setdefault(at, Advice(value_fix.title))
    return advice


def _candidates(document: object, violation: Violation, written: Callable[[str], str | None]) -> list[ValueFix]:
    """What may have been meant by a value, likeliest first."""
    at, value = violation.pointer, value_at(document, violation.pointer)
    if value is None:
        edit = ValueEdit("remove", at)
        return (
            [ValueFix("leave it out", safe=False, edits=(edit,))] if is_object(value_at(document, parent(at))) else []
        )
    if isinstance(value, bool | int | float):
        converted = _quoted(value, written(at))
    else:
        converted = _converted(value, violation.media_type == _JSON)
    return [
        ValueFix(title, safe, (ValueEdit("replace", at, value=new),))
        for title, safe, new in (*converted, *_rearranged(value))
    ]


def _quoted(value: float, word: str | None) -> Iterator[tuple[str, bool, object]]:
    """A number or a boolean as text: the *word* that it is written as, or else the only way to write it."""
    text = word or json.dumps(value)
    if word or _EXACT.fullmatch(text):
        yield f"put it in quotes: {_shown(text)}", False, text


def _converted(value: object, expects_json: bool) -> Iterator[tuple[str, bool, object]]:
    """*value* as another type: what a fix is called, whether it is safe, and the new value."""
    if isinstance(value, str):
        read = _read(value)
        if isinstance(read, bool | int | float) and _EXACT.fullmatch(value):
            yield f"write it without quotes: {value}", False, read
        elif is_object(read) or is_array(read):
            kind = "an object" if is_object(read) else "an array"
            yield f"write it as {kind}, without quotes", False, read
    elif expects_json:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        shown = json.dumps(text, ensure_ascii=False)
        example = f": {shown}" if len(shown) <= _SHOWN else ""
        yield f"write it as JSON in a string{example}", True, text


def _rearranged(value: object) -> Iterator[tuple[str, bool, object]]:
    """*value* without the array around it, or with one."""
    if is_array(value) and len(value) == 1:
        yield f"take it out of the array: {_shown(value[0])}", False, value[0]
    yield f"put it in an array: [{_shown(value)}]", False, [value]


def _read(text: str) -> object:
    """The value that *text* is the JSON of; None where it is not JSON."""
    if not text or text[0] not in "{[tf-0123456789":
        return None
    parsed = json_reader.read(TextSource("", text))
    return parsed.value if parsed.complete and not parsed.faults else None


def _shown(value: object) -> str:
    """*value* as JSON; only its outline where that is long."""
    text = json.dumps(value, ensure_ascii=False)
    if len(text) <= _SHOWN:
        return text
    return "{…}" if is_object(value) else "[…]" if is_array(value) else f"{text[: _SHOWN - 2]}…" + text[-1:]


_PROBES: dict[str, Any] = {
    'a string "…"': "",
    "a number": 0.5,
    "a whole number": 0,
    "true or false": True,
    "an object {…}": {},
    "an array of objects [{…}]": [{}],
    'an array of strings ["…"]': [""],
    "an array of numbers [0]": [0],
    "an array […]": [[]],
}
"""A value of each type, by how that is called in help."""


def _kinds(document: object, places: Sequence[str], check: Validator) -> dict[str, list[str]]:
    """Which of the probes each of *places* takes, as far as types go."""
    taken: dict[str, list[str]] = {at: [] for at in places}
    for name, value in _PROBES.items():
        trial = edited_value(document, [ValueEdit("replace", at, value=value) for at in places])
        refused = {one.pointer for one in check(trial) if one.code in WRONG_TYPE}
        for at, names in taken.items():
            if refused.isdisjoint((at, f"{at}/0")):
                names.append(name)
    return {at: _distinct(names) for at, names in taken.items()}


def _distinct(names: Sequence[str]) -> list[str]:
    """The names without those that another includes."""
    arrays = [name for name in names if name.startswith("an array")]
    dropped = {"a whole number"} if "a number" in names else set[str]()
    kept = [name for name in names if name not in dropped and name not in arrays]
    return kept + (arrays if len(arrays) == 1 else ["an array […]"] if arrays else [])


def _in_words(kinds: Sequence[str], violation: Violation, value: object) -> str | None:
    """What to write instead of *value* where it is not known what was meant."""
    if violation.media_type == _JSON:
        return 'write JSON in a string, such as "{}"'
    if not kinds:
        return None
    is_quoted = isinstance(value, str) and not any("[" in kind or "{" in kind for kind in kinds)
    return f"write {listed(kinds)}" + (", without quotes" if is_quoted else "")
