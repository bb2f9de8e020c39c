"""The lowest versions that `pyproject.toml` allows, as constraints for pip."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

__all__ = ["BoundsError", "lowest", "supported"]

_LOWER = (">=", "~=", "==")
"""The operators whose version is itself the lowest that they allow."""

_CLASSIFIER = "Programming Language :: Python :: 3."


class BoundsError(ValueError):
    """A requirement whose lowest version is not known."""


def lowest(*projects: Mapping[str, Any]) -> list[str]:
    """One line for each requirement in tables `project`, extras included: the lowest version that it allows."""
    chosen: dict[tuple[str, str], Requirement] = {}
    for requirement in _requirements(projects):
        name = canonicalize_name(requirement.name)
        known = chosen.setdefault((name, str(requirement.marker or "")), requirement)
        if _lower_bound(known) != _lower_bound(requirement):
            # Only the higher one would ever be installed, and the lower one would be a promise that nobody tries.
            message = f"{name} has two lower bounds: {known} and {requirement}"
            raise BoundsError(message)
    return sorted(
        f"{name}=={_lower_bound(requirement)}" + (f"; {marker}" if marker else "")
        for (name, marker), requirement in chosen.items()
    )


def supported(project: Mapping[str, Any]) -> list[str]:
    """The Pythons in the classifiers of the table `project`, such as `3.12`, lowest first."""
    versions = [name.removeprefix(_CLASSIFIER) for name in project["classifiers"] if name.startswith(_CLASSIFIER)]
    return [f"3.{minor}" for minor in sorted(map(int, versions))]


def _requirements(projects: Sequence[Mapping[str, Any]]) -> Iterator[Requirement]:
    own_names = {canonicalize_name(project["name"]) for project in projects}
    for project in projects:
        for lines in (project.get("dependencies", []), *project.get("optional-dependencies", {}).values()):
            for requirement in map(Requirement, lines):
                # One of ours may ask for another, and an extra for another extra: `parlance[strategies]`.
                if canonicalize_name(requirement.name) not in own_names:
                    yield requirement


def _lower_bound(requirement: Requirement) -> str:
    bounds = [each.version for each in requirement.specifier if each.operator in _LOWER]
    if len(bounds) != 1 or "*" in bounds[0]:
        message = f"{requirement} must have one lower bound, such as {requirement.name}>=1.2"
        raise BoundsError(message)
    return bounds[0]
