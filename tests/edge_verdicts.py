"""A script: what each reader in a folder of generated code says of every edge value of every keyword of a dialect."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

NUMBERS = (
    *("0", "-0", "0.0", "-0.0", "1", "1.0", "1e0", "1E+0", "10e-1", "true", "2.5", "3", "3.0"),
    *("6e0", "12", "12.0", "18"),
    *("0.1", "0.2", "0.3", "0.30000000000000004", "0.29999999999999999", "0.29999999999999993", "0.7", "1.1"),
    *("19.99", "-19.99", "0.07", "4.35", "0.01", "1e-2", "0.009", "0.005", "0.015", "1e16", "12345678901234567"),
    *("1e308", "-1e308", "1e-308", "5e-324", "1e-300", "3e-300", "1.5e-300", "1e22", "1e23"),
    *("9007199254740992", "9007199254740993", "9007199254740992.0", "9007199254740993.0", "9007199254740994"),
    *("18446744073709551615", "18446744073709551616", "100000000000000000000000", f"-1{'0' * 399}", "9" * 400),
    *("0.9999999999999999", "0.99999999999999999", "1.0000000000000002", "9" * 4000, f"1{'0' * 4000}"),
)
TEXTS = (
    *('""', '"a"', '"ab"', '"abc"', '"é"', '"e\\u0301"', '"😀"', '"😀😀"', '"😀😀😀"', '"\\ud83d\\ude00"'),
    *('"A"', '"\\u017f"'),
    *('"a\\n"', '"a\\u2028"', '"a\\u0000"', '"1"', '"\\u0661"', '"\\uff11"', '"K"', '"true"', '"null"'),
)
OTHERS = (
    *("null", "false", "[]", "[1]", "[1, 2]", "[1, 2, 3]", "[1, 1.0]", "[1, true]", "[0, false]", "[false, 0]"),
    *("[true, true]", "[null, null]", '["a", "a"]', '["1", 1]', '["é", "e\\u0301"]', '["", null]', "[0, -0.0]"),
    *('[{"a": 1, "b": 2}, {"b": 2, "a": 1.0}]', '[{"a": 1}, {"a": true}]', "[[1], [true]]", "[[1], [1.0]]"),
    *("[[[1]], [[1]]]", "[1, [1]]", "[[], {}]", "[{}, {}]", "[9007199254740992, 9007199254740993]"),
    *("[9007199254740993, 9007199254740993.0]", "[9007199254740992, 9007199254740992.0]", "[1e308, 1e308]"),
    *("{}", '{"a": 1}', '{"a": 1, "b": 2}', '{"a": 1, "b": 2, "c": 3}', '{"a": 1.5}', '{"a": 1.0}', '{"a": true}'),
    *('{"x": "a"}', '{"ax": "a"}', '{"": "a"}', '{"x": 1}'),
)


def main(folder: str, dialect: str) -> None:
    """Print a line for each field and value: the verdict of each reader, and how grave what is reported is."""
    sys.path[:0] = [folder, f"{folder}/made/python"]
    package: Any = importlib.import_module(f"parlance_dialects.{dialect.replace('-', '_')}")
    module: Any = importlib.import_module(f"module_{dialect.replace('-', '_')}")
    schema = json.loads((Path(folder) / "made" / "jsonschema" / dialect / "edge.schema.json").read_text("utf-8"))
    model = package.Edge
    readers: dict[str, Callable[[Any, str], bool]] = {
        "is_valid": lambda value, _: package.is_valid_edge(value),
        "check": lambda value, _: all(one.severity != "error" for one in package.check_edge(value)),
        "model": lambda value, _: _accepts(model.model_validate, value),
        "model of JSON": lambda _, text: _accepts(model.model_validate_json, text),
        "module": lambda value, _: module.is_valid(value),
        "check of the module": lambda value, _: not [*module.check(value)],
    }
    fields = schema["$defs"]["Edge"]["properties"]
    for name in fields:
        for value in (*NUMBERS, *TEXTS, *OTHERS):
            text = f'{{"{name}": {value}}}'
            decoded = json.loads(text)
            verdicts = {reader: judge(decoded, text) for reader, judge in readers.items()}
            severities = sorted({one.severity for one in package.check_edge(decoded)})
            print(json.dumps([name, value, verdicts, severities]))


def _accepts(read: Callable[[Any], object], value: object) -> bool:
    from pydantic import ValidationError

    try:
        read(value)
    except ValidationError:
        return False
    return True


if __name__ == "__main__":
    main(*sys.argv[1:])
