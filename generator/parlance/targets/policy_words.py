"""What a server does with a field or a value that it knows, in words."""

from __future__ import annotations

from typing import assert_never

from ..contract.evidence import sourced
from ..contract.ir import Clamped, Dropped, LeftOut, Mapped, Policy, Refused, Renamed, Supported
from .json_text import json_line

__all__ = ["effect", "policy_sentence", "state"]


def state(policy: Policy) -> str:
    """`supported`, `refused`, `ignored`, `clamped`, `mapped` or `renamed`; `unknown` where servers differ."""
    if isinstance(policy, Refused) and policy.varies:
        return "unknown"
    return "ignored" if isinstance(policy, Dropped) else type(policy).__name__.lower()


def effect(policy: Policy) -> str:
    """What becomes of a value or of the field's name, without a full stop; empty where the state says it all."""
    match policy:
        case Clamped(least, most):
            bounds = [f"at least {least}"] * (least is not None) + [f"at most {most}"] * (most is not None)
            return " and ".join(bounds)
        case Mapped():
            return ", ".join(f"{json_line(old.value)} as {json_line(new.value)}" for old, new in policy.values)
        case Renamed():
            return policy.name
        case Refused(varies=str(words)):
            return words
        case Supported() | Refused() | LeftOut() | Dropped():
            return ""
        case _:
            assert_never(policy)


def policy_sentence(policy: Policy) -> str:
    """`Ignored (Acme API reference, 2026-01-15: accepted and dropped).`; empty for what is supported."""
    if isinstance(policy, Supported):
        return ""
    words = _words(policy)
    return f"{words} ({'; '.join(map(sourced, policy.evidence))})."


def _words(policy: Policy) -> str:
    match policy:
        case Clamped():
            return f"Clamped to {effect(policy)}"
        case Mapped():
            return f"Reads {effect(policy)}"
        case Renamed():
            return f"Called {policy.name} here"
        case Refused(varies=str(words)):
            return f"Not every server takes it: {words}"
        case Refused(is_hearsay=True):
            return "Said to be refused"
        case _:
            return state(policy).capitalize()
