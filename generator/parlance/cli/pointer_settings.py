"""Where payloads lie in files, as options and settings say it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from .gitignore import last_match

if TYPE_CHECKING:
    from .settings import Settings

__all__ = ["check_pointers", "check_rows", "payload_pointers", "pointer_problem"]


def payload_pointers(settings: Settings, file: str) -> tuple[str, ...]:
    """The pointer for a file by its name: of several patterns that match, the last counts."""
    if not settings.per_file_payloads:
        return ()
    pattern = last_match(settings.per_file_payloads, os.path.relpath(file, settings.folder))
    return () if pattern is None else (settings.per_file_payloads[pattern],)


def check_pointers(settings: Settings) -> None:
    """Refuse what is no pointer, whether a file has its pattern or not."""
    for pattern, pointer in settings.per_file_payloads.items():
        if problem := pointer_problem(pointer):
            message = f"{settings.origin('per-file-payloads', pattern)}: {problem}"
            raise click.UsageError(message)


def check_rows(settings: Settings) -> None:
    """Refuse rows of containers that are none, whether a file needs them or not. Raises `SpecError`."""
    if settings.containers:
        from ..payloads.container_rows import containers  # most runs have none of their own

        containers(*settings.containers)


def pointer_problem(pointer: str) -> str | None:
    """Why a text is no pointer; None if it is one."""
    if pointer and not pointer.startswith("/"):
        return f"{pointer!r} is no JSON Pointer; write /{pointer.replace('.', '/')}"
    return None
