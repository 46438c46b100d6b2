"""Which lines of a document are adverts, and which paragraphs have one glued to their end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..layout.gate import median
from ..prose import width
from .context import STRANGE, Context
from .folding import folded
from .model import GLANCE, Model, Score
from .screen import screen

SHORTEST, LONGEST = 8, 250
"""Characters of a line that is looked at whatever stands in it. Adverts are short; a longer line is looked at where
there is a contact at its end."""
MOST = 1200
"""Characters above which no line is an advert as a whole."""
_TAILS, _SHORTEST_TAIL, _SHORTEST_REST = 3, 12, 30
"""How many sentences from the end an advert glued to a paragraph has at most, and the characters that it, and the
paragraph before it, have at least."""
CONTACT = 0.7
"""By how much less sure it need be where a contact stands at the end: of lines that look like offers and are article
few have one."""
CONTACTLESS = 1.0
"""By how much surer it must be where none stands: two of three lines of real articles that would go have none, and one
advert of a hundred."""
REPEATED, USUAL = 4, 2.0
"""From how many lines on that differ in figures alone, as those of a shop's list, and by how much surer it must be of
them, and of code."""
PARAGRAPH, _SHORTEST_PARAGRAPH = 2.0, 200
"""By how much surer it must be of a line that makes a quarter of a text, and how wide such a line is at least."""
SENTENCES, _FEWEST_SENTENCES = 1.0, 2
"""The same for lines of so many whole sentences without a contact."""
GLUED = 1.5
"""By how much surer it must be that sentences at the end of a paragraph are an advert, if the paragraph as a whole is
none."""
PROSE = -2.0
"""The log odds below which what stands above them is prose: 9 of 10 paragraphs lie below in Chinese, 49 of 50 in
English, and a fifth of the beginnings of adverts."""
FEWEST, _ENOUGH = 4, 300
"""How many lines, at least and at most, say what kind of document it is."""
_MIDDLE, _RISE = -2.0, 1.0
"""The log odds at a glance of the middle line of nearly every article, and by how much `least` rises for each by which
they are higher."""
_CODE = re.compile(r"\t|^(?:[@#>{<]|\$\s)|<https?:|[(){}\[\]=]{2}|@v?\d+\.|\w\(\d|=>")
_LINK = r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:[/:?#][^\s,]*)?"
_BARE_LINK = re.compile(rf"[\s•·*>-]*(?:[^\s:：]{{1,14}}[:：]\s*)?{_LINK}(?:,?\s+{_LINK})*", re.ASCII)
_TALK = re.compile(r"微信|朋友圈|\bqq\b")
_LEADS = re.compile(
    r"加(?:[我微薇vwq裙群入信小+]|好友)|添(?!加)|[联聯络扫掃私找咨諮询詢领領搜薇]|客服|同[号號]|回[复復]|关注|關注|发送|https?:|www\.|@|\d{5}|[a-z][\w-]{0,9}\d|\d[\w-]{0,9}[a-z]"
    r"|(?:信|qq|号|號|圈)\W{0,4}[a-z0-9_-]{4}"
)
"""What a line that names a Chinese messenger has if it leads there: a call, a number, or an account behind the name."""
_SENTENCE_END = re.compile(r"(?<=[。！？])(?![”」』）\"'])|(?<=[.!?…])[\"”»]?\s+(?=[^\Wa-zа-я_]|[^\w\s]|\d)")


class Found(NamedTuple):
    """An advert: the line, and from which character on."""

    line: int
    start: int
    score: Score


class _Piece(NamedTuple):
    line: int
    start: int
    text: str


def search(lines: Sequence[str], model: Model, least: float, why: bool = False) -> list[Found]:
    """Return the adverts among the lines of a document, in order, with `why` also the reasons; `least` is the log odds
    from which a line is one. A line that is gone already is empty here.

    Whatever stands in a document full of offers is less likely put there by somebody else, so what its other lines
    look like raises `least`.
    """
    pieces, contact = _pieces(lines)
    if not pieces:
        return []
    texts = [piece.text for piece in pieces]
    seen = model.at_a_glance(texts)
    doubtful = np.flatnonzero(seen.odds > GLANCE)
    scores = model.closely(texts, seen, doubtful, why)
    near = {at: score for at, score in zip(doubtful.tolist(), scores, strict=True) if score.odds >= least - CONTACT}
    if not near:
        return []
    context = Context(lines, {pieces[at].line for at in near})
    plain = {at: folded(texts[at]) for at in doubtful.tolist()}
    met = Counter(plain.values())
    found: list[tuple[float, Found]] = []  # with the log odds that it has over those it must have
    for at, score in near.items():
        line, start, _ = pieces[at]
        talk = _is_talk(plain[at])
        surer = _surer(pieces[at], context, contact[line] and not talk, met[plain[at]])
        strange = 0.0 if talk else STRANGE
        if score.odds - least >= max(-CONTACT, surer + strange):  # or the rest of the document need not be asked
            spare = score.odds - least - max(-CONTACT, surer + max(strange, context.surer(pieces[at].text)))
            found += [(spare, Found(line, start, score))] if spare >= 0 else []
    more = _indulgence(lines, model) if found else 0.0
    likely: dict[int, list[Found]] = {}
    for spare, one in found:
        if spare >= more:
            likely.setdefault(one.line, []).append(one)
    chosen = [_choose(likely[at], lines[at], model, least + more) for at in sorted(likely)]
    spares = {one: spare - more for spare, one in found}
    return [one for one in chosen if one and spares[one] >= _surer_of_prose(one, lines, contact[one.line])]


def _is_talk(text: str) -> bool:
    """Return whether a folded text names a Chinese messenger and leads nowhere.

    >>> _is_talk("微信, qq 都有广告"), _is_talk("加微信看资料"), _is_talk("微信 abc000")
    (True, False, False)
    """
    return bool(_TALK.search(text)) and not _LEADS.search(text)


def _surer(piece: _Piece, context: Context, contact: bool, met: int) -> float:
    """Return by how much surer than usual it must be that a piece of text is an advert, negative for less, whatever
    the rest of the document says.
    """
    bare = _CODE.search(piece.text) or _BARE_LINK.fullmatch(piece.text)
    if bare or met >= REPEATED or (not piece.start and context.in_a_list(piece.line)):
        return USUAL
    return -CONTACT if contact else CONTACTLESS


def _surer_of_prose(found: Found, lines: Sequence[str], contact: bool) -> float:
    """Return by how much surer it must be of a whole line that is a paragraph."""
    text = lines[found.line].strip()
    if found.start:
        return 0.0
    if (wide := width(text)) > _SHORTEST_PARAGRAPH and wide > width("".join(lines)) / 4:
        return PARAGRAPH
    sentences = len(_SENTENCE_END.findall(text[:-1])) + 1
    return SENTENCES if not contact and text[-1:] in "。.！!" and sentences >= _FEWEST_SENTENCES else 0.0


def _pieces(lines: Sequence[str]) -> tuple[list[_Piece], npt.NDArray[np.bool_]]:
    """Return the lines and the ends of paragraphs that can be adverts, and for each line whether a contact is at its
    end.
    """
    marked, contact = screen(lines)
    ends = set(np.flatnonzero(contact).tolist())
    whole = [
        _Piece(at, 0, text)
        for at in np.flatnonzero(marked).tolist()
        if SHORTEST <= len(text := lines[at].strip()) <= LONGEST or (LONGEST < len(text) <= MOST and at in ends)
    ]
    return whole + [tail for at in sorted(ends) for tail in _tails(at, lines[at])], contact


def _choose(found: Sequence[Found], line: str, model: Model, least: float) -> Found | None:
    """Return what goes of a line that is an advert as a whole, or in its last sentences, or both: those sentences
    alone where what stands above them is prose.
    """
    whole = next((one for one in found if not one.start), None)
    for tail in sorted((one for one in found if one.start), reverse=True):
        rest = line[: tail.start].strip()
        [score] = model.closely([rest], model.at_a_glance([rest]), np.zeros(1, np.intp))
        if score.odds < PROSE and (whole or tail.score.odds >= least + GLUED):
            return tail
    return whole


def _tails(at: int, line: str) -> Iterator[_Piece]:
    """Yield the last sentence of a paragraph, the last two, and so on, where a contact is at the end."""
    text = line.rstrip()
    ends = [match.end() for match in _SENTENCE_END.finditer(text, _SHORTEST_REST) if match.end() < len(text)]
    for start in reversed(ends[-_TAILS:]):
        if _SHORTEST_TAIL <= len(text) - start <= LONGEST:
            yield _Piece(at, start, text[start:])


def _indulgence(lines: Sequence[str], model: Model) -> float:
    """Return by how much `least` rises for what the lines of a document look like in the middle."""
    texts = [text for line in lines if SHORTEST <= len(text := line.strip()) <= LONGEST][:_ENOUGH]
    if len(texts) < FEWEST:
        return 0.0
    return max(0.0, float(median(model.at_a_glance(texts).odds)) - _MIDDLE) * _RISE
