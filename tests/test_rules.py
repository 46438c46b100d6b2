"""The loader takes what docs/rules.md describes, and refuses the rest in one line with file, rule and mend."""

from __future__ import annotations

import json
import os
import pickle
import re
from pathlib import Path

import pytest

from siftline import cache, examples, proofs, rules, shelf
from siftline.acting import look_ahead, run
from siftline.document import Document
from siftline.library import Library
from siftline.matching import Matcher

GOOD = {
    "why": "a share button",
    "match": "^Share this$",
    "action": "drop",
    "hits": ["Share this"],
    "misses": ["Share this with care.", "They share this house."],
}


def toml(name="share", extra="", **changes):
    fields = {**GOOD, **changes}
    rows = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items() if value is not None]
    return f"{extra}\n[{name}]\n" + "\n".join(rows) + "\n"


def book(tmp_path, text, place="chrome/en.toml"):
    path = tmp_path / "rules" / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    found = rules.read(tmp_path / "rules")
    proofs.prove(found)
    examples.check_runaway(found.rules)
    return found


def test_a_rules_address_is_its_id(tmp_path):
    assert [rule.id for rule in book(tmp_path, toml()).rules] == ["chrome/en/share"]


BAD = {
    "unknown key": (toml(colour="red"), "unknown key `colour`"),
    "bad regex": (toml(match="^(Share$"), "is not a pattern"),
    "a hit that is not hit": (toml(hits=["Sharing"]), "does not hit its example"),
    "a miss that is hit": (toml(misses=["Share this", "b"]), "stands under `misses`"),
    "one miss": (toml(misses=["b"]), "at least two examples under `misses`"),
    "no hit": (toml(hits=[]), "at least one example under `hits`"),
    "no reason": (toml(why=" "), "`why` is empty"),
    "no match": (toml(match=None), "has no `match`"),
    "unanchored drop": (toml(match="Share this$"), "anchored at both ends"),
    "matches nothing": (toml(match="^(?:Share this)?$"), "matches the empty string"),
    "bare alternation": (toml(match="^Share this|Tweet$", action="cut"), "bare alternation"),
    "unknown action": (toml(action="delete"), "unknown action"),
    "unknown zone": (toml(zone="top"), "unknown zone"),
    "wrong type": (toml(hits="Share this"), "`hits` must be a list"),
    "with without replace": (toml(**{"with": "x"}), "`with` goes with action"),
    "with a group too many": (toml(action="replace", **{"with": "{1}"}), "`with` may hold"),
    "with an unknown name": (toml(action="replace", **{"with": "{author}"}), "`with` may hold"),
    "with a single brace": (toml(action="replace", **{"with": "a { b"}), "`with` may hold"),
    "with a form": (toml(action="replace", match="^(Share) this$", **{"with": "{1:>5}"}), "`with` may hold"),
    "orphan": (toml(needs="nobody"), "which is no rule"),
    "duplicate table": (toml() + toml(), "not valid TOML"),
    "same rule twice": (toml() + toml("share-too"), "does the same as chrome/en/share"),
    "reused id": (toml() + toml("tweet", match="^Tweet$", hits=["Tweet"], was=["chrome/en/share"]), "never reused"),
    "stage in the wrong place": (toml(stage="chrome"), "remove `stage`"),
    "not a rule": ('share = "x"\n', "is not a rule"),
    "runs away": (toml(match="^(?:a|a)+b$", hits=["ab"], misses=["c", "d"]), "runs away"),
    "quadratic": (toml(match=r"(?:\w+\s?)+:$", action="cut", hits=["ab:"], misses=["c", "d"]), "runs away"),
    "prose is touched": (toml(extra='prose = ["Share this"]'), "chrome/en/share touches"),
    "unknown group": (toml(match="^(?<who>Share) this$"), "unknown group who"),
    "not TOML": ("[share\n", "not valid TOML"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_malformed_rule_is_refused_with_file_and_mend(tmp_path, name):
    text, problem = BAD[name]
    with pytest.raises(rules.RuleError) as caught:
        book(tmp_path, text)
    message = str(caught.value)
    assert problem in message
    assert re.search(r"en\.toml:[1-9]\d*: ", message)
    assert "\n" not in message


def test_new_text_may_hold_groups_and_doubled_braces(tmp_path):
    text = toml(action="replace", match="^(Share) (?<title>this)$", **{"with": "{{{title}}} {1}"})
    (rule,) = book(tmp_path, text).rules
    assert rule.replacement == "{{{title}}} {1}"


@pytest.mark.parametrize(("kind", "said"), [("link", "is a link to a folder"), ("closed", "cannot be read")])
def test_a_folder_that_would_be_passed_over_is_said(tmp_path, monkeypatch, kind, said):
    (tmp_path / "other").mkdir()
    book(tmp_path, toml())
    if kind == "link":
        (tmp_path / "rules/spam").symlink_to(tmp_path / "other")
    else:
        (tmp_path / "rules/spam").mkdir()
        monkeypatch.setattr(os, "access", lambda path, _: path.name != "spam")
    with pytest.raises(rules.RuleError, match=said):
        rules.read(tmp_path / "rules")


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    assert [rule.id for rule in book(tmp_path, "\ufeff" + toml()).rules] == ["chrome/en/share"]


def test_all_wrong_examples_are_named_at_once(tmp_path):
    text = toml(hits=["Share this", "Tell us"]) + toml("tweet", match="^Tweet$", hits=["Tweet"], misses=["Tweet", "x"])
    with pytest.raises(rules.RuleError, match="does not hit its example 'Tell us'") as caught:
        book(tmp_path, text)
    assert ["tweet: hits 'Tweet'" in str(other) for other in caught.value.others] == [True]


@pytest.mark.parametrize("place", ["chrome.toml", "chorme/en.toml", "chrome/en/deep.toml", "chrome/en.tml"])
def test_a_file_in_the_wrong_place_is_refused(tmp_path, place):
    with pytest.raises(rules.RuleError, match=r"rules|toml"):
        book(tmp_path, toml(), place)


def changed(tmp_path, text, rule_text, place="chrome/en.toml", host=""):
    found = book(tmp_path, rule_text, place)
    doc = Document.of(text, host=host)
    changes, facts = run(doc, Matcher(found.rules), found.rules[0].stage)
    doc = doc.apply(changes)
    return [line.text for line in doc.lines if line.in_article and line.text], facts


def test_cut_takes_the_span_alone(tmp_path):
    text = toml(match=r"\s?Tell us below\.", action="cut", hits=["Tell us below."], misses=["Tell us.", "Below."])
    assert changed(tmp_path, "It rained. Tell us below.\n", text)[0] == ["It rained."]


def test_replace_writes_what_with_says(tmp_path):
    text = toml(match=r"\[(?:b)\]", action="replace", **{"with": "*"}, hits=["[b]"], misses=["b", "[a]"])
    assert changed(tmp_path, "a [b] c [B]", text)[0] == ["a * c *"]


LONG = (
    "The harbour master said on Monday that the ferry would be back before the first frost, whatever the yard may say."
)


def test_drop_rest_stops_at_the_first_line_that_reads_like_article(tmp_path):
    text = toml(match="^Related$", action="drop-rest", hits=["Related"], misses=["Related matters.", "Unrelated"])
    kept, _ = changed(tmp_path, f"{LONG}\nRelated\nOne\nTwo\n{LONG}\nThree\n", text)
    assert kept == [LONG, LONG, "Three"]


def test_drop_rest_does_not_stop_at_a_line_that_is_cut_short(tmp_path):
    text = toml(match="^Related$", action="drop-rest", hits=["Related"], misses=["Related matters.", "Unrelated"])
    assert changed(tmp_path, f"{LONG}\nRelated\n{LONG[:-1]}...\n", text)[0] == [LONG]


def test_a_long_item_of_a_dropped_list_does_not_bring_the_article_back(tmp_path):
    text = toml(match="^Related$", action="drop-rest", hits=["Related"], misses=["Related matters.", "Unrelated"])
    assert changed(tmp_path, f"{LONG}\n{LONG}\nRelated\n• One\n• {LONG}\n• Three\n", text)[0] == [LONG, LONG]
    kept = changed(tmp_path, f"{LONG}\n{LONG}\n{LONG}\nRelated\n• One\n• {LONG} {LONG}\n", text)[0]
    assert kept == [LONG, LONG, LONG, f"• {LONG} {LONG}"]


def test_a_dropped_list_ends_where_a_section_begins(tmp_path):
    text = toml(match="^Related$", action="drop-rest", hits=["Related"], misses=["Related matters.", "Unrelated"])
    for head in ("## The crossing", "# The ferry is back", "| Day | Sails |"):
        kept = changed(tmp_path, f"{LONG}\n{LONG}\nRelated\n- One\n- Two\n{head}\n{LONG}\n", text)[0]
        assert kept == [LONG, LONG, head, LONG]
    assert changed(tmp_path, f"{LONG}\n{LONG}\nRelated\n- One\n## More\n- Two\n", text)[0] == [LONG, LONG]


@pytest.mark.parametrize(
    ("below", "stays"),
    [
        (
            ["Old ferry sold for three times its price", "A second ferry by June, says the council", "At sea"],
            ["At sea"],
        ),
        (["Old ferry sold for three times its price", "It sailed at noon."], ["It sailed at noon."]),
        (["• Old ferry sold for three times its price", "• At sea"], []),
        (["Old ferry sold for three times its price", "A second ferry by June"], []),
        (["At sea"], []),
        (["Old ferry sold for three times its price", "Is it back?"], []),
        (["Old ferry sold for three times its price", "3 min"], []),
        (["It sailed at noon on Sunday.", "A second ferry by June, says the council", "It is back again now."], []),
    ],
)
def test_the_heading_below_a_box_between_paragraphs_stays(tmp_path, below, stays):
    text = toml(match="^Related$", action="drop-rest", hits=["Related"], misses=["Related matters.", "Unrelated"])
    box = "\n".join(["Related", *below])
    assert changed(tmp_path, f"{LONG}\n{box}\n{LONG}\n{LONG}\n{LONG}\n", text)[0] == [LONG, *stays, LONG, LONG, LONG]


def test_a_brief_last_line_of_a_list_at_the_end_goes_with_it(tmp_path):
    text = toml(match="^Related$", action="drop-rest", hits=["Related"], misses=["Related matters.", "Unrelated"])
    listed = "Related\nOld ferry sold for three times its price\nA second ferry by June, says the council\nAt sea\n"
    assert changed(tmp_path, f"{LONG}\n{LONG}\n{listed}", text)[0] == [LONG, LONG]


def test_a_zone_is_measured_in_prose(tmp_path):
    text = toml(zone="tail")
    assert changed(tmp_path, f"Share this\n{LONG}\nShare this\n", text)[0] == ["Share this", LONG]


def test_needs_asks_for_another_rule_nearby(tmp_path):
    text = toml(match="^Reply$", hits=["> Reply\nShare this"], misses=["Reply", "Reply\nto"], needs="other")
    text += toml("other")
    assert changed(tmp_path, "Reply\nShare this", text)[0] == []
    assert changed(tmp_path, "Reply\nno", text)[0] == ["Reply", "no"]


def test_unless_is_a_veto(tmp_path):
    text = toml(match="^Share .*$", unless="house", hits=["Share this"], misses=["Share a house", "x"])
    assert changed(tmp_path, "Share me\nShare a house", text)[0] == ["Share a house"]


def test_squeeze_sees_through_dots_spaces_and_look_alikes_and_gives_original_spans(tmp_path):
    text = toml(match="bitcoin", action="cut", squeeze=True, hits=["B.i t·cоin"], misses=["bit", "coin"])
    doc = Document.of("Buy Ｂ i.t·cоin now")
    found = book(tmp_path, text)
    changes, _ = run(doc, Matcher(found.rules), "chrome")
    assert [(c.start, c.before, c.after) for c in changes] == [(4, "Ｂ i.t·cоin", "")]


def test_a_shadow_rule_is_not_applied(tmp_path):
    found = book(tmp_path, toml(status="shadow"))
    assert found.active == ()


def test_a_site_rule_holds_for_its_host_alone(tmp_path):
    text = toml(stage="chrome")
    assert changed(tmp_path, "Share this", text, "sites/example.org.toml", "www.example.org")[0] == []
    assert changed(tmp_path, "Share this", text, "sites/example.org.toml", "notexample.org")[0] == ["Share this"]


def test_pages_of_any_site_are_searched_together_but_for_those_with_rules_of_their_own(tmp_path, monkeypatch):
    found = book(tmp_path, toml(stage="chrome"), "sites/example.org.toml")
    matcher = Matcher(found.active)
    searched = []
    monkeypatch.setattr(matcher, "hits", lambda *given: searched.append(given) or {})
    hosts = ("www.example.org", "example.net", "", "example.com", "notexample.org")
    look_ahead([Document.of("Share this", host=host) for host in hosts], matcher)
    assert searched == [(["Share this"], "www.example.org", ""), (["Share this"] * 4, "", "")]


def test_meta_moves_a_line_to_the_front_matter(tmp_path):
    text = toml(match="^By (?<author>.+)$", action="meta.author", hits=["By Ann"], misses=["by", "Bye Ann"])
    kept, facts = changed(tmp_path, "By Ann Example\nText", text, "harvest/en.toml")
    assert kept == ["Text"]
    assert [(fact.field, fact.value) for fact in facts] == [("author", "Ann Example")]


def test_the_rules_of_the_project_are_right_about_themselves(library):
    examples.check(library.book)
    examples.check_prose(library.book)


def test_the_rules_of_the_project_do_not_run_away(library):
    examples.check_runaway(library.book.rules)


def test_each_family_is_covered_in_each_language(library):
    counts = {}
    for rule in library.book.rules:
        counts[rule.id.rpartition("/")[0]] = counts.get(rule.id.rpartition("/")[0], 0) + 1
    assert len(library.book.rules) >= 150
    wanted = {f"{stage}/{lang}" for stage in ("chrome", "spam", "harvest") for lang in ("zh", "en", "ru")}
    assert wanted <= counts.keys()


def test_no_prefilter_and_prefilter_agree(library, root):
    lines = [
        line
        for path in sorted((root / "seeds").glob("*.txt"))
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines()
    ]
    lines += [
        text for rule in library.book.rules for example in (*rule.hits, *rule.misses) for text in example.split("\n")
    ]
    active = library.book.active
    with_it, without = Matcher(active, proofs.prove(library.book)), Matcher(active)
    assert with_it.hits(lines) == without.hits(lines)


def test_rules_that_were_proved_are_not_tried_again_and_changed_ones_are(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    book(tmp_path, toml())
    monkeypatch.setattr(examples, "check", lambda *_: pytest.fail("tried again"))
    assert book(tmp_path, toml()).rules
    with pytest.raises(pytest.fail.Exception):
        book(tmp_path, toml(misses=["other", "words"]))


def test_a_broken_cache_is_no_obstacle(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    book(tmp_path, toml())
    (stored,) = (tmp_path / "cache" / "siftline").iterdir()
    stored.write_text("{", encoding="utf-8")
    assert book(tmp_path, toml()).rules
    stored.write_bytes(pickle.dumps([print]))
    assert book(tmp_path, toml()).rules
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/nowhere")
    assert book(tmp_path, toml()).rules


def test_a_library_travels_to_another_process(library):
    assert pickle.loads(pickle.dumps(Library(library.folder))).book.rules == library.book.rules


def test_a_folder_that_was_read_is_not_read_again_and_a_changed_one_is(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    book(tmp_path, toml())
    first = shelf.read(tmp_path / "rules")
    with monkeypatch.context() as patched:
        patched.setattr(rules, "read", lambda *_: pytest.fail("read again"))
        again = shelf.read(tmp_path / "rules")
    assert again == first
    assert [rule.pattern.pattern for rule in again.book.rules] == [rule.match for rule in first.book.rules]
    for stored in (tmp_path / "cache" / "siftline").glob("*.shelf"):
        stored.write_bytes(pickle.dumps([print]))
    assert shelf.read(tmp_path / "rules") == first
    book(tmp_path, toml(misses=["other", "words"]))
    assert shelf.read(tmp_path / "rules").book.rules[0].misses == ("other", "words")


@pytest.mark.parametrize("module", ["beginnings.py", "acting.py", "document.py", "bilingual/russian.py"])
def test_a_folder_is_read_again_by_other_code(tmp_path, monkeypatch, module):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    book(tmp_path, toml())
    shelf.read(tmp_path / "rules")
    old, read, seen = Path.read_bytes, rules.read, []
    monkeypatch.setattr(
        Path, "read_bytes", lambda path: old(path) + b"#" * path.as_posix().endswith(f"siftline/{module}")
    )
    monkeypatch.setattr(rules, "read", lambda folder: seen.append(folder) or read(folder))
    cache.code.cache_clear()  # as in another process
    shelf.read(tmp_path / "rules")
    cache.code.cache_clear()
    assert seen == [tmp_path / "rules"]
