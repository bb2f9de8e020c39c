"""Models as people use them: what they write and take, where their errors are, and what FastAPI makes of it."""

from __future__ import annotations

import copy
import json
import pickle
import warnings
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from parlance_dialects import openai, vllm
from parlance_dialects.model_errors import field_path
from pydantic import BaseModel, TypeAdapter, ValidationError

REQUEST: dict[str, Any] = {"model": "gpt-4.1", "messages": [{"role": "user", "content": "Hello"}]}
FUNCTION_TOOL = {"type": "function", "function": {"name": "f"}}


@pytest.fixture(autouse=True)
def _strict() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def message(**fields: Any) -> dict[str, Any]:
    return {"messages": [{"role": "user", **fields}]}


CASES: list[tuple[dict[str, Any], dict[str, str | None]]] = [
    (message(content=5), {"messages[0].content": "Input should be a string or a list"}),
    (message(), {"messages[0].content": "Field required"}),
    (message(content=[{"type": "text"}]), {"messages[0].content[0].text": "Field required"}),
    (message(content=[{"type": "text", "text": 1}]), {"messages[0].content[0].text": None}),
    (message(content=[{"text": "a"}]), {"messages[0].content[0].type": "Field required"}),
    (message(content=["a"]), {"messages[0].content[0]": None}),
    ({"messages": [{"content": "a"}]}, {"messages[0].role": "Field required"}),
    ({"messages": [{"role": 1, "content": "a"}]}, {"messages[0].role": None}),
    ({"messages": ["a"]}, {"messages[0]": None}),
    ({"messages": 5}, {"messages": None}),
    ({"stop": [1, 2]}, {"stop[0]": "Input should be a valid string", "stop[1]": "Input should be a valid string"}),
    ({"stop": ["a", "b", "c", "d", "e"]}, {"stop": None}),
    ({"stop": 5}, {"stop": "Input should be a string or a list"}),
    ({"tools": [{"type": "function"}]}, {"tools[0].function": "Field required"}),
    ({"tools": [{"type": "function", "function": {}}]}, {"tools[0].function.name": "Field required"}),
    ({"tools": [FUNCTION_TOOL, {"type": "frob"}]}, {"tools[1].type": "Input should be 'function' or 'custom'"}),
    ({"tool_choice": "frob"}, {"tool_choice": "Input should be 'none', 'auto' or 'required'"}),
    ({"tool_choice": {"type": "function"}}, {"tool_choice.function": "Field required"}),
    ({"tool_choice": 5}, {"tool_choice": "Input should be 'none', 'auto' or 'required' or an object"}),
    ({"response_format": {"type": "json_schema"}}, {"response_format.json_schema": "Field required"}),
    ({"temperature": 9}, {"temperature": "Input should be less than or equal to 2"}),
]


@pytest.mark.parametrize(("change", "errors"), CASES, ids=str)
def test_an_error_is_at_its_place_and_names_no_part_of_a_union(
    change: dict[str, Any], errors: dict[str, str | None]
) -> None:
    document = {**REQUEST, **change}
    readers: list[Callable[[Any], object]] = [
        openai.CreateChatCompletionRequest.model_validate,
        lambda value: openai.CreateChatCompletionRequest.model_validate_json(json.dumps(value)),
        TypeAdapter(openai.CreateChatCompletionRequest).validate_python,
    ]
    for read in readers:
        with pytest.raises(ValidationError) as caught:
            read(document)
        found = {field_path(each["loc"]): each["msg"] for each in caught.value.errors()}
        assert {place: text if errors.get(place) else None for place, text in found.items()} == errors


def test_an_open_union_has_errors_at_their_places_too() -> None:
    with pytest.raises(ValidationError) as caught:
        vllm.CreateChatCompletionRequest.model_validate({**REQUEST, **message(content=[{"type": "text"}])})
    assert [field_path(each["loc"]) for each in caught.value.errors()] == ["messages[0].content[0].text"]


@pytest.mark.parametrize(
    "model",
    [
        lambda: openai.ChatCompletionRequestUserMessage(content="Hello"),
        lambda: openai.ChatCompletionRequestAssistantMessage(content=None),
        lambda: openai.ChatCompletionRequestToolMessage(content="Hello", tool_call_id="call_1"),
        lambda: openai.ChatCompletionRequestMessageContentPartText(text="Hello"),
        lambda: openai.ChatCompletionTool(function=openai.FunctionObject(name="f")),
        lambda: openai.ChatCompletionChunk(id="a", created=1, model="m", choices=[]),
    ],
)
def test_a_constant_need_not_be_given_to_a_constructor(model: Any) -> None:
    made = model()
    kind = cast("Any", type(made))
    given = made.model_dump(mode="json")
    assert given.keys() & {"role", "type", "object"}
    assert kind.model_validate(given) == made == copy.deepcopy(made) == pickle.loads(pickle.dumps(made))  # noqa: S301, ours
    for name in given.keys() & {"role", "type", "object"}:
        rest = {key: value for key, value in given.items() if key != name}
        with pytest.raises(ValidationError):
            kind.model_validate(rest)
        with pytest.raises(ValidationError):
            kind.model_validate_json(json.dumps(rest))
        assert name in kind.model_json_schema()["required"]


def test_a_constant_cannot_be_another() -> None:
    with pytest.raises(ValidationError):
        openai.ChatCompletionRequestUserMessage(role="system", content="Hello")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def test_a_model_of_ones_own_is_a_model_as_others_are() -> None:
    class NotedMessage(openai.ChatCompletionRequestUserMessage):
        """A message with something more."""

        note: str = "none"

    assert NotedMessage(content="Hello").model_dump() == {"role": "user", "content": "Hello"}
    assert NotedMessage(content="Hello").note == "none"
    with pytest.raises(ValidationError):
        NotedMessage.model_validate({"content": "Hello"})


class Envelope(BaseModel):
    """A model of somebody else's."""

    usage: openai.CompletionUsage
    others: list[openai.CompletionUsage | None] = []
    none: int | None = None


USAGE: dict[str, Any] = {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3}


def test_what_was_given_is_written_wherever_the_model_stands() -> None:
    usage = openai.CompletionUsage(**USAGE)
    assert usage.model_dump() == usage.model_dump(exclude_unset=True) == USAGE
    assert json.loads(usage.model_dump_json()) == USAGE
    assert json.loads(TypeAdapter(list[openai.CompletionUsage]).dump_json([usage])) == [USAGE]
    envelope = Envelope(usage=usage, others=[usage, None])
    assert envelope.model_dump() == {"usage": USAGE, "others": [USAGE, None], "none": None}
    assert usage.model_dump(include={"total_tokens"}) == {"total_tokens": 3}
    assert usage.model_dump(exclude={"total_tokens"}) == {"prompt_tokens": 1, "completion_tokens": 2}


@pytest.mark.parametrize("value", [None, 0, {}])
def test_null_absent_and_a_value_stay_three_things(value: object) -> None:
    for given in ({}, {"seed": value if value != {} else 5}):
        request = openai.CreateChatCompletionRequest.model_validate({**REQUEST, **given})
        assert request.model_dump(mode="json") == {**REQUEST, **given}


def test_fastapi_takes_and_returns_models_without_a_warning() -> None:
    app = FastAPI()

    @app.post("/message")
    def read(body: openai.ChatCompletionRequestMessage) -> list[openai.ChatCompletionRequestMessage]:  # pyright: ignore[reportUnusedFunction]
        return [body]

    @app.post("/request")
    def answer(request: openai.CreateChatCompletionRequest) -> openai.CreateChatCompletionRequest:  # pyright: ignore[reportUnusedFunction]
        return request

    client = TestClient(app)
    assert client.post("/request", json={**REQUEST, "seed": None}).json() == {**REQUEST, "seed": None}
    assert client.post("/message", json=REQUEST["messages"][0]).json() == REQUEST["messages"]
    refused = client.post("/request", json={**REQUEST, **message(content=[{"type": "image_url"}])})
    assert refused.status_code == 422
    assert [each["loc"] for each in refused.json()["detail"]] == [["body", "messages", 0, "content", 0, "image_url"]]
    refused = client.post("/message", json={"role": "usr"})
    assert [each["loc"] for each in refused.json()["detail"]] == [["body", "role"]]
    document = client.get("/openapi.json")
    shown = document.json()["components"]["schemas"]
    assert document.status_code == 200
    requests = [shown[name] for name in shown if name.startswith("CreateChatCompletionRequest")]
    assert requests
    assert all("messages" in each["properties"] for each in requests)
