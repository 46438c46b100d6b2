r"""Paragraphs that stand on one line: where an extractor lost a line feed, or wrote it as `\n`.

Two traces are sure: an ideographic indent of two behind a sentence, which begins a Chinese paragraph and nothing else,
and an empty line written as escapes between sentences of prose. What else may part paragraphs does other things more
often: of 16 lines with three bullets in them 14 say facts side by side, and wide blanks part sentences as well.
"""

from __future__ import annotations

import re
from itertools import chain, pairwise

from ..late import late
from .escapes import CODE

_WIDE = "\u3000\ue5e5"
"""The ideographic blank, and what GBK has for it where it was read as a private character."""
_PAIR = late(re.compile, f"[{_WIDE}]{{2}}")
_BLANKS = f" \t\xa0{_WIDE}"
_INDENT = late(re.compile, f"[。！？…][”’」』）]{{0,2}}([{_BLANKS}]++)(?=[^\r。，、；：！？…—])")
"""Blanks between a sentence and what does not go on with it."""
_EMPTY_LINE = late(
    re.compile,
    r"(?<=[^\W\d_]{2})[.!?。！？…][”’\"»）)」』]{0,2}(?:\\r)?\\n(?:\\r)?\\n(?=\W{0,3}[^\W\d_a-zа-яё])",
)
r"""An empty line, as escapes, behind a sentence and before another, or an item of a list."""
_BREAK = late(re.compile, r"((?:(?:\\r)?\\n)++)(?=\W{0,3}[^\W_a-zа-яё])")
_LONG, _LEAST_WORDS, _BREAKS_A_SIGN = 200, 20, 8
"""Characters, and blanks or wide marks, of a line that is prose and shows nobody what an escape looks like; breaks for
each sign of code in it, such as a bracket right behind a word."""
_WORDS = late(re.compile, "[ ，。、；：！？]")


def is_suspect(text: str) -> bool:
    """Whether a text may hold what parts the paragraphs of a line, at no cost to speak of."""
    return "\u3000\u3000" in text or _WIDE[1] in text or "\\n" in text


def gaps(line: str) -> list[tuple[int, int]]:
    r"""Return where in a line what parts its paragraphs begins and ends.

    >>> gaps("桥修好了。　　昨天通车。"), gaps("　　桥修好了。"), gaps(r"Write \n\n for an empty line.")
    ([(5, 7)], [], [])
    """
    found: list[tuple[int, int]] = []
    bare = line.lstrip()
    if not is_suspect(bare) or bare.startswith("|"):  # a row of a table
        return found
    if _PAIR.search(line):
        found = [match.span(1) for match in _INDENT.finditer(line) if _PAIR.search(match[1])]
    if "\\n" in line and _EMPTY_LINE.search(line):
        breaks = [match.span(1) for match in _BREAK.finditer(line)]
        found += breaks if _is_prose(line, len(breaks)) else []
    return sorted(found)


def _is_prose(line: str, breaks: int) -> bool:
    """Whether a line with so many breaks is prose of several paragraphs, and no code."""
    if len(line) < _LONG or len(_WORDS.findall(line)) < _LEAST_WORDS:
        return False
    return len(CODE.findall(line)) * _BREAKS_A_SIGN <= breaks


def parts(line: str) -> list[str]:
    """Return the paragraphs of a line, each with what parts it from the next behind it.

    >>> parts("桥修好了。　　昨天通车。")
    ['桥修好了。　　', '昨天通车。']
    """
    return [line[start:end] for start, end in pairwise([0, *[end for _, end in gaps(line)], len(line)])]


def gap_behind(part: str) -> int:
    r"""Return where the gap at the end of a paragraph begins that `parts` returned.

    >>> gap_behind("桥修好了。　　"), gap_behind(r"It is done.\n")
    (5, 11)
    """
    end = len(part.rstrip(_BLANKS))
    while part.endswith(("\\n", "\\r"), 0, end):
        end -= 2
    return end


def paragraphs(line: str) -> list[str]:
    """Return the paragraphs of a line without what parts them.

    >>> paragraphs("桥修好了。　　昨天通车。")
    ['桥修好了。', '昨天通车。']
    """
    edges = [0, *chain.from_iterable(gaps(line)), len(line)]
    return [line[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]


def apart(text: str) -> str:
    """Return a text with a line for each paragraph."""
    if not is_suspect(text):
        return text
    return "\n".join(chain.from_iterable(map(paragraphs, text.split("\n"))))
