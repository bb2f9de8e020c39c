"""The same requests with the mistakes that people make, one to fifty in each."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from .material import Document, encoded
from .payloads import DOCUMENTS, Payload

__all__ = ["invalid_payloads"]

_Fix = Callable[[Document], None]


def invalid_payloads() -> list[Payload]:
    """Each damaged document as bytes, with the number of its errors."""
    payloads: list[Payload] = []
    for name, source, errors, damage in _MISTAKES:
        document = DOCUMENTS[source]()
        damage(document)
        payloads.append(Payload(name, encoded(document), errors))
    return payloads


def _number_as_content(document: Document) -> None:
    document["messages"][0]["content"] = 3


def _misspelt_parameter(document: Document) -> None:
    document["temprature"] = 0.2


def _parameters_out_of_bounds(document: Document) -> None:
    document |= {"temperature": 3, "top_p": -0.1, "n": 0, "top_logprobs": 25, "frequency_penalty": 2.5}
    document |= {"seed": "42", "stop": ["a", "b", "c", "d", "e"], "service_tier": "turbo", "verbosity": "terse"}


def _null_where_none_may_be(document: Document) -> None:
    document |= {"model": None, "user": None, "parallel_tool_calls": None}
    document["messages"][1]["content"] = None


def _wrong_role(document: Document) -> None:
    document["messages"][7]["role"] = "usr"
    document["messages"][8]["role"] = "bot"


def _messages_as_object(document: Document) -> None:
    document["messages"] = {str(number): message for number, message in enumerate(document["messages"])}


def _tools_without_names(document: Document) -> None:
    del document["tools"][3]["function"]["name"]
    del document["tools"][5]["type"]
    document["tools"][6] = document["tools"][6]["function"]


def _one_bad_tool_of_many(document: Document) -> None:
    document["tools"][100]["type"] = "fn"
    document["tools"][17]["function"]["name"] = "look up order"
    document["tools"][64]["function"]["strict"] = "true"


def _calls_with_object_arguments(document: Document) -> None:
    calls = [call for message in document["messages"] for call in message.get("tool_calls", ())]
    for call in calls[:3]:
        call["function"]["arguments"] = {"query": "overdue invoices", "limit": 20}
    answers = [message for message in document["messages"] if message["role"] == "tool"]
    for answer in answers[:2]:
        del answer["tool_call_id"]


def _unknown_detail(document: Document) -> None:
    parts = document["messages"][1]["content"]
    parts[1]["image_url"]["detail"] = "maximum"
    parts[2]["image_url"] = {"uri": parts[2]["image_url"]["url"]}


def _part_without_type(document: Document) -> None:
    del document["messages"][1]["content"][1]["type"]


def _wrong_format(document: Document) -> None:
    document["response_format"]["type"] = "json"


def _form_without_name(document: Document) -> None:
    form = document["response_format"]["json_schema"]
    del form["name"]
    form["schema"] = "case_file.schema.json"


def _wrong_sound(document: Document) -> None:
    document["audio"] = {"voice": "alloy", "format": "ogg"}
    document["modalities"] = ["text", "voice"]
    document["messages"][1]["content"][1]["input_audio"]["format"] = "m4a"


def _wrong_biases(document: Document) -> None:
    document["logit_bias"] |= {"1041": 0.5, "1082": "5", "1123": 101, "hello": 5}


def _fields_of_other_servers(document: Document) -> None:
    document |= {"top_k": 40, "min_p": 0.05, "repetition_penalty": 1.1, "stop_token_ids": [2], "guided_json": None}


def _no_model(document: Document) -> None:
    del document["model"]


def _fifty(document: Document) -> None:
    for message, mistake in zip(document["messages"][1::5], itertools.cycle(_ERRORS_OF_A_MESSAGE), strict=False):
        mistake(message)
    document["messages"] = document["messages"][: 5 * 50]


def _without(name: str) -> _Fix:
    return lambda message: message.__delitem__(name)


def _with(**fields: object) -> _Fix:
    return lambda message: message.update(fields)


_ERRORS_OF_A_MESSAGE: tuple[_Fix, ...] = (
    _with(content=5),
    _with(role="human"),
    _without("content"),
    _with(timestamp="2026-08-21T09:30:00Z"),
    _without("role"),
    _with(name="Kari Nordmann"),
    _with(content=[{"type": "txt", "text": "Thanks."}]),
    _with(content=[{"type": "text", "text": None}]),
    _with(role=None),
    _with(content={"type": "text", "text": "Thanks."}),
)
"""One error each, by turns in a message of the user and one of the assistant."""

_MISTAKES: tuple[tuple[str, str, int, _Fix], ...] = (
    ("number as content", "hello", 1, _number_as_content),
    ("misspelt parameter", "hello", 1, _misspelt_parameter),
    ("out of bounds", "all parameters", 9, _parameters_out_of_bounds),
    ("unexpected nulls", "nulls", 4, _null_where_none_may_be),
    ("wrong roles", "20 messages", 2, _wrong_role),
    ("messages as object", "20 messages", 1, _messages_as_object),
    ("fifty errors", "300 messages", 50, _fifty),
    ("nameless tools", "8 tools", 3, _tools_without_names),
    ("3 bad tools of 128", "128 tools", 3, _one_bad_tool_of_many),
    ("object arguments", "tool conversation", 5, _calls_with_object_arguments),
    ("unknown detail", "images by URL", 3, _unknown_detail),
    ("part without type", "image of 80 KB", 1, _part_without_type),
    ("wrong format", "structured output", 1, _wrong_format),
    ("form without name", "structured output", 2, _form_without_name),
    ("wrong sound", "audio", 3, _wrong_sound),
    ("wrong biases", "logit bias", 4, _wrong_biases),
    ("foreign fields", "custom tools", 5, _fields_of_other_servers),
    ("no model", "text of 200 KB", 1, _no_model),
)
"""Name, the valid document, how many errors it gets, and how."""
