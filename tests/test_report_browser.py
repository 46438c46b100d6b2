"""The report in a real browser: what it shows, how it folds on a small screen, and that it stays inert."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from siftline.report import render
from test_report import sample

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

pytestmark = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="no Chromium with its chromedriver is installed")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A browser that has the report of the sample run open."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    target: Path = tmp_path_factory.mktemp("report") / "index.html"
    target.write_text("".join(render(sample())), encoding="utf-8")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in FLAGS:
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    try:
        driver.get(target.as_uri())
        yield driver
    finally:
        driver.quit()


def at_width(browser: Any, width: int) -> None:
    """Give the page this many CSS pixels; a window cannot be as narrow as a telephone."""
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def boxes(browser: Any, row: str) -> list[dict[str, float]]:
    """Where the two sides of the first row of this kind lie."""
    cells = "[...document.querySelector(arguments[0]).children].slice(1)"
    script = f"return {cells}.map(e => e.getBoundingClientRect().toJSON())"
    sides: list[dict[str, float]] = browser.execute_script(script, row)
    return sides


def style(browser: Any, selector: str, name: str) -> str:
    script = "return getComputedStyle(document.querySelector(arguments[0])).getPropertyValue(arguments[1])"
    return str(browser.execute_script(script, selector, name))


def test_a_removed_line_is_struck_tinted_and_titled(browser: Any) -> None:
    line = browser.find_element("css selector", ".row.gone.c-spam .b")
    assert line.get_attribute("title") == "spam/en/savings"
    assert line.text.startswith("Double your savings")
    assert "line-through" in style(browser, ".row.gone.c-spam s", "text-decoration-line")
    assert style(browser, ".row.gone.c-spam .b", "background-color") != "rgba(0, 0, 0, 0)"
    label = browser.find_element("css selector", ".row.gone.c-spam .chip")
    assert (label.text, label.is_displayed()) == ("spam/en/savings", True)


def test_each_category_has_a_colour_of_its_own(browser: Any) -> None:
    script = "return [...document.querySelectorAll('.legend li')].map(e => getComputedStyle(e).getPropertyValue('--c'))"
    colours = browser.execute_script(script)
    assert len(colours) == 7
    assert len(set(colours)) == 7


def test_a_script_in_a_document_did_not_run(browser: Any) -> None:
    assert browser.title == "siftline: before and after"
    assert browser.execute_script("return document.scripts.length + document.images.length") == 0
    assert '<script>document.title="pwned"</script>' in browser.find_element("css selector", "main").text


def test_before_and_after_are_side_by_side_on_a_desk(browser: Any) -> None:
    at_width(browser, 1200)
    before, after = boxes(browser, ".row.edited")
    assert before["top"] == after["top"]
    assert before["right"] <= after["left"]
    assert before["width"] == pytest.approx(after["width"], abs=1)


def test_before_and_after_are_stacked_on_a_telephone(browser: Any) -> None:
    at_width(browser, 400)
    before, after = boxes(browser, ".row.edited")
    assert before["bottom"] <= after["top"]
    assert before["left"] == after["left"]
    assert style(browser, ".row.same > .b", "display") == "none"
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 400


def test_nothing_is_fetched(browser: Any) -> None:
    names = browser.execute_script("return performance.getEntriesByType('resource').map(e => e.name)")
    assert [name for name in names if name.startswith("http")] == []


def test_a_folded_document_opens_from_the_table(browser: Any) -> None:
    at_width(browser, 1200)
    browser.execute_script("document.querySelectorAll('details.doc').forEach(e => e.open = false)")
    assert not browser.find_element("css selector", "#d1").is_displayed()
    browser.find_element("css selector", 'a[href="#d1"]').click()
    assert browser.find_element("css selector", "#d1").is_displayed()
    browser.execute_script("document.querySelectorAll('details.doc').forEach(e => e.open = true)")


def test_only_changed_lines_can_be_shown(browser: Any) -> None:
    at_width(browser, 1200)
    box = browser.find_element("css selector", "#changes-only")
    line = browser.find_element("css selector", ".row.same .a")
    assert line.is_displayed()
    box.click()
    assert not line.is_displayed()
    assert browser.find_element("css selector", ".row.edited .a").is_displayed()
    box.click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(browser: Any, scheme: str) -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    for selector in (".same .a", ".same .b", ".gone s", ".gone .chip", "del", "ins", ".front dt", ".n", ".note"):
        assert browser.execute_script(CONTRAST, selector) >= 4.5, (scheme, selector)


# The contrast ratio of WCAG 2.2 (success criterion 1.4.3), over the backgrounds of all elements around the text,
# drawn onto a canvas so that the browser itself mixes the colours.
CONTRAST = """
const canvas = Object.assign(document.createElement('canvas'), {width: 1, height: 1});
const pen = canvas.getContext('2d', {willReadFrequently: true});
const shine = () => {
  const [r, g, b] = [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3).map(
    v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
  return .2126 * r + .7152 * g + .0722 * b;
};
const fill = colour => { pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1); };
let worst = 99;
for (const node of document.querySelectorAll(arguments[0])) {
  const grounds = [];
  for (let e = node; e; e = e.parentElement) grounds.unshift(getComputedStyle(e).backgroundColor);
  grounds.forEach(fill);
  const ground = shine();
  fill(getComputedStyle(node).color);
  const ink = shine();
  worst = Math.min(worst, (Math.max(ink, ground) + .05) / (Math.min(ink, ground) + .05));
}
return worst;
"""
