"""`TypedDict`, as Pydantic takes it on every Python.

On Python 3.11 a `TypeAdapter` refuses the one of `typing` and takes the one of `typing_extensions`,
which Pydantic installs. Without Pydantic either will do.

`Array` is what SDKs say of arrays in what they send: to type checkers anything that can be iterated
over, so that dicts of the one type are dicts of the other.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable as Array
else:
    Array = list

if sys.version_info >= (3, 12):
    from typing import TypedDict
else:
    try:
        from typing_extensions import TypedDict
    except ImportError:
        from typing import TypedDict

__all__ = ["Array", "TypedDict"]
