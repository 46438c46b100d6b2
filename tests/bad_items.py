"""Documents that go wrong as they are read, for the tests of what one of them costs the others."""

from __future__ import annotations

import os

from siftline.files import Item


class Dying(Item):
    """A document that ends the process that reads it."""

    def read(self) -> str:
        os._exit(3)


class Broken(Item):
    """A document on which the code fails."""

    def read(self) -> str:
        raise KeyError("no such thing")
