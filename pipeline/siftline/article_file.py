"""Article files: YAML front matter, then the paragraphs. Written here and read here, so that a file that
siftline wrote comes out of siftline as it went in.

The front matter of our own files carries a digest of what follows it. Where the digest fits, the document is
finished and no stage decides anything about it again; where somebody has edited the file, it is cleaned anew.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import regex

from .document import Change, Document, Fact, Source
from .late import late

MARK = "siftline"
"""The front matter key that holds the digest."""
LARGEST = 1_000_000
"""Characters that a front matter may have; a longer one is read as text."""
_FRONT = late(regex.compile, r"---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", regex.S | regex.M)
_SECTION = late(regex.compile, r'<section lang="([a-z-]{2,8})">|</section>')
_NEEDS_ESCAPE = late(regex.compile, r'\\*+(?:<section lang="|</section>)')
_ESCAPED = late(regex.compile, r'\\(?=\\*+(?:<section lang="|</section>))')
_LISTS = ("author", "captions", "leftovers")
_BY_LANGUAGE = ("title", "subtitle")


def render(record: dict[str, Any]) -> str:
    """Return the article file of a result record."""
    body = _sections(record)
    front = {**_front_matter(record), MARK: digest(body)}
    import yaml  # noqa: PLC0415 - most runs neither write nor read front matter

    head = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=2**31, default_flow_style=None)
    return f"---\n{head}---\n{body}"


def digest(body: str) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of a body."""
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _front_matter(record: dict[str, Any]) -> dict[str, Any]:
    languages = record["languages"]
    headlines = (("title", record.get("title")), ("subtitle", record.get("meta", {}).get("subtitle")))
    front: dict[str, Any] = {field: by_language for field, by_language in headlines if by_language}
    front["languages"] = list(languages)
    front.update({key: value for key, value in record.get("meta", {}).items() if key not in front})
    return front


def _sections(record: dict[str, Any]) -> str:
    body = record["body"]
    if len(body) < 2:
        return "".join(f"\n{escape(p)}\n" for paragraphs in body.values() for p in paragraphs)
    parts = []
    for lang, paragraphs in body.items():
        inner = "".join(f"\n{escape(p)}\n" for p in paragraphs)
        parts.append(f'\n<section lang="{lang}">\n{inner}\n</section>\n')
    return "".join(parts)


def escape(paragraph: str) -> str:
    r"""Put a backslash before each line of a paragraph that could be taken for a mark of this format.

    >>> escape("</section>"), escape("a")
    ('\\</section>', 'a')
    """
    if "section" not in paragraph:
        return paragraph
    return "\n".join("\\" + line if _NEEDS_ESCAPE.match(line) else line for line in paragraph.split("\n"))


def parse(text: str, *, host: str = "", source: Source | None = None) -> Document:
    """Return the document of a text that may begin with front matter; what is not valid YAML stays text."""
    doc = Document.of(text, host=host, source=source or Source())
    found = _FRONT.match(text, 0, LARGEST)
    front = _load(found[1]) if found else None
    if found is None or front is None:
        return doc
    lines = len(Document.of(found[0]).lines)
    changes = [
        Change("extract/front-matter", at, 0, line.text, None, "front-matter")
        for at, line in enumerate(doc.lines[:lines])
        if line.text
    ]
    doc = doc.apply(changes).with_facts(_facts(front))
    if front.get(MARK) == digest(text[found.end() :]):
        doc = _labelled(doc, lines, front)
    return doc


def _load(text: str) -> dict[str, Any] | None:
    import yaml  # noqa: PLC0415 - see render

    class Loader(yaml.BaseLoader):
        """Strings, lists and mappings only; no aliases, which can make a small file huge."""

        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.AliasEvent):
                raise yaml.YAMLError("aliases are not read in front matter")
            return super().compose_node(parent, index)

    try:
        front = yaml.load(text, Loader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    return front if isinstance(front, dict) and all(isinstance(key, str) for key in front) else None


def _facts(front: dict[str, Any]) -> list[Fact]:
    facts: list[Fact] = []
    for key, value in front.items():
        if key in (MARK, "languages") or value in ("", None):
            continue
        if key in _BY_LANGUAGE and not isinstance(value, list):
            by_language = value if isinstance(value, dict) else {"und": value}
            facts += [Fact(key, text, lang) for lang, text in by_language.items()]
        elif key == "keywords" and isinstance(value, dict):
            facts += [Fact(key, word, lang) for lang, words in value.items() for word in _as_list(words)]
        elif key == "credits" and isinstance(value, dict):
            facts += [Fact(key, (role, _as_list(people))) for role, people in value.items()]
        elif key in (*_LISTS, "keywords"):
            facts += [Fact(key, item) for item in _as_list(value)]
        else:
            facts.append(Fact(key, value))
    return facts


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _labelled(doc: Document, start: int, front: dict[str, Any]) -> Document:
    """Take our own marks out of a finished document and give each line the language of its section."""
    languages = _as_list(front.get("languages", "und"))
    lang = languages[0] if languages else "und"
    lines, changes = list(doc.lines), []
    for at in range(start, len(lines)):
        text = lines[at].text
        if mark := _SECTION.fullmatch(text):
            lang = mark[1] or lang
            changes.append(Change("extract/section", at, 0, text, None, "markup/section"))
        elif _ESCAPED.match(text):
            changes.append(Change("extract/escape", at, 0, "\\", ""))
        lines[at] = lines[at]._replace(lang=lang)
    return replace(doc.with_lines(lines).apply(changes), finished=True)
