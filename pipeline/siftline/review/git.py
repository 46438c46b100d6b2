"""The few things that are asked of git: the rules at a revision, and the commit that last changed a rule."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from .. import toml_text

_SECONDS = 60


class GitError(ValueError):
    """Git cannot give what was asked for: the message says why, in one line."""


class Commit(NamedTuple):
    """A commit, as far as a reader wants to know it."""

    hash: str
    date: str
    subject: str

    def __str__(self) -> str:
        return f"{self.hash} {self.date} {self.subject}" if self.hash else self.subject


UNCOMMITTED = Commit("", "", "not committed yet")


def run(folder: Path, *args: str) -> bytes:
    """Return what a git command prints. Raises GitError."""
    try:
        command = ["git", "-C", str(folder), *args]
        done = subprocess.run(command, capture_output=True, check=False, timeout=_SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GitError(f"git cannot be run: {error}") from error
    if done.returncode:
        raise GitError(" ".join(done.stderr.decode("utf-8", "replace").split()) or f"git {args[0]} failed")
    return done.stdout


def top(folder: Path) -> Path | None:
    """Return the root of the working tree that a folder is in, or None outside of one."""
    try:
        return Path(run(folder, "rev-parse", "--show-toplevel").decode().strip())
    except GitError:
        return None


@contextmanager
def rules_at(revision: str, rules: Path) -> Iterator[Path]:
    """Give the rules folder as it was at a revision, in a folder that vanishes afterwards. Raises GitError."""
    rules = rules.resolve()
    place = next((folder for folder in (rules, *rules.parents) if folder.is_dir()), rules)
    root = top(place)
    if root is None:
        reason = f"{place} is in no git repository" if shutil.which("git") else "there is no git to ask"
        raise GitError(f"{revision} is no folder of rules, and {reason}")
    local = rules.relative_to(root.resolve()).as_posix()
    commit = _commit(root, revision)
    packed = run(root, "archive", "--format=zip", commit, "--", local)
    with tempfile.TemporaryDirectory(prefix="siftline-") as folder:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:  # tar is safe from Python 3.11.4 on
            archive.extractall(folder)
        yield Path(folder) / local


def _commit(root: Path, revision: str) -> str:
    name = ["rev-parse", "--verify", "--quiet", "--end-of-options"]
    try:
        return run(root, *name, f"{revision}^{{commit}}").decode().strip()
    except GitError as error:
        if _is_there(root, f"origin/{revision}"):
            raise GitError(f"there is no {revision} here: give origin/{revision}") from error
        shallow = run(root, "rev-parse", "--is-shallow-repository").strip() == b"true"
        mend = "; the clone is shallow: fetch it first" if shallow else ""
        raise GitError(f"{revision} is neither a folder of rules nor a revision of {root}{mend}") from error


def _is_there(root: Path, revision: str) -> bool:
    try:
        run(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except GitError:
        return False
    return True


def last_change(path: Path, name: str) -> Commit | None:
    """Return the commit that last changed a rule's table; None where its file is not under git.

    The history of the lines of the table as it stands in the latest commit is asked for, so that what was taken out
    of it counts too.
    """
    root = top(path.parent)
    if root is None:
        return None
    local = path.resolve().relative_to(root.resolve()).as_posix()
    try:
        committed = run(root, "show", f"HEAD:{local}").decode("utf-8", "replace")
    except GitError:
        return UNCOMMITTED
    now = path.read_text(encoding="utf-8")
    old, new = toml_text.lines_of(committed, name), toml_text.lines_of(now, name)
    if old is None or new is None or _lines(committed, old) != _lines(now, new):
        return UNCOMMITTED
    span = f"-L{old[0]},{old[1]}:{local}"
    shown = run(root, "log", "-1", "--no-patch", "--format=%h%x09%as%x09%s", span).decode("utf-8", "replace")
    return Commit(*shown.strip().split("\t", 2)) if shown.count("\t") >= 2 else None


def _lines(text: str, span: tuple[int, int]) -> list[str]:
    return text.splitlines()[span[0] - 1 : span[1]]
