"""How wide text is."""

import regex

from siftline.prose import wide_characters

BLOCK = 256
WIDE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")


def test_every_wide_character_is_counted_and_no_other_alone_or_beside_han():
    for start in range(0, 0x110000, BLOCK):
        block = "".join(map(chr, range(start, start + BLOCK)))
        count = len(WIDE.findall(block))
        assert (wide_characters(block), wide_characters(f"中{block}")) == (count, count + 1)
