"""`python -m tests.benchmarks [--quick]`: everything measured, as tables on standard output."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from .batch import batch_passes, batch_table, growth_of_memory
from .columns import column_costs, column_tables
from .drawing import drawing_costs
from .editing import edit_costs, edit_table
from .generation import generation_costs
from .importing import import_costs_of_documents
from .large import line_costs
from .linearity import LINEAR, family_growths, kind_growths, linearity_tables, slowest
from .measure import Effort, Timing, verdict_timings
from .mistakes import invalid_payloads
from .payloads import valid_payloads
from .peers import PEERS
from .places import DIALECT
from .recordings import recording_costs, recording_table
from .report import Aim, aims_table, costs_table, geometric_mean, machine, peers_table, requests_head, requests_row
from .standalone import standalone_tables
from .startup import VALIDATORS, import_costs, whole_check_costs
from .streams import chunk_costs, chunk_table
from .typescript import ABSENT, is_ready, typescript_tables

_USUAL = Effort(rounds=11, seconds=0.003, processes=25, lines=2_000, batch=50_000)
_QUICK = Effort(
    rounds=1, seconds=0, processes=1, lines=200, batch=100, dialects=(DIALECT,), targets=("enums",), schemas=1
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Speed beside that of peers.")
    parser.add_argument("--quick", action="store_true", help="measure everything once: the numbers mean little")
    effort = _QUICK if parser.parse_args(arguments).quick else _USUAL
    print(machine(), end="\n\n")
    aims = [*_verdicts(effort), *_startup(effort), *_generation(effort), *_drawing(effort)]
    aims += _importing(effort)
    aims += _lines(effort)
    aims += [*_linearity(quick=effort is _QUICK), *_batch(effort)]
    aims += _streams(effort)
    aims += _editing(effort)
    aims += _recordings(effort)
    aims += _columns(effort)
    print("", *standalone_tables(effort), sep="\n", flush=True)
    aims += _typescript(effort)
    print("", *aims_table(aims), sep="\n")


def _verdicts(effort: Effort) -> list[Aim]:
    timings: list[Timing] = []
    print(*requests_head(), sep="\n")
    for row in verdict_timings(PEERS, [*valid_payloads(), *invalid_payloads()], effort):
        print(requests_row(row), flush=True)
        timings += row
    wrong = [f"{each.peer.name} of {each.payload.name}" for each in timings if each.peer.own and not each.agrees]
    if wrong:
        sys.exit(f"a verdict of ours is not the declared one: {', '.join(wrong)}")
    print("", *peers_table(timings), sep="\n", flush=True)

    def mean(name: str, *, valid: bool) -> float:
        return geometric_mean(
            each.ratio for each in timings if each.peer.name == name and (each.payload.errors == 0) is valid
        )

    return [
        Aim("valid requests, is_valid_request", mean("is_valid_request", valid=True), 1.75, "x"),
        Aim("all errors of invalid ones, check_request", mean("check_request", valid=False), 2.5, "x"),
        Aim("valid requests, parlance.validate", mean("parlance.validate", valid=True), 6, "x"),
    ]


def _startup(effort: Effort) -> list[Aim]:
    imports = import_costs(effort.processes)
    whole = whole_check_costs(effort.processes)
    print("", *costs_table("Imports, over bare Python", imports), sep="\n")
    print("", *costs_table("One small file, from start to exit", whole, whole[0]), sep="\n", flush=True)
    own = next(cost.seconds for cost in imports if cost.name == VALIDATORS)
    return [Aim("importing one dialect's validators", own * 1000, 5, "ms")]


def _generation(effort: Effort) -> list[Aim]:
    made, checked = costs = generation_costs(min(effort.processes, 3), effort.dialects, effort.targets)
    title = f"{' and '.join(effort.dialects) or 'Every dialect'}, {' and '.join(effort.targets) or 'every target'}"
    print("", *costs_table(title, costs), sep="\n", flush=True)
    return [Aim("generating everything", made.seconds, 6, "s"), Aim("generate --check", checked.seconds, 1, "s")]


def _importing(effort: Effort) -> list[Aim]:
    as_json, as_yaml, compared = costs = import_costs_of_documents(min(effort.processes, 3))
    title = "A document of 3 MB to a spec, or two compared; processor time from start to exit"
    print("", *costs_table(title, costs), sep="\n", flush=True)
    return [
        Aim("importing 3 MB of JSON", as_json.seconds, 0.5, "s"),
        Aim("of YAML", as_yaml.seconds, 1.5, "s"),
        Aim("the difference between two of JSON", compared.seconds, 2, "s"),
    ]


def _drawing(effort: Effort) -> list[Aim]:
    count = effort.lines // 10
    requests, *responses = drawing_costs(count, min(effort.processes, 5))
    print("", *costs_table(f"Drawing {count} documents", [requests, *responses], responses[0]), sep="\n", flush=True)
    return [Aim("drawing 1,000 valid requests", requests.seconds / count * 1000, 10, "s")]


def _lines(effort: Effort) -> list[Aim]:
    size, costs = line_costs(effort.batch, min(effort.processes, 3))
    title = f"{effort.batch:,} lines, {size / 1e6:.1f} MB, one in a hundred invalid"
    print("", *costs_table(title, costs, costs[0]), sep="\n", flush=True)
    _, validating, linting, peer = (cost.seconds for cost in costs)
    return [
        Aim("validating lines, beside jsonschema-rs", validating / peer, 2.2, "x"),
        Aim("linting lines, beside validating", linting / validating, 2, "x"),
    ]


def _linearity(*, quick: bool) -> list[Aim]:
    families, kinds = [*family_growths(quick=quick)], kind_growths(quick=quick)
    print("", *linearity_tables(families, kinds), sep="\n", flush=True)
    return [Aim("ten times as much, the slowest rule", slowest(families, kinds), LINEAR, "x")]


def _batch(effort: Effort) -> list[Aim]:
    passes = batch_passes(effort.batch)
    print("", *batch_table(passes), sep="\n", flush=True)
    return [Aim("memory for ten times as many lines", growth_of_memory(passes), 1.5, "x")]


def _streams(effort: Effort) -> list[Aim]:
    costs = chunk_costs(2 * effort.batch, effort.rounds)
    print("", *chunk_table(costs), sep="\n", flush=True)
    return [
        Aim("a chunk of a stream, beside json.loads", costs.ratios["validate"], 3, "x"),
        Aim("memory for each of very many chunks", costs.growth, 1, "bytes"),
    ]


def _editing(effort: Effort) -> list[Aim]:
    costs = edit_costs(min(effort.batch, 6_000), min(effort.rounds, 5))
    print("", *edit_table(costs), sep="\n", flush=True)
    slowest_edit = max(cost.seconds for cost in costs)
    return [Aim("an edit of 1 MB, to its diagnostics", slowest_edit * 1000, 200, "ms")]


def _recordings(effort: Effort) -> list[Aim]:
    costs = recording_costs(effort.batch * 1_000, 2 * effort.batch, min(effort.rounds, 3))
    print("", *recording_table(costs), sep="\n", flush=True)
    har, cassette, small = costs
    return [
        Aim("a HAR of 50 MB, beside json.loads", har.ratio, 3, "x"),
        Aim("a cassette of 20 MB, beside CSafeLoader", cassette.ratio, 3, "x"),
        Aim("a cassette of 100,000 entries, likewise", small.ratio, 3, "x"),
        Aim("memory for a HAR, over its bytes", har.peak / har.size, 10, "x"),
        Aim("memory for a cassette, likewise", cassette.peak / cassette.size, 10, "x"),
        Aim("memory for a cassette of 100,000 entries", small.peak / small.size, 10, "x"),
    ]


def _columns(effort: Effort) -> list[Aim]:
    costs = column_costs(effort.batch // 5, min(effort.rounds, 3))
    print("", *column_tables(costs), sep="\n", flush=True)
    few, many = costs.peaks
    return [
        # A loop of parlance.validate asks the same gate: a column saves the calls, and what is made of each row.
        Aim("verdicts of a column, beside a loop", costs.cost("verdicts"), 1, "x"),
        Aim("memory for ten times as many rows", many / few, 1.5, "x"),
    ]


def _typescript(effort: Effort) -> list[Aim]:
    if not is_ready(fetch=effort is not _QUICK):
        print("", ABSENT, sep="\n", flush=True)
        return []
    found = [*typescript_tables([*valid_payloads(), *invalid_payloads()], effort)]
    print("", *(each for each in found if isinstance(each, str)), sep="\n", flush=True)
    return [each for each in found if isinstance(each, Aim)]


if __name__ == "__main__":
    main()
