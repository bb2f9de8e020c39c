"""Formats of JSON Schema on long texts: four times as long takes about four times the processor's time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from parlance.schema_compiler.compiling import Options, compile_schema
from parlance.schema_compiler.module import Header
from parlance.schemas.building import Permissions
from parlance.schemas.document_library import Library
from parlance.schemas.documents import SchemaDocument
from parlance.schemas.drafts import FORMATS, Draft

from .growth import MOST, TIMES

__all__ = ["LENGTHY", "formats_grown"]

LENGTHY = [
    *(("", "a", ""), ("", "a", "!"), ("", "1.", ""), ("", "a-", ""), ("a@", "a", "!"), ("a@", "a.", "!")),
    *(('"', "\\ ", ""), ("http://", "a:", "^"), ("http://a/", "/a", "^"), ("//", "%41", "^"), ("{", "a,", "!")),
    *(("{a.", "a.", "!"), ("", "/~", ""), ("", "/a", "~"), ("P", "1D", ""), ("::", "1:", ""), ("", "(", "")),
    *(("", "[", ""), ("", "a*", "**"), ("", "\\", ""), ("(?<", "a", ""), ("\\u{", "0", ""), ("", "é.", "")),
    *(("xn--", "a", ""), ("", "\u0628\u200c", "")),
]
"""A start, what is repeated, and an end: texts on which a careless check of a format goes back and forth."""


def formats_grown(folder: Path, count: int) -> Iterator[str]:
    """One line for each format and text that takes too much longer when it is *TIMES* as long."""
    del folder
    options = Options(Draft.DRAFT_2020_12, Permissions(assert_formats=True))
    for name in sorted(FORMATS[Draft.DRAFT_2020_12]):
        schema: dict[str, Any] = {"format": name}
        header = Header("a schema", "make hostile")
        module: dict[str, Any] = {"__name__": "formats"}
        exec(compile_schema(SchemaDocument("", "", schema), Library(), options, header), module)  # noqa: S102 - ours
        for start, middle, end in LENGTHY:
            small = _seconds(module["is_valid"], start + middle * count + end)
            large = _seconds(module["is_valid"], start + middle * count * TIMES + end)
            if large > 1 and large > small * TIMES * MOST:
                yield f"{name}: {small:.2f} s for {count} x {middle!r}, {large:.2f} s for {TIMES} times as many"


def _seconds(is_valid: Callable[[str], bool], text: str) -> float:
    before = time.process_time()
    is_valid(text)
    return time.process_time() - before
