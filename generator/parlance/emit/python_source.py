"""Python source to code, by the encoding that Python itself finds in it."""

from __future__ import annotations

import tokenize
from types import CodeType

__all__ = ["compile_python"]


def compile_python(content: bytes, path: str) -> CodeType:
    """The code of a module; raises `SyntaxError` if Python would read its bytes as anything but UTF-8."""
    first_lines = iter(content.splitlines(keepends=True)[:2])
    encoding, _ = tokenize.detect_encoding(first_lines.__next__)
    if encoding != "utf-8":
        message = f"its first lines make Python read it as {encoding}"
        raise SyntaxError(message)
    return compile(content, path, "exec", dont_inherit=True)
