"""The dialects that were generated, by name."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from ..finding import did_you_mean

if TYPE_CHECKING:  # a dialect that was generated brings copies of these classes: most runs load no others
    from ..runtime.python.rule import FileRule, Rule
    from ..runtime.python.violation import Artifact, Violation

__all__ = [
    "Dialect",
    "UnknownArtifact",
    "UnknownDialect",
    "dialect_of",
    "every_rule",
    "generated_dialect",
    "generated_package",
    "variants",
]

_PACKAGE = "parlance_dialects"


class UnknownDialect(ValueError):
    """No dialect has this name."""


class UnknownArtifact(ValueError):
    """The dialect has no artifact of this name."""


def _nothing() -> dict[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Dialect:
    """A dialect that documents can be checked against."""

    id: str
    artifacts: Mapping[str, Artifact]
    lints: Mapping[str, Callable[[Any], Iterable[Violation]]] = field(default_factory=_nothing)
    """What finds, in a value of each artifact, all that no schema can say."""

    rules: Mapping[str, Rule] = field(default_factory=_nothing)
    """By code."""

    file_rules: Mapping[str, Sequence[FileRule]] = field(default_factory=_nothing)
    """The rules over all lines of a file, by the artifact that a line is."""

    errors: Mapping[str, Callable[[Any], Iterable[Violation]]] = field(default_factory=_nothing)
    """What finds errors only of what `lints` find; that does it where there is none."""

    gates: Mapping[str, Callable[[Any], bool]] = field(default_factory=_nothing)
    """What tells quickly that `errors` find nothing in a value of sound structure: where it says False."""

    advice: Mapping[str, Callable[[Any], Iterable[Violation]]] = field(default_factory=_nothing)
    """What finds the rest of what `lints` find where `errors` find nothing."""

    note: str | None = None
    """What should be known of every verdict, such as that the spec knows nothing of the day."""

    forms: Mapping[str, tuple[Artifact, ...]] = field(init=False, repr=False, compare=False)
    """By name, an artifact and those that are other forms of it."""

    def __post_init__(self) -> None:
        """List the forms once: they are looked up for every line of a file."""
        forms = {name: [artifact] for name, artifact in self.artifacts.items()}
        for artifact in self.artifacts.values():
            if artifact.variant_of in forms:
                forms[artifact.variant_of].append(artifact)
        object.__setattr__(self, "forms", {name: tuple(listed) for name, listed in forms.items()})

    def artifact(self, name: str) -> Artifact:
        """The artifact of this name."""
        if name in self.artifacts:
            return self.artifacts[name]
        advice = did_you_mean(name, self.artifacts) or f"; it has {', '.join(self.artifacts)}"
        raise UnknownArtifact(f"{self.id} has no artifact {name!r}{advice}")


def variants(dialect: Dialect, artifact: str) -> tuple[Artifact, ...]:
    """The artifact of this name, and those that are other forms of it."""
    return dialect.forms.get(artifact) or (dialect.artifact(artifact),)


def generated_package() -> ModuleType:
    """The package that `parlance generate` writes."""
    if _PACKAGE in sys.modules:  # import_module takes its time to find that out
        return sys.modules[_PACKAGE]
    try:
        return import_module(_PACKAGE)
    except ModuleNotFoundError as error:
        if error.name != _PACKAGE:
            raise
        raise UnknownDialect("no dialect has been generated yet; run `parlance generate`") from None


def generated_dialect(name: str | None = None) -> Dialect:
    """The dialect of this id or alias; the default one for None."""
    return dialect_of(generated_package(), name)


@lru_cache
def dialect_of(package: ModuleType, name: str | None = None) -> Dialect:
    """The same of a package that was generated, under whatever name it was imported."""
    names: dict[str, str] = package.DIALECTS
    wanted: str = package.DEFAULT if name is None else name
    if wanted not in names:
        ids = ", ".join(sorted({_id(one, names) for one in names}))
        advice = did_you_mean(wanted, names) or f"; known are {ids}"
        raise UnknownDialect(f"there is no dialect {wanted!r}{advice}")
    path = f"{package.__name__}.{names[wanted]}"
    artifacts: Mapping[str, Artifact] = import_module(path).ARTIFACTS
    try:
        rules = import_module(f"{path}.rules")
    except ModuleNotFoundError as error:  # only some of the targets may have been generated
        if error.name != f"{path}.rules":
            raise
        return Dialect(_id(wanted, names), artifacts)
    tables = (rules.LINTS, rules.RULES, rules.FILE_RULES, rules.ERRORS)
    # Packages that were generated by an earlier version have none of these two.
    new: tuple[dict[str, Any], dict[str, Any]] = (getattr(rules, "GATES", {}), getattr(rules, "ADVICE", {}))
    return Dialect(_id(wanted, names), artifacts, *tables, *new)


def every_rule() -> dict[str, Rule]:
    """The rules of all dialects that were generated, by code."""
    names: dict[str, str] = generated_package().DIALECTS
    return {code: rule for one in dict.fromkeys(names.values()) for code, rule in _rules(one).items()}


def _rules(module: str) -> Mapping[str, Rule]:
    return generated_dialect(next(name for name, one in generated_package().DIALECTS.items() if one == module)).rules


def _id(name: str, names: Mapping[str, str]) -> str:
    """The id behind an alias: the name from which the module's is made."""
    return next((one for one in names if names[one] == names[name] and one.replace("-", "_") == names[one]), name)
