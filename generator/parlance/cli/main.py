"""The command `parlance`: its subcommands, loaded when they are needed, and its exit codes."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import click

from ..stopping import Stopping
from .invocation import settings_options, verbosity_options
from .terminal import error_lines, say

__all__ = ["cli", "main", "run", "silence_output"]

_COMMANDS = {
    "validate": ("validate_command", "Check payloads against a dialect."),
    "lint": ("lint_command", "Check payloads, and report what is deprecated or likely to go wrong."),
    "rule": ("rule_command", "Explain a code, or list them all."),
    "sample": ("sample_command", "Print valid or faulty documents made from the spec."),
    "dialects": ("dialects_command", "List the dialects, or show one."),
    "generate": ("generate_command", "Write the bindings of every dialect."),
    "spec": ("spec_command", "Import a document of OpenAPI or JSON Schema as a spec, or say what changed."),
    "lsp": ("lsp_command", "Serve an editor: what lint finds, as you type."),
    "init": ("init_command", "Write settings for generated code in a repository."),
    "schema": ("schema_command", "Print the JSON Schema of an artifact."),
    "config": ("config", "Show the settings of the working folder."),
    "completion": ("completion_command", "Print a script that makes a shell complete what you type."),
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


def _show_version(ctx: click.Context, _: click.Parameter, requested: bool) -> None:
    if requested and not ctx.resilient_parsing:
        from .. import __version__

        click.echo(f"parlance {__version__}")
        ctx.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["--help", "-h"]})
@click.option(
    "-V", "--version", is_flag=True, expose_value=False, is_eager=True, callback=_show_version, help="Show the version."
)
@verbosity_options
@settings_options
def cli() -> None:
    """Generate from one spec of the Chat Completions wire format, and check payloads.

    \b
    Examples:
      parlance validate request.json
      parlance validate --dialect openai@2025-03-01 --as request prompts/
      parlance lint --select PAR3 prompts/
      parlance dialects show openai-2026-11

    Exit codes: 0 clean; 1 findings or drift; 2 any other problem.
    """  # noqa: D301 click reads the backspace


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit: 0 clean, 1 findings, 2 everything else, 130 interrupted, 143 terminated.

    Signals are as before afterwards; where this is all that the process is for, `parlance.__main__` has it end well.
    """
    stopping = Stopping()
    stopping.begin()
    try:
        code = run(arguments, stopping)
    finally:
        stopping.restore()
    sys.exit(code)


def run(arguments: Sequence[str] | None, stopping: Stopping) -> int:
    """Run the command line; the exit code, which no signal changes any more."""
    try:
        stopping.run()
        code = _completed(arguments, stopping)
        stopping.finish()
    except KeyboardInterrupt as error:
        # Python remembers an interrupt that came up in `exec`, as of a namedtuple, and would end as if nobody had seen
        # it: by SIGINT; the next `exec` makes it forget.
        exec("")  # noqa: S102
        say(str(error) or "interrupted", err=True)
        return stopping.exit_code or 128 + signal.SIGINT
    # An exception of what was to be undone may have taken the place of the interrupt.
    return stopping.exit_code or code


def _completed(arguments: Sequence[str] | None, stopping: Stopping) -> int:
    """The exit code, when all is printed."""
    _fill_in_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    code = _ended(arguments, stopping)
    try:
        sys.stdout.flush()
    except OSError as error:
        code = _output_failed(error)
    return code


def _fill_in_streams() -> None:
    """Where standard output or standard error is closed, nobody listens; but no other file may get its number."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 until Python exits


def _ended(arguments: Sequence[str] | None, stopping: Stopping) -> int:
    from ..extras import missing_extra
    from ..finding import SpecError, as_line

    try:
        returned: Any = cli.main(arguments, prog_name="parlance", standalone_mode=False)
    except click.Abort as error:
        raise KeyboardInterrupt(*error.args) from None
    except click.ClickException as error:
        say(*error_lines(error), err=True)
        return 2
    except SpecError as error:
        say(*map(as_line, error.findings), err=True)
        return 2
    except MemoryError:
        say("error: there is not enough memory for this", err=True)
        return 2
    except SystemExit as stop:  # so click leaves where the reader of a pipe has left
        return 2 if stop.code else 0
    except OSError as error:
        return _output_failed(error)
    except Exception as error:  # a fault of ours must not look like a finding
        if isinstance(error, ImportError) and (need := missing_extra(error)):
            say(f"error: {need}", err=True)
            return 2
        if stopping.received is not None:
            raise KeyboardInterrupt from None
        import traceback

        traceback.print_exc()
        return 2
    return returned if isinstance(returned, int) else 0


def _output_failed(error: OSError) -> int:
    """Leave quietly where the reader of a pipe has left, else say why nothing can be written."""
    if not isinstance(error, BrokenPipeError):
        reason = (error.strerror or str(error)).lower()
        place = error.filename or "standard output"
        say(f"error: {place}{'' if error.filename else ' cannot be written'}: {reason}", err=True)
    silence_output()
    return 2


def silence_output() -> None:
    """Drop what is still in the buffer: Python writes it when it exits, and would fail or wait for a reader again."""
    with suppress(OSError, ValueError):  # of a stream that is none of the system's
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
