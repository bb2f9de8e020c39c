"""What kind of value each keyword of JSON Schema has, held against the schemas in a document."""

# Values of which nothing is known to a type checker are asked for their exact types.
# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false

from __future__ import annotations

from .checks import DEFINITION_KEYWORDS, HOLDERS, LIST_KEYWORDS, MAP_KEYWORDS, SCHEMA_KEYWORDS
from .message import shown
from .pattern_search import matches
from .violation import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any, TypeAlias, TypeGuard

    from .checks import Findings
    from .rule import Rule
    from .violation import Json

    Wrong: TypeAlias = "tuple[str, str, str, tuple[str, ...]]"
    """The pointer from a value to what is wrong in it, what that must be, what it is, and the names
    that it may have meant."""

    Test: TypeAlias = "Callable[[Json], Iterable[Wrong]]"
    Step: TypeAlias = Any
    """What is done about a value: nothing for None, what a constant such as `_NAMES` stands for, or
    a test."""

__all__ = ["Keywords"]

_TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")
_TYPE_NAMES = frozenset(_TYPES)
_JSON_TYPES = (dict, list, str, int, float, bool, type(None))
_NAMES, _SCHEMA, _SCHEMAS = object(), object(), object()
_EMPTY = "an empty one"


class Keywords:
    """The keywords of a language of schemas, each with the kind of its values.

    Any other keyword may have any value.
    """

    __slots__ = ("_advice", "_quick", "_steps", "_tests")

    def __init__(self, advice: dict[str, str], **kinds: tuple[str, ...]) -> None:
        """Keep which keywords have values of each kind, and what to do about a wrong one."""
        self._advice = advice
        pairs = [(name, kind) for kind, names in kinds.items() for name in names]
        self._tests = {name: _TESTS[kind] for name, kind in pairs}
        self._quick = {name: _QUICK.get(kind, {}) for name, kind in pairs}
        self._steps: dict[str, dict[type, Step]] = {}
        """For `schemas`, which makes it: by keyword and type of a value, what is done about it."""

    def check(self, rule: Rule, schema: Json, at: str, found: Findings) -> None:
        """Report each wrong value of a keyword in a schema and in those in it."""
        for each, path, _depth in found.schemas(schema):
            if not self.rejects(each):
                continue
            for keyword, value in each.items():
                test = self._tests.get(keyword)
                if test is not None and (wrong := test(value)):
                    found.note_malformed(rule, at + path, keyword)
                    self._report(rule, f"{at}{path}/", keyword, wrong, found)

    def rejects(self, schema: dict[str, Json]) -> bool:
        """Whether a keyword of a schema, not of those in it, has a wrong value."""
        known = self._quick
        for keyword, value in schema.items():
            kinds = known.get(keyword)
            if kinds is None:
                continue
            is_right = kinds.get(type(value), _is_seldom_right)
            if is_right is not None and not is_right(value) and self._tests[keyword](value):
                return True
        return False

    def schemas(
        self, schema: Json, plain: tuple[str, ...] = ()
    ) -> Iterator[tuple[dict[str, Any], int]]:
        """A schema and every one in it with its depth, in any order, as `schemas_in` gives them.

        Raises `KeyError` or `TypeError` where a keyword has a wrong value, or may have one. What is
        just a type, of those that are *plain*, with or without a description, is left out where it
        is one of several. So it takes a third of the time of `schemas_in` and `rejects`.
        """
        known = self._steps or self._prepared()
        if type(schema) is not dict:
            raise TypeError
        ahead: list[tuple[dict[str, Any], int]] = [(schema, 0)]
        for each, above in ahead:  # which grows meanwhile
            depth = above + ("properties" in each or each.get("type") == "object")
            yield each, depth
            for keyword, value in each.items():
                steps = known.get(keyword)
                if steps is None or (step := steps[type(value)]) is None:
                    continue
                if step is _TYPE_NAMES:
                    if value not in _TYPE_NAMES:
                        raise TypeError
                elif step is _NAMES:
                    "".join(value)  # which takes strings only
                    if len(set(value)) != len(value):
                        raise TypeError
                elif step is _SCHEMA:
                    ahead.append((value, depth))
                elif step is _SCHEMAS:
                    if value == []:
                        raise TypeError
                    start = 0 if keyword in DEFINITION_KEYWORDS else depth
                    for item in value.values() if type(value) is dict else value:
                        if type(item) is dict:
                            if item.get("type") in plain and (
                                len(item) == 1
                                or (len(item) == 2 and type(item.get("description")) is str)
                            ):
                                continue
                            ahead.append((item, start))
                        elif type(item) is not bool:
                            raise TypeError
                elif step(value):  # a test
                    raise TypeError

    def _prepared(self) -> dict[str, dict[type, Step]]:
        """The table for `schemas`; what it has no entry for is no JSON."""
        for keyword in (*self._tests, *HOLDERS):
            test = self._tests.get(keyword)
            steps: dict[type, Step] = dict.fromkeys(_JSON_TYPES, test)
            for kind, is_right in self._quick.get(keyword, {}).items():
                steps[kind] = _STEPS.get(is_right, test)
            if keyword in MAP_KEYWORDS:
                steps[dict] = _SCHEMAS
            elif keyword in SCHEMA_KEYWORDS:
                steps[dict] = _SCHEMA
            elif keyword in LIST_KEYWORDS:
                steps[list] = _SCHEMAS
            self._steps[keyword] = steps
        return self._steps

    def _report(
        self, rule: Rule, at: str, keyword: str, wrong: Iterable[Wrong], found: Findings
    ) -> None:
        for below, expected, actual, known in wrong:
            values: dict[str, Json] = {
                "keyword": keyword + below,
                "expected": expected,
                "actual": actual,
            }
            violation = rule.at(f"{at}{escape(keyword)}{below}", values, known)
            violation.help = self._advice.get(keyword, violation.help)
            if len(known) == 1:
                violation.help = f"did you mean '{known[0]}'?"
            found.append(violation)


def _shape(value: Json) -> str:
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, (int, float)):
        return "a number"
    if isinstance(value, str):
        return "a string"
    if value is None:
        return "null"
    return "an array" if isinstance(value, list) else "an object"


def _wrong(expected: str, value: Json, below: str = "") -> tuple[Wrong]:
    return _wrong_value(expected, _shape(value), below)


def _wrong_value(
    expected: str, actual: str, below: str = "", known: tuple[str, ...] = ()
) -> tuple[Wrong]:
    return ((below, expected, actual, known),)


def _is_number(value: Json) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_schema(value: Json) -> bool:
    return isinstance(value, (dict, bool))


def _string(value: Json) -> Iterable[Wrong]:
    return () if isinstance(value, str) else _wrong("a string", value)


def _boolean(value: Json) -> Iterable[Wrong]:
    return () if isinstance(value, bool) else _wrong("a boolean", value)


def _array(value: Json) -> Iterable[Wrong]:
    return () if isinstance(value, list) else _wrong("an array", value)


def _number(value: Json) -> Iterable[Wrong]:
    return () if _is_number(value) else _wrong("a number", value)


def _positive_number(value: Json) -> Iterable[Wrong]:
    if _is_number(value):
        return () if value > 0 else _wrong_value("a number above 0", shown(value))
    return _wrong("a number above 0", value)


def _count(value: Json) -> Iterable[Wrong]:
    expected = "a whole number from 0 on"
    if _is_number(value):
        return () if value >= 0 and value % 1 == 0 else _wrong_value(expected, shown(value))
    return _wrong(expected, value)


_IDENTIFIER = '^[^#\\x00-\\x20<>"\\\\^`{|}]*#?$'
"""The characters that RFC 3986 leaves out are in no URI; a letter of another script is let pass."""


def _identifier(value: Json) -> Iterable[Wrong]:
    expected = "a URI without a fragment"
    if isinstance(value, str):
        return () if matches(_IDENTIFIER, value) else _wrong_value(expected, f"'{shown(value)}'")
    return _wrong(expected, value)


def _anchor(value: Json) -> Iterable[Wrong]:
    expected = "a name that begins with a letter or '_'"
    if isinstance(value, str):
        is_name = matches("^[A-Za-z_][-A-Za-z0-9._]*$", value)
        return () if is_name else _wrong_value(expected, f"'{shown(value)}'")
    return _wrong(expected, value)


def _type_names(value: Json) -> Iterable[Wrong]:
    if isinstance(value, str):
        return () if value in _TYPES else _unknown_type(value)
    if not isinstance(value, list):
        return _wrong("the name of a type or an array of them", value)
    if not value:
        return _wrong_value("an array of the names of types", _EMPTY)
    for index, item in enumerate(value):
        if not isinstance(item, str):
            return _wrong("the name of a type", item, f"/{index}")
        if item not in _TYPES:
            return _unknown_type(item, f"/{index}")
    return _repeated(value)


def _unknown_type(value: str, below: str = "") -> tuple[Wrong]:
    known = _begun(value) or _TYPES
    return _wrong_value("a type of JSON Schema", f"'{shown(value)}'", below, known)


def _begun(word: str) -> tuple[str, ...]:
    """The type that a word of three letters or more is the beginning of."""
    begun = tuple(name for name in _TYPES if name.startswith(word.lower()))
    return begun if len(begun) == 1 and len(word) > 2 else ()


def _names(value: Json, below: str = "") -> Iterable[Wrong]:
    if not isinstance(value, list):
        return _wrong("an array of names", value, below)
    for index, item in enumerate(value):
        if not isinstance(item, str):
            return _wrong("a name", item, f"{below}/{index}")
    return _repeated(value, below)


def _repeated(names: list[Json], below: str = "") -> Iterable[Wrong]:
    if len(names) == len({name for name in names if isinstance(name, str)}):
        return ()
    twice = next(name for index, name in enumerate(names) if name in names[:index])
    return _wrong_value("an array of different names", f"one with '{shown(twice)}' twice", below)


def _schema(value: Json) -> Iterable[Wrong]:
    return () if _is_schema(value) else _wrong("a schema, which is an object or a boolean", value)


def _schemas(value: Json) -> Iterable[Wrong]:
    if not isinstance(value, list):
        return _wrong("an array of schemas", value)
    if not value:
        return _wrong_value("an array of schemas", _EMPTY)
    return [
        (f"/{index}", "a schema", _shape(item), ())
        for index, item in enumerate(value)
        if not _is_schema(item)
    ]


def _schema_map(value: Json) -> Iterable[Wrong]:
    if not isinstance(value, dict):
        return _wrong("an object of schemas", value)
    return [
        (f"/{escape(key)}", "a schema", _shape(item), ())
        for key, item in value.items()
        if not isinstance(item, (dict, bool))
    ]


def _name_map(value: Json) -> Iterable[Wrong]:
    if not isinstance(value, dict):
        return _wrong("an object of arrays of names", value)
    return [each for key, item in value.items() for each in _names(item, f"/{escape(key)}")]


def _boolean_map(value: Json) -> Iterable[Wrong]:
    if not isinstance(value, dict):
        return _wrong("an object of booleans", value)
    return [
        (f"/{escape(key)}", "a boolean", _shape(item), ())
        for key, item in value.items()
        if not isinstance(item, bool)
    ]


def _dependency_map(value: Json) -> Iterable[Wrong]:
    if not isinstance(value, dict):
        return _wrong("an object of schemas and of arrays of names", value)
    return [
        each
        for key, item in value.items()
        if not _is_schema(item)
        for each in (
            _names(item, f"/{escape(key)}")
            if isinstance(item, list)
            else _wrong("a schema or an array of names", item, f"/{escape(key)}")
        )
    ]


_TESTS: dict[str, Test] = {
    "anchor": _anchor,
    "array": _array,
    "boolean": _boolean,
    "boolean_map": _boolean_map,
    "count": _count,
    "dependency_map": _dependency_map,
    "identifier": _identifier,
    "name_map": _name_map,
    "names": _names,
    "number": _number,
    "positive_number": _positive_number,
    "schema": _schema,
    "schema_map": _schema_map,
    "schemas": _schemas,
    "string": _string,
    "types": _type_names,
}
"""What is wrong in a value that should be of a kind."""


def _is_seldom_right(_value: Json) -> bool:
    return False


def _is_type_name(value: Json) -> bool:
    return value in _TYPES


def _are_schemas(value: Json) -> bool:
    return isinstance(value, dict) and all(map(_is_schema, value.values()))


def _are_names(value: Json) -> bool:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        return False
    return len({*map(str, value)}) == len(value)


_QUICK: dict[str, dict[type, Callable[[Json], bool] | None]] = {
    "array": {list: None},
    "boolean": {bool: None},
    "names": {list: _are_names},
    "number": {int: None, float: None},
    "schema": {dict: None, bool: None},
    "schema_map": {dict: _are_schemas},
    "string": {str: None},
    "types": {str: _is_type_name},
}
"""By the type that most values of a kind have: what shows that one is right, or None if each is."""
_STEPS: dict[Callable[[Json], bool] | None, object] = {
    None: None,
    _are_names: _NAMES,
    _is_type_name: _TYPE_NAMES,
}
"""What `Keywords.schemas` does in place of calling a function."""
