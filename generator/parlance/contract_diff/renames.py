"""Fields that go while one of the same type and a like name or description comes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import Any

from ..contract.ir import Field, Type

__all__ = ["renamed_fields"]

_LIKE_NAME = 0.75
_LIKE_DESCRIPTION = 0.8
"""Of two texts, the part that they have in common, by difflib; `prompt_tokens` and `completion_tokens` have 0.6."""

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")


def renamed_fields(
    gone: Sequence[Field], come: Sequence[Field], old_schema: Callable[[Type], Any], new_schema: Callable[[Type], Any]
) -> dict[str, str]:
    """The new names of fields by the old ones, where what says a type without names says the same of both."""
    before, after = [old_schema(each.type) for each in gone], [new_schema(each.type) for each in come]
    ranked = sorted(
        (
            (likeness, -i, -j)
            for i, old in enumerate(gone)
            for j, new in enumerate(come)
            if before[i] == after[j] and (likeness := _likeness(old, new))
        ),
        reverse=True,
    )
    found: dict[str, str] = {}
    for _, i, j in ranked:
        old, new = gone[-i].name, come[-j].name
        if old not in found and new not in found.values():
            found[old] = new
    return found


def _likeness(old: Field, new: Field) -> float:
    """How much two fields are alike, from 0 for not at all."""
    words = [[word.lower() for word in _WORD.findall(field.name)] for field in (old, new)]
    shorter, longer = sorted(words, key=len)
    if shorter and {*shorter} <= {*longer}:
        return 1 + len(shorter) / len(longer)
    name = SequenceMatcher(None, "".join(words[0]), "".join(words[1])).ratio()
    if name >= _LIKE_NAME:
        return name
    texts = [field.description.split() for field in (old, new)]
    if min(map(len, texts)) < 3:  # what is so short says of most fields what it says of these
        return 0
    description = SequenceMatcher(None, texts[0], texts[1]).ratio()
    return description if description >= _LIKE_DESCRIPTION else 0
