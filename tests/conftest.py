"""Fixtures shared by the tests."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import platformdirs
import pytest
from hypothesis import HealthCheck, settings

from review_help import corpus_in, rules_in
from siftline import Cleaner
from siftline.library import Library

ROOT = Path(__file__).resolve().parents[1]

settings.register_profile("siftline", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("siftline")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give all tests of a framework to one process, since Spark and Ray take long to start; all others are on their own."""
    from xdist.scheduler import LoadScopeScheduling  # noqa: PLC0415 - asked for by xdist alone

    class ByFramework(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            path = nodeid.partition("::")[0]
            return path if "test_adapters_" in path else nodeid

    return ByFramework(config, log)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def library() -> Library:
    """The rules of the checkout."""
    return Library(ROOT / "rules")


@pytest.fixture(scope="session")
def cleaner() -> Cleaner:
    """A cleaner with all stages."""
    return Cleaner()


@pytest.fixture(scope="session")
def warm_cache(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder with nothing in it but the automata and proofs of the project's rules, which take long to make."""
    library.load()
    folder = tmp_path_factory.mktemp("cache")
    (folder / "siftline").mkdir()
    known = Path(platformdirs.user_cache_dir("siftline", appauthor=False))
    for path in [*known.glob("*.automaton"), *known.glob("*.rules")]:
        shutil.copy(path, folder / "siftline")
    return folder


@pytest.fixture
def own_cache(warm_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what a test remembers out of the user's cache folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(warm_cache))


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A base folder of rules, and a corpus."""
    rules_in(tmp_path / "base")
    corpus_in(tmp_path / "corpus")
    return tmp_path


Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture(scope="session")
def siftline() -> Run:
    """Run the command line in a process of its own; returns what it printed and its exit status."""

    def run(*args: object, stdin: bytes = b"", cwd: Path | None = None, env: dict[str, str] | None = None):
        command: Sequence[str] = [sys.executable, "-m", "siftline", *map(str, args)]
        return subprocess.run(command, input=stdin, capture_output=True, check=False, cwd=cwd, timeout=300, env=env)

    return run
