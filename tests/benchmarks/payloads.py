"""Valid requests as people send them, from 100 bytes to 200 KB."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .material import Document, encoded, prose, recording, schema_of_everything, tool_result, tools

__all__ = ["DOCUMENTS", "Payload", "valid_payloads"]

_ASKED = (52, 140, 88, 610, 75, 240, 1_900, 120, 330, 64, 980, 160)
_ANSWERED = (180, 420, 95, 1_300, 310, 760, 140, 520)
_RETURNED = (230, 900, 2_100, 340, 4_800, 640, 1_500, 280)
"""Lengths of what people ask, models answer and tools return, in characters."""


@dataclass(frozen=True)
class Payload:
    """A request and how many errors are in it."""

    name: str
    data: bytes
    errors: int = 0


def valid_payloads() -> list[Payload]:
    """Each document as bytes."""
    return [Payload(name, encoded(make())) for name, make in DOCUMENTS.items()]


def _hello() -> Document:
    return {
        "model": "gpt-4.1-mini",
        "messages": [{"role": "user", "content": "What is the capital of Norway? One word."}],
    }


def _all_parameters() -> Document:
    return {
        **_chat(2),
        "model": "house-chat-3",  # no model of OpenAI's takes all of them; of others nothing is known
        "temperature": 0.7,
        "top_p": 0.95,
        "n": 2,
        "seed": 20260821,
        "stop": ["\n\n", "END"],
        "max_completion_tokens": 2048,
        "frequency_penalty": 0.25,
        "presence_penalty": -0.5,
        "logprobs": True,
        "top_logprobs": 5,
        "logit_bias": {"50256": -100, "1734": 5},
        "user": "customer-88213",
        "safety_identifier": "4f1c0d5e2b7a",
        "prompt_cache_key": "support-v12",
        "prompt_cache_options": {"ttl": "30m", "mode": "implicit"},
        "service_tier": "flex",
        "reasoning_effort": "low",
        "verbosity": "medium",
        "store": True,
        "metadata": {"team": "support", "release": "2026-08", "experiment": "short-answers"},
        "stream": True,
        "stream_options": {"include_usage": True, "include_obfuscation": False},
        "modalities": ["text"],
        "parallel_tool_calls": True,
        "response_format": {"type": "text"},
        "web_search_options": {
            "search_context_size": "low",
            "user_location": {"type": "approximate", "approximate": {"country": "NO", "city": "Bergen"}},
        },
        "tools": tools(1),
        "tool_choice": "auto",
    }


def _nulls() -> Document:
    names = ("temperature", "top_p", "n", "stop", "seed", "max_tokens", "logit_bias", "stream", "stream_options")
    others = ("presence_penalty", "frequency_penalty", "logprobs", "top_logprobs", "tools", "response_format")
    return {**_chat(6), **dict.fromkeys((*names, *others, "metadata"))}


def _messages(count: int) -> list[Document]:
    messages: list[Document] = [{"role": "system", "content": prose(19, 1_400)}]
    for number in range(count - 1):
        role, lengths = ("assistant", _ANSWERED) if number % 2 else ("user", _ASKED)
        messages.append({"role": role, "content": prose(number * 7, lengths[number // 2 % len(lengths)])})
    return messages


def _chat(count: int) -> Document:
    return {"model": "gpt-4.1", "messages": _messages(count), "temperature": 0.3}


def _tools(count: int) -> Callable[[], Document]:
    return lambda: {"model": "gpt-5-mini", "messages": _messages(2), "tools": tools(count), "tool_choice": "auto"}


def _tool_conversation() -> Document:
    messages: list[Document] = [{"role": "developer", "content": prose(23, 2_800)}]
    for number in range(10):
        ids = [f"call_{number:02}{letter}x7Qm2LkT9" for letter in "ab"]
        arguments = '{"query": "overdue invoices", "limit": 20, "cursor": null}'
        calls = [
            {"id": each, "type": "function", "function": {"name": "search_invoice", "arguments": arguments}}
            for each in ids
        ]
        messages.append({"role": "user", "content": prose(number * 3, _ASKED[number])})
        messages.append({"role": "assistant", "content": None, "tool_calls": calls})
        for offset, each in enumerate(ids):
            length = _RETURNED[(2 * number + offset) % len(_RETURNED)]
            messages.append({"role": "tool", "tool_call_id": each, "content": tool_result(number, length)})
        messages.append({"role": "assistant", "content": prose(number * 5, _ANSWERED[number % len(_ANSWERED)])})
    return {"model": "gpt-5", "messages": messages[:-1], "tools": tools(8), "parallel_tool_calls": True}


def _user(*parts: Document) -> list[Document]:
    return [{"role": "system", "content": prose(4, 600)}, {"role": "user", "content": list(parts)}]


def _text(start: int, length: int) -> Document:
    return {"type": "text", "text": prose(start, length)}


def _image(url: str) -> Document:
    return {"type": "image_url", "image_url": {"url": url, "detail": "high"}}


def _images() -> Document:
    pictures = [_image(f"https://images.example.com/2026/08/21/{number}.jpg?width=1024") for number in range(4)]
    return {"model": "gpt-4o", "messages": _user(_text(8, 160), *pictures), "max_completion_tokens": 400}


def _image_data() -> Document:
    return {"model": "gpt-4o", "messages": _user(_text(8, 120), _image(f"data:image/png;base64,{recording(80_000)}"))}


def _structured() -> Document:
    form = {"name": "case_file", "description": prose(2, 90), "strict": True, "schema": schema_of_everything()}
    return {**_chat(2), "response_format": {"type": "json_schema", "json_schema": form}}


def _audio() -> Document:
    sound = {"type": "input_audio", "input_audio": {"data": recording(40_000), "format": "wav"}}
    earlier = [{"role": "assistant", "audio": {"id": "audio_68a7c2f1"}}, {"role": "user", "content": "Slower, please."}]
    return {
        "model": "gpt-4o-audio-preview",
        "modalities": ["text", "audio"],
        "audio": {"voice": "alloy", "format": "pcm16"},
        "messages": [*_user(_text(6, 50), sound), *earlier],
        "stream": True,
    }


def _logit_bias() -> Document:
    return {**_hello(), "logit_bias": {str(1_000 + number * 41): number % 201 - 100 for number in range(300)}}


def _custom_tools() -> Document:
    grammar = {
        "syntax": "lark",
        "definition": 'start: "SELECT" NAME ("," NAME)* "FROM" NAME\n%import common.CNAME -> NAME',
    }
    custom = {"name": "run_query", "description": prose(1, 200), "format": {"type": "grammar", "grammar": grammar}}
    call = {
        "id": "call_sql_1",
        "type": "custom",
        "custom": {"name": "run_query", "input": "SELECT total FROM invoices"},
    }
    part = {**_text(19, 2_400), "prompt_cache_breakpoint": {"mode": "explicit"}}
    messages: list[Any] = [
        {"role": "developer", "content": [part]},
        {
            "role": "user",
            "name": "kari",
            "content": [_text(3, 300), {"type": "file", "file": {"file_id": "file-9QxT"}}],
        },
        {"role": "assistant", "content": None, "refusal": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "call_sql_1", "content": [_text(14, 700)]},
    ]
    return {
        "model": "gpt-5",
        "messages": messages,
        "tools": [{"type": "custom", "custom": custom}, *tools(3)],
        "tool_choice": {"type": "custom", "custom": {"name": "run_query"}},
    }


def _prediction() -> Document:
    return {**_chat(4), "prediction": {"type": "content", "content": prose(9, 4_000)}}


def _long_text() -> Document:
    return {"model": "gpt-4.1", "messages": [{"role": "user", "content": prose(0, 194_000)}]}


DOCUMENTS: dict[str, Callable[[], Document]] = {
    "hello": _hello,
    "all parameters": _all_parameters,
    "nulls": _nulls,
    "20 messages": lambda: _chat(20),
    "300 messages": lambda: _chat(300),
    "8 tools": _tools(8),
    "128 tools": _tools(128),
    "tool conversation": _tool_conversation,
    "custom tools": _custom_tools,
    "prediction": _prediction,
    "images by URL": _images,
    "image of 80 KB": _image_data,
    "structured output": _structured,
    "audio": _audio,
    "logit bias": _logit_bias,
    "text of 200 KB": _long_text,
}
"""Makers of valid requests by name; each call makes a new one."""
