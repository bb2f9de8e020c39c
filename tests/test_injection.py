"""Text of a spec never runs and never leads anywhere: what is tried in `cases/injection` stays text, or is refused.

`attempts.yaml` are texts that are put, one after the other, into every place of `spec` that takes text; all of them
arrive in strings only, and nothing that is generated makes the file CANARY. `names.yaml` changes what becomes a name,
a path or a program.
"""

from __future__ import annotations

import ast
import html
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tokenize
from pathlib import Path
from typing import Any

import pytest
import yaml
from effort import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from parlance.backends.python.text import docstring, literal, paragraph, verbatim
from parlance.cli import main
from parlance.contract.rulebook.placeholders import brace_mistakes
from parlance.finding import Finding
from parlance.targets.json_text import json_file
from parlance.targets.markdown_text import code, prose
from source_orders import orders

CASES = Path(__file__).parent / "cases" / "injection"
ATTEMPTS: dict[str, list[str]] = yaml.load((CASES / "attempts.yaml").read_text("utf-8"), yaml.CSafeLoader)
NAMES: dict[str, dict[str, Any]] = yaml.load((CASES / "names.yaml").read_text("utf-8"), yaml.CSafeLoader)
QUICKLY = None if os.environ.get("PARLANCE_HOSTILE") else 1
"""How many attempts of a kind are made in `make test`; `make hostile` makes all."""

TOKEN = re.compile(r'"TEXT([^"]*)"')
MESSAGES = {" summary", " other summary", " fix"}
"""What stands behind TEXT where braces are placeholders."""

IMPORTS = {
    *("__future__", "base64", "collections", "concurrent", "dataclasses", "datetime", "enum", "functools"),
    *("importlib", "io", "itertools", "json", "math", "operator", "re", "types", "typing", "typing_extensions"),
    *("pydantic", "pydantic_core", "copy", "hypothesis", "pathlib", "string", "sys", "unicodedata"),
}
CALLS = {"open", "system", "popen", "eval", "exec", "__import__", "print"}

EVERYTHING = """
import importlib, pkgutil, parlance_dialects
for module in pkgutil.walk_packages(parlance_dialects.__path__, "parlance_dialects."):
    importlib.import_module(module.name)
from parlance_dialects import corner
from parlance_dialects.corner import rules
text = open("text.txt", encoding="utf-8", newline="").read()
message = open("message.txt", encoding="utf-8", newline="").read()
for value in ({"size": text + " 2", text: text}, {"open": text, "constant": "x", text: 1}, {text: {text: text}}, text):
    list(corner.check_order(value))
    for violation in rules.LINTS["order"](value):
        assert message in violation.message or violation.help == message or "refuses" in violation.message, violation
    for rule in rules.RULES.values():
        rule.at("", {"title": text, "field": text, "self": text})
        if rule.fix:
            list(rule.fix.edits(value, "/size"))
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, and no promise about examples: whatever a text says, they would have to be true."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("parlance.pipeline.example_faults", no_findings)
    return tmp_path


def no_findings(*_: object) -> list[Finding]:
    return []


def generate() -> int:
    with pytest.raises(SystemExit) as ended:
        main(["generate", "--spec", "spec", "--output", "generated"])
    assert isinstance(ended.value.code, int)
    return ended.value.code


def in_yaml(text: str) -> str:
    """*text* between double quotes of YAML."""
    raw = (*range(0x7F, 0xA0), 0x2028, 0x2029, 0xFEFF, 0xFFFF)
    return json.dumps(text, ensure_ascii=False).translate({code: f"\\u{code:04x}" for code in raw})


def in_expression(text: str) -> str:
    """*text* as a literal of an expression, within the double quotes of YAML."""
    escapes: dict[str, str | int | None] = {"\\": r"\\", "'": r"\'", "\n": r"\n", "\r": r"\r", "\t": r"\t"}
    return in_yaml(f"'{text.translate(str.maketrans(escapes))}'")[1:-1]


def as_message(text: str) -> str:
    """*text* as a message may have it: without braces, where one of them fills nothing in."""
    return re.sub(r"[{}]", "", text) if any(brace_mistakes(text, frozenset())) else text


def spec_with(text: str, message: str) -> None:
    """Write the spec with *text* in every place, but *message* where braces are placeholders."""
    pattern = re.sub(r"[\\^$.*+?()\[\]{}|/]", r"\\\g<0>", text)
    for source in sorted((CASES / "spec").rglob("*.yaml")):
        place = Path("spec") / source.relative_to(CASES / "spec")
        place.parent.mkdir(parents=True, exist_ok=True)
        filled = source.read_text("utf-8")
        filled = TOKEN.sub(lambda found: in_yaml((message if found[1] in MESSAGES else text) + found[1]), filled)
        filled = filled.replace('"MESSAGE', in_yaml(message)[:-1]).replace('"HELP"', in_yaml(message))
        filled = filled.replace("'^PATTERN$'", in_expression(f"^{pattern}$")).replace(
            '"^PATTERN$"', in_yaml(f"^{pattern}$")
        )
        place.write_bytes(filled.replace("LITERAL", in_expression(text)).encode())


@pytest.mark.parametrize("text", [text for texts in ATTEMPTS.values() for text in texts[:QUICKLY]])
def test_a_text_stays_text_wherever_it_comes_to_stand(text: str, folder: Path) -> None:
    spec_with(text, as_message(text))
    assert generate() == 0
    made = folder / "generated"
    check_python(made / "python", text)
    for path in made.rglob("*.json"):
        json.loads(path.read_text("utf-8"))
    for path in made.rglob("*.md"):
        check_markdown(path.read_text("utf-8"))
    for path in made.rglob("*.*"):
        assert not orders(path.read_text("utf-8")), path
    assert {path.name for path in folder.iterdir()} == {"spec", "generated"}
    (folder / "generated/python/text.txt").write_bytes(text.encode())
    (folder / "generated/python/message.txt").write_bytes(as_message(text).encode())
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", EVERYTHING],
        cwd=made / "python", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not list(folder.rglob("CANARY"))


@pytest.mark.parametrize("text", [one for texts in ATTEMPTS.values() for one in texts if as_message(one) != one])
def test_a_message_with_braces_that_fill_nothing_in_is_refused(
    text: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec_with(text, text)
    assert generate() == 2
    printed = capsys.readouterr().err
    assert "PAR914" in printed
    assert "Traceback" not in printed
    assert not list(folder.rglob("CANARY"))


_HARMLESS: set[bytes] = set()
"""Modules that were looked at with one text: those that come with every other one, too, have nothing of either."""


def check_python(package: Path, text: str) -> None:
    """No call, no import and no name of the attempt is code, and no comment holds a part of it."""
    for path in package.rglob("*.py"):
        content = path.read_bytes()
        if content in _HARMLESS:
            continue
        _HARMLESS.add(content)
        source = content.decode("utf-8")
        tree = ast.parse(source)
        nodes = [*ast.walk(tree)]
        for node in nodes:
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                assert ast.unparse(node.func).rpartition(".")[2] not in CALLS, path
            if isinstance(node, ast.Attribute):
                assert node.attr not in {"__globals__", "__subclasses__", "__mro__"}, path
            if isinstance(node, ast.Import | ast.ImportFrom) and not getattr(node, "level", 0):
                names = [getattr(node, "module", None) or alias.name for alias in node.names]
                assert {name.split(".")[0] for name in names} <= IMPORTS, path
        comments = [
            token.string
            for token in tokenize.generate_tokens(io.StringIO(source).readline)
            if token.type == tokenize.COMMENT
        ]
        parts = [part for part in map(str.strip, text.splitlines()) if len(part) > 9]
        assert not [comment for comment in comments if any(part in comment for part in parts)], path
        strings = " ".join(
            node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)
        )
        if "CANARY" in text and "CANARY" in source:
            assert "CANARY" in strings


def check_markdown(page: str) -> None:
    """No HTML of a text, no address that is not the page's own, and no heading that is not."""
    rendered = MarkdownIt("commonmark").enable("table").render(page)
    tags = set(re.findall(r"<([a-z][a-z0-9]*)", rendered))
    assert not tags & {"script", "img", "iframe"}, tags
    for address in re.findall(r'(?:href|src)="([^"]*)"', rendered):
        assert not re.match(r"\s*(?:javascript|data|http://example\.invalid)", html.unescape(address), re.IGNORECASE)


@pytest.mark.parametrize("case", NAMES)
def test_what_becomes_a_name_or_a_path_is_refused(case: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec_with("plain", "plain")
    facts = NAMES[case]
    place = Path("spec") / facts["file"]
    Path("outside.yaml").write_text("Tea: {description: x, type: string}\n")
    Path("spec/schemas/linked.yaml").symlink_to(folder / "outside.yaml") if "link" in case else None
    before = place.read_text("utf-8")
    new = facts["repeat"] * facts["times"] if "repeat" in facts else facts["new"]
    place.write_text(before.replace(facts["old"], new, 1), "utf-8")
    assert place.read_text("utf-8") != before
    assert generate() == 2
    printed = capsys.readouterr().err
    assert "Traceback" not in printed
    assert re.match(r"spec/[a-z/]+\.yaml:\d+:\d+: error PAR9\d\d |error: ", printed)
    assert {path.name for path in folder.iterdir()} == {"spec", "outside.yaml"}
    shutil.rmtree("spec")


PIECES = st.sampled_from(
    [
        *("vim:", "vi:", "ex:", "Vim<700:", "Local ", "Variables:", "#", "# mypy: x", "# ///", "-*-", "coding:x"),
        *("x" * 90, "y" * 97, "word.", " ", "\n", '"', "\\"),
    ]
)


@settings(deadline=None, max_examples=examples(120, at_length=3000))
@given(st.lists(PIECES, max_size=12).map("".join), st.integers(0, 8))
def test_no_text_gives_an_order_to_an_editor_or_a_tool(text: str, indent: int) -> None:
    head = "# One.\n# Two.\n\n"
    assert not orders(f"{head}{' ' * indent}{docstring(text, indent)}\n")
    assert not orders(f"{head}x = [0, {literal(text)}]\n")
    assert not orders(f'{head}"""Three.\n\n{paragraph(text)}\nFour: {verbatim(text)}\n"""\n')
    assert not orders(json_file({"x": text, text: 1}))
    assert not orders(f"{head}{prose(text)}\n\n{code(text)}\n")
