"""What a schema cannot say of a request, and of all lines of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias, cast

from ..small import Violation

__all__ = ["ERRORS", "FILE_RULES", "LINTS", "RULES"]

Json: TypeAlias = Any


class Rule(NamedTuple):
    """One thing to say."""

    code: str
    name: str
    severity: str
    message: str
    help: str | None = None
    summary: str = "Something is wrong."
    why: str = "It would not work."
    fix: Any = None
    inside: bool = False
    explains: bool = False

    def at(self, pointer: str, values: dict[str, Any]) -> Violation:
        """The violation at *pointer*."""
        return Violation(self.code, pointer, self.message.format(**values), (), self.severity, self.help)


class FileRule(NamedTuple):
    """One thing to say of all lines."""

    kind: str
    rule: Rule
    measure: Callable[[Json, int], Json]
    point: str
    minimum: int | None = None
    maximum: int | None = None


LUCKY = Rule("PAR201", "lucky-seed", "info", "{value} is no better than another number")
EMPTY = Rule("PAR202", "empty-stop", "warning", "an empty stop stops nothing", "leave it out")
OPEN = Rule("PAR301", "open-question", "error", "nobody has answered '{value}'", "answer it")
ODD = Rule("PAR302", "odd-role", "error", "'{value}' is an odd role")
REPEATED = Rule("PAR610", "repeated-id", "error", "the id {key} is taken by an earlier line", "choose another")
MIXED = Rule("PAR611", "mixed-models", "error", "this line asks {key}, and the first asks {first}")
MANY = Rule("PAR613", "too-many-lines", "error", "at most {maximum} lines go in a file, and this has {total}")
LARGE = Rule("PAR614", "too-many-bytes", "warning", "at most {maximum} bytes go in a file, and this has {total}")
FEW = Rule("PAR615", "too-few-lines", "error", "at least {minimum} lines are needed, and the file has {total}")

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
