"""What a server answers to a fault, as a dialect or the record of a rule has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...finding.shape import is_object
from ..rules import Server
from ..source import ChosenRule, Source

__all__ = ["answers", "answers_to"]

_ERROR = "error"

Entry = Mapping[str, Any]


def answers(source: Source) -> Iterator[tuple[str, Server]]:
    """By code what the server answers to what validators find; with an empty code, to any fault."""
    if source.errors is None:
        return
    yield "", _server(source.errors)
    rules = {str(rule["code"]) for rule in source.rules}
    for code in sorted(source.errors.get("codes", ())):
        if code not in rules:
            yield str(code), _server(source.errors["codes"][code])


def answers_to(entry: Entry, choice: ChosenRule, source: Source) -> tuple[Server, ...]:
    """What the server of a dialect answers where a rule is broken; what another one answers is not its answer."""
    errors = source.errors or {}
    own = errors.get("codes", {}).get(entry["code"])
    if own is not None:
        return (_server(own),)
    if choice.is_native and "server" in entry:
        return tuple(map(_server, _several(entry["server"])))
    is_refused = choice.severity == _ERROR and choice.is_confirmed and entry["artifact"] in _sent(source)
    return (_server(errors),) if errors and is_refused else ()


def _sent(source: Source) -> Sequence[str]:
    """The artifacts that a client sends: no server answers to a fault in an answer."""
    bodies = (
        document
        for methods in source.document["paths"].values()
        for operation in methods.values()
        for document in operation.get("requestBody", {}).get("content", {}).values()
    )
    return [str(body["x-artifact"]) for body in bodies if "x-artifact" in body]


def _several(value: Any) -> Sequence[Entry]:
    """One or a list, as a list."""
    return (value,) if is_object(value) else value


def _server(entry: Entry) -> Server:
    texts = {key: entry[key] and str(entry[key]) for key in ("type", "param", "text") if key in entry}
    code = entry.get("code")
    return Server(status=entry["status"], code=str(code) if isinstance(code, str) else code, **texts)
