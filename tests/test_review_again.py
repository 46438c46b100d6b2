"""What a review takes over from earlier ones, and what it runs again: the results are those of a full run."""

from __future__ import annotations

import os
import random
from dataclasses import replace

import pytest

from review_help import HEADLINES, reviewed, rules_in
from siftline import cache as kept_files
from siftline import files
from siftline.matching import Matcher
from siftline.review import cache, measure, sides, touch, work, workers
from siftline.rules import RuleBook

pytestmark = pytest.mark.usefixtures("own_cache")


def edits(book, seed):
    """Change rules of the project at random: take away, restrict, loosen, swap."""
    dice = random.Random(seed)
    found = list(book.rules)
    for number in sorted(dice.sample(range(len(found)), 3)):
        rule = found[number]
        fields = dict(vars(rule))
        fields = {key: fields[key] for key in rule.__dataclass_fields__}
        end = "\n" if "(?x)" in rule.match else ""  # which a comment may stand before
        change = dice.choice(["zone", "shadow", "unless", "needs", "looser", "narrower"])
        fields.update(
            {
                "zone": {"zone": "tail"},
                "shadow": {"status": "shadow"},
                "unless": {"unless": "[aeiоа的]"},
                "needs": {"needs": found[0].id},
                "looser": {"match": f"(?:{rule.match}{end}|^\\W*+\\w++\\W*+$)"},
                "narrower": {"match": f"(?:{rule.match}{end})(?<=[a-zа-я])"},
            }[change]
        )
        found[number] = type(rule)(**fields)
    del found[dice.randrange(len(found))]
    a, b = sorted(dice.sample(range(len(found)), 2))
    found[a], found[b] = found[b], found[a]
    return found


@pytest.fixture(scope="module")
def documents(root, library):
    library.load()
    items = list(files.items([str(root / "seeds"), str(root / "README.md")]))
    rng = random.Random(5)
    lines = [line for item in items for line in item.read().decode("utf-8", "replace").split("\n")]
    lines += [
        text for rule in library.book.rules for example in (*rule.hits, *rule.misses) for text in example.split("\n")
    ]
    made = [files.Item(f"mixed-{n}", content="\n".join(rng.sample(lines, 40))) for n in range(30)]
    return (*items, *made)


def again(item, side):
    return cache.from_line(cache.to_line(measure.measure(item, side)))


@pytest.mark.parametrize("seed", [1])
def test_what_is_taken_over_equals_a_full_run(documents, library, seed):
    base = sides.Side("base", library)
    head = sides.Side("head", sides.library_of(edits(library.book, seed), library))
    first = list(work.measured(work.Task(base, head, documents)))
    later = sides.Side("later", sides.library_of(edits(RuleBook(head.rules), seed + 10), library))
    second = list(work.measured(work.Task(base, later, documents)))
    assert 0 < sum(not both.same for both in first) < len(documents)
    for side, run in ((head, first), (later, second)):
        for both in run:
            assert both.base == again(both.item, base), both.item.id
            assert both.head == again(both.item, side), both.item.id


def test_a_pattern_that_takes_the_same_lines_by_another_span_is_shown_with_its_own(documents, library):
    def side(match):
        rules = [
            replace(one, match=match, action="drop-rest", misses=("网站", "备案"))
            if one.id == "chrome/zh/icp-licence"
            else one
            for one in library.book.rules
        ]
        return sides.Side(match, sides.library_of(rules, library))

    base, head = side("ICP[备证]"), side("京?+ICP[备证]")
    assert any(again(item, base) != again(item, head) for item in documents)
    for both in work.measured(work.Task(base, head, documents, remember=False)):
        assert both.head == again(both.item, head), both.item.id


def test_a_pattern_that_hits_alike_runs_no_document_again_and_one_that_does_not_equals_a_full_run(documents, library):
    rule = next(rule for rule in library.book.rules if rule.id == "chrome/zh/icp-licence")
    base = sides.Side("base", library)

    def changed(**fields):
        rules = [replace(one, **fields) if one is rule else one for one in library.book.rules]
        return sides.Side("head", sides.library_of(rules, library))

    alike = changed(match=f"(?:{rule.match}|^zebra crossing zebra$)")
    unlike = sides.difference(base.rules, alike.rules)
    found = {item.id: cache.to_line(measure.measure(item, base)) for item in documents}
    assert any(touch.Touch(replace(unlike, patterns_alone=frozenset()))(item, found[item.id]) for item in documents)
    assert not any(touch.Touch(unlike)(item, found[item.id]) for item in documents)
    other = changed(unless="京")
    for head in (alike, other):
        run = list(work.measured(work.Task(base, head, documents, remember=False)))
        assert any(not both.same for both in run) is (head is other)
        for both in run:
            assert both.head == again(both.item, head), both.item.id


def test_stages_look_at_no_text_that_a_review_does_not_know_of(documents, library, monkeypatch):
    seen = []
    whole = Matcher.hits

    def hits(self, lines, *more):
        seen.extend(lines)
        return whole(self, lines, *more)

    side = sides.Side("base", library)
    for item in documents[:30]:
        found = measure.measure(item, side)
        monkeypatch.setattr(Matcher, "hits", hits)
        seen.clear()
        side.cleaner.clean(item.read(), html=item.html)
        monkeypatch.undo()
        assert set(seen) <= {"", *measure.seen_lines(item, found)}, item.id


def test_a_review_knows_what_a_line_quotes(library):
    text = '"Follow us on Facebook," the note read, and nobody did.\n' * 3
    item = files.Item("a", content=text)
    assert "Follow us on Facebook," in measure.seen_lines(item, measure.measure(item, sides.Side("base", library)))


def test_a_review_knows_the_paragraphs_that_stood_on_one_line(library):
    text = "老城的石桥终于修好了。　　昨天上午，第一辆公共汽车从桥上开过。\n岸边站满了人。"
    side = sides.Side("base", library)
    for content in (text, text.encode()):
        item = files.Item("a", content=content)
        found = measure.measure(item, side)
        lines = [line.text for line in side.cleaner.read(content).lines]
        assert measure.source_lines(item, found) == lines
        states = measure.states(item, found)
        assert [state.source for state in states] == lines
        assert states[0].text == "老城的石桥终于修好了。"


def test_a_spoilt_cache_is_no_obstacle(made):
    rules_in(made / "head", chrome_en=HEADLINES)
    first = reviewed(made)
    stored = [name for ending in (".review", ".gold") for name in kept_files.names(ending)]
    assert len(stored) >= 3
    for number, name in enumerate(stored):
        raw = kept_files.load(name)
        kept_files.store(name, (b"", raw[: len(raw) // 2], b"nonsense", raw[:-9] + b"damaged!!")[number % 4])
    assert reviewed(made) == first


def test_a_repeated_review_cleans_no_document(made, monkeypatch):
    rules_in(made / "head", chrome_en=HEADLINES)
    first = reviewed(made)
    monkeypatch.setattr(workers, "measure", lambda *_: pytest.fail("cleaned again"))
    assert reviewed(made) == first


def test_a_document_that_ends_its_worker_costs_no_other(made, monkeypatch):
    side = sides.side("base", made / "base")
    whole = measure.measure

    def fatal(item, *more):
        if item.id == "en-3":
            os._exit(3)
        return whole(item, *more)

    monkeypatch.setattr(workers, "measure", fatal)
    found = list(work.measured(work.Task(side, side, list(files.items([str(made / "corpus")])), 2, remember=False)))
    assert [(both.item.id, both.base.error) for both in found if both.base.error] == [("en-3", "crash")]
    assert len(found) == 10
