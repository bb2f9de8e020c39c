"""A request with `model`, `messages`, `stop` and `seed`, and an answer with `object` and `text`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias, cast

from parlance.runtime.python.artifact import Artifact
from parlance.runtime.python.violation import Violation, has_error

Json: TypeAlias = Any


def _fields(value: Json) -> dict[str, Json]:
    return cast("dict[str, Json]", value) if isinstance(value, dict) else {}


def _items(value: Json) -> Sequence[Json]:
    return cast("Sequence[Json]", value) if isinstance(value, list) else []


def _record(value: Json, at: str, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> Iterator[Violation]:
    if not isinstance(value, dict):
        yield Violation("PAR103", at, "must be an object")
        return
    for name in required:
        if name not in value:
            yield Violation("PAR101", f"{at}/{name}", f"required field '{name}' is absent")
    for name in _fields(value):
        if name not in required + optional:
            yield Violation("PAR102", f"{at}/{name}", f"unknown field '{name}'", required + optional)


def check_request(value: Json) -> Iterator[Violation]:
    """Say what is wrong with a request."""
    yield from _record(value, "", ("model", "messages"), ("stop", "seed", "extra"))
    fields = _fields(value)
    if not isinstance(fields.get("model", ""), str):
        yield Violation("PAR103", "/model", "must be a string")
    messages: Json = fields.get("messages", [])
    for index, message in enumerate(_items(messages)):
        yield from _message(message, f"/messages/{index}")
    if not isinstance(messages, list):
        yield Violation("PAR103", "/messages", "must be an array")
    seed: Json = fields.get("seed", 0)
    if isinstance(seed, bool) or not isinstance(seed, int):
        yield Violation("PAR103", "/seed", "must be an integer")
    elif seed > 9:
        yield Violation("PAR107", "/seed", "must be at most 9", severity="warning")


def _message(value: Json, at: str) -> Iterator[Violation]:
    yield from _record(value, at, ("role", "content"))
    fields = _fields(value)
    if fields.get("role", "user") not in ("system", "user"):
        yield Violation("PAR105", f"{at}/role", "must be 'system' or 'user'", ("system", "user"))
    if not isinstance(fields.get("content", ""), str):
        yield Violation("PAR103", f"{at}/content", "must be a string")


def check_response(value: Json) -> Iterator[Violation]:
    """Say what is wrong with an answer."""
    yield from _record(value, "", ("object", "text"), ("model",))
    if _fields(value).get("object", "answer") != "answer":
        yield Violation("PAR105", "/object", "must be 'answer'", ("answer",))


def error_free(check: Callable[[Json], Iterator[Violation]]) -> Callable[[Json], bool]:
    """Make of a check the question whether it finds no error."""
    return lambda value: not has_error(check(value))


ARTIFACTS = {
    "request": Artifact(
        "request",
        check_request,
        error_free(check_request),
        frozenset({"model", "messages"}),
        frozenset({"model", "messages", "stop", "seed", "extra"}),
        {},
    ),
    "response": Artifact(
        "response",
        check_response,
        error_free(check_response),
        frozenset({"object", "text"}),
        frozenset({"object", "text", "model"}),
        {"object": ("answer",)},
    ),
}
