"""Training needs libraries that a run and the tests do not: without them its examples are left alone."""

from __future__ import annotations

from importlib.util import find_spec

collect_ignore = (
    []
    if find_spec("catboost")
    else [f"siftline/training/{name}.py" for name in ("forest", "fit", "linear", "corpus", "__main__")]
)
