"""The rules folder as the stages use it: loaded once, lazily, and picklable."""

from __future__ import annotations

import os
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import shelf
from .adverts import model as advert_model
from .bilingual import dictionary
from .bilingual.dictionary import Dictionary
from .bilingual.entries import Glossary
from .layout import model
from .layout.model import Model
from .matching import Matcher
from .prefilter import Derived
from .rules import RuleBook
from .shelf import Contents

if TYPE_CHECKING:
    from .layout.page_model import PageModel


STRICTNESS = 0.45
"""The share of a document's expected F1 that a line's chance of being article must reach, if nothing else is said."""


def models_folder() -> Path:
    """Return the folder with the weights: what SIFTLINE_MODEL names, or the one that comes with the package."""
    named = os.environ.get("SIFTLINE_MODEL")
    return Path(named) if named else packed_models()


def packed_models() -> Path:
    """Return the folder with the weights that come with the package."""
    return Path(str(resources.files("siftline"))) / "models"


def default_folder() -> Path:
    """Return the rules that come with the package: those inside the wheel, or the checkout's own folder."""
    packed = Path(str(resources.files("siftline"))) / "data" / "rules"
    return packed if packed.is_dir() else Path(__file__).resolve().parents[2] / "rules"


class Library:
    """All rules and glossaries of one folder, and the layout models.

    Raises RuleError on first use where a file is not right.
    """

    def __init__(
        self,
        folder: Path | str | None = None,
        strictness: float = STRICTNESS,
        keep_width: bool = False,
        words: str = "",
    ) -> None:
        self.folder = Path(folder) if folder is not None else default_folder()
        self.strictness = strictness
        self.keep_width = keep_width
        """Whether repair leaves full and half width as they are."""
        self.words = words
        """The file of a dictionary, `cc-cedict` for that of the extra, or "" for none."""
        self.reasons = False
        """Whether the layout stage says what speaks against a line, which takes as long as the judgement."""

    @cached_property
    def text_model(self) -> Model:
        """The layout model for text. Raises OSError where there is none."""
        return model.load(models_folder() / "text.npz")

    @cached_property
    def page_model(self) -> PageModel:
        """The layout model for pages with their markup. Raises OSError where there is none."""
        from .layout import page_model  # noqa: PLC0415 - text needs no parser of markup

        return page_model.load(models_folder() / "html.npz", self.text_model)

    @cached_property
    def adverts(self) -> advert_model.Model:
        """The weights that score adverts; those that come with the package where a folder has none. Raises OSError
        where there are none at all.
        """
        named = models_folder() / "spam.npz"
        return advert_model.load(named if named.is_file() else packed_models() / "spam.npz")

    @cached_property
    def book(self) -> RuleBook:
        """Every rule, proved on its own examples."""
        return self._proved[0]

    @property
    def derived(self) -> Derived:
        """What the prefilter needs to know of each pattern."""
        return self._proved[1]

    @cached_property
    def lines(self) -> Matcher:
        """All active rules, behind one prefilter: what one stage knows of a line, the others respect."""
        book, derived = self._proved
        return Matcher(book.active, derived)

    @cached_property
    def glossaries(self) -> dict[str, Glossary]:
        """The glossaries of leftovers/ by pair of languages, `zh-en`."""
        return shelf.glossaries(self._packed, self.folder)

    def glossary(self, first: str, second: str) -> Glossary:
        """Return the glossary of two languages, empty where there is none.

        >>> Library().glossary("zh", "en").entries["成果"].plural
        'achievements'
        """
        return self.glossaries.get(f"{first}-{second}", Glossary())

    @cached_property
    def dictionary(self) -> Dictionary:
        """The dictionary for words that the glossary lacks, empty where none was asked for. Raises OSError."""
        return dictionary.read(self.words) if self.words else Dictionary({})

    def load(self) -> None:
        """Read and prove everything now, so that what is not right is said before any work. Raises RuleError."""
        self.lines  # noqa: B018
        self._packed  # noqa: B018

    @cached_property
    def _contents(self) -> Contents:
        return shelf.read(self.folder)

    @cached_property
    def _packed(self) -> bytes:
        """The glossaries, proved on their examples and not yet unpacked."""
        return self._contents.glossaries

    @cached_property
    def _proved(self) -> tuple[RuleBook, Derived]:
        return self._contents.book, self._contents.derived

    def __getstate__(self) -> dict[str, Any]:
        """Take along what was proved, and leave what is compiled behind."""
        kept = ("folder", "strictness", "keep_width", "words", "reasons", "_proved", "_packed", "glossaries")
        return {key: value for key, value in vars(self).items() if key in kept}
