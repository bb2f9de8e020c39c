"""Rules, what they say of a case, and how it is fixed."""

from __future__ import annotations

from .message import filled
from .violation import Violation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .violation import Json

__all__ = ["Edit", "FileRule", "Fix", "Rule"]


class Edit:
    """One change of a document, at places in it."""

    __slots__ = ("name", "operation", "pointer", "value")

    def __init__(
        self, operation: str, pointer: str, name: str | None = None, value: Json = None
    ) -> None:
        """Keep what is given."""
        self.operation = operation
        """`rename`, `remove`, `replace`, `add`, `append` or `insert`."""
        self.pointer = pointer
        """The place that is changed; for `add` and `append` the object or array that gains, for
        `insert` the item after which there will be others."""
        self.name = name
        """The new key, of `rename` and `add`."""
        self.value = value
        """The new value, of `replace`, `add` and `append`; a list of new items, of `insert`."""

    def __repr__(self) -> str:
        """Show the change as a call."""
        return f"Edit({self.operation!r}, {self.pointer!r}, {self.name!r}, {self.value!r})"


class Fix:
    """How the faults of a rule are fixed."""

    __slots__ = ("edits", "of_document", "safe", "title")

    def __init__(
        self,
        title: str,
        edits: Callable[[Any, str], list[Edit]],
        *,
        safe: bool,
        of_document: bool = False,
    ) -> None:
        """Keep what is given."""
        self.title = title
        """What it does, as a command."""
        self.edits = edits
        """Takes the document and the pointer of a violation."""
        self.safe = safe
        """Whether the meaning of the document is certain to stay the same."""
        self.of_document = of_document
        """Whether the edits are the same, wherever in a document the rule fired."""


class Rule:
    """One thing that a schema cannot say."""

    __slots__ = (
        "code",
        "explains",
        "fix",
        "help",
        "inside",
        "message",
        "name",
        "on_key",
        "severity",
        "summary",
        "why",
    )

    def __init__(
        self,
        code: str,
        name: str,
        severity: str,
        summary: str,
        why: str,
        message: str,
        help: str | None = None,  # noqa: A002, the word that reports use
        fix: Fix | None = None,
        *,
        on_key: bool = False,
        inside: bool = False,
        explains: bool = False,
    ) -> None:
        """Keep what is given."""
        self.code = code
        """Stable and never reused, such as `PAR301`."""
        self.name = name
        """The fault in lower-case words joined by hyphens."""
        self.severity = severity
        """`error`, `warning` or `info`."""
        self.summary = summary
        """What is wrong, in one sentence."""
        self.why = why
        """What comes of it."""
        self.message = message
        """What is said of one case, with placeholders in braces."""
        self.help = help
        """What to do about it, likewise."""
        self.fix = fix
        """How it is fixed, where that is known."""
        self.on_key = on_key
        """Whether the key at a place is the fault, rather than the value."""
        self.inside = inside
        """Whether the value is a string of JSON, and the fault is where that breaks off."""
        self.explains = explains
        """Whether structural faults at the place and below it only follow from this one."""

    def at(
        self, pointer: str, values: dict[str, Json], known: tuple[str, ...] = ()
    ) -> Violation:
        """The violation at *pointer*; *values* fill the placeholders, *known* is what was meant."""
        advice = None if self.help is None else filled(self.help, values)
        message = filled(self.message, values)
        return Violation(
            self.code, pointer, message, known, self.severity, advice, on_key=self.on_key
        )


class FileRule:
    """A rule that holds over all lines of a file."""

    __slots__ = ("kind", "maximum", "measure", "minimum", "point", "rule")

    def __init__(
        self,
        kind: str,
        rule: Rule,
        measure: Callable[[Any, int], Any],
        point: str,
        minimum: int | None = None,
        maximum: int | None = None,
    ) -> None:
        """Keep what is given."""
        self.kind = kind
        """`unique`, `same` or `limit`."""
        self.rule = rule
        """What is said of a case."""
        self.measure = measure
        """Of a line and its length in bytes: the key to compare, or the number to add up."""
        self.point = point
        """The pointer in the line at which a case is reported."""
        self.minimum = minimum
        """The least that a limit's sum may be."""
        self.maximum = maximum
        """The most that a limit's sum may be."""
