"""What a validator reports, and the lists that take it.

Nothing is imported at run time, so that loading a validator costs next to nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Self, TypeAlias

    Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
    Scalar: TypeAlias = "str | int | float | bool"

__all__ = [
    "Doubting",
    "ErrorFound",
    "Faults",
    "FirstError",
    "Violation",
    "escape",
    "has_error",
    "with_severities",
]


class Violation:
    """One fault in a value, and where it is."""

    __slots__ = ("_known", "code", "help", "media_type", "message", "on_key", "pointer", "severity")

    def __init__(
        self,
        code: str,
        pointer: str,
        message: str,
        known: tuple[Scalar, ...] | frozenset[str] = (),
        severity: str = "error",
        help: str | None = None,  # noqa: A002, the word that reports use
        *,
        on_key: bool = False,
        media_type: str | None = None,
    ) -> None:
        self.code = code
        """Stable and never reused, such as `PAR101`."""
        self.pointer = pointer
        """JSON Pointer (RFC 6901) to the fault; to where it should be, for an absent field."""
        self.message = message
        """What is wrong, in one sentence without a full stop."""
        self.severity = severity
        """`error`, `warning` or `info`."""
        self.help = help
        """What to do about it, where a rule says so."""
        self.on_key = on_key
        """Whether the key at the pointer is the fault, rather than the value."""
        self.media_type = media_type
        """What text is expected, such as `application/json`, where the value is of another type."""
        self._known = known

    @property
    def known(self) -> tuple[Scalar, ...]:
        """The names or values that would have been accepted, where they can be listed."""
        return self._known if isinstance(self._known, tuple) else tuple(sorted(self._known))

    def __repr__(self) -> str:
        return f"<Violation {self.code} {self.pointer or '(root)'}: {self.message}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Violation) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[str, str, str, str]:
        return (self.code, self.pointer, self.message, self.severity)


class Faults(list[Violation]):
    """The faults that were found, and what becomes of unknown fields meanwhile."""

    __slots__ = ()

    unknown = "refuse"
    """The policy of the dialect on unknown fields: `refuse`, `ignore` or `keep`."""

    @classmethod
    def under(cls, unknown: str) -> type[Self]:
        """The class with another policy, which costs nothing when a list is made."""
        name = f"_{unknown}"
        if name not in cls.__dict__:
            setattr(cls, name, type(cls.__name__, (cls,), {"__slots__": (), "unknown": unknown}))
        made: type[Self] = cls.__dict__[name]
        return made


class Doubting(Faults):
    """Passes faults on to another list; what nothing attests becomes a warning."""

    __slots__ = ("_codes", "_found")

    def __init__(self, found: Faults, codes: tuple[str, ...]) -> None:
        super().__init__()
        self._found = found
        self._codes = codes

    def append(self, violation: Violation, /) -> None:
        """Pass one on."""
        if violation.code in self._codes:
            violation.severity = "warning"
            violation.help = violation.help or _DOUBT
        self._found.append(violation)


_DOUBT = "this is so elsewhere; nothing shows yet that this server refuses it, too"


class ErrorFound(Exception):
    """Ends a check whose only question is whether there is an error."""


class FirstError(Faults):
    """A list for faults that takes none of severity `error`: it raises `ErrorFound` instead."""

    __slots__ = ()

    def append(self, violation: Violation, /) -> None:
        """Pass over what is no error."""
        if violation.severity == "error":
            raise ErrorFound


def has_error(found: Iterable[Violation]) -> bool:
    """Whether one of the faults is of severity `error`."""
    return any(violation.severity == "error" for violation in found)


def with_severities(found: list[Violation], severities: Mapping[str, str]) -> list[Violation]:
    """Give each fault the severity that a dialect assigns to its code, and drop what is `off`."""
    for violation in found:
        violation.severity = severities.get(violation.code, violation.severity)
    return [violation for violation in found if violation.severity != "off"]


def escape(name: str) -> str:
    """Write a name as one token of a JSON Pointer."""
    return str(name).replace("~", "~0").replace("/", "~1")
