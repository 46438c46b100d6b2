"""Text that is a piece of HTML: what a feed or an export of articles has instead of pages.

A tag in a sentence may be what the sentence is about, so rules/markup take single ones with care. Where tags stand in
most lines of a text, in pairs, and nothing in it speaks of them, all of it is HTML: `extract` gives each block a line
of its own, and `markup` takes the tags out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, pairwise

from .late import late

LEAST = 4
"""Tags that a text has at least, two of them closing ones, before it can be HTML."""
LINES, PARTS = 0.5, 2
"""Share of the lines with text that have a tag; or in fewer, longer lines so many blocks to a line."""
_BLOCK = "p|div|li|h[1-6]|blockquote|tr|dd|dt|pre|figure|figcaption|section|article|header|footer|aside|table|ul|ol|dl"
_INLINE = (
    "a|abbr|acronym|b|big|br|center|cite|code|del|details|dfn|em|font|hr|i|iframe|img|ins|kbd|label|mark|noscript|picture|q|"
    "s|samp|script|small|source|span|strike|strong|style|sub|summary|sup|svg|tbody|td|tfoot|th|thead|time|tt|u|var|video|wbr"
)
_ATTRIBUTES = r"(?:\s(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)?"
_TAG = late(re.compile, rf"<(/?)(?:{_BLOCK}|{_INLINE}){_ATTRIBUTES}/?>|<!--.{{0,300}}?-->", re.IGNORECASE)
_OTHER = late(re.compile, r"</?[a-z][\w:.-]*[^<>]{0,200}>", re.IGNORECASE)
_ABOUT = late(
    re.compile,
    r"\b(?:html5?|xhtml|css|xml|javascript|php|markup|stylesheet|(?:opening|closing|html|script|meta) tags?)\b"
    r"|`|[{}];?\s*$|标签|標籤|代码|代碼|网页源|разметк|\bтег|верстк",
    re.IGNORECASE | re.MULTILINE,
)
_BREAK = late(
    re.compile,
    rf"</(?:{_BLOCK})\s*>(?:\s*</(?:{_BLOCK})\s*>)*\s*|<br\s*/?>\s*(?:<br\s*/?>\s*)*|(?=<(?:{_BLOCK})\b)",
    re.IGNORECASE,
)
_MACHINE = late(re.compile, r"^\s*(?:window\.\w|document\.\w|var\s\w+\s*=|\{\{.{1,80}\}\}\s*$).*$", re.MULTILINE)
"""Lines of a script without its tags, and slots of a template."""
_UNREAD = late(re.compile, r"<(script|style|noscript|svg|iframe)\b[^<>]*>", re.IGNORECASE)
_SHOWN = ((re.compile(r"<li\b", re.IGNORECASE), "- "), (re.compile(r"</t[dh]\s*>(?=.*<t[dh]\b)", re.IGNORECASE), " "))
_HEADING = re.compile(r"<h([1-6])\b", re.IGNORECASE)


def is_fragment(text: str) -> bool:
    """Whether a text is a piece of HTML, at no cost to speak of where it is none.

    >>> is_fragment("<p>The <b>old</b> mill.</p><p>It stands still.</p>"), is_fragment("The <b> tag and the </b> tag.")
    (True, False)
    """
    if text.count("</") < LEAST // 2 or len(found := [match[1] for match in _TAG.finditer(text)]) < LEAST:
        return False
    if found.count("/") < LEAST // 2 or len(_OTHER.findall(text)) > len(found) or _ABOUT.search(_read(text)):
        return False
    lines = [line for line in text.splitlines() if line.strip()]
    tagged = sum(_TAG.search(line) is not None for line in lines)
    return tagged >= LINES * len(lines) or len(_BREAK.findall(text)) >= PARTS * len(lines)


def parts(line: str) -> list[str]:
    """Return the blocks of a line, each with the tags around it.

    >>> parts("<h2>The mill</h2><p>It stands<br>still.</p>")
    ['<h2>The mill</h2>', '<p>It stands<br>', 'still.</p>']
    """
    ends = [match.end() for match in _BREAK.finditer(line) if 0 < match.end() < len(line)]
    return [line[start:end] for start, end in pairwise([0, *dict.fromkeys(ends), len(line)])]


def tags(line: str) -> Iterator[tuple[int, str, str]]:
    """Yield where a tag begins in a line, the tag, and what stands for it in Markdown or plain text, last first; the
    tags of what nobody reads, such as a script, with all that is in it.
    """
    unread = [*_unread(line)]
    ends = iter([*unread, (len(line), len(line))])
    start, end = next(ends)
    found: list[tuple[int, int]] = []
    for span in (match.span() for match in _TAG.finditer(line)):
        while span[0] >= end:
            start, end = next(ends)
        if span[0] < start:
            found.append(span)
    for first, last in sorted([*unread, *found], reverse=True):
        yield first, line[first:last], _shown(line, first)


def unclosed(line: str) -> str:
    """Return the name of the element that nobody reads and that does not end in the line where it begins, or "".

    >>> unclosed("<p>The mill.</p><script>"), unclosed("<script>go()</script>")
    ('script', '')
    """
    opened = [start for start, end in _unread(line, whole=False) if end < 0]
    name = _UNREAD.match(line, opened[-1]) if opened else None
    return name[1].lower() if name else ""


def closes(line: str, name: str) -> bool:
    """Whether an element that began further up ends in a line."""
    return f"</{name}" in line.lower()


def _unread(text: str, whole: bool = True) -> Iterator[tuple[int, int]]:
    """Yield where elements that nobody reads begin and end; -1 for an end that is not there, unless `whole`."""
    at = 0
    missing: set[str] = set()
    while (opening := _UNREAD.search(text, at)) is not None:
        at = opening.end()
        name = opening[1].lower()
        closing = None if name in missing else re.compile(rf"</{name}\s*>", re.IGNORECASE).search(text, at)
        if closing is not None:
            at = closing.end()
            yield opening.start(), at
        else:
            missing.add(name)
            if not whole:
                yield opening.start(), -1


def _read(text: str) -> str:
    """Return a text without tags, and without what nobody reads: scripts, slots of templates."""
    edges = [0, *chain.from_iterable(_unread(text)), len(text)]
    return _MACHINE.sub(
        "", _TAG.sub("", "\n".join(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)))
    )


def _shown(line: str, at: int) -> str:
    heading = _HEADING.match(line, at)
    if heading:
        return "#" * int(heading[1]) + " "
    return next((mark for pattern, mark in _SHOWN if pattern.match(line, at)), "")
