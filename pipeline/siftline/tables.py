"""Tables that take long to make and come out the same every time: they are made once, and then found in the cache by
all that has a say in them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache, wraps
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from . import cache as files

Table = TypeVar("Table")

_KNOWN = frozenset(
    {
        *files.PATTERNS,
        ("numpy", "dtype"),
        ("numpy", "ndarray"),
        *((f"numpy.{core}.numeric", "_frombuffer") for core in ("core", "_core")),
        *((f"numpy.{core}.multiarray", "_reconstruct") for core in ("core", "_core")),
    }
)
"""What arrays and patterns are loaded with."""


def kept(make: Callable[..., Table]) -> Callable[..., Table]:
    """Return a function that makes a table, of plain types, arrays and patterns of `regex`, so that it is kept between
    processes.

    The function takes texts alone, and its table depends on them, on code of this package, on what Python knows of
    characters and codecs, and on `PACKAGES`.
    """

    @cache
    @wraps(make)
    def table(*texts: str) -> Table:
        name = files.key(_code(), make.__module__, make.__qualname__, *texts) + ".table"
        found: Table | None = files.recall(name, _KNOWN)
        if found is None:
            found = make(*texts)
            files.keep(name, found)
        return found

    return table


PACKAGES = ("ftfy", "langdetect", "regex")
"""Packages whose data tables are made of."""


def arrays_in(path: Path) -> dict[str, npt.NDArray[Any]]:
    """Return the arrays of a file of numpy's, by their names. Raises OSError where there is none, ValueError where it
    holds something else. To unpack a file and read the heads of its arrays takes ten times as long as to find them.
    """
    return _unpacked(str(path), files.digest(path.read_bytes()))


@kept
def _unpacked(path: str, _: str) -> dict[str, npt.NDArray[Any]]:
    with np.load(path, allow_pickle=False) as arrays:
        return dict(arrays)


@cache
def _code() -> str:
    """Return a digest of the code that makes tables, and of the versions of what it uses."""
    pairs = (Path(__file__).parent / "models" / "pairs.npz").read_bytes()
    return files.digest(sys.version, np.__version__, *map(_version, PACKAGES), files.code(), pairs)


def _version(package: str) -> str:
    """Return where a package lies and what its version is, without the import of `importlib.metadata`."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return ""
    folder = Path(spec.origin).parent
    return "\n".join([str(folder), *sorted(path.name for path in folder.parent.glob(f"{package}-*"))])
