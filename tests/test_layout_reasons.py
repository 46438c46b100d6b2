"""What the ledger says of a line that the layout stage took: its chance, and what took it where that was not the chance."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from siftline import Cleaner
from siftline.document import Change, Document
from siftline.layout.model import Judgement, Measured
from siftline.library import Library
from siftline.stages.layout import layout
from test_below import TEASERS, _list, _page
from test_layout import PAGE, STORY, STORY_PT
from test_lists import FERRIES, PARAGRAPHS
from test_stamped import COMMENTS, _commented

SHARE = "Share on Facebook"
CODE = ["```python", "depth = sound(harbour)", "tide = depth - chart", "```"]


def _whys(lines: list[str], chances: list[float], known: bool = True) -> dict[str, str]:
    """Return what the changes say of the lines that go if the model thinks this of them, in a language it knows or not."""
    text = "\n".join(lines)
    doc = Document.of(text)
    doc = doc.apply(
        [
            Change("chrome/en/share-on", at, 0, SHARE, None, "chrome/share-on")
            for at, line in enumerate(lines)
            if line == SHARE
        ]
    )
    table = Measured.of(doc.lines, Library().text_model.wording).table
    found = Judgement(np.array(chances, np.float32), table, None, languages=0 if known else None)
    library = SimpleNamespace(
        strictness=0.45, reasons=False, text_model=SimpleNamespace(judge_all=lambda docs: [found])
    )
    return {change.before: change.why for change in layout(doc, library).changes if change.rule == "layout"}


def _explained(text: str, html: bool = False) -> dict[str, list[str]]:
    """Return the reasons that are given of each line that goes."""
    cleaner = Cleaner()
    cleaner.library.reasons = True
    gone = [change for change in cleaner.clean(text, html=html).changes if change.rule == "layout"]
    return {change.before: change.why.partition(": ")[2].split(", ") for change in gone}


@pytest.mark.parametrize(
    ("lines", "chances", "known", "gone", "why"),
    [
        ([*FERRIES, PARAGRAPHS["en"], SHARE], [0.8] * 10 + [0.9, 0], True, FERRIES, "0.80: menu above the first paragraph"),
        (["- Home", "- News", *STORY, SHARE], [0.9] * 7 + [0], True, ["- Home", "- News"], "0.90: list on top"),
        (
            [*STORY, SHARE, "- The light", "- A cook", "- A storm"],
            [0.9] * 5 + [0] + [0.9] * 3,
            True,
            ["- The light", "- A cook", "- A storm"],
            "0.90: list at the end",
        ),
        (
            ["Mais lidas da semana", "Leia também " * 9, *STORY_PT, SHARE],
            [0.45, 0.02, 0.9, 0.9, 0.9, 0],
            False,
            ["Mais lidas da semana"],
            "0.45: far from the article",
        ),
        ([*STORY, *CODE, SHARE], [0.9] * 5 + [0.7, 0.01, 0.01, 0.01, 0], True, ["```python"], "0.70: most of its code"),
    ],
    ids=["menu", "top", "end", "far", "code"],
)  # fmt: skip
def test_a_line_that_goes_though_it_is_likely_says_what_for(
    lines: list[str], chances: list[float], known: bool, gone: list[str], why: str
) -> None:
    told = _whys(lines, chances, known)
    assert {line: told[line] for line in gone} == dict.fromkeys(gone, why)


def test_a_line_that_goes_for_its_chance_says_no_more_than_that() -> None:
    told = _whys([*FERRIES, PARAGRAPHS["en"], "More", SHARE], [0.8] * 9 + [0.02, 0.9, 0.02, 0])
    assert (told["Crew"], told["More"]) == ("0.02", "0.02")


def test_steps_after_the_model_are_reasons() -> None:
    """Each moved the log odds, and is weighed beside the features."""
    foot = ["Leave a Reply", "Your email address will not be published.", "Privacy Policy", "Terms of Use"]
    blog = ["Home", "About", "Contact", "The ferry is back", "by Ann Lee", *_commented("4 Comments"), *foot]
    comments = _explained("\n".join(blog))
    assert {comments[line][0] for line in COMMENTS} == {"comments below the article"}
    teasers = _explained(_page(_list(TEASERS)), html=True)
    assert {teasers[text][0] for _, text in TEASERS} == {"below the article"}


def test_of_a_first_judgement_the_features_behind_it_are_named() -> None:
    """That an earlier stage thought the line unlikely is no reason to anybody."""
    reasons = _explained(PAGE)
    assert reasons
    assert all(len(names) == len({*names} - {"first judgement"}) == 3 for names in reasons.values())
