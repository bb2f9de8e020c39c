"""A document that a dialect knows: its two checks, and what to recognise it by."""

from __future__ import annotations

from .violation import ErrorFound, Faults, FirstError, has_error, with_severities

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, TypeAlias, TypeVar

    from typing_extensions import TypeIs

    from .violation import Scalar, Violation

    _Document = TypeVar("_Document")

    Check: TypeAlias = Callable[[Any], Iterator[Violation]]
    Collect: TypeAlias = Callable[[Any, str, Faults], None]
    Guard: TypeAlias = Callable[[object], TypeIs[_Document]]
    """Says whether a value is a document of one type without an error."""

__all__ = ["Artifact", "ArtifactChecks", "artifacts", "guard"]


class Artifact:
    """A document that a dialect knows, with its two checks and what to recognise it by."""

    __slots__ = (
        "byte_order_mark",
        "check",
        "constants",
        "dump_order",
        "embeds",
        "fields",
        "has_no_fault",
        "is_line",
        "is_valid",
        "name",
        "required",
        "variant_of",
    )

    def __init__(
        self,
        name: str,
        check: Check,
        is_valid: Callable[[Any], bool],
        required: frozenset[str],
        fields: frozenset[str],
        constants: dict[str, tuple[Scalar, ...]],
        embeds: tuple[tuple[str, str], ...] = (),
        *,
        is_line: bool = False,
        variant_of: str | None = None,
        dump_order: tuple[str, ...] = (),
        byte_order_mark: bool = False,
        has_no_fault: Callable[[Any], bool] | None = None,
    ) -> None:
        self.name = name
        """Such as `request`."""
        self.check = check
        """Yields every fault of a decoded JSON value."""
        self.is_valid = is_valid
        """Whether a decoded JSON value has no fault of severity `error`."""
        self.required = required
        """The fields that are always present at the root."""
        self.fields = fields
        """The fields that are known at the root."""
        self.constants = constants
        """The fields at the root that can only have the values given."""
        self.embeds = embeds
        """Pointers to places inside it, each with the name of the artifact that stands there."""
        self.is_line = is_line
        """Whether files hold it line by line."""
        self.variant_of = variant_of
        """The name of the artifact that it is another form of."""
        self.dump_order = dump_order
        """The first fields of one that an SDK wrote again, with null for what did not come."""
        self.byte_order_mark = byte_order_mark
        """Whether the server reads a text that begins with a byte order mark."""
        self.has_no_fault = has_no_fault
        """Says quickly whether a value has no fault of any severity; True only if so."""


class ArtifactChecks:
    """How an artifact is checked, whatever a dialect does with fields that it does not know."""

    __slots__ = (
        "byte_order_mark",
        "collect",
        "constants",
        "dump_order",
        "embeds",
        "fields",
        "has_no_fault",
        "is_line",
        "name",
        "required",
        "variant_of",
    )

    def __init__(
        self,
        name: str,
        has_no_fault: Callable[[Any], bool],
        collect: Collect,
        required: frozenset[str],
        fields: frozenset[str],
        constants: dict[str, tuple[Scalar, ...]],
        embeds: tuple[tuple[str, str], ...] = (),
        *,
        is_line: bool = False,
        variant_of: str | None = None,
        dump_order: tuple[str, ...] = (),
        byte_order_mark: bool = False,
    ) -> None:
        self.name = name
        self.has_no_fault = has_no_fault
        """Says quickly whether a value has no fault of any severity."""
        self.collect = collect
        """Collects the faults of a value, which stands at a pointer."""
        self.required = required
        self.fields = fields
        self.constants = constants
        self.embeds = embeds
        self.is_line = is_line
        self.variant_of = variant_of
        self.dump_order = dump_order
        self.byte_order_mark = byte_order_mark


def artifacts(
    unknown: str, *known: ArtifactChecks, severities: dict[str, str] | None = None
) -> dict[str, Artifact]:
    """The artifacts of a dialect by name; *unknown* is its policy on unknown fields."""
    faults, first_error = Faults.under(unknown), FirstError.under(unknown)
    return {each.name: _artifact(each, faults, first_error, severities) for each in known}


def guard(artifact: Artifact) -> Guard[Any]:
    """The function that says whether a value is without an error, for type checkers, too."""
    is_valid: Any = artifact.is_valid
    return is_valid  # type: ignore[no-any-return]


def _artifact(
    checks: ArtifactChecks,
    faults: type[Faults],
    first_error: type[FirstError],
    severities: dict[str, str] | None,
) -> Artifact:
    has_no_fault, collect = checks.has_no_fault, checks.collect

    def check(value: Any) -> Iterator[Violation]:
        found = faults()
        collect(value, "", found)
        return iter(found if severities is None else with_severities(found, severities))

    def is_valid(value: Any) -> bool:
        if has_no_fault(value):
            return True
        if severities is not None:
            return not has_error(check(value))
        try:
            collect(value, "", first_error())
        except ErrorFound:
            return False
        return True

    return Artifact(
        checks.name,
        check,
        is_valid,
        checks.required,
        checks.fields,
        checks.constants,
        checks.embeds,
        is_line=checks.is_line,
        variant_of=checks.variant_of,
        dump_order=checks.dump_order,
        byte_order_mark=checks.byte_order_mark,
        has_no_fault=has_no_fault,
    )
