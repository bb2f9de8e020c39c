"""What the functions and constants that belong to definitions are called, and the names of the run time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache

from ...folders import typescript_folder
from .text import RESERVED

__all__ = [
    "DefinitionNames",
    "FreeNames",
    "GateNames",
    "camel_case",
    "constant_case",
    "run_time_names",
    "run_time_types",
    "snake_case",
]

_EXPORT = re.compile(r"^export (?:abstract )?(?:class|const|function|interface|type) (\w+)", re.MULTILINE)
_TYPE = re.compile(r"^export (?:interface|type) (\w+)", re.MULTILINE)
_REEXPORT = re.compile(r"^export \{([^}]*)\}", re.MULTILINE)
_JOINT = re.compile(r"(?<=[a-z0-9])_([a-z])")
_CAPITAL = re.compile(r"(?<=[A-Za-z0-9])[A-Z]")
_WORD_END = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z0-9]+")


@cache
def run_time_names() -> dict[str, str]:
    """The module of the run time that exports each name, such as `./lookup`."""
    folder = typescript_folder()
    homes: dict[str, str] = {}
    for path in sorted(folder.rglob("*.ts")):
        text = path.read_text("utf-8")
        listed = [name.split()[-1] for group in _REEXPORT.findall(text) for name in group.split(",") if name.strip()]
        module = path.relative_to(folder).with_suffix("").as_posix()
        homes |= dict.fromkeys(_EXPORT.findall(text), module)
        for name in listed:
            homes.setdefault(name, module)
    return homes


@cache
def run_time_types() -> frozenset[str]:
    """The names that the run time exports as types: nothing of them is left in JavaScript."""
    texts = (path.read_text("utf-8") for path in typescript_folder().rglob("*.ts"))
    return frozenset(name for text in texts for name in _TYPE.findall(text))


@cache
def camel_case(name: str) -> str:
    """Spell `inner_item` as `innerItem`; no two names in small letters are spelt alike, so `a_b_` keeps its end."""
    return _JOINT.sub(lambda found: found[1].upper(), name)


def snake_case(name: str) -> str:
    """What `camel_case` spells as *name*."""
    return _CAPITAL.sub(lambda found: f"_{found[0].lower()}", name)


def constant_case(name: str) -> str:
    """Spell `ChatCompletionImageURL` as `CHAT_COMPLETION_IMAGE_URL`."""
    return "_".join(filter(None, _WORD_END.split(name))).upper()


class FreeNames:
    """Names, none of which is given twice, is *taken*, or is a word of the language."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = {*taken, *RESERVED}

    def claim(self, word: str, made: Callable[[str], AbstractSet[str]]) -> str:
        """*word*, with as many underscores behind it as make all names free that are *made* of it."""
        while not self._taken.isdisjoint(made(word)):
            word += "_"
        self._taken |= made(word)
        return word


_VERBS = ("is", "accepts", "collect")


class DefinitionNames:
    """Names for what is made of each definition, of which none is another's, the run time's or *taken*."""

    def __init__(self, definitions: Iterable[str], taken: Iterable[str] = ()) -> None:
        free = FreeNames({*run_time_names(), *taken})
        self._constants: dict[str, str] = {}
        self._functions: dict[str, str] = {}
        for name in definitions:
            self._functions[name] = free.claim(name, lambda word: {f"{verb}{word}" for verb in _VERBS})
            self._constants[name] = free.claim(
                constant_case(name), lambda word: {word, f"{word}_FIELDS", f"{word}_FOREIGN"}
            )

        self._accepted: AbstractSet[str] = frozenset()

    def accepting(self, definitions: AbstractSet[str]) -> DefinitionNames:
        """The same, where of some definitions it is only asked whether a value has no error."""
        names = DefinitionNames(())
        names._functions, names._constants, names._accepted = self._functions, self._constants, definitions
        return names

    def predicate(self, name: str) -> str:
        """The function that says whether a value has no fault; of some definitions, whether it has no error."""
        return f"{'accepts' if name in self._accepted else 'is'}{self._functions[name]}"

    def check(self, name: str) -> str:
        """The function that collects the faults of a value."""
        return f"collect{self._functions[name]}"

    def fields(self, name: str) -> str:
        """The constant that lists a record's fields."""
        return f"{self._constants[name]}_FIELDS"

    def foreign(self, name: str) -> str:
        """The constant that says of fields from elsewhere what they are."""
        return f"{self._constants[name]}_FOREIGN"

    def members(self, name: str) -> str:
        """The constant that lists an enumeration's values."""
        return self._constants[name]


@dataclass(frozen=True, slots=True)
class GateNames:
    """Names for what the gate of one artifact asks."""

    rules: Mapping[str, tuple[str, str]]
    """By the code of a rule, the function that applies it, and the constant with its table of keywords."""

    routines: Mapping[str, str]
    """The functions that the gate is made of, each by its own name."""

    models: str
    """The constant that has what is known of models."""

    prefix: str
    """What the constants of its sets of keys begin with."""

    sets: dict[tuple[str, ...], str] = field(default_factory=dict["tuple[str, ...]", str])
    """The constants of sets of keys, which come to be when they are asked for."""

    def check(self, code: str) -> str:
        """The function that applies a rule."""
        return self.rules[code][0]

    def keywords(self, code: str) -> str:
        """The constant that has a rule's table of keywords."""
        return self.rules[code][1]

    def routine(self, name: str) -> str:
        """The function that is a part of the gate."""
        return self.routines[name]

    def keys(self, keys: Sequence[str]) -> str:
        """The constant of a set of keys."""
        return self.sets.setdefault(tuple(sorted(keys)), f"{self.prefix}_{len(self.sets) + 1}")
