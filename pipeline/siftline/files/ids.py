"""The ids of documents: safe as paths below the output folder, and no two alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

import regex

from ..late import late

_UNSAFE = late(regex.compile, r"[^\p{L}\p{N}\p{M}._@+=-]+", regex.V1)
_RESERVED = late(regex.compile, r"(?:con|prn|aux|nul|com\d|lpt\d)", regex.V1 | regex.I)
_WRITTEN = late(regex.compile, r"\.(?:md|txt|tsv|jsonl|html)$", regex.V1 | regex.I)
"""Endings of what is written into the output folder."""
_PAGES = (".html", ".htm", ".txt", ".md")


class Ids:
    """Gives each document an id of its own."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._last: Counter[str] = Counter()

    def free(self, name: str, fuller: str = "") -> str:
        """Return the id for a name, safe as a path: where it is taken the fuller name's, and then with a number.

        >>> ids = Ids()
        >>> [ids.free("a", "a.txt") for _ in range(4)]
        ['a', 'a.txt', 'a-2', 'a-3']
        """
        first = safe_id(name)
        chosen = next((c for c in (first, safe_id(fuller or name)) if c.casefold() not in self._taken), "")
        while not chosen:
            self._last[first] += 1
            numbered = f"{first}-{self._last[first] + 1}"
            chosen = numbered if numbered.casefold() not in self._taken else ""
        self._taken.add(chosen.casefold())
        return chosen

    def of_url(self, url: str) -> str:
        """Return the id for an address: the host as a folder, in it the rest of the address as one name.

        One name, since an address may go on below what is a file elsewhere: `/a.md` and `/a.md/b`.

        >>> Ids().of_url("https://example.com/2024/%D0%B4%D0%BE%D0%BC.html?p=2")
        'example.com/2024-дом.html-p=2'
        >>> Ids().of_url("http://example.com/news/one.html")
        'example.com/news-one'
        """
        try:
            parts = urlsplit(url)
        except ValueError:  # a bracket in the host that begins no address of IPv6
            return self.free(_joined([url]))
        path = unquote(parts.path).strip("/") or "index"
        full = _joined(part for part in (path, unquote(parts.query), parts.fragment) if part)
        ending = next((ending for ending in _PAGES if full.lower().endswith(ending)), "")
        host = parts.netloc.rpartition("@")[2] or parts.scheme or "unknown"
        return self.free(f"{host}/{full[: len(full) - len(ending)]}", f"{host}/{full}")


def _joined(parts: Iterable[str]) -> str:
    return "-".join(parts).replace("/", "-").replace("\\", "-")


def safe_id(name: str) -> str:
    """Return an id as a path below the output folder: no `..`, no root, no character that a file system refuses.

    No folder has a name that a file of another document may have: `a` makes a file `a.md`.

    >>> safe_id("../../etc/passwd"), safe_id("a b/c?.d"), safe_id("a.md/b.md")
    ('etc/passwd', 'a-b/c-.d', 'a.md_/b.md')
    """
    parts = list(filter(None, map(_safe_part, name.replace("\\", "/").split("/"))))
    *folders, last = parts or ["document"]
    return "/".join([*(f"{part}_" if _WRITTEN.search(part) else part for part in folders), last])


def _safe_part(given: str) -> str:
    part = _UNSAFE.sub("-", given).strip(".-") if given.strip(".") else ""
    if _RESERVED.fullmatch(part):
        part += "_"
    return part.encode("utf-8", "ignore")[:180].decode("utf-8", "ignore")
