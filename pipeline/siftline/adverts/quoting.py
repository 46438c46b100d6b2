"""Adverts that a text reports: who says so stands outside the quotation marks, and what was offered between them; and
what it tells those to do who fell for one.
"""

from __future__ import annotations

import re

from ..prose import width

_QUOTED = re.compile('“[^“”]{8,}”|«[^«»]{8,}»|「[^「」]{8,}」|"[^"]{8,}"')
_OPENING = ("“", "«", "「", '"')
_WHOLE = re.compile(r'[\s>—–-]{0,4}(?:“[^“”]{20,}”|«[^«»]{20,}»|「[^「」]{20,}」|"[^"]{20,}")[.。]?\s*')
_ADVICE = re.compile(
    r"\b(?:tell|call|contact|ring|phone|alert|notify|inform)\s(?:your\s(?:own\s)?bank|your\scard\s(?:issuer|company|provider))\b"
    r"|\b(?:позвоните|обратитесь|сообщите)\s(?:[^\W\d_]{2,12}\s){0,2}(?:в|к)\s(?:свой\s|ваш\s)?(?:банк|полици[юи])\b",
    re.IGNORECASE,
)
_BLOCKED = re.compile(
    r"(?:\bblocked\s(?:him|her|them|the\s(?:number|account|guy|sender|profile))\b|(?:^|[.!?]\s)(?:blocked|reported)(?:\sand\s\w+)?[.!]"
    r"|(?:果断|直接|已经?|立刻|马上|随手)拉黑|拉黑了?(?:他|她|对方|这个)"
    r"|\b(?:заблокировала?|заблокировали)\s(?:его|её|ее|их|номер|аккаунт)\b|\bв\s(?:чс|бан|ч[её]рный\sсписок)\b)"
    r"(?![^.!?。！？]*[?？])",
    re.IGNORECASE,
)
"""What people in threads say they did to somebody who made them an offer; who asks whether it happened offers help."""
_HELP = re.compile(
    r"(?!.*(?:微信|公众号|公眾號|[加搜扫掃群私]))(?:如果?|若|倘若)[^\dA-Za-z@＠]{0,12}(?:无法|無法|不能|未能|忘记|忘記)[^\dA-Za-z@＠]{2,80}"
)
"""What to do where something does not work, with no account and no address."""
_LEAST = 20
"""Half-width characters that somebody needs at least to say who said what follows."""


def narration(text: str) -> str:
    """Return what a line says in its own words, without what it quotes at length; "" where it quotes nothing, or next
    to nothing is left.

    >>> narration("Police read from the message: “Earn 400 a day from your phone.”")
    'Police read from the message: '
    >>> narration("Anna: “I earn 400 a day from my phone.”"), narration("He said “yes” and left the room at once.")
    ('', '')
    """
    own, count = _QUOTED.subn("", text)
    return own if count and width(own.strip()) >= _LEAST else ""


def opening_quotation(text: str) -> str:
    """Return what a line quotes at its beginning where it says more in its own words behind it, else "".

    >>> opening_quotation("«Продолжая, вы соглашаетесь с этим» — эту фразу видели все, кто был в сети.")
    'Продолжая, вы соглашаетесь с этим'
    """
    text = text.strip()
    found = _QUOTED.match(text) if text[:1] in _OPENING else None
    return found[0][1:-1] if found and narration(text) else ""


def is_quotation(text: str) -> bool:
    """Whether a line is one quotation and nothing else, as a report quotes others in a paragraph of its own.

    >>> is_quotation('"Invest 500 and get 5,000 in a week."'), is_quotation('"Invest" 500 and get "5,000 in a week"')
    (True, False)
    """
    return _WHOLE.fullmatch(text) is not None


def is_advice(text: str) -> bool:
    """Whether a line sends those who were cheated to their bank, tells how somebody with an offer was blocked, or says
    what to do where something does not work, which no advert does.

    >>> is_advice("If you have paid, tell your bank today, and then call us."), is_advice("Bank on us today.")
    (True, False)
    >>> is_advice("He offered me a job for likes too, so I blocked him."), is_advice("He took it all and blocked me.")
    (True, False)
    >>> is_advice("Заблокировала его сразу."), is_advice("Заблокировали аккаунт? Вернём за час!")
    (True, False)
    >>> is_advice("若无法打开,请更新浏览器。"), is_advice("若无法打开,请加微信ab00。")
    (True, False)
    """
    return any(pattern.search(text) for pattern in (_ADVICE, _BLOCKED)) or _HELP.match(text) is not None
