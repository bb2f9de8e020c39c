"""The rules of `strict` with fixes: one safe, one not, and one that makes things worse."""

from __future__ import annotations

from copy import copy
from typing import Any, TypeAlias

from parlance.runtime.python.rule import Edit, Fix

from ..strict.rules import EMPTY, ERRORS, FILE_RULES, LINTS, LUCKY, ODD
from ..strict.rules import RULES as STRICT

__all__ = ["ERRORS", "FILE_RULES", "LINTS", "RULES"]

Json: TypeAlias = Any


def _left_out(_: Json, at: str) -> list[Edit]:
    return [Edit("remove", at)]


def _by_user(_: Json, at: str) -> list[Edit]:
    return [Edit("replace", at, value="user")]


def _in_words(_: Json, at: str) -> list[Edit]:
    return [Edit("replace", at, value="seven")]


FIXES = {
    EMPTY.code: Fix("leave it out", _left_out, safe=True),
    ODD.code: Fix("say that the user said it", _by_user, safe=False),
    LUCKY.code: Fix("write it in words", _in_words, safe=True),
}
RULES = {code: copy(rule) for code, rule in STRICT.items()}
for code, fix in FIXES.items():
    RULES[code].fix = fix
