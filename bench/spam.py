"""Adverts put into clean articles, and prose about such adverts: what share of the first goes, what of the second.

    python bench/spam.py [--stages NAME,...] [--show SET] [--json FILE]

The wordings in bench/spam/ come in sets: rules may be fitted to the first; the second was written after them, the
third before the spam score was trained, the fourth and fifth after it, in styles of their own, the eleventh to the
fourteenth by four who had seen neither score nor data. The sixth to the tenth are what the score is trained on by now.
Each wording is written out by a seeded generator in all of FORMS, three adverts to an article. A line counts as gone
where it is not in the article, and as touched where it is not there as it stood. `inside` is the same for adverts and
prose put between the sentences of a paragraph, or behind them. `talk` are threads, comments and articles in which no
line is an advert, though many share words with adverts, by somebody who had seen nothing of the score either.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from siftline import Cleaner
from siftline.training.adverts import chosen
from siftline.training.written import talk

WORDINGS = Path(__file__).resolve().parent / "spam"
SETS = ("first", "second", "third", "fourth", "fifth", "eleventh", "twelfth", "thirteenth", "fourteenth")
LANGUAGES = ("zh", "en", "ru")
SEED = 20_261_122
A_DOCUMENT = 3
"""Adverts, or lines about them, that go into one article."""
_WORD = re.compile(r"[^\W\d_]{4,}")
_SENTENCE = re.compile(r"[。！？][”」]?|[.!?][\"”»]?(?=\s|$)")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LOOKALIKES = str.maketrans("aceopxyACEHKMOPTX", "асеорхуАСЕНКМОРТХ")
_ALIKE_CYRILLIC = str.maketrans("асеорхуАСЕНКМОРТХ", "aceopxyACEHKMOPTX")
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


class Injected(NamedTuple):
    """A line put into an article, and what it is."""

    text: str
    lang: str
    kind: str
    form: str


class Outcome(NamedTuple):
    """What became of the lines of one document that were put in, and of the article's own."""

    injected: tuple[tuple[Injected, bool], ...]
    """Each with whether it still stands in the article as it was."""
    lost: tuple[str, ...]
    """Paragraphs of the article that do not."""


def main() -> None:
    """Print the figures of all sets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stages", type=lambda names: names.split(","), help="run only these stages")
    parser.add_argument("--show", choices=(*SETS, "talk"), help="print the lines of this set that came out wrong")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    args = parser.parse_args()
    cleaner = Cleaner(stages=args.stages)
    figures = {name: measure(cleaner, name, show=args.show == name) for name in SETS}
    figures["talk"] = {lang: lines_taken(cleaner, lang, show=args.show == "talk") for lang in LANGUAGES}
    if args.json:
        args.json.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")


def measure(cleaner: Cleaner, name: str, *, show: bool = False) -> dict[str, Any]:
    """Return the figures of a set, and print them."""
    adverts = [outcome(cleaner, *one) for one in documents(injected_adverts(name))]
    prose = [outcome(cleaner, *one) for one in documents(injected_prose(name))]
    within = [inside(cleaner, *one) for one in documents(_inside(injected_adverts(name, ("plain",))))]
    prose_within = [inside(cleaner, *one) for one in documents(_inside(injected_prose(name)))]
    groups: dict[str, list[bool]] = defaultdict(list)
    for advert, stays in (pair for one in (*adverts, *within) for pair in one.injected):
        of_a_line = ("all", advert.lang, f"{advert.lang} {advert.kind}", f"form {advert.form}")
        for group in ("inside", f"inside {advert.lang}") if advert.form == "inside" else of_a_line:
            groups[group].append(not stays)
        if stays and show:
            print(f"  stays [{advert.lang} {advert.kind}, {advert.form}] {advert.text}")
    counts = {}
    for where, with_adverts, with_prose in (("", adverts, prose), (" inside", within, prose_within)):
        touched = [line.text for one in with_prose for line, stays in one.injected if not stays]
        lost = [text for one in (*with_adverts, *with_prose) for text in one.lost]
        if show:
            print(*(f"  gone{where}, but prose: {text}" for text in touched + lost), sep="\n")
        about = sum(len(one.injected) for one in with_prose)
        print(f"{name}{where}: {len(touched)} of {about} lines of prose about adverts touched, {len(lost)} of articles")
        counts |= {
            f"prose{where}": about,
            f"prose touched{where}": len(touched),
            f"article lines lost{where}": len(lost),
        }
    for group, gone in sorted(groups.items()):
        print(f"  {group:20s} {sum(gone):5d} of {len(gone):5d} gone  {sum(gone) / len(gone):6.1%}")
    shares = {group: round(sum(gone) / len(gone), 4) for group, gone in sorted(groups.items())}
    return {"gone": shares, **counts}


def lines_taken(cleaner: Cleaner, lang: str, *, show: bool = False) -> dict[str, int]:
    """Return how many lines of talk there are in a language, and how many of them go as adverts, and print it."""
    found = [one for one in talk(WORDINGS / "talk") if one.lang == lang]
    taken = [
        change.before
        for one in found
        for change in cleaner.clean("\n".join(one.lines), html=False).changes
        if change.rule.startswith("spam/")
    ]
    if show:
        print(*(f"  gone, but talk: {text}" for text in taken), sep="\n")
    counts = {"lines": sum(len(one.lines) for one in found), "taken": len(taken)}
    print(f"talk {lang}: {counts['taken']} of {counts['lines']} lines taken")
    return counts


def injected_adverts(name: str, forms: Iterable[str] = ()) -> Iterator[list[Injected]]:
    """Yield each advert of a set in each form, the wording chosen anew each time, as its lines."""
    rng = random.Random(f"{SEED} adverts {name}")
    table = tomllib.loads((WORDINGS / f"adverts-{name}.toml").read_text(encoding="utf-8"))
    for lang in LANGUAGES:
        contacts = table[lang].pop("contacts")
        for kind, wordings in table[lang].items():
            for wording in wordings:
                for form in forms or FORMS:
                    plain = chosen(wording.replace("{contact}", rng.choice(contacts)), rng)
                    yield [Injected(FORMS[form](line, rng), lang, kind, form) for line in plain.split("\n")]


def injected_prose(name: str) -> Iterator[list[Injected]]:
    """Yield each sentence about adverts of a set."""
    table = tomllib.loads((WORDINGS / f"prose-{name}.toml").read_text(encoding="utf-8"))
    for lang in LANGUAGES:
        yield from ([Injected(text, lang, "prose", "plain")] for text in table[lang])


def _inside(blocks: Iterable[list[Injected]]) -> Iterator[list[Injected]]:
    for [line, *rest] in blocks:
        if not rest:
            yield [line._replace(form="inside")]


def documents(blocks: Iterable[list[Injected]]) -> Iterator[tuple[list[str], dict[int, Injected]]]:
    """Yield articles with some of the lines in them, as paragraphs, and where those lines stand."""
    articles = tomllib.loads((WORDINGS / "articles.toml").read_text(encoding="utf-8"))
    waiting: dict[str, list[list[Injected]]] = defaultdict(list)
    for block in blocks:
        waiting[block[0].lang].append(block)
    for lang, all_of in waiting.items():
        rng = random.Random(f"{SEED} places {lang}")
        rng.shuffle(all_of)
        for first in range(0, len(all_of), A_DOCUMENT):
            yield put_into(rng.choice(articles[lang]), all_of[first : first + A_DOCUMENT], rng)


def put_into(article: dict[str, Any], blocks: Sequence[list[Injected]], rng: random.Random) -> Any:
    """Return the paragraphs of an article with the lines at different places, at times the last."""
    paragraphs = [article["title"], *article["paragraphs"]]
    places = sorted(rng.sample(range(2, len(paragraphs) + 1), len(blocks)))
    lines = [(place, line) for place, block in zip(places, blocks, strict=True) for line in block]
    where = {place + number: line for number, (place, line) in enumerate(lines)}
    for place, line in where.items():
        paragraphs.insert(place, line.text)
    return paragraphs, where


def inside(cleaner: Cleaner, paragraphs: Sequence[str], where: dict[int, Injected]) -> Outcome:
    """Put each line behind a sentence of the paragraph above it, clean, and say what became of both."""
    written, put = [], []
    for at, text in enumerate(paragraphs):
        if at in where:
            first, last = _parted(written.pop(), where[at])
            gap = "" if where[at].lang == "zh" else " "
            put.append((len(written), where[at], first, last))
            written.append(gap.join(part for part in (first, where[at].text, last) if part))
        else:
            written.append(text)
    lines = cleaner.clean("\n\n".join(written) + "\n", html=False).document.lines[::2]
    left = [line.text if line.in_article else "" for line in lines]
    lost = tuple(text for at, line, *parts in put if line.kind != "prose" for text in parts if text not in left[at])
    return Outcome(tuple((line, line.text in left[at]) for at, line, *_ in put), lost)


def _parted(paragraph: str, line: Injected) -> tuple[str, str]:
    """Return the sentences of a paragraph that stand before and behind a line put into it, the latter at times none."""
    ends = [match.end() for match in _SENTENCE.finditer(paragraph)][:-1]
    cut = random.Random(line.text).choice([*ends, len(paragraph)])
    return paragraph[:cut].strip(), paragraph[cut:].strip()


def outcome(cleaner: Cleaner, paragraphs: Sequence[str], where: dict[int, Injected]) -> Outcome:
    """Clean a document and say what became of its lines; its first is the headline, which leaves for the title."""
    lines = cleaner.clean("\n\n".join(paragraphs) + "\n", html=False).document.lines[::2]
    stays = [line.in_article and line.text == text for line, text in zip(lines, paragraphs, strict=True)]
    injected = tuple((line, lines[at].in_article if line.kind != "prose" else stays[at]) for at, line in where.items())
    own = [at for at in range(1, len(paragraphs)) if at not in where]
    return Outcome(injected, tuple(paragraphs[at] for at in own if not stays[at]))


def dotted(text: str, rng: random.Random) -> str:
    """Break up some words, or pairs of Han, with dots."""
    dot = rng.choice(".·")
    if _HAN.search(text):
        return re.sub(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", lambda _: dot if rng.random() < 0.3 else "", text)
    return _some_words(text, rng, dot.join)


def spaced(text: str, rng: random.Random) -> str:
    """Put spaces between all Han, or into some words."""
    if _HAN.search(text):
        return re.sub(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", " ", text)
    return _some_words(text, rng, " ".join)


def zero_width(text: str, rng: random.Random) -> str:
    """Put zero-width spaces into words."""
    return re.sub(r"(?<=\w)(?=\w)", lambda _: "\u200b" if rng.random() < 0.3 else "", text)


def full_width(text: str, rng: random.Random) -> str:
    """Write letters, digits and marks of ASCII in full width; outside Chinese only in some words."""
    if _HAN.search(text):
        return text.translate(_FULL_WIDTH)
    return _some_words(text, rng, lambda word: word.translate(_FULL_WIDTH))


def lookalike(text: str, rng: random.Random) -> str:
    """Write letters with those of the other alphabet that look alike; in Chinese the usual wrong characters."""
    if _HAN.search(text):
        text = text.replace("微信", rng.choice(["薇信", "威信", "v信"])).replace("加", rng.choice(["加", "➕", "＋"]))
        return text.translate(_LOOKALIKES) if rng.random() < 0.5 else text
    table = _ALIKE_CYRILLIC if re.search("[а-я]", text) else _LOOKALIKES
    return _some_words(text, rng, lambda word: word.translate(table))


def cut_short(text: str, rng: random.Random) -> str:
    """Write an entry of a list: the beginning as a title cut short, then the text cut short as well."""
    head = rng.randint(10, 15) if _HAN.search(text) else rng.randint(18, 30)
    return f"{text[:head].rstrip()}... {text[: int(len(text) * 0.85)].rstrip()}..."


def _some_words(text: str, rng: random.Random, write: Callable[[str], str]) -> str:
    return _WORD.sub(lambda match: write(match[0]) if rng.random() < 0.4 else match[0], text)


FORMS: dict[str, Callable[[str, random.Random], str]] = {
    "plain": lambda text, _: text,
    "dots": dotted,
    "spaces": spaced,
    "zero-width": zero_width,
    "full-width": full_width,
    "look-alikes": lookalike,
    "cut short": cut_short,
}
"""How filters are got round."""


if __name__ == "__main__":
    main()
