"""Batches to the same batches with a verdict: what Spark, Ray and Polars call with theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..finding import did_you_mean
from .pyarrow_modules import optional_module, pa
from .row_judge import RowJudge
from .verdict_columns import MOST_FINDINGS, VERDICT, check_limit, verdicts

if TYPE_CHECKING:
    from ..library import DialectName

__all__ = ["BatchCheck", "MissingColumn", "on"]


class MissingColumn(ValueError):
    """A table has no column of this name, or has several."""


def on(  # noqa: PLR0913 what users choose by name
    column: str,
    *,
    dialect: DialectName = None,
    artifact: str = "request",
    lint: bool = False,
    max_findings: int = MOST_FINDINGS,
    names: tuple[str, str] = ("ok", "findings"),
) -> BatchCheck:
    """A check of the payloads in *column* of a table, which adds the columns *names* to it.

    Raises `UnknownDialect` or `UnknownArtifact` at once; its `schema` raises `MissingColumn`.
    """
    check = BatchCheck(column, dialect, artifact, lint, max_findings, names)
    RowJudge(dialect, artifact, lint=lint)
    check_limit(max_findings)
    if len(names) != 2 or names[0] == names[1]:
        message = f"names must be two different ones, such as ('ok', 'findings'), not {names!r}"
        raise ValueError(message)
    return check


@dataclass(frozen=True)
class BatchCheck:
    """Adds the verdict on one column to tables and batches.

    Pickles as the name of this class and its fields, so that workers need nothing but the package.
    """

    column: str
    dialect: DialectName
    artifact: str
    lint: bool
    max_findings: int
    names: tuple[str, str]

    @property
    def __name__(self) -> str:
        """What engines show of a function."""
        return f"parlance.arrow.on({self.column!r})"

    def schema(self, of: Any) -> Any:
        """The schema of what comes out where *of* is that of what goes in: of pyarrow, Spark, Polars or Ray."""
        library = type(of).__module__.partition(".")[0]
        if library == "pyspark":
            self._check_names(of.fieldNames())
            return _spark_schema(of, self.names)
        if library == "polars":
            self._check_names([*of])
            return _polars_schema(of, self.names)
        schema: Any = of if isinstance(of, pa.Schema) else getattr(of, "base_schema", None)
        if not isinstance(schema, pa.Schema):
            message = f"a schema of pyarrow, Spark, Polars or Ray is needed, not {type(of).__qualname__}"
            raise TypeError(message)
        self._check_names(schema.names)
        for name, field in zip(self.names, VERDICT, strict=True):
            schema = schema.append(field.with_name(name))
        return schema

    def __call__(self, batch: Any) -> Any:
        """*batch* with two columns more: a Table, a RecordBatch, a DataFrame of Polars, or an iterator of batches.

        Of one column alone, a Series of Polars or an array, it is the verdicts.
        """
        if type(batch).__module__.partition(".")[0] == "polars":
            return self._polars(batch)
        if isinstance(batch, pa.Array | pa.ChunkedArray):
            return self._verdicts(batch)
        if isinstance(batch, Iterator | pa.RecordBatchReader):
            return map(self._with_verdicts, batch)
        return self._with_verdicts(batch)

    def _verdicts(self, column: Any) -> Any:
        return verdicts(
            column,
            dialect=self.dialect,
            artifact=self.artifact,
            lint=self.lint,
            max_findings=self.max_findings,
        )

    def _with_verdicts(self, batch: Any) -> Any:
        if not isinstance(batch, pa.Table | pa.RecordBatch):
            name = f"{type(batch).__module__}.{type(batch).__qualname__}".removeprefix("builtins.")
            message = f"a pyarrow.Table or RecordBatch is needed, not {name}; in Ray, use batch_format='pyarrow'"
            raise TypeError(message)
        schema = self.schema(batch.schema)
        verdict = self._verdicts(batch.column(batch.schema.get_field_index(self.column)))
        parts = verdict.flatten()
        kind: Any = pa.Table if isinstance(batch, pa.Table) else pa.RecordBatch
        return kind.from_arrays([*batch.columns, *parts], schema=schema)

    def _polars(self, frame: Any) -> Any:
        pl = optional_module("polars")
        if isinstance(frame, pl.Series):
            return pl.Series(frame.name, self._verdicts(frame))
        if not isinstance(frame, pl.DataFrame):
            message = f"a DataFrame or a Series is needed, not {type(frame).__qualname__}: use its map_batches"
            raise TypeError(message)
        self._check_names(frame.columns)
        verdict = self._verdicts(frame.get_column(self.column))
        parts = zip(self.names, verdict.flatten(), strict=True)
        return frame.with_columns(pl.Series(name, part) for name, part in parts)

    def _check_names(self, names: list[str]) -> None:
        """Refuse a table without the column, and one that has already what would be added."""
        if (number := names.count(self.column)) != 1:
            advice = did_you_mean(self.column, names) or f"; there are {', '.join(names) or 'none'}"
            count = f"there is no column {self.column!r}{advice}"
            raise MissingColumn(count if number == 0 else f"there are {number} columns {self.column!r}")
        if taken := [name for name in self.names if name in names]:
            message = f"the table has a column {taken[0]!r} already; choose others with names=(…, …)"
            raise ValueError(message)


def _spark_schema(of: Any, names: tuple[str, str]) -> Any:
    types = optional_module("pyspark.sql.types")
    text = types.StringType()
    finding = types.StructType([types.StructField(field.name, text) for field in VERDICT[1].type.value_type])
    ok, findings = names
    added = [types.StructField(ok, types.BooleanType()), types.StructField(findings, types.ArrayType(finding))]
    return types.StructType([*of.fields, *added])


def _polars_schema(of: Any, names: tuple[str, str]) -> Any:
    pl = optional_module("polars")
    finding = pl.Struct({field.name: pl.String for field in VERDICT[1].type.value_type})
    ok, findings = names
    return pl.Schema({**of, ok: pl.Boolean, findings: pl.List(finding)})
