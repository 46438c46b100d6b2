"""Manuals, sayings, recipes and parallel text as Debian's packages bring them along, of which no weights have learnt.

    python bench/packages.py manuals FOLDER    # F1 over shingles of four tokens, ours and trafilatura's, by manual
    python bench/packages.py sayings FOLDER    # lines of sayings, jokes and verse that go as adverts
    python bench/packages.py recipes FOLDER    # what stays of the ingredients and steps of recipes
    python bench/packages.py parallel FOLDER   # paragraphs of one book in two languages that are paired

A folder holds packages of Debian 12 as `dpkg -x NAME.deb FOLDER/NAME` unpacks them: for manuals those of MANUALS, for
sayings fortunes, fortunes-zh and fortunes-ru, for parallel text debian-handbook; for recipes the source archive of
python-recipe-scrapers 14.32.1, whose library must be installed too. They are not ours to hand on. Of a manual the
element that holds its text is the gold, without navigation and contents; of each 14 pages at most are taken, in the
order of a hash of their paths.
"""

from __future__ import annotations

import importlib
import re
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple

import trafilatura
from lxml import etree, html

from elsewhere import ours, text_of
from siftline import Cleaner
from siftline.training.labels import f1, tokens

MOST, FEWEST_TOKENS, MOST_TOKENS = 14, 120, 20_000
FEWEST_CHARACTERS = 120
"""Characters of the steps of a recipe, at least."""


class Manual(NamedTuple):
    """Where the pages of a manual are, and which element holds their text."""

    name: str
    lang: str
    files: str
    element: str
    without: str = ""


_DOCBOOK = ".navheader,.navfooter,.toc,.list-of-tables,.list-of-figures,.list-of-examples"
_PUBLICAN = "#banner,.docnav"
_SPHINX = ".headerlink"
MANUALS = (
    Manual("debian-reference-zh-cn", "zh", "ch*.html", "body"),
    Manual("maint-guide-zh-cn", "zh", "*.html", "body"),
    Manual("maint-guide-ru", "ru", "*.html", "body"),
    Manual("developers-reference-ru", "ru", "ru/*.html", ".body", _SPHINX),
    Manual("debian-faq-zh-cn", "zh", "*.html", "body"),
    Manual("debian-faq-ru", "ru", "*.html", "body"),
    Manual("gimp-help-zh-cn", "zh", "*.html", "body"),
    Manual("gimp-help-ru", "ru", "*.html", "body"),
    Manual("gimp-help-en", "en", "*.html", "body"),
    Manual("kicad-doc-zh", "zh", "*.html", "#content"),
    Manual("kicad-doc-ru", "ru", "*.html", "#content"),
    Manual("libreoffice-help-zh-cn", "zh", "text/**/*.html", "#DisplayArea", "#DEBUG"),
    Manual("libreoffice-help-ru", "ru", "text/**/*.html", "#DisplayArea", "#DEBUG"),
    Manual("libreoffice-help-en-us", "en", "text/**/*.html", "#DisplayArea", "#DEBUG"),
    Manual("lilypond-doc-html-zh", "zh", "learning/*.html", "#main", ".nav_table,.menu,.header"),
    Manual("debian-handbook", "zh", "zh-CN/*.html", "body", _PUBLICAN),
    Manual("debian-handbook", "ru", "ru-RU/*.html", "body", _PUBLICAN),
    Manual("debian-handbook", "en", "en-US/*.html", "body", _PUBLICAN),
    Manual("harden-doc", "zh", "zh-CN/*.html", "body", _PUBLICAN),
    Manual("doublecmd-help-ru", "ru", "ru/*.html", ".dchelpage", ".contents,.up"),
    Manual("aptitude-doc-ru", "ru", "*.html", "body"),
    Manual("wesnoth-1.16-data", "ru", "manual.ru.html", "body"),
    Manual("wesnoth-1.16-data", "zh", "manual.zh*.html", "body"),
    Manual("apache2-doc", "zh", "zh-cn/**/*.html", "#page-content", ".toplang,.bottomlang,#quickview,.top"),
    Manual("apache2-doc", "en", "en/**/*.html", "#page-content", ".toplang,.bottomlang,#quickview,.top"),
    Manual("sqlite3-doc", "en", "sqlite3/*.html", "body", ".nosearch,.fancy_toc,#toc_sub"),
    Manual("postgresql-doc-15", "en", "*.html", "body"),
    Manual("git-doc", "en", "git-*.html", "#content"),
    Manual("exim4-doc-html", "en", "ch-*.html", "#chapter"),
    Manual("bind9-doc", "en", "*.html", "[role=main]", _SPHINX),
    Manual("erlang-doc", "en", "doc/**/*.html", "#content", ".title-anchors,.footer"),
    Manual("python-django-doc", "en", "html/*/*.html", ".yui-g", _SPHINX),
    Manual("debian-policy", "en", "policy.html/*.html", ".body", _SPHINX),
    Manual("libgtk-3-doc", "en", "*.html", "body", ".footer,.navigation,.top"),
    Manual("qtbase5-doc-html", "en", "*/*.html", ".mainContent", ".sidebar,.toc"),
    Manual("rust-doc", "en", "html/book/*.html", "main", "nav,.nav-wrapper"),
    Manual("octave-doc", "en", "octave.html/*.html", "body", ".header"),
    Manual("maxima-doc", "en", "*.html", "body", ".header,.categorybox"),
    Manual("fish-common", "en", "*.html", ".body", _SPHINX),
    Manual("libboost1.74-doc", "en", "boost_*/*.html", "body", ".spirit-nav,.copyright-footer"),
    Manual("cppreference-doc-en-html", "en", "en/cpp/*/*.html", "#mw-content-text", ".t-navbar,.editsection,#toc"),
    Manual("gnucash-docs", "en", "gnucash-guide-en/*.html", "body"),
    Manual("anarchism", "en", "sec*.html", ".content", ".book-navigation"),
    Manual("mh-book", "en", "*.html", "body"),
    Manual("python-sqlalchemy-doc", "en", "html/*/*.html", "#docs-body", _SPHINX),
)
_CONTENTS = re.compile(r"index\.|/index|genindex|search")
_LETTERS = {"zh": (re.compile("[\u4e00-\u9fff]"), 0.15), "ru": (re.compile("[а-яё]", re.I), 0.25)}
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
SAYINGS = {"fortunes": "en", "fortunes-zh": "zh", "fortunes-ru": "ru"}
A_DOCUMENT = 12
"""Sayings of one document."""
HANDBOOKS = ("zh-CN", "ru-RU", "ja-JP")
CHAPTERS, FEW_PARAGRAPHS = 30, range(6, 41)
"""Chapters that are taken at most, and how many paragraphs each has."""


def shuffled(paths: Iterable[Path], folder: Path) -> list[Path]:
    """Return files of a folder in an order that says nothing of what is in them, always the same."""
    return sorted(paths, key=lambda path: (zlib.crc32(path.relative_to(folder).as_posix().encode()), path))


def pages(folder: Path, manual: Manual) -> Iterator[tuple[bytes, str]]:
    """Yield pages of a manual with their text."""
    found = (folder / manual.name).glob(f"**/{manual.files}")
    paths = (path for path in found if path.is_file() and not _CONTENTS.search(str(path)))
    taken = 0
    for path in shuffled(paths, folder):
        raw = path.read_bytes()
        try:
            elements = html.fromstring(raw, parser=html.HTMLParser(encoding="utf-8")).cssselect(manual.element)
        except etree.ParserError:  # there is nothing in it
            continue
        if taken == MOST or not elements:
            continue
        element = max(elements, key=lambda one: len(one.text_content()))
        for one in element.cssselect(f"{_DOCBOOK},script,style,noscript,{manual.without or 'script'}"):
            one.drop_tree()
        gold = text_of(html.tostring(element, encoding="unicode"))
        letters, least = _LETTERS.get(manual.lang, (re.compile(""), 0))
        if FEWEST_TOKENS <= len(tokens(gold)) <= MOST_TOKENS and len(letters.findall(gold)) >= least * len(gold):
            taken += 1
            yield raw, gold


def manuals(folder: Path) -> None:
    """Measure the manuals that are there."""
    rows: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for manual in MANUALS:
        for raw, gold in pages(folder, manual):
            texts = ours(raw), trafilatura.extract(raw, include_comments=False) or ""
            both = tuple(f1(text.split("\n"), gold) for text in texts)
            for name in (f"{manual.name} {manual.lang}", f"all {manual.lang}", "all"):
                rows[name].append((both[0], both[1]))
    for name, found in sorted(rows.items(), key=lambda row: (row[0].startswith("all"), row[0])):
        mine, other = (mean(column) for column in zip(*found, strict=True))
        print(f"{name:36s} {len(found):4d} pages  siftline {mine:.3f}  trafilatura {other:.3f}")


def sayings(folder: Path) -> None:
    """Count the lines that go as adverts."""
    cleaner = Cleaner()
    for name, lang in SAYINGS.items():
        count: Counter[str] = Counter()
        for path in sorted((folder / name / "usr/share/games/fortunes").rglob("*")):
            if path.is_symlink() or not path.is_file() or path.suffix in (".dat", ".u8"):
                continue
            text = _COLOUR.sub("", path.read_text(encoding="utf-8", errors="replace"))
            said = [one.strip("\n") for one in re.split(r"(?m)^%\s*$", text) if one.strip()]
            for at in range(0, len(said), A_DOCUMENT):
                document = "\n\n".join(said[at : at + A_DOCUMENT])
                changes = cleaner.clean(document, html=False).changes
                count["lines"] += sum(map(bool, map(str.strip, document.split("\n"))))
                count["gone"] += sum(one.rule.startswith("spam") and one.after is None for one in changes)
        print(f"{lang}: {count['gone']} of {count['lines']} lines go as adverts")


def recipes(folder: Path) -> None:
    """Measure what stays of recipes: the share of pairs of words of what the library reads from a page's data."""
    read: Any = importlib.import_module("recipe_scrapers")
    hosts = {scraper.__module__.split(".")[-1]: host for host, scraper in read.SCRAPERS.items()}
    rows = []
    for path in sorted(folder.rglob("*.testhtml")):
        named = next(
            (host for name, host in hosts.items() if path.stem == name or path.stem.startswith(f"{name}_")), ""
        )
        page = path.read_text(encoding="utf-8")
        try:
            recipe = read.scrape_html(html=page, org_url=f"https://{named or 'example.com'}/x")
            parts = recipe.instructions(), "\n".join(recipe.ingredients())
        except Exception:  # noqa: BLE001 - whatever its scrapers raise, then there is nothing to compare with
            continue
        if parts[0] and len(parts[0]) >= FEWEST_CHARACTERS:
            texts = ours(page.encode()), trafilatura.extract(page, include_comments=False) or ""
            rows.append([_share(part, text) for part in parts for text in texts])
    steps, steps_other, ingredients, other = (mean(column) for column in zip(*rows, strict=True))
    print(f"{len(rows)} recipes: steps {steps:.3f} (trafilatura {steps_other:.3f})", end=", ")
    print(f"ingredients {ingredients:.3f} ({other:.3f})")


def parallel(folder: Path) -> None:
    """Count the paragraphs of a book in English and another language that are paired, and those paired rightly, one
    language below the other and both by turns.
    """
    cleaner = Cleaner()
    for other in HANDBOOKS:
        wanted = made = right = 0
        for english, translated in _chapters(folder / "debian-handbook", other):
            gold = {*zip(english, translated, strict=True)}
            by_turns = [text for both in zip(english, translated, strict=True) for text in both]
            for paragraphs in ([*english, *translated], by_turns):
                article = cleaner.clean("\n\n".join(paragraphs), html=False)
                first, second = (article.body.get(lang, []) for lang in ("en", other[:2]))
                found = [(first[at], second[to]) for at, to in article.pairs] if first and second else []
                wanted, made, right = wanted + len(gold), made + len(found), right + sum(map(gold.__contains__, found))
        print(f"en {other}: {made} of {wanted} paragraphs paired, {right} rightly")


def _chapters(folder: Path, other: str) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the paragraphs of chapters that have as many of them in English as in another language."""
    taken = 0
    for path in shuffled(folder.rglob("en-US/*.html"), folder):
        twin = path.parent.parent / other / path.name
        if taken < CHAPTERS and twin.exists():
            english, translated = _paragraphs(path), _paragraphs(twin)
            alike = len(set(english) & set(translated))
            if len(english) == len(translated) and len(english) in FEW_PARAGRAPHS and alike <= 1:
                taken += 1
                yield english, translated


def _paragraphs(path: Path) -> list[str]:
    """Return the paragraphs of a page of the handbook, but for those around others, lists and code."""
    tree = html.fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    plain = (
        one for one in tree.cssselect("div.para") if not one.xpath(".//div[@class='para'] | .//pre | .//table | .//ul")
    )
    return [text for one in plain if (text := " ".join(one.text_content().split()))]


def _share(part: str, text: str) -> float:
    """Return which share of the pairs of words of a part a text has."""
    wanted, found = (Counter(pairwise(words)) for words in (tokens(part), tokens(text)))
    return (wanted & found).total() / max(1, wanted.total())


def main() -> None:
    """Measure what the command line names."""
    known = {"manuals": manuals, "sayings": sayings, "recipes": recipes, "parallel": parallel}
    if len(sys.argv) != 3 or sys.argv[1] not in known:
        sys.exit(__doc__)
    known[sys.argv[1]](Path(sys.argv[2]))


if __name__ == "__main__":
    main()
