"""What ftfy knows of mojibake and we do not: other codecs, bytes that became spaces, UTF-8 with parts missing.

Only its undoing of wrong encodings is used, with what would alter good text switched off, and only where the
result is easier to write down than what stood there (`plausible.cost`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache

from ..late import late
from ..tables import kept
from . import census
from .census import Census
from .edits import Edit, is_shown
from .inside import FEW_FOREIGN, is_typographic
from .mojibake import SHORTEST, WORST
from .plausible import cost

LONGEST = 20_000
"""Characters of a line that ftfy is asked about; its repairs are not linear in time."""
MARGIN = 3
"""Bits that a repair must save."""
_OFF = (
    "unescape_html", "remove_terminal_escapes", "fix_latin_ligatures", "fix_character_width", "uncurl_quotes",
    "fix_line_breaks", "fix_surrogates", "fix_c1_controls", "remove_control_chars",
)  # fmt: skip
_CYRILLIC = late(re.compile, "[\u0400-\u04ff]")
_HAN = late(re.compile, "[\u4e00-\u9fff]")
_KINDS = ("c1", "bad", "upper_accented", "lower_accented", "box")
_ASCII = re.compile(r"[\x00-\x7f]+")
_KNOWN, _RARER = (
    f"[{some}\u0100-\u058f\u2000-\u2bff\uf900-\uffff]" for some in ("\x80-\xff", "\x80-\x9f\xa1-\xde\xf7")
)
_NEEDED = re.compile(f"{_RARER}(?:{_KNOWN}|(?<={_KNOWN}.))|[\x80-\x9f\u0152\u0153\xc2\xc3\xd8\xd9]")
"""What all that ftfy's pattern finds holds: two characters beside each other one of which is no small letter of Latin-1
and no blank, or one of a few. That pattern itself takes twenty times as long."""


def signs() -> str:
    """Return the characters that ftfy's mojibake holds, as a class of `re`."""
    return _of_ftfy()[0]


@kept
def _of_ftfy() -> tuple[str, str]:
    """Return the class of `signs` and the pattern of ftfy's mojibake: to import ftfy takes 60 ms, and few texts hold
    anything that it is asked about.
    """
    from ftfy.badness import BADNESS_RE, MOJIBAKE_CATEGORIES  # noqa: PLC0415 - see above

    return "[" + "".join(MOJIBAKE_CATEGORIES[kind] for kind in _KINDS) + "√≈‚β×]", BADNESS_RE.pattern


@cache
def _badness() -> re.Pattern[str]:
    return late(re.compile, _of_ftfy()[1], re.VERBOSE)


def is_suspect(text: Census) -> bool:
    """Whether a text holds any character that ftfy's mojibake holds."""
    return text.has(census.MOJIBAKE)


def edits(lines: Sequence[str]) -> dict[int, list[Edit]]:
    """Return, by the index of its line, what ftfy mends."""
    found, may_be_bad = {}, _NEEDED.search
    for at in census.lines_with(census.MOJIBAKE, lines):
        line = lines[at]
        if not SHORTEST <= len(line) <= LONGEST or not may_be_bad(line):
            continue
        if _badness().search(line) and (mended := _mended(line)):  # the first use compiles ftfy's pattern
            found[at] = mended
    shown = all(is_shown(lines[at], edit) for at, mended in found.items() for edit in mended)
    return {} if shown else found


def _mended(line: str) -> list[Edit]:
    from ftfy import TextFixerConfig, fix_encoding_and_explain  # noqa: PLC0415 - see _of_ftfy

    config = TextFixerConfig(**dict.fromkeys(_OFF, False), normalization=None, explain=True)
    fixed = fix_encoding_and_explain(line, config)
    if fixed.text == line or "\n" in fixed.text or "\r" in fixed.text:
        return []
    name = _name(fixed.explanation or [])
    matcher = SequenceMatcher(None, line, fixed.text, autojunk=False)
    spans = [Edit(a, line[a:b], fixed.text[c:d], name) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]
    had, has = _cost(line), _cost(fixed.text)
    if any(is_typographic(edit.before) and _HAN.search(line) for edit in spans):
        return []  # crosses in the place of names, before a quotation mark
    if any(FEW_FOREIGN.fullmatch(edit.after) and _CYRILLIC.search(edit.before) for edit in spans):
        return []
    if had - has < MARGIN or sum(_cost(edit.after) for edit in spans) >= sum(_cost(edit.before) for edit in spans):
        return []
    return spans[::-1] if all(_cost(edit.after) <= WORST * max(1, len(edit.after)) + 4 for edit in spans) else []


def _cost(text: str) -> int:
    return cost(_ASCII.sub(" ", text))


def _name(steps: Sequence[tuple[str, str]]) -> str:
    """Return the rule's id by the first reading that ftfy's plan undoes, or else by its first step."""
    names = [what.removeprefix("sloppy-").replace("_", "-").replace("utf-8", "utf8") for _, what in steps]
    for at, (action, _) in enumerate(steps):
        if action == "encode" and at + 1 < len(steps):
            true = next((names[n] for n in range(at + 1, len(steps)) if steps[n][0] == "decode"), names[-1])
            return f"ftfy/{true.removesuffix('-variants')}-as-{names[at]}"
    return f"ftfy/{names[0]}" if names else "ftfy/other"
