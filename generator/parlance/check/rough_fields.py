"""A broken text to its outermost fields, as far as they can be made out: enough to see what it was meant to be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

__all__ = ["rough_fields"]

_MOST = 1 << 20
"""How many characters are looked at; the outermost fields of a payload begin long before."""

_TOKEN = re.compile(
    r"""
    (?P<comment> //[^\n]*+ | /\*(?:[^*]|\*(?!/))*+(?:\*/)?+ )
    | (?P<bracket> [{}\[\]] )
    | (?: (?P<quote>["'])(?P<quoted> (?:(?!(?P=quote))[^\\\n]|\\.)*+ )(?P=quote)?+ | (?P<bare>[A-Za-z_$][\w$]*+) )
      (?P<colon> \s*+ : (?: \s*+ (?P<mark>["'])(?P<value>[^"'\\\n]*+)(?P=mark) )? )?
    """,
    re.VERBOSE,
)
"""A quote or a comment without an end takes all that is left, so that no text is looked at twice."""

_YAML_FIELD = re.compile(
    r"""^(?P<quote>["']?)(?P<name>[A-Za-z_][\w-]*+)(?P=quote)[ \t]*+:(?=\s)(?:[ \t]++["']?(?P<value>[\w.-]++))?""",
    re.MULTILINE,
)


@lru_cache(maxsize=1)  # several ask about the same text, one after the other
def rough_fields(text: str) -> Mapping[str, object]:
    """The outermost fields, each with its value where that is a plain string."""
    start = text[:_MOST].lstrip("\ufeff \t\r\n")
    is_json = start.startswith(("{", "//", "/*"))
    # An object may also stand between other things, such as the fence of a code block.
    return dict((() if is_json else _yaml_fields(start)) or _json_fields(start))


def _json_fields(text: str) -> Iterator[tuple[str, object]]:
    """The fields of an object in whatever is like JSON: with comments, other quotes, or none."""
    depth = 0
    for token in _TOKEN.finditer(text):
        if token["bracket"]:
            depth += 1 if token["bracket"] in "{[" else -1
        elif depth == 1 and token["colon"]:
            yield token["quoted"] or token["bare"] or "", token["value"]


def _yaml_fields(text: str) -> list[tuple[str, object]]:
    return [(field["name"], field["value"]) for field in _YAML_FIELD.finditer(text)]
