"""Documents of which twice as much takes about twice as long: what is compared is processor time, not the clock's."""

from __future__ import annotations

import json
import resource
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .campaign import prepare
from .growing import SCHEMAS, SETTINGS, SPEC, SPECS
from .law import breaches, run

__all__ = ["CASES", "grown"]

LINT = ("lint", "--as", "request", "--output-format", "concise", "{}")
FIX = ("lint", "--as", "request", "--fix", "--unsafe-fixes", "--output-format", "concise", "{}")
COMPILE = ("generate", "--from-schema", "{}", "--assert-formats", "--output", "x.py")
GENERATE = ("generate", "--spec", "spec", "--target", "enums", "--output", "made")
TIMES = 4
MOST = 2.0
"""How much more than *TIMES* the time may grow; its square would be 16."""


@dataclass(frozen=True, slots=True)
class Case:
    """A document of any size, and what is done with it."""

    file: str
    """Where it stands; below `spec/`, one of a small spec that is complete but for it."""

    text: Callable[[int], str]
    command: Sequence[str] = LINT


def _request(**fields: Any) -> str:
    return json.dumps({"model": "gpt-4.1", "messages": [{"role": "user", "content": "x"}], **fields})


def _schema(schema: Any) -> str:
    return _request(
        response_format={"type": "json_schema", "json_schema": {"name": "x", "strict": True, "schema": schema}}
    )


def _orphans(count: int) -> str:
    return _request(
        messages=[{"role": "tool", "tool_call_id": f"c{number}", "content": "y"} for number in range(count)]
    )


def _misspelt(count: int) -> str:
    return _request(messages=[{"role": "user", "content": "x", "nam": "y"} for _ in range(count)])


def _wide(count: int) -> str:
    names = [f"p{number}" for number in range(count)]
    return _schema({"type": "object", "required": names, "properties": {name: {"type": "object"} for name in names}})


def _repeated(count: int) -> str:
    return "{" + ", ".join(['"model": 1'] * count) + "}"


def _merges(count: int) -> str:
    return f"e: &e {{}}\nl: &l [{', '.join(['*e'] * count)}]\n" + "".join(f"k{n}: {{<<: *l}}\n" for n in range(count))


def _laid_out(text: str) -> str:
    return json.dumps(json.loads(text), indent=2)


def _broken(count: int) -> str:
    calls = [
        {"id": f"c{number}", "type": "function", "function": {"name": "f", "arguments": '{"a": '}}
        for number in range(count)
    ]
    answers = [{"role": "tool", "tool_call_id": f"c{number}", "content": "x"} for number in range(count)]
    return _request(messages=[{"role": "assistant", "tool_calls": calls}, *answers])


def _unanswered(count: int) -> str:
    """Calls in messages of their own; nothing says that this is a request but its fields."""
    messages: list[dict[str, Any]] = []
    for number in range(count):
        call = {"id": f"c{number}", "type": "function", "function": {"name": "f", "arguments": "{}"}}
        messages += [{"role": "assistant", "tool_calls": [call]}, {"role": "user", "content": "x"}]
    return _request(messages=messages)


CASES: dict[str, Case] = {
    "unknown fields": Case("x.json", lambda count: _request(**{f"temperatur{number}": 1 for number in range(count)})),
    "misspelt fields": Case("x.json", _misspelt),
    "misspelt fields, fixed": Case("x.json", _misspelt, FIX),
    "answers to nothing": Case("x.json", _orphans),
    "answers to nothing, fixed": Case("x.json", lambda count: _orphans(count // 2), FIX),
    "calls without an answer": Case("x.json", lambda count: _unanswered(count // 2), [LINT[0], *LINT[3:]]),
    "calls without an answer, fixed": Case("x.json", lambda count: _unanswered(count // 4), FIX),
    "wide schema": Case("x.json", lambda count: _wide(count // 2)),
    "wide schema, fixed": Case("x.json", lambda count: _wide(count // 4), FIX),
    "wide schema, as a diff": Case(
        "x.json", lambda count: _laid_out(_wide(count // 4)), [*LINT[:-1], "--diff", "--unsafe-fixes", "{}"]
    ),
    "duplicate keys": Case("x.json", _repeated),
    "duplicate keys for GitLab": Case(
        "x.json", _repeated, ["lint", "--as", "request", "--output-format", "gitlab", "{}"]
    ),
    "lines": Case("x.jsonl", lambda count: (_request() + "\n") * (count // 2)),
    "items": Case("x.json", lambda count: _request(stop=["a"] * (5 * count))),
    "biases": Case("x.json", lambda count: _request(logit_bias={str(number): 1000 for number in range(count)})),
    "excerpts of a long line": Case(
        "x.json", lambda count: _request(user="x" * 500 * count, messages=[{"role": 5}] * 1000)
    ),
    "lines with a fault": Case("x.jsonl", lambda count: (_request(temprature=1) + "\n") * (count // 2)),
    "broken arguments": Case("x.json", _broken),
    "unknown fields in YAML": Case(
        "x.yaml", lambda count: "model: m\nmessages: []\n" + "".join(f"temperatur{n}: 1\n" for n in range(count))
    ),
    "merges": Case("x.yaml", _merges),
    "documents": Case("x.yaml", lambda count: "--- {}\n" * count),
    "spaces, fixed": Case("x.json", lambda count: _request(max_tokens=1).replace(", ", f",{' ' * 20 * count}"), FIX),
    **{f"settings: {name}": Case("parlance.toml", text, ["config"]) for name, text in SETTINGS.items()},
    **{f"schema: {name}": Case("x.json", text, COMPILE) for name, text in SCHEMAS.items()},
    "schema: unknown keywords in YAML": Case(
        "x.yaml", lambda count: "".join(f"typo{number}: 1\n" for number in range(count)), COMPILE
    ),
    **{f"spec: {name}": Case(f"spec/{file}", text, GENERATE) for name, (file, text) in SPECS.items()},
}


def grown(folder: Path, count: int, cases: dict[str, Case], *, timed: bool = True) -> Iterator[str]:
    """One line for each case whose time grows too much from *count* to *TIMES* as many, if that is looked at.

    Where it is not, each breach of the law ends it all the same, in the larger document.
    """
    prepare()
    for name, case in cases.items():
        small = min(_seconds(folder, case, count) for _ in range(2)) if timed else 0
        large = _seconds(folder, case, count * TIMES)
        if timed and large > 1 and large > small * TIMES * MOST:
            yield f"{name}: {small:.2f} s for {count}, {large:.2f} s for {count * TIMES}"


def _seconds(folder: Path, case: Case, count: int) -> float:
    place = folder / "work"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(SPEC, place / "spec")
    (place / case.file).parent.mkdir(exist_ok=True)
    (place / case.file).write_text(case.text(count), "utf-8")
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    done = run([word.replace("{}", case.file) for word in case.command], place)
    assert not breaches(done), (done.arguments, breaches(done))
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
