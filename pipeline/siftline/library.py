"""The rules folder as the stages use it: loaded once, lazily, and picklable."""

from __future__ import annotations

from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any

from . import examples, rules
from .matching import Matcher

LINE_STAGES = ("chrome", "spam", "harvest")
"""Stages whose rules share one matcher: what one of them knows of a line, the others respect."""


def default_folder() -> Path:
    """Return the rules that come with the package: those inside the wheel, or the checkout's own folder."""
    packed = Path(str(resources.files("siftline"))) / "data" / "rules"
    return packed if packed.is_dir() else Path(__file__).resolve().parents[2] / "rules"


class Library:
    """All rules and glossaries of one folder. Raises RuleError on first use where a file is not right."""

    def __init__(self, folder: Path | str | None = None) -> None:
        self.folder = Path(folder) if folder is not None else default_folder()
        self._tried = False

    @cached_property
    def book(self) -> rules.RuleBook:
        """Every rule, tried on its own examples."""
        book = rules.read(self.folder)
        if not self._tried:
            examples.check(book)
            self._tried = True
        return book

    @cached_property
    def lines(self) -> Matcher:
        """The rules of chrome, spam and harvest."""
        return Matcher([rule for stage in LINE_STAGES for rule in self.book.of(stage)])

    @cached_property
    def repair(self) -> Matcher:
        """The rules of repair."""
        return Matcher(self.book.of("repair"))

    def __getstate__(self) -> dict[str, Any]:
        return {"folder": self.folder, "_tried": self._tried}  # a worker need not try the examples again
