"""Streams of every kind, and damage to them: to a value of a chunk, to their order, to their text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import yaml

__all__ = ["Case", "cases", "mutant"]

CASES = Path(__file__).parent.parent / "cases/streams"
_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 2, 1.0, 5.5, "", "a", "stop", "length", "tool_calls", "assistant", "chatcmpl-2"),
    *([], {}, [None], {"a": 1}, "{}", '{"port": "Bergen"}', 1764000000, "call_1"),
)
_LINES = (": ping\n\n", "event: error\n", "id: 7\n", "odd\n", "data: [DONE]\n\n", "\n", "data:\n\n", "data: {}\n\n")
_ERROR = {"error": {"message": "overloaded", "type": "server_error", "param": None, "code": None}}


Row = dict[str, Any]


class Case(NamedTuple):
    """A stream in the dialect of which it is, and the request that it answers."""

    dialect: str
    text: bytes
    request: Any = None


def cases() -> Iterator[Case]:
    """Those of the tests."""
    for kind in ("good", "faulty"):
        rows: Any = yaml.load((CASES / f"{kind}.yaml").read_text("utf-8"), yaml.CSafeLoader)
        for name in rows:
            path, row = CASES / kind / f"{name}.sse", Row(rows[name] or {})
            yield Case(row.get("dialect", "openai"), path.read_bytes())


def mutant(case: Case, random: Random) -> Case:
    """The same, damaged in one place or several."""
    events = case.text.decode("latin-1").replace("\r\n", "\n").replace("\r", "\n").split("\n\n")
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        random.choice(_DAMAGE)(events, random)
    text = "\n\n".join(events).encode("latin-1")
    if random.random() < 0.1:  # bytes that are no text, or not all of it
        at = random.randint(0, len(text))
        text = text[:at] + random.choice((b"", b"\xff", b'"', b"\n", text[at + 1 :])) + text[at + 1 :]
    if random.random() < 0.1:
        text = text.replace(b"\n", random.choice((b"\r", b"\r\n")))
    options: Any = random.choice((None, None, {"include_usage": True}, {"include_usage": False}))
    request: Row = {"model": "gpt-4.1", "messages": [], "stream": True, "stream_options": options}
    return Case(case.dialect, text, random.choice((None, request)))


def _value(events: list[str], random: Random) -> None:
    """Another value at a place of a chunk, or none."""
    numbers = [number for number, event in enumerate(events) if event.startswith("data: {")]
    if not numbers:
        return
    number = random.choice(numbers)
    try:
        chunk: Any = json.loads(events[number][6:])
    except ValueError:
        return
    if not (places := [*_places(chunk)]):
        return
    holder, key = random.choice(places)
    if random.random() < 0.3:
        del holder[key]
    elif random.random() < 0.5:
        holder[key] = deepcopy(random.choice(_VALUES))
    else:  # what stands elsewhere
        other, step = random.choice(places)
        holder[key] = deepcopy(other[step])
    if random.random() < 0.2:
        chunk[random.choice(("extra", "usage", "error", "service_tier"))] = deepcopy(random.choice(_VALUES))
    events[number] = f"data: {json.dumps(chunk, separators=random.choice((None, (',', ':'))))}"


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    keys: list[Any] = [*value] if isinstance(value, dict) else [*range(len(value))]
    for key in keys:
        yield value, key
        if isinstance(value[key], dict | list):
            yield from _places(value[key])


def _drop(events: list[str], random: Random) -> None:
    if len(events) > 1:
        del events[random.randrange(len(events))]


def _repeat(events: list[str], random: Random) -> None:
    events.insert(random.randint(0, len(events)), random.choice(events))


def _swap(events: list[str], random: Random) -> None:
    one, other = random.randrange(len(events)), random.randrange(len(events))
    events[one], events[other] = events[other], events[one]


def _line(events: list[str], random: Random) -> None:
    events.insert(random.randint(0, len(events)), random.choice(_LINES).removesuffix("\n\n"))


def _error(events: list[str], random: Random) -> None:
    events.insert(random.randint(0, len(events)), f"data: {json.dumps(_ERROR)}")


def _second_choice(events: list[str], random: Random) -> None:
    """The pieces of a choice once more, as those of another."""
    index, start = random.choice((0, 1, 2)), random.randrange(len(events))
    others = [event.replace('"index":0,"delta"', f'"index":{index},"delta"', 1) for event in events[start:]]
    random.shuffle(others) if random.random() < 0.3 else None
    events[start:start] = others


def _key_twice(events: list[str], random: Random) -> None:
    number = random.randrange(len(events))
    events[number] = events[number].replace("{", '{"id":"a",', 1)


_DAMAGE: tuple[Callable[[list[str], Random], None], ...] = (
    *(_value, _value, _value, _value, _value),
    *(_drop, _repeat, _swap, _line, _error, _second_choice, _key_twice),
)
