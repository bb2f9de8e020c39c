"""The folder of a spec to a located document for each of its dialects.

`load_spec` reads, checks and bundles the files; `resolve` applies a dialect's date and its overlays.
"""

from ..finding import SpecError
from .loading import load_spec, with_overlays
from .model import Base, DialectFile, Resolved, Spec
from .resolving import resolve

__all__ = ["Base", "DialectFile", "Resolved", "Spec", "SpecError", "load_spec", "resolve", "with_overlays"]
