"""Hugging Face's datasets: a callable for `map(batched=True)`, and a function that maps with the right features."""

from __future__ import annotations

from typing import Any

try:
    from datasets import DatasetDict, Features, IterableDatasetDict, List, Value
except ImportError as error:
    from .common import missing

    raise missing("datasets", error) from error

from .. import cache
from ..cleaner import Cleaner
from .tables import TableCleaner

BATCH = 64
"""Rows that are cleaned at a time, each of which may be a page of some megabytes."""


class SiftlineClean(TableCleaner):
    """Cleans batches of examples. Its fingerprint changes with its arguments, the rules, and siftline's code, and with
    nothing else. See docs/adapters.md, and TableCleaner for the arguments.
    """

    def features(self, present: Features) -> Features:
        """Return the features of what comes out, from those of what goes in. Without them `map` takes a column of which
        the first batch holds nothing, such as `error`, for one that never holds anything.
        """
        new = {name: _feature(column) for name, column in self.added(list(present)).items()}
        return Features({**present, **new})

    def __getstate__(self) -> dict[str, Any]:
        """Take along what the results depend on, which makes the fingerprint."""
        folder = Cleaner(**self.service.options).library.folder
        rules = [path.read_bytes() for path in sorted(folder.rglob("*.toml"))]
        return {**vars(self), "made_by": cache.digest(cache.code(), *rules)}


def clean(data: Any, text: str = "", html: str = "", **arguments: Any) -> Any:
    """Return a dataset, streamed or not, or a dictionary of them, with the columns added.

    `arguments` are those of TableCleaner, and may have `num_proc` and `batch_size`, which go to `map`.
    """
    if isinstance(data, DatasetDict | IterableDatasetDict):
        return type(data)({name: clean(part, text, html, **arguments) for name, part in data.items()})
    ways = {"batched": True, "batch_size": arguments.pop("batch_size", BATCH)}
    if "num_proc" in arguments:
        ways["num_proc"] = arguments.pop("num_proc")
    function = SiftlineClean(text, html, **arguments)
    features = function.features(data.features) if data.features else None
    return data.map(function, features=features, **ways)


def _feature(column: str) -> Any:
    return {"languages": List(Value("string")), "pairs": List(List(Value("int32")))}.get(column, Value("string"))
