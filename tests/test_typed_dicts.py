"""The generated `TypedDict`s under Pydantic's `TypeAdapter`, on every Python, and without Pydantic."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import typing
from typing import Any, get_origin

import pytest
import typing_extensions
from agreement.generated import GENERATED, SUBJECTS, Subject
from agreement.seeds import cases
from parlance_dialects import DIALECTS, typed_dict
from pydantic import TypeAdapter, ValidationError

MODULES = sorted(set(DIALECTS.values()))
# Valid JSON for an integer, which Pydantic does not read as one: a float below -2**63.
TOO_LARGE_A_FLOAT = "-9.223372036854776e+18"


def _dicts(module: str) -> Any:
    return importlib.import_module(f"parlance_dialects.{module}.dicts")


@pytest.mark.parametrize("module", MODULES)
def test_a_type_adapter_takes_every_type(module: str) -> None:
    dicts = _dicts(module)
    assert len(dicts.__all__) > 10
    for name in dicts.__all__:
        TypeAdapter(getattr(dicts, name))


@pytest.mark.parametrize("subject", SUBJECTS, ids=str)
def test_a_type_adapter_accepts_what_is_valid(subject: Subject) -> None:
    adapter = TypeAdapter[Any](getattr(_dicts(DIALECTS[subject.dialect]), subject.root_name))
    is_valid = subject.module.ARTIFACTS[subject.artifact].is_valid
    accepted = [json.loads(text) for text in cases(subject) if TOO_LARGE_A_FLOAT not in text]
    accepted = [document for document in accepted if is_valid(document)]
    assert len(accepted) > 5
    for document in accepted:
        adapter.validate_python(document)


@pytest.mark.parametrize(
    ("document", "wrong"),
    [
        ({"model": "gpt-4.1"}, ("messages",)),
        ({"messages": []}, ("model",)),
        ({"model": 1, "messages": []}, ("model",)),
        ({"model": "gpt-4.1", "messages": [], "temperature": "hot"}, ("temperature",)),
        ({"model": "gpt-4.1", "messages": [], "service_tier": "slow"}, ("service_tier",)),
        ({"model": "gpt-4.1", "messages": [], "stream_options": {"include_usage": []}}, ("stream_options",)),
        ({"model": "gpt-4.1", "messages": {}}, ("messages",)),
    ],
)
def test_a_type_adapter_names_the_field_that_is_wrong(document: dict[str, Any], wrong: tuple[str, ...]) -> None:
    record = _dicts("openai_2026_08").CreateChatCompletionRequest
    adapter = TypeAdapter[Any](record)
    with pytest.raises(ValidationError) as caught:
        adapter.validate_python(document)
    assert {error["loc"][:1] for error in caught.value.errors()} == {wrong}


def test_records_are_typed_dicts_to_those_who_ask() -> None:
    record = _dicts("openai_2026_08").CreateChatCompletionRequest
    assert typing_extensions.is_typeddict(record)
    hints = typing_extensions.get_type_hints(record, include_extras=True)
    optional: Any = typing.NotRequired
    required = {name for name, hint in hints.items() if get_origin(hint) is not optional}
    assert required == {"messages", "model"}


def test_the_base_of_records_is_the_one_that_pydantic_takes() -> None:
    home: Any = typing if sys.version_info >= (3, 12) else typing_extensions
    assert vars(typed_dict)["TypedDict"] is home.TypedDict


@pytest.mark.parametrize("module", MODULES)
def test_they_need_nothing_but_python_itself(module: str) -> None:
    program = f"""
import sys
sys.path.insert(0, {str(GENERATED / "python")!r})
import typing
from parlance_dialects.{module} import dicts
assert "typing_extensions" not in sys.modules
records = [each for each in vars(dicts).values() if typing.is_typeddict(each)]
assert len(records) > 5, records
"""
    done = subprocess.run([sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
