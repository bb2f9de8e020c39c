"""What `docs/library.md` and its notebook show works: every block of Python runs here, and prints what is shown."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator
from typing import Any, cast

import httpx2
import pytest
from command import ROOT
from fastapi.testclient import TestClient
from openai import BadRequestError, OpenAI
from parlance_dialects import openai

PAGE = (ROOT / "docs" / "library.md").read_text("utf-8")
NOTEBOOK = ROOT / "docs" / "examples" / "report.ipynb"
SECTIONS: dict[str, str] = dict(re.findall(r"(?ms)^## ([^\n]+)\n(.*?)(?=^## |\Z)", PAGE))
REQUEST: dict[str, Any] = {"model": "gpt-4.1", "messages": [{"role": "user", "content": "Hello"}]}
CALL = {
    "role": "assistant",
    "tool_calls": [{"id": "c", "type": "function", "function": {"name": "f", "arguments": "{}"}}],
}
ANSWER = {
    "id": "chatcmpl-1",
    "object": "chat.completion",
    "created": 1,
    "model": "gpt-4.1",
    "choices": [
        {
            "index": 0,
            "message": {"role": "assistant", "content": "Hello", "refusal": None},
            "finish_reason": "stop",
            "logprobs": None,
        }
    ],
}


@pytest.fixture(autouse=True)
def _strict() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def shown(section: str) -> dict[str, Any]:
    """The names that the blocks of a section define."""
    names: dict[str, Any] = {"__name__": "page"}
    for block in re.findall(r"(?ms)^```python\n(.*?)^```", SECTIONS[section]):
        exec(compile(block, "docs/library.md", "exec"), names)  # noqa: S102, our own page
    return names


def printed(section: str) -> str:
    """What the section shows as output."""
    (text,) = re.findall(r"(?ms)^```text\n(.*?)^```", SECTIONS[section])
    return str(text)


def test_a_report_prints_what_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    shown("A report")
    assert capsys.readouterr().out == printed("A report")


def test_the_types_and_the_models_do_what_is_shown() -> None:
    assert {"model_of", "messages"} <= shown("Types of plain dicts").keys()
    names = shown("Types of plain dicts")
    source = "\n".join(re.findall(r"(?ms)^```python\n(.*?)^```", SECTIONS["Models"]))
    exec(compile(source, "docs/library.md", "exec"), names)  # noqa: S102, our own page
    assert names["request"].seed is None


def test_the_server_answers() -> None:
    client = TestClient(shown("A server with FastAPI")["app"])
    answer = client.post("/v1/chat/completions", json=REQUEST)
    assert answer.status_code == 200
    assert answer.json()["choices"][0]["message"] == {"role": "assistant", "content": "1 read", "refusal": None}
    assert client.get("/openapi.json").status_code == 200
    events = client.post("/v1/chat/completions", json=REQUEST | {"stream": True}).text.split("\n\n")
    assert openai.is_valid_chunk(json.loads(events[0].removeprefix("data: ")))
    assert events[1:] == ["data: [DONE]", ""]


@pytest.mark.parametrize(
    ("text", "param"),
    [
        ('{"model": "gpt-4.1", "messages": [{"role": "user", "content": 5}]}', "messages[0].content"),
        ('{"model": "gpt-4.1", "messages": [{"role": "usr", "content": "a"}]}', "messages[0].role"),
        ('{"model": "gpt-4.1", "messages": [{"role": "user", "content": "a"}], "temperature": NaN}', "temperature"),
        ('{"messages": [{"role": "user", "content": "a"}], "temperature": NaN}', "model"),
    ],
)
def test_the_server_refuses_as_openai_does(text: str, param: str) -> None:
    client = TestClient(shown("A server with FastAPI")["app"])
    answer = client.post("/v1/chat/completions", content=text, headers={"content-type": "application/json"})
    error = answer.json()["error"]
    assert answer.status_code == 400
    assert error == {"param": param, "type": "invalid_request_error", "code": None, "message": error["message"]}
    assert error["message"].startswith(f"{param}: ")


@pytest.mark.parametrize(
    ("text", "param", "message"),
    [
        ('{"model": ', None, "the body is not JSON"),
        ("[]", None, "Input should be a valid dictionary or object to extract fields from"),
        (
            json.dumps(REQUEST | {"messages": [CALL, *REQUEST["messages"]]}),
            "/messages/1",
            "call 'c' of messages[0] gets no answer",
        ),
    ],
    ids=["no JSON", "no object", "a rule"],
)
def test_the_server_refuses_what_no_field_is_at_fault_for(text: str, param: str | None, message: str) -> None:
    client = TestClient(shown("A server with FastAPI")["app"])
    answer = client.post("/v1/chat/completions", content=text, headers={"content-type": "application/json"})
    assert answer.status_code == 400
    assert (answer.json()["error"]["param"], answer.json()["error"]["message"]) == (param, message)


def client_of(answer: dict[str, Any], sent: list[bytes]) -> OpenAI:
    """A client of OpenAI's that checks what it sends to a server which always gives the same answer."""

    def answered(request: httpx2.Request) -> httpx2.Response:
        sent.append(request.read())
        return httpx2.Response(200, json=answer)

    transport = shown("A client that checks what it sends")["CheckedTransport"]
    inner = transport("openai", httpx2.MockTransport(answered))
    return OpenAI(api_key="-", http_client=httpx2.Client(transport=inner))


def test_the_client_sends_what_conforms() -> None:
    sent: list[bytes] = []
    answer = cast("Any", client_of(ANSWER, sent).chat.completions.create(**REQUEST))
    assert answer.choices[0].message.content == "Hello"
    assert [json.loads(body) for body in sent] == [REQUEST]


def test_the_client_sends_nothing_else() -> None:
    sent: list[bytes] = []
    with pytest.raises(BadRequestError, match="PAR107"):
        client_of(ANSWER, sent).chat.completions.create(**REQUEST, temperature=3)
    assert sent == []


def test_the_client_warns_of_an_answer_that_does_not_conform() -> None:
    with pytest.warns(UserWarning, match="PAR104"):
        client_of({**ANSWER, "choices": None}, []).chat.completions.create(**REQUEST)


def test_an_assertion_fails_with_what_is_shown() -> None:
    test = shown("In tests")["test_our_request"]
    with pytest.raises(AssertionError) as caught:
        test()
    assert f"{caught.value}\n" == printed("In tests")


def test_the_notebook_shows_what_its_cells_give() -> None:
    names: dict[str, Any] = {}
    cells = [cell for cell in json.loads(NOTEBOOK.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]
    for cell in cells[:-1]:
        exec("".join(cell["source"]), names)  # noqa: S102, our own notebook
    report = eval("".join(cells[-1]["source"]), names)  # noqa: S307, likewise
    (output,) = cells[-1]["outputs"]
    assert "".join(output["data"]["text/html"]) == report._repr_html_()
    assert "".join(output["data"]["text/plain"]) == repr(report)
