"""What a run came to, in one sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ...finding import Severity
from ...finding.plural import counted
from ...finding.printable import printable
from ..excerpt import WIDTH, fill
from ..selection import Withheld
from ..skipped import Skipped
from .reporter import Context
from .tally import NO_PAYLOAD, OTHER_TRAFFIC, UNDETERMINED, Outcome, Tally

__all__ = ["counted_documents", "last_lines", "sentence", "sentences", "skipped_files"]

_NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def last_lines(outcome: Outcome, context: Context, hidden: int = 0) -> Iterator[str]:
    """How often each code was found, if that is asked for, and the sentence; *hidden* is how much was not shown."""
    if context.statistics and outcome.total.codes:
        counts = outcome.total.ranked()
        width = len(str(counts[0][1]))
        yield from (f"{count:>{width}}  {code}  {context.describe(code).name}" for code, count in counts)
        yield ""
    for text in sentences(outcome, context, hidden):
        yield from fill(text, WIDTH)


def sentences(outcome: Outcome, context: Context, hidden: int = 0) -> Iterator[str]:
    """The sentence, if there is one; of a comparison one for each dialect, then what holds for all of them."""
    if context.is_quiet:
        return
    if not outcome.parts or not outcome.files:
        if text := sentence(outcome, context, hidden):
            yield text
        return
    for dialect, part in outcome.parts.items():
        name = context.dialects[dialect]
        fix_with = context.fix_with.replace("--fix", f"--dialect {name} --fix")
        yield f"{printable(name)}: {sentence(part, context._replace(dialect=dialect, fix_with=fix_with))}"
    if rest := "; ".join(_of_all(outcome, hidden)):
        yield rest


def sentence(outcome: Outcome, context: Context, hidden: int = 0) -> str:
    """`1 error in 2 of 37 files; 1 fixable with --fix`; empty where there was nothing to check."""
    return printable("; ".join(_clauses(outcome, context, hidden))) if outcome.files or outcome.skipped else ""


def skipped_files(outcome: Outcome) -> str:
    """`3 files skipped: not payloads`, or `4 files skipped: 3 not payloads, 1 excluded`; empty for none."""
    reasons = Counter(outcome.skipped.values())
    if not reasons:
        return ""
    if len(reasons) == 1:
        words = _reason(*next(iter(reasons.items())))
    else:
        each = ((count, _reason(reason, count)) for reason, count in sorted(reasons.items()))
        words = ", ".join(f"{count:,} {reason.removeprefix('an ')}" for count, reason in each)
    return f"{counted(reasons.total(), 'file')} skipped: {words}"


def _clauses(outcome: Outcome, context: Context, hidden: int) -> Iterator[str]:
    withheld = outcome.total.withheld
    known, deselected = withheld[Withheld.KNOWN], withheld[Withheld.DESELECTED]
    yield _verdict(outcome, context)
    if (others := outcome.total.documents[OTHER_TRAFFIC]) and any(outcome.total.severities.values()):
        yield counted(others, "entry of other traffic")
    yield from _contents(outcome)
    if partial := outcome.total.partial:
        yield f"{counted(partial, 'document')} judged in part ({', '.join(sorted(outcome.total.unjudged))})"
    yield from _fixable(outcome, context)
    yield from _of_all(outcome, hidden, with_skipped=False)
    if known:
        yield f"{known:,} in {context.baselines[0] if len(context.baselines) == 1 else 'baselines'}"
    if deselected:
        yield f"{deselected:,} ignored"
    yield from _of_all(outcome, 0)


def _contents(outcome: Outcome) -> Iterator[str]:
    """`31 requests, 29 responses in 40 entries (HAR)` for each kind of container."""
    for container, contents in outcome.total.contents.items():
        names = ", ".join(counted(count, name) for name, count in contents.items() if name and count)
        yield f"{names or NO_PAYLOAD} in {counted(contents[''], 'entry')} ({container})"


def _of_all(outcome: Outcome, hidden: int, *, with_skipped: bool = True) -> Iterator[str]:
    """What is not of a single dialect: how much is not shown, and which files were skipped."""
    if hidden:
        yield f"{hidden:,} not shown (--max-findings 0 shows all)"
    if with_skipped and outcome.skipped:
        yield skipped_files(outcome)


def _verdict(outcome: Outcome, context: Context) -> str:
    """`1 error, 1 warning in 2 of 37 files`, or what conforms; nothing conforms that has faults which are withheld."""
    total, files = outcome.total, len(outcome.files)
    found = [
        counted(total.severities[severity], noun) for severity, noun in _NOUNS.items() if total.severities[severity]
    ]
    if found:
        faulty = sum(bool(tally.severities) for tally in outcome.files.values())
        return f"{', '.join(found)} in {faulty:,} of {counted(files, 'file')}"
    if not files:
        return "nothing was checked"
    if total.withheld[Withheld.KNOWN]:
        return f"{counted(files, 'file')}: no new findings"
    if total.withheld[Withheld.DESELECTED]:
        return f"{counted(files, 'file')}: no findings selected"
    kinds = counted_documents(total, context.lines)
    if not total.judges_any():
        return f"{counted(files, 'file')}: nothing to check ({kinds})"
    if total.partial:
        return f"{counted(files, 'file')}: no findings ({kinds})"
    return f"{counted(files, 'file')} {'conforms' if files == 1 else 'conform'} to {context.dialect} ({kinds})"


def counted_documents(tally: Tally, lines: Iterable[str] = ()) -> str:
    """`1 chunk, 20 requests`; those of which a file holds one to a line are counted as such: `20 batch lines`."""
    return ", ".join(_documents(count, name, lines) for name, count in tally.documents.items()) or NO_PAYLOAD


def _documents(count: int, name: str, lines: Iterable[str]) -> str:
    if name in {NO_PAYLOAD, OTHER_TRAFFIC, UNDETERMINED}:
        return f"{count:,} {name}"
    return counted(count, f"{name} line" if any(f"{name}-".startswith(f"{line}-") for line in lines) else name)


def _fixable(outcome: Outcome, context: Context) -> Iterator[str]:
    safe, unsafe = outcome.total.fixable, outcome.total.unsafely_fixable
    if safe:
        yield f"{safe:,} fixable with {context.fix_with}" + (f", {unsafe:,} more with --unsafe-fixes" if unsafe else "")
    elif unsafe:
        yield f"{unsafe:,} fixable with {context.fix_with} --unsafe-fixes"


_OF_SEVERAL: dict[str, str] = {
    Skipped.UNLIKE: "not payloads",
    Skipped.EVENTS: "event streams",
    Skipped.TEMPLATE: "templates",
}


def _reason(reason: str, count: int) -> str:
    return _OF_SEVERAL.get(reason, str(reason)) if count > 1 else str(reason)
