"""The generated npm package beside ajv, zod, valibot and typebox, in node: how fast, and how large in a bundle."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from typescript.tools import install, is_installed, run

from .measure import Effort
from .payloads import Payload
from .places import DIALECT, openapi_document, request_schema, schema_of
from .report import Aim, geometric_mean

__all__ = ["ABSENT", "FOLDER", "Speed", "is_ready", "left_over", "sizes", "speeds", "typescript_tables"]

FOLDER = Path(__file__).parent / "javascript"
ABSENT = "TypeScript: skipped. Its peers come from npm: run `make bench` with a network"
_SOURCE = Path(__file__).parents[2] / "generated" / "typescript" / "src"
_ROOT = "CreateChatCompletionRequest"
_OWN = ("structure", "isValidRequest", "checkRequest")
_COLUMNS = {"isValidRequest": "isValid", "checkRequest": "check"}


class Speed(NamedTuple):
    """How one validator did on one request."""

    name: str
    payload: Payload
    ratio: float
    """Its time over that of ajv."""

    seconds: float
    is_valid: bool

    @property
    def agrees(self) -> bool:
        """Whether its verdict is the expected one; the structure alone may take what a rule refuses."""
        return self.is_valid is (self.payload.errors == 0) or (self.name == "structure" and self.is_valid)


def is_ready(*, fetch: bool) -> bool:
    """Whether the peers are there, after *fetch* asked npm for them."""
    return install(FOLDER) if fetch else is_installed(FOLDER)


def typescript_tables(payloads: Sequence[Payload], effort: Effort) -> Iterator[str | Aim]:
    """All that is measured, as lines of tables, and what it should be."""
    found = speeds(payloads, effort)
    wrong = [f"{each.name} of {each.payload.name}" for each in found if each.name in _OWN and not each.agrees]
    if wrong:
        message = f"a verdict of ours is not the declared one: {', '.join(wrong)}"
        raise AssertionError(message)
    yield from _speed_table(found, payloads)
    yield ""
    yield from _size_table()
    means = _means(found)
    for kind, valid in (("valid", True), ("invalid", False)):
        yield Aim(f"{kind} requests, structure in TypeScript", means["structure", valid], 1, "x")
    for peer in ("typebox", "zod", "valibot"):
        yield Aim(f"structure beside {peer}", means["structure", True] / means[peer, True], 1, "x")
    yield Aim("valid requests, isValidRequest", means["isValidRequest", True], 1.5, "x")


def speeds(payloads: Sequence[Payload], effort: Effort) -> list[Speed]:
    """Each validator on each request."""
    job = {
        "source": str(_SOURCE),
        "dialect": DIALECT,
        "root": _ROOT,
        "schema": str(request_schema()),
        "openapi": str(openapi_document()),
        "payloads": [each.data.decode() for each in payloads],
        "rounds": effort.rounds,
        "seconds": effort.seconds,
    }
    rows: list[tuple[str, list[tuple[float, float, bool]]]]
    rows = json.loads(run(FOLDER / "speed.mjs", text=json.dumps(job)))
    return [Speed(name, payload, *one) for name, row in rows for payload, one in zip(payloads, row, strict=True)]


def sizes() -> dict[str, Any]:
    """The sizes of bundles, and the names in them."""
    job = {"source": str(_SOURCE), "dialect": DIALECT, "schema": str(request_schema())}
    found: dict[str, Any] = json.loads(run(FOLDER / "size.mjs", text=json.dumps(job)))
    return found


def left_over(names: Sequence[str], artifacts: Sequence[str]) -> list[str]:
    """What a bundle has, and should not have, of the structure and the rules of some artifacts."""
    references = [json.loads(schema_of(artifact).read_bytes())["$ref"] for artifact in artifacts]
    roots = [reference.rpartition("/")[2] for reference in references]
    functions = {f"{verb}{root}" for root in roots for verb in ("is", "accepts", "collect")}
    checks = {f"{artifact.upper().replace('-', '_')}_CHECKS" for artifact in artifacts}
    return sorted({*names} & (functions | checks))


def _means(found: Sequence[Speed]) -> dict[tuple[str, bool], float]:
    kinds = {(each.name, each.payload.errors == 0) for each in found}
    return {
        kind: geometric_mean(each.ratio for each in found if (each.name, each.payload.errors == 0) == kind)
        for kind in kinds
    }


def _speed_table(found: Sequence[Speed], payloads: Sequence[Payload]) -> Iterator[str]:
    names = [*dict.fromkeys(each.name for each in found)]
    peers = names[1:]
    yield "TypeScript: decoded value to verdict in node, as a multiple of ajv"
    yield ""
    yield f"{'request':18}{'ajv':>8}" + "".join(f"{_COLUMNS.get(name, name):>9}" for name in peers)
    for payload in payloads:
        ajv, *others = [each for each in found if each.payload is payload]
        cells = [f"{'' if each.agrees else '!'}{_ratio(each.ratio)}" for each in others]
        yield f"{payload.name:18}{ajv.seconds * 1e6:5.1f} µs" + "".join(f"{cell:>9}" for cell in cells)
    means = _means(found)
    for kind, valid in (("valid", True), ("invalid", False)):
        yield f"{f'{kind}, mean':26}" + "".join(f"{_ratio(means[name, valid]):>9}" for name in peers)


def _size_table() -> Iterator[str]:
    yield "One dialect's request, bundled and minified with esbuild"
    yield ""
    yield f"{'':36}{'bytes':>12}{'gzip':>12}"
    found = sizes()
    others = [path.name.removesuffix(".schema.json") for path in request_schema().parent.iterdir()]
    if left := left_over(found["names"]["isValidRequest"], [name for name in others if name != "request"]):
        message = f"isValidRequest cannot be bundled without {', '.join(left)}"
        raise AssertionError(message)
    for name, size, compressed in found["sizes"]:
        yield f"{name:36}{size:12,}{compressed:12,}"


def _ratio(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:,.0f}"
