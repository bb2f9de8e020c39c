"""What every dialect's validators share: the faults that they report and the words for them.

Nothing but `equality` is imported at run time, so that loading a validator costs next to nothing.
"""

from __future__ import annotations

from .equality import is_multiple, is_unique

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any, Self, TypeAlias, TypeVar

    from typing_extensions import TypeIs

    _Document = TypeVar("_Document")

    Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
    Check: TypeAlias = "Callable[[Any], Iterator[Violation]]"
    Collect: TypeAlias = "Callable[[Any, str, Faults], None]"
    Scalar: TypeAlias = "str | int | float | bool"
    Guard: TypeAlias = Callable[[object], TypeIs[_Document]]
    """Says whether a value is a document of one type without an error."""

__all__ = [
    "Artifact",
    "ArtifactChecks",
    "Doubting",
    "ErrorFound",
    "Faults",
    "FirstError",
    "Violation",
    "artifacts",
    "check_array",
    "check_boolean",
    "check_clamped",
    "check_constant",
    "check_integer",
    "check_map",
    "check_member",
    "check_number",
    "check_resemblance",
    "check_spelt_boolean",
    "check_spelt_integer",
    "check_spelt_number",
    "check_tag",
    "check_text",
    "check_unknown",
    "check_variants",
    "escape",
    "guard",
    "has_error",
    "invalid_key",
    "matches",
    "missing_field",
    "no_variant",
    "note_policy",
    "refused_field",
    "with_severities",
    "wrong_type",
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


def wrong_type(
    value: Json, at: str, found: list[Violation], expected: str, media_type: str | None = None
) -> None:
    """Report a value of the wrong JSON type; *expected* is a phrase such as `a string or null`."""
    code = "PAR104" if value is None else "PAR103"
    text = f"must be {expected}, not {_type_of(value)}"
    found.append(Violation(code, at, text, media_type=media_type))


def missing_field(at: str, found: list[Violation], name: str, *, expected: bool = False) -> None:
    """Report an absent field; *expected* says that its absence is tolerated.

    Beside a required field that is absent, it is no mistake of its own.
    """
    pointer = f"{at}/{escape(name)}"
    if expected:
        if any(each.code == "PAR101" and each.pointer.rpartition("/")[0] == at for each in found):
            return
        text = f"documented field '{name}' is absent"
        found.append(Violation("PAR120", pointer, text, severity="warning"))
    else:
        found.append(Violation("PAR101", pointer, f"required field '{name}' is absent"))


def no_variant(at: str, found: list[Violation], names: str) -> None:
    """Report a value that matches none of several forms."""
    found.append(Violation("PAR118", at, f"must be {names}, and matches none of them"))


def check_variants(
    value: Json,
    at: str,
    found: Faults,
    checks: tuple[Callable[[Json, str, Faults], None], ...],
    names: str,
    *fields: tuple[str, ...],
) -> None:
    """Report a value in which each of several checks finds an error.

    *fields* are those of the records that the checks are about. Where an object plainly means to be
    one of them, the faults are those that keep it from being that one.
    """
    attempts: list[Faults] = []
    for check in checks:
        attempt = Faults.under(found.unknown)()
        check(value, at, attempt)
        attempts.append(attempt)
        if not has_error(attempt):
            break
    else:
        nearest = _nearest(value, at, attempts, fields) if isinstance(value, dict) else None
        if nearest is None:
            no_variant(at, found, names)
            return
        attempts.append(attempts[nearest])
    for fault in attempts[-1]:
        found.append(fault)


def _nearest(
    value: dict[str, Json], at: str, attempts: list[Faults], fields: tuple[tuple[str, ...], ...]
) -> int | None:
    """The one form that knows most fields of an object, lacks fewest and finds fewest wrong.

    None if several do.
    """
    ranks = [
        (sum(name not in known for name in value), *_misfits(at, attempt))
        for known, attempt in zip(fields, attempts, strict=False)
    ]
    best = min(ranks, default=(len(value), 0, 0))
    is_plain = ranks.count(best) == 1 and best[0] < len(value)
    return ranks.index(best) if is_plain else None


def _misfits(at: str, found: Faults) -> tuple[int, int]:
    """How many fields are absent from an object, and how many of those that it has are wrong."""
    errors = [each for each in found if each.severity == "error" and each.code != "PAR102"]
    absent = {
        each.pointer
        for each in errors
        if each.code == "PAR101" and each.pointer.rpartition("/")[0] == at
    }
    others = [each.pointer for each in errors if each.pointer not in absent]
    wrong = {pointer[len(at) + 1 :].partition("/")[0] for pointer in others}
    return len(absent), len(wrong)


def check_text(
    value: Json,
    at: str,
    found: list[Violation],
    *,
    shortest: int = 0,
    longest: int | None = None,
    pattern: str | None = None,
    search: str | None = None,
    expected: str = "a string",
    media_type: str | None = None,
) -> None:
    """Report what keeps a value from being a string within bounds; lengths in code points.

    *pattern* is ECMA-262, and what a fault shows; *search* says the same in Python.
    """
    if not isinstance(value, str):
        wrong_type(value, at, found, expected, media_type)
        return
    length = len(value)
    if length < shortest:
        text = f"must have at least {shortest} characters, has {length}"
        found.append(Violation("PAR109", at, "must not be empty" if shortest == 1 else text))
    if longest is not None and length > longest:
        text = f"must have at most {_count(longest, 'character')}, has {length}"
        found.append(Violation("PAR110", at, text))
    if search is not None and length >= shortest and not matches(search, value):
        found.append(Violation("PAR111", at, f"must match {pattern}"))


def check_integer(
    value: Json,
    at: str,
    found: list[Violation],
    *,
    least: int | None = None,
    most: int | None = None,
    above: int | None = None,
    below: int | None = None,
    step: int | None = None,
    expected: str = "an integer",
) -> None:
    """Report what keeps a value from being an integer within bounds; `1.0` is one."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        wrong_type(value, at, found, expected)
    elif isinstance(value, float) and not value.is_integer():
        found.append(Violation("PAR103", at, f"must be {expected}, not a fraction"))
    else:
        _check_bounds(value, at, found, least, most, above, below, step)


def check_spelt_integer(
    value: Json,
    at: str,
    found: Faults,
    *,
    least: int | None = None,
    most: int | None = None,
    above: int | None = None,
    below: int | None = None,
    step: int | None = None,
    expected: str = "an integer",
) -> None:
    """Report what keeps a value from being an integer within bounds; warn of one that is spelt."""
    if isinstance(value, str) and matches(_INTEGER, value):
        _warn_of_spelling(value, at, found, "an integer")
        if len(value) < _LONG:
            _check_bounds(int(value), at, Doubting(found, _BOUNDS), least, most, above, below, step)
        return
    check_integer(
        value,
        at,
        found,
        least=least,
        most=most,
        above=above,
        below=below,
        step=step,
        expected=expected,
    )


def check_number(
    value: Json,
    at: str,
    found: list[Violation],
    *,
    least: float | None = None,
    most: float | None = None,
    above: float | None = None,
    below: float | None = None,
    step: float | None = None,
    expected: str = "a number",
) -> None:
    """Report what keeps a value from being a finite number within bounds."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        wrong_type(value, at, found, expected)
    elif isinstance(value, float) and value - value != 0:
        found.append(Violation("PAR103", at, f"must be {expected}, not NaN or infinite"))
    else:
        _check_bounds(value, at, found, least, most, above, below, step)


def check_spelt_number(
    value: Json,
    at: str,
    found: Faults,
    *,
    least: float | None = None,
    most: float | None = None,
    above: float | None = None,
    below: float | None = None,
    step: float | None = None,
    expected: str = "a number",
) -> None:
    """Report what keeps a value from being a number within bounds; warn of one that is spelt."""
    if isinstance(value, str) and matches(_NUMBER, value):
        _warn_of_spelling(value, at, found, "a number")
        number = float(value)
        if len(value) < _LONG and number - number == 0:
            exact = int(number) if number.is_integer() and abs(number) < _EXACT else number
            _check_bounds(exact, at, Doubting(found, _BOUNDS), least, most, above, below, step)
        return
    check_number(
        value,
        at,
        found,
        least=least,
        most=most,
        above=above,
        below=below,
        step=step,
        expected=expected,
    )


_BOUNDS = ("PAR106", "PAR107", "PAR108")
_LONG = 16
"""From this many characters on, the bounds of a spelt number are not looked at.

A float may not have all its digits.
"""
_EXACT = 2**53
"""Below, a float that is whole has all its digits."""
_INTEGER = r"^[+-]?[0-9]+\Z"
_NUMBER = r"^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?\Z"
_TRUTHS = frozenset({"true", "True", "TRUE", "false", "False", "FALSE"})


def _warn_of_spelling(value: str, at: str, found: list[Violation], what: str) -> None:
    text = f"{_shown(value)} is text, and is read as {what}"
    found.append(Violation("PAR129", at, text, (), "warning", "write it without quotes"))


def _check_bounds(
    value: float,
    at: str,
    found: list[Violation],
    least: float | None,
    most: float | None,
    above: float | None,
    below: float | None,
    step: float | None,
) -> None:
    if least is not None and value < least:
        found.append(Violation("PAR106", at, f"must be at least {least}, is {_shown(value)}"))
    if above is not None and value <= above:
        found.append(Violation("PAR106", at, f"must be more than {above}, is {_shown(value)}"))
    if most is not None and value > most:
        found.append(Violation("PAR107", at, f"must be at most {most}, is {_shown(value)}"))
    if below is not None and value >= below:
        found.append(Violation("PAR107", at, f"must be less than {below}, is {_shown(value)}"))
    if step is not None and not is_multiple(value, step):
        found.append(Violation("PAR108", at, f"must be a multiple of {step}, is {_shown(value)}"))


def check_boolean(
    value: Json, at: str, found: list[Violation], expected: str = "a boolean"
) -> None:
    """Report a value that is neither `true` nor `false`."""
    if not isinstance(value, bool):
        wrong_type(value, at, found, expected)


def check_spelt_boolean(
    value: Json, at: str, found: list[Violation], expected: str = "a boolean"
) -> None:
    """Report a value that is neither `true` nor `false`; warn of one that is spelt."""
    if isinstance(value, str) and value in _TRUTHS:
        _warn_of_spelling(value, at, found, "a boolean")
    else:
        check_boolean(value, at, found, expected)


def check_member(
    value: Json,
    at: str,
    found: list[Violation],
    members: tuple[str, ...] | tuple[int, ...],
    expected: str,
) -> None:
    """Report a value that is not one of *members*, all strings or all integers."""
    kinds = (str,) if isinstance(members[0], str) else (int, float)
    if isinstance(value, bool) or not isinstance(value, kinds):
        wrong_type(value, at, found, expected)
    elif value not in members:
        text = f"must be {_choice(members)}, not {_shown(value)}"
        found.append(Violation("PAR105", at, text, members))


def check_resemblance(value: str, at: str, found: list[Violation], known: tuple[str, ...]) -> None:
    """Warn of a text of one's own that is spelt almost like one of *known*."""
    if any(_is_misspelt(value, other) for other in known):
        text = f"{_shown(value)} is spelt almost like a known value"
        found.append(Violation("PAR123", at, text, known, "warning"))


def check_constant(
    value: Json, at: str, found: list[Violation], constant: Scalar, expected: str
) -> None:
    """Report a value that is not exactly *constant*."""
    if not isinstance(value, (str, int, float)) or _type_of(value) != _type_of(constant):
        wrong_type(value, at, found, expected)
    elif value != constant:
        text = f"must be {_literal(constant)}, not {_shown(value)}"
        found.append(Violation("PAR105", at, text, (constant,)))


def check_tag(
    value: dict[str, Json], at: str, found: list[Violation], tag: str, members: tuple[str, ...]
) -> None:
    """Report why the field *tag* does not choose one of *members*."""
    if tag in value:
        check_member(value[tag], f"{at}/{escape(tag)}", found, members, "a string")
    else:
        missing_field(at, found, tag)


def check_array(
    items: list[Json],
    at: str,
    found: list[Violation],
    *,
    fewest: int = 0,
    most: int | None = None,
    unique: bool = False,
) -> None:
    """Report what is wrong with the number of items, or two equal ones."""
    count = len(items)
    if count < fewest:
        text = f"must have at least {_count(fewest, 'item')}, has {count}"
        found.append(Violation("PAR112", at, text))
    if most is not None and count > most:
        text = f"must have at most {_count(most, 'item')}, has {count}"
        found.append(Violation("PAR113", at, text))
    if unique and not is_unique(items):
        found.append(Violation("PAR114", at, "must not have two equal items"))


def check_map(
    value: dict[str, Json],
    at: str,
    found: list[Violation],
    *,
    fewest: int = 0,
    most: int | None = None,
) -> None:
    """Report what is wrong with the number of fields."""
    count = len(value)
    if count < fewest:
        text = f"must have at least {_count(fewest, 'field')}, has {count}"
        found.append(Violation("PAR115", at, text))
    if most is not None and count > most:
        text = f"must have at most {_count(most, 'field')}, has {count}"
        found.append(Violation("PAR116", at, text))


def invalid_key(
    at: str,
    found: list[Violation],
    key: str,
    *,
    shortest: int = 0,
    longest: int | None = None,
    pattern: str | None = None,
    search: str | None = None,
) -> None:
    """Report the first rule that the key of a map breaks."""
    faults: list[Violation] = []
    check_text(key, at, faults, shortest=shortest, longest=longest, pattern=pattern, search=search)
    if faults:
        found.append(Violation("PAR117", at, f"key {faults[0].message}", on_key=True))


def refused_field(at: str, found: list[Violation], name: str, dialect: str, evidence: str) -> None:
    """Report a field that the dialect knows, and refuses whatever it holds."""
    text = f"{dialect} refuses '{name}'"
    advice = f"leave it out; {evidence}"
    pointer = f"{at}/{escape(name)}"
    found.append(Violation("PAR124", pointer, text, help=advice, on_key=True))


def note_policy(
    at: str,
    found: list[Violation],
    code: str,
    text: str,
    advice: str,
    *,
    severity: str = "warning",
    on_key: bool = False,
    instead: str | None = None,
) -> None:
    """Report what the dialect does with a field or a value that it knows.

    *instead* is the name that a field has there.
    """
    known = () if instead is None else (instead,)
    found.append(Violation(code, at, text, known, severity, advice, on_key=on_key))


def check_clamped(
    value: Json,
    at: str,
    found: list[Violation],
    advice: str,
    *,
    least: float | None = None,
    most: float | None = None,
) -> None:
    """Warn of a number beyond bounds, which becomes the nearer of them, unless it is refused."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return
    bound = least if least is not None and value < least else None
    if most is not None and value > most:
        bound = most
    if bound is not None and all(each.pointer != at for each in found):  # a fraction is no integer
        text = f"{_shown(value)} becomes {bound}"
        found.append(Violation("PAR126", at, text, (), "warning", advice))


def check_unknown(
    value: dict[str, Json],
    at: str,
    found: list[Violation],
    fields: frozenset[str],
    policy: str,
    refused: frozenset[str] = frozenset(),
    foreign: Mapping[str, tuple[str, str | None]] | None = None,
) -> None:
    """Report the keys that are not among *fields*; *policy* is `refuse`, `ignore` or `keep`.

    Those among *refused* are reported elsewhere, and nothing is taken for one of them misspelt. Of
    fields from elsewhere, *foreign* says what they are and what to do: they are no misspellings.
    A null that is ignored does what an absent field does, and is not reported.
    """
    known = fields
    fields = fields - refused
    for name, item in value.items():
        if name in known:
            continue
        pointer = f"{at}/{escape(name)}"
        is_dropped = policy == "ignore" and item is not None
        if foreign is not None and name in foreign:
            what, advice = foreign[name]
            if policy == "refuse":
                text = f"unknown field '{name}', {what}"
                found.append(Violation("PAR102", pointer, text, help=advice))
            elif is_dropped:
                text = f"field '{name}', {what}, is ignored"
                found.append(Violation("PAR122", pointer, text, (), "warning", advice))
        elif policy == "refuse":
            found.append(Violation("PAR102", pointer, f"unknown field '{name}'", fields))
        elif any(_is_near(name, other) for other in fields if other not in value):
            text = f"unknown field '{name}' resembles a known one"
            found.append(Violation("PAR121", pointer, text, fields, "warning"))
        elif is_dropped:
            text = f"unknown field '{name}' is ignored"
            found.append(Violation("PAR122", pointer, text, fields, "warning"))


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


_VERSION = "0123456789."
"""What distinguishes one version of a thing from the next, in names."""

_searches: dict[str, Callable[[str], object]] = {}


def matches(expression: str, text: str) -> bool:
    """Whether *text* contains a match of a regular expression of Python's."""
    search = _searches.get(expression)
    if search is None:
        import re  # most payloads never need it

        search = _searches[expression] = re.compile(expression).search
    return search(text) is not None


def _is_misspelt(value: str, other: str) -> bool:
    """Whether one edit, or case, is all that two names differ by, and both are of one version."""
    if abs(len(value) - len(other)) > 1:
        return False
    left, right = value.lower(), other.lower()
    if [each for each in left if each in _VERSION] != [each for each in right if each in _VERSION]:
        return False
    while left and right and left[0] == right[0]:
        left, right = left[1:], right[1:]
    while left and right and left[-1] == right[-1]:
        left, right = left[:-1], right[:-1]
    return max(len(left), len(right)) <= 1 or (len(left) == 2 and left == right[::-1])


def _is_near(name: str, other: str) -> bool:
    """Whether one name becomes the other by two edits; fewer where it is short."""
    shorter = min(len(name), len(other))
    allowed = (shorter > 1) + (shorter > 4)
    if abs(len(name) - len(other)) > allowed:
        return False
    if name.lower() == other.lower():
        return True
    row = list(range(len(other) + 1))
    for i, left in enumerate(name, 1):
        diagonal, row[0] = row[0], i
        for j, right in enumerate(other, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (left != right))
    return row[-1] <= allowed


def _type_of(value: Json) -> str:
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, str):
        return "a string"
    if isinstance(value, (int, float)):
        return "a number"
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "an array"
    return "null" if value is None else "no JSON value"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _literal(value: Scalar) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"'{value}'" if isinstance(value, str) else str(value)


def _shown(value: Scalar) -> str:
    """Write a value for a message, cut where it is long."""
    if isinstance(value, int) and value.bit_length() > 128:
        return "a number of over 38 digits"
    text = _literal(value)
    return text if len(text) <= 60 else f"{text[:56]}...'"


_choices: dict[tuple[str, ...] | tuple[int, ...], str] = {}


def _choice(members: tuple[str, ...] | tuple[int, ...]) -> str:
    """List *members*, and remember the phrase."""
    if members not in _choices:
        _choices[members] = _listed(members)
    return _choices[members]


def _listed(members: tuple[str, ...] | tuple[int, ...]) -> str:
    shown = [_literal(member) for member in members[:12]]
    if len(members) > len(shown):
        return f"one of {', '.join(shown)} or {len(members) - len(shown)} more"
    return f"{', '.join(shown[:-1])} or {shown[-1]}" if len(shown) > 1 else shown[0]
