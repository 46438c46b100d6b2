"""The report as a comment under a pull request: the verdict, the worst changes first, within a size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

LARGEST = 60_000
"""Characters of a comment."""
_LINE = 240
"""Characters shown of a line of text."""
_ROWS, _REASONS = 30, 20
_WORDS = {
    "same": "✅ no change in any result",
    "changed": "🔎 results change; nothing speaks against it by itself",
    "fail": "❌ do not merge this as it is",
    "invalid": "⛔ this report is invalid",
}
_NAMES = {
    "removed": "newly removed",
    "kept": "newly kept",
    "altered": "newly altered",
    "filed": "between article and front matter",
    "moved": "moved to another rule",
}
_SIGNS = {"removed": "-", "kept": "+", "altered": "!", "filed": "#", "moved": " "}


def render(data: dict[str, Any], largest: int = LARGEST) -> str:
    """Return the report in Markdown, at most `largest` characters long; the worst is never what is left out."""
    head = "\n".join(_head(data))[: largest // 2]
    room = largest - len(head) - 200
    shown, parts = 0, []
    for group in data["groups"]:
        part = _group(group)
        if len(part) > room:
            break
        room -= len(part)
        shown += 1
        parts.append(part)
    rest = len(data["groups"]) - shown
    tail = (
        f"\n{rest} more group{'s' * (rest != 1)} of changes: see the page or the JSON of this review.\n" if rest else ""
    )
    title = "\n\n### Changes, the most suspicious first\n\n" if parts else ""
    return (head + title + "".join(parts) + tail)[:largest]


def _head(data: dict[str, Any]) -> Iterator[str]:
    verdict = data["verdict"]
    yield f"## Rules: {_WORDS[verdict['status']]}"
    yield ""
    yield summary(data)
    yield ""
    for reason in verdict["reasons"][:_REASONS]:
        yield f"- **{escape(reason['text'])}**"
    for note in verdict["notes"][:_REASONS]:
        yield f"- {escape(note)}"
    yield from _rules(data)
    yield from _damage(data)


def summary(data: dict[str, Any], plain: bool = False) -> str:
    """Return the verdict as one line, with `plain` without anything escaped."""
    verdict = data["verdict"]
    parts = [f"{verdict['touched']} of {verdict['documents']} documents touched"]
    for kind in ("removed", "kept", "altered", "filed", "moved"):
        count = verdict[kind]
        if count["lines"] or kind in ("removed", "kept", "altered"):
            parts.append(f"{count['lines']} lines ({count['characters']} characters) {_NAMES[kind]}")
    if gold := verdict["gold"]:
        before, after = gold["before"], gold["after"]
        parts.append(f"precision {before['precision']:.4f} → {after['precision']:.4f}")
        parts.append(f"recall {before['recall']:.4f} → {after['recall']:.4f}")
    control = data["control"]
    parts.append(f"control: {control['caught']} of {control['planted']} planted faults caught")
    names = " → ".join(data[side]["name"] for side in ("base", "head"))
    return f"{names if plain else escape(names)}: " + "; ".join(parts) + "."


def _rules(data: dict[str, Any]) -> Iterator[str]:
    rows = [row for row in data["rules"] if row["differs"] or row["after"].get("shadow")]
    if not rows:
        return
    rows.sort(key=lambda row: (row["state"] in ("same", "engine"), -_moved(row), row["id"]))
    yield ""
    yield "| rule | | revision | documents | lines | only this rule | precision (95 %) | languages |"
    yield "|---|---|---|---|---|---|---|---|"
    yield from map(_rule, rows[:_ROWS])
    if len(rows) > _ROWS:
        yield f"\n{len(rows) - _ROWS} more rules act otherwise."


def _moved(row: dict[str, Any]) -> int:
    return abs(int(row["after"]["lines"]) - int(row["before"]["lines"]))


def _rule(row: dict[str, Any]) -> str:
    before, after = row["before"], row["after"]
    share = "{:.3f} ({:.3f}–{:.3f})".format(*row["precision"]) if row["precision"] else ""
    langs = ", ".join(f"{lang} {count}" for lang, count in after["languages"].items())
    state = "shadow" if row["status"] == "shadow" else "" if row["state"] == "same" else row["state"]
    lines = f"{before['lines']} → {after['lines']}" + (f" (would: {after['shadow']})" if "shadow" in after else "")
    revision = " → ".join(dict.fromkeys(r for r in row["revision"] if r))
    documents = f"{before['documents']} → {after['documents']}"
    return (
        f"| {code(row['id'])} | {state} | {revision} | {documents} | {lines} | {after['alone']} | {share} | {langs} |"
    )


def _damage(data: dict[str, Any]) -> Iterator[str]:
    damage = data["damage"]
    documents = {document["id"]: document for document in data["documents"]}
    if damage["losers"]:
        yield "\n<details><summary>Documents that lose most</summary>\n"
        for name in damage["losers"]:
            document = documents[name]
            mark = " – **nothing is left**" if document["emptied"] else ""
            yield f"- {code(name)}: {document['lost']} characters{mark}"
        yield "\n</details>"
    if damage["headlines"]:
        yield f"\n<details><summary>Headlines that change: {len(damage['headlines'])}</summary>\n"
        for name in damage["headlines"][:_REASONS]:
            before, after = documents[name]["headline"]
            yield f"- {code(name)}: {code(_cut(before)) or '–'} → {code(_cut(after)) or '–'}"
        yield "\n</details>"
    if damage["openings"]:
        yield f"\nFirst paragraphs that change: {len(damage['openings'])}."


def _group(group: dict[str, Any]) -> str:
    first = group["changes"][0]
    count = group["count"]
    more = f", and {count - 1} like it" if count > 1 else ""
    why = f" – {', '.join(group['reasons'])}" if group["reasons"] else ""
    other = f" instead of {code(group['other'])}" if group["kind"] == "moved" and group["other"] else ""
    title = f"**{_NAMES[group['kind']]}** by {code(group['rule']) or 'no rule'}{other}{why}"
    place = f"{code(first['document'])}, line {first['line']}{more} · `{first['id']}`"
    body = "\n".join(_diff(group["kind"], first))
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", body)), default=0))
    return f"{title}<br>{place}\n\n{fence}diff\n{body}\n{fence}\n\n"


def _diff(kind: str, change: dict[str, Any]) -> Iterator[str]:
    for text in change["above"]:
        yield "  " + _cut(text)
    if kind == "altered":
        yield "- " + _cut(change["before"])
        yield "+ " + _cut(change["after"])
    else:
        yield f"{_SIGNS[kind]} " + _marked(change)
    for text in change["below"]:
        yield "  " + _cut(text)


def _marked(change: dict[str, Any]) -> str:
    """Return the line with what the rule matched between ⟦ and ⟧, where that is not all of it."""
    text, span = change["text"], change["span"]
    if not span or (span[0] == 0 and span[1] >= len(text)):
        return _cut(text)
    start, end = span
    return _cut(text[:start][-_LINE // 2 :] + "⟦" + text[start:end] + "⟧" + text[end:])


def _cut(text: str) -> str:
    """Return a text on one line that ends in time and holds nothing that a terminal or a page would act on."""
    text = "".join(c if c.isprintable() else " " for c in text)
    return text if len(text) <= _LINE else text[: _LINE - 1] + "…"


def escape(text: str) -> str:
    """Return a text that Markdown shows as it is: no mark-up, no HTML, no mention of anybody.

    >>> escape("<b>@all</b>")
    '&lt;b&gt;@\u200ball&lt;/b&gt;'
    """
    text = _cut(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_\[\]|#~])", r"\\\1", text).replace("@", "@\u200b")


def code(text: str) -> str:
    """Return a text as a code span; nothing for nothing."""
    text = _cut(text).replace("|", "¦")
    if not text:
        return ""
    fence = "`" * (1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"
