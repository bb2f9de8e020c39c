"""The same as `strict`, and some of its faults can be fixed."""

from ..strict import ARTIFACTS

__all__ = ["ARTIFACTS"]
