"""The verdict on every row of a column: over Arrow, and so in DuckDB, Polars, Spark, Ray and whatever else speaks it.

Needs pyarrow, the extra `arrow`, which nothing else of the package imports.
"""

from __future__ import annotations

from .batch_check import BatchCheck, MissingColumn, on
from .duckdb_functions import register
from .verdict_columns import VERDICT, codes, counts, valid, verdicts

__all__ = ["VERDICT", "BatchCheck", "MissingColumn", "codes", "counts", "on", "register", "valid", "verdicts"]
