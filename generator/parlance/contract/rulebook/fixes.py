"""The fix of a rule, as YAML has it, to its edits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..rules import Edit, RuleFix
from .parsed_rule import Frame, Path, Use
from .rule_kinds import HERE
from .text_reading import TextReader, selector

__all__ = ["fix_of"]

_NAMES = HERE | {"fault", "place"}
"""What the expressions of an edit see: `fault` is the value at the reported place, `place` is its pointer."""

_EXPRESSIONS = ("when", "replace", "append", "insert", "value")
_OPERATIONS = ("rename", "remove", "replace", "add", "append", "insert")


def fix_of(fix: Mapping[str, Any], reported: Frame | None, reader: TextReader) -> tuple[RuleFix, list[Path], list[Use]]:
    """The fix, and what it speaks of; *reported* is the frame of what is reported, None where that is not known."""
    paths: list[Path] = []
    uses: list[Use] = []
    edits: list[Edit] = []
    for edit in fix["edits"]:
        text = edit.get("root", edit.get("at", ""))
        places = selector(text)
        start = Frame(from_root=True) if "root" in edit else reported
        frame = None if start is None else start.below(places)
        if text and frame is not None:
            paths.append(Path(text, frame))
        read = {key: reader.expression(edit[key], _NAMES) for key in _EXPRESSIONS if key in edit}
        if frame is not None:
            uses.extend(Use(edit[key], expression, frame) for key, expression in read.items())
        operation = next(key for key in _OPERATIONS if key in edit)
        edits.append(
            Edit(
                operation=operation,
                at=places,
                from_root="root" in edit,
                when=read.get("when"),
                name=str(edit[operation]) if operation in {"rename", "add"} else None,
                value=read.get("value" if operation == "add" else operation),
            )
        )
    return RuleFix(title=str(fix["title"]), safe=fix["safe"], edits=tuple(edits)), paths, uses
