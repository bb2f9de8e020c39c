"""Schema-first code generator and validator for the Chat Completions wire format."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .finding import ConformanceError, Finding, Fix, InvalidPayload, Report, Severity, Span, TextEdit
    from .library import (
        Payload,
        StreamValidator,
        UnknownArtifact,
        UnknownCode,
        UnknownDialect,
        find_payloads,
        fold,
        lint,
        lint_file,
        validate,
    )

    __version__: str

__all__ = [
    "ConformanceError",
    "Finding",
    "Fix",
    "InvalidPayload",
    "Payload",
    "Report",
    "Severity",
    "Span",
    "StreamValidator",
    "TextEdit",
    "UnknownArtifact",
    "UnknownCode",
    "UnknownDialect",
    "__version__",
    "find_payloads",
    "fold",
    "lint",
    "lint_file",
    "validate",
]

_LIBRARY = frozenset(
    {
        *("Payload", "StreamValidator", "UnknownArtifact", "UnknownCode", "UnknownDialect"),
        *("find_payloads", "fold", "lint", "lint_file", "validate"),
    }
)


def __getattr__(name: str) -> object:
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    if name == "__version__":
        from importlib.metadata import version

        from .extras import DISTRIBUTION

        value: object = version(DISTRIBUTION)
    elif name in _LIBRARY:
        from . import library

        value = getattr(library, name)
    else:
        from . import finding

        value = getattr(finding, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
