"""What a server does with a field or a value, in a word or two: two policies that say the same there are the same."""

from __future__ import annotations

from typing import assert_never

from ..contract.ir import Clamped, Dropped, LeftOut, Mapped, Policy, Refused, Renamed, Supported

__all__ = ["policy_text"]


def policy_text(policy: Policy) -> str:
    """The words, such as `ignored` or `clamped from 0 to 1`."""
    match policy:
        case Supported():
            return "supported"
        case Refused(is_hearsay=True):
            return "perhaps refused"
        case Refused() | LeftOut():
            return "refused"
        case Dropped():
            return "ignored"
        case Clamped():
            ends = (("from", policy.least), ("to", policy.most))
            return " ".join(["clamped", *(f"{word} {bound}" for word, bound in ends if bound is not None)])
        case Mapped():
            return f"mapped: {', '.join(f'{before.value} as {after.value}' for before, after in policy.values)}"
        case Renamed():
            return f"called {policy.name}"
        case _:
            assert_never(policy)
