"""Upper and lower case as ECMA-262 has it with its flags `i` and `u`: Unicode's simple case folding."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from .characters import Ranges, holds, merged

__all__ = ["in_any_case"]

_LATER = {0x1FD3: 0x0390, 0x1FE3: 0x03B0, 0xFB05: 0xFB06}
"""What Unicode 15.1 added, which is younger than the data of some Pythons."""

_CASELESS = 0x20000
"""No character from here on has a case."""


def in_any_case(ranges: Ranges) -> Ranges:
    """A set, and whatever differs from its members in case only."""
    more = [(code, code) for class_ in _classes() if any(holds(ranges, code) for code in class_) for code in class_]
    return merged([*ranges, *more])


@cache
def _classes() -> tuple[tuple[int, ...], ...]:
    """The code points that fold to the same, where there are several."""
    classes: defaultdict[int, list[int]] = defaultdict(list)
    for code in range(_CASELESS):
        folded = _folded(code)
        if folded != code:
            classes[folded].append(code)
    return tuple((folded, *codes) for folded, codes in classes.items())


def _folded(code: int) -> int:
    character = chr(code)
    folded = character.casefold()
    if len(folded) > 1:
        # The full folding is longer than one character; the simple one, if there is any, is the lower case.
        folded = character.lower()
    return ord(folded) if len(folded) == 1 and code not in _LATER else _LATER.get(code, code)
