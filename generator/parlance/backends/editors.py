"""Words by which a text could give orders to an editor that opens the file it stands in.

Vim reads `vim:` and its like, after a blank, in the first and last lines of a file; Emacs reads `Local Variables:`.
"""

from __future__ import annotations

__all__ = ["ORDER"]

ORDER = r"(?:vi|[Vv]im(?:[<=>]?[0-9]+)?|ex|Variables):"
"""A regular expression; where it matches, the colon is written in another way."""
