"""Patterns that are searched for among kinds of characters find what they find in the text itself."""

from __future__ import annotations

import random

import pytest

from siftline.repairs import atoms, readings

_TEXTS = (
    "今天的会议开得很好，大家都很满意。\n渡船星期一回来了。",
    "Le café était fermé, l’été aussi.\nThe ferry came back.",
    "Паром вернулся в понедельник.\nПогода была хорошая.",
    "Το πλοίο επέστρεψε.\n배가 돌아왔다.\nהמעבורת חזרה.",
)
_TRACES = [one for one in readings.readings() if one.true == "utf-8" and one.false in readings.MULTIBYTE]


def _lines(codec: str) -> list[str]:
    """Lines that were read wrongly, with what is lost replaced or left out, among others and cut to pieces."""
    bad = [text.encode().decode(codec, errors) for text in _TEXTS for errors in ("replace", "ignore")]
    lines = [line for text in (*bad, *_TEXTS) for line in text.split("\n")]
    lines += ["", "\U0001f600", "\ufffd", "a\U00020000b"]
    chance = random.Random(7)
    every = "".join(lines)
    return lines + ["".join(chance.sample(every, chance.randrange(1, 9))) for _ in range(3_000)]


@pytest.mark.parametrize("reading", _TRACES, ids=lambda reading: reading.name)
def test_kinds_tell_the_same_lines_as_the_pattern(reading: readings.Reading) -> None:
    lines = _lines(reading.false)
    expected = [at for at, line in enumerate(lines) if reading.trace.search(line)]
    assert len(expected) > 30
    assert atoms.found_in(reading.trace.pattern, lines) == expected


def test_a_pattern_with_other_parts_is_refused() -> None:
    with pytest.raises(ValueError, match="more than classes"):
        atoms.found_in("[а-я]+ and more", ["а"])
