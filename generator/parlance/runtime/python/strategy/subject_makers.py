"""What the strategies of a dialect are made by, for each artifact, stream and exchange."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .artifact_check import ArtifactCheck
from .artifact_subject import ArtifactSubject
from .exchange_check import ExchangeCheck
from .exchange_subject import ExchangeSubject
from .known_examples import known_examples
from .stream_check import StreamCheck
from .stream_subject import StreamSubject
from .value_shapes import decided

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ..artifact import Artifact
    from ..exchange import ExchangeFormat
    from ..rule import Rule
    from ..stream import StreamFormat
    from ..violation import Violation
    from .value_shapes import NamedShape

__all__ = ["exchange_subjects", "stream_subjects", "subjects"]


def subjects(
    dialect: str,
    unknown: str,
    roots: Mapping[str, NamedShape],
    artifacts: Mapping[str, Artifact],
    lints: Mapping[str, Callable[[Any], Iterator[Violation]]],
    rules: dict[str, Rule],
    severities: Mapping[str, str],
) -> dict[str, ArtifactSubject]:
    """The artifacts of a dialect, by name; *unknown* is its policy on unknown fields."""
    known, made = known_examples(dialect), dict[str, ArtifactSubject]()
    check = ArtifactCheck(artifacts, lints, rules)
    for name, root in roots.items():
        made[name] = ArtifactSubject(
            artifacts[name],
            decided(root, unknown),
            check,
            rules,
            severities,
            known.get(name, {}),
            made,
        )
    return made


def stream_subjects(
    dialect: str,
    unknown: str,
    pieces: Mapping[str, NamedShape],
    known: Mapping[str, ArtifactSubject],
    streams: Mapping[str, StreamFormat],
    artifacts: Mapping[str, Artifact],
    lints: Mapping[str, Callable[[Any], Iterator[Violation]]],
    rules: dict[str, Rule],
) -> dict[str, StreamSubject]:
    """The streams of a dialect, by name; *pieces* are what their events carry."""
    examples = known_examples(dialect)
    return {
        name: StreamSubject(
            form,
            decided(pieces[name], unknown),
            known[form.into],
            StreamCheck(form, artifacts, lints, rules),
            rules,
            examples.get(form.piece, {}).get("stream", {}),
        )
        for name, form in streams.items()
    }


def exchange_subjects(
    dialect: str,
    known: Mapping[str, ArtifactSubject],
    exchanges: Mapping[str, ExchangeFormat],
    artifacts: Mapping[str, Artifact],
    lints: Mapping[str, Callable[[Any], Iterator[Violation]]],
    rules: dict[str, Rule],
) -> dict[str, ExchangeSubject]:
    """The exchanges of a dialect, by name."""
    examples = known_examples(dialect)
    documents = ArtifactCheck(artifacts, lints, rules)
    return {
        name: ExchangeSubject(
            (known[form.request], known[form.response]),
            ExchangeCheck(form, documents),
            rules,
            examples.get(form.response, {}).get("exchange", {}),
        )
        for name, form in exchanges.items()
    }
