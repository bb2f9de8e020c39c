"""The text of the classes, laid out by datamodel-code-generator.

It is fed a schema of bare objects and our template. Which attributes there are, and which of them are required, it
takes from the schema; annotations and documentation the template takes from our view, because its own annotations lose
bounds, confuse null with absence, and name parts `Type1`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

from ...layout import templates_folder
from .records import RecordView

__all__ = ["classes"]


def classes(records: Sequence[RecordView]) -> str:
    """One class for each record, in their order, two blank lines between them."""
    if not records:
        return ""
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
    # Its imports are those of its own templates.
    return str(parser.parse(with_import=False, format_=False)).strip("\n")


def _schema(record: RecordView) -> dict[str, object]:
    return {
        "type": "object",
        "properties": {attribute: {} for attribute in record.fields},
        "required": [attribute for attribute, field in record.fields.items() if field.required],
    }
