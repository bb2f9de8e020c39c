"""What is wrong with a stream of decoded events, as the rules of its dialect have it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..checks import Findings
from ..fold_table import FoldTable
from ..part_folds import Extent, ObjectFold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ..artifact import Artifact
    from ..rule import Rule
    from ..stream import StreamFormat
    from ..violation import Json, Violation

__all__ = ["StreamCheck"]


class StreamCheck:
    """Checks streams of one kind."""

    def __init__(
        self,
        form: StreamFormat,
        artifacts: Mapping[str, Artifact],
        lints: Mapping[str, Callable[[Any], Iterator[Violation]]],
        rules: Mapping[str, Rule],
    ) -> None:
        """Keep what is given."""
        self._form = form
        self._artifacts = artifacts
        self._lints = lints
        self._rules = rules
        self._table = FoldTable(form.fold)

    def found(self, events: Sequence[Json]) -> list[tuple[str, str]]:
        """Code and pointer of each error and warning, those at the end of the stream last.

        An event is a decoded piece, an error, or the text that comes after the last piece.
        """
        found = dict.fromkeys(self._found(events))
        return [each for each in found if self._rules_severity(each[0]) != "info"]

    def whole(self, events: Iterable[Json]) -> dict[str, Any]:
        """What the pieces come to."""
        fold = ObjectFold(self._table)
        for number, event in enumerate(events):
            if self._kind(event) == "chunk":
                fold.add(event, number, None)
        return fold.view(Extent.WHOLE)

    def _found(self, events: Sequence[Json]) -> Iterator[tuple[str, str]]:
        fold, before = ObjectFold(self._table), None
        facts: dict[str, Any] = {"event": "", "chunks": 0, "done": False, "failed": False}
        for number, event in enumerate([*events, None]):
            is_close = number == len(events)
            kind = "close" if is_close else self._kind(event)
            value = event if kind == "chunk" else None
            if kind in {"chunk", "error"}:
                name = self._form.piece if kind == "chunk" else self._form.errors or ""
                for one in (*self._artifacts[name].check(event), *self._lints[name](event)):
                    yield one.code, f"/{number}{one.pointer}"
            broken = Findings()
            for rule in self._form.rules:
                rule.check(value, before, {**facts, "kind": kind}, None, broken)
            for one in broken:
                yield one.code, f"/{number}{one.pointer}"
            if kind == "chunk":
                fold.add(value, number, None)
                before = fold.live
                facts["chunks"] += 1
            facts["done"] = facts["done"] or kind == "end"
            facts["failed"] = facts["failed"] or kind == "error"
        if facts["done"]:
            for one in self._lints[self._form.into](fold.view(Extent.WHOLE)):
                yield one.code, f"/{len(events)}{one.pointer}"

    def _kind(self, event: Json) -> str:
        if event == self._form.end:
            return "end"
        errors = self._artifacts.get(self._form.errors or "")
        if errors is None or not isinstance(event, dict) or not errors.required <= event.keys():
            return "chunk"
        is_piece = self._artifacts[self._form.piece].is_valid(event)
        return "error" if errors.required and not is_piece else "chunk"

    def _rules_severity(self, code: str) -> str:
        rule = self._rules.get(code)
        return "error" if rule is None else rule.severity
