"""One document to clean, as the readers hand it on."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .errors import ItemError
from .unpacking import unpacked


@dataclass(frozen=True)
class Item:
    """One document to clean: a file (`path`), or what a record held (`content`), or why it cannot be read."""

    id: str
    path: Path | None = None
    content: str | bytes | None = None
    html: bool | None = None
    """Whether it is a page; None: as it begins."""
    url: str = ""
    charset: str = ""
    """What the server said of the bytes."""
    error: tuple[str, str] | None = None
    """A word for what is wrong, and what to say of it."""
    place: str = ""
    """Where a document stands that is not a file of its own: the file, and its line, row or record there."""

    @property
    def size(self) -> int:
        """Bytes or characters of the document as it lies there, packed or not; 0 where that cannot be told."""
        if self.content is not None or self.path is None:
            return len(self.content or "")
        with suppress(OSError):
            return self.path.stat().st_size
        return 0

    @property
    def where(self) -> str:
        """Where the document stands, for messages; empty where it is nowhere but in the memory."""
        return self.place or (self.path.name if self.path else "")

    def read(self) -> str | bytes:
        """Return the document. Raises ItemError where the file cannot be read or unpacked."""
        if self.error:
            raise ItemError(*self.error)
        if self.content is not None:
            return self.content
        assert self.path is not None, "an item has a path, a content or an error"
        return unpacked(self.path)
