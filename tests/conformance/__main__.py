"""`python -m tests.conformance`: run the whole suite by ours and by others, and write `docs/conformance.md`."""

from __future__ import annotations

import sys

from .known import differences
from .peers import OURS
from .scores import scores
from .table import PAGE, page


def main() -> int:
    """Write the page, and say what was not expected."""
    found = list(scores())
    text = page(found)
    PAGE.write_text(text, "utf-8")
    print(text[text.index("## Totals") : text.index("## Required")].rstrip())
    unexpected = differences([failure for score in found for failure in score.failures[OURS]])
    print("", *unexpected, sep="\n")
    return 1 if unexpected else 0


if __name__ == "__main__":
    sys.exit(main())
