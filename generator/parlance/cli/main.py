"""The command `parlance`: its subcommands, loaded when they are needed, and its exit codes."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from .printing import say
from .stopping import Stopping

__all__ = ["cli", "main"]

_COMMANDS = {
    "validate": ("validate", "Check payloads against a dialect."),
    "lint": ("lint", "Check payloads, and give advice on them."),
    "rule": ("rule", "Explain a code, or list them all."),
    "sample": ("sample", "Print documents made from the spec, right or wrong."),
    "dialects": ("dialects", "List the dialects, or show one."),
    "generate": ("generate", "Write the bindings of every dialect."),
    "config": ("config", "Show the settings that are in force."),
}
"""Each command's module in this package, where it has the same name, and what `--help` says of it."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"{__package__}.{_COMMANDS[cmd_name][0]}"), cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            from ..finding import did_you_mean

            advice = did_you_mean(args[0], _COMMANDS) or f"; there are {', '.join(_COMMANDS)}"
            raise click.UsageError(f"there is no command {args[0]!r}{advice}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from .. import __version__

        click.echo(f"parlance {__version__}")
        ctx.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_show_version, help="Show the version."
)
def cli() -> None:
    """One spec of the Chat Completions wire format, and everything made from it.

    \b
    Examples:
      parlance validate request.json
      parlance validate --dialect openai@2025-03-01 --as request prompts/
      parlance lint --select PAR3 prompts/
      parlance dialects show openai-2026-11

    Exit codes: 0 clean; 1 findings, drift or a breaking change; 2 everything else.
    """  # noqa: D301 click reads the backspace


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 clean, 1 findings, 2 everything else, 130 interrupted, 143 terminated."""
    _fill_in_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    code = _run(arguments)
    try:
        sys.stdout.flush()
    except OSError as error:
        code = _output_failed(error)
    sys.exit(code)


def _fill_in_streams() -> None:
    """Where standard output or standard error is closed, nobody listens; but no other file may get its number."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 until Python exits


def _run(arguments: Sequence[str] | None) -> int:
    from ..finding import SpecError

    stopping = Stopping()
    try:
        with stopping.watch():
            returned: Any = cli.main(arguments, prog_name="parlance", standalone_mode=False)
    except (KeyboardInterrupt, click.Abort) as error:
        say(str(error) or "interrupted", err=True)
        return 128 + stopping.number
    except click.ClickException as error:
        said = io.StringIO()
        error.show(said)
        say(said.getvalue().rstrip("\n"), err=True)
        return 2
    except SpecError as error:
        say(error, err=True)
        return 2
    except MemoryError:
        say("Error: there is not enough memory for this", err=True)
        return 2
    except SystemExit as stop:  # so click leaves where the reader of a pipe has left
        return 2 if stop.code else 0
    except OSError as error:
        return _output_failed(error)
    except Exception:  # a fault of ours must not look like a finding
        import traceback

        traceback.print_exc()
        return 2
    return returned if isinstance(returned, int) else 0


def _output_failed(error: OSError) -> int:
    """Leave quietly where the reader of a pipe has left, else say why nothing can be written."""
    if not isinstance(error, BrokenPipeError):
        where = f"{error.filename}: " if error.filename else ""
        say(f"Error: {where}{error.strerror or error}", err=True)
    # What is still in the buffer is written when Python exits, and would fail again.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 2
