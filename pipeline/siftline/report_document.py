"""How the report draws one document: its front matter, its lines before and after, its pairs.

What stood before is not in a record; it is rebuilt line by line, by replaying the ledger backwards.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from .categories import category
from .document import META_ROLES, undo

SHORT_LIMIT = 1_500
"""Characters shown of each further document of a run that is longer than a page can hold."""
_LONG_LINE, LONG_ENDS = 4_000, 400
"""A longer line loses the middle of each stretch that has more than two such ends."""
_MANY_EDITS, _MUCH_COPYING = 200, 20_000_000
"""More edits of one line, or so many characters copied to replay them, are counted and not drawn."""

# Characters that show as nothing, turn the text around or cannot be written as UTF-8. The joiners U+200C and
# U+200D belong to words and emoji, so they are named only inside an edit.
_UNSEEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e"
    "\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffb"
)
_HIDDEN = re.compile(f"[{_UNSEEN}\ufffe\uffff\ud800-\udfff]")
_HIDDEN_IN_EDIT = re.compile(f"[{_UNSEEN}\u200c\u200d\ufffe\uffff\ud800-\udfff]")


class Piece(NamedTuple):
    """A stretch of a line: what stood there, what stands there now, and the rules that changed it."""

    before: str
    after: str
    rules: tuple[str, ...] = ()


class Budget:
    """Characters that may still be shown."""

    def __init__(self, characters: int) -> None:
        self.left = characters

    def spend(self, characters: int) -> bool:
        """Take so many, and say whether any were left before."""
        had = self.left > 0
        self.left -= characters
        return had


def pieces(now: str, edits: Sequence[Mapping[str, Any]]) -> list[Piece]:
    """Cut a line into stretches that were kept and stretches that `edits` changed.

    `now` is the line after the edits, without its terminator; the edits are in the order in which they were made.
    Raises LedgerError where they do not fit.

    >>> pieces("fine day", [{"rule": "repair/x", "start": 0, "before": "f1", "after": "fi"}])
    [Piece(before='f1', after='fi', rules=('repair/x',)), Piece(before='ne day', after='ne day', rules=())]
    """
    first = undo([now], [(e["rule"], 0, e["start"], e["before"], e["after"]) for e in edits])
    out = [Piece(first, first)]
    for edit in edits:
        out = _edited(out, edit)
    return [piece for piece in out if piece.before or piece.after]


def _edited(line: list[Piece], edit: Mapping[str, Any]) -> list[Piece]:
    start, end = edit["start"], edit["start"] + len(edit["before"])
    left: list[Piece] = []
    right: list[Piece] = []
    touched: list[Piece] = []
    head, tail, at = "", "", 0
    for piece in line:
        stop = at + len(piece.after)
        if stop <= start:
            left.append(piece)
        elif at >= end:
            right.append(piece)
        elif piece.rules:
            touched.append(piece)
            head, tail = head + piece.after[: max(0, start - at)], tail + piece.after[max(0, end - at) :]
        else:
            cut, rest = max(0, start - at), max(0, end - at)
            left += [Piece(piece.after[:cut], piece.after[:cut])] if cut else []
            touched.append(Piece(piece.after[cut:rest], ""))
            right += [Piece(piece.after[rest:], piece.after[rest:])] if rest < len(piece.after) else []
        at = stop
    rules = tuple(dict.fromkeys([rule for piece in touched for rule in piece.rules] + [edit["rule"]]))
    return [*left, Piece("".join(p.before for p in touched), head + edit["after"] + tail, rules), *right]


def lines_of(record: Mapping[str, Any]) -> list[str]:
    """Return the lines that a record keeps; without a ledger, those of its text."""
    lines = record.get("lines")
    return list(lines) if lines is not None else str(record.get("text") or "").split("\n")


class _Page(NamedTuple):
    """What drawing a line needs to know of its document."""

    spoken: Mapping[str, str]
    """Language of each line of the article."""
    tagged: bool
    """Whether lines carry a visible tag: only where there is more than one language."""
    budget: Budget


def document(record: Mapping[str, Any], budget: Budget, terse: bool = False) -> Iterator[str]:
    """Yield the HTML of one result, within the budget; `terse` leaves out the lines that did not change.

    Raises LedgerError where the record's changes do not fit its lines.
    """
    yield '<div class="row labels"><span class="n"></span><b class="b">before</b><b class="a">after</b></div>\n'
    yield from _front_matter(record)
    if record.get("lines") is None:
        yield '<p class="cut">The ledger was left out of this run, so the result alone is shown.</p>\n'
    if terse:
        yield '<p class="cut">The run is long: of this document only lines that changed are shown.</p>\n'
    body = record.get("body") or {}
    spoken = {line: code for code, paragraphs in body.items() for text in paragraphs for line in text.split("\n")}
    yield from _drawn_lines(record, _Page(spoken, len(body) > 1, budget), terse)
    yield from _pairs(record, budget)


def _drawn_lines(record: Mapping[str, Any], page: _Page, terse: bool) -> Iterator[str]:
    by_line: dict[int, list[Mapping[str, Any]]] = {}
    for change in record.get("changes") or ():
        by_line.setdefault(change["line"], []).append(change)
    lines = lines_of(record)
    for number, line in enumerate(lines):
        changes = by_line.get(number, [])
        if not changes and (terse or not line.strip()):
            continue
        if page.budget.left <= 0:
            yield f'<p class="cut">Cut here: lines {number + 1:,} to {len(lines):,} are not shown.</p>\n'
            return
        yield _line(number, line.rstrip("\r\n"), changes, page)


def _line(number: int, now: str, changes: Sequence[Mapping[str, Any]], page: _Page) -> str:
    left = next((change for change in changes if change["after"] is None), None)
    edits = [change for change in changes if change["after"] is not None]
    text = left["before"] if left else now
    many = len(edits) > _MANY_EDITS or len(edits) * len(text) > _MUCH_COPYING
    parts = [Piece(text, text)] if many else pieces(text, edits)
    long = sum(len(p.before) + len(p.after) for p in parts) > 2 * _LONG_LINE
    before, after = (_side(parts, side, long) for side in (0, 1))
    page.budget.spend(min(len(before), sum(len(p.before) for p in parts) + 20))
    code = page.spoken.get(text.strip(), "")
    tag = f" <i>{escape(code)}</i>" if code and page.tagged else ""
    where = f'<span class="n">{number + 1}{tag}</span>'
    spoken = f' lang="{escape(code)}"' if code else ""
    if left:
        cells, kind = _left(before, left), f"gone {css(category(left))}"
    else:
        cells, kind = f'<div class="b">{before}</div><div class="a">{after}', "edited" if edits else "same"
        cells += f'<small class="rules">{_labels(edits, many)}</small></div>' if edits else "</div>"
    return f'<div class="row {kind}"{spoken}>{where}{cells}</div>\n'


def _left(before: str, change: Mapping[str, Any]) -> str:
    rule, role = escape(change["rule"]), change["role"]
    target = f" <small>to {escape(role)}</small>" if role in META_ROLES else ""
    chip = f'<span class="chip {css(category(change))}" title="{rule}">{rule}</span>'
    return f'<div class="b" title="{rule}"><s>{before}</s></div><div class="a">{chip}{target}</div>'


def _labels(edits: Sequence[Mapping[str, Any]], many: bool) -> str:
    counts = Counter((change["rule"], category(change)) for change in edits)
    chips = [
        f'<span class="chip {css(name)}" title="{escape(rule)}">{escape(rule)}{f" × {n:,}" if n > 1 else ""}</span>'
        for (rule, name), n in counts.items()
    ]
    return " ".join(chips) + (" too many edits to draw: the result is shown on both sides" if many else "")


def _side(parts: Sequence[Piece], side: int, long: bool) -> str:
    """Draw what stood there (0) or what stands there now (1)."""
    out = []
    for part in parts:
        text = part.after if side else part.before
        if not part.rules:
            out.append(shortened(text, LONG_ENDS) if long else escape(text))
        elif text:
            mark, rules = ("del", "ins")[side], escape(", ".join(part.rules))
            shown = shortened(text, LONG_ENDS, _HIDDEN_IN_EDIT) if long else escape(text, _HIDDEN_IN_EDIT)
            kind = css(category({"rule": part.rules[-1]}))
            out.append(f'<{mark} class="{kind}" title="{rules}">{shown}</{mark}>')
    return "".join(out)


def _front_matter(record: Mapping[str, Any]) -> Iterator[str]:
    facts = [*_facts("title", record.get("title") or {})]
    for name, value in (record.get("meta") or {}).items():
        facts += _facts(name, value)
    if not facts:
        return
    yield '<div class="row front"><span class="n"></span><div class="b"></div><dl class="a">'
    last = None
    for name, value in facts[:_MANY_EDITS]:
        term, last = "" if name == last else f"<dt>{escape(name)}</dt>", name
        yield f"{term}<dd>{shortened(value, LONG_ENDS)}</dd>"
    if len(facts) > _MANY_EDITS:
        yield f'<dd class="cut">Cut here: {len(facts) - _MANY_EDITS:,} more.</dd>'
    yield "</dl></div>\n"


def _facts(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _facts(f"{name} {key}", part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _facts(name, part)
    else:
        yield name, str(value)


def _pairs(record: Mapping[str, Any], budget: Budget) -> Iterator[str]:
    pairs, languages = record.get("pairs") or [], record.get("languages") or []
    if not pairs or len(languages) < 2 or budget.left <= 0:
        return
    one, two = languages[:2]
    first, second = record["body"][one], record["body"][two]
    noun = "pair" if len(pairs) == 1 else "pairs"
    yield f'<details class="pairs"><summary>{len(pairs):,} {noun} of paragraphs, '
    yield f"{escape(one)} and {escape(two)}</summary>\n"
    for number, (i, j) in enumerate(pairs):
        if not budget.spend(len(first[i]) + len(second[j])):
            yield f'<p class="cut">Cut here: {len(pairs) - number:,} more pairs.</p>'
            break
        yield f'<div class="row pair"><span class="n">{number + 1}</span>'
        yield f'<div class="b" lang="{escape(one)}">{shortened(first[i], _LONG_LINE)}</div>'
        yield f'<div class="a" lang="{escape(two)}">{shortened(second[j], _LONG_LINE)}</div></div>\n'
    yield "</details>\n"


# --- text into HTML ---------------------------------------------------------------------------------------------


def escape(text: str, hidden: re.Pattern[str] = _HIDDEN) -> str:
    """Escape text for an element or a quoted attribute; characters that cannot be seen are named."""
    escaped = html.escape(text, quote=True)
    return hidden.sub(lambda m: f"\u27e8U+{ord(m[0]):04X}\u27e9", escaped) if hidden.search(escaped) else escaped


def shortened(text: str, ends: int, hidden: re.Pattern[str] = _HIDDEN) -> str:
    """Escape text, without its middle where it is longer than two ends; what is left out is said."""
    if len(text) <= 2 * ends + 40:
        return escape(text, hidden)
    gap = f'<span class="cut"> … {len(text) - 2 * ends:,} characters not shown … </span>'
    return escape(text[:ends], hidden) + gap + escape(text[-ends:], hidden)


def css(name: str) -> str:
    """Return the CSS class of a category."""
    return "c-" + name.replace(" ", "-")
