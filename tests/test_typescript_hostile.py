"""In TypeScript, too, what a spec says stays text, and what it names has a name: it compiles, and judges as Python."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
import test_hostile_spec
import test_injection
import yaml
from parlance.check.dialect import Dialect
from parlance.cli import main
from parlance.compiled import compile_dialect
from parlance.contract.build import build_contract
from parlance.finding.shape import is_array, is_object
from parlance.spec import load_spec, resolve
from typescript.generated import Case, built, differences
from typescript.tools import ABSENT, is_installed

pytestmark = pytest.mark.skipif(not is_installed(), reason=ABSENT)

CASES = Path(__file__).parent / "cases"
NAMES = CASES / "typescript" / "names"
ATTEMPTS = [
    *(text for texts in test_injection.ATTEMPTS.values() for text in texts),
    *test_hostile_spec.TEXTS.values(),
]
FEWER = 6
"""Of so many attempts one is made here; `make hostile` makes them all."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, and no promise about examples, which would have to be true of every text."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("parlance.pipeline.example_faults", test_injection.no_findings)
    return tmp_path


def generate() -> Path:
    shutil.rmtree("generated", ignore_errors=True)
    with pytest.raises(SystemExit) as ended:
        main(["generate", "--spec", "spec", "--output", "generated", "--target", "typescript"])
    assert ended.value.code == 0
    return Path("generated/typescript").absolute()


def dialect(name: str) -> Dialect:
    """What Python makes of the dialect."""
    spec = load_spec(Path("spec"))
    return compile_dialect(build_contract(resolve(spec, name)))


def test_names_are_distinguished(folder: Path) -> None:
    shutil.copytree(NAMES, "spec")
    build = built(folder / "js", generate())
    schemas = yaml.load((NAMES / "schemas" / "names.yaml").read_text("utf-8"), yaml.CSafeLoader)
    fields = [name for name, kind in schemas["ValidRequest"]["properties"].items() if "type" in kind]
    good: dict[str, Any] = dict.fromkeys(fields, "x") | {"NaN": "good"}
    others: list[Any] = ["bad", 1, None, "too long, far"]
    requests: list[dict[str, Any]] = [good, *({**good, name: value} for name in fields for value in others)]
    requests += [{**good, "NaN": value} for value in ("ab", "a", "c")]
    requests += [{name: value for name, value in good.items() if name != left} for left in fields]
    requests += [{**good, "words": value} for value in ("__proto__", "constructor", "*/", "toString", "hasOwnProperty")]
    maps: list[Any] = ["x", 1, {}]
    requests += [{**good, "map": {"__proto__": {"constructor": value}}} for value in maps]
    # Where another number is refused, the list in the message has large ones as JavaScript writes them.
    requests += [{**good, "numbers": value} for value in (0, -1, 10**20)]
    requests += [{**good, "record": {"value": value}} for value in (1, 0, None)]
    values: list[Any] = [{"value": 1}, {"value": 2**53}, {"value": 0}, {}, [], {"value": 1, "more": {"value": "x"}}]
    tried = [Case("runtime", "request", value) for value in requests]
    artifacts = ("request-kind", "a-1", "dialect", "severities")
    tried += [Case("runtime", name, value) for name in artifacts for value in values]
    python = dialect("runtime")
    assert [*differences(build, tried, lambda _: python)] == []


def test_names_of_python_are_names(folder: Path) -> None:
    shutil.copytree(test_hostile_spec.HOSTILE / "names", "spec")
    built(folder / "js", generate())


def test_a_text_stays_text(folder: Path) -> None:
    """All attempts are dialects of one package, which is compiled once."""
    package = folder / "package"
    tried: list[Case] = []
    dialects: dict[str, Dialect] = {}
    for number, text in enumerate(ATTEMPTS if os.environ.get("PARLANCE_HOSTILE") else ATTEMPTS[::FEWER]):
        spec = test_injection if text in ATTEMPTS[: -len(test_hostile_spec.TEXTS)] else test_hostile_spec
        shutil.rmtree("spec", ignore_errors=True)
        arguments = (text, test_injection.as_message(text)) if spec is test_injection else (text,)
        spec.spec_with(*arguments)
        made, name = generate(), f"corner-{number}"
        if number == 0:
            shutil.copytree(made, package)
            shutil.rmtree(package / "src" / "corner")
        shutil.copytree(made / "src" / "corner", package / "src" / name)
        dialects[name] = dialect("corner")
        tried += [Case(name, "order", value) for value in documents(text)]
    build = built(folder / "js", package)
    found = [*differences(build, tried, dialects.__getitem__)]
    assert found == []
    assert not [*folder.rglob("CANARY")]


def documents(text: str) -> list[Any]:
    """Documents that have the text as a key and as a value."""
    good = {
        "drinks": [{text: f"{text} tea"}, {text: f"{text} coffee", "sugar": 5}],
        text: text, f"{text} 2": {text: text}, "size": text, "open": "else", "constant": f"{text} constant",
    }  # fmt: skip
    bad = [{**good, name: value} for name in good for value in (1, f"{text}x", None, {text: f"x{text}"})]
    return [value for value in [good, *bad] if not has_number(value)]


def has_number(value: Any) -> bool:
    """Whether a key is a number: JavaScript has such keys first."""
    if is_object(value):
        return any(key.isdecimal() or has_number(each) for key, each in value.items())
    return is_array(value) and any(map(has_number, value))
