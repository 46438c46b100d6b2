"""Parquet: rows to clean, and the results. It needs pyarrow, the extra `parquet`, which is imported only here."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from .errors import LARGEST, UNREADABLE, ItemError, SourceError, reason, too_large
from .ids import Ids
from .item import Item
from .json_lines import json_line, parse_line, without_surrogates
from .unpacking import PACKED, opened

COLUMNS = ("id", "languages", "title", "body", "text", "pairs", "meta", "lines", "changes", "source")
"""Columns of the results, as in docs/formats.md."""
LEDGER = ("lines", "changes", "source")
ONE = "ledger"
"""The column that holds all of these in tables that others wrote, see docs/adapters.md."""
_JSON = ("title", "body", "meta", *LEDGER)
"""Columns that hold JSON: their keys differ from record to record, and a table has one schema."""
_READ_ROWS = 32
"""Rows that are read at a time: each may be a page of some megabytes."""
_STREAMED: dict[str, Any] = {"pre_buffer": False, "buffer_size": 1 << 20}
"""Read a group of rows piece by piece, as it may be larger than the memory."""
_GROUP_ROWS, _GROUP_BYTES = 1000, 64 * 2**20
"""Rows, and bytes of them as JSON, with which a row group is written; whichever is reached first."""

Row = dict[str, Any]


def require(purpose: str) -> None:
    """Raise SourceError where pyarrow is not installed; `purpose` says what it is for."""
    if find_spec("pyarrow") is None:  # not imported here: worker processes are forked first, and it starts threads
        raise SourceError(f"{purpose} needs pyarrow: pip install 'siftline[parquet]'")


# Reading


def documents(path: Path, ids: Ids) -> Iterator[Item]:
    """Yield the rows of a table that has a column `text` or `html`, and may have `id` and `url`.

    A row that holds neither, and a group of rows that cannot be read, are rejects; so is a file that is no table.
    """
    base = path.name.split(".")[0]
    try:
        with _table(path) as table:
            columns = _columns_of(table.schema_arrow)
            for number, row in _rows(table, columns):
                given = row.get("id") if isinstance(row, dict) else None
                name = ids.free(_text(given) or f"{base}-{number}")
                yield replace(_item(row), id=name, place=f"{path.name}, row {number}")
    except ItemError as error:
        yield Item(ids.free(base), error=(error.kind, str(error)), place=path.name)
    except _unreadable() as error:
        yield Item(ids.free(base), error=("unreadable", _why(error)), place=path.name)


def _unreadable() -> tuple[type[Exception], ...]:
    from pyarrow.lib import ArrowException  # noqa: PLC0415 - an extra

    return (*UNREADABLE, ArrowException, UnicodeDecodeError)  # the last for names of columns


def _why(error: Exception) -> str:
    of_the_disk = isinstance(error, OSError) and error.errno
    return reason(error) if of_the_disk else f"no Parquet file, or not a whole one: {reason(error)}"


@contextmanager
def _table(path: Path) -> Iterator[Any]:
    """Open a table. One that is packed as a whole is unpacked to a temporary file: tables are read from their end."""
    from pyarrow.parquet import ParquetFile  # noqa: PLC0415 - an extra

    if path.suffix.lower() not in PACKED:
        with ParquetFile(path, **_STREAMED) as table:
            yield table
        return
    with tempfile.TemporaryFile() as whole:
        with opened(path) as packed:
            shutil.copyfileobj(packed, whole, 1 << 20)
        with ParquetFile(whole, **_STREAMED) as table:
            yield table


def _columns_of(schema: Any) -> list[str]:
    """Return the columns to read. Raises ItemError where none holds documents, or one that should be text does not."""
    found = [name for name in ("id", "text", "html", "url") if name in schema.names]
    if not {"text", "html"}.intersection(found):
        names = ", ".join(schema.names)[:200] or "none"
        raise ItemError("bad-record", f"has no column `text` or `html`: rename the one that is meant, of {names}")
    for name in found:
        kind = schema.field(name).type
        if name != "id" and not _is_text(kind):
            raise ItemError("bad-record", f"its column `{name}` holds {kind}: strings or bytes are needed")
    return found


def _is_text(kind: Any) -> bool:
    from pyarrow import types  # noqa: PLC0415 - an extra

    kind = kind.value_type if types.is_dictionary(kind) else kind
    tests = (types.is_string, types.is_large_string, types.is_binary, types.is_large_binary, types.is_string_view)
    return any(test(kind) for test in tests) or bool(types.is_binary_view(kind))


def _rows(table: Any, columns: Sequence[str]) -> Iterator[tuple[int, Row | ItemError]]:
    """Yield the rows with their numbers, from 1; for a group of rows that cannot be read, one error."""
    number = 0
    for group in range(table.num_row_groups):
        end = number + table.metadata.row_group(group).num_rows
        batches = table.iter_batches(_READ_ROWS, row_groups=[group], columns=columns, use_threads=False)
        try:
            for batch in batches:
                found = [values(batch.column(name)) for name in columns]
                for row in zip(*found, strict=True):
                    number += 1
                    yield number, dict(zip(columns, row, strict=True))
        except _unreadable() as error:
            message = f"cannot be read, nor what follows up to row {end}: {reason(error)}"
            yield number + 1, ItemError("unreadable", message)
        number = end


def values(column: Any) -> list[Any]:
    """Return the values of a column; what is called a string and is no UTF-8 stays bytes, for `decode` to read."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    try:
        return list(column.to_pylist())
    except UnicodeDecodeError:
        return [_decoded(value) for value in column.cast(pa.large_binary()).to_pylist()]


def _decoded(value: bytes | None) -> str | bytes | None:
    try:
        return value if value is None else value.decode()
    except UnicodeDecodeError:
        return value


def _item(row: Row | ItemError) -> Item:
    """Return the document of a row, without an id."""
    if isinstance(row, ItemError):
        return Item("", error=(row.kind, str(row)))
    kind = next((name for name in ("text", "html") if row.get(name) is not None), "")
    if not kind:
        return Item("", error=("bad-record", "has neither a `text` nor an `html`"))
    if len(row[kind]) > LARGEST:
        error = too_large()
        return Item("", error=(error.kind, str(error)))
    return Item("", content=row[kind], html=kind == "html", url=_text(row.get("url")))


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return "" if value is None else str(value)


def result_lines(path: Path) -> Iterator[bytes]:
    """Yield the results in a table, of `parquet_writer` or an adapter, as lines of JSON with what `restore` needs.

    Raises SourceError where it cannot be read or has not the columns.
    """
    require(f"reading {path.name}")
    try:
        with _table(path) as table:
            names = table.schema_arrow.names
            columns = [name for name in ("id", ONE, *LEDGER) if name in names]
            if "id" not in names or not {ONE, "changes"}.intersection(names):
                needed = ", ".join(("id", *LEDGER))
                raise SourceError(f"{path}: needs the columns {needed}: was it written with --ledger none?")
            for _, row in _rows(table, columns[:2] if ONE in names else columns):
                if isinstance(row, ItemError):
                    raise SourceError(f"{path}: {row}")
                yield _result_line(row)
    except _unreadable() as error:
        raise SourceError(f"{path}: {_why(error)}") from error


def _result_line(row: Row) -> bytes:
    parts = [b'"id":' + json_line(row["id"]).rstrip()]
    if row.get(ONE):
        parts.append(row[ONE][1:-1].encode())
    parts += [f'"{name}":{row[name]}'.encode() for name in LEDGER if row.get(name) is not None]
    return b"{" + b",".join(parts) + b"}\n"


# Writing


@contextmanager
def parquet_writer(file: IO[bytes], ledger: bool) -> Iterator[Callable[[bytes], None]]:
    """Give a function that adds a result, as a line of JSON, to a table; `ledger` says whether results have one."""
    groups = _Groups(file, ledger)
    try:
        yield groups.add
    finally:
        groups.close()  # also of a table that nobody will see: it would complain when it is collected


class _Groups:
    """Results on their way to a table, group by group."""

    def __init__(self, file: IO[bytes], ledger: bool) -> None:
        self._file, self._ledger = file, ledger
        self._waiting: list[Row] = []
        self._size = 0

    def add(self, line: bytes) -> None:
        self._waiting.append(parse_line(line))
        self._size += len(line)
        if len(self._waiting) == _GROUP_ROWS or self._size >= _GROUP_BYTES:
            self._flush()

    @cached_property
    def _schema(self) -> Any:
        return _schema(self._ledger)

    @cached_property
    def _writer(self) -> Any:
        from pyarrow.parquet import ParquetWriter  # noqa: PLC0415 - an extra, imported when workers run already

        options: dict[str, Any] = {"compression": "zstd", "use_dictionary": False, "write_statistics": ["id"]}
        return ParquetWriter(self._file, self._schema, **options)

    def _flush(self) -> None:
        self._writer.write_table(_as_table(self._waiting, self._schema))
        self._waiting.clear()
        self._size = 0

    def close(self) -> None:
        if self._waiting:
            self._flush()
        self._writer.close()


def _schema(ledger: bool) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - an extra

    lists = {"languages": pa.list_(pa.string()), "pairs": pa.list_(pa.list_(pa.int32()))}
    return pa.schema([(name, lists.get(name, pa.string())) for name in COLUMNS if ledger or name not in LEDGER])


def _as_table(records: Sequence[Row], schema: Any) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - an extra

    columns = [[_cell(name, record.get(name)) for record in records] for name in schema.names]
    return pa.table([pa.array(values, kind) for values, kind in zip(columns, schema.types, strict=True)], schema=schema)


def _cell(name: str, value: Any) -> Any:
    if value is None or name in ("languages", "pairs"):
        return value
    if name in _JSON:
        return json_line(value).decode().rstrip("\n")
    return without_surrogates(value)
