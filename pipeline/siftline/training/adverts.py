"""The lines that the spam score is trained on: adverts written out from the wordings in training/spam/, in disguise
and plain, and lines that stay: prose about adverts, offers that belong to an article, examples of the rules, and the
articles of a corpus.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

SEED = 20_261_122
LANGUAGES = ("zh", "en", "ru")
OTHERS = ("voices", "quiet")
"""Folders of what others wrote than the author of the rest: adverts, and quiet ones, of which only those forests learn
that are asked how a line or a sentence stands in its document. By themselves they look like prose."""
_STAYS = 6.0
"""What a line counts that was written to stay."""
OF_A_LINE, OF_PARTS = 7, 90
"""How often each whole wording is written out, and how many adverts are put together from a family's parts."""
_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_CLAUSE = re.compile(r"[，；]|[,;] ")
_WORD = re.compile(r"[^\W\d_]{4,}")
_TO_CYRILLIC = str.maketrans("aceopxyABCEHKMOPTX", "асеорхуАВСЕНКМОРТХ")
_TO_LATIN = str.maketrans("асеорхуАВСЕНКМОРТХ", "aceopxyABCEHKMOPTX")
_BETWEEN, _BETWEEN_HAN = (", ", ", ", " - ", "! ", ". ", " | "), ("，", "，", " ", "！", "、", "|", "～")
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_NUMBER = re.compile(r"\d[\d ()-]{2,}\d")
_DIGITS = ("⓪①②③④⑤⑥⑦⑧⑨", "〇一二三四五六七八九", "０１２３４５６７８９")
_HOST_DOT = re.compile(r"(?<=[a-z0-9])\.(?=[a-z])")
_SIGN_AT = re.compile(r"(?<=\w)@(?=\w)|@(?=\w)")
_DOTS, _DOTS_HAN, _DOTS_RU = (" . ", "[.]", "(.)", " dot ", "(dot)"), ("点", "。", " . "), (" точка ", "(точка)", " . ")
_ATS, _ATS_RU = ("(at)", "[at]", " @ ", "＠", " at "), ("(собака)", " собака ", " @ ")
_MESSENGERS = (
    ("微信", ("薇❤", "威❤", "wei信", "V❤", "绿泡泡", "维❤")),
    ("Telegram", ("T e l e g r a m", "tele gram", "Tеlеgrаm", "TG")),
    ("WhatsApp", ("W h a t s A p p", "What's App", "whats app", "Wh@tsApp")),
    ("телеграм", ("т е л е г р а м", "тг", "тeлeгрaм")),
    ("ватсап", ("вац ап", "в@тсап", "ватс апп")), ("QQ", ("扣扣", "抠", "Q Q", "qiuqiu")),
    ("飞机", ("纸飞机", "小飞机", "fei机")),
    ("https:", ("hxxps:", "https :")), ("http:", ("hxxp:", "http :")), ("www.", ("w w w . ", "www。", "www ")),
)  # fmt: skip


class Sample(NamedTuple):
    """One line to train on."""

    text: str
    lang: str
    kind: str
    """A family of adverts, or what the line is that stays."""
    is_advert: bool
    weight: float = 1.0


def adverts(folder: Path) -> Iterator[Sample]:
    """Yield adverts of all families."""
    for lang in LANGUAGES:
        for parts, families, rng in _wordings(folder, lang):
            for family, words in families.items():
                for wording in words["lines"]:
                    for _ in range(OF_A_LINE):
                        yield Sample(disguised(_whole(wording, parts, lang, rng), rng), lang, family, True)
                for _ in range(OF_PARTS if "offers" in words else 0):
                    yield Sample(disguised(_put_together(words, parts, lang, rng), rng), lang, family, True)


def _wordings(folder: Path, lang: str) -> Iterator[tuple[dict[str, Any], dict[str, Any], random.Random]]:
    """Yield for each file what its adverts in a language share, and their families. A file of `OTHERS`, which somebody
    else wrote, has contacts of its own, and random numbers: one more such file changes nothing in the others.
    """
    table = tomllib.loads((folder / f"adverts-{lang}.toml").read_text(encoding="utf-8"))
    parts = {name: table.pop(name) for name in ("contacts", "openers", "calls")}
    yield parts, table, random.Random(f"{SEED} {lang}")
    for path in _others(folder, "adverts"):
        own = tomllib.loads(path.read_text(encoding="utf-8"))[lang]
        shared = parts | {"contacts": own.pop("contacts")}
        families = {f"{path.parent.name} {path.stem} {family}": {"lines": of} for family, of in own.items()}
        yield shared, families, random.Random(f"{SEED} {lang} {path.stem}")


def _others(folder: Path, kind: str) -> list[Path]:
    return [path for name in OTHERS for path in sorted((folder / name).glob(f"{kind}-*.toml"))]


def staying(folder: Path) -> Iterator[Sample]:
    """Yield prose about adverts, and offers that belong to an article."""
    for lang in LANGUAGES:
        rng = random.Random(f"{SEED} {lang} stays")
        for _, families, _ in _wordings(folder, lang):
            for family, words in families.items():
                yield from (Sample(text, lang, f"prose {family}", False, _STAYS) for text in words.get("prose", ()))
        for path in (folder / "stays.toml", *_others(folder, "prose")):
            for wording in tomllib.loads(path.read_text(encoding="utf-8"))[lang]:
                for text in dict.fromkeys(chosen(wording, rng) for _ in range(4)):
                    yield Sample(text, lang, "offer", False, _STAYS)


def from_rules(folder: Path) -> Iterator[Sample]:
    """Yield what no rule may take: the near misses and the prose in the files of rules."""
    for path in sorted(folder.rglob("*.toml")):
        if path.parent.name in ("leftovers",):
            continue
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        kept = [*table.pop("prose", [])]
        for rule in table.values():
            if isinstance(rule, dict):
                kept += rule.get("misses", [])
        for text in kept:
            for line in text.split("\n"):
                if line.strip() and not line.startswith("> "):
                    yield Sample(line, language_of(line), "rules", False, 2.0)


def language_of(text: str) -> str:
    """Return the language that a line is most likely in, by its letters.

    >>> language_of("中文 abc"), language_of("по-русски"), language_of("word")
    ('zh', 'ru', 'en')
    """
    if _HAN.search(text):
        return "zh"
    return "ru" if re.search("[\u0400-\u04ff]", text) else "en"


def chosen(wording: str, rng: random.Random) -> str:
    """Take one of each choice.

    >>> chosen("[a|a] b", random.Random(1))
    'a b'
    """
    while _CHOICE.search(wording):
        wording = _CHOICE.sub(lambda match: rng.choice(match[1].split("|")), wording)
    return wording


def _whole(wording: str, parts: dict[str, Any], lang: str, rng: random.Random) -> str:
    """Return a wording written out, at times with an opening, or without its contact."""
    contact = rng.choice(parts["contacts"]) if rng.random() < 0.8 else rng.choice(parts["calls"])
    if "{contact}" in wording and rng.random() < 0.12:
        wording = re.sub(r"[，,:：]?\s*\{contact\}", rng.choice(["", "!", "！" if lang == "zh" else "."]), wording)
    text = chosen(wording.replace("{contact}", contact), rng)
    return _figures(rng.choice(parts["openers"]) + text if rng.random() < 0.2 else text, rng)


def _put_together(words: dict[str, Any], parts: dict[str, Any], lang: str, rng: random.Random) -> str:
    """Return an advert from parts: what is offered, what is promised, what to do, whom to ask."""
    pieces = [rng.choice(words["offers"]), *rng.sample(words["claims"], rng.choice((1, 1, 2, 2, 3)))]
    if rng.random() < 0.3:
        pieces.append(rng.choice(words["offers"]))
    if rng.random() < 0.3:
        rng.shuffle(pieces)
    if rng.random() < 0.45:
        pieces.append(rng.choice(parts["calls"]))
    if rng.random() < 0.7:
        pieces.append(rng.choice(parts["contacts"]))
    between = rng.choice(
        ["，", "，", " ", "！", "、", "|", "～"] if lang == "zh" else [", ", ", ", " - ", "! ", ". ", " | "]
    )
    if lang != "zh" and rng.random() < 0.6:
        pieces = [
            piece[:1].upper() + piece[1:] if nth == 0 or between in "! . " else piece
            for nth, piece in enumerate(pieces)
        ]
    text = between.join(pieces) + rng.choice(
        ["", "", "!", "！" if lang == "zh" else "!!", "。" if lang == "zh" else "."]
    )
    if rng.random() < 0.25:
        text = rng.choice(parts["openers"]) + text
    return _figures(chosen(text, rng), rng)


def _figures(text: str, rng: random.Random) -> str:
    """Put figures in the place of noughts, and a host in that of the example's, so that none is learned by heart."""
    text = re.sub(r"0{3,}", lambda run: "".join(rng.choice("0123456789") for _ in run[0]), text)
    host = "".join(rng.choice("bcdfghklmnprstvz") + rng.choice("aeiou") for _ in range(rng.randint(2, 4)))
    return (
        text.replace("example", host + rng.choice(["", "", "88", "bet", "24", "-vip"])) if rng.random() < 0.8 else text
    )


def disguised(text: str, rng: random.Random) -> str:
    """Return an advert as filters are got round with, or, twice in three, as it is."""
    if rng.random() < 0.15:
        text = in_pieces(text, rng)
    if rng.random() < 0.67:
        return text
    ways: list[Callable[[str, random.Random], str]] = [_dotted, _spaced, _hidden, _wide, _alike, _cut]
    return rng.choice(ways)(text, rng)


def in_pieces(text: str, rng: random.Random) -> str:
    """Return an advert with its contact written so that no filter reads it: digits as keys, dots as words.

    >>> in_pieces("call 0000000", random.Random(3)) != "call 0000000"
    True
    """
    for name, others in _MESSENGERS:
        if name in text and rng.random() < 0.5:
            text = text.replace(name, rng.choice(others))
    other_digits = rng.choice(("keys", "keys", *_DIGITS))
    table = str.maketrans({str(number): _digit(number, other_digits) for number in range(10)})
    text = _NUMBER.sub(lambda match: match[0].translate(table), text)
    han, cyrillic = bool(_HAN.search(text)), bool(re.search("[а-я]", text))
    dot = rng.choice(_DOTS_HAN if han else _DOTS_RU if cyrillic else _DOTS)
    return _SIGN_AT.sub(rng.choice(_ATS_RU if cyrillic else _ATS), _HOST_DOT.sub(dot, text))


def _digit(number: int, other: str) -> str:
    return f"{number}\ufe0f\u20e3" if other == "keys" else other[number]


def casual(text: str, rng: random.Random) -> str:
    """Return a sentence as it is written in a thread, its first clauses, blanks for commas, and no stop at the end; or,
    of Chinese, with blanks around some words, as where they were links.

    >>> casual("He came late.", random.Random(1))
    'He came late'
    """
    if _HAN.search(text) and rng.random() < 0.4:
        return re.sub("[\u3400-\u9fff]{2}", lambda match: f" {match[0]} " if rng.random() < 0.12 else match[0], text)
    clauses = _CLAUSE.split(text.strip().rstrip("。.！!"))
    size = rng.randint(1, 4)
    between = rng.choice(("，", "，", " ", ", ")) if _HAN.search(text) else ", "
    return between.join(clauses[:size]) + rng.choice(("", "", "", "…", "!" if rng.random() < 0.5 else "~"))


def _dotted(text: str, rng: random.Random) -> str:
    mark, share = rng.choice(".·•_*"), rng.uniform(0.1, 0.6)
    if _HAN.search(text):
        return _between_han(text, lambda: mark if rng.random() < share else "")
    return _in_words(text, rng, mark.join)


def _spaced(text: str, rng: random.Random) -> str:
    share = rng.choice([0.15, 0.4, 1.0])
    if _HAN.search(text):
        return _between_han(text, lambda: " " if rng.random() < share else "")
    return _in_words(text, rng, " ".join)


def _hidden(text: str, rng: random.Random) -> str:
    mark, share = rng.choice("\u200b\u200c\u200d\u2060\u00ad"), rng.uniform(0.1, 0.5)
    return re.sub(r"(?<=\w)(?=\w)", lambda _: mark if rng.random() < share else "", text)


def _wide(text: str, rng: random.Random) -> str:
    return (
        text.translate(_FULL_WIDTH)
        if _HAN.search(text)
        else _in_words(text, rng, lambda word: word.translate(_FULL_WIDTH))
    )


def _alike(text: str, rng: random.Random) -> str:
    if _HAN.search(text):
        text = text.replace("微信", rng.choice(["薇信", "徽信", "V信", "维信", "微❤", "威信"]))
        return text.replace("加", rng.choice(["➕", "＋", "茄", "咖", "佳"]), 1) if rng.random() < 0.5 else text
    table = _TO_LATIN if re.search("[а-я]", text) else _TO_CYRILLIC
    return _in_words(text, rng, lambda word: word.translate(table))


def _cut(text: str, rng: random.Random) -> str:
    """Return an entry of a list: its beginning as a title, then the text, both cut short; or the text alone."""
    body = text[: int(len(text) * rng.uniform(0.6, 0.95))].rstrip()
    size = rng.randint(9, 16) if _HAN.search(text) else rng.randint(16, 34)
    end = rng.choice(["...", "…", "……"])
    return f"{text[:size].rstrip()}{end} {body}{end}" if rng.random() < 0.6 else body + end


def _between_han(text: str, mark: Callable[[], str]) -> str:
    return re.sub(r"(?<=[\u3400-\u9fff])(?=[\u3400-\u9fff])", lambda _: mark(), text)


def _in_words(text: str, rng: random.Random, write: Callable[[str], str]) -> str:
    share = rng.uniform(0.15, 0.7)
    return _WORD.sub(lambda match: write(match[0]) if rng.random() < share else match[0], text)
