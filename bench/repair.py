"""How much damage comes back, inside right lines too, and how quickly; beside ftfy on the same lines.

    python bench/repair.py [CORPUS.jsonl] [--limit N]

CORPUS holds a JSON object a line, `text` and `lang` (zh, zh-Hant, ru, en); its lines of 20 to 400 characters are the
right text. Without it the documents of seeds/ are used, which are too few for a figure. A row is the share of lines
that come back exactly, white space and punctuation width aside.

lines    whole lines, read in the wrong codec, once and twice, with no byte lost; each alone, and fifty to a document
mixed    documents of eight paragraphs, each right or damaged in its own way
lossy    the same with bytes lost: characters that come back, against those that were there (F1)
runs     a run of 4 to 12 Chinese characters, or of two to four words, inside a line that is right otherwise
residue  lines of nothing but residue between right lines, reported as lost; inside a line, marked; lines about it
width    documents whose punctuation was folded: marks given back, of those that were folded, and marks made up
clean    lines that must stay as they are
speed    megabytes of UTF-8 a CPU second in one process, and ftfy's in the same run
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import ftfy

import siftline
from siftline.repairs import glued
from siftline.stages.decode import decode

ROOT = Path(__file__).resolve().parents[1]
FOLD = str.maketrans("，：；！？（）", ",:;!?()")
WESTERN = ("latin-1", "sloppy-windows-1252")
UTF8_AS = (*WESTERN, "sloppy-windows-1251", "koi8-r", "gb18030", "big5")
CODECS = {  # language: (the codec it was in, the codec it was read in)
    "zh": [
        *(("utf-8", false) for false in UTF8_AS),
        *(("gb18030", false) for false in (*WESTERN, "big5", "big5hkscs")),
    ],
    "zh-Hant": [*(("utf-8", false) for false in UTF8_AS), *(("big5", false) for false in (*WESTERN, "gb18030"))],
    "ru": [
        *(("utf-8", false) for false in UTF8_AS),
        *(("cp1251", false) for false in (*WESTERN, "koi8-r")),
        *(("koi8-r", false) for false in (*WESTERN, "sloppy-windows-1251")),
    ],
    "en": [("utf-8", false) for false in (*WESTERN, "sloppy-windows-1251", "gb18030")],
}
LOSSY = [("zh", "utf-8", "gb18030"), ("zh", "gb18030", "big5"), ("zh", "gb18030", "big5hkscs")]
LEAST = 6
"""Characters of a line, ASCII aside, below which it is not damaged here: two or three say nothing."""
RUNS = {"zh": r"[\u4e00-\u9fff，。、：；]{4,12}", "ru": r"(?<!\w)[а-яё]+(?: [а-яё]+){1,3}", "en": r"\S*[’“”–—éü]\S*"}
ABOUT = [
    "锟斤拷是乱码里最常见的一种。",
    "编码错了，屏幕上就会出现“锟斤拷”。",
    "C 程序的内存没有初始化，于是打印出烫烫烫。",
]
CRIES = ["烫烫烫！快放下！", "这个屯屯屯的名字真怪。"]


def main() -> None:
    """Print all rows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, nargs="?")
    parser.add_argument("--limit", type=int, default=200, help="lines a row (default: %(default)s)")
    args = parser.parse_args()
    documents = read(args.corpus)
    lines = {lang: right_lines(texts) for lang, texts in documents.items()}
    for lang, found in lines.items():
        for codecs in kinds(lang):
            row("lines", f"{lang} {name(*codecs)}", list(whole(found, codecs, args.limit)))
        for codecs in kinds(lang, 1):
            row("runs", f"{lang} {name(*codecs)}", list(inside(found, lang, codecs, args.limit)))
        row("clean", lang, [(line, line) for line in found[: args.limit]])
    mixed(lines, args.limit)
    for lang, *codecs in LOSSY:
        lossy(lang, lines.get(lang, []), (codecs[0], codecs[1]), args.limit)
    residue(lines.get("zh", []), args.limit)
    width(documents.get("zh", []))
    speeds(documents, lines)


def read(corpus: Path | None) -> dict[str, list[str]]:
    """Return documents by language."""
    out: dict[str, list[str]] = defaultdict(list)
    if corpus:
        with corpus.open(encoding="utf-8", errors="surrogatepass") as file:
            for record in map(json.loads, file):
                out[record["lang"]].append(record["text"])
        return {lang: texts for lang, texts in out.items() if lang in CODECS}
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        for lang, paragraphs in siftline.clean(decode(path.read_bytes())[0]).body.items():
            out[lang].append("\n".join(paragraphs))
    return {lang: texts for lang, texts in out.items() if lang in CODECS}


def kinds(lang: str, *times: int) -> list[tuple[str, str, int]]:
    """Return the ways to go wrong: the codec a text was in, the codec it was read in, and how often."""
    return [(true, false, n) for true, false in CODECS[lang] for n in times or (1, 2)]


def right_lines(texts: Sequence[str]) -> list[str]:
    lines = [line.strip() for text in texts for line in text.split("\n") if 20 <= len(line.strip()) <= 400]
    lines = [line for line in dict.fromkeys(lines) if not re.search("[\x80-\x9f\ufffd]", line)]  # damaged themselves
    random.Random(0).shuffle(lines)
    return lines


def name(true: str, false: str, times: int) -> str:
    return f"{true} as {false.removeprefix('sloppy-')}{' twice' * (times > 1)}"


def wrong(text: str, codecs: tuple[str, str, int]) -> str:
    """Read a text wrongly. Raises UnicodeError where the codec cannot."""
    true, false, times = codecs
    for _ in range(times):
        text = text.encode(true).decode(false)
    return text


def whole(lines: Sequence[str], codecs: tuple[str, str, int], limit: int) -> Iterator[tuple[str, str]]:
    """Yield damaged lines and right ones."""
    for line in lines:
        try:
            bad = wrong(line, codecs)
        except UnicodeError:
            continue
        if (
            bad != line
            and "\n" not in bad
            and "\r" not in bad
            and len(re.sub("[\x00-\x7f]", "", line)) >= least(codecs)
        ):
            limit -= 1
            yield bad, line
        if limit <= 0:
            return


def least(codecs: tuple[str, str, int]) -> int:
    """Return the characters beside ASCII that a line must have; one is enough where the damage cannot be text."""
    return 1 if codecs[0] == "utf-8" and codecs[1] in WESTERN else LEAST


def mixed(lines: dict[str, list[str]], limit: int) -> None:
    """Print the row of documents whose paragraphs are damaged in different ways."""
    rng, back, n = random.Random(1), 0, 0
    languages = sorted(set(lines) - {"en"})
    for _ in range(limit):
        rows: list[tuple[str, str]] = []
        while len(rows) < 8:
            lang = rng.choice(languages)
            line, codecs = rng.choice(lines[lang]), rng.choice([*kinds(lang), None])
            rows += [(line, line)] if codecs is None else whole([line], codecs, 1)
        mended = siftline.repair("\n".join(bad for bad, _ in rows)).split("\n")
        right = [paragraph for _, good in rows for paragraph in glued.paragraphs(good)]  # some lines hold several
        back += sum(squash(got) == squash(good) for got, good in zip(mended, right, strict=False))
        n += len(right)
    print(f"mixed    {' '.join(languages):38s} n={n:4d}  exact {back / max(1, n):.3f}", flush=True)


def lossy(lang: str, lines: Sequence[str], codecs: tuple[str, str], limit: int) -> None:
    """Print how many characters come back of lines of which bytes are lost."""
    scores, most = list[float](), list[float]()
    for line in lines:
        bad = line.encode(codecs[0]).decode(codecs[1], "replace")
        if "\ufffd" in bad and len(scores) < limit:
            true = Counter(squash(line))
            have = Counter(squash(siftline.repair(bad)).replace("\ufffd", ""))
            scores.append(2 * (true & have).total() / max(1, true.total() + have.total()))
            most.append(bad.count("\ufffd") / len(line))
    n = max(1, len(scores))
    title = f"{lang} {name(*codecs, 1)}, bytes lost"
    print(f"lossy    {title:38s} n={len(scores):4d}  F1 {sum(scores) / n:.3f}, lost a character {sum(most) / n:.3f}")


def inside(lines: Sequence[str], lang: str, codecs: tuple[str, str, int], limit: int) -> Iterator[tuple[str, str]]:
    """Yield lines with a damaged run, and as they were."""
    rng = random.Random(str(codecs))
    pattern = re.compile(RUNS[lang[:2]])
    for line in lines:
        runs = [
            run for run in pattern.finditer(line) if len(run[0]) < len(line) / 2 and (lang != "ru" or len(run[0]) >= 10)
        ]
        if not runs:
            continue
        run = rng.choice(runs)
        try:
            bad = wrong(run[0], codecs)
        except UnicodeError:
            continue
        if bad != run[0] and "\n" not in bad and "\r" not in bad:
            limit -= 1
            yield line[: run.start()] + bad + line[run.end() :], line
        if limit <= 0:
            return


def squash(text: str) -> str:
    return re.sub(r"\s+", "", text.translate(FOLD))


def row(kind: str, title: str, cases: Sequence[tuple[str, str]]) -> None:
    """Print the share of cases that come back exactly, and ftfy's."""
    ours = sum(squash(siftline.repair(bad)) == squash(good) for bad, good in cases)
    together = 0
    for at in range(0, len(cases), 50):
        mended = siftline.repair("\n".join(bad for bad, _ in cases[at : at + 50])).split("\n")
        together += sum(
            squash(got) == squash(good) for got, (_, good) in zip(mended, cases[at : at + 50], strict=False)
        )
    plain = {"fix_character_width": False, "uncurl_quotes": False}
    theirs = sum(squash(ftfy.fix_text(bad, **plain)) == squash(good) for bad, good in cases)
    n = max(1, len(cases))
    shares = f"exact {ours / n:.3f}, together {together / n:.3f}   ftfy {theirs / n:.3f}"
    print(f"{kind:8s} {title:38s} n={len(cases):4d}  {shares}", flush=True)


def residue(lines: Sequence[str], limit: int) -> None:
    """Print the rows about text whose bytes are gone."""
    cleaner = siftline.Cleaner(stages=["repair"])
    kinds: dict[str, Callable[[str], str]] = {
        "U+FFFD as gb18030": lambda text: replaced(text, "gb18030"),
        "U+FFFD as big5": lambda text: replaced(text, "big5"),
        "U+FFFD as cp1252": lambda text: replaced(text, "sloppy-windows-1252"),
        "U+FFFD as cp1251": lambda text: replaced(text, "sloppy-windows-1251"),
        "unset memory": lambda text: "烫屯葺"[len(text) % 3] * (3 + len(text) % 20),
    }
    for kind, make in kinds.items():
        alone = in_line = n = 0
        lines = [line for line in lines if siftline.repair(line) == line]
        for before, line, after in zip(lines[0:limit:3], lines[1:limit:3], lines[2:limit:3], strict=False):
            bad = make(re.sub(r"[!-~\s]", "", line) or "空")
            article = cleaner.clean(f"{before}\n{bad}\n{after}\n")
            lost = [change.line for change in article.changes if change.role == "lost"]
            alone += lost == [1] and squash(article.text) == squash(before + after)
            tail = make("八个字的一段残迹")
            marked = siftline.repair(f"{before} {tail} {line}")
            in_line += squash(marked.replace("\ufffd", "")) == squash(before + line) and "\ufffd" in marked
            n += 1
        print(
            f"residue  {kind:38s} n={n:4d}  lines lost {alone / max(1, n):.3f}, runs marked {in_line / max(1, n):.3f}"
        )
    kept = sum(siftline.repair(line) == line for line in (*ABOUT, *CRIES))
    print(f"residue  {'lines about it':38s} n={len(ABOUT + CRIES):4d}  kept {kept / len(ABOUT + CRIES):.3f}")


def replaced(text: str, codec: str) -> str:
    """Return what is left of a text of GB18030 that was read as UTF-8, saved, and read as another codec."""
    saved = "\ufffd" * len(text.encode("gb18030", "replace"))
    return saved.encode().decode(codec, "replace")


def width(texts: Sequence[str]) -> None:
    """Print how many folded marks come back, over documents that had none."""
    back = folded = made_up = documents = 0
    for text in texts:
        if len(re.findall("[，：；！？（）]", text)) < 10 or re.search(r"[\u4e00-\u9fff],[\u4e00-\u9fff]", text):
            continue
        out = siftline.Cleaner(stages=["repair"]).clean(text.translate(FOLD)).document.text
        if len(out) != len(text):
            continue  # something else was repaired too
        documents += 1
        pairs = [(a, b) for a, b in zip(text, out, strict=True) if a in "，：；！？（）,:;!?()"]
        folded += sum(a not in ",:;!?()" for a, _ in pairs)
        back += sum(a not in ",:;!?()" and a == b for a, b in pairs)
        made_up += sum(a in ",:;!?()" and a != b for a, b in pairs)
    share, wrong_share = back / max(1, folded), made_up / max(1, back + made_up)
    print(
        f"width    {documents} documents: {share:.3f} of {folded} marks back, {wrong_share:.3f} of those set were ASCII"
    )


def speeds(documents: dict[str, list[str]], lines: dict[str, list[str]]) -> None:
    """Print throughput on clean documents and on damaged ones, each document read wrongly as a whole."""
    for lang, texts in documents.items():
        clean = [text for text in texts if siftline.repair(text) == text]
        rate(f"clean {lang}", clean)
        for codecs in [*kinds(lang, 1), ("utf-8", "latin-1", 2)]:
            bad = [line for line, _ in whole(lines[lang], codecs, 1000)]
            rate(f"{lang} {name(*codecs)}", ["\n".join(bad[at : at + 50]) for at in range(0, len(bad), 50)])


def rate(title: str, texts: Sequence[str]) -> None:
    """Print the best of three rates, in megabytes a CPU second, and ftfy's over a part of the texts."""
    if texts:
        ours, theirs = speed(siftline.repair, texts), speed(ftfy.fix_text, texts[:40])
        print(f"speed    {title:38s} {ours:7.2f} MB a CPU second   ftfy {theirs:6.2f}", flush=True)


def speed(work: Callable[[str], object], texts: Sequence[str]) -> float:
    spent = []
    for _ in range(3):
        start = time.process_time()
        for text in texts:
            work(text)
        spent.append(time.process_time() - start)
    return sum(len(text.encode("utf-8", "surrogatepass")) for text in texts) / 1e6 / max(1e-6, min(spent))


if __name__ == "__main__":
    main()
