"""What `docs/strategies.md` shows works: its tests run here, against a server that knows the dialect."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings
from parlance_dialects import openai_2026_11 as openai

QUICK = settings(max_examples=15, deadline=None, database=None, derandomize=True, phases=[Phase.generate])
PAGE = (Path(__file__).parents[1] / "docs" / "strategies.md").read_text("utf-8")
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


class _Handler(BaseHTTPRequestHandler):
    """A server that checks what it is sent, as a gateway would."""

    strict = True

    def do_POST(self) -> None:
        document = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        errors = [each for each in openai.check_request(document) if each.severity == "error"]
        refused = errors if type(self).strict else []
        body: Any = {"error": {"param": refused[0].pointer, "message": refused[0].message}} if refused else ANSWER
        self.send_response(400 if refused else 200)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, the name that is overridden
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), _Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/"
        running.shutdown()


def _tests(server: str) -> dict[str, Any]:
    """The functions that the page defines, with a time limit that a busy machine keeps."""
    source = "\n".join(re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL))
    shown: dict[str, Any] = {"SERVER": server}
    settings.register_profile("page", parent=QUICK)
    settings.load_profile("page")
    try:
        exec(compile(source, "docs/strategies.md", "exec"), shown)  # noqa: S102, our own page
    finally:
        settings.load_profile("default")
    return {name: each for name, each in shown.items() if name.startswith("test_")}


def test_the_tests_of_the_page_pass(server: str) -> None:
    found = _tests(server)
    assert len(found) == 3
    for test in found.values():
        test()


def test_the_tests_of_the_page_notice_a_lax_server(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_Handler, "strict", False)
    found = _tests(server)
    with pytest.raises(AssertionError):
        found["test_a_wrong_request_is_refused_with_the_field_that_is_wrong"]()
