"""By how much surer than usual it must be of a line that it is an advert, for what it is and how it is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..prose import width
from .context import IN_QUOTES, Context, is_bare
from .parts import Found
from .spans import SENTENCE_END, windows

CONTACT = 0.7
"""By how much less sure it need be where a contact stands at the end: of lines that look like offers and are article
few have one."""
CONTACTLESS = 1.0
"""By how much surer it must be where none stands: two of three lines of real articles that would go have none, and one
advert of a hundred."""
QUOTED = 1.0
"""By how much surer besides where words stand in quotation marks, as an advert does in what is written about it."""
REPEATED, USUAL = 4, 2.0
"""From how many lines on that differ in figures alone, as those of a shop's list, and by how much surer it must be of
them, and of code."""
PARAGRAPH, _SHORTEST_PARAGRAPH = 2.0, 200
"""By how much surer it must be of a line that makes a quarter of a text, and how wide such a line is at least."""
SENTENCES, _FEWEST_SENTENCES = 1.0, 2
"""The same for lines of so many whole sentences without a contact."""
_NOTHING_ELSE = 20
"""How wide a line is that is a contact and nothing else: it need be no less sure for its contact, unless there is an
advert above or below it."""
_SPOKEN = re.compile(r"[。！？.!?][”」』»].")
"""Speech that something follows: there a sentence need not end."""
_PRESS = re.compile(
    r"\W*(?:(?:media|press|pr) )?(?:contacts?|enquir(?:y|ies)|inquir(?:y|ies))\s?:[^@]{0,80}\w@\w"
    r"|\W*(?:媒体|新闻|媒體|新聞)(?:联系|聯絡|联络|发言)(?:人|方式)?\s?[:：][^@]{0,80}\w@\w"
    r"|\W*(?:联系人|聯絡人|咨询|諮詢)\s?[:：]\s?[\u4e00-\u9fff]{2,5}[，,；;\s]{0,3}(?:联系|聯絡|咨询|諮詢)?(?:电话|電話)\s?[:：]\s?0\d{2,3}[-—]\d{7,8}"
    r"|\W*(?:контакт(?:ы|ное лицо)?|пресс-(?:служба|центр))(?: для (?:сми|прессы|журналистов))?\s?:[^@]{0,80}\w@\w",
    re.IGNORECASE,
)
"""Whom the press may write to, above or below a press release, or who answers the line of an office, below a notice: an
advert has the number of a mobile telephone."""
_OFFICE = re.compile(r"[^\W\d_][\w .,'’&()-]{0,40}[,:]\s*\+\s?\d{1,3}(?:[\s().-]{1,2}\d{1,4}){2,5}")
"""A place or an office, and its telephone number as it is dialled from abroad."""


class Piece(NamedTuple):
    """A line that is looked at."""

    line: int
    text: str


def surer(piece: Piece, context: Context, contact: bool, met: int) -> float:
    """Return by how much surer than usual it must be that a piece of text is an advert, negative for less, whatever
    the rest of the document says.
    """
    if is_bare(piece.text) or met >= REPEATED or context.in_a_list(piece.line):
        return USUAL
    if _PRESS.match(piece.text):
        return USUAL
    if _OFFICE.fullmatch(piece.text):
        return 2 * USUAL
    if contact:
        return 0.0 if width(piece.text) <= _NOTHING_ELSE else -CONTACT
    return CONTACTLESS + (QUOTED if IN_QUOTES.search(piece.text) else 0.0)


def surer_of_prose(found: Found, lines: Sequence[str]) -> float:
    """Return by how much surer it must be of a whole line that is a paragraph."""
    text = lines[found.line].strip()
    if (wide := width(text)) > _SHORTEST_PARAGRAPH and wide > width("".join(lines)) / 4:
        return PARAGRAPH
    count = len(SENTENCE_END.findall(text[:-1])) + 1
    return SENTENCES if not found.score.leads and text[-1:] in "。.！!" and count >= _FEWEST_SENTENCES else 0.0


def may_belong(line: str) -> bool:
    """Whether there could be prose beside an advert in a line, or it names an office and its number."""
    text = line.strip()
    return bool(windows(line) or _SPOKEN.search(line) or _OFFICE.fullmatch(text) or _PRESS.match(text))
