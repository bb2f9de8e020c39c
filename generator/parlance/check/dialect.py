"""The dialects that were generated, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any, Protocol

from .suggestion import did_you_mean

__all__ = [
    "Artifact",
    "Dialect",
    "UnknownArtifact",
    "UnknownDialect",
    "Violation",
    "generated_dialect",
    "generated_package",
]

_PACKAGE = "parlance_dialects"


class Violation(Protocol):
    """What a generated validator yields."""

    @property
    def code(self) -> str:
        """Such as `PAR101`."""
        ...

    @property
    def severity(self) -> str:
        """`error`, `warning` or `info`."""
        ...

    @property
    def pointer(self) -> str:
        """Where it is, or where what is absent should be."""
        ...

    @property
    def message(self) -> str:
        """What is wrong."""
        ...

    @property
    def known(self) -> Sequence[str | int | float | bool]:
        """Names or values that would have been accepted."""
        ...


class Artifact(Protocol):
    """What a generated module knows about one kind of document."""

    @property
    def name(self) -> str:
        """Such as `request`."""
        ...

    @property
    def check(self) -> Callable[[Any], Iterable[Violation]]:
        """Yields every fault of a value."""
        ...

    @property
    def required(self) -> frozenset[str]:
        """The fields that are always present at the root."""
        ...

    @property
    def fields(self) -> frozenset[str]:
        """The fields that are known at the root."""
        ...

    @property
    def constants(self) -> Mapping[str, tuple[str | int | float | bool, ...]]:
        """The fields at the root that can only have the values given."""
        ...


class UnknownDialect(ValueError):
    """No dialect has this name."""


class UnknownArtifact(ValueError):
    """The dialect has no artifact of this name."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """A dialect that documents can be checked against."""

    id: str
    artifacts: Mapping[str, Artifact]

    def artifact(self, name: str) -> Artifact:
        """The artifact of this name."""
        if name in self.artifacts:
            return self.artifacts[name]
        advice = did_you_mean(name, self.artifacts) or f"it has {', '.join(self.artifacts)}"
        raise UnknownArtifact(f"{self.id} has no artifact {name!r}; {advice}")


def generated_package() -> ModuleType:
    """The package that `parlance generate` writes."""
    try:
        return import_module(_PACKAGE)
    except ModuleNotFoundError as error:
        if error.name != _PACKAGE:
            raise
        raise UnknownDialect("no dialect has been generated yet; run `parlance generate`") from None


def generated_dialect(name: str | None = None) -> Dialect:
    """The dialect of this id or alias; the default one for None."""
    package = generated_package()
    names: dict[str, str] = package.DIALECTS
    wanted: str = package.DEFAULT if name is None else name
    if wanted not in names:
        ids = ", ".join(sorted({_id(one, names) for one in names}))
        advice = did_you_mean(wanted, names) or f"known are {ids}"
        raise UnknownDialect(f"there is no dialect {wanted!r}; {advice}")
    module = import_module(f"{_PACKAGE}.{names[wanted]}")
    return Dialect(_id(wanted, names), module.ARTIFACTS)


def _id(name: str, names: Mapping[str, str]) -> str:
    """The id behind an alias: the name from which the module's is made."""
    return next((one for one in names if names[one] == names[name] and one.replace("-", "_") == names[one]), name)
