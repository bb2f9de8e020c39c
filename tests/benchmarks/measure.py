"""Ratios of times: interleaved rounds, so that a busy machine slows both sides of each ratio alike."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import orjson

from .payloads import Payload
from .peers import Peer

__all__ = ["Cost", "Effort", "Timing", "medians", "verdict_timings"]


class Effort(NamedTuple):
    """How long to measure."""

    rounds: int
    """Of all peers on one request."""

    seconds: float
    """The shortest time of one sample; what is faster is repeated within it."""

    processes: int
    """How many times a child is started."""

    lines: int
    """How long the JSON Lines file is."""

    batch: int
    """How long the batch file is."""

    dialects: tuple[str, ...] = ()
    """What is generated; every dialect if none is named."""

    targets: tuple[str, ...] = ()
    """And what of them; every target if none is named."""

    schemas: int | None = None
    """How many public schemas are compiled; all of them unless said."""


class Timing(NamedTuple):
    """How one peer did on one request."""

    peer: Peer
    payload: Payload
    ratio: float
    """Its time over that of `orjson.loads` just before it: the median of all rounds."""

    agrees: bool
    """Whether its verdict is the expected one."""


class Cost(NamedTuple):
    """A thing and how many seconds it takes."""

    name: str
    seconds: float


def verdict_timings(peers: Sequence[Peer], payloads: Sequence[Payload], effort: Effort) -> Iterator[list[Timing]]:
    """All peers on each request in turn."""
    verdicts = [peer.prepare() for peer in peers]
    gc.collect()
    gc.freeze()  # what the peers hold in memory does not slow the collections of the others
    for payload in payloads:
        ratios: list[list[float]] = [[] for _ in peers]
        for _ in range(effort.rounds):
            for verdict, found in zip(verdicts, ratios, strict=True):
                base = _seconds(orjson.loads, payload.data, effort.seconds)
                found.append(_seconds(verdict, payload.data, effort.seconds) / base)
        yield [
            Timing(peer, payload, statistics.median(found), verdict(payload.data) is (payload.errors == 0))
            for peer, verdict, found in zip(peers, verdicts, ratios, strict=True)
        ]
    gc.unfreeze()


def medians(actions: dict[str, Callable[[], object]], rounds: int) -> list[Cost]:
    """Each action, with its median time over some rounds of all; one before them, which may compile, does not count."""
    samples: dict[str, list[float]] = {name: [] for name in actions}
    for action in actions.values() if rounds > 1 else ():
        action()
    for _ in range(rounds):
        for name, action in actions.items():
            start = time.perf_counter()
            action()
            samples[name].append(time.perf_counter() - start)
    return [Cost(name, statistics.median(found)) for name, found in samples.items()]


def _seconds(function: Callable[[bytes], object], data: bytes, least: float) -> float:
    """The mean time of one call, over as many calls as last *least* seconds."""
    repeats = 1
    while True:
        calls = range(repeats)
        start = time.perf_counter()
        for _ in calls:
            function(data)
        passed = time.perf_counter() - start
        if passed >= least:
            return passed / repeats
        repeats = max(2 * repeats, int(1.1 * repeats * least / passed) if passed else 0)
