"""Batches of rows: the columns that are read, and those that are added. Used by Ray Data, Spark and datasets.

A batch is a table or record batch of Arrow, a data frame of pandas, or a mapping of names to values; what comes out is
of the same kind. None of them is imported here before a batch of it comes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from ..files import without_surrogates
from ..service import Service
from .common import as_json, item, ledger

KINDS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "text": lambda record: without_surrogates(record["text"]),
    "languages": lambda record: record["languages"],
    "title": lambda record: as_json(record["title"]),
    "body": lambda record: as_json(record["body"]),
    "pairs": lambda record: record["pairs"],
    "meta": lambda record: as_json(record["meta"]),
    "ledger": ledger,
}
"""The columns that a result gives, and how. They are those of `siftline clean --to parquet`, but for the ledger, which
is one column here.
"""
ERROR = "error"
"""The column that says why a row has no result, as JSON with `kind` and `message`."""
COLUMNS = (*KINDS, ERROR)
USUAL = ("text", "languages", "title", "meta", "ledger", ERROR)
"""Columns that are added if nothing else is said."""


class TableCleaner:
    """Cleans batches of rows: one row in, one row out, in order, with columns added. Picklable; the rules are loaded
    with the first batch, in a process beside this one, and stay.

    `text` or `html` names the column with the documents, strings or bytes: `text` if neither is given. `url`
    names the one with their addresses. `columns` are those to add, out of COLUMNS, and `prefix` stands before their
    names. `options` are those of `siftline.Cleaner`, and `timeout` (60 seconds a document) and `jobs` (1 process).
    Raises ValueError for columns that there are not or that would take the place of others.
    """

    def __init__(
        self,
        text: str = "",
        html: str = "",
        *,
        url: str = "",
        columns: Iterable[str] = USUAL,
        prefix: str = "",
        **options: Any,
    ) -> None:
        if text and html:
            raise ValueError(f"name one column with documents, not both text={text!r} and html={html!r}")
        self.source, self.html = text or html or "text", bool(html)
        self.url, self.prefix = url, prefix
        self.columns = tuple(columns)
        if unknown := [name for name in self.columns if name not in COLUMNS]:
            raise ValueError(f"unknown columns {', '.join(unknown)}; known are {', '.join(COLUMNS)}")
        self.service = Service("ledger" in self.columns, **options)

    def added(self, present: Collection[str]) -> dict[str, str]:
        """Return the names of the columns to add with what they hold, for a table with some columns already."""
        names = {self.prefix + column: column for column in self.columns}
        if absent := [name for name in (self.source, self.url) if name and name not in present]:
            raise ValueError(f"there is no column {', '.join(absent)}, but {', '.join(present)}")
        if taken := [name for name in names if name in present and name != self.source]:
            raise ValueError(f'already in the table: {", ".join(taken)}; give a prefix, such as prefix="clean_"')
        return names

    def results(self, count: int, values: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
        """Return what each of `count` rows gives, by column, from the values of the columns that are read."""
        rows = zip(values[self.source], values.get(self.url, [""] * count), strict=True)
        items = [item(at, value, self.html, url) for at, (value, url) in enumerate(rows)]
        records = self.service.records(items)
        return {column: [_cell(column, record) for record in records] for column in self.columns}

    def __call__(self, batch: Any) -> Any:
        """Return a batch with the columns added."""
        if isinstance(batch, Mapping):
            return self._mapping(batch)
        return self._frame(batch) if hasattr(batch, "iloc") else self.arrow(batch)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({vars(self)!r})"

    def arrow(self, batch: Any) -> Any:
        """Return a table or record batch of Arrow with the columns added."""
        import pyarrow as pa  # noqa: PLC0415 - only where tables are used

        from ..files import table_values  # noqa: PLC0415

        names = self.added(batch.schema.names)
        results = self.results(batch.num_rows, {name: table_values(batch.column(name)) for name in self._read()})
        for name, column in names.items():
            array = pa.array(results[column], arrow_type(column))
            at = batch.schema.get_field_index(name)
            batch = batch.append_column(name, array) if at < 0 else batch.set_column(at, name, array)
        return batch

    def _frame(self, batch: Any) -> Any:
        import pandas as pd  # noqa: PLC0415 - only where data frames are used

        names = self.added(list(batch.columns))
        results = self.results(len(batch), {name: batch[name].tolist() for name in self._read()})
        series = {n: pd.Series(results[column], index=batch.index, dtype=object) for n, column in names.items()}
        return batch.assign(**series)

    def _mapping(self, batch: Mapping[str, Any]) -> dict[str, Any]:
        names = self.added(list(batch))
        read = {name: batch[name] for name in self._read()}
        results = self.results(len(read[self.source]), read)
        return {name: results[column] for name, column in names.items()}

    def _read(self) -> list[str]:
        return [name for name in dict.fromkeys((self.source, self.url)) if name]


def arrow_type(column: str) -> Any:
    """Return the type of Arrow that a column has, named as in COLUMNS."""
    import pyarrow as pa  # noqa: PLC0415 - only where tables are used

    return {"languages": pa.list_(pa.string()), "pairs": pa.list_(pa.list_(pa.int32()))}.get(column, pa.string())


def _cell(column: str, record: dict[str, Any]) -> Any:
    if column == ERROR:
        return as_json(record[ERROR]) if ERROR in record else None
    return None if ERROR in record else KINDS[column](record)
