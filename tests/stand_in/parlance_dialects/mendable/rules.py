"""The rules of `strict` with fixes: one safe, one not, and one that makes things worse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

from ..strict.rules import EMPTY, ERRORS, FILE_RULES, LINTS, LUCKY, ODD
from ..strict.rules import RULES as STRICT

__all__ = ["ERRORS", "FILE_RULES", "LINTS", "RULES"]

Json: TypeAlias = Any


class Edit(NamedTuple):
    """One change."""

    operation: str
    pointer: str
    name: str | None = None
    value: Json = None


class Fix(NamedTuple):
    """How a fault is mended."""

    title: str
    edits: Callable[[Json, str], list[Edit]]
    safe: bool
    of_document: bool = False


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
RULES = {code: rule._replace(fix=FIXES.get(code)) for code, rule in STRICT.items()}
