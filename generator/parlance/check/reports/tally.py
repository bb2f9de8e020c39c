"""What a run came to, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any, NamedTuple

from ...finding import Severity
from ..selection import Withheld

if TYPE_CHECKING:
    from ...finding import Finding

__all__ = [
    "NO_PAYLOAD",
    "OTHER_TRAFFIC",
    "UNDETERMINED",
    "Contents",
    "Outcome",
    "Problem",
    "RunMessage",
    "Tally",
    "reaches",
]

_RANKS = (Severity.ERROR, Severity.WARNING, Severity.INFO)


OTHER_TRAFFIC = "other traffic"
"""What entries of a recording are counted as that are of another interface."""

NO_PAYLOAD = "no payload"
"""What documents are counted as that are nothing to judge."""


UNDETERMINED = "undetermined"
"""What documents are counted as of which nothing says what they are."""


class Contents(NamedTuple):
    """What one entry of a container is."""

    container: str
    """What the container is called."""

    names: tuple[str, ...] = ()
    """What lies in the entry: names of artifacts; none for what is something else."""


class Tally:
    """What was counted in a file, or in all of them."""

    def __init__(self) -> None:
        self.documents = Counter[str]()
        """How many documents of each artifact."""

        self.partial = 0
        """How many documents were judged in part."""

        self.unjudged = Counter[str]()
        """In how many documents the rule with each code says that a part is not judged."""

        self.contents: dict[str, Counter[str]] = {}
        """By container, how many artifacts of each name it holds, and under the empty name in how many entries."""

        self.severities = Counter[Severity]()
        self.codes = Counter[str]()
        self.fixable = 0
        """How many findings have a fix that is safe."""

        self.unsafely_fixable = 0
        self.withheld = Counter[Withheld]()
        """How many findings are not reported, and why."""

    def add_documents(self, count: int, artifact: str | None, unjudged: AbstractSet[str] = frozenset()) -> None:
        """Count documents, of which parts are *unjudged* according to the rules with these codes."""
        self.documents[artifact or UNDETERMINED] += count
        if unjudged:
            self.partial += 1
            self.unjudged.update(unjudged)

    def add_contents(self, contents: Contents) -> None:
        """Count what lies in an entry of a container."""
        count = self.contents.setdefault(contents.container, Counter())
        count.update(contents.names)
        count[""] += 1

    def judges_any(self) -> bool:
        """Whether some document was judged; containers without a payload, and what is none, are only counted."""
        return not self.documents.keys() <= {NO_PAYLOAD, OTHER_TRAFFIC, *self.contents}

    def add(self, finding: Finding) -> None:
        """Count a finding."""
        self.severities[finding.severity] += 1
        self.codes[finding.code] += 1
        if finding.fix is not None:
            self.fixable += finding.fix.safe
            self.unsafely_fixable += not finding.fix.safe

    def reaches(self, least: Severity) -> bool:
        """Whether some finding is at least this severe."""
        return any(count and reaches(severity, least) for severity, count in self.severities.items())

    def ranked(self) -> list[tuple[str, int]]:
        """Each code with its count, the most frequent first."""
        return sorted(self.codes.items(), key=lambda one: (-one[1], one[0]))

    def as_json(self) -> dict[str, Any]:
        """The counts by name."""
        return {
            "documents": self.documents.total(),
            "artifacts": dict(self.documents),
            "containers": [
                {"container": name, "entries": counts[""], "artifacts": _artifacts(counts)}
                for name, counts in self.contents.items()
            ],
            "partial": self.partial,
            "errors": self.severities[Severity.ERROR],
            "warnings": self.severities[Severity.WARNING],
            "notes": self.severities[Severity.INFO],
            "fixable": self.fixable,
            "ignored": self.withheld[Withheld.DESELECTED],
            "known": self.withheld[Withheld.KNOWN],
        }


def _artifacts(counts: Counter[str]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if name}


def reaches(severity: Severity, least: Severity) -> bool:
    """Whether a severity is at least another."""
    return _RANKS.index(severity) <= _RANKS.index(least)


class Problem(NamedTuple):
    """A file or a name that cannot be read or written, and why."""

    file: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.reason}"


class RunMessage(Problem):
    """A problem of which the reason is a sentence that names the file."""

    def __str__(self) -> str:
        return self.reason


class Outcome:
    """What is known when every file was read."""

    def __init__(
        self,
        files: dict[str, Tally] | None = None,
        problems: list[Problem] | None = None,
        parts: Mapping[str, Outcome] | None = None,
    ) -> None:
        self.total = Tally()
        self.files = files or {}
        """Every file that was read to its end, the clean ones too."""

        self.skipped: dict[str, str] = {}
        """Every file that was not checked, and why."""

        self.problems = problems or []
        self.parts = parts or {}
        """Of a comparison, what each dialect comes to, by its id; findings above are those of all of them."""
