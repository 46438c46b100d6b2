"""Whether a line reads like an article's text, by its length and its stops."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import regex

FULL_STOPS = "。！？!?.…"
"""Marks that end a sentence."""
_SENTENCE_STOPS = FULL_STOPS + "；;"
STOPS = _SENTENCE_STOPS + ":："
"""Marks that end a line which belongs to running text."""
CLOSING = "”’\"'」』»》）)】]"
"""Marks that may stand behind them."""
_SENTENCE_ENDS = frozenset(_SENTENCE_STOPS + CLOSING)
SECTIONS = ("#", "|")
"""What headings and rows of tables begin with, as Markdown has them."""
_CUT_SHORT = regex.compile(r"(?<![.…])(?:\.\.\.|…)\s*+$", regex.V1)
_INSIDE = regex.compile(r"[。！？]|[.!?]\s", regex.V1)
_WIDE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]++", regex.V1)
_NUMBER = regex.compile(r"\d+", regex.V1)
TOKEN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff]|[^\W_]+")
"""A word, or a single character of Chinese or Japanese: what the size of an article is counted in."""
ARTICLE = 100
"""Words from which on texts that stay are an article. With 200 three brief articles of 412 lost half of their F1 and
more to the comments below; no thread that calls itself one is touched."""
_HAN = re.compile("[\u4e00-\u9fff]+")
_BEYOND = re.compile("[\u1100-\u1fff\u2e80-\u2fff\u3005-\u3007\u3021-\ufeff\uff66-\U0010ffff]")
"""What is most often all that is wide, and what everything wide is among: both are found sooner."""
_REMEMBERED = 1_000
"""Characters of the longest text whose width is remembered: several stages ask for that of the same lines."""
_CLOSERS = 12
"""Characters in which a line's last stop and the quotation marks behind it stand."""
_SENTENCE = 36
"""Width of the shortest line that counts as a sentence; a Chinese character counts for three here."""
SHORTEST, _LONG_NARROW = 30, 90
"""Characters of a line that can read like article: of Chinese, and of an alphabet."""


def reads_like_article(text: str) -> bool:
    """Whether a line is long, ends like a sentence and is not cut short.

    >>> reads_like_article("相关阅读")
    False
    >>> reads_like_article("A teaser that was cut after many, many words and so never came to its end ...")
    False
    """
    text = text.strip()
    if len(text) < SHORTEST or not ends_in_stop(text):
        return False
    if len(text) < _LONG_NARROW and (text.isascii() or wide_characters(text) < SHORTEST - 5):
        return False
    return not _is_cut_short(text)


def _is_cut_short(text: str) -> bool:
    if not text.endswith(("...", "…")) or text.endswith("……"):
        return False
    return bool(_CUT_SHORT.search(text, max(0, len(text) - 8)))


def is_article(texts: Iterable[str], words: int = ARTICLE) -> bool:
    """Whether some texts have so many words, all together, that they are an article.

    >>> is_article(["The ferry is back."]), is_article(["桥修好了。", "昨天通车。"], words=8)
    (False, True)
    """
    return sum(len(TOKEN.findall(text)) for text in texts) >= words


def holds_sentences(text: str) -> bool:
    """Whether a line is long and has a whole sentence in it, so that a list may not take it along unseen.

    >>> holds_sentences("A headline about ferries"), holds_sentences("他来了。" + "后来的事情谁也说不清楚，" * 6)
    (False, True)
    """
    text = text.strip()
    return width(text) >= 2 * _LONG_NARROW - 60 and bool(_INSIDE.search(text)) and not _is_cut_short(text)


def is_sentence(text: str) -> bool:
    """Whether a line is of a sentence's length and ends as one.

    >>> is_sentence("The bridge over the bay is made of ice."), is_sentence("A bridge made of ice")
    (True, False)
    """
    if text[-1:].isalnum():  # so most lines end that are no sentence
        return False
    text = text.strip()
    if text[-1:] not in _SENTENCE_ENDS or 3 * len(text) < _SENTENCE:
        return False
    if len(text) < _SENTENCE and len(text) + 2 * wide_characters(text) < _SENTENCE:
        return False
    return ends_in_stop(text, _SENTENCE_STOPS) and not _is_cut_short(text)


def ends_in_stop(text: str, stops: str = STOPS) -> bool:
    """Whether a text ends with a stop, and some of the closing marks behind it perhaps.

    >>> ends_in_stop('"Ice."'), ends_in_stop("Ice")
    (True, False)
    """
    if text[-1:] not in CLOSING:
        return text[-1] in stops
    bare = text.rstrip(CLOSING)
    return bare[-1:] in stops and bare != "" and len(text) - len(bare) < _CLOSERS


def width(text: str) -> int:
    """Return how wide a text is without the blanks around it: a Chinese, Japanese or Korean character counts for two.

    >>> width("ice"), width(" 冰桥")
    (3, 4)
    """
    text = text.strip()
    return len(text) + wide_characters(text)


def with_numbers_alike(text: str) -> str:
    """Return a text with 0 for each number: lines that differ in numbers alone are the same then.

    >>> with_numbers_alike("12 replies, 3,400 views")
    '0 replies, 0,0 views'
    """
    return _NUMBER.sub("0", text)


def wide_characters(text: str) -> int:
    """Return how many Chinese, Japanese and Korean characters a text has."""
    if text.isascii():
        return 0
    return _known_wide(text) if len(text) <= _REMEMBERED else _wide(text)


def _wide(text: str) -> int:
    if not _BEYOND.search(text):
        return 0
    rest = _HAN.sub("", text)
    return len(text) - len(rest) + (len("".join(_WIDE.findall(rest))) if _BEYOND.search(rest) else 0)


_known_wide = lru_cache(4096)(_wide)
