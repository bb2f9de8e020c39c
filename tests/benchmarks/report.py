"""Tables of at most 80 columns."""

from __future__ import annotations

import importlib.metadata
import math
import os
import platform
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from .measure import Cost, Timing
from .peers import PEERS

__all__ = [
    "Aim",
    "aims_table",
    "costs_table",
    "geometric_mean",
    "machine",
    "peers_table",
    "requests_head",
    "requests_row",
]

_PACKAGES = ("orjson", "jsonschema-rs", "fastjsonschema", "jsonschema", "pydantic", "datamodel-code-generator")
_SHOWN = [peer for peer in PEERS if peer.column]


class Aim(NamedTuple):
    """What was measured, and what it should be at most."""

    name: str
    value: float
    most: float
    unit: str


def machine() -> str:
    """What it ran on."""
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in _PACKAGES)
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors"
    return textwrap.fill(f"Python {platform.python_version()} on {system}; {versions}", 80)


def requests_head() -> Iterator[str]:
    """What stands above the table of requests."""
    yield "Bytes to verdict, as a multiple of orjson.loads of the same bytes"
    yield textwrap.fill("; ".join(f"{peer.column}: {peer.name}" for peer in _SHOWN), 80)
    yield ""
    yield f"{'request':18}{'bytes':>7}{'errors':>7}" + "".join(f"{peer.column:>8}" for peer in _SHOWN)


def requests_row(timings: Sequence[Timing]) -> str:
    """One request; an exclamation mark where the verdict is not the expected one."""
    payload = timings[0].payload
    cells = [f"{'' if each.agrees else '!'}{_ratio(each.ratio)}" for each in timings if each.peer in _SHOWN]
    return f"{payload.name:18}{len(payload.data):7}{payload.errors:7}" + "".join(f"{cell:>8}" for cell in cells)


def peers_table(timings: Sequence[Timing]) -> Iterator[str]:
    """Each peer over all requests."""
    valid, invalid = (
        {each.payload.name for each in timings if (each.payload.errors == 0) is expected} for expected in (True, False)
    )
    yield f"Geometric means over {len(valid)} valid and {len(invalid)} invalid requests"
    yield ""
    yield f"{'':29}{'finds':>7}{'valid':>10}{'invalid':>10}{'worst':>10}{'disagrees':>13}"
    yield f"{'orjson.loads':29}{'-':>7}{'1.00':>10}{'1.00':>10}{'1.00':>10}{'-':>13}"
    for peer in PEERS:
        own = [each for each in timings if each.peer is peer]
        means = [geometric_mean(each.ratio for each in own if each.payload.name in names) for names in (valid, invalid)]
        cells = [*map(_ratio, means), _ratio(max(each.ratio for each in own))]
        wrong = f"{sum(not each.agrees for each in own)} of {len(own)}"
        yield f"{peer.name:29}{peer.finds:>7}" + "".join(f"{cell:>10}" for cell in cells) + f"{wrong:>13}"


def costs_table(title: str, costs: Sequence[Cost], base: Cost | None = None) -> Iterator[str]:
    """Times, and how many times *base* they are."""
    yield title
    yield ""
    for cost in costs:
        ratio = f"{_ratio(cost.seconds / base.seconds)} x" if base else ""
        yield f"{cost.name:46}{_time(cost.seconds):>16}{ratio:>16}".rstrip()


def aims_table(aims: Iterable[Aim]) -> Iterator[str]:
    """Each aim and whether it is met."""
    yield "Aims"
    yield ""
    for name, value, most, unit in aims:
        yield f"{name:44}{f'{value:.2f} {unit}':>14}{f'at most {most:g}':>14}  {'met' if value <= most else 'MISSED'}"


def geometric_mean(values: Iterable[float]) -> float:
    """The mean of ratios."""
    logarithms = [math.log(value) for value in values]
    return math.exp(sum(logarithms) / len(logarithms))


def _ratio(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:,.0f}"


def _time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"
