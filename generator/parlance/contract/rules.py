"""The rules of a contract: what a schema cannot say, parsed and ready for any target."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from .expression import Expression, names
from .ir import Evidence, JsonValue

__all__ = [
    "ANY",
    "BESIDE",
    "Assert",
    "Capabilities",
    "CapabilityRow",
    "Check",
    "Edit",
    "Example",
    "FieldPolicy",
    "Keyword",
    "KeywordKinds",
    "Limit",
    "Pairing",
    "Reference",
    "Rule",
    "RuleFix",
    "Same",
    "Selector",
    "Sequence",
    "Server",
    "Unique",
]

ANY = "*"
"""The step of a selector that stands for every item of an array, or every value of an object."""

BESIDE = {"stream": ("before", "stream", "request"), "exchange": ("request", "response", "exchange")}
"""What expressions see besides the document, by the scope of their rule.

Over a piece of a stream: what the pieces before it came to, how far the stream has come, and the request, if that is
known. Over an answer: the request, the answer itself, and what is known of how it came.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """Places in a document: the steps of a JSON Pointer, of which `*` means every one.

    With `subschemas` each place is a JSON Schema, and so is every schema in it, of whichever keyword.
    """

    steps: tuple[str, ...]
    subschemas: bool = False


# The kinds of check. Expressions see `self` (the selected value), `root` (the document), `index` (its place in its
# array, or null), `depth` (of object schemas around it, for subschemas) and `path` (the pointer from the outermost
# schema, for subschemas), and what `let` binds, in order.


@dataclass(frozen=True, slots=True, kw_only=True)
class Assert:
    """`test` is true at every selected place where `when` is."""

    at: tuple[Selector, ...]
    """At least one; a place that two of them select is seen twice."""

    when: Expression | None = None
    let: tuple[tuple[str, Expression], ...] = ()
    test: Expression
    point: tuple[str, ...] = ()
    """Steps from the selected place to the one that is reported."""

    report_key: bool = False
    """Whether the key is what is wrong, rather than the value."""

    report_inside: bool = False
    """Whether the value is a string of JSON, and the place in it where that breaks off is what is wrong."""

    nulls: bool = False
    """Whether a place that holds null is looked at, too; else it counts as absent."""

    explains: bool = False
    """Whether what the schema says against the reported place, and what is below it, only follows from this fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unique:
    """No two of `over`, below one place of `at`, have the same `key`; null keys do not count. The later is reported."""

    at: Selector
    over: Selector
    when: Expression | None = None
    key: Expression
    point: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Same:
    """All of `over`, below one place of `at`, have the same `key`. The first that differs is reported."""

    at: Selector
    over: Selector
    key: Expression
    point: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Where `when` is true, `key` is the `to_key` of some place of `to`, which is selected from the root."""

    at: Selector
    when: Expression | None = None
    key: Expression
    to: Selector
    to_key: Expression
    point: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """Items of an array that open ids, and items directly after them that close each id once.

    Any other item, and the end, comes when all are closed.
    """

    over: Selector
    opens_when: Expression
    opens_ids: Expression
    closes_when: Expression
    closes_id: Expression
    reports: str
    """`unopened` (an id is closed though nothing opened it), `repeated` (closed twice), `displaced` (closed after other
    items) or `unclosed` (never closed): reported at the item that comes too early, or at the one that opened where the
    array ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """The `symbol` of each item of `over` may follow the one before it; a symbol without an entry may follow any."""

    over: Selector
    symbol: Expression
    first: tuple[str, ...] | None = None
    last: tuple[str, ...] | None = None
    following: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The sum of `measure` over all places of `over` below a place of `at` is within bounds."""

    at: tuple[Selector, ...]
    when: Expression | None = None
    over: Selector
    measure: Expression
    minimum: int | None = None
    maximum: int | None = None
    point: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldPolicy:
    """What a model does with one field. A field that is absent is never a fault."""

    field: tuple[str, ...]
    """Steps from the root of the request, `*` among them."""

    code: str
    """The rule that is broken."""

    refused: bool = False
    null: bool = False
    """Whether null is the fault, and nothing else; otherwise null is never one."""

    values: tuple[JsonValue, ...] | None = None
    """The values that are accepted; None for any."""

    minimum: int | float | None = None
    maximum: int | float | None = None
    unless: Expression | None = None
    """Over the request, as `self` and `root`, and `reasoning`, whether the model reasons: where true, anything goes."""

    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CapabilityRow:
    """What is known of the models whose whole name matches a pattern.

    The first row that matches is the model's; those before it that continue count, too.
    """

    pattern: str
    title: str
    continues: bool = False
    """Whether it adds to what the next row says that matches."""

    reasoning: Expression | None = None
    """Over the request, `self`: whether the model reasons; None for a model that never does."""

    policies: tuple[FieldPolicy, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """A code whose cases are the policies of the capability rows that name it."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyword:
    """A keyword of JSON Schema, and what values it has."""

    name: str
    value: str
    """The kind of its values, such as `names`."""

    help: str | None = None
    """What to do about another value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeywordKinds:
    """In every selected schema the value of each of these keywords is of its kind; others may have any value."""

    at: tuple[Selector, ...]
    """At least one, each with `subschemas`."""

    keywords: tuple[Keyword, ...]

    @property
    def by_kind(self) -> dict[str, list[str]]:
        """The names of the keywords by the kind of their values, which is in words joined by `_`."""
        kinds: dict[str, list[str]] = {}
        for keyword in self.keywords:
            kinds.setdefault(keyword.value.replace("-", "_"), []).append(keyword.name)
        return dict(sorted(kinds.items()))


Check = Assert | Unique | Same | Reference | Pairing | Sequence | Limit | KeywordKinds | Capabilities


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One kind of change, made at each selected place. Its expressions see that place as `self`, and its `index`."""

    operation: str
    """`rename` (the key, to `name`), `remove`, `replace` (by `value`), `add` (`name`: `value`, to the object), `append`
    (`value`, to the array) or `insert` (the items of `value`, into the array, directly after the selected one)."""

    at: Selector
    """From the reported place, or from the root if `from_root`."""

    from_root: bool = False
    when: Expression | None = None
    name: str | None = None
    value: Expression | None = None

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """What is evaluated at each selected place."""
        return tuple(each for each in (self.when, self.value) if each is not None)

    @property
    def is_of_document(self) -> bool:
        """Whether the edit is the same, wherever in a document the rule fired."""
        mentioned = {name for each in self.expressions for name in names(each)}
        return self.from_root and mentioned.isdisjoint({"fault", "place"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFix:
    """How a fault is fixed."""

    title: str
    safe: bool
    edits: tuple[Edit, ...]

    @property
    def is_of_document(self) -> bool:
        """Whether the edits are the same, wherever in a document the rule fired."""
        return all(edit.is_of_document for edit in self.edits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """What a real server answers."""

    status: int
    type: str | None = None
    code: str | int | None = None
    param: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A document, and where the rule finds it at fault; nowhere for a good one."""

    document: JsonValue = field(hash=False)
    """Of a rule over a file, the list of its lines; of one over a stream, of what its events carry; of one over an
    exchange, both sides of it."""

    at: tuple[str, ...] = ()
    """Pointers, in the order of the findings."""

    times: int = 1
    """How many times over the lines stand in the file."""

    bytes: int | None = None
    """How long each line is taken to be; None for as long as it is."""

    request: JsonValue = field(default=None, hash=False)
    """What a stream answers; None where that is not known."""

    breaks: frozenset[str] = frozenset()
    """Codes of what else is found in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing that prose states or a server enforces."""

    code: str
    name: str
    kind: str
    """The word that the spec uses."""

    artifact: str
    scope: str
    """`document`, `file` for what holds over all lines of one, `stream` for what holds between pieces, or
    `exchange` for what an answer owes to its request."""

    severity: str
    summary: str
    """One sentence: what is wrong."""

    why: str
    message: str
    help: str | None
    check: Check
    fix: RuleFix | None
    server: tuple[Server, ...]
    since: date | None
    sources: tuple[Evidence, ...]
    confidence: str
    bad: tuple[Example, ...]
    good: tuple[Example, ...]
    is_lowered: bool = False
    """Whether it is an error by its record, and less in this dialect."""

    is_confirmed: bool = True
    """Whether somebody says that this dialect's server obeys it; else it is inherited from another family."""

    evidence: tuple[Evidence, ...] = ()
    """Who says so of this dialect, beside the sources of the rule itself."""
