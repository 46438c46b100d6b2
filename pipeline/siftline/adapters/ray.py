"""Ray Data: a callable class for `Dataset.map_batches`, of which each actor has one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

try:
    import numpy as np
    import ray.data  # noqa: F401 - said here, and not when the job runs
except ImportError as error:
    from .common import missing

    raise missing("ray", error) from error

from .tables import TableCleaner


class SiftlineClean(TableCleaner):
    """Cleans batches in any `batch_format`; "pyarrow" keeps types best. See docs/adapters.md, and TableCleaner for the
    arguments, which go into `fn_constructor_kwargs`.
    """

    def _mapping(self, batch: Mapping[str, Any]) -> dict[str, Any]:
        """Return all columns, since what comes out of a batch takes its place."""
        added = super()._mapping(batch)
        return {**batch, **{name: _array(values) for name, values in added.items()}}


def _array(values: list[Any]) -> Any:
    """Return an array with one value a row, lists among them too."""
    array = np.empty(len(values), dtype=object)
    for at, value in enumerate(values):
        array[at] = value
    return array
