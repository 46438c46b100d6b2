"""The page of a review in a real browser: filters, keys, documents, decisions, and that texts stay inert."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from review_help import CHROME_EN, PROSE, corpus_in, rules_in
from siftline import cli, files
from siftline.review import page
from siftline.review.decisions import load
from test_report_browser import CHROMIUM, CONTRAST, DRIVER, FLAGS

pytestmark = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="no Chromium with its chromedriver is installed")

HOSTILE = '<script>document.title = "pwned"</script><img src=x onerror="document.title=1"></script>{{script}}'
END = "\ue010"
"""The key, as WebDriver writes it."""
RULE = """
[hostile]
why    = "mark-up as text <b>bold</b>"
match  = '''^<script>.++$'''
action = "drop"
hits   = ["<script>x"]
misses = ["script", "a < b"]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A review of two changes, one of them of hostile lines, and a page with 50,000 changes."""
    root: Path = tmp_path_factory.mktemp("review")
    rules_in(root / "base")
    rules_in(root / "head", chrome_en=CHROME_EN.replace("|Weather)", ")") + RULE)
    corpus = corpus_in(root / "corpus")
    (corpus / "hostile.txt").write_text(f"{PROSE[0]}\n{HOSTILE}\n{PROSE[1]}\n", encoding="utf-8")
    for form in ("html", "json"):
        args = ["--corpus", str(corpus), "--to", form, "-o", str(root / f"review.{form}")]
        assert cli.main(["review", str(root / "base"), str(root / "head"), *args]) == 0
    (root / "large.html").write_text(
        large(json.loads((root / "review.json").read_text(encoding="utf-8"))), encoding="utf-8"
    )
    return root


def large(data: dict[str, Any]) -> str:
    group = data["groups"][0]
    change = group["changes"][0]
    data["groups"] = [
        {**group, "rule": f"chrome/en/rule-{n % 40}", "points": n % 9, "count": 2, "changes": [
            {**change, "id": f"{n:05x}{m}", "line": m + 1, "lang": ("en", "zh")[m], "text": f"Lantern line {n} {'of many ' * 8}"} for m in range(2)
        ]}
        for n in range(25_000)
    ]  # fmt: skip
    return page.render({**data, "documents": [], "damage": {name: [] for name in data["damage"]}}, {})


@pytest.fixture(scope="module")
def browser(folder: Path) -> Iterator[Any]:
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in [*FLAGS, "--window-size=1300,850"]:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    options.add_experimental_option("prefs", {"download.default_directory": str(folder)})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    try:
        yield driver
    finally:
        driver.quit()


@pytest.fixture
def opened(browser: Any, folder: Path) -> Any:
    browser.get((folder / "review.html").as_uri())
    return browser


def press(browser: Any, keys: str) -> None:
    browser.find_element("css selector", "body").send_keys(keys)


def chosen(browser: Any) -> str:
    return str(browser.execute_script("return document.querySelector('.item[aria-selected=true] .text').innerText"))


def set_value(browser: Any, name: str, value: str) -> None:
    script = (
        "const e = document.getElementById(arguments[0]); e.value = arguments[1]; e.dispatchEvent(new Event('input'))"
    )
    browser.execute_script(script, name, value)


def rows(browser: Any) -> list[str]:
    texts: list[str] = browser.execute_script("return [...document.querySelectorAll('.item')].map((e) => e.innerText)")
    return texts


def test_a_page_full_of_script_does_nothing(opened: Any) -> None:
    set_value(opened, "f-rule", "chrome/en/hostile")
    assert opened.title == "siftline: review of the rules"
    assert opened.execute_script("return document.images.length") == 0
    assert opened.find_element("css selector", "#detail .lines .removed").text == HOSTILE
    press(opened, "o")
    assert HOSTILE in opened.find_element("id", "document-body").text
    opened.find_element("id", "close").click()
    assert opened.title == "siftline: review of the rules"
    assert [entry for entry in opened.get_log("browser") if entry["level"] == "SEVERE"] == []


def test_filters_by_rule_kind_language_suspicion_and_text(opened: Any) -> None:
    assert "9 of 9 changes" in opened.find_element("id", "count").text
    set_value(opened, "f-kind", "removed")
    assert len(rows(opened)) == 1
    set_value(opened, "f-kind", "")
    set_value(opened, "f-rule", "menu")
    assert len(rows(opened)) == 1
    assert "×8" in rows(opened)[0]
    opened.find_element("id", "f-groups").click()
    assert len(rows(opened)) == 8
    set_value(opened, "f-text", "en-3")
    assert len(rows(opened)) == 1
    set_value(opened, "f-text", "")
    set_value(opened, "f-points", "99")
    assert rows(opened) == []
    set_value(opened, "f-points", "0")
    set_value(opened, "f-lang", "en")
    assert len(rows(opened)) == 8


def test_keys_move_between_changes_and_decide(opened: Any, folder: Path) -> None:
    opened.find_element("id", "f-groups").click()
    first = chosen(opened)
    press(opened, "j")
    assert chosen(opened) != first or len(rows(opened)) == 9
    press(opened, "k")
    assert chosen(opened) == first
    press(opened, "r")
    press(opened, "a")
    assert "2 decided" in opened.find_element("id", "count").text
    opened.find_element("id", "save").click()
    saved = folder / "decisions.json"
    for _ in range(50):
        if saved.exists():
            break
        time.sleep(0.1)
    decisions = load(saved, [], "")
    assert [decision.verdict for decision in decisions] == ["wrong", "right"]
    assert decisions[0].text.strip() == first
    assert decisions[0].change != decisions[1].change
    saved.unlink()


def test_a_document_is_shown_before_and_after(opened: Any) -> None:
    set_value(opened, "f-rule", "hostile")
    press(opened, "o")
    cells = opened.find_elements("css selector", "#document-body .side > div")
    assert [cell.text for cell in cells[3:6]] == ["2", HOSTILE, f"{HOSTILE}\nchrome/en/hostile"]
    assert cells[4].location["y"] == cells[5].location["y"]
    assert cells[4].location["x"] < cells[5].location["x"]


def test_rules_and_damage_have_views(opened: Any) -> None:
    opened.find_element("id", "tab-rules").click()
    first = opened.find_element("css selector", "#rules tbody tr").text
    assert "chrome/en/" in first
    opened.find_element("css selector", "#rules tbody button").click()
    assert opened.find_element("id", "changes").is_displayed()
    opened.find_element("id", "tab-damage").click()
    assert "hostile" in opened.find_element("id", "damage").text


def test_nothing_is_fetched(opened: Any) -> None:
    names = opened.execute_script("return performance.getEntriesByType('resource').map(e => e.name)")
    assert [name for name in names if name.startswith("http")] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(opened: Any, scheme: str) -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    for selector in (
        ".what",
        ".chip",
        "#detail dt",
        ".context",
        "mark",
        "#verdict",
        "#summary",
        ".item .text",
        "kbd",
        "button",
    ):
        assert opened.execute_script(CONTRAST, selector) >= 4.5, (scheme, selector)


def test_fifty_thousand_changes_are_usable(browser: Any, folder: Path) -> None:
    browser.get((folder / "large.html").as_uri())
    assert "50000 of 50000" in browser.find_element("id", "count").text
    assert len(rows(browser)) < 60
    browser.find_element("id", "f-groups").click()
    press(browser, END)
    assert "24999" in chosen(browser)
    set_value(browser, "f-text", "line 777 of")
    assert browser.find_element("id", "count").text.startswith("2 of 50000")
    assert [row.partition(" of many")[0] for row in rows(browser)] == ["Lantern line 777"] * 2
    assert (folder / "large.html").stat().st_size < files.LARGEST
