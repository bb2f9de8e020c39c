"""Streams of the shapes that servers send, each with what was meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

__all__ = ["SHAPES", "Shape", "seen"]


class Shape(NamedTuple):
    """A stream, and what it comes to, as `seen` gives it."""

    what: str
    chunks: list[dict[str, Any]]
    meant: dict[str, Any]


BASE = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1764000000, "model": "gpt-4.1"}
USAGE = {"prompt_tokens": 9, "completion_tokens": 3, "total_tokens": 12}


def seen(whole: Mapping[str, Any]) -> dict[str, Any]:
    """What users look at in a completion."""
    choices: list[dict[str, Any]] = []
    for choice in whole["choices"]:
        message = choice["message"]
        calls: list[Any] = message.get("tool_calls") or []
        choices.append(
            {
                "role": message.get("role"),
                "content": message.get("content") or None,
                "refusal": message.get("refusal") or None,
                "calls": [
                    [call.get("id"), call["function"].get("name"), call["function"].get("arguments")] for call in calls
                ],
                "finish_reason": choice.get("finish_reason"),
            }
        )
    usage: dict[str, Any] = whole.get("usage") or {}
    total = usage.get("total_tokens")
    return {"id": whole.get("id"), "model": whole.get("model"), "choices": choices, "total_tokens": total}


def _chunk(delta: Mapping[str, Any], reason: str | None = None, index: int = 0, **fields: Any) -> dict[str, Any]:
    return {**BASE, "choices": [{"index": index, "delta": delta, "finish_reason": reason}], **fields}


def _call(arguments: str, name: str | None = None, **fields: Any) -> dict[str, Any]:
    return {**fields, "function": {"arguments": arguments, **({} if name is None else {"name": name})}}


def _calls(*deltas: list[dict[str, Any]]) -> list[dict[str, Any]]:
    head = _chunk({"role": "assistant", "content": None})
    return [head, *(_chunk({"tool_calls": each}) for each in deltas), _chunk({}, "tool_calls")]


def _meant(
    content: str | None = None, calls: Sequence[Sequence[str]] = (), reason: str = "stop", total: int | None = None
) -> dict[str, Any]:
    choice = {"role": "assistant", "content": content, "refusal": None, "calls": [*map(list, calls)]}
    return {
        "id": "chatcmpl-1",
        "model": "gpt-4.1",
        "choices": [{**choice, "finish_reason": reason}],
        "total_tokens": total,
    }


_TEXT = [_chunk({"role": "assistant", "content": ""}), _chunk({"content": "Eb"}), _chunk({"content": "b"})]
_END = _chunk({}, "stop")
_LAST: dict[str, Any] = {**BASE, "choices": []}
_TIDES, _WINDS = ["call_1", "tides", '{"port":1}'], ["call_2", "winds", '{"port":2}']
_HEADS = [{"id": "call_1", "type": "function"}, {"id": "call_2", "type": "function"}]
_WHOLE = [_call('{"port":1}', "tides", **_HEADS[0]), _call('{"port":2}', "winds", **_HEADS[1])]
_PARTS = [{"type": "text", "text": text} for text in ("Eb", "b")]
_TWO = _meant(None, [_TIDES, _WINDS], "tool_calls")
_ONE = _meant(None, [_TIDES], "tool_calls")

SHAPES = [
    Shape("OpenAI: a text, and usage", [*_TEXT, _END, {**_LAST, "usage": USAGE}], _meant("Ebb", total=12)),
    Shape(
        "OpenAI: a chunk with moderation after the one with usage",
        [*_TEXT, _END, {**_LAST, "usage": USAGE}, {**_LAST, "usage": None, "moderation": {}}],
        _meant("Ebb", total=12),
    ),
    Shape(
        "OpenAI: two calls",
        _calls(
            [_call("", "tides", index=0, **_HEADS[0])],
            [_call('{"port"', index=0)],
            [_call(":1}", index=0)],
            [_call("", "winds", index=1, **_HEADS[1])],
            [_call('{"port":2}', index=1)],
        ),
        _TWO,
    ),
    Shape(
        "Azure: a first chunk with an empty id and model",
        [{**BASE, "id": "", "model": "", "created": 0, "choices": [], "prompt_filter_results": []}, *_TEXT, _END],
        _meant("Ebb"),
    ),
    Shape(
        "OpenRouter, Ollama: the role in every chunk",
        [_chunk({"role": "assistant", "content": text}) for text in ("E", "b", "b")] + [_END],
        _meant("Ebb"),
    ),
    Shape(
        "OpenRouter: the reason again, in a chunk with usage",
        [*_TEXT, _END, _chunk({"role": "assistant", "content": ""}, "stop", usage=USAGE)],
        _meant("Ebb", total=12),
    ),
    Shape(
        "Perplexity: usage in every chunk",
        [{**each, "usage": {**USAGE, "total_tokens": 9 + n}} for n, each in enumerate([*_TEXT, _END])],
        _meant("Ebb", total=12),
    ),
    Shape("Mistral, Ollama: whole calls without an index, in one chunk", _calls(_WHOLE), _TWO),
    Shape("Gemini: whole calls without an index, a chunk each", _calls(*([each] for each in _WHOLE)), _TWO),
    Shape("whole calls that all have index 0", _calls(*([{"index": 0, **each}] for each in _WHOLE)), _TWO),
    Shape(
        "id, type and name in every delta of a call",
        _calls(*([_call(text, "tides", index=0, **_HEADS[0])] for text in ('{"port"', ":1}"))),
        _ONE,
    ),
    Shape(
        "another id in every delta of a call",
        _calls(
            [_call("", "tides", index=0, **_HEADS[0])],
            [_call('{"port"', index=0, id="call_8", type="function")],
            [_call(":1}", index=0, id="call_9", type="function")],
        ),
        _ONE,
    ),
    Shape("a call whose index begins at 7", _calls([_call('{"port":1}', "tides", index=7, **_HEADS[0])]), _ONE),
    Shape(
        "Mistral: content in parts",
        [
            _chunk({"role": "assistant", "content": _PARTS[:1]}),
            _chunk({"content": _PARTS[1:]}),
            _END,
        ],
        _meant() | {"choices": [{**_meant()["choices"][0], "content": _PARTS}]},
    ),
    Shape(
        "a refusal",
        [_chunk({"role": "assistant", "content": None, "refusal": ""}), _chunk({"refusal": "No."}), _END],
        _meant() | {"choices": [{**_meant()["choices"][0], "refusal": "No."}]},
    ),
    Shape(
        "two choices, mixed",
        [
            *(_chunk({"role": "assistant", "content": text}, index=index) for index, text in enumerate(("E", "F"))),
            *(_chunk({"content": text}, index=index) for index, text in ((1, "lo"), (0, "b"), (1, "w"), (0, "b"))),
            *(_chunk({}, "stop", index) for index in (0, 1)),
        ],
        _meant() | {"choices": [{**_meant()["choices"][0], "content": text} for text in ("Ebb", "Flow")]},
    ),
]
