"""The text of the classes, laid out by datamodel-code-generator (DCG).

It is given a schema of bare objects, `{attribute: {}}` and the list of required attributes, and our template. It gives
the classes: from the schema it takes which attributes there are, in which order, and which are required; annotations
and documentation the template takes from our view.

It was tried to give it the types too (DCG 0.89, the 1,438 fields of the seven dialects as of November 2026, without
descriptions and defaults, `use_annotated`, `field_constraints`, `strict_nullable`). 778 of its annotations equal ours:
names, unions of them, constants, plain texts. The others lose something:

* 332 say `X | None` where a field may be absent and never null; ours say `Omissible[X]`.
* 190 move bounds to the field: `Annotated[float | None, Field(ge=-2.0)]` takes `true` and `"1"`. An open enumeration
  becomes a class around a text.
* 127 take more than JSON Schema does: `int` takes `"3"`, `bool` takes `"yes"`, `Any` takes NaN, `Literal[True]` takes
  `1`.
* 11 spell null or another name on the wire in other words.
* Parts of unions become classes of their own, `StopConfiguration1` among them.

Nor does it take our annotations: `x-python-type` refuses one that calls something, such as
`Annotated[float, Real(minimum=0)]`. And what it gives is text on one line, while ours are laid out as trees: 27 of them
take several lines.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

from ...folders import templates_folder
from .records import RecordView

__all__ = ["classes"]

_MADE: dict[RecordView, str] = {}
"""The classes that were laid out: most of them are the same in several dialects."""


def classes(records: Sequence[RecordView]) -> list[str]:
    """One class for each record, in their order."""
    if new := [record for record in dict.fromkeys(records) if record not in _MADE]:
        _MADE.update(zip(new, _laid_out(new), strict=True))
    return [_MADE[record] for record in records]


def _laid_out(records: Sequence[RecordView]) -> list[str]:
    # Slow to load, and whoever checks or lists needs none of it.
    from datamodel_code_generator.format import PythonVersion
    from datamodel_code_generator.parser.jsonschema import JsonSchemaParser

    # Under names of no meaning, because it alters those that it needs itself.
    known = {f"Record{index}": record for index, record in enumerate(records)}
    # It copies every dictionary in here for every class; what only looks like one it leaves alone.
    views: dict[str, dict[str, Any]] = {"#all#": {"records": MappingProxyType(known)}}
    parser = JsonSchemaParser(
        json.dumps({"$defs": {name: _schema(record) for name, record in known.items()}}),
        custom_class_name_generator=str,
        custom_template_dir=templates_folder() / "python" / "models",
        extra_template_data=defaultdict(dict, views),
        formatters=[],
        skip_root_model=True,
        target_python_version=PythonVersion.PY_311,
    )
    # What it does after that is to import, sort and rename; there is nothing of it left to do.
    parser.parse_raw()
    made = {model.class_name: model.render().strip("\n") for model in parser.results}
    return [made[name] for name in known]


def _schema(record: RecordView) -> dict[str, object]:
    return {
        "type": "object",
        "properties": {attribute: {} for attribute, _ in record.fields},
        "required": [attribute for attribute, field in record.fields if field.required],
    }
