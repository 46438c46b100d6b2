"""Care for the rules, decisions as data, and the way of a newcomer from an idea to a rule that passes."""

from __future__ import annotations

import json
import re
import resource
import time
from itertools import islice

import pytest

from review_help import CHROME_EN, PROSE, ZH, corpus_in, rules_in
from siftline import cli, files
from siftline.review import care, decisions, rule_pages, sides
from siftline.review.suggest import pattern
from siftline.rules import RuleError, read

pytestmark = pytest.mark.usefixtures("own_cache")


@pytest.fixture
def side(tmp_path):
    def make(**files_of):
        return sides.side("", rules_in(tmp_path / "rules", **files_of))

    return make


SHADOWED = (
    CHROME_EN
    + """
[news]
why    = "item of a menu, once more"
match  = '''^News$'''
action = "drop"
hits   = ["News"]
misses = ["The news", "News at ten"]

[weather-or-tides]
why    = "an item of a menu and another"
match  = '''^(?:Weather|Tides)$'''
action = "drop"
hits   = ["Tides"]
misses = ["The tides", "Weather permitting"]

[never]
why    = "stands nowhere"
match  = '''^Moon landing$'''
action = "drop"
hits   = ["Moon landing"]
misses = ["The moon", "A landing"]
"""
)


def test_rules_that_never_hit_are_shadowed_or_overlap(side, tmp_path):
    made = side(chrome_en=SHADOWED)
    corpus = corpus_in(tmp_path / "corpus")
    notes = {(note.rule, note.kind) for note in care.by_examples(made)}
    assert notes == {("chrome/en/news", "shadowed")}
    notes = {(note.rule.rpartition("/")[2], note.kind) for note in care.by_corpus(made, care.use(made, str(corpus)))}
    assert notes == {("news", "shadowed"), ("weather-or-tides", "shadowed"), ("never", "never-hits")}


def test_overlap_is_noted(side, tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text("Weather\nTides\nWeather\nTides\nWeather\n", encoding="utf-8")
    made = side(chrome_en=SHADOWED)
    notes = [note for note in care.by_corpus(made, care.use(made, str(corpus))) if note.kind == "overlaps"]
    assert [(note.rule, note.text) for note in notes] == [
        ("chrome/en/menu", "3 of its 3 lines are hit by chrome/en/weather-or-tides too"),
        ("chrome/en/weather-or-tides", "3 of its 5 lines are hit by chrome/en/menu too"),
    ]


@pytest.mark.parametrize("key", ["match", "unless"])
def test_a_pattern_that_runs_away_is_found_in_match_and_unless(side, key):
    text = CHROME_EN.replace(
        "match  = '''\\s?+\\[read more\\]$'''", "match  = '''\\[read more\\]$'''\nunless = '''zz'''"
    )
    old = {"match": "'''\\[read more\\]$'''", "unless": "'''zz'''"}[key]
    new = {"match": "'''(?:\\w+[.]?\\s?)+\\[read more\\]$'''", "unless": "'''(?:\\w+\\s?)+:$'''"}[key]
    made = side(chrome_en=text.replace(old, new))
    (problem,) = care.runaways(made.rules).values()
    assert problem.startswith(f"`{key}` runs away: over 50 ms on")


def test_a_search_that_does_not_end_is_killed(side, monkeypatch):
    monkeypatch.setattr(care, "RUNAWAY_LIMIT", 0.5)
    monkeypatch.setattr(care.examples, "check_runaway", lambda rules: time.sleep(60))
    start = time.monotonic()
    with pytest.raises(RuleError, match="killed after"):
        care.refuse_runaways(side().rules[:1])
    assert time.monotonic() - start < 20


def test_all_rules_are_checked_in_ten_seconds(siftline):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = siftline("rules", "check")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stderr
    assert b"rules are right about" in done.stdout
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 20  # CPU seconds, on two cores ten


def test_what_is_malformed_is_named_with_file_line_rule_and_mend(tmp_path, capsys):
    folder = rules_in(tmp_path / "rules", chrome_en=CHROME_EN.replace('"Share on, he said."', '"Share on Ferrybook"'))
    assert cli.main(["rules", "check", "--rules", str(folder)]) == 2
    path = folder / "chrome/en.toml"
    assert capsys.readouterr().err == (
        f"siftline: {path}:2: share-bar: hits 'Share on Ferrybook', which stands under `misses`: narrow the pattern\n"
    )


# Suggestions


def test_suggested_rules_pass_when_pasted(tmp_path, capsys):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    records = [
        {
            "id": str(n),
            "url": f"https://s{n}.example.com/a",
            "text": f"{PROSE[n % 4]}\nRead {n} lantern letters\n{PROSE[(n + 1) % 4]}\nOnly on page {'x' * n}\n",
        }
        for n in range(6)
    ]
    records += [
        {"id": f"z{n}", "url": f"https://z{n}.example.com/a", "text": f"{ZH}\n点亮灯笼（{n}）\n{ZH}\n"}
        for n in range(6)
    ]
    (corpus / "a.jsonl").write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    folder = rules_in(tmp_path / "rules")
    assert cli.main(["rules", "suggest", "--rules", str(folder), "--corpus", str(corpus), "--jobs", "1"]) == 0
    shown = capsys.readouterr().out
    places = re.findall(r"# (chrome/\w+\.toml): on 6 sites, 6 lines\n(.*?)\n\n", shown + "\n", re.S)
    assert [place for place, _ in places] == ["chrome/en.toml", "chrome/zh.toml"]
    for place, text in places:
        with (folder / place).open("a", encoding="utf-8") as file:
            file.write("\n" + text + "\n")
    assert cli.main(["rules", "check", "--rules", str(folder), "--jobs", "1"]) == 0
    assert cli.main(["rules", "suggest", "--rules", str(folder), "--corpus", str(corpus), "--jobs", "1"]) == 0
    assert capsys.readouterr().out.endswith("examples\n")


def test_a_line_that_gold_keeps_is_not_suggested(tmp_path, capsys):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    text = f"{PROSE[0]}\nAnd so to bed\n"
    records = [
        {"id": str(n), "url": f"https://s{n}.example.com/", "text": text, "gold": text if n == 3 else PROSE[0]}
        for n in range(6)
    ]
    (corpus / "a.jsonl").write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    folder = rules_in(tmp_path / "rules")
    assert cli.main(["rules", "suggest", "--rules", str(folder), "--corpus", str(corpus), "--jobs", "1"]) == 0
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", "nothing to propose: no line that is left stands on 4 sites\n")


def test_a_suggested_pattern_is_a_literal():
    assert pattern("a.b (c) [d]") == r"^\W*+a\.b\s++\(c\)\s++\[d\]\W*+$"


# Pages of the rules


def test_the_pages_of_the_rules_are_up_to_date(root, library):
    folder = root / "docs/rules"
    wanted = rule_pages.pages(library.book.rules, rule_pages.load_rates(folder))
    found = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    assert found.keys() == wanted.keys(), "run make rule-pages"
    for name, text in wanted.items():
        assert found[name] == text, f"{name}: run make rule-pages"


def test_pages_show_examples_and_rates(side):
    made = side()
    text = rule_pages.pages(made.rules, rule_pages.measured(10, {"chrome/en/menu": (3, 4)}))["chrome-en.md"]
    assert "4 lines in 3 of 10 documents" in text
    assert "not met in the pages measured" in text
    assert "They share on Lanternbook what they like." in text


# Decisions


def decided(tmp_path, kind, verdict, text="Weather", rule="chrome/en/menu", **more):
    decision = decisions.Decision("0123456789", verdict, kind, rule, "", "a/b", text, **more)
    folder, gold = tmp_path / "rules", tmp_path / "gold.jsonl"
    (done,) = decisions.carry_out([decision], folder, gold)
    rules = {found.id: found for found in read(folder).rules}
    lines = list(files.gold_records([str(gold)])) if gold.exists() else []
    return done, rules.get(rule), lines


@pytest.mark.parametrize(
    ("kind", "verdict", "key", "keep"),
    [
        ("removed", "wrong", "misses", True),
        ("removed", "right", "hits", False),
        ("kept", "wrong", "hits", False),
        ("kept", "right", "misses", True),
    ],
)
def test_a_decision_becomes_an_example_and_a_line_of_gold(tmp_path, kind, verdict, key, keep):
    rules_in(tmp_path / "rules")
    done, rule, gold = decided(tmp_path, kind, verdict)
    assert getattr(rule, key)[-1] == "Weather"
    assert gold == [{"id": "a/b", "text": "Weather", "keep": keep, "rule": "chrome/en/menu"}]
    assert done.place == f"chrome/en/menu, {key}"


@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
def test_a_decision_leaves_all_else_as_it_was(tmp_path, ending):
    rules_in(tmp_path / "rules")
    place = tmp_path / "rules/chrome/en.toml"
    place.write_bytes(place.read_bytes().replace(b"\n", ending))
    before = place.read_bytes().split(b"\n")
    old = b'{"id": "b",  "text": "Weather", "keep": true}\n# a note\n{"id": ["a"], "text": "Weather"}\n'
    (tmp_path / "gold.jsonl").write_bytes(old + b'{"id": "a/b", "text": "Weather", "keep": false}\n')
    decided(tmp_path, "removed", "wrong")
    after = place.read_bytes().split(b"\n")
    assert len(after) == len(before)
    assert sum(one != two for one, two in zip(before, after, strict=True)) == 1
    new = b'{"id":"a/b","text":"Weather","keep":true,"rule":"chrome/en/menu"}\n'
    assert (tmp_path / "gold.jsonl").read_bytes() == old + new


def test_an_example_stands_in_company_where_the_rule_needs_it(tmp_path):
    rules_in(
        tmp_path / "rules",
        chrome_en=CHROME_EN.replace(
            'action = "drop"\nhits   = ["Home"]', 'action = "drop"\nneeds = "menu"\nhits   = ["> Home\\nNews"]'
        ),
    )
    done, rule, _ = decided(tmp_path, "removed", "right", above=("News",), below=("x",))
    assert rule.hits[-1] == "News\n> Weather\nx"
    assert done.note == ""


def test_a_later_decision_about_the_same_line_replaces_the_earlier(tmp_path):
    rules_in(tmp_path / "rules")
    decided(tmp_path, "removed", "right")
    *_, gold = decided(tmp_path, "removed", "wrong")
    assert [record["keep"] for record in gold] == [True]


@pytest.mark.parametrize(
    ("rule", "text", "note"),
    [
        ("harvest/any/headline", "Weather", "no rule of the folder"),
        ("chrome/en/menu", "x" * 500, "too long"),
        ("chrome/en/menu", "Tides", "needs more"),
    ],
)
def test_what_cannot_become_an_example_is_gold_alone(tmp_path, rule, text, note):
    rules_in(tmp_path / "rules")
    before = (tmp_path / "rules/chrome/en.toml").read_bytes()
    done, _, gold = decided(tmp_path, "removed", "right", text, rule)
    assert note in done.note
    assert len(gold) == 1
    assert (tmp_path / "rules/chrome/en.toml").read_bytes() == before


def test_the_way_of_a_newcomer(siftline, root, tmp_path):
    """Adds the rule that docs/rules.md shows, sees its effect, rejects a false hit, and ends with a rule that passes."""
    guide = (root / "docs/rules.md").read_text(encoding="utf-8")
    first, mended = islice(re.findall(r"```toml\n(\[lantern-prompt\].*?)```", guide, re.S), 2)
    base, work, corpus = tmp_path / "base", tmp_path / "rules", corpus_in(tmp_path / "corpus")
    rules_in(base)
    rules_in(work)
    page = corpus / "page.txt"
    page.write_text(f"{PROSE[0]}\n\nLight the lantern\nLight the lantern, she said.\n{PROSE[1]}\n", encoding="utf-8")

    def run(*args, status=0):
        done = siftline(*args, "--rules", work, cwd=tmp_path)
        assert done.returncode == status, done.stdout + done.stderr
        return (done.stdout + done.stderr).decode()

    assert "    3   en  body       Light the lantern\n" in run(
        "explain", "page.txt" if page.parent == tmp_path else page
    )
    path = work / "chrome/en.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\n# Prompts\n" + first, encoding="utf-8")
    assert "rules are right about" in run("rules", "check")
    assert "chrome/lantern-prompt Light the lantern\n" in run("explain", page)

    told = run("review", base, work, "--corpus", corpus, "--to", "json", "-o", "review.json")
    assert "2 lines" in told
    report = json.loads((tmp_path / "review.json").read_text(encoding="utf-8"))
    changes = [change for group in report["groups"] for change in group["changes"]]
    assert changes[0]["text"] == "Light the lantern, she said."
    told = run("review", "reject", "review.json", changes[0]["id"], "--gold", "gold.jsonl")
    assert "now narrow the rule until it passes" in told
    assert "# Prompts\n[lantern-prompt]" in path.read_text(encoding="utf-8")
    assert "lantern-prompt: hits 'Light the lantern, she said.'" in run("rules", "check", status=2)

    text = path.read_text(encoding="utf-8")
    old, new = (re.search(r"^match.*$", rule, re.M)[0] for rule in (first, mended))
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert "rules are right about" in run("rules", "check")
    told = run("review", base, work, "--corpus", corpus, "--gold", "gold.jsonl")
    assert "1 lines" in told
    assert "Light the lantern, she said.\n- " not in told
