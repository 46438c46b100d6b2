"""What a page names as its own items stays: the ingredients of a recipe, the steps of a how-to, questions and answers."""

from __future__ import annotations

import json

import pytest

import siftline

STORY = [
    "My aunt baked this cake every year when the first pears fell, and she never wrote anything down, so it took me "
    "three autumns and a good many flat ones to find out how much of everything goes into it.",
    "It keeps for a week in a tin, and on the third day it is better than on the first. Whoever likes it sweeter takes "
    "a little more honey, but then it browns sooner and wants a sheet of paper over it for the last minutes.",
]
INGREDIENTS = ["3 ripe pears", "200 g flour", "2 eggs", "80 g butter", "3 tbsp honey", "1 pinch salt"]
STEPS = [
    "Beat the butter with the honey.",
    "Stir in eggs, flour and salt.",
    "Lay the pears on top and bake for forty minutes.",
]
RELATED = ["Plum tart", "Bread soup", "Oat biscuits", "Nettle broth", "Salt butter"]


def _page(ingredients: str, data: object = None) -> bytes:
    script = f"<script type='application/ld+json'>{json.dumps(data)}</script>" if data else ""
    menu = "".join(f"<li><a href='/{name}'>{name}</a></li>" for name in ("Home", "Cakes", "Soups", "About", "Shop"))
    more = "".join(f"<div class='teaser'><a href='/{name}'>{name}</a></div>" for name in RELATED)
    return (
        f"<title>Pear cake - The Mill Kitchen</title>{script}<ul class=nav>{menu}</ul><h1>Pear cake</h1>"
        + "".join(f"<p>{text}</p>" for text in STORY)
        + f"<div class='box card side'><h3>Ingredients</h3>{ingredients}</div><div><h3>Method</h3><ol>"
        + "".join(f"<li>{step}</li>" for step in STEPS)
        + f"</ol></div><div class='more'><h3>You may also like</h3>{more}</div>"
    ).encode()


LIST = "<ul class=widget>" + "".join(f"<li><a href='/shop'>{text}</a></li>" for text in INGREDIENTS) + "</ul>"
COLUMNS = "".join(
    f"<div class=row><span>{' '.join(text.split()[:-1])}</span><div class=item>{text.split()[-1]}</div></div>"
    for text in INGREDIENTS
)
RECIPE = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebPage", "name": "Pear cake"},
        {
            "@type": ["Recipe", "NewsArticle"],
            "name": "Pear cake",
            "recipeIngredient": INGREDIENTS,
            "recipeInstructions": [{"@type": "HowToStep", "text": step} for step in STEPS],
        },
    ],
}
IN_PARTS = "".join(
    f"<li itemprop=recipeIngredient><span>\n  {' '.join(text.split()[:-1])}\n</span>\n {text.split()[-1]}</li>"
    for text in INGREDIENTS
)
MARKED = "<ul class=widget>" + "".join(f"<li itemprop=recipeIngredient>{text}</li>" for text in INGREDIENTS) + "</ul>"


@pytest.mark.parametrize(
    "page",
    [_page(LIST, RECIPE), _page(COLUMNS, RECIPE), _page(MARKED), _page(f"<ul class=widget>{IN_PARTS}</ul>")],
    ids=["list", "columns", "marked", "marked in parts"],
)
def test_the_ingredients_that_a_recipe_names_stay(page: bytes) -> None:
    text = siftline.clean(page, html=True).text
    kept = " ".join(text.split())
    assert "Ingredients" in kept
    for ingredient in INGREDIENTS:
        for word in ingredient.split()[-2:]:
            assert word in kept, ingredient
    assert all(step in kept for step in STEPS)
    assert not any(name in kept for name in RELATED)


def test_an_ingredient_with_a_note_is_one_too() -> None:
    shown = [f"{text} - from the hills, finely ground" for text in INGREDIENTS[:3]] + [
        "a twig of rosemary",
        *INGREDIENTS[3:],
    ]
    listed = "<ul class=widget>" + "".join(f"<li><a href='/shop'>{text}</a></li>" for text in shown) + "</ul>"
    text = siftline.clean(_page(listed, RECIPE), html=True).text
    assert all(line in text for line in shown)


def test_questions_and_answers_of_a_page_stay() -> None:
    asked = {f"When does boat {n} leave?": f"At {n} sharp, from pier {n}." for n in range(1, 6)}
    data = {
        "@type": "FAQPage",
        "mainEntity": [
            {"@type": "Question", "name": question, "acceptedAnswer": {"@type": "Answer", "text": f"<p>{answer}</p>"}}
            for question, answer in asked.items()
        ],
    }
    shown = "".join(
        f"<li><a href='#'>{question}</a><div class=panel>{answer}</div></li>" for question, answer in asked.items()
    )
    text = siftline.clean(_page(f"<ul class='widget menu'>{shown}</ul>", data), html=True).text
    assert all(part in text for pair in asked.items() for part in pair)


def test_a_word_or_two_of_the_ingredients_elsewhere_do_not_hold_a_line() -> None:
    data = {"@type": "Recipe", "recipeIngredient": ["salt butter", "oat biscuits"]}
    assert not any(name in siftline.clean(_page(LIST, data), html=True).text for name in RELATED)


def test_deep_data_is_no_error() -> None:
    data: dict[str, object] = {"text": "an aunt"}
    for _ in range(300):
        data = {"mainEntity": [data]}
    assert "aunt" in siftline.clean(_page(LIST, {"@type": "FAQPage", "mainEntity": data}), html=True).text


@pytest.mark.parametrize(
    "data", [[], {"@type": 7}, {"@type": "Recipe", "recipeIngredient": 3}, {"@type": ["Recipe", None]}]
)
def test_odd_data_is_no_error(data: object) -> None:
    assert "aunt" in siftline.clean(_page(LIST, data), html=True).text
