"""The front matter: headline, byline, date, source, credits, captions and keywords, from text alone or from HTML.

rules/harvest says which lines hold a value, fields.py reads it, and headlines.py finds the headline that no label
names. Decided here: which lines only repeat it, or a passage further up, and what stands above the headline or below
the article's end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, chain, islice, pairwise, takewhile

import regex

from .. import bylines, copies, fields, headlines
from ..acting import run
from ..bilingual.headlines import with_both
from ..document import ARTICLE_ROLES, META_ROLES, Change, Document, Fact, Line, article_languages, filled
from ..fences import code_in
from ..library import Library
from ..prose import ends_in_stop, is_sentence, width, with_numbers_alike
from .language import document_languages

MOST_DATES = 2
"""Lines with a date that an article has above it: when it was published, and when it was updated."""
ITEMS, APART = 3, 2
"""From how many lines with the same label on, each so many lines below the one before, they are those of items."""
REFRAIN = 4
"""From how many lines on that repeat the headline those are a refrain that stand among others."""
_LABEL = regex.compile(r"\s*\p{L}{1,12}\s*[:：]")
LEAST_ARTICLE = 400
"""Width of text, a Chinese character counting for two, that an article has before something can be below its end."""
END_WITHIN = 3
"""Lines with text below the last sentence in which the end of the article must show itself."""
UNSEEN, FEW = 0.05, 4
"""Up to which share of lines that the site put above the end a text is an article already, and how many brief lines
such a text has below its end at most: a longer list is the article's."""
LONG_HEADLINE, MOST_TAKEN, NEARLY_UNSEEN = 48, 0.1, 0.1
"""From which width on a headline is no more than that share of its article, where up to the other share of lines is
the site's: a longer line on top of a short text is the first of a post."""
ALIKE = 0.25
"""Share of the words of the briefer of two headlines that the other has too where both are of one article."""
_BRIEF, _LINK = 60, 110
_HEADLINES = ("title", "duplicate")
_BYLINES = 5  # filled lines below a headline in which its byline stands
_REPEAT_TAIL = regex.compile(r"[\s\d()（）\-_.]{0,6}$", regex.V1)
_NOT_LETTERS = regex.compile(r"[^\p{L}\p{N}\n]+", regex.V1)
_LONGEST_REPEAT = 400  # characters of a line that can still be a headline with a site's name or a breadcrumb around it
_FULL_STOPS = "。."
_AUTHORS = frozenset({"作者", "本文作者", "文", "撰文", "Author", "Автор"})
_SOURCES = frozenset({"来源", "來源", "Source", "Источник"})
_ACCOUNT = regex.compile(
    r"[\s(（\[【<《]*(?:来源|來源)\s*[|｜:：]\s*(?<name>[^(（]{2,24}?)\s*[(（]\s*(?:ID|微信号|公众号).*", regex.V1
)
"""The source of an article, with the number of its account."""
_ITEM = regex.compile(r"\s*+(?:#{1,6}\s)?\d{1,2}[.)]\s", regex.V1)
_NO_SOURCE = regex.compile(
    r"本[站网](?:原创|讯)?|原创|转载|互联网|(?:网络|综合)(?:整理|转载|报道)?|未知|不详|unknown", regex.V1 | regex.I
)
"""What stands in the place of a source and names none."""
_OPENING = 16  # characters in which a line has its first letter
_NO_END = (
    "advert",
    "label",
    "cookie",
    "share",
    "follow",
    "app-",
    "print",
    "forum",
    "post",
    "stamp",
    "number",
    "counter",
    "login",
    "newsletter",
    "participation",
)
"""Parts of the names of chrome rules that also stand inside articles and so do not mark the end."""


def harvest(doc: Document, library: Library) -> Document:
    """Move what is worth keeping to the front matter, and drop what frames the article."""
    changes, raw = run(doc, library.lines, "harvest")
    facts = [fact for value in raw for fact in _read(value)]
    useful = {fact.line for fact in facts}
    changes = _first_dates([c for c in changes if c.line in useful or c.role not in META_ROLES])
    changes = _without_those_of_items(doc, _without_lone_titles(doc, changes))
    taken = {change.line for change in changes}
    facts = [fact for fact in facts if fact.line in taken and not _names_no_source(fact)]
    doc = _sourced(doc.apply(changes), facts).with_facts(_ordered(facts, doc))
    doc = _drop_repeats(_take_translations(_take_headlines(doc)))
    return _drop_copies(_drop_below_the_end(_read_byline(doc)))


def _without_lone_titles(doc: Document, changes: list[Change]) -> list[Change]:
    """Let a line that names the headline stay where nothing else does: it is all that there is."""
    others = [change for change in changes if change.role != "title"]
    taken = {change.line for change in changes}
    if len(others) == len(changes) or any(
        line.in_article and line.text.strip() for at, line in enumerate(doc.lines) if at not in taken
    ):
        return changes
    return others


def _without_those_of_items(doc: Document, changes: list[Change]) -> list[Change]:
    """Let the authors and headlines of items stay, as in a collection of poems: lines with the same label, each with
    others between. Where any line was the site's, they are those of posts.
    """
    labelled: dict[str, list[int]] = defaultdict(list)
    for change in changes:
        if not change.start and (label := _LABEL.match(change.before)):
            labelled[label[0]].append(change.line)
    items = [at for at in labelled.values() if len(at) >= ITEMS and all(b - a > APART for a, b in pairwise(at))]
    of_items = set(chain.from_iterable(items)) if items and _is_clean(doc.lines, 0) else set()
    return [change for change in changes if change.line not in of_items]


def _first_dates(changes: list[Change]) -> list[Change]:
    """Let only the first lines that are nothing but a date leave: further ones belong to posts and lists."""
    dates = [change for change in changes if change.role == "date"]
    later = {change.line for change in dates[MOST_DATES:]}
    return [change for change in changes if change.line not in later]


def _read(fact: Fact) -> list[Fact]:
    """Turn a raw value into facts for the front matter; none where it says nothing."""
    field, value = fact.field, fact.value
    if field in ("credit", "names"):
        account = _ACCOUNT.fullmatch(value)
        pairs = (
            [("来源", [account["name"]])]
            if account
            else fields.credits(value)
            or [("出品" if "出品" in value else "credit", [value.strip(" 　|｜丨()（）[]【】.*")])]
        )
        return [one for pair in pairs for one in _credited(fact, *pair)]
    if field == "date":
        date = fields.iso_date(value)
        return [fact._replace(value=date)] if date else []
    if field == "author":
        return [fact._replace(value=name) for name in bylines.without_offices(fields.names(value))]
    if field == "keywords":
        return [fact._replace(value=word) for word in fields.keywords(value)]
    if field in ("title", "subtitle"):
        return [fact._replace(value=fields.headline(value))]
    names = {"source": "publisher", "url": "source_url", "caption": "captions"}
    value = value.strip(" 　\t|｜")
    if field in ("source", "publisher") and not {"(", "（"} & set(value):
        value = value.rstrip(")）")
    return [fact._replace(field=names.get(field, field), value=value)] if value else []


def _credited(fact: Fact, role: str, people: list[str]) -> list[Fact]:
    if role in _AUTHORS:
        return [fact._replace(field="author", value=name) for name in people]
    if role in _SOURCES:
        return [fact._replace(field="publisher", value=people[0])]
    return [fact._replace(field="credits", value=(role, people))]


def _names_no_source(fact: Fact) -> bool:
    return fact.field == "publisher" and _NO_SOURCE.fullmatch(fact.value) is not None


def _sourced(doc: Document, facts: list[Fact]) -> Document:
    """Return a document without the name of the site as the publisher, where the article names its source itself."""
    if doc.page is None or not any(fact.field == "publisher" for fact in facts):
        return doc
    return replace(doc, facts=tuple(fact for fact in doc.facts if fact.field != "publisher" or fact.line is not None))


def _ordered(facts: list[Fact], doc: Document) -> Iterator[Fact]:
    """Give a second headline of the same language its place as the subtitle, if it says anything else."""
    seen: dict[tuple[str, str], str] = {(fact.field, fact.lang): fact.value for fact in reversed(doc.facts)}
    for fact in facts:
        first = seen.setdefault((fact.field, fact.lang), fact.value)
        yield fact._replace(field="subtitle") if fact.field == "title" and first != fact.value else fact


# The headline


def _take_headlines(doc: Document) -> Document:
    """Find the headline of each language that has none yet, in the lines above its first prose."""
    named = {fact.lang: fact for fact in reversed(doc.facts) if fact.field == "title"}
    if any(fact.line is None for fact in named.values()):
        return doc
    for lang in article_languages(doc.lines):
        doc = _take_headline(doc, lang, named.get(lang))
    return doc


def _take_headline(doc: Document, lang: str, named: Fact | None) -> Document:
    """Find the headline of a language. Where a line names one, as the original or that of another portal, the page's
    own stands above that line and shares words with it.
    """
    found = headlines.find(doc, lang)
    if found is None:
        return doc
    at, text = found.line, doc.lines[found.line].text
    if (width(text) >= LONG_HEADLINE and _is_first_of_a_post(text, doc.lines)) or _is_below_the_author(doc, at):
        return doc
    if named is not None:
        likeness = headlines.likeness(text, named.value)
        if at > (named.line or 0) or likeness < ALIKE:
            return doc
        others = tuple(fact for fact in doc.facts if fact is not named)
        second = () if likeness == 1.0 else (named._replace(field="subtitle"),)
        doc = replace(doc, facts=(*others, *second))
    changes = [Change("harvest/any/headline", at, 0, text, None, "title")]
    facts = [Fact("title", fields.headline(text), lang, at)]
    changes += _byline_below(doc, at, facts)
    if found.sure and all(map(_is_brief, doc.lines[:at])) and not _is_below_prose(doc, at, lang):
        above = _leave(doc, range(at), "harvest/any/above-the-headline", "chrome/above-the-headline")
        if above and doc.lines[above[-1].line].lang != lang:  # the headline in another language may stand there
            above.pop()
        changes += [] if len(above) > FEW and _stands_at_the_end(doc, at) else above
    return doc.apply(changes).with_facts(facts)


def _is_below_prose(doc: Document, at: int, lang: str) -> bool:
    """Whether above a line stands the article in another language, its headline or a sentence, or more than one brief
    sentence of its own: the site's lines there end with no full stop.
    """
    if any(fact.field == "title" and fact.lang != lang and (fact.line or 0) < at for fact in doc.facts):
        return True
    above = [line for line in doc.lines[:at] if line.in_article and line.text]
    if any(line.lang != lang and is_sentence(line.text) for line in above):
        return True
    return sum(ends_in_stop(line.text.rstrip(), _FULL_STOPS) for line in above if line.text.strip()) > 1


def _stands_at_the_end(doc: Document, at: int) -> bool:
    """Whether a line has more of the text above it than below, and nothing there is the site's: the last verse of a
    poem, over its date.
    """
    above, below = (sum(len(line[0]) for line in part) for part in (doc.lines[:at], doc.lines[at + 1 :]))
    return above > below and _is_clean(doc.lines[:at], 0)


def _take_translations(doc: Document) -> Document:
    """Find the headline's translation in a document of two languages, on its line or beside it."""
    if not doc.facts or len(article_languages(doc.lines)) < 2:
        return doc
    languages = document_languages(doc)
    return with_both(doc, (languages[0], languages[1])) if len(languages) == 2 else doc


def _is_below_the_author(doc: Document, at: int) -> bool:
    """Whether the author is named above a line, and nothing there is the site's: so the lines of a poem stand."""
    named = any(fact.field == "author" and fact.line is not None and fact.line < at for fact in doc.facts)
    return named and _is_clean(doc.lines[:at], 0)


def _byline_below(doc: Document, at: int, facts: list[Fact]) -> list[Change]:
    """Take a short line between the headline and the date as the author."""
    below = list(filled_lines(doc, range(at + 1, min(at + 8, len(doc.lines))), 2))
    if len(below) < 2 or doc.lines[below[1]].role not in ("date", "source"):
        return []
    line = doc.lines[below[0]]
    name = line.text.strip()
    if not line.in_article or len(name) > 20 or regex.search(r"[\d。，？！?!:：]", name):
        return []
    if line.lang != doc.lines[at].lang:  # the headline in the document's other language
        return []
    facts.append(Fact("author", name, line.lang, below[0]))
    return [Change("harvest/any/byline", below[0], 0, line.text, None, "author")]


def _read_byline(doc: Document) -> Document:
    """Read the dated line below a headline, or just above it, for what no rule has read, if none has read a date."""
    titles = (at for at, line in enumerate(doc.lines) if line.role in _HEADLINES)
    facts = byline(doc, chain.from_iterable(beside(doc, title) for title in titles))
    if not facts:
        return doc
    at = facts[0].line or 0
    text = doc.lines[at].text
    changes = [Change("harvest/any/byline", at, 0, text, None, "date")] if doc.lines[at].in_article else []
    return doc.apply(changes).with_facts(facts)


def byline(doc: Document, lines: Iterable[int]) -> list[Fact]:
    """Return what the first dated one of some lines says, the date first; nothing where a date is known already."""
    known = {fact.field for fact in doc.facts}
    read = ((at, bylines.read(doc.lines[at].text.strip())) for at in ([] if "date" in known else lines))
    at, found = next((one for one in read if one[1]), (0, []))
    return [Fact(field, value, doc.lines[at].lang, at) for field, value in found if field not in known]


def beside(doc: Document, title: int) -> Iterator[int]:
    """Yield the filled lines below a headline, down to the first sentence, then those just above it."""
    for at in filled_lines(doc, range(title + 1, len(doc.lines)), _BYLINES):
        if is_sentence(doc.lines[at].text):
            break
        yield at
    yield from filled_lines(doc, range(title - 1, -1, -1), 2)


def filled_lines(doc: Document, span: Iterable[int], most: int) -> Iterator[int]:
    """Yield the first lines of a span that have text, so many at most."""
    return islice((at for at in span if doc.lines[at].text.strip()), most)


def _drop_repeats(doc: Document) -> Document:
    """Drop lines that only repeat a headline: the page's own heading, or the text of a picture."""
    titles = {_key(fact.value): fact for fact in doc.facts if fact.field == "title"}
    titles |= {_key(fields.without_site(fact.value)): fact for fact in titles.values()}
    titles.pop("", None)
    changes = []
    shown = {fact.line for fact in doc.facts}
    if not titles:
        return doc
    openings = {key[:1] for key in titles}
    sizes = min(map(len, titles)), min(3 * max(map(len, titles)) + 20, _LONGEST_REPEAT)
    for at, (whole, _, role, _) in enumerate(doc.lines):
        if not sizes[0] <= len(whole) <= sizes[1] or role not in ARTICLE_ROLES or at in shown:
            continue
        text = whole.strip()
        first = text[:1] if text[:1].isalnum() else _key(text[:_OPENING])[:1]
        if first.casefold()[:1] not in openings:
            continue
        if _key(text) in titles or _key(_REPEAT_TAIL.sub("", text)) in titles:
            changes.append(Change("harvest/any/repeated-headline", at, 0, whole, None, "duplicate"))
    if len(changes) >= REFRAIN:
        changes = [one for one in changes if not _is_verse(doc.lines, one.line)]
    return doc.apply(changes)


def _is_verse(lines: Sequence[Line], at: int) -> bool:
    """Whether a line stands right below another one of the article and is no heading, as a verse of a song does."""
    if at == 0 or lines[at].text.startswith("#"):
        return False
    return lines[at - 1].in_article and bool(lines[at - 1].text.strip())


def _key(text: str) -> str:
    return _NOT_LETTERS.sub("", text).casefold()


# What frames the article


def _drop_below_the_end(doc: Document) -> Document:
    """Drop the brief lines below the last prose, once a line there was the site's or a credit; not of a page that says
    that it is a thread, in which brief replies stand there.
    """
    lines = doc.lines
    if doc.page and doc.page.head.thread:
        return doc
    upwards = reversed(range(len(lines)))
    last = next((at for at in upwards if lines[at][2] in ARTICLE_ROLES and is_sentence(lines[at][0])), None)
    if last is None:
        return doc
    below = filled_lines(doc, range(last + 1, len(lines)), END_WITHIN)
    mark = next((at for at in below if _marks_the_end(lines[at])), None)
    if mark is None or not _is_article(lines[: last + 1]) or _stands_inside(lines[:last], lines[mark]):
        return doc
    brief = [*takewhile(lambda at: _is_brief(lines[at], _LINK), range(mark + 1, len(lines)))]
    if doc.page:  # whether a sentence is the article's is for the layout stage, which sees its markup
        brief = [*takewhile(lambda at: not ends_in_stop(lines[at].text.rstrip()), brief)]
    if brief and brief[-1] + 1 < len(lines) and any(_ITEM.match(lines[at].text) for at in brief):
        return doc
    changes = _leave(doc, brief, "harvest/any/below-the-end", "chrome/below-the-end")
    unsure = len(changes) > FEW and lines[mark].role != "credit" and _is_clean(lines[:mark])
    return doc if unsure else doc.apply(changes)


def _drop_copies(doc: Document) -> Document:
    """Drop passages that stand in the article a second time, where anything shows that it came from a site."""
    texts = [text for text, _, role, _ in doc.lines if len(text) >= copies.LONG and role in ARTICLE_ROLES]
    if not copies.may_repeat(texts) or _is_clean(doc.lines, 0):
        return doc
    code = code_in([line.text for line in doc.lines])  # which declares the same things in many places
    inside = [at for at, line in enumerate(doc.lines) if line.in_article and line.text.strip() and at not in code]
    gone = copies.later_copies([doc.lines[at].text for at in inside])
    return doc.apply(
        [
            Change("harvest/any/repeated-passage", at, 0, doc.lines[at].text, None, "duplicate")
            for at in map(inside.__getitem__, gone)
        ]
    )


def _is_clean(lines: Sequence[Line], most: float = UNSEEN) -> bool:
    """Whether hardly a line is the site's."""
    seen = sum([line[2].startswith("chrome/") for line in lines])  # never a blank one
    return not seen or (most > 0 and seen <= most * len(filled([line[0] for line in lines])))


def _is_first_of_a_post(text: str, lines: Sequence[Line]) -> bool:
    words = text.split()
    if 2 * sum(word[0].isupper() for word in words) > len(words) > 1 or not _is_clean(lines, NEARLY_UNSEEN):
        return False  # words with capitals are a headline's
    return width(text) > MOST_TAKEN * sum(width(line.text) for line in lines if line.in_article)


def _is_article(lines: Iterable[Line]) -> bool:
    """Whether the lines hold enough text to be an article that can have an end."""
    sums = accumulate(width(text) for text, _, role, _ in lines if text and role in ARTICLE_ROLES)
    return any(total >= LEAST_ARTICLE for total in sums)


def _is_brief(line: Line, most: int = _BRIEF) -> bool:
    """Whether a line is too short to be more than a label or a link, or has left the article already."""
    return not line.in_article or width(line.text) <= most


def _stands_inside(lines: Sequence[Line], mark: Line) -> bool:
    """Whether a line like a mark, but for its figures, stands below prose and above more of it: then it is no end, but
    what stands below each post of a thread.
    """
    like = with_numbers_alike(mark.text)
    same = (at for at, line in enumerate(lines) if line.role == mark.role and with_numbers_alike(line.text) == like)
    first = next(same, None)
    return first is not None and any(line.in_article and is_sentence(line.text) for line in lines[:first])


def _marks_the_end(line: Line) -> bool:
    kind, _, name = line.role.partition("/")
    return kind == "credit" or (kind == "chrome" and not any(part in name for part in _NO_END))


def _leave(doc: Document, span: Iterable[int], rule: str, role: str) -> list[Change]:
    lines = doc.lines
    return [
        Change(rule, at, 0, lines[at].text, None, role)
        for at in span
        if lines[at].in_article and lines[at].text.strip()
    ]
