"""What a schema cannot say of a request, and of all lines of a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias, cast

from parlance.runtime.python.rule import FileRule, Rule
from parlance.runtime.python.violation import Violation

__all__ = ["ERRORS", "FILE_RULES", "LINTS", "RULES"]

Json: TypeAlias = Any


def _rule(code: str, name: str, severity: str, message: str, advice: str | None = None) -> Rule:
    return Rule(code, name, severity, "Something is wrong.", "It would not work.", message, advice)


LUCKY = _rule("PAR201", "lucky-seed", "info", "{value} is no better than another number")
EMPTY = _rule("PAR202", "empty-stop", "warning", "an empty stop stops nothing", "leave it out")
OPEN = _rule("PAR301", "open-question", "error", "nobody has answered '{value}'", "answer it")
ODD = _rule("PAR302", "odd-role", "error", "'{value}' is an odd role")
REPEATED = _rule("PAR610", "repeated-id", "error", "the id {key} is taken by an earlier line", "choose another")
MIXED = _rule("PAR611", "mixed-models", "error", "this line asks {key}, and the first asks {first}")
MANY = _rule("PAR613", "too-many-lines", "error", "at most {maximum} lines go in a file, and this has {total}")
LARGE = _rule("PAR614", "too-many-bytes", "warning", "at most {maximum} bytes go in a file, and this has {total}")
FEW = _rule("PAR615", "too-few-lines", "error", "at least {minimum} lines are needed, and the file has {total}")

RULES = {rule.code: rule for rule in (LUCKY, EMPTY, OPEN, ODD, REPEATED, MIXED, MANY, LARGE, FEW)}


def lint_request(value: Json) -> Iterator[Violation]:
    """Say what is unwise in a request."""
    if not isinstance(value, dict):
        return
    fields = cast("dict[str, Json]", value)
    if fields.get("seed") == 7:
        yield LUCKY.at("/seed", {"value": 7})
    if fields.get("stop") == "":
        yield EMPTY.at("/stop", {})
    messages: Json = fields.get("messages")
    for index, message in enumerate(_items(messages)):
        role, content = _get(message, "role"), _get(message, "content")
        if role not in {"user", "system"}:
            yield ODD.at(f"/messages/{index}/role", {"value": role})
        if isinstance(content, str) and content.endswith("??"):
            yield OPEN.at(f"/messages/{index}/content", {"value": content})


def _items(value: Json) -> Sequence[Json]:
    return cast("Sequence[Json]", value) if isinstance(value, list) else []


def refuse_request(value: Json) -> Iterator[Violation]:
    """Say what is an error of that."""
    return (violation for violation in lint_request(value) if violation.severity == "error")


LINTS = {"request": lint_request}
ERRORS = {"request": refuse_request}


def _get(value: Json, *keys: str) -> Json:
    for key in keys:
        value = cast("dict[str, Json]", value).get(key) if isinstance(value, dict) else None
    return value


def _id(line: Json, _: int) -> Json:
    return _get(line, "id")


def _model(line: Json, _: int) -> Json:
    return _get(line, "body", "model")


def _one(_: Json, __: int) -> Json:
    return 1


def _length(_: Json, length: int) -> Json:
    return length


FILE_RULES = {
    "batch": (
        FileRule("unique", REPEATED, _id, "/id"),
        FileRule("same", MIXED, _model, "/body/model"),
        FileRule("limit", MANY, _one, "", None, 6),
        FileRule("limit", LARGE, _length, "", None, 700),
        FileRule("limit", FEW, _one, "", 2, None),
    )
}
