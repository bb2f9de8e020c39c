"""What it costs to start: one import over bare Python, and one whole check of a small file."""

from __future__ import annotations

import tempfile
from pathlib import Path

from .measure import Cost, medians
from .payloads import valid_payloads
from .places import DIALECT, child, parlance_command, request_schema

__all__ = ["VALIDATORS", "import_costs", "whole_check_costs"]

VALIDATORS = f"import parlance_dialects.{DIALECT.replace('-', '_')}"
_IMPORTS = (
    VALIDATORS,
    "import parlance",
    "import orjson",
    "import jsonschema_rs",
    "import fastjsonschema",
    "import jsonschema",
    "import pydantic",
)
_RUST = """
import json, sys, jsonschema_rs
schema, document = (json.load(open(path, "rb")) for path in sys.argv[1:])
sys.exit(not jsonschema_rs.validator_for(schema).is_valid(document))
"""


def import_costs(repeats: int) -> list[Cost]:
    """Bare Python, then what each import adds to it."""
    bare, *costs = medians({code: child("-c", code) for code in ("pass", *_IMPORTS)}, repeats)
    return [Cost("bare Python", bare.seconds), *(Cost(name, seconds - bare.seconds) for name, seconds in costs)]


def whole_check_costs(repeats: int) -> list[Cost]:
    """A process that checks one small file, from start to exit."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "small.json"
        path.write_bytes(valid_payloads()[0].data)
        file, schema = str(path), str(request_schema())
        actions = {
            "parlance validate": parlance_command("validate", "--dialect", DIALECT, file),
            "a script with jsonschema-rs": child("-c", _RUST, schema, file),
            "python -m jsonschema": child("-W", "ignore", "-m", "jsonschema", "-i", file, schema),
        }
        return medians(dict(actions), repeats)
