"""Assertions on payloads, for tests: `assert_conforms(payload, dialect="openai")`.

Nothing else of the tool is loaded before the first assertion.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..library import DialectName, PathName

__all__ = ["assert_conforms"]


def assert_conforms(  # noqa: PLR0913 what users choose by name
    payload: object,
    artifact: str = "request",
    dialect: DialectName = None,
    *,
    lint: bool = False,
    overlays: Iterable[PathName] = (),
    spec: PathName | None = None,
) -> None:
    """Raise `AssertionError` where `parlance.validate` finds an error; with *lint*, a warning is enough.

    The message shows the payload, with what is wrong of it below the lines where it is.
    """
    __tracebackhide__ = True
    from .. import library

    judge = library.lint if lint else library.validate
    report = judge(payload, artifact, dialect, overlays=overlays, spec=spec)
    if report.ok and not (lint and report.findings):
        return
    from .marked_payload import marked_payload

    chosen = library.find_dialect(dialect, overlays=overlays, spec=spec)
    message = f"this {artifact} does not conform to {chosen.id}\n{marked_payload(payload, report)}"
    raise AssertionError(message)
