"""Bytes to text and back: which codec is found, what is refused, and that nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from siftline.stages.decode import NARROW, DecodeError, decode, encode

ZH = "秋天的田野里，农民们正在收割水稻，孩子们在河边放风筝。"
HANT = "秋天的田野裡，農民們正在收割水稻，孩子們在河邊放風箏。"
RU = "Осенью в поле убирают урожай, а дети запускают змея у реки."
FR = "À l’automne, les élèves récoltent des pommes près du château."

CASES = [
    ("gb18030", ZH),
    ("gb18030", "茶与水。"),
    ("big5", HANT),
    ("cp1251", RU),
    ("koi8-r", RU),
    ("cp1252", FR),
    ("utf-8", ZH),
    ("utf-16-le", ZH),
    ("utf-16-be", RU),
    ("utf-16-le", "Plain words."),
]


@pytest.mark.parametrize(("codec", "text"), CASES)
def test_content_decides_without_declaration(codec: str, text: str) -> None:
    got, source = decode(text.encode(codec))
    assert (got, source.codec, source.residue) == (text, codec, ())


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_mark_decides_and_returns(codec: str) -> None:
    data = ZH.encode(codec)
    text, source = decode(data)
    assert text == ZH
    assert source.bom
    assert encode(text, source) == data


def test_only_text_behind_megabytes_of_ascii_decides() -> None:
    data = b"<td>cell</td>\n" * 100_000 + ZH.encode("gb18030")
    assert decode(data)[1].codec == "gb18030"


def test_gb2312_declared_reads_gb18030_characters() -> None:
    text = "她叫李镕，住在䶮湖边。" + ZH
    data = b'<meta charset="gb2312">' + text.encode("gb18030")
    assert decode(data)[0].endswith(text)


def test_wrong_declaration_loses_against_content() -> None:
    data = b'<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">' + (ZH * 3).encode("gb18030")
    assert decode(data)[1].codec == "gb18030"
    assert decode(RU.encode("koi8-r"), "big5")[1].codec == "koi8-r"


def test_declaration_decides_for_a_codec_that_content_cannot_name() -> None:
    text = "Zażółć gęślą jaźń, rzekł stary gęślarz."
    assert decode(text.encode("cp1250"), "windows-1250")[0] == text


@pytest.mark.parametrize("declared", ["rot13", "punycode", "no-such", "", "utf-7", "idna", "\x00"])
def test_declaration_of_no_use_is_passed_over(declared: str) -> None:
    assert decode(ZH.encode("gb18030"), declared)[0] == ZH


def test_utf8_with_a_few_invalid_bytes_stays_utf8() -> None:
    data = ZH.encode() + b"\xff\xe4\xb8 " + ZH.encode() * 3
    text, source = decode(data)
    assert source.codec == "utf-8"
    assert text.count(ZH) == 4
    assert encode(text, source) == data


def test_four_bytes_that_are_utf8_by_chance_are_read_as_what_they_are() -> None:
    assert decode("联通".encode("gb18030"))[0] == "联通"


@pytest.mark.parametrize("codec", ["utf-8", "cp1252"])
@pytest.mark.parametrize(
    "text",
    [
        "Copyright © 2010 Example",
        "Built with Lighthouse® © 2010",
        "It was 25° on the quay and 30° in the lamp room.",
        "1½ cups of flour, ¼ tsp salt",
        "Hello · World » News",
        "Die Straße über den Fluss nach Köln",
        "Le phare est éteint. L’été, déjà.",
        "It’s late, don’t go – he said “no” to me.",
    ],
)
def test_a_few_signs_among_letters_are_no_chinese(text: str, codec: str) -> None:
    assert decode(text.encode(codec))[0] == text


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("iPhone 手机", "gb18030"),
        ("Beijing 北京 Road", "gb18030"),
        ("Windows 的 設置", "big5"),
        ("Hello мир", "cp1251"),
    ],
)
def test_words_of_another_script_among_letters_are_read(text: str, codec: str) -> None:
    assert decode(text.encode(codec))[0] == text


def test_big5_with_two_codes_for_one_character_comes_back() -> None:
    data = HANT.encode("big5") * 2 + b"\xa1\xc3\xa2\xcc\n" + HANT.encode("big5") + b"\xff\xa1"
    text, source = decode(data)
    assert source.codec == "big5"
    assert encode(text, source) == data
    assert sum(len(original) for _, _, original in source.residue) <= 8


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (bytes(range(256)) * 40, "control"),
        (b"\x1f\x8b\x08\x00abc", "gzip"),
        (b"%PDF-1.7 some words", "PDF"),
        (b"\x00" * 5000, "control"),
    ],
)
def test_binary_is_refused_with_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(DecodeError, match=reason) as caught:
        decode(data)
    assert "\n" not in str(caught.value)


def test_a_few_nuls_are_no_binary() -> None:
    assert decode(b"one\x00two\x00 three words")[0] == "one\x00two\x00 three words"


def test_empty_input_is_empty_text() -> None:
    assert decode(b"")[0] == ""


def returns(data: bytes, declared: str | None = None) -> None:
    try:
        text, source = decode(data, declared)
    except DecodeError:
        return
    assert encode(text, source) == data


@settings(max_examples=400, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([None, "shift_jis", "euc-kr", "cp932", "koi8-u", *NARROW]))
def test_arbitrary_bytes_come_back(data: bytes, declared: str | None) -> None:
    returns(data, declared)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00", b"\x84\x31\x95\x33"]),
    st.binary(max_size=60),
)
def test_arbitrary_bytes_behind_a_mark_come_back(bom: bytes, data: bytes) -> None:
    returns(bom + data)


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(CASES), st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=12), st.booleans()
)
def test_damaged_text_comes_back(case: tuple[str, str], hits: list[tuple[int, int]], inserted: bool) -> None:
    data = bytearray((case[1] + "\r\n" + case[1]).encode(case[0]))
    for place, byte in hits:
        at = place % len(data)
        data[at : at + (not inserted)] = bytes([byte])
    returns(bytes(data))
