"""`TypedDict`, as Pydantic takes it on every Python.

On Python 3.11 a `TypeAdapter` refuses the one of `typing` and takes the one of `typing_extensions`,
which Pydantic installs. Without Pydantic either will do.
"""

from __future__ import annotations

import sys

if sys.version_info >= (3, 12):
    from typing import TypedDict
else:
    try:
        from typing_extensions import TypedDict
    except ImportError:
        from typing import TypedDict

__all__ = ["TypedDict"]
