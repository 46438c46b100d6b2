"""Everything that touches documents on a disk: finding and reading the sources, writing the results.

Readers yield `Item`s and never raise for one bad document: what cannot be read becomes an item with an error, which
ends up among the rejects. Writers write beside the target and rename, so that a crash leaves no half file.

| reads | | writes | |
|---|---|---|---|
| sources.py | which files there are, and which reader each has | writing.py | what all writers share, rejects |
| json_lines.py | .jsonl | json_lines.py | results as JSON lines |
| parquet.py | .parquet | parquet.py | results as Parquet |
| warc.py, http_response.py | .warc and .wet | tmx.py | translation memories |
| unpacking.py | .gz, .zst, .bz2 and .xz | articles.py | the files of one article, md and txt |
"""

from .articles import write_article
from .errors import LARGEST, ItemError, SourceError
from .ids import safe_id
from .item import Item
from .json_lines import item_of, json_line, parse_line, without_surrogates
from .parquet import parquet_writer
from .parquet import require as require_parquet
from .parquet import values as table_values
from .sources import KNOWN, PASSED_OVER, count, digest, gold_records, items, rejects_of, result_lines, standard_input
from .tmx import memories
from .unpacking import PACKED
from .warc import SKIPPED as RECORDS_SKIPPED
from .writing import Rejects, one_line, replacing

SKIPPED = (*PASSED_OVER, *RECORDS_SKIPPED)
"""What is counted of the sources that holds no document."""

__all__ = [
    "KNOWN", "LARGEST", "PACKED", "SKIPPED", "Item", "ItemError", "Rejects", "SourceError", "count", "digest",
    "gold_records", "item_of", "items", "json_line", "memories", "one_line", "parquet_writer", "parse_line",
    "rejects_of", "replacing", "require_parquet", "result_lines", "safe_id", "standard_input", "table_values",
    "without_surrogates", "write_article",
]  # fmt: skip
