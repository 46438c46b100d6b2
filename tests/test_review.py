"""Reviews of rule changes: each planted change gets the right verdict, and what is saved changes no result."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from review_help import CHROME_EN, CHROME_ZH, PROSE, corpus_in, rules_in
from siftline import cache as kept_files
from siftline import cli, files
from siftline.matching import Matcher
from siftline.review import (
    cache,
    collect,
    control,
    markdown,
    measure,
    page,
    sides,
    suspicion,
    tables,
    touch,
    work,
    workers,
)
from siftline.review import review as reviewing
from siftline.review.gold import Gold, labels, labels_of
from siftline.review.report import report
from siftline.rules import RuleBook

pytestmark = pytest.mark.usefixtures("own_cache")


@pytest.fixture
def made(tmp_path):
    """A base folder of rules, and a corpus."""
    rules_in(tmp_path / "base")
    corpus_in(tmp_path / "corpus")
    return tmp_path


def reviewed(made, **options):
    asked = {"base": str(made / "base"), "head": str(made / "head"), "corpus": str(made / "corpus"), **options}
    return report(reviewing.review(reviewing.Options(rules=made / "base", **asked)))


def kinds(data):
    return {reason["kind"] for reason in data["verdict"]["reasons"]}


EVERYTHING = (
    CHROME_EN
    + """
[everything]
why    = "too broad by far"
match  = '''^(?=.*[a-z]).++$'''
action = "drop"
hits   = ["a"]
misses = ["1", "2"]
"""
)
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
SLOW = (
    CHROME_EN
    + """
[slow]
why    = "runs away"
match  = '''^(?:\\w+\\s?)+:$'''
action = "drop"
hits   = ["ab:"]
misses = ["ab", "cd"]
"""
)
PLANTED = {
    # what was planted: (files of the head, verdict, kinds of reasons, kinds of lines)
    "too broad": ({"chrome_en": EVERYTHING}, "fail", {"gold-lost", "emptied", "headline-lost"}, {"removed"}),
    "lost anchor": (
        {"chrome_en": CHROME_EN.replace("(?:Home|News|Boats|Weather)\\W*+$", "(?:Home|News|Boats|Weather|The).*+$").replace('"The news is good."', '"New"').replace("Home is where", "My home is where")},
        "fail", {"gold-lost", "emptied"}, {"removed"},
    ),
    "removed rule": ({"chrome_zh": ""}, "changed", set(), {"kept"}),
    "moved with its history": (
        {"chrome_zh": "", "chrome_any": CHROME_ZH.replace("action", 'was = ["chrome/zh/app-prompt"]\naction')},
        "same", set(), set(),
    ),
    "wrong language": (
        {"chrome_zh": "", "chrome_ru": CHROME_ZH.replace("action", 'was = ["chrome/zh/app-prompt"]\naction')},
        "changed", set(), {"kept"},
    ),
    "emptied document": (
        {"chrome_en": CHROME_EN.replace("|Weather)", "|Weather|The boats are out)")}, "fail", {"gold-lost", "emptied"}, {"removed"},
    ),
    "slow pattern": ({"chrome_en": SLOW}, "fail", {"runaway"}, set()),
    "eats headlines": ({"chrome_en": HEADLINES}, "fail", {"headline-lost"}, {"removed"}),
    "harmless rename": ({"chrome_en": CHROME_EN.replace("[menu]", "[menu-item]")}, "same", set(), set()),
    "no change at all": ({}, "same", set(), set()),
    "other words": ({"chrome_en": CHROME_EN.replace("item of a menu", "entry of a menu")}, "same", set(), set()),
    "a cut that leaves a space": ({"chrome_en": CHROME_EN.replace("\\s?+\\[read", "\\[read")}, "same", set(), set()),
    "a cut that takes too much": (
        {"chrome_en": CHROME_EN.replace("\\s?+\\[read", "[a-z]{1,8}\\.\\s?+\\[read")}, "changed", set(), {"altered"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_change_gets_the_right_verdict(made, name):
    changed, verdict, reasons, lines = PLANTED[name]
    rules_in(made / "head", **changed)
    data = reviewed(made)
    assert (data["verdict"]["status"], kinds(data)) == (verdict, reasons)
    assert {
        kind for kind in ("removed", "kept", "altered", "filed", "moved") if data["verdict"][kind]["lines"]
    } == lines
    assert data["control"]["holds"]


def test_a_rule_that_acts_five_times_as_often_is_stopped(made):
    rules_in(
        made / "base",
        chrome_en=CHROME_EN.replace("Lantern|Ferry", "Ferry").replace('["Share on Lantern', '["Share on Ferry'),
    )
    rules_in(made / "head")
    data = reviewed(made)
    assert data["verdict"]["reasons"] == [
        {
            "kind": "growth",
            "count": 8,
            "rule": "chrome/en/share-bar",
            "text": "chrome/en/share-bar acts on 8 lines, over 5 times the 0 of before",
        }
    ]


def test_a_rename_is_told_and_moves_nothing(made):
    rules_in(made / "head", chrome_en=CHROME_EN.replace("[menu]", "[menu-item]"))
    data = reviewed(made)
    assert data["verdict"]["notes"] == [
        'chrome/en/menu is now chrome/en/menu-item; let it say so: was = ["chrome/en/menu"]'
    ]
    (row,) = [row for row in data["rules"] if row["id"] == "chrome/en/menu-item"]
    assert (row["was"], row["state"], row["before"]) == ("chrome/en/menu", "same", row["after"])


def test_the_same_output_by_another_rule_is_a_move(made):
    other = CHROME_EN.replace("|Weather)", ")") + CHROME_EN[CHROME_EN.index("[menu]") :].split("\n\n")[0].replace(
        "[menu]", "[weather]"
    ).replace("Home|News|Boats|", "").replace('["Home"]', '["Weather"]')
    rules_in(made / "head", chrome_en=other)
    data = reviewed(made)
    assert data["verdict"]["moved"]["lines"] == 8
    assert {(g["kind"], g["rule"], g["other"]) for g in data["groups"]} == {
        ("moved", "chrome/en/weather", "chrome/en/menu")
    }
    assert (data["verdict"]["touched"], data["verdict"]["status"]) == (0, "same")


def test_a_change_is_shown_with_context_span_and_suspicion(made):
    rules_in(made / "head", chrome_en=CHROME_EN.replace("|Weather)", "|Weather|The boats are out)"))
    (group,) = reviewed(made)["groups"]
    (change,) = group["changes"]
    assert (change["document"], change["line"], change["text"]) == ("short", 3, "The boats are out.")
    assert (change["span"], change["above"], change["below"], change["gold"]) == ([0, 18], ["Home"], [], True)
    assert group["reasons"][0] == "gold keeps it"


def test_figures_by_rule(made):
    rules_in(made / "head", chrome_en=CHROME_EN.replace("|Weather)", ")"))
    (row,) = [row for row in reviewed(made)["rules"] if row["id"] == "chrome/en/menu"]
    assert (row["before"]["lines"], row["after"]["lines"], row["after"]["documents"]) == (25, 17, 9)
    assert row["after"]["alone"] == 17
    assert row["precision"][0] == 1.0
    assert row["precision"][1] == pytest.approx(tables.wilson(17, 17)[0], abs=1e-4)
    assert row["after"]["languages"] == {"en": 17}


def test_precision_and_recall_against_gold(made):
    rules_in(
        made / "head",
        chrome_en=CHROME_EN.replace("Lantern|Ferry", "Ferry").replace('Share on Lanternbook"]', 'Share on Ferrybook"]'),
    )
    gold = reviewed(made)["verdict"]["gold"]
    assert gold["before"]["recall"] == gold["after"]["recall"] == 1.0
    assert gold["after"]["precision"] < gold["before"]["precision"]


def test_a_rule_in_shadow_is_reported_and_not_applied(made):
    rules_in(made / "head", chrome_en=HEADLINES.replace('why    = "eats', 'status = "shadow"\nwhy    = "eats'))
    data = reviewed(made)
    assert data["verdict"]["status"] == "same"
    (row,) = [row for row in data["rules"] if row["id"] == "chrome/en/lantern-line"]
    assert (row["status"], row["after"]["lines"], row["after"]["shadow"]) == ("shadow", 0, 8)
    assert "(would: 8)" in markdown.render(data)


def test_a_blind_comparison_makes_the_report_invalid(made, monkeypatch):
    rules_in(made / "head")
    monkeypatch.setattr(control, "compare", lambda *_: None)
    data = reviewed(made)
    assert data["verdict"]["status"] == "invalid"
    assert "control" in kinds(data)


def test_a_run_that_changes_nothing_makes_the_report_invalid(made, monkeypatch):
    rules_in(made / "head")
    monkeypatch.setattr(control, "measure", lambda item, side: measure.Measured(languages=(("en", 9),)))
    assert reviewed(made)["verdict"]["status"] == "invalid"


def test_a_decided_line_wins_over_the_article(made, tmp_path):
    rules_in(made / "head", chrome_en=CHROME_EN.replace("|Weather)", "|Weather|The boats are out)"))
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"id": "short", "text": "The boats are out.", "keep": False}) + "\n")
    assert kinds(reviewed(made, gold=str(gold))) == {"emptied"}


def test_exit_status_and_forms(made, capfd):
    rules_in(made / "head", chrome_en=EVERYTHING)
    args = ["review", str(made / "base"), str(made / "head"), "--corpus", str(made / "corpus")]
    assert cli.main([*args, "--to", "json"]) == 1
    assert json.loads(capfd.readouterr().out)["format"] == "siftline-review/1"
    assert cli.main([*args, "--to", "html", "-o", str(made / "r.html")]) == 1
    assert "newly removed" in capfd.readouterr().out
    assert cli.main(["review", str(made / "base"), str(made / "base"), *args[3:]]) == 0
    assert cli.main(["review", "no-such-revision", *args[2:]]) == 2
    assert capfd.readouterr().err.startswith("siftline: ")
    (made / "head/chrome/en.toml").write_text("[x", encoding="utf-8")
    assert cli.main(args) == 2


def test_revisions_of_git_and_the_working_tree(made, siftline):
    repo = made / "repo"
    rules_in(repo / "rules")
    git = ["git", "-C", str(repo), "-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    for command in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "rules"]):
        subprocess.run([*git, *command], check=True)
    rules_in(repo / "rules", chrome_en=CHROME_EN.replace("|Weather)", ")"))
    done = siftline("review", "main", "--corpus", made / "corpus", cwd=repo)
    assert done.returncode == 0, done.stderr
    assert "main → working tree" in done.stdout.decode()
    assert "8 lines" in done.stdout.decode()
    same = siftline("review", "HEAD", "main", "--corpus", made / "corpus", cwd=repo)
    assert "no change in any result" in same.stdout.decode()
    told = siftline("explain", made / "base/chrome/en.toml", cwd=repo)
    assert told.returncode == 2
    (repo / "a.txt").write_text(f"{PROSE[0]}\n打开灯笼客户端\nHome\n{PROSE[1]}\n", encoding="utf-8")
    told = siftline("explain", "a.txt", cwd=repo).stdout.decode()
    assert re.search(r"chrome  chrome/zh/app-prompt  -> chrome/app-prompt for 0-7  \[[0-9a-f]{7,} \S+ rules\]", told)
    assert "chrome  chrome/en/menu  -> chrome/menu for 0-4  [not committed yet]" in told


def test_the_same_bytes_whatever_the_workers_and_the_cache(made, siftline):
    rules_in(made / "head", chrome_en=HEADLINES)
    outputs = set()
    for jobs, seed, extra in ((1, "0", ["--no-cache"]), (2, "1", []), (1, "2", [])):
        args = [
            "review",
            made / "base",
            made / "head",
            "--corpus",
            made / "corpus",
            "--to",
            "html",
            "--jobs",
            jobs,
            *extra,
        ]
        done = siftline(*args, env={**os.environ, "PYTHONHASHSEED": seed})
        assert done.returncode == 1
        outputs.add(done.stdout)
    assert len(outputs) == 1


# What is not run again


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


def test_of_very_many_changes_the_worst_are_listed_and_all_are_counted(made, monkeypatch):
    rules_in(made / "head", chrome_en=EVERYTHING)
    whole = reviewed(made)
    monkeypatch.setattr(collect, "MOST_ALIKE", 3)
    monkeypatch.setattr(reviewing, "Collection", lambda: collect.Collection(most=5))
    few = reviewed(made)
    kinds_of = ("removed", "kept", "altered", "filed", "moved")
    assert [few["verdict"][kind] for kind in kinds_of] == [whole["verdict"][kind] for kind in kinds_of]
    assert few["verdict"]["reasons"] == whole["verdict"]["reasons"]
    listed = [change for group in few["groups"] for change in group["changes"]]
    assert 0 < len(listed) == few["verdict"]["listed"] <= 5
    assert few["groups"][0]["points"] == whole["groups"][0]["points"]
    assert "most suspicious are listed" in few["verdict"]["notes"][-1] + few["verdict"]["notes"][0]


# Forms


def test_a_comment_has_the_worst_first_and_fits(made):
    rules_in(made / "head", chrome_en=EVERYTHING)
    data = reviewed(made)
    group = data["groups"][-1]
    data["groups"] += [{**group, "changes": [{**group["changes"][0], "text": f"{n} " * 60}]} for n in range(3000)]
    text = markdown.render(data)
    assert 40_000 < len(text) <= 60_000
    assert text.index("gold keeps it") < text.index("more groups of changes")
    assert len(markdown.render(data, 5_000)) <= 5_000


def test_a_comment_shows_mark_up_as_text(made):
    rules_in(made / "head", chrome_en=CHROME_EN.replace("|Weather)", ")"))
    data = reviewed(made)
    data["base"]["name"] = "<b>*x* @all</b>"
    data["groups"][0]["changes"][0]["text"] = "```\n</details><script>alert(1)</script> @all"
    text = markdown.render(data)
    assert "<b>" not in text
    fence = re.findall(r"^(`{3,})diff$", text, re.M)
    assert max(map(len, fence)) == 4
    assert "\n```\n</details>" not in text


def test_data_cannot_end_the_element_that_holds_them():
    assert "<" not in page.escaped({"a": "</script><!--<script>"})
    assert json.loads(page.escaped({"a": "</script>\u2028\ud800"})) == {"a": "</script>\u2028\ud800"}


# Parts


def test_lines_that_are_nearly_the_same_stand_together():
    line = "Read the latest {} lantern stories of the week, chosen by our editors {}"
    assert suspicion.sketch(line.format(12, "today")) == suspicion.sketch(line.format(9, "today"))
    assert suspicion.sketch("Read 12 comments") != suspicion.sketch("Read 12 letters")


def test_gold_knows_its_lines():
    article = f"{PROSE[0]}\n{PROSE[1]}\nYes."
    lines = ["Home", PROSE[0], f"• {PROSE[1]} [read more]", "Yes.", "", PROSE[2], "A longer line that is in no article"]
    assert labels(lines, article) == "0111-00"


def test_gold_of_records_and_of_files(made):
    gold = Gold([str(made / "corpus")])
    assert labels_of(gold.truth("short"), ["Home", "", "The boats are out."]) == "0-1"
    assert labels_of(gold.truth("unknown"), ["Home"]) == ""


def test_a_document_that_cannot_be_read_is_no_obstacle(made):
    rules_in(made / "head", chrome_en=HEADLINES)
    path = Path(made / "corpus/corpus.jsonl")
    path.write_bytes(path.read_bytes() + b"not json\n")
    (made / "corpus/binary.txt").write_bytes(bytes(range(256)) * 40)
    data = reviewed(made)
    assert data["verdict"]["documents"] == 12
    assert data["damage"]["rejected"] == []
