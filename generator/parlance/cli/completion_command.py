"""`parlance completion`: the script that makes a shell complete commands, options and values."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

__all__ = ["completion"]

_VARIABLE = "_PARLANCE_COMPLETE"
"""Where click looks for what a shell asks."""


@click.command
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print a script that completes commands, options, dialects, codes, artifacts and targets in a shell.

    \b
    Examples:
      eval "$(parlance completion bash)"       # in ~/.bashrc
      eval "$(parlance completion zsh)"        # in ~/.zshrc, after compinit
      parlance completion fish > ~/.config/fish/completions/parlance.fish

    bash must be 4.4 or newer. Exit codes: 0 done; 2 an argument is wrong.
    """  # noqa: D301 click reads the backspace
    shell_completion = get_completion_class(shell)
    if shell_completion is None:
        message = f"click knows no completion for {shell}"
        raise click.UsageError(message)
    root = context.find_root()
    # Not `source()`, which looks for the shell, and may be elsewhere than where the script is used.
    script = shell_completion(root.command, {}, "parlance", _VARIABLE)
    click.echo(script.source_template % script.source_vars())
