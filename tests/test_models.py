"""Pydantic models of contracts made by hand: what they accept, what they write back, and how they read."""

from __future__ import annotations

import ast
import importlib
import json
import random
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema
import pydantic
import pytest
import sample_contracts
from parlance.contract.ir import (
    Alias,
    Anything,
    Array,
    Boolean,
    Constant,
    Contract,
    Enumeration,
    Integer,
    Map,
    Member,
    Named,
    Nothing,
    Null,
    Number,
    Presence,
    Record,
    Tagged,
    Text,
    Type,
    Union,
    UnknownFields,
)
from parlance.emit.render import render
from parlance.folders import templates_folder
from parlance.targets.enums import enums
from parlance.targets.file import File
from parlance.targets.models import models
from parlance.targets.registry import TARGETS
from parlance.targets.runtime_files import runtime_files
from parlance.targets.schema import definition_schema
from pydantic import BaseModel, TypeAdapter, ValidationError
from sample_contracts import field

REQUIRED = Presence.REQUIRED
_PYDANTIC = tuple(int(part) for part in pydantic.VERSION.split(".")[:3] if part.isdigit())
WIRE_NAMES = ("class", "from", "größe", "a-b", "a_b", "$id", "model_config", "schema", "json", "copy", "str", "Text")


def edges() -> Contract:
    """A contract of types where Pydantic alone judges otherwise than JSON Schema."""
    level = tuple(Member(value=value, description="It is.") for value in (1, 2))
    fields: dict[str, Type] = {
        "one": Constant(1),
        "yes": Constant(True),
        "level": Named("Level"),
        "rank": Named("Rank"),
        "big": Integer(),
        "seed": Union((Integer(minimum=-(2**63), maximum=2**63 - 1), Null())),
        "ratio": Number(minimum=0, exclusive_maximum=1, multiple_of=0.25),
        "code": Text(pattern=r"^\d+$"),
        "short": Text(min_length=1, max_length=2),
        "set": Array(items=Anything(), unique_items=True),
        "stop": Union((Text(), Array(items=Text(max_length=2), min_items=1, max_items=2), Null())),
        "bias": Map(values=Integer(minimum=-9, maximum=9), keys=Text(pattern="^[a-z]$"), max_properties=2),
        "any": Anything(),
        "count": Named("Counted"),
        "tree": Named("Tree"),
        "loop": Named("Loop"),
        "only": Tagged("kind", (("leaf", "Leaf"),)),
        "node": Tagged("kind", (("leaf", "Leaf"), ("branch", "Branch"))),
        "flag": Boolean(),
    }
    definitions = (
        Record(
            name="Edges",
            description="All of them.",
            unknown=UnknownFields.REFUSE,
            fields=tuple(field(name, kind) for name, kind in fields.items()),
        ),
        Record(
            name="Wire",
            description="Names.",
            unknown=UnknownFields.KEEP,
            fields=tuple(field(name, Text()) for name in WIRE_NAMES),
        ),
        Record(
            name="Counted",
            description="Counts.",
            unknown=UnknownFields.KEEP,
            fields=(field("id", Text()),),
            extra=Integer(minimum=0),
            min_properties=1,
            max_properties=2,
        ),
        Record(name="Leaf", description="Ends.", unknown=UnknownFields.KEEP,
               fields=(field("kind", Constant("leaf"), REQUIRED), field("value", Union((Text(), Null())), REQUIRED))),
        Record(name="Branch", description="Goes on.", unknown=UnknownFields.REFUSE,
               fields=(field("kind", Constant("branch"), REQUIRED), field("left", Named("Branch")),
                       field("right", Union((Named("Leaf"), Named("Branch"), Null()))))),
        Enumeration(name="Level", description="Closed.", members=level, base=Integer()),
        Enumeration(name="Rank", description="Open.", members=level, base=Integer(maximum=9), open=True),
        Alias(name="Tree", description="Round.", type=Union((Array(items=Named("Tree")), Text(), Null()))),
        Alias(name="Loop", description="Round.", type=Union((Named("Spiral"), Integer()))),
        Alias(name="Spiral", description="Round.", type=Map(values=Named("Loop"))),
        Record(name="Integer", description="Has a name that its module imports.", unknown=UnknownFields.KEEP,
               fields=(field("value", Integer()),)),
    )
    base = sample_contracts.contract()
    return Contract(
        dialect="edges", title="Edges", description="Edges.", as_of=base.as_of, parent=None,
        unknown_fields=UnknownFields.KEEP, sources=(), artifacts=(), definitions=definitions,
    )


CONTRACTS = {
    "edges": edges(),
    "shop-2024-01": sample_contracts.contract(),
    "hostile": sample_contracts.hostile_contract(),
}


def text_of(file: File) -> str:
    return file.text or render(templates_folder(), str(file.template), file.view)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the package `made` with the models of all the contracts."""
    folder = tmp_path_factory.mktemp("models")
    files = [*runtime_files(TARGETS["models"].runtime)]
    for contract in CONTRACTS.values():
        files += [*enums(contract), *models(contract)]
    for file in files:
        path = folder / file.path.replace("python/parlance_dialects", "made")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text_of(file), encoding="utf-8")
        (path.parent / "__init__.py").touch()
    return folder


@pytest.fixture(scope="session")
def modules(made: Path) -> Iterator[Callable[[str], ModuleType]]:
    sys.path.insert(0, str(made))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield lambda dialect: importlib.import_module(f"made.{dialect.replace('-', '_')}.models")
    sys.path.remove(str(made))


def verdict(adapter: TypeAdapter[Any], text: str) -> bool:
    try:
        adapter.validate_json(text)
    except ValidationError:
        return False
    return True


ACCEPTED = {
    "Edges": (
        '{}', '{"one": 1.0}', '{"yes": true}', '{"level": 2.0}', '{"rank": 7}', '{"big": 12345678901234567890123}',
        '{"seed": null}', '{"seed": -9223372036854775808}', '{"ratio": 0}', '{"ratio": 0.75}', '{"code": "12"}',
        '{"short": "𝄞𝄞"}', '{"set": [1, true, "1"]}', '{"stop": ["ab"]}', '{"stop": null}', '{"bias": {"a": -9}}',
        '{"any": null}', '{"any": [1e3, {"a": [null]}]}', '{"count": {"x": 0}}', '{"tree": [[], ["a", null]]}',
        '{"loop": {"a": {"b": 1}}}', '{"only": {"kind": "leaf", "value": null, "more": [1]}}',
        '{"node": {"kind": "branch", "right": {"kind": "branch"}}}',
    ),
    "Wire": ('{"class": "a", "$id": "b", "größe": "c", "a-b": "d", "a_b": "e", "json": "f", "more": 5}',),
    "Integer": ('{"value": 1}',),
}  # fmt: skip

REFUSED = {
    "Edges": (
        '{"one": true}', '{"one": null}', '{"one": "1"}', '{"yes": 1}', '{"yes": false}', '{"level": true}',
        '{"level": "1"}', '{"level": 3}', '{"rank": 10}', '{"rank": true}', '{"rank": 1.5}', '{"big": null}',
        '{"big": 1.5}', '{"big": "1"}', '{"big": 1e999}', '{"seed": 9223372036854775808}', '{"ratio": 1}',
        '{"ratio": 0.3}', '{"ratio": NaN}', '{"ratio": true}', '{"ratio": "0.5"}', '{"code": "12\\n"}',
        '{"code": "\\u0661"}',
        '{"short": ""}', '{"short": "𝄞𝄞𝄞"}', '{"short": 1}', '{"set": [1, 1.0]}', '{"set": [{"a": 1}, {"a": 1}]}',
        '{"stop": []}', '{"stop": ["abc"]}', '{"stop": "a", "more": 1}', '{"bias": {"A": 1}}', '{"bias": {"a": 10}}',
        '{"bias": {"a": 1, "b": 1, "c": 1}}', '{"any": NaN}', '{"any": [{"a": Infinity}]}', '{"count": {}}',
        '{"count": {"x": -1}}', '{"count": {"id": "a", "x": 1, "y": 1}}', '{"tree": 1}', '{"loop": {"a": {"b": "c"}}}',
        '{"only": {"kind": "branch"}}', '{"node": {"kind": "root"}}', '{"node": {"right": null}}',
        '{"node": {"kind": "leaf"}}', '{"only": {"kind": "leaf", "value": "a", "more": NaN}}', '{"flag": 1}',
        '{"flag": "true"}', '{"flag": null}', '[]', 'null',
    ),
    "Wire": ('{"class": null}', '{"model_config": 1}'),
    "Integer": ('{"value": null}',),
}  # fmt: skip


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in ACCEPTED.items() for text in texts])
def test_what_is_accepted_comes_back_as_it_was(modules: Callable[[str], ModuleType], name: str, text: str) -> None:
    model: type[BaseModel] = getattr(modules("edges"), name)
    written = model.model_validate_json(text).model_dump_json(exclude_unset=True)
    assert json.loads(written) == json.loads(text)


@pytest.mark.xfail(_PYDANTIC < (2, 14, 2), reason="earlier ones drop a field named as an attribute", strict=True)
def test_an_extra_field_may_have_the_name_of_an_attribute(modules: Callable[[str], ModuleType]) -> None:
    text = '{"class": "a", "class_": 5}'
    written = modules("edges").Wire.model_validate_json(text).model_dump_json(exclude_unset=True)
    assert json.loads(written) == json.loads(text)


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in REFUSED.items() for text in texts])
def test_what_is_wrong_is_refused(modules: Callable[[str], ModuleType], name: str, text: str) -> None:
    model: type[BaseModel] = getattr(modules("edges"), name)
    with pytest.raises(ValidationError):
        model.model_validate_json(text)


def test_python_code_uses_attributes_members_and_plain_dicts(modules: Callable[[str], ModuleType]) -> None:
    module = modules("shop-2024-01")
    carriers = importlib.import_module("made.shop_2024_01.enums").CarrierEnum
    order = module.Order(carrier=carriers.POST, parcel={"type": "letter", "class_": True}, tier="iron", speed=1)
    assert order.parcel == module.Letter(type="letter", **{"class": True})
    assert order.note is None
    assert json.loads(order.model_dump_json(exclude_unset=True)) == {
        "carrier": "post", "parcel": {"type": "letter", "class": True}, "tier": "iron", "speed": 1,
    }  # fmt: skip
    assert module.Order(carrier="pick-up").carrier is carriers.PICK_UP


def test_what_may_not_be_null_is_never_written_as_null(modules: Callable[[str], ModuleType]) -> None:
    model = modules("edges").Edges
    written = model().model_dump_json()
    assert model.model_validate_json(written).model_dump_json() == written


def test_a_schema_can_be_made_of_every_model(modules: Callable[[str], ModuleType]) -> None:
    properties = modules("edges").Edges.model_json_schema()["properties"]
    assert properties["seed"]["anyOf"][0] == {"type": "integer", "minimum": -(2**63), "maximum": 2**63 - 1}
    assert properties["set"]["uniqueItems"]
    assert properties["code"]["pattern"] == r"^\d+$"


def test_hostile_names_and_texts_make_no_difference(modules: Callable[[str], ModuleType]) -> None:
    model: type[BaseModel] = modules("hostile").Bad
    bad = next(each for each in CONTRACTS["hostile"].definitions if each.name == "Bad")
    assert isinstance(bad, Record)
    value = {each.name: '"""' for each in bad.fields}
    assert json.loads(model.model_validate_json(json.dumps(value)).model_dump_json()) == value
    for name in value:
        assert not verdict(TypeAdapter(model), json.dumps({key: value[key] for key in value if key != name}))


Json = dict[str, Any] | list[Any] | str | float | bool | None


class Mutator:
    """Values for a type of a contract, most of them valid, and changes to them."""

    STRAY: tuple[Json, ...] = (
        None, True, False, 0, 1, 1.0, -1, 2.5, 2**70, "", "a", "abc", "post", "box", [], [1], {}, {"a": 1},
        {"type": "box"},
    )  # fmt: skip

    def __init__(self, contract: Contract, seed: int) -> None:
        self._definitions = {each.name: each for each in contract.definitions}
        self._random = random.Random(seed)  # noqa: S311

    def document(self, name: str) -> Json:
        """A value for the definition *name*, with up to two things changed."""
        value = self.value(Named(name))
        for _ in range(self._random.choice((0, 1, 1, 2))):
            value = self.mutant(value)
        return value

    def value(self, kind: Type, depth: int = 0) -> Json:
        """A value of *kind*, or nearly one."""
        pick = self._random
        match kind:
            case Text():
                return pick.choice(("a", "ab", "abc", "12", "z" * pick.randint(0, 9)))
            case Integer():
                return pick.choice((0, 1, 2, 4.0, 9, -9, 2**63))
            case Number():
                return pick.choice((0, 0.25, 0.5, 1, 30.5, 31))
            case Boolean():
                return pick.random() < 0.5
            case Null():
                return None
            case Anything() | Nothing():  # a field that is refused is refused whatever it holds
                return pick.choice(self.STRAY)
            case Constant(value):
                return value
            case Array(items=items):
                return [self.value(items, depth + 1) for _ in range(pick.randint(0, 3 if depth < 6 else 0))]
            case Map(values=values):
                keys = pick.sample(("a", "b", "abcd", "z"), pick.randint(0, 3 if depth < 6 else 0))
                return {key: self.value(values, depth + 1) for key in keys}
            case Named(name):
                return self._named(name, depth)
            case Tagged(options=options):
                return self._named(pick.choice(options)[1], depth)
            case Union(options):
                return self.value(pick.choice(options) if depth < 6 else options[-1], depth + 1)

    def _named(self, name: str, depth: int) -> Json:
        match self._definitions[name]:
            case Record(fields=fields):
                often = 0.4 - depth / 20
                likely = {each.name: often if each.type != Nothing() else 0.01 for each in fields}
                draw = self._random.random
                present = [each for each in fields if each.presence is REQUIRED or draw() < likely[each.name]]
                return {each.name: self.value(each.type, depth + 1) for each in present}
            case Enumeration(members=members):
                return self._random.choice(members).value
            case Alias(type=kind):
                return self.value(kind, depth + 1)

    def mutant(self, value: Json) -> Json:
        """*value* with something else in one place."""
        pick = self._random
        if isinstance(value, dict) and value and pick.random() < 0.9:
            key = pick.choice(list(value))
            rest = {name: item for name, item in value.items() if name != key}
            way = pick.random()
            if way < 0.1:
                return rest
            return value | {"more": pick.choice(self.STRAY)} if way < 0.2 else value | {key: self.mutant(value[key])}
        if isinstance(value, list) and value and pick.random() < 0.9:
            index = pick.randrange(len(value))
            return [*value[:index], *([] if pick.random() < 0.1 else [self.mutant(value[index])] * pick.randint(1, 2)),
                    *value[index + 1 :]]  # fmt: skip
        return pick.choice(self.STRAY)


def disagreements(module: ModuleType, contract: Contract, rounds: int, seed: int) -> Iterator[tuple[str, bool, str]]:
    """Values of which the models and jsonschema think otherwise, and valid ones that do not come back as they were."""
    schemas: dict[str, Any] = {each.name: definition_schema(each, "#/$defs/", _one_of) for each in contract.definitions}
    mutator = Mutator(contract, seed)
    for each in contract.definitions:
        if isinstance(each, Enumeration):
            continue
        adapter = TypeAdapter[Any](getattr(module, each.name))
        judge = jsonschema.Draft202012Validator({"$ref": f"#/$defs/{each.name}", "$defs": schemas})
        for _ in range(rounds):
            text = json.dumps(mutator.document(each.name))
            expected: bool = judge.is_valid(json.loads(text))  # pyright: ignore[reportUnknownMemberType]
            if verdict(adapter, text) != expected:
                yield each.name, expected, text
            elif expected and _canonical(_written_back(adapter, text)) != _canonical(text):
                yield each.name, expected, f"{text} is not what came back"


def _one_of(tagged: Tagged, prefix: str) -> dict[str, Any]:
    return {"oneOf": [{"$ref": f"{prefix}{name}"} for _, name in tagged.options]}


def _written_back(adapter: TypeAdapter[Any], text: str) -> str:
    return adapter.dump_json(adapter.validate_json(text), exclude_unset=True).decode()


def _canonical(text: str) -> str:
    """*text* with numbers spelled alike, so that `1.0` is `1` and no boolean is a number."""
    return json.dumps(json.loads(text, parse_float=_number), sort_keys=True)


def _number(text: str) -> float:
    return int(float(text)) if float(text).is_integer() else float(text)


@pytest.mark.parametrize("dialect", ["edges", "shop-2024-01"])
def test_the_verdict_is_that_of_json_schema(modules: Callable[[str], ModuleType], dialect: str) -> None:
    assert list(disagreements(modules(dialect), CONTRACTS[dialect], rounds=150, seed=7)) == []


@pytest.mark.parametrize("dialect", CONTRACTS)
def test_the_text_is_the_same_each_time_short_lined_and_documented(dialect: str) -> None:
    first, again = ([text_of(file) for file in models(CONTRACTS[dialect])] for _ in range(2))
    assert first == again
    (text,) = first
    assert max(map(len, text.splitlines())) <= 100
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef):
            assert ast.get_docstring(node), node.name
            fields = [index for index, each in enumerate(node.body) if isinstance(each, ast.AnnAssign)]
            undocumented = [index for index in fields if not isinstance(node.body[index + 1], ast.Expr)]
            assert not undocumented, node.name


def test_type_checkers_and_linters_find_nothing(made: Path, mypy_cache: Path) -> None:
    use = made / "use.py"
    use.write_text(
        "from made.shop_2024_01.enums import CarrierEnum\n"
        "from made.shop_2024_01.models import Box, Order\n\n"
        'order = Order(carrier=CarrierEnum.POST, parcel=Box(type="box", weight=2), tier="iron", tags={"a": "b"})\n'
        "note: str | None = order.note\n",
        encoding="utf-8",
    )
    # Texts with backslashes beside quotes are the business of the tests of docstrings.
    shown = [made / "made" / name for name in ("edges/models.py", "shop_2024_01/models.py", "model_types.py")]
    options = ["--strict", "--config-file=", f"--cache-dir={mypy_cache}"]
    mypy = [sys.executable, "-m", "mypy", *options, str(use), *map(str, shown)]
    rules = ["--line-length", "100", "--select", "E,F,I,N,PYI,RUF,UP", "--target-version", "py311"]
    ruff = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", *rules, *map(str, shown)]
    for command in (mypy, ruff):
        done = subprocess.run(command, cwd=made, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
