"""A template and a view of finished strings to the text of a file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

__all__ = ["render"]


def render(templates: Path, template: str, view: Mapping[str, Any]) -> str:
    """The text that *template*, a path below *templates*, makes of *view*.

    What the view lacks is an error; nothing is escaped, because a view holds finished source text; and text of the view
    is never read as a template.
    """
    return _environment(templates).get_template(template).render(view)


@cache
def _environment(templates: Path) -> Environment:
    return Environment(
        loader=FileSystemLoader(templates),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - the output is source code, not a web page; the view escapes
    )
