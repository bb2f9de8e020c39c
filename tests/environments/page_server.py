"""`python -W error page_server.py PAGE`: the FastAPI server of docs/library.md, asked without any client's library.

It runs where nothing but FastAPI and the models is installed; a warning of either is an error.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from pathlib import Path
from typing import Any

__all__ = ["served"]

_BLOCKS = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
_HELLO = {"role": "user", "content": "Hello"}
_REQUEST: dict[str, Any] = {"model": "gpt-4.1", "messages": [_HELLO]}
_MESSAGE = {"role": "assistant", "content": "1 read", "refusal": None}
_CHOICE = {"index": 0, "message": _MESSAGE, "finish_reason": "stop", "logprobs": None}


def served(page: str) -> Any:
    """The application that the section about FastAPI defines."""
    section = page.partition("## A server with FastAPI\n")[2].partition("\n## ")[0]
    names: dict[str, Any] = {"__name__": "page"}
    for block in _BLOCKS.findall(section):
        exec(compile(block, "library.md", "exec"), names)  # noqa: S102, our own page
    return names["app"]


async def _answer(app: Any, body: bytes) -> tuple[int, Any]:
    """Status and JSON of the answer to a request with this body."""
    sent: list[dict[str, Any]] = []
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/v1/chat/completions",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json")],
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return sent[0]["status"], json.loads(b"".join(message.get("body", b"") for message in sent[1:]))


def main() -> int:
    """Ask the server for an answer, and for refusals."""
    app = served(Path(sys.argv[1]).read_text("utf-8"))
    status, answer = asyncio.run(_answer(app, json.dumps(_REQUEST).encode()))
    fields = {"id", "object", "created", "model", "choices"}
    # What was not given is not written, and null is where it was.
    if (status, answer.keys(), answer["choices"]) != (200, fields, [_CHOICE]):
        print(f"answered {answer}")
        return 1
    wrong = {"role": "user", "content": [{"type": "image_url"}]}
    unnamed: dict[str, Any] = {}
    for message, place in ((wrong, "messages[0].content[0].image_url"), (unnamed, "messages[0].role")):
        body = _REQUEST | {"messages": [message]}
        status, answer = asyncio.run(_answer(app, json.dumps(body).encode()))
        if (status, answer["error"]["message"]) != (400, f"{place}: Field required"):
            print(f"refused as {answer}")
            return 1
    print("served")
    return 0


if __name__ == "__main__":
    sys.exit(main())
