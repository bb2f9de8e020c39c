"""The files with rules that dialects of a spec name in their headers."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath

from ..finding import Finding, LocatedList, LocatedMap, SpecError, did_you_mean, fault
from ..finding.shape import is_array
from .reading import read_header

__all__ = ["OWN_RULES", "rule_file_faults", "rule_files_of_overlay", "rules_in_files"]

OWN_RULES = ".rules.yaml"
"""How they end; they stand beside the files of dialects."""


def _rule_files(name: str, header: LocatedMap) -> list[str]:
    """The files with rules that a dialect names, as paths below the folder of the spec."""
    return [posixpath.normpath(posixpath.join(posixpath.dirname(name), each)) for each in header.get("rule-files", ())]


def rule_files_of_overlay(path: Path) -> list[Path]:
    """The files that an overlay names, from its folder; none where it has a fault, which loading it finds."""
    try:
        names = read_header(path).get("rule-files", ())
    except SpecError:
        return []
    return [path.parent / str(name) for name in names] if is_array(names) else []


def rules_in_files(name: str, header: LocatedMap, files: Mapping[str, LocatedList]) -> list[LocatedMap]:
    """The records in the files that the dialect of the file *name* names; several may name one."""
    return [record for each in _rule_files(name, header) for record in files.get(each, ())]


def rule_file_faults(dialects: Mapping[str, LocatedMap], files: Mapping[str, LocatedList]) -> Iterator[Finding]:
    """Files with rules that are not there, or that no dialect names."""
    named: set[str] = set()
    for name, header in dialects.items():
        for index, file in enumerate(_rule_files(name, header)):
            named.add(file)
            if file not in files:
                guess = did_you_mean(PurePath(file).name, [PurePath(each).name for each in files])
                message = f"there is no file {str(header['rule-files'][index])!r}{guess}"
                yield fault("PAR904", header["rule-files"].places[index], message)
    for name, records in files.items():
        if name not in named:
            message = "no dialect has these rules"
            advice = f"name the file in the header of one: rule-files: [{PurePath(name).name}]"
            yield fault("PAR904", records.at, message, advice=advice)
