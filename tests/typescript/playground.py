"""`make browser`, second part: in headless Chromium the playground shows what `parlance lint` finds, and where."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import shipped
from parlance import Finding, lint
from parlance.check.dialect import generated_dialect
from parlance.check.fixes.edited_value import edited_value, is_same
from parlance.check.fixes.value_fix import fix_by_rule
from parlance.finding import Lines, Span

from website.playground_files import FOLDER as PLAYGROUND
from website.playground_files import build_playground, dialect_options

from .browser import OPTIONS, browser, served
from .tools import ABSENT, FOLDER, is_installed, run

__all__ = ["CASES", "differences", "shown"]

_EXAMPLE = re.compile(r'"([^"]+)": `(.*?)`', re.DOTALL)
_FIXED = 4
"""In so many cases at least there is a fix to make."""

_SECONDS = 300
"""After so long a browser is taken to be stuck."""


def _examples() -> list[str]:
    """The payloads that the playground offers."""
    source = (PLAYGROUND / "examples.ts").read_text("utf-8")
    return [text.replace('\\\\"', '\\"') for _, text in _EXAMPLE.findall(source)]


_FAULTS = {
    "openai-2026-11": [
        '{"å": "ø",\n "model": "gpt-4.1",\n "messages": [],}',
        '{"model": "gpt-4.1", "a/b": {"~": 1}, "messages": [{"role": "user"}]}',
        '{"model": "a",\n "model": "gpt-4o", "messages": [{"role": "user", "role": "user", "content": "😀", "x": 1}]}',
        '{"model": "gpt-4.1", // why\n "messages": []}',
        "{'model': 'gpt-4.1'}",
        "[]",
        '{"model": "gpt-4.1",\n "max_tokens": 5,\n "messages": [{"role": "user", "content": "Hi"}]}',
        '{"model": "gpt-4.1", "messages": [{"role": "user", "content": [{"type": "image_url", "image_url": "a"}]}]}',
    ],
    "vllm-2026-11": ['{"model": "m",\n "messages": [{"role": "user", "ø": "æ", "content": null}]}'],
}
CASES = [
    *((dialect, "Request", text) for dialect in ("openai-2026-11", "mistral-2026-08") for text in _examples()),
    *((dialect, "Request", text) for dialect, texts in _FAULTS.items() for text in texts),
    ("openai-2026-11", "Error", '{"error": {"message": 1}}'),
]
"""What is done on the page, one after the other: a dialect, an artifact and a text."""


def shown(program: str) -> Any:
    """What the page shows of each case, and from where else it loaded anything."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build_playground(folder / "playground")
        if wrong := wrong_edits(folder / "playground"):
            raise AssertionError("\n".join(wrong[:5]))
        (folder / "cases.json").write_text(json.dumps(CASES), "utf-8")
        page = (PLAYGROUND / "playground.md").read_text("utf-8").split("---\n", 2)[2]
        body = re.sub(r"(?m)^[^<\n].*$", "", page).replace("<!-- dialects -->", dialect_options())
        driver = (FOLDER / "playground.html").read_text("utf-8")
        (folder / "index.html").write_text(f"<!doctype html><meta charset=utf-8>{body}{driver}", "utf-8")
        with served(folder) as address:
            options = (*OPTIONS, f"--user-data-dir={folder / 'profile'}")
            command = [program, *options, f"{address}/index.html"]
            done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, timeout=_SECONDS)
    found = re.search(r'<pre id="answer">(.*?)</pre>', done.stdout, re.DOTALL)
    if found is None:
        message = f"the page has no answer:\n{done.stdout}{done.stderr}"
        raise AssertionError(message)
    return json.loads(html.unescape(found[1]))


def differences(result: Any) -> list[str]:
    """What the page shows that Python does not, and what it does that it should not."""
    found = [f"loaded from {address}" for address in result["elsewhere"]]
    for (dialect, artifact, text), page in zip(CASES, result["shown"], strict=True):
        name = f"{dialect} {text[:60]!r}"
        report = lint(text, artifact=artifact.lower(), dialect=dialect)
        due = [*map(_row, report.findings)]
        # Notes are advice, for which the library does not look.
        rows = [row[:-2] for row in page["findings"] if row[2] != "note"]
        if any(row[1] == "PAR001" for row in due):
            # Each parser of JSON has words of its own for what is none.
            due, rows = [row[1:2] for row in due], [row[1:2] for row in rows]
        if sorted(due) != sorted(rows):
            found.append(f"{name}\n  {due}\n  {rows}")
        if rows and not page["marked"]:
            found.append(f"{name}: nothing is marked")
        found += (f"{name}: {each}" for each in _wrong_fixes(text, report.findings, page))
    if sum(page["fixed"] != text for (_, _, text), page in zip(CASES, result["shown"], strict=True)) < _FIXED:
        found.append(f"fewer than {_FIXED} payloads were fixed")
    if result["shown"][0]["packages"] != ["openai-2026-11"]:
        found.append(f"loaded before they are chosen: {result['shown'][0]['packages']}")
    return found


def _wrong_fixes(text: str, findings: Sequence[Finding], page: Any) -> Iterator[str]:
    """What is wrong with the fixes of a case, of which the first one was made."""
    offered = [row for row in page["findings"] if row[-1] is not None]
    known = {(row[0], row[1]): each for each in findings if each.fix is not None for row in (_row(each),)}
    for row in offered:
        fix = each.fix if (each := known.get((row[0], row[1]))) else None
        words = None if fix is None else f"Fix: {fix.title}{'' if fix.safe else ' (unsafe)'}"
        if row[-1] != words and row[2] != "note":
            yield f"offers {row[-1]!r} for {row[1]}, not {words!r}"
    first = next((each for row in offered[:1] if (each := known.get((row[0], row[1])))), None)
    if not offered and page["fixed"] != text:
        yield "changed without a fix"
    if first is not None and first.fix is not None:
        due = applied(text, [(*_offsets(text, edit.span), edit.text) for edit in first.fix.edits])
        if json.loads(page["fixed"]) != json.loads(due):
            yield f"became {page['fixed']}, not {due}"


def applied(text: str, edits: Sequence[tuple[int, int, str]]) -> str:
    """A text after edits of stretches of it."""
    for start, end, new in sorted(edits, reverse=True):
        text = f"{text[:start]}{new}{text[end:]}"
    return text


def _offsets(text: str, span: Span) -> tuple[int, int]:
    lines = Lines(text)
    return lines.offset(span.line, span.column), lines.offset(span.end_line, span.end_column)


def wrong_edits(folder: Path) -> list[str]:
    """Where the page writes something else into a text than the edits of an example of a rule come to in Python."""
    rows: list[tuple[str, list[dict[str, Any]]]] = []
    due: list[Any] = []
    for contract in shipped.contracts().values():
        known = generated_dialect(contract.dialect).rules
        for rule in (each for each in contract.rules if each.scope == "document"):
            if (fix := known[rule.code].fix) is None:
                continue
            for example, pointer in ((one, at) for one in rule.bad for at in one.at):
                whole = fix_by_rule(fix, example.document, pointer)
                made = () if whole is None else whole.edits
                for indent in (None, 2) if made else ():
                    rows.append((json.dumps(example.document, indent=indent), [asdict(one) for one in made]))
                    due.append(edited_value(example.document, made))
    text = "".join(f"{json.dumps(row)}\n" for row in rows)
    texts = [json.loads(line) for line in run(FOLDER / "edits.mjs", folder.as_uri(), text=text).splitlines()]
    pairs = zip(rows, texts, due, strict=True)
    return [f"{row[1]} made\n{after}" for row, after, value in pairs if not is_same(json.loads(after), value)]


def _row(finding: Finding) -> list[str]:
    span = finding.span
    assert span is not None
    return [f"{span.line}:{span.column}", finding.code, str(finding.severity), finding.message]


def main() -> int:
    """Say whether both agree, or why nothing was tried."""
    program = browser()
    if program is None or not is_installed():
        print(f"playground: skipped. {'No Chromium is installed' if program is None else ABSENT}")
        return 0
    found = differences(shown(program))
    print("\n".join(f"playground: {each}" for each in found) or f"playground: {len(CASES)} payloads as in Python")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
