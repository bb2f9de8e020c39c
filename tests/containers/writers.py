"""Containers as their tools write them: a request, and what answers it, to the bytes of a file."""

# ruff: noqa: E501 - documents that stand in one line each are a table
# pyright: reportUnknownLambdaType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false

from __future__ import annotations

import base64
import gzip
import json
import re
import shlex
from collections.abc import Callable
from typing import Any, NamedTuple

import yaml

__all__ = ["WRITERS", "Written", "events_of"]

URL = "https://api.openai.com/v1/chat/completions"


class Written(NamedTuple):
    """How one tool writes."""

    file: str
    write: Callable[[dict[str, Any], dict[str, Any]], bytes]
    holds: str = "request"
    """What of the request is kept."""

    is_exact: bool = True
    """Whether the characters of the request stand in the file one by one."""


def text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def pretty(value: object) -> bytes:
    return json.dumps(value, indent=2, ensure_ascii=False).encode()


def har(request: Any, content: dict[str, Any]) -> dict[str, Any]:
    other = {"request": {"method": "GET", "url": "https://a.example/logo.png"}, "response": {"status": 200, "content": {}}}
    post = {"mimeType": "application/json", "text": request}
    ours = {
        "startedDateTime": "2026-11-02T09:00:00Z",
        "request": {"method": "POST", "url": URL, "headers": [], "postData": post},
        "response": {"status": 200, "content": {"mimeType": "application/json", **content}},
    }
    return {"log": {"version": "1.2", "creator": {"name": "Browser", "version": "1"}, "entries": [other, ours]}}


def cassette(request: Any, answer: Any) -> dict[str, Any]:
    headers = {"content-encoding": ["gzip"], "content-type": ["application/json"]}
    sent = {"body": request, "headers": {"accept": ["*/*"]}, "method": "POST", "uri": URL}
    status = {"code": 200, "message": "OK"}
    return {"interactions": [{"request": sent, "response": {"body": {"string": answer}, "headers": headers, "status": status}}], "version": 1}  # fmt: skip


def dumped(value: object, **how: Any) -> bytes:
    """As vcrpy does it."""
    return str(yaml.dump(value, **how)).encode()


def literal(request: Any, answer: Any) -> bytes:
    body = json.dumps(request, indent=2, ensure_ascii=False).replace("\n", "\n      ")
    return (
        f"interactions:\n- request:\n    body: |-\n      {body}\n    method: POST\n    uri: {URL}\n"
        f"  response:\n    body:\n      string: {json.dumps(text(answer))}\n    status: {{code: 200, message: OK}}\nversion: 1\n"
    ).encode()


def better(request: Any, answer: Any) -> bytes:
    sent = {"method": "POST", "uri": URL, "headers": {}, "body": {"type": "json", "content": request}}
    received = {"status": 200, "headers": {}, "body": {"type": "json", "content": answer}}
    return dumped({"version": 1, "interactions": [{"request": sent, "response": received}]}, allow_unicode=True)


def ruby(request: Any, answer: Any) -> bytes:
    quoted = [each.replace("'", "''") for each in (text(request), text(answer))]
    return (
        f"---\nhttp_interactions:\n- request:\n    method: post\n    uri: {URL}\n    body:\n      encoding: UTF-8\n"
        f"      string: '{quoted[0]}'\n  response:\n    status:\n      code: 200\n      message: OK\n    body:\n"
        f"      encoding: UTF-8\n      string: '{quoted[1]}'\n  recorded_at: Mon, 02 Nov 2026 09:00:00 GMT\nrecorded_with: VCR 6.3.1\n"
    ).encode()


def nock(request: Any, answer: Any) -> bytes:
    data = gzip.compress(text(answer).encode(), mtime=0).hex()
    pieces = [data[:64], data[64:]]
    row = {"scope": "https://api.openai.com:443", "method": "POST", "path": "/v1/chat/completions", "body": request, "status": 200, "response": pieces}  # fmt: skip
    return pretty([row])


def polly(request: Any, answer: Any) -> bytes:
    packed = base64.b64encode(gzip.compress(text(answer).encode(), mtime=0)).decode()
    document = har(text(request), {"encoding": "base64", "text": json.dumps([packed[:40], packed[40:]])})
    document["log"]["_recordingName"] = "chat"
    return pretty(document)


def postman(request: Any, answer: Any) -> bytes:
    sent = {"method": "POST", "url": {"raw": URL}, "body": {"mode": "raw", "raw": json.dumps(request, indent=4, ensure_ascii=False)}}
    item = {"name": "chat", "request": sent, "response": []}
    schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
    folder = {"name": "folder", "item": [{"name": "inner", "item": [item]}]}
    del answer
    return json.dumps({"info": {"_postman_id": "1", "name": "c", "schema": schema}, "item": [folder]}, indent="\t", ensure_ascii=False).encode()


def postman_example(request: Any, answer: Any) -> bytes:
    sent = {"method": "POST", "url": {"raw": URL}, "body": {"mode": "raw", "raw": text(request)}}
    example = {"name": "ok", "originalRequest": sent, "code": 200, "body": text(answer)}
    return pretty({"info": {"_postman_id": "1", "name": "c"}, "item": [{"name": "chat", "request": {"method": "GET"}, "response": [example]}]})


def otlp(request: Any, answer: Any) -> bytes:
    attributes = [
        {"key": "llm.token_count.total", "value": {"intValue": "12"}},
        {"key": "input.value", "value": {"stringValue": text(request)}},
        {"key": "output.value", "value": {"stringValue": text(answer)}},
        {"key": "gen_ai.input.messages", "value": {"stringValue": '[{"role":"user","parts":[{"type":"text","content":"x"}]}]'}},
    ]
    return pretty({"resourceSpans": [{"scopeSpans": [{"spans": [{"name": "ChatCompletion", "attributes": attributes}]}]}]})


def console(request: Any, answer: Any) -> bytes:
    first = {"name": "a", "context": {"trace_id": "0x1", "span_id": "0x2"}, "attributes": {"gen_ai.system": "openai", "input.value": None}}
    attributes = {"input.value": text(request), "output.value": text(answer)}
    second = {"name": "b", "context": {"trace_id": "0x1", "span_id": "0x3"}, "attributes": attributes}
    return b"\n".join(json.dumps(each, indent=4, ensure_ascii=False).encode() for each in (first, second)) + b"\n"


def lite_llm(request: Any, answer: Any) -> bytes:
    others = {name: value for name, value in request.items() if name not in {"model", "messages"}}
    return pretty({
        "id": "chatcmpl-1", "call_type": "acompletion", "status": "success", "response_cost": 0.1, "total_tokens": 5,
        "model": request["model"], "messages": request["messages"], "model_parameters": others, "response": answer,
    })  # fmt: skip


def github_models(request: Any, answer: Any) -> bytes:
    del answer
    names = {"temperature": "temperature", "top_p": "topP", "max_completion_tokens": "maxCompletionTokens"}
    parameters = {names[name]: value for name, value in request.items() if name in names}
    prompt = {"name": "A prompt", "model": request["model"], "modelParameters": parameters, "messages": request["messages"]}
    return str(yaml.safe_dump({**prompt, "testData": [{"input": "x"}]}, sort_keys=False, allow_unicode=True)).encode()


def promptfoo(request: Any, answer: Any) -> bytes:
    del answer
    config = {name: value for name, value in request.items() if name in {"temperature", "top_p", "tools"}}
    providers = [
        {"id": "anthropic:messages:claude-sonnet-4-5", "config": {"tools": [{"name": "a", "input_schema": {"type": "object"}}]}},
        {"id": f"openai:chat:{request['model']}", "config": config},
    ]
    prompts = ["file://prompt.txt", json.dumps(request["messages"], indent=2, ensure_ascii=False)]
    return str(yaml.safe_dump({"description": "d", "prompts": prompts, "providers": providers}, sort_keys=False, allow_unicode=True)).encode()


def langfuse(request: Any, answer: Any) -> bytes:
    generation = {"id": "1", "type": "GENERATION", "input": request, "output": answer}
    return pretty({"id": "t", "name": "trace", "observations": [generation]})


def markdown(request: Any, answer: Any) -> bytes:
    body = json.dumps(request, indent=2, ensure_ascii=False)
    example = "````markdown\n```json\n{\"model\": 5, \"messages\": 7}\n```\n````"
    return f"# Page\n\nThe request:\n\n```json\n{body}\n```\n\n{example}\n\n~~~ json\n{text(answer)}\n~~~\n\n```json\n{{\"a\": [...]}}\n```\n".encode()


def list_item(request: Any, answer: Any) -> bytes:
    del answer
    body = json.dumps(request, indent=2, ensure_ascii=False).replace("\n", "\n   ")
    return f"1. Send\n\n   ```jsonc\n   {body}\n   ```\n2. Wait\n".encode()


def curl(request: Any, answer: Any) -> bytes:
    word = shlex.quote(json.dumps(request, indent=2, ensure_ascii=False))
    command = f"curl $URL/chat/completions \\\n  -H 'Content-Type: application/json' \\\n  -d {word} | jq ."
    return f"# Send\n\n```````bash\n{command}\n```````\n\nWhat comes:\n\n```````json\n{text(answer)}\n```````\n".encode()


def curl_with_escapes(request: Any, answer: Any) -> bytes:
    del answer
    word = re.sub(r'(["\\$`])', r"\\\1", json.dumps(request, ensure_ascii=False))
    return f'```````\n$ curl --data-raw "{word}" $URL\n```````\n'.encode()


def curl_with_input(request: Any, answer: Any) -> bytes:
    del answer
    body = json.dumps(request, indent=1, ensure_ascii=False)
    return f"- Send\n\n  ~~~sh\n  curl --json @- $URL <<'END' && echo\n  {body}\n  END\n  ~~~\n".replace("\n ", "\n   ").encode()


def notebook(request: Any, answer: Any) -> bytes:
    page = f"Send this:\n```json\n{json.dumps(request, indent=1, ensure_ascii=False)}\n```\n"
    output = {"output_type": "display_data", "data": {"application/json": answer, "text/plain": ["<JSON>"]}, "metadata": {}}
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": page.splitlines(keepends=True)},
        {"cell_type": "code", "metadata": {}, "source": ["send()"], "outputs": [output], "execution_count": 1},
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1, ensure_ascii=False).encode()


def rest_client(request: Any, answer: Any) -> bytes:
    body = json.dumps(request, indent=2, ensure_ascii=False)
    head = "@host = https://api.openai.com\n\n# @name chat\nPOST {{host}}/v1/chat/completions\nAuthorization: Bearer {{key}}\n\n"
    received = f"HTTP/1.1 200 OK\nContent-Type: application/json\n\n{json.dumps(answer, indent=2)}\n"
    return f"{head}{body}\n\n> {{%\n  client.test()\n%}}\n\n### Health\nGET {{{{host}}}}/health\n\n###\n{received}".encode()


def bruno(request: Any, answer: Any) -> bytes:
    del answer
    body = json.dumps(request, indent=2, ensure_ascii=False).replace("\n", "\n  ")
    head = "meta {\n  name: Chat\n  type: http\n  seq: 1\n}\n\npost {\n  url: {{host}}/v1/chat/completions\n  body: json\n  auth: bearer\n}\n"
    return f"{head}\nbody:json {{\n  {body}\n}}\n\ntests {{\n  expect({{ a: 1 }})\n}}\n".encode()


def raw_cell(request: Any, answer: Any) -> bytes:
    lines = json.dumps(request, indent=1, ensure_ascii=False).splitlines(keepends=True)
    stream = {"output_type": "stream", "name": "stdout", "text": text(answer).splitlines(keepends=True)}
    cells = [
        {"cell_type": "raw", "metadata": {}, "source": lines},
        {"cell_type": "code", "metadata": {}, "source": [], "outputs": [stream], "execution_count": 1},
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1, ensure_ascii=False).encode()


def lines(*values: object) -> bytes:
    return b"".join(text(value).encode() + b"\n" for value in values)


def events_of(answer: dict[str, Any]) -> str:
    """The answer as a stream."""
    head = {key: answer[key] for key in ("id", "created", "model")} | {"object": "chat.completion.chunk"}
    content = answer["choices"][0]["message"]["content"]
    deltas = [({"role": "assistant", "content": content}, None), ({}, "stop")]
    chunks = [{**head, "choices": [{"index": 0, "delta": delta, "finish_reason": end}]} for delta, end in deltas]
    return "".join(f"data: {text(chunk)}\n\n" for chunk in chunks) + "data: [DONE]\n\n"


def packed(data: bytes) -> str:
    return base64.b64encode(gzip.compress(data, mtime=0)).decode()


WRITERS: dict[str, Written] = {
    "array": Written("a.json", lambda request, answer: pretty([request, answer])),
    "array in one line": Written("a.json", lambda request, _: text([request]).encode()),
    "array in YAML": Written("a.yaml", lambda request, _: dumped([request], allow_unicode=True)),
    "array with gzip": Written("a.json.gz", lambda request, _: gzip.compress(pretty([request]), mtime=0)),
    "messages": Written("a.json", lambda request, _: pretty(request["messages"]), "messages"),
    "tools": Written("a.json", lambda request, _: pretty(request["tools"]), "tools"),
    "pair": Written("a.json", lambda request, answer: pretty({"request": request, "response": answer})),
    "pairs in lines": Written("a.jsonl", lambda request, answer: lines({"a": 1, "request": text(request), "response": answer})),
    "record": Written("a.jsonl", lambda request, _: lines({"method": "POST", "url": URL, "body": text(request)})),
    "log": Written("a.jsonl", lambda request, answer: lines({"level": "info"}, {"ts": 1, "payload": request}, {"body": text(answer)})),
    "log with gzip": Written("a.jsonl.gz", lambda request, _: gzip.compress(lines({"ts": 1, "data": text(request)}), mtime=0)),
    "HAR": Written("a.har", lambda request, answer: pretty(har(text(request), {"text": text(answer)}))),
    "HAR with a stream": Written("a.har", lambda request, answer: pretty(har(text({**request, "stream": True}), {"text": events_of(answer)})), "streamed"),
    "HAR with base64": Written("a.json", lambda request, answer: pretty(har(text(request), {"encoding": "base64", "text": packed(text(answer).encode())}))),
    "Polly.js": Written("a.har", polly),
    "vcrpy": Written("a.yaml", lambda request, answer: dumped(cassette(text(request), text(answer)))),
    "vcrpy, broad": Written("a.yaml", lambda request, answer: dumped(cassette(text(request), text(answer)), width=1000, allow_unicode=True)),
    "vcrpy in double quotes": Written("a.yaml", lambda request, answer: dumped(cassette(text(request), text(answer)), default_style='"')),
    "vcrpy, literal": Written("a.yaml", literal),
    "vcrpy, parsed": Written("a.yaml", lambda request, answer: dumped(cassette(None, text(answer)) | {"interactions": [{"request": {"method": "POST", "uri": URL, "parsed_body": request}, "response": {"parsed_body": answer, "status": {"code": 200}}}]})),
    "vcrpy, binary": Written("a.yaml", lambda request, answer: dumped(cassette(text(request).encode(), gzip.compress(text(answer).encode(), mtime=0))), is_exact=False),
    "vcrpy in JSON": Written("a.json", lambda request, answer: json.dumps(cassette(text(request), text(answer)), indent=4).encode()),
    "vcr_but_better": Written("a.yaml", better),
    "VCR of Ruby": Written("a.yml", ruby),
    "VCR of Ruby in JSON": Written("a.json", lambda request, answer: pretty({"http_interactions": [{"request": {"method": "post", "uri": URL, "body": {"encoding": "UTF-8", "base64_string": base64.b64encode(text(request).encode()).decode()}}, "response": {"status": {"code": 200}, "body": {"string": text(answer)}}}]}), is_exact=False),
    "nock": Written("a.json", nock),
    "Postman": Written("a.json", postman),
    "Postman, example": Written("a.json", postman_example),
    "OTLP": Written("a.json", otlp),
    "console exporter": Written("a.json", console),
    "OpenInference": Written("a.jsonl", lambda request, answer: lines({"name": "s", "attributes": {"input.value": text(request), "output.value": text(answer)}})),
    "Phoenix": Written("a.json", lambda request, answer: pretty([{"name": "s", "attributes": {"input": {"value": text(request), "mime_type": "application/json"}, "output": {"value": text(answer)}}}])),
    "LiteLLM": Written("a.json", lite_llm),
    "GitHub Models": Written("a.prompt.yml", github_models, "prompt"),
    "promptfoo": Written("promptfooconfig.yaml", promptfoo, "comparison"),
    "LangSmith": Written("a.json", lambda request, answer: pretty({"id": "1", "run_type": "llm", "name": "ChatOpenAI", "inputs": request, "outputs": answer})),
    "LangSmith, examples": Written("a.jsonl", lambda request, answer: lines({"id": "1", "inputs": {"messages": request["messages"]}, "outputs": answer}), "conversation"),
    "Langfuse": Written("a.json", langfuse),
    "OpenAI Evals": Written("a.jsonl", lambda request, _: lines({"input": request["messages"], "ideal": "x"}), "messages"),
    "prompts": Written("a.json", lambda request, _: pretty({"name": "x", "prompts": [request["messages"]]}), "messages"),
    "Markdown": Written("a.md", markdown),
    "Markdown, list": Written("README.md", list_item),
    "curl": Written("a.md", curl),
    "curl, with escapes": Written("a.md", curl_with_escapes),
    "curl, with input": Written("a.md", curl_with_input),
    "REST client": Written("a.http", rest_client),
    "Bruno": Written("a.bru", bruno),
    "notebook": Written("a.ipynb", notebook),
    "notebook, raw": Written("a.ipynb", raw_cell),
}  # fmt: skip
"""By the name of a container."""
