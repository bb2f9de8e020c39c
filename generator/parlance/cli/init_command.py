"""`parlance init`: the settings of a repository that has generated code, commented, to be edited."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from string import Template
from typing import Any

import click

from ..finding import did_you_mean
from ..finding.shape import is_object
from .settings_file import SETTINGS_FILES
from .terminal import say

__all__ = ["init"]

_TEMPLATE = Template("""\
[${section}]
# What files are checked against by `parlance lint` and `parlance validate`:
# an id, an alias, or a date of the base such as openai@2025-03-01.
${comment_dialect}dialect = ${dialect}

# What `parlance generate` writes: a table for each folder or file.
[[${section}.target]]
${source}
# enums, dicts, params, models, validators, rules, strategies, typescript,
# jsonschema, openapi, markdown or contract; or a folder of own templates:
# templates = "templates"
target = ${target}
# A folder of its own, or one module: a name that ends in .py.
output = ${output}
# How its modules import each other: relative or absolute.
# imports = "relative"
# Fields that no schema names: forbid, ignore or allow.
# extra = "forbid"
# Whether other values than the listed ones are accepted: open or closed.
# enumerations = "closed"
# Only these documents.
# artifacts = ["request", "response", "chunk"]
# Whether what no schema says is checked, too.
# rules = false
""")
_OUTPUT = "chat_wire"


@click.command()
@click.option("--dialect", default="openai", show_default=True, metavar="ID", help="The dialect.")
@click.option("--spec", metavar="FOLDER", help="The folder of a spec in its place, as `parlance spec import` writes.")
@click.option("--overlay", metavar="FILE", help="The file of an own dialect in its place.")
@click.option("--target", default="models", show_default=True, metavar="NAME", help="What is made of it.")
@click.option("--output", metavar="PATH", help="The folder, or one module.  [default: chat_wire in your package]")
def init(dialect: str, spec: str | None, overlay: str | None, target: str, output: str | None) -> int:
    """Write commented settings to pyproject.toml here, or to parlance.toml where there is none.

    They name one target for `parlance generate`; what is there already is never overwritten.

    \b
    Examples:
      parlance init
      parlance init --dialect openai --target typescript --output web/wire
      parlance init --spec acme --output src/app/acme.py

    Exit codes: 0 done; 2 there are settings already, or an argument is wrong.
    """  # noqa: D301 click reads the backspace
    from ..targets.target_names import NEEDS, TOGETHER

    known = [name for name in NEEDS if name not in TOGETHER]
    if target not in known:
        advice = did_you_mean(target, known) or f"; there are {', '.join(known)}"
        message = f"there is no target {target!r}{advice}"
        raise click.UsageError(message)
    if spec and overlay:
        message = "--spec and --overlay cannot be used together"
        raise click.UsageError(message)
    path, before = _settings_file()
    section = ".".join(SETTINGS_FILES[path.name])
    source = f"spec = {_string(spec)}" if spec else f"overlay = {_string(overlay)}" if overlay else None
    text = _TEMPLATE.substitute(
        section=section,
        comment_dialect="# " if source else "",
        dialect=_string(dialect),
        source=source or f"dialect = {_string(dialect)}",
        target=_string(target),
        output=_string(output or _default_output(before)),
    )
    if not section:
        text = text.replace("[]\n", "").replace("[[.target]]", "[[target]]")
    _append(path, before, text)
    say(f"{path}: {'settings added' if before else 'new'}")
    say("run: parlance generate")
    return 0


def _string(text: str) -> str:
    """A text as TOML has it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _settings_file() -> tuple[Path, str]:
    """The file for settings, and what it says; a usage error where settings stand in one."""
    for name, section in SETTINGS_FILES.items():
        path = Path(name)
        if not path.exists():
            continue
        try:
            text = path.read_bytes().decode()
            table: Any = tomllib.loads(text)
        except (OSError, ValueError, RecursionError) as error:
            message = f"{name}: {error}"
            raise click.UsageError(message) from None
        for key in section:
            table = table.get(key) if is_object(table) else None
        if table is not None:
            message = f"{name} has settings of parlance already: they stay as they are"
            raise click.UsageError(message)
        return path, text
    return Path("parlance.toml"), ""


def _default_output(settings: str) -> str:
    """A folder in the package of the project, if that is where most have it."""
    project = tomllib.loads(settings).get("project", {})
    name = str(project.get("name", "")).replace("-", "_") if is_object(project) else ""
    for folder in (f"src/{name}", name):
        if name and Path(folder).is_dir():
            return f"{folder}/{_OUTPUT}"
    return _OUTPUT


def _append(path: Path, before: str, text: str) -> None:
    """Add *text* behind what the file says."""
    from .output_file import OutputFile

    gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
    with OutputFile(str(path)) as file:
        file.write(before + gap + text)
