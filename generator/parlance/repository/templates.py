"""A user's folder of templates and a contract to texts: another language, another page, whatever has a form.

Each file whose name ends in `.j2` is a template, in its own place below the output; others are copied as they are. A
name may hold expressions, too, and is made once for each thing that it asks for:

* `{{ definition.name }}.ts.j2` for each definition, which the template then has as `definition`;
* `{{ artifact.name }}.md.j2` for each artifact;
* any other name once.

Templates see `contract`, which is the JSON of the contract with what equals its default, and `definitions`, the same
definitions by name. What is missing is an error. They run in the sandbox of Jinja: they read what they are given, and
nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.exceptions import TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ..contract.ir import Contract
from ..contract.json_form import as_json
from ..spec.reading import shown

__all__ = ["UserTemplateError", "template_files"]

_ENDING = ".j2"
_EACH = {"definition": "definitions", "artifact": "artifacts"}
"""What a name may ask for, and the list of the contract that has it."""

_PARTIAL = "_"
"""What begins with it is for other templates to include, and makes no file."""


class UserTemplateError(ValueError):
    """What is wrong with a template, after its file and line."""


def template_files(folder: Path, contract: Contract) -> dict[str, str]:
    """The texts by their paths below the output. Raises `UserTemplateError`."""
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # the output is whatever the user writes
    )
    plain: Any = as_json(contract, is_whole=True)
    view = {"contract": plain, "definitions": {each["name"]: each for each in plain["definitions"]}}
    made: dict[str, str] = {}
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    if not names:
        message = f"{shown(folder)} has no template"
        raise UserTemplateError(message)
    for name in names:
        if any(part.startswith((_PARTIAL, ".")) for part in name.split("/")):
            continue
        for path, text in _rendered(environment, folder, name, view):
            if path in made:
                message = f"{shown(folder / name)}:1: {path} is made twice"
                raise UserTemplateError(message)
            made[path] = text
    return made


def _rendered(
    environment: ImmutableSandboxedEnvironment, folder: Path, name: str, view: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """The files of one template, by path."""
    try:
        if not name.endswith(_ENDING):
            yield name, (folder / name).read_text("utf-8")
            return
        template = environment.get_template(name)
        for values in _views(name, view):
            path = environment.from_string(name.removesuffix(_ENDING)).render(values)
            yield path, template.render(values)
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, RecursionError, OSError) as error:
        raise UserTemplateError(f"{_place(error, folder, name)}: {error}") from None


def _views(name: str, view: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """What a template sees, once for each thing that its name asks for."""
    for word, key in _EACH.items():
        if re.search(rf"\{{\{{[^}}]*\b{word}\b", name):
            for each in view["contract"][key]:
                yield {**view, word: each}
            return
    yield view


def _place(error: Exception, folder: Path, name: str) -> str:
    """The file and line of a template in which an error came up."""
    if isinstance(error, TemplateSyntaxError):
        return f"{shown(folder / (error.name or name))}:{error.lineno}"
    place, trace = f"{shown(folder / name)}:1", error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if Path(file).is_relative_to(folder):
            place = f"{shown(Path(file))}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
