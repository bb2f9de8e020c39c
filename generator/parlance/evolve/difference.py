"""Two contracts as JSON to sentences that say what the newer one gains, loses and changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from .type_words import facets, in_words, value_in_words

__all__ = ["differences"]

_MISSING = object()


def differences(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    """What became of the contract *old*, a sentence each, in the order of the spec."""
    yield from _changes(new.get("dialect", "the dialect"), old, new, leave_out=(*_NAMED, "kind"))
    for part, (prefix, key, compare) in _NAMED.items():
        yield from _named(prefix, _by(old.get(part, []), key), _by(new.get(part, []), key), compare)


def _named(prefix: str, before: dict[str, Any], after: dict[str, Any], compare: Any) -> Iterator[str]:
    for name in (name for name in before if name not in after):
        yield f"{prefix}{name} is gone"
    for name, entry in after.items():
        if name not in before:
            yield f"{prefix}{name} is new"
        elif entry != before[name]:
            yield from compare(f"{prefix}{name}", before[name], entry)


def _artifact(name: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    yield from _changes(name, old, new)


def _row(name: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    """What models take less or more of."""
    before, after = ({(one["field"], one["code"]): one for one in row["policies"]} for row in (old, new))
    for key in dict.fromkeys([*before, *after]):
        if before.get(key) != after.get(key):
            fate = "no policy any more" if key not in after else "another policy" if key in before else "a policy"
            yield f"{name}: {fate} for {key[0]}"
    yield from _changes(name, old, new, leave_out=("policies",))


def _definition(name: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    if old["kind"] != new["kind"]:
        yield f"{name}: {old['kind'].lower()} becomes {new['kind'].lower()}"
        return
    if new["kind"] == "Enumeration":
        yield from _gains(name, old, new, "members", "value")
        yield from _type(name, old["base"], new["base"])
    elif new["kind"] == "Record":
        yield from _gains(name, old, new, "fields", "name")
        yield from _optional_type(f"{name}, other fields", old.get("extra"), new.get("extra"))
    else:
        yield from _type(name, old["type"], new["type"])
    yield from _changes(name, old, new, leave_out=("fields", "members", "base", "type", "extra"))


def _gains(name: str, old: dict[str, Any], new: dict[str, Any], part: str, key: str) -> Iterator[str]:
    """Fields or members that come and go, then what became of those that stay."""
    before, after = _by(old[part], key), _by(new[part], key)
    for entry in before:
        if entry not in after:
            yield f"{name} loses {_label(entry, key)}"
    for entry in after:
        if entry not in before:
            yield f"{name} gains {_label(entry, key)}"
    for entry, thing in after.items():
        if entry in before and thing != before[entry]:
            at = f"{name}.{entry}" if key == "name" else f"{name} {_label(entry, key)}"
            if _refused(thing) != _refused(before[entry]):
                yield f"{at} is {'refused' if _refused(thing) else 'no longer refused'}"
                continue
            if "type" in thing:
                yield from _type(at, before[entry]["type"], thing["type"])
            yield from _changes(at, before[entry], thing, leave_out=("type",))
    if [*before] != [*after] and before.keys() == after.keys():
        yield f"{name}: the {part} are in another order"


def _refused(thing: dict[str, Any]) -> bool:
    """Whether it is a field whose policy is that no document may have it."""
    return bool(thing.get("policy", {}).get("kind") == "Refused")


def _label(entry: object, key: str) -> str:
    return str(entry) if key == "name" else value_in_words(entry)


def _optional_type(at: str, old: dict[str, Any] | None, new: dict[str, Any] | None) -> Iterator[str]:
    anything = {"kind": "Anything"}
    yield from _type(at, old or anything, new or anything)


def _type(at: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    if old == new:
        return
    old_options, new_options = _options(old), _options(new)
    null = {"kind": "Null"}
    if (null in old_options) != (null in new_options):
        yield f"{at} {'accepts null' if null in new_options else 'no longer accepts null'}"
        old_options, new_options = ([each for each in side if each != null] for side in (old_options, new_options))
    if len(old_options) == len(new_options) and all(map(_alike, old_options, new_options)):
        for before, after in zip(old_options, new_options, strict=True):
            yield from _inside(at, before, after)
    else:
        yield f"{at}: {_words_of(old_options)} becomes {_words_of(new_options)}"


def _options(kind: dict[str, Any]) -> list[dict[str, Any]]:
    return list(kind["options"]) if kind["kind"] == "Union" else [kind]


def _words_of(options: list[dict[str, Any]]) -> str:
    return " or ".join(map(in_words, options))


def _alike(old: dict[str, Any], new: dict[str, Any]) -> bool:
    same_name = old.get("name") == new.get("name") and old.get("tag") == new.get("tag")
    return old == new or (old["kind"] == new["kind"] != "Constant" and same_name)


def _inside(at: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    yield from _changes(at, facets(old), facets(new))
    for part, words in (("items", "each item"), ("values", "each value"), ("keys", "each key")):
        if part in old or part in new:
            yield from _optional_type(f"{at}, {words}", old.get(part), new.get(part))
    if new["kind"] == "Tagged":
        before, after = dict(old["options"]), dict(new["options"])
        for tag in (tag for tag in before if tag not in after):
            yield f"{at} loses {new['tag']} {value_in_words(tag)}"
        for tag, record in after.items():
            if tag not in before:
                yield f"{at} gains {new['tag']} {value_in_words(tag)}"
            elif record != before[tag]:
                yield f"{at}, {new['tag']} {value_in_words(tag)}: {before[tag]} becomes {record}"


def _changes(at: str, old: dict[str, Any], new: dict[str, Any], leave_out: tuple[str, ...] = ()) -> Iterator[str]:
    """Plain attributes that come, go or change."""
    for name in dict.fromkeys([*old, *new]):
        before, after = old.get(name, _MISSING), new.get(name, _MISSING)
        if name in leave_out or (before == after and type(before) is type(after)):
            continue
        if name == "history":
            yield from _history(at, before, after)
        elif name == "description":
            yield f"{at} is described in other words"
        elif name in ("has_default", "kind"):
            continue
        elif name == "open":
            yield f"{at} becomes {'open' if after is True else 'closed'}"
        else:
            yield _change(at, name.replace("_", " "), before, after)


def _change(at: str, name: str, before: object, after: object) -> str:
    if isinstance(before, list | dict) or isinstance(after, list | dict):
        return f"{at}: other {name}"
    if before is _MISSING:
        return f"{at}: {name} becomes {_plain(after)}"
    if after is _MISSING:
        return f"{at}: no {name} any more, it was {_plain(before)}"
    return f"{at}: {name} {_plain(before)} becomes {_plain(after)}"


def _plain(value: object) -> str:
    return value if isinstance(value, str) and value else value_in_words(value)


def _history(at: str, before: Any, after: Any) -> Iterator[str]:
    old: dict[str, Any] = {} if before is _MISSING else before
    new: dict[str, Any] = {} if after is _MISSING else after
    was, now = old.get("deprecation"), new.get("deprecation")
    if now and now != was:
        since = f" since {now['since']}" if "since" in now else ""
        instead = f": use {' or '.join(now['replaced_by'])}" if now.get("replaced_by") else ""
        yield f"{at} is deprecated{since}{instead}"
    elif was and not now:
        yield f"{at} is no longer deprecated"
    yield from _changes(at, old, new, leave_out=("deprecation", "kind"))


def _by(entries: list[dict[str, Any]], key: str) -> dict[Any, dict[str, Any]]:
    return {entry[key]: entry for entry in entries}


_NAMED: dict[str, tuple[str, str, Callable[[str, dict[str, Any], dict[str, Any]], Iterator[str]]]] = {
    "artifacts": ("artifact ", "name", _artifact),
    "definitions": ("", "name", _definition),
    "rules": ("rule ", "code", _artifact),
    "capabilities": ("models ", "models", _row),
}
"""The parts that have names: what stands before a name, where it stands, and what says how two of a name differ."""
