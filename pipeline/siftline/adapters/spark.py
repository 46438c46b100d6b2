"""Spark: a function from a data frame to one with columns added. Executors need siftline installed, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

try:
    import pyarrow  # noqa: F401 - said here, and not on an executor
    from pyspark.sql.types import ArrayType, IntegerType, StringType, StructField, StructType
except ImportError as error:
    from .common import missing

    raise missing("spark", error) from error

from .tables import TableCleaner

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

ROWS = 256
"""Rows that are cleaned, and handed on, at a time. Spark's own batches have up to 10,000, each row perhaps a page."""


def clean(frame: DataFrame, text: str = "", html: str = "", **arguments: Any) -> DataFrame:
    """Return a data frame with the columns added, streamed or not; nothing runs before its rows are asked for.

    `arguments` are those of TableCleaner. Raises ValueError for columns that there are not or that clash.
    """
    cleaner = TableCleaner(text, html, **arguments)
    return frame.mapInArrow(Partition(cleaner), schema(frame.schema, cleaner))


def schema(present: StructType, cleaner: TableCleaner) -> StructType:
    """Return the schema of what comes out, from that of what goes in."""
    new = {name: StructField(name, _type(column)) for name, column in cleaner.added(present.fieldNames()).items()}
    fields = [new.pop(field.name, field) for field in present.fields]
    return StructType([*fields, *new.values()])


class Partition:
    """What executors run: record batches in, record batches out."""

    def __init__(self, cleaner: TableCleaner) -> None:
        self.cleaner = cleaner

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        """Yield the batches with the columns added, in pieces."""
        cleaner = _standing(self.cleaner)
        for batch in batches:
            for at in range(0, batch.num_rows, ROWS):
                yield cleaner.arrow(batch.slice(at, ROWS))


_kept: dict[str, TableCleaner] = {}


def _standing(cleaner: TableCleaner) -> TableCleaner:
    """Return the cleaner with these settings that the worker used for its last partition, with its processes."""
    key = repr(cleaner)
    if key not in _kept:
        for other in _kept.values():
            other.service.end()
        _kept.clear()
    return _kept.setdefault(key, cleaner)


def _type(column: str) -> Any:
    lists = {"languages": ArrayType(StringType()), "pairs": ArrayType(ArrayType(IntegerType()))}
    return lists.get(column, StringType())
