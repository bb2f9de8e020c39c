r"""The properties of `\p{…}`, as far as Python's Unicode data can tell them."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from itertools import chain

from .characters import ANY, LAST, SPACES, Ranges, complement, merged

__all__ = ["UnknownProperty", "property_of"]

_CATEGORIES = {
    "C": ("Other",),
    "Cc": ("Control", "cntrl"),
    "Cf": ("Format",),
    "Cn": ("Unassigned",),
    "Co": ("Private_Use",),
    "Cs": ("Surrogate",),
    "L": ("Letter",),
    "LC": ("Cased_Letter",),
    "Ll": ("Lowercase_Letter",),
    "Lm": ("Modifier_Letter",),
    "Lo": ("Other_Letter",),
    "Lt": ("Titlecase_Letter",),
    "Lu": ("Uppercase_Letter",),
    "M": ("Mark", "Combining_Mark"),
    "Mc": ("Spacing_Mark",),
    "Me": ("Enclosing_Mark",),
    "Mn": ("Nonspacing_Mark",),
    "N": ("Number",),
    "Nd": ("Decimal_Number", "digit"),
    "Nl": ("Letter_Number",),
    "No": ("Other_Number",),
    "P": ("Punctuation", "punct"),
    "Pc": ("Connector_Punctuation",),
    "Pd": ("Dash_Punctuation",),
    "Pe": ("Close_Punctuation",),
    "Pf": ("Final_Punctuation",),
    "Pi": ("Initial_Punctuation",),
    "Po": ("Other_Punctuation",),
    "Ps": ("Open_Punctuation",),
    "S": ("Symbol",),
    "Sc": ("Currency_Symbol",),
    "Sk": ("Modifier_Symbol",),
    "Sm": ("Math_Symbol",),
    "So": ("Other_Symbol",),
    "Z": ("Separator",),
    "Zl": ("Line_Separator",),
    "Zp": ("Paragraph_Separator",),
    "Zs": ("Space_Separator",),
}
_SHORT = {name: short for short, names in _CATEGORIES.items() for name in (short, *names)}
_HEXADECIMAL: Ranges = ((0x30, 0x39), (0x41, 0x46), (0x61, 0x66))
_WIDE_HEXADECIMAL: Ranges = ((0xFF10, 0xFF19), (0xFF21, 0xFF26), (0xFF41, 0xFF46))
_LISTED: dict[str, Ranges] = {
    "Any": ANY,
    "ASCII": ((0, 0x7F),),
    "ASCII_Hex_Digit": _HEXADECIMAL,
    "AHex": _HEXADECIMAL,
    "Hex_Digit": (*_HEXADECIMAL, *_WIDE_HEXADECIMAL),
    "Hex": (*_HEXADECIMAL, *_WIDE_HEXADECIMAL),
    # Space in ECMA-262 counts the byte order mark and not the next line, White_Space in Unicode the next line alone.
    "White_Space": merged([*SPACES[:-1], (0x85, 0x85)]),
    "space": merged([*SPACES[:-1], (0x85, 0x85)]),
}
_TESTED: dict[str, Callable[[str], bool]] = {
    "Lowercase": str.islower,
    "Uppercase": str.isupper,
    "XID_Start": lambda character: character != "_" and character.isidentifier(),
    "XID_Continue": lambda character: f"a{character}".isidentifier(),
}
_LONG = {"Lower": "Lowercase", "Upper": "Uppercase", "XIDS": "XID_Start", "XIDC": "XID_Continue"}
_PROBED = (
    range(1, 0x40001),
    range(0xE0000, 0xE1001),
    (0xF0000, 0xFFFFE, 0x100000, 0x10FFFE),
)
"""Where one code point may differ from the next; from any other to the next of these, all are alike."""


class UnknownProperty(Exception):
    """A property that there is none of, or that Python has no data on."""


@cache
def property_of(text: str) -> Ranges:
    r"""What `\p{text}` stands for. Raises `UnknownProperty`."""
    name, equals, value = text.partition("=")
    if equals:
        if name in {"General_Category", "gc"} and value in _SHORT:
            return _category(_SHORT[value])
        if name in {"Script", "sc", "Script_Extensions", "scx"}:
            message = f"Python has no data on {name}; list the characters of {value or 'the script'}"
            raise UnknownProperty(message)
    elif text in _SHORT:
        return _category(_SHORT[text])
    elif text == "Assigned":
        return complement(_category("Cn"))
    elif text in _LISTED:
        return _LISTED[text]
    elif _LONG.get(text, text) in _TESTED:
        test = _TESTED[_LONG.get(text, text)]
        return _sorted_by(lambda character: str(test(character)))["True"]
    message = f"no property is called {text!r} that Python has data on; list the characters"
    raise UnknownProperty(message)


def _category(short: str) -> Ranges:
    categories = {"Lu", "Ll", "Lt"} if short == "LC" else {each for each in _categories() if each.startswith(short)}
    return merged(each for name in categories for each in _categories()[name])


@cache
def _categories() -> dict[str, Ranges]:
    return _sorted_by(unicodedata.category)


def _sorted_by(quality: Callable[[str], str]) -> dict[str, Ranges]:
    """The code points that share a quality."""
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    start, running = 0, quality("\0")
    for code in chain(*_PROBED):
        each = quality(chr(code))
        if each != running:
            found[running].append((start, code - 1))
            start, running = code, each
    found[running].append((start, LAST))
    return {name: tuple(ranges) for name, ranges in found.items()}
