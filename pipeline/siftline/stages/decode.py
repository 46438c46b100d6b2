"""Bytes to text: by the byte order mark, as UTF-8, by declaration, by content; and the bytes back again.

Content means the whole input: it is searched to its end for bytes above ASCII, and what is weighed is taken from
up to 256 places all over it. The reading that weighs least (`plausible.cost`) is the right one.
"""

from __future__ import annotations

import codecs
import re
import string
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from ..document import Source
from ..repairs.plausible import cost

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
NARROW = ("utf-8", "gb18030", "big5", "cp1251", "koi8-r", "cp1252")
"""Codecs that content can decide for, ASCII being ASCII in them; in this order where they weigh the same."""
WESTERN = ("utf-8", "cp1252")
"""Those of them for a text in which bytes above ASCII stand alone."""
WIDE = ("utf-16-le", "utf-16-be")
MOST_CONTROL, FEW_CONTROL = 0.03, 8
"""Share of control bytes from which an input is binary, and how many of them any text may hold."""
MOST_INVALID = 0.1
"""Share of the bytes above ASCII that may be invalid in a codec."""
LEAST_PLAUSIBLE = 16
"""Bits a character beyond which even the best reading is not text; rare Han characters take 15 to 17."""
DECLARED_RATIO = 0.8
"""What the declared codec's weight is taken times: it wins unless another reading is clearly better."""
WINDOWS, WINDOW = 256, 600
"""How many places of the input are weighed, and the bytes of each."""
SCANNED = 4096
"""Bytes at the beginning in which a declaration may stand (HTML allows 1024; pages do not keep to that)."""
_SURE = 16
"""UTF-8 that decodes is UTF-8 where this many bytes are above ASCII; with fewer it may be chance."""
_MOSTLY = 2
"""Letters of ASCII for each byte above it in a text in a Western language; and visible characters of ASCII for each
byte of UTF-8 that follows on a first one, in a text where it is no chance that they decode."""
_ALONE = 0.8
"""Share of the bytes above ASCII that have none beside them in such a text in a codec of one byte a character: Russian
and Chinese stand in runs."""

_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([-\w.:]{2,20})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([-\w.:]{2,20})", re.IGNORECASE)
_PLAIN = bytes(byte for byte in range(256) if (byte >= 0x20 and byte != 0x7F) or byte in b"\t\n\r\f\x0b\x1b")
_ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "iso8859-1": "cp1252", "ascii": "cp1252"}
"""What a declaration means in practice: the larger set that pages use under the smaller one's name."""
_KNOWN = re.compile(
    r"utf-8|gb18030|big5(hkscs)?|cp\d{3,4}|iso8859-\d+|koi8-[rut]|euc_\w+|shift_jis\w*|mac-\w+|tis-620|johab"
)
"""Codecs that a declaration may name: those without state in which ASCII is ASCII."""
_MAGIC = (
    (b"\x1f\x8b", "gzip data"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ", "xz data"),
)


class DecodeError(ValueError):
    """The bytes are not text; the message says in one line why."""


def decode(data: bytes, declared: str | None = None) -> tuple[str, Source]:
    """Return the text of `data`, and what `encode` needs to give the bytes back.

    `declared` is what the caller was told of the charset, e.g. by HTTP; what the page itself says comes after it.
    Bytes that are invalid in the codec become U+DC80 to U+DCFF (PEP 383). Raises DecodeError where it is no text.

    >>> decode("网站".encode("gb18030") * 9)[1].codec
    'gb18030'
    """
    for bom, codec in BOMS:
        if data.startswith(bom):
            return _decoded(data[len(bom) :], codec, bom)
    _refuse_known_formats(data)
    control = len(data.translate(None, _PLAIN))
    if control and (wide := _wide(data)):
        return _decoded(data, wide, b"")
    if control > max(FEW_CONTROL, MOST_CONTROL * len(data)):
        raise DecodeError(f"not text: {control} of {len(data)} bytes are control characters")
    named = _codec_name(declared) or _declaration(data)
    text = _utf8(data, named)
    if text is not None:
        return text, Source(codec="utf-8")  # every byte comes back
    return _decoded(data, _weighed(data, named), b"")


def encode(text: str, source: Source) -> bytes:
    r"""Return the bytes that `decode` gave `text` and `source` for.

    >>> encode(*decode(b"caf\xe9"))
    b'caf\xe9'
    """
    encoded = _encoded(text, source.codec or "utf-8")
    out, at = [source.bom], 0
    for offset, length, original in source.residue:
        out += (encoded[at:offset], original)
        at = offset + length
    return b"".join([*out, encoded[at:]])


def _refuse_known_formats(data: bytes) -> None:
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise DecodeError(f"not text: {what}")


def _utf8(data: bytes, declared: str | None) -> str | None:
    """Return the text where the whole input is UTF-8, and by no chance hit."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    more = len(data) - len(text)
    if not more or more >= _SURE:
        return text
    mostly_ascii = declared in (None, "utf-8") and len(data.translate(None, _NOT_VISIBLE)) >= _MOSTLY * more
    return text if mostly_ascii else None


def _wide(data: bytes) -> str | None:
    """Return the UTF-16 that the input is without saying so by a mark."""
    sample = data[: len(data) // 2 * 2][: WINDOWS * WINDOW]
    if len(sample) < 8 or not (sample.count(0) or _looks_binary(sample)):
        return None
    best = min((_bits_of_wide(sample, codec), codec) for codec in WIDE)
    return best[1] if best[0] < LEAST_PLAUSIBLE / 1.25 else None


def _looks_binary(sample: bytes) -> bool:
    return len(sample.translate(None, _PLAIN)) > MOST_CONTROL * len(sample)


def _bits_of_wide(sample: bytes, codec: str) -> float:
    text = _text(sample, codec)
    return cost(text) / max(1, len(text))


def _declaration(data: bytes) -> str | None:
    """Return the codec that the page itself names."""
    head = data[:SCANNED]
    found = _XML.search(head) or _META.search(head)
    return _codec_name(found[1].decode("ascii", "replace")) if found else None


def _codec_name(name: str | None) -> str | None:
    """Return Python's name of a declared charset, widened to the set that contains it; None for an unknown one."""
    try:
        known = codecs.lookup((name or "").strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    known = _ALIASES.get(known, known)
    return known if _KNOWN.fullmatch(known) else None


class _Weight(NamedTuple):
    bits: float
    rank: int
    codec: str
    mean: float


def _weighed(data: bytes, declared: str | None) -> str:
    """Return the codec that makes most sense of the input. Raises DecodeError where none makes any."""
    sample = b"\n".join(_windows(data))
    if _is_nearly_utf8(sample):
        return "utf-8"
    narrow = WESTERN if _is_western(data, sample) else NARROW
    candidates = dict.fromkeys((*narrow, declared) if declared else narrow)
    most = max(2, MOST_INVALID * (len(sample) - len(sample.translate(None, _ABOVE_ASCII))))
    head = sample[: sample.find(b"\n", len(sample) // _HEAD) + 1]
    weights = []
    for rank, codec in enumerate(candidates):
        text = "" if _lost(head, codec) > most else _text(sample, codec)
        if text and len(_ESCAPED.findall(text)) <= most:
            bits = cost(text)
            weights.append(_Weight(bits * (DECLARED_RATIO if codec == declared else 1), rank, codec, bits / len(text)))
    best = min(weights, default=None)
    if best is None or (best.mean > LEAST_PLAUSIBLE and len(sample) > 64):
        raise DecodeError("not text: its bytes make no sense in any known encoding")
    return best.codec


def _lost(sample: bytes, codec: str) -> int:
    """Return how many bytes are invalid in a codec."""
    return len(_ESCAPED.findall(_text(sample, codec)))


def _is_western(data: bytes, sample: bytes) -> bool:
    """Whether bytes above ASCII stand alone among letters of ASCII."""
    high, letters = (len(data) - len(data.translate(None, some)) for some in (_ABOVE_ASCII, _LETTERS))
    alone, weighed = len(_HIGH_ALONE.findall(sample)), len(sample) - len(sample.translate(None, _ABOVE_ASCII))
    return letters >= _MOSTLY * high and alone >= _ALONE * weighed


def _is_nearly_utf8(sample: bytes) -> bool:
    """Whether most bytes above ASCII are whole characters of UTF-8: in other codecs few are, by chance."""
    high = len(sample) - len(sample.translate(None, _ABOVE_ASCII))
    whole = sum(map(len, _UTF8.findall(sample)))
    return whole >= max(_SURE, (1 - MOST_INVALID) * high)


_ESCAPED = re.compile("[\udc80-\udcff]")
_HEAD = 16
"""The part of what is weighed in which most wrong codecs have shown more invalid bytes already than any may."""
_ABOVE_ASCII = bytes(range(0x80, 0x100))
_NOT_VISIBLE = _ABOVE_ASCII + string.whitespace.encode()
_LETTERS = string.ascii_letters.encode()
_HIGH_ALONE = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def _windows(data: bytes) -> Iterator[bytes]:
    """Yield stretches that begin with a byte above ASCII, from all over the input. All but the first are looked
    for behind bytes that end a character in every codec, so that they begin with a whole one.
    """
    step = max(WINDOW, len(data) // WINDOWS)
    places = [0, *(gap.end() for at in range(step, len(data), step) if (gap := _BREAK.search(data, at, at + step)))]
    found = (_HIGH.search(data, at, at - at % step + step) for at in places)
    starts = [match.start() for match in found if match] or [_first_high(data)]
    yield from (data[at : at + WINDOW] for at in starts)


def _first_high(data: bytes) -> int:
    match = _HIGH.search(data)
    return match.start() if match else 0


_HIGH = re.compile(rb"[\x80-\xff]")
_BREAK = re.compile(rb"[\x00-/:-?]|[\x00-/:-\x7f]{2}")


def _decoded(data: bytes, codec: str, bom: bytes) -> tuple[str, Source]:
    if codec == "utf-8":
        with suppress(UnicodeDecodeError):
            return data.decode("utf-8"), Source(codec=codec, bom=bom)  # every byte comes back
    text = _text(data, codec)
    encoded = _encoded(text, codec)
    residue = () if encoded == data else tuple(_differences(encoded, data))
    return text, Source(codec=codec, bom=bom, residue=residue)


def _text(data: bytes, codec: str) -> str:
    if not codec.startswith(("utf-16", "utf-32")):
        return data.decode(codec, "surrogateescape" if codec == "utf-8" else _ESCAPE)  # the same, but at once
    try:
        return data.decode(codec, "surrogatepass")
    except UnicodeDecodeError:  # cut short, or beyond Unicode: the residue has what is replaced here
        return data.decode(codec, "replace")


def _encoded(text: str, codec: str) -> bytes:
    return text.encode(codec, "surrogatepass" if codec.startswith(("utf-16", "utf-32")) else _ESCAPE)


_ESCAPE = "siftline-escape"


def _escape(error: UnicodeError) -> tuple[str | bytes, int]:
    """Do what "surrogateescape" does, for multi-byte codecs too: one byte at a time."""
    if isinstance(error, UnicodeDecodeError):
        byte = error.object[error.start]
        return chr(byte + 0xDC00 if byte >= 0x80 else byte), error.start + 1
    if isinstance(error, UnicodeEncodeError):
        point = ord(error.object[error.start])
        return (bytes([point - 0xDC00]) if 0xDC80 <= point <= 0xDCFF else b"?"), error.start + 1
    raise error


codecs.register_error(_ESCAPE, _escape)


def _differences(encoded: bytes, data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield where the encoded text differs from the input, line by line where the lines correspond."""
    ours, theirs = encoded.split(b"\n"), data.split(b"\n")
    if len(ours) != len(theirs):
        ours, theirs = [encoded], [data]
    offset = 0
    for mine, original in zip(ours, theirs, strict=True):
        if mine != original:
            for start, length, value in _line_differences(mine, original):
                yield offset + start, length, value
        offset += len(mine) + 1


def _line_differences(mine: bytes, original: bytes) -> Iterator[tuple[int, int, bytes]]:
    if len(mine) == len(original):
        different = bytes(a != b for a, b in zip(mine, original, strict=True))
        yield from ((m.start(), m.end() - m.start(), original[m.start() : m.end()]) for m in _RUN.finditer(different))
        return
    shorter = min(len(mine), len(original))
    start = next((at for at, (a, b) in enumerate(zip(mine, original, strict=False)) if a != b), shorter)
    end = 0
    while end < shorter - start and mine[-1 - end] == original[-1 - end]:
        end += 1
    yield start, len(mine) - end - start, original[start : len(original) - end]


_RUN = re.compile(b"\x01+")
