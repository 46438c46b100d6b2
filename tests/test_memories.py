"""Translation memories: what --to tmx writes, read back as XML and held against the structure of TMX 1.4."""

from __future__ import annotations

import io
import json

import pytest
from lxml import etree

from siftline import files
from siftline.files.tmx import units

ZH = ["老桥在三月十四日重新开放，修缮花了两年时间和四百八十万元。", "镇长说，桥上不再走汽车，只留给行人和自行车。"]
EN = [
    "The old bridge opened again on 14 March, after two years of repairs that cost 4.8 million yuan.",
    "The mayor said that no cars would cross the bridge any more, only people on foot and on bicycles.",
]
RU = [
    "Старый мост снова открыли 14 марта, после двух лет ремонта стоимостью 4,8 миллиона юаней.",
    "Мэр сказал, что машины по мосту больше не поедут, только пешеходы и велосипедисты.",
]
# Elements and attributes as in the LISA specification of TMX 1.4b, sections 3.2 and 3.3; without what only tools use.
DTD = etree.DTD(
    io.StringIO("""
<!ELEMENT tmx (header, body)>
<!ATTLIST tmx version CDATA #FIXED "1.4">
<!ELEMENT header (note|prop|ude)*>
<!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED
  segtype (block|paragraph|sentence|phrase) #REQUIRED o-tmf CDATA #REQUIRED adminlang CDATA #REQUIRED
  srclang CDATA #REQUIRED datatype CDATA #REQUIRED>
<!ELEMENT body (tu*)>
<!ELEMENT tu ((note|prop)*, tuv+)>
<!ATTLIST tu tuid CDATA #IMPLIED srclang CDATA #IMPLIED>
<!ELEMENT tuv ((note|prop)*, seg)>
<!ATTLIST tuv xml:lang CDATA #REQUIRED>
<!ELEMENT seg (#PCDATA)>
<!ELEMENT note (#PCDATA)>
<!ELEMENT prop (#PCDATA)>
<!ATTLIST prop type CDATA #REQUIRED>
<!ELEMENT ude EMPTY>
""")
)
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def memory(path):
    """Return the units of a memory as dictionaries by language, and its header; it must be valid."""
    tree = etree.parse(path)
    assert DTD.validate(tree), DTD.error_log
    made = [{tuv.get(LANG): tuv.findtext("seg") for tuv in unit.iter("tuv")} for unit in tree.iter("tu")]
    return made, tree.find("header")


def bilingual(first, second):
    return "\n\n".join(text for pair in zip(first, second, strict=True) for text in pair)


def record(pairs, zh=("甲。",), en=("A.",), **meta):
    return {"id": "a", "body": {"zh": list(zh), "en": list(en)}, "pairs": pairs, "meta": meta}


def write(folder, *records):
    with files.memories(folder) as add:
        return [add(each) for each in records]


@pytest.fixture
def corpus(tmp_path):
    source = tmp_path / "in.jsonl"
    texts = {"one": bilingual(ZH, EN), "../two": bilingual(EN, ZH), "three": bilingual(RU, EN), "four": EN[0]}
    texts["one-more"] = bilingual(reversed(ZH), reversed(EN))
    lines = [
        json.dumps({"id": id, "text": text, "url": f"https://example.com/?a=1&b={id}"}) for id, text in texts.items()
    ]
    source.write_text("\n".join(lines) + "\nno json\n")
    return source


def test_each_pair_of_languages_is_a_memory(siftline, corpus, tmp_path):
    done = siftline("clean", corpus, "--to", "tmx", "-o", tmp_path / "out", "--jobs", 2)
    assert done.returncode == 1  # of the line that is no JSON
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "en-zh.tmx", "index.html", "rejects.jsonl", "ru-en.tmx", "zh-en.tmx",
    ]  # fmt: skip
    made, header = memory(tmp_path / "out/zh-en.tmx")
    both = [{"zh": zh, "en": en} for zh, en in zip(ZH, EN, strict=True)]
    assert made == both + both[::-1]
    assert (header.get("srclang"), header.get("segtype"), header.get("creationdate")) == ("zh", "paragraph", None)
    assert memory(tmp_path / "out/en-zh.tmx")[0] == both
    assert memory(tmp_path / "out/ru-en.tmx")[0] == [{"ru": ru, "en": en} for ru, en in zip(RU, EN, strict=True)]
    props = [
        [(prop.get("type"), prop.text) for prop in unit.iter("prop")]
        for unit in etree.parse(tmp_path / "out/ru-en.tmx").iter("tu")
    ]
    assert props == [[("x-document", "three"), ("x-url", "https://example.com/?a=1&b=three")]] * 2
    assert b"translation units       8" in done.stdout
    assert siftline("clean", corpus, "--to", "tmx", "-o", tmp_path / "again").returncode == 1
    for path in (tmp_path / "out").iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes()


def test_what_xml_forbids_does_not_get_in(tmp_path):
    write(tmp_path, record([[0, 0]], zh=["<甲> & \x0b\x01乙\ud800\ufffe\U0010ffff]]>"], en=['A "b"\tc\u2028d']))
    assert memory(tmp_path / "zh-en.tmx")[0] == [{"zh": "<甲> & \ufffd乙\ufffd\ufffd\U0010ffff]]>", "en": 'A "b" c d'}]


@pytest.mark.parametrize(
    ("pairs", "zh", "en", "wanted"),
    [
        ([[0, 0], [1, 1]], ["甲。", "乙。"], ["A.", "B."], [("甲。", "A."), ("乙。", "B.")]),
        ([[0, 0], [1, 0], [2, 1]], ["甲。", "乙。", "丙。"], ["A. B.", "C."], [("甲。 乙。", "A. B."), ("丙。", "C.")]),
        ([[0, 0], [0, 1], [1, 0], [1, 1]], ["甲。", "乙。"], ["A.", "B."], [("甲。 乙。", "A. B.")]),
        ([[0, 0], [1, 1]], ["# 甲", "- 乙。"], ["# A", "B."], [("甲", "A"), ("- 乙。", "B.")]),
        ([[0, 0]], ["甲\n乙"], ["A\nB"], [("甲 乙", "A B")]),
        ([[0, 0]], ["# "], ["# A"], []),
        ([], ["甲。"], ["A."], []),
    ],
)
def test_units_are_what_translates_each_other(pairs, zh, en, wanted):
    assert units(record(pairs, zh, en)) == wanted


def test_documents_without_pairs_make_no_memory(siftline, tmp_path):
    (tmp_path / "a.txt").write_text(EN[0])
    done = siftline("clean", tmp_path / "a.txt", "--to", "tmx", "-o", tmp_path / "out", "--ledger", "none")
    assert done.returncode == 0, done.stderr
    assert list((tmp_path / "out").glob("*")) == []
    assert b"translation units       0" in done.stdout


def test_a_memory_of_before_goes_and_one_of_others_stays(tmp_path):
    assert write(tmp_path, record([[0, 0]])) == [1]
    (tmp_path / "de-fr.tmx").write_text("<tmx/>")
    old = (tmp_path / "zh-en.tmx").read_bytes()
    assert write(tmp_path, record([])) == [0]
    assert [path.name for path in tmp_path.iterdir()] == ["de-fr.tmx"]
    (tmp_path / "zh-en.tmx").write_bytes(old)

    def broken():
        with files.memories(tmp_path) as add:
            add(record([[0, 0]], zh=["乙。"]))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["de-fr.tmx", "zh-en.tmx"]
    assert (tmp_path / "zh-en.tmx").read_bytes() == old
