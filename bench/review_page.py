"""How long the page of a review keeps its reader waiting, in a real browser.

    siftline review BASE HEAD --corpus DIR -o review.html
    python bench/review_page.py review.html

Times are in milliseconds of the wall clock, each the longest of three. It needs Chromium with its chromedriver.
"""

from __future__ import annotations

import argparse
import shutil
import time
from pathlib import Path
from typing import Any

from selenium import webdriver

KEY = "document.dispatchEvent(new KeyboardEvent('keydown', {{key: '{}'}}))"
ACTIONS = {
    "to the last change": KEY.format("End"),
    "a change back": KEY.format("k"),
    "open the document": KEY.format("o"),
    "search": "const e = document.getElementById('f-text'); e.value = 'the'; e.dispatchEvent(new Event('input'))",
}


def main() -> None:
    """Print a line for each thing measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("page", type=Path)
    page: Path = parser.parse_args().page
    with browser() as driver:
        start = time.perf_counter()
        driver.get(page.resolve().as_uri())
        print(f"{'load':20} {1000 * (time.perf_counter() - start):6.0f}")
        print(driver.find_element("id", "count").text)
        for name, action in ACTIONS.items():
            print(f"{name:20} {max(waited(driver, action) for _ in range(3)):6.0f}")


def browser() -> Any:
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    for flag in ("--headless=new", "--no-sandbox", "--window-size=1300,850"):
        options.add_argument(flag)
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))


def waited(driver: Any, action: str) -> float:
    """Return how long an action holds the page, in milliseconds."""
    script = f"const start = performance.now(); {{ {action} }} return performance.now() - start"
    return float(driver.execute_script(script))


if __name__ == "__main__":
    main()
