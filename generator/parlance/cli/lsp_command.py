"""`parlance lsp`: what the command line finds, in an editor."""

from __future__ import annotations

import click

__all__ = ["lsp"]


@click.command
@click.option(
    "--stdio", is_flag=True, expose_value=False, help="Taken from editors that pass it; there is no other way."
)
def lsp() -> int:
    """Serve an editor: diagnostics as you type, fixes, pages of rules and fields, completion.

    An editor starts it, and speaks the Language Server Protocol at standard input and output; docs/editors.md has the
    settings of VS Code, Neovim and Helix. Which dialect a file is checked against, and what is reported of it, is
    read from the settings above the file, as by parlance lint.

    Exit codes: 0 the editor ended it; 1 the editor left without a word; 2 it cannot be started.
    """
    from .. import __version__
    from ..lsp.server import serve
    from .editor_files import EditorFiles

    return serve(EditorFiles(), __version__)
