"""`make browser`: the compiled npm package judges ten payloads in headless Chromium as it does in Python."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from benchmarks.mistakes import invalid_payloads
from benchmarks.payloads import valid_payloads
from parlance.check.dialect import generated_dialect
from parlance.check.engine import judge
from parlance.library import document_of

from .generated import built
from .tools import ABSENT, FOLDER, is_installed

__all__ = ["OPTIONS", "answers", "browser", "expected", "payloads", "served"]

DIALECT = "openai-2026-11"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
OPTIONS = ("--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=60000", "--dump-dom")
_SECONDS = 180
"""After so long a browser is taken to be stuck."""


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files and prints nothing."""

    # Some systems have another type for it, with which no browser runs it.
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".js": "text/javascript"}

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the standard library
        """Nothing."""


def browser() -> str | None:
    """The first Chromium that is installed."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def payloads() -> list[Any]:
    """Five valid requests and five that are not."""
    valid, invalid = valid_payloads(), invalid_payloads()
    return [json.loads(each.data) for each in (*valid[:5], *invalid[:5])]


def expected(values: list[Any]) -> list[Any]:
    """What Python finds."""
    answers: list[Any] = []
    for value in values:
        found = judge(document_of(value), generated_dialect(DIALECT), "request", lint=False).findings
        shown = [[one.code, str(one.severity), one.pointer, one.message] for one in found]
        answers.append([all(severity != "error" for _, severity, *_ in shown), shown])
    return answers


def answers(program: str, values: list[Any]) -> Any:
    """What the package finds in a browser."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        built(folder / "package")
        shutil.copy(FOLDER / "browser.html", folder)
        (folder / "payloads.json").write_text(json.dumps(values), "utf-8")
        with served(folder) as address:
            options = (*OPTIONS, f"--user-data-dir={folder / 'profile'}")
            command = [program, *options, f"{address}/browser.html"]
            done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, timeout=_SECONDS)
    found = re.search(r'<pre id="answer">(.*?)</pre>', done.stdout, re.DOTALL)
    if found is None or not found[1]:
        message = f"the page has no answer:\n{done.stdout}{done.stderr}"
        raise AssertionError(message)
    return json.loads(html.unescape(found[1]))


@contextmanager
def served(folder: Path) -> Generator[str]:
    """The address at which this machine, and no other, finds the files of a folder."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def main() -> int:
    """Say whether both agree, or why nothing was tried."""
    program = browser()
    if program is None or not is_installed():
        print(f"browser: skipped. {'No Chromium is installed' if program is None else ABSENT}")
        return 0
    values = payloads()
    found, due = answers(program, values), expected(values)
    if found != due:
        print(f"browser: it finds something else than Python\n  {due}\n  {found}")
        return 1
    valid = sum(is_valid for is_valid, _ in due)
    print(f"browser: {len(values)} payloads have the verdicts of Python, {valid} of them valid")
    return 0


if __name__ == "__main__":
    sys.exit(main())
