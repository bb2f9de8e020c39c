"""What every dialect's rules share: ways to look into a document and to say what is found.

Nothing here fails, whatever the document: what is missing or of a wrong type reads as None.
"""

from __future__ import annotations

from .patterns import look_around, regex_fault
from .values import comparable
from .violation import Violation, escape, matches

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, TypeAlias, TypeGuard

    from .violation import Json

    Case: TypeAlias = tuple[str, dict[str, Json]]
    """A pointer, and the values of what is said there."""

    Cases: TypeAlias = dict[str, list[Case]]
    """By kind of fault."""


__all__ = [
    "Edit",
    "FileRule",
    "Fix",
    "Members",
    "Model",
    "Models",
    "Policy",
    "Rule",
    "at_key",
    "byte_size",
    "check_models",
    "check_sequence",
    "compare",
    "contains",
    "data_of",
    "ends_with",
    "entries",
    "equal",
    "find",
    "follow_pairs",
    "get",
    "has_key",
    "has_type",
    "is_base64",
    "is_in",
    "is_json",
    "is_json_object",
    "items",
    "listed",
    "look_around",
    "matches_pattern",
    "members",
    "mime_type",
    "minus",
    "plus",
    "regex_fault",
    "resolves",
    "select",
    "shown",
    "size",
    "starts_with",
    "string",
    "times",
    "total",
    "type_name",
    "without",
]


class Edit:
    """One change of a document, told by places in it."""

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
        """How it is mended, where that is known."""
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
        advice = None if self.help is None else _filled(self.help, values)
        message = _filled(self.message, values)
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


class Policy:
    """What a model does with one field."""

    __slots__ = (
        "field",
        "maximum",
        "minimum",
        "null",
        "refused",
        "rule",
        "steps",
        "unless",
        "values",
    )

    def __init__(
        self,
        steps: tuple[str, ...],
        rule: Rule,
        *,
        refused: bool = False,
        null: bool = False,
        values: tuple[Json, ...] | None = None,
        minimum: float | None = None,
        maximum: float | None = None,
        unless: Callable[[Json, bool], bool] | None = None,
    ) -> None:
        """Keep what is given."""
        self.steps = steps
        """The steps to the field from the root, `*` for every item."""
        self.field = steps[0]
        """The field of the root that it is, or is in."""
        self.rule = rule
        """What is said of a case."""
        self.refused = refused
        """Whether any value but null is a fault."""
        self.null = null
        """Whether null is the fault, and nothing else."""
        self.values = values
        """The values that are none; None for any."""
        self.minimum = minimum
        """The least number that is none."""
        self.maximum = maximum
        """The largest number that is none."""
        self.unless = unless
        """Of the request, and of whether the model reasons: where it is true, anything goes."""


class Model:
    """What is known of the models whose names a regular expression matches."""

    __slots__ = ("names", "policies", "reasoning", "title")

    def __init__(
        self,
        names: str,
        title: str,
        policies: tuple[Policy, ...],
        reasoning: Callable[[Json], bool] | None = None,
    ) -> None:
        """Keep what is given."""
        self.names = names
        """A regular expression of Python's, of the whole name."""
        self.title = title
        """What people call them."""
        self.policies = policies
        """What they do with fields."""
        self.reasoning = reasoning
        """Of the request: whether such a model reasons."""


class Models:
    """Rows of models, of which the first whose pattern matches counts."""

    __slots__ = ("_known", "_rows")

    def __init__(self, *rows: Model) -> None:
        """Keep what is given."""
        self._rows = rows
        self._known: dict[str, Model | None] = {}

    def row(self, name: str) -> Model | None:
        """What is known of a model; names that come often are looked up once."""
        row = self._known.get(name)
        if row is not None or name in self._known:
            return row
        found = (row for row in self._rows if matches(row.names, name))
        row = next(found, None)
        if len(name) <= 64 and len(self._known) < 1024:  # they come from documents
            self._known[name] = row
        return row


def check_models(models: Models, name: Json, root: Json, found: list[Violation]) -> None:
    """Hold a request against what is known of the model that it names."""
    if not isinstance(name, str) or not isinstance(root, dict):
        return
    model = models.row(name)
    if model is not None:
        for policy in [each for each in model.policies if each.field in root]:
            _check_policy(policy, model, name, root, found)


def _check_policy(
    policy: Policy, model: Model, name: str, root: Json, found: list[Violation]
) -> None:
    faults = [
        (pointer, value)
        for pointer, value in select(root, policy.steps)
        if (policy.null if value is None else policy.refused or _is_beyond(policy, value))
    ]
    if not faults:
        return
    if policy.unless is not None:
        reasons = model.reasoning is not None and model.reasoning(root)
        if policy.unless(root, reasons):
            return
    for pointer, value in faults:
        values: dict[str, Json] = {
            "field": policy.steps[-1],
            "value": value,
            "model": name,
            "title": model.title,
            "values": listed(policy.values or ()),
            "minimum": policy.minimum,
            "maximum": policy.maximum,
        }
        violation = policy.rule.at(pointer, values)
        violation.on_key = policy.refused or policy.null
        found.append(violation)


def _is_beyond(policy: Policy, value: Json) -> bool:
    if policy.values is not None and not any(equal(value, each) for each in policy.values):
        return True
    if policy.minimum is not None and compare("<", value, policy.minimum):
        return True
    return policy.maximum is not None and compare(">", value, policy.maximum)


def follow_pairs(places: Iterable[tuple[str, Json, Json, bool, Json]]) -> Cases:
    """Follow ids that items open and the items directly after them close.

    Each place is its pointer, its index, the ids that it opens, whether it closes one, and which.
    One that closes what is not open is taken to be meant for what is left open: that is one
    fault, not two. Where an id is null, what it should be may be closed. What comes of it is told
    by kind of fault.
    """
    found: Cases = {"repeated": [], "displaced": [], "unopened": []}
    pending: dict[object, Json] = {}
    closed: set[object] = set()
    late: dict[object, Case] = {}
    never: list[Case] = []
    strays = unnamed = 0
    origin: tuple[str, Json] = ("", None)
    for pointer, index, opens, closes, identity in places:
        key = comparable(identity)
        if closes and key in pending:
            del pending[key]
            closed.add(key)
        elif closes:
            state = "repeated" if key in closed else "displaced" if key in late else "unopened"
            if state == "unopened" and unnamed:
                unnamed -= 1
                continue
            opened = late.pop(key)[1]["opened"] if state == "displaced" else origin[1]
            strays += state == "unopened"
            if identity is not None:
                found[state].append((pointer, {"id": identity, "index": index, "opened": opened}))
        else:
            for left in [*pending][strays:]:
                late[left] = (pointer, {"id": pending[left], "index": index, "opened": origin[1]})
            origin, strays = (pointer, index), 0
            closed.clear()
            pending = {comparable(each): each for each in items(opens) if each is not None}
            unnamed = sum(each is None for each in items(opens))
            never += [late.pop(again) for again in pending if again in late]
    end, opener = origin
    never += late.values()
    left_open = [*pending.values()][strays:]
    never += [(end, {"id": each, "index": opener, "opened": opener}) for each in left_open]
    return {**found, "unclosed": never}


def check_sequence(
    rule: Rule,
    places: Iterable[tuple[str, Json]],
    first: tuple[str, ...] | None,
    last: tuple[str, ...] | None,
    following: dict[str, tuple[str, ...]],
    found: list[Violation],
) -> None:
    """Hold the symbols of an array's items against which may follow which."""
    before: Json = None
    pointer, symbol = "", None
    started = False
    for pointer, symbol in places:
        allowed = first
        if started:
            allowed = following.get(before) if isinstance(before, str) else None
        if allowed is not None and symbol not in allowed:
            found.append(rule.at(pointer, {"symbol": symbol, "before": before}))
        before, started = symbol, True
    if started and last is not None and symbol not in last:
        found.append(rule.at(pointer, {"symbol": symbol, "before": None}))


def get(value: Json, key: str) -> Json:
    """The value of a key; None for anything but an object that has it."""
    return value.get(key) if isinstance(value, dict) else None


def has_key(value: Json, key: str) -> bool:
    """Whether an object has a key, null or not."""
    return isinstance(value, dict) and key in value


def at_key(value: Json, key: Json) -> Json:
    """The value at a key of an object or at a place of an array; None where there is none."""
    if isinstance(value, dict):
        return value.get(key) if isinstance(key, str) else None
    if isinstance(value, list) and isinstance(key, int) and not isinstance(key, bool):
        return value[key] if 0 <= key < len(value) else None
    return None


def items(value: Json) -> list[Json]:
    """What a macro goes over: the items of an array, or the keys of an object."""
    if isinstance(value, list):
        return value
    return [*value] if isinstance(value, dict) else []


def entries(value: Json) -> Iterable[tuple[Json, Json]]:
    """Each item with its place, or each value with its key as a token of a pointer."""
    if isinstance(value, list):
        return enumerate(value)
    if isinstance(value, dict):
        return [(escape(key), item) for key, item in value.items()]
    return ()


def select(value: Json, steps: tuple[str, ...]) -> list[tuple[str, Json]]:
    """Each place that *steps* lead to and that is there, with its pointer."""
    places = [("", value)]
    for step in steps:
        if step == "*":
            places = [
                (f"{at}/{token}", item) for at, each in places for token, item in entries(each)
            ]
        else:
            name = escape(step)
            places = [
                (f"{at}/{name}", each[step])
                for at, each in places
                if isinstance(each, dict) and step in each
            ]
    return places


def find(value: Json, pointer: str) -> Json:
    """The value at a pointer; None where there is none."""
    for token in pointer.split("/")[1:]:
        if isinstance(value, list):
            value = value[int(token)] if token.isdecimal() and int(token) < len(value) else None
        else:
            value = get(value, token.replace("~1", "/").replace("~0", "~"))
    return value


def equal(left: Json, right: Json) -> bool:
    """Whether two values are the same JSON: `1` is `1.0`, and `true` is no number."""
    pairs = [(left, right)]
    while pairs:  # not by recursion: they may be nested deeply
        one, other = pairs.pop()
        if isinstance(one, list) and isinstance(other, list):
            if len(one) != len(other):
                return False
            pairs += zip(one, other, strict=True)
        elif isinstance(one, dict) and isinstance(other, dict):
            if one.keys() != other.keys():
                return False
            pairs += [(item, other[key]) for key, item in one.items()]
        elif isinstance(one, bool) or isinstance(other, bool):
            if one is not other:
                return False
        elif one != other:
            return False
    return True


def compare(operator: str, left: Json, right: Json) -> bool:
    """Whether a number, a string or a boolean stands to its like as *operator* says."""
    if isinstance(left, str) and isinstance(right, str):
        order = (left > right) - (left < right)
    elif isinstance(left, bool) and isinstance(right, bool):
        order = left - right
    elif _is_number(left) and _is_number(right):
        order = (left > right) - (left < right)
    else:
        return False
    return {"<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0}[operator]


def _is_number(value: Json) -> TypeGuard[int | float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


class Members:
    """The items of a long array, in which strings are found quickly."""

    __slots__ = ("items", "texts")

    def __init__(self, items: list[Json]) -> None:
        """Keep what is given."""
        self.items = items
        self.texts = frozenset(item for item in items if isinstance(item, str))


def members(value: Json) -> Json | Members:
    """What is looked into again and again: a long array made ready, anything else as it is."""
    return Members(value) if isinstance(value, list) and len(value) > 16 else value


def is_in(value: Json, container: Json | Members) -> bool:
    """Whether an array has an equal item, or an object the key."""
    if isinstance(value, str):
        if isinstance(container, Members):
            return value in container.texts
        return isinstance(container, (list, dict)) and value in container
    if isinstance(container, Members):
        container = container.items
    return isinstance(container, list) and any(equal(value, item) for item in container)


def plus(left: Json, right: Json) -> Json:
    """A sum of numbers, or two strings or arrays in one; None for anything else."""
    if isinstance(left, str) and isinstance(right, str):
        return left + right
    if isinstance(left, list) and isinstance(right, list):
        return [*left, *right]
    if type(left) is int and type(right) is int:
        return left + right
    return _calculated(lambda one, other: one + other, left, right)


def minus(left: Json, right: Json) -> Json:
    """A difference of numbers; None for anything else."""
    return _calculated(lambda one, other: one - other, left, right)


def times(left: Json, right: Json) -> Json:
    """A product of numbers; None for anything else."""
    return _calculated(lambda one, other: one * other, left, right)


def _calculated(operation: Callable[[float, float], float], left: Json, right: Json) -> Json:
    """What comes of two numbers; None where one is too large for the other, a float."""
    if not _is_number(left) or not _is_number(right):
        return None
    try:
        return operation(left, right)
    except OverflowError:
        return None


def total(values: Json) -> float:
    """The sum of the numbers in an array."""
    try:
        return sum(each for each in items(values) if _is_number(each))
    except OverflowError:  # a whole number is too large for the fraction beside it
        return float("inf")


def size(value: Json) -> Json:
    """How many code points, items or entries; None for anything else."""
    return len(value) if isinstance(value, (str, list, dict)) else None


def type_name(value: Json) -> str:
    """The name of a JSON type."""
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, str):
        return "string"
    return "null" if value is None else "list" if isinstance(value, list) else "map"


_LONGEST = 4096
"""How many bits a number has that is still written as text."""


def string(value: Json) -> Json:
    """A number or a boolean as text, a string as it is; None for anything else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    if isinstance(value, int) and value.bit_length() > _LONGEST:
        return None
    if isinstance(value, (int, float)):
        return str(value)
    return value if isinstance(value, str) else None


def starts_with(value: Json, beginning: Json) -> bool:
    """Whether a string begins with another."""
    return isinstance(value, str) and isinstance(beginning, str) and value.startswith(beginning)


def ends_with(value: Json, end: Json) -> bool:
    """Whether a string ends with another."""
    return isinstance(value, str) and isinstance(end, str) and value.endswith(end)


def contains(value: Json, part: Json) -> bool:
    """Whether a string contains another."""
    return isinstance(value, str) and isinstance(part, str) and part in value


def matches_pattern(value: Json, expression: str) -> bool:
    """Whether a string contains a match of a regular expression of Python's."""
    return isinstance(value, str) and matches(expression, value)


def is_json(value: Json) -> bool:
    """Whether a string is JSON text."""
    return _parsed(value) is not None


def is_json_object(value: Json) -> bool:
    """Whether a string is the JSON text of an object."""
    parsed = _parsed(value)
    return parsed is not None and isinstance(parsed[0], dict)


def _parsed(value: Json) -> tuple[Json] | None:
    if not isinstance(value, str):
        return None
    import json

    try:
        return (json.loads(value, parse_constant=_refuse),)
    except (ValueError, RecursionError):
        return None


def _refuse(word: str) -> Json:
    raise ValueError(word)


def is_base64(value: Json) -> bool:
    """Whether a string is base64, padded, of the standard alphabet."""
    whole = isinstance(value, str) and len(value) % 4 == 0
    return whole and matches_pattern(value, r"^[A-Za-z0-9+/]*={0,2}\Z")


def byte_size(value: Json) -> Json:
    """How many bytes a base64 string stands for; None if it is none."""
    if not isinstance(value, str) or not is_base64(value):
        return None
    return len(value) // 4 * 3 - value[-2:].count("=")


def mime_type(value: Json) -> Json:
    """The media type of a data URL in lower case; None for any other string."""
    if not isinstance(value, str) or value[:5].lower() != "data:" or "," not in value:
        return None
    return value[5 : value.index(",")].partition(";")[0].strip().lower()


def data_of(value: Json) -> Json:
    """What a data URL carries after its comma; None for any other string."""
    if not isinstance(value, str) or value[:5].lower() != "data:" or "," not in value:
        return None
    return value[value.index(",") + 1 :]


def has_type(value: Json, types: Json) -> bool:
    """Whether a value is of a type of JSON Schema, or of one in an array of them."""
    kind = _SCHEMA_TYPES.get(type_name(value), "number")
    names = types if isinstance(types, list) else [types]
    if kind == "number" and "integer" in names and isinstance(value, (int, float)):
        return value % 1 == 0 or "number" in names
    return kind in names


_SCHEMA_TYPES = {
    "bool": "boolean",
    "list": "array",
    "map": "object",
    "null": "null",
    "string": "string",
}


def resolves(reference: Json, schema: Json) -> bool:
    """Whether a local reference such as `#/$defs/a` leads somewhere in a schema."""
    if not isinstance(reference, str) or not reference.startswith("#"):
        return False
    value = schema
    for token in reference[1:].split("/")[1:]:
        if isinstance(value, list):
            value = value[int(token)] if token.isdecimal() and int(token) < len(value) else None
        else:
            value = get(value, token.replace("~1", "/").replace("~0", "~"))
        if value is None:
            return False
    return reference == "#" or reference.startswith("#/")


def without(value: Json, keys: Json) -> Json:
    """An object but for some of its keys; None for anything else."""
    if not isinstance(value, dict):
        return None
    return {key: item for key, item in value.items() if not is_in(key, keys)}


def listed(values: Iterable[Json]) -> str:
    """Write values for a message, one after the other; `none` where there are none."""
    return ", ".join(shown(each) for each in values) or "none"


def shown(value: Json) -> str:
    """Write a value for a message, cut where it is long."""
    text = _spelled(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _spelled(value: Json) -> str:
    if isinstance(value, int) and value.bit_length() > 128:
        return "a number of over 38 digits"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "an object"
    text = string(value)
    return text if isinstance(text, str) else "null"


def _filled(template: str, values: dict[str, Json]) -> str:
    """*template* with each `{name}` replaced; never looks into what a value says."""
    parts = template.split("{")
    out = [parts[0]]
    for part in parts[1:]:
        name, brace, rest = part.partition("}")
        out.append(shown(values[name]) + rest if brace and name in values else "{" + part)
    return "".join(out)
