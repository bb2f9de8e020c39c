"""Specs whose texts and names are made to break what is made of them: carried unchanged, or refused with a place.

`cases/spec/hostile/texts` takes each of `texts.json` in every place that takes text, `names` has names that Python
cannot use as they are, and each folder of `refused` holds what differs from `foreign-small`, and what is said of it.
`PARLANCE_ACCEPT=1 pytest tests/test_hostile_spec.py` accepts what is said now; `git diff` is the review.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import cast

import pytest
import yaml
from parlance.cli import main

CASES = Path(__file__).parent / "cases" / "spec"
HOSTILE = CASES / "hostile"
TEXTS: dict[str, str] = json.loads((HOSTILE / "texts.json").read_text("utf-8"))
TEXTS["all at once"] = " ".join(TEXTS.values())
TRIED = TEXTS if os.environ.get("PARLANCE_HOSTILE") else dict(islice(TEXTS.items(), None, None, 2))
"""In `make test` every second one and all at once; `make hostile` tries each."""

REFUSED = sorted(path.name for path in (HOSTILE / "refused").iterdir())

TOKEN = re.compile(r'"TEXT([^"]*)"')
UNREADABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\u202e\u2066\ufeff\uffff]")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def generate() -> int:
    with pytest.raises(SystemExit) as ended:
        main(["generate", "--spec", "spec", "--output", "generated"])
    assert isinstance(ended.value.code, int)
    return ended.value.code


def quoted(text: str) -> str:
    """*text* between double quotes of YAML, which reads the escapes of JSON, and refuses more characters raw."""
    raw = (*range(0x7F, 0xA0), 0x2028, 0x2029, 0xFEFF, 0xFFFF)
    return json.dumps(text, ensure_ascii=False).translate({code: f"\\u{code:04x}" for code in raw})


def pattern(text: str) -> str:
    """*text* as a pattern that every engine reads alike."""
    return re.sub(r"[\\^$.*+?()\[\]{}|/]", r"\\\g<0>", text)


def spec_with(text: str) -> None:
    """Write the spec of `texts` with *text* in every place."""
    for source in sorted((HOSTILE / "texts").rglob("*.yaml")):
        place = Path("spec") / source.relative_to(HOSTILE / "texts")
        place.parent.mkdir(parents=True, exist_ok=True)
        filled = TOKEN.sub(lambda found: quoted(text + found[1]), source.read_text("utf-8"))
        filled = filled.replace('"^PATTERN$"', quoted(f"^{pattern(text)}$"))
        place.write_bytes(filled.encode())


def places() -> set[str]:
    """What stands behind the text, in all the places that it was put to."""
    return {end for source in (HOSTILE / "texts").rglob("*.yaml") for end in TOKEN.findall(source.read_text("utf-8"))}


def strings_of(file: Path) -> set[str]:
    """Every string and key of a JSON file."""
    return {text.strip() for text in strings(json.loads(file.read_text("utf-8")))}


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in cast("list[object]", value):
            yield from strings(item)
    elif isinstance(value, dict):
        for key, item in cast("dict[str, object]", value).items():
            yield key
            yield from strings(item)


def constants(package: Path) -> set[str]:
    """Every string in the Python below *package*, white space made one space."""
    return {text for path in package.rglob("*.py") for text in constants_of(path.read_bytes())}


@lru_cache(maxsize=100)
def constants_of(source: bytes) -> frozenset[str]:
    """Those of one module; most are of the run time, and the same each time."""
    values = (node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    return frozenset(flat(value) for value in values if isinstance(value, str))


def flat(text: str) -> str:
    return " ".join(text.split())


OF_THE_BASE = {" title", " version", " information", " operation", " response"}
"""A dialect says these for itself."""

NOWHERE = OF_THE_BASE | {" version of a dialect", " example", " anything"}
"""And these are for readers of the spec; the last one is described anew by the dialect."""

IN_CONTRACT_ONLY = re.compile(" source| evidence| format")
IN_NO_SCHEMA = {" dialect", " title of a dialect", " member", " other member", " open member"}
WITH_ESCAPES = {" default", " 3"}
"""Documentation writes values as JSON does."""


USE = """
import json, sys
from pathlib import Path
from parlance_dialects import corner
text = json.loads(sys.stdin.read())
assert [member.value for member in corner.Size] == [text, text + " 2"]
assert corner.Size.OTHER.value == text + " 2"
good = {
    "drinks": [{text: text + " tea"}, {text: text + " coffee", "sugar": 5}],
    text: text, text + " 2": {text: text}, "size": text, "open": "else", "constant": text + " constant",
}
bad = [
    {**good, "drinks": [{text: text}]}, {**good, "drinks": [{text: text + " coffee", "sugar": 6}]}, {**good, text: 1},
    {**good, text + " 2": {text: text + "x"}}, {**good, text + " 2": {text + "x": text}}, {**good, "size": "x" + text},
    {**good, "constant": text}, {**good, text + " 3": 1}, {key: good[key] for key in good if key != text},
]
assert corner.is_valid_order(good), list(corner.check_order(good))
assert [len(list(corner.check_order(one))) for one in bad] == [1] * len(bad)
order = corner.Order.model_validate(good)
assert order.model_dump(mode="json", by_alias=True, exclude_unset=True) == good
for one in bad:
    try:
        corner.Order.model_validate(one)
    except ValueError:
        continue
    raise AssertionError(one)
import parlance_dialects.corner.dicts
"""


@pytest.mark.parametrize("text", TRIED.values(), ids=TRIED)
def test_a_text_is_carried_unchanged_and_code_does_what_it_says(text: str, folder: Path) -> None:
    spec_with(text)
    assert generate() == 0
    check_texts(folder / "generated", text)
    run_python(USE, text, folder)


def check_texts(made: Path, text: str) -> None:
    """Whatever was made says each text of the spec that it has a place for."""
    contract = strings_of(made / "contract/corner.json")
    assert {end for end in places() if f"{text}{end}".strip() not in contract} <= NOWHERE
    described = {end for end in places() - NOWHERE if not IN_CONTRACT_ONLY.match(end)}
    for schema in (made / "jsonschema/corner/order.schema.json", made / "openapi/corner.json"):
        found = strings_of(schema)
        for end in described - IN_NO_SCHEMA:
            assert any(f"{text}{end}".strip() in each for each in found), end
    code = constants(made / "python")
    for end in described - WITH_ESCAPES:
        assert any(flat(f"{text}{end}") in each for each in code), end
    assert not UNREADABLE.search((made / "markdown/corner.md").read_text("utf-8"))


def run_python(code: str, given: object, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-X", "utf8", "-c", code],
        cwd=folder / "generated/python", input=json.dumps(given), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""


NAMES = """
import importlib, json, sys
import parlance_dialects as dialects
given = json.load(sys.stdin)
assert dialects.DEFAULT == "violation" and {*dialects.DIALECTS} == {"true", "violation", "import", "model-types"}
for module in sorted({*dialects.DIALECTS.values()}):
    dialect = importlib.import_module(f"parlance_dialects.{module}")
    for name in (*dialect.__all__, *dir(dialect)):
        getattr(dialect, name)
    text, other = dialect.ARTIFACTS["text"], dialect.ARTIFACTS["none-1"]
    assert [member.value for member in dialect.Size] == given["members"]
    assert [member.value for member in dialect.Number] == given["numbers"]
    assert dialect.Size.SMALL_2.value == "printed"
    good = dict.fromkeys(given["fields"], "x")
    assert text.is_valid(good), list(text.check(good))
    fields = dialect.Fields.model_validate(good)
    assert json.loads(fields.model_dump_json(by_alias=True, exclude_unset=True)) == good
    for name in good:
        bad = {**good, name: 1}
        (found,) = text.check(bad)
        assert found.pointer == "/" + name.replace("~", "~0").replace("/", "~1")
        try:
            dialect.Fields.model_validate(bad)
        except ValueError as error:
            assert error.errors()[0]["loc"] == (name,), error
        else:
            raise AssertionError(name)
    for record in given["records"]:
        one = {"record": {"kind": record, record: "x"}, "size": "-", "number": -1, "fields": "only"}
        assert other.is_valid(one), list(other.check(one))
        assert type(dialect.Schemas.model_validate(one).record) is getattr(dialect, record)
        for bad in ({"kind": record, record: "1"}, {"kind": record}, {"kind": "none of them", record: "x"}):
            assert len(list(other.check({"record": bad}))) == 1, (record, list(other.check({"record": bad})))
    assert not other.is_valid({**one, "fields": "kind"}) and not other.is_valid({**one, "size": "SMALL_2"})
"""


def test_names_that_python_cannot_use_are_distinguished(folder: Path) -> None:
    shutil.copytree(HOSTILE / "names", "spec")
    assert generate() == 0
    schemas = yaml.load((HOSTILE / "names/schemas/names.yaml").read_text("utf-8"), yaml.CSafeLoader)
    given = {
        "fields": [*schemas["Fields"]["properties"]],
        "members": [member["const"] for member in schemas["Size"]["oneOf"]],
        "numbers": [member["const"] for member in schemas["Number"]["oneOf"]],
        "records": [one["$ref"].removeprefix("#/") for one in schemas["Schemas"]["properties"]["record"]["anyOf"]],
    }
    assert min(map(len, given.values())) > 3
    run_python(NAMES, given, folder)


@pytest.mark.parametrize("spec", ["texts", "names"])
def test_hostile_code_is_typed(spec: str, folder: Path, mypy_cache: Path) -> None:
    if spec == "texts":
        spec_with(TEXTS["all at once"])
    else:
        shutil.copytree(HOSTILE / "names", "spec")
    assert generate() == 0
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", f"--cache-dir={mypy_cache}", "-p"]
    done = subprocess.run(
        [*command, "parlance_dialects"], cwd=folder / "generated/python", capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_carried_is_refused_with_its_place(
    case: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(CASES / "foreign-small", "spec")
    shutil.copytree(HOSTILE / "refused" / case, "spec", dirs_exist_ok=True)
    Path("spec/expected.txt").unlink(missing_ok=True)
    code = generate()
    printed = capsys.readouterr().err
    expected = HOSTILE / "refused" / case / "expected.txt"
    if os.environ.get("PARLANCE_ACCEPT"):
        expected.write_text(printed, "utf-8")
    assert code == 2
    assert re.match(r"spec/[a-z/]+\.yaml:\d+:\d+: error PAR9\d\d ", printed)
    assert all(line.isprintable() for line in printed.splitlines())
    assert printed == expected.read_text("utf-8")
    assert [path.name for path in folder.iterdir()] == ["spec"]
