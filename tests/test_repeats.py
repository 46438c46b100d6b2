"""Lines that repeat over the pages of a site go with --repeats, and only then; restore gives them back."""

from __future__ import annotations

import json

import pytest

from siftline import Article, Cleaner, restore
from siftline.document import Document
from siftline.files import Item
from siftline.repeats import FEWEST_PAGES, Census, key, keys_of, take_out

PAGES = 12
HEAD = ["Quayside Reader, voice of the harbour", "Tides and times, week by week"]
FOOT = ["Made with care by the harbour's own people", "Quayside Reader is read in forty ports and nine inland towns"]
INSIDE = ["What the gulls think", "Letters of a lamplighter", "Nine ways to tie a boat"]


def page(number: int) -> str:
    story = [
        f"The crew of boat number {number} came home on Monday with {number + 3} baskets of herring and one old anchor.",
        f"The harbour master wrote in his book that berth {number} had been empty for {number + 20} days before the storm.",
        f"Children counted {number * 7 + 2} gulls on the roof of the ice house, and nobody could say why they had come.",
    ]
    parts = [*HEAD, f"Boat {number} comes home", story[0], "How it was done", story[1], *INSIDE, story[2], *FOOT]
    return "\n\n".join(parts) + "\n"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("repeats") / "quay"
    folder.mkdir()
    for number in range(PAGES):
        (folder / f"{number:02d}.txt").write_text(page(number), encoding="utf-8")
    return folder


def cleaned(siftline, source, *options):
    out = source.parent / "out.jsonl"
    done = siftline("clean", source, "--to", "jsonl", "-o", out, "--strictness", 0, *options)
    assert done.returncode == 0, done.stderr
    return out.read_bytes()


@pytest.fixture(scope="module")
def with_repeats(siftline, corpus):
    return cleaned(siftline, corpus, "--repeats")


def records(raw):
    return [json.loads(line) for line in raw.decode().splitlines()]


def cleaned_here(items):
    cleaner = Cleaner(strictness=0)
    census = Census()
    for item in items:
        census.add(*keys_of(cleaner, item))
    found = census.repeats()
    read = [(item, cleaner.read(item.content, url=item.url)) for item in items]
    return {item.id: Article(doc).text for item, doc in zip(items, found.run_all(cleaner, read), strict=True)}


def test_what_repeats_over_a_site_goes_with_its_count_and_comes_back(with_repeats):
    for number, record in enumerate(records(with_repeats)):
        gone = {c["before"]: c["why"] for c in record["changes"] if c["rule"] == "chrome/repeats"}
        assert gone == dict.fromkeys([*HEAD, *INSIDE, *FOOT], f"on {PAGES} of {PAGES} pages of the site")
        assert restore(record) == page(number).encode()


def test_a_heading_that_each_page_has_stays(with_repeats):
    assert all("How it was done" in record["text"] for record in records(with_repeats))


def test_without_the_option_nothing_is_learnt(siftline, corpus):
    first = records(cleaned(siftline, corpus))[0]
    assert FOOT[1] in first["text"]
    assert not [change for change in first["changes"] if change["rule"] == "chrome/repeats"]


def test_the_number_of_workers_changes_nothing(siftline, corpus, with_repeats):
    assert cleaned(siftline, corpus, "--repeats", "--jobs", 2) == with_repeats


def test_records_are_counted_by_host_and_without_one_not_at_all():
    urls = {"a": "https://www.example.com/{}", "b": "https://{}.example.org/", "c": ""}
    items = [Item(f"{name}{n}", content=page(n), url=url.format(n)) for name, url in urls.items() for n in range(PAGES)]
    for name, text in cleaned_here(items).items():
        assert (FOOT[0] in text) == (name[0] != "a")


def test_copies_of_one_page_stay_whole():
    items = [Item(str(n), content=page(1), url="https://example.com/") for n in range(FEWEST_PAGES + 2)]
    assert all(HEAD[0] in text for text in cleaned_here(items).values())


def test_standard_input_cannot_be_read_twice(siftline):
    done = siftline("clean", "-", "--repeats", stdin=b"x")
    assert done.returncode == 2
    assert b"--repeats" in done.stderr


def test_prose_needs_half_of_the_pages():
    notice = "This notice is long enough to be read as part of an article, and it comes to a proper end all the same."
    doc = Document.of(notice + "\n" + page(1))
    assert take_out(doc, {0: 8}, 20) == doc
    assert [change.line for change in take_out(doc, {0: 12}, 20).changes] == [0]


def test_memory_is_bounded_and_counts_are_never_too_high():
    census = Census(most=100)
    for number in range(300):
        census.add("example.com", [key("example.com", "Menu"), *range(number * 20, number * 20 + 20)])
        assert len(census._counts) <= 100
    found = census.repeats()
    assert set(found.counts) == {key("example.com", "Menu")}
    assert found.counts[key("example.com", "Menu")] <= 300
