"""A small folder of rules and a small corpus, made up for the tests of reviews."""

from __future__ import annotations

import json
from pathlib import Path

from siftline.review import review as reviewing
from siftline.review.report import report

PROSE = (
    "The harbour master said on Monday that the ferry would be back before the first frost, whatever the yard may say.",
    "Twelve villages along the river will draw their water from the new canal, which was paid for by the province.",
    "Nobody in the valley had expected the old mill to turn again, and yet it has been grinding rye since the spring.",
    "The children carried their lanterns home through the rain, and the band played until the last of them had gone.",
)
ZH = "县水利局昨天公布了新的灌溉计划，沿河十二个村子从明年春天起将分批用上改造后的水渠，工程由省里出资。"

CHROME_EN = """\
# The rules of the tests.
[share-bar]
why    = "button that shares the page"
match  = '''^\\W*+Share on (?:Lantern|Ferry)book\\W*+$'''
action = "drop"
hits   = ["Share on Lanternbook"]  # made up
misses = ["They share on Lanternbook what they like.", "Share on, he said."]

[menu]
why    = "item of a menu"
match  = '''^\\W*+(?:Home|News|Boats|Weather)\\W*+$'''
action = "drop"
hits   = ["Home"]
misses = ["Home is where the boats are.", "The news is good."]

[read-more]
why    = "prompt inside a paragraph"
match  = '''\\s?+\\[read more\\]$'''
action = "cut"
hits   = ["The mill turns. [read more]"]
misses = ["He wanted to read more.", "[read more] she wrote, and stopped."]
"""
HEADLINES = (
    CHROME_EN
    + """
[lantern-line]
why    = "eats headlines"
match  = '''^Headline: .++$'''
action = "drop"
hits   = ["Headline: mills"]
misses = ["The headline: mills.", "Headlines"]
"""
)
CHROME_ZH = """\
[app-prompt]
why    = "prompt to open the app"
match  = '''^\\W*+打开灯笼客户端\\W*+$'''
action = "drop"
hits   = ["打开灯笼客户端"]
misses = ["他打开灯笼客户端，看了一眼。", "打开灯笼，客户端在桌上。"]
"""

HARVEST_EN = """\
[title-label]
why    = "headline under a label"
match  = '''^Headline: (?<title>.++)$'''
action = "meta.title"
hits   = ["Headline: A mill turns"]
misses = ["The headline: a mill turns.", "Headlines"]
"""


def rules_in(folder: Path, **files: str) -> Path:
    """Write rules; the files of the tests unless told otherwise, named like chrome_en."""
    for name, text in {"chrome_en": CHROME_EN, "chrome_zh": CHROME_ZH, "harvest_en": HARVEST_EN, **files}.items():
        path = folder / name.replace("_", "/", 1)
        path = path.with_name(path.name + ".toml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def corpus_in(folder: Path) -> Path:
    """Write a corpus of JSON lines with gold."""
    folder.mkdir(parents=True, exist_ok=True)
    records = []
    for number in range(8):
        article = [PROSE[number % 4], PROSE[(number + 1) % 4], f"{PROSE[(number + 2) % 4][:-1]}, {number} said."]
        lines = [
            "Home",
            "News",
            "",
            f"Headline: A lantern for number {number}",
            *article[:2],
            "Share on Lanternbook",
        ]
        lines += [f"{article[2]} [read more]", "", "Weather"]
        records.append(
            {
                "id": f"en-{number}",
                "text": "\n".join(lines),
                "gold": "\n".join(article),
                "url": f"https://s{number}.example.com/",
            }
        )
    records.append({"id": "zh-0", "text": f"{ZH}\n打开灯笼客户端\n{ZH[::-1]}。\n", "gold": ZH})
    records.append({"id": "short", "text": "Home\n\nThe boats are out.\n", "gold": "The boats are out."})
    content = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    (folder / "corpus.jsonl").write_text(content, encoding="utf-8")
    return folder


def reviewed(made, **options):
    """Return the report on `made / "head"` against `made / "base"`."""
    asked = {"base": str(made / "base"), "head": str(made / "head"), "corpus": str(made / "corpus"), **options}
    return report(reviewing.review(reviewing.Options(rules=made / "base", **asked)))
