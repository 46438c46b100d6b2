"""What a server answered: status and headers, and the body as it was before it was packed for the way (RFC 9112)."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import Any

import zstandard

from .errors import LARGEST, ItemError, too_large

_HEAD = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})[^\n]*\n(.*?)(?:(?<=\n)\r?\n|\Z)", re.DOTALL)
_CHUNK = re.compile(rb"[ \t]*([0-9a-fA-F]{1,15})[ \t]*(?:;[^\n]*)?\r?\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([-\w.:]{2,20})", re.IGNORECASE)
_CODINGS = ("gzip", "x-gzip", "deflate", "zstd", "br")
_STEP = 1 << 11
"""Bytes of a body that are unpacked at a time, so that little of one that becomes very long is made."""


@dataclass(frozen=True)
class Response:
    """An answer: the status, the headers by name in lower case, and the body as it came."""

    status: int
    headers: dict[str, str]
    raw: bytes

    @property
    def media_type(self) -> str:
        """The type of the content without its parameters, in lower case; "" where none is given."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        """What the headers say of the charset; "" where they say nothing."""
        found = _CHARSET.search(self.headers.get("content-type", ""))
        return found[1] if found else ""

    def body(self, cut: bool = False) -> bytes:
        """Return the body in one piece and unpacked; with `cut`, a piece of it is enough.

        What only claims to be chunked or packed is returned as it is: many crawlers keep the headers and store the
        body unpacked. Raises ItemError where it is broken or too large.
        """
        body = self.raw
        codings = [*_tokens(self.headers.get("content-encoding")), *_tokens(self.headers.get("transfer-encoding"))]
        for coding in reversed(codings):
            if coding == "chunked":
                body = _joined(body, cut)
            elif coding in _CODINGS:
                body = _unpacked(body, coding, cut)
            elif coding != "identity":
                raise ItemError("unreadable", f"the body is packed in a way that is not known: {coding[:40]}")
        return body


def parse(block: bytes) -> Response | None:
    r"""Return the answer in the block of a record, or None where it is none of HTTP.

    >>> answer = parse(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=GBK\r\n\r\n<p>")
    >>> answer.status, answer.media_type, answer.charset, answer.body()
    (200, 'text/html', 'GBK', b'<p>')
    """
    found = _HEAD.match(block)
    return Response(int(found[1]), headers(found[2]), block[found.end() :]) if found else None


def headers(raw: bytes) -> dict[str, str]:
    r"""Return header lines by name in lower case, the first where a name comes twice.

    >>> headers(b"Content-Type: text/html;\r\n charset=utf-8\r\nX: 1\r\nx: 2\r\n")
    {'content-type': 'text/html; charset=utf-8', 'x': '1'}
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    pairs = (line.partition(":") for line in re.sub(r"\r?\n[ \t]+", " ", text).split("\n"))
    out: dict[str, str] = {}
    for name, colon, value in pairs:
        if colon:
            out.setdefault(name.strip().lower(), value.strip())
    return out


def _tokens(value: str | None) -> list[str]:
    return [token.strip().lower() for token in (value or "").split(",") if token.strip()]


def _joined(body: bytes, cut: bool) -> bytes:
    """Join the chunks of a body; one that does not begin like a chunk is no chunked body."""
    parts: list[bytes] = []
    at = 0
    while at < len(body):
        found = _CHUNK.match(body, at)
        if not found:
            if not parts:
                return body
            raise ItemError("unreadable", f"the body is broken: no chunk begins at its byte {at:,}")
        size = int(found[1], 16)
        if size == 0:
            break
        part = body[found.end() : found.end() + size]
        if len(part) < size and not cut:
            raise ItemError("unreadable", f"the body is cut off: of {size:,} bytes of a chunk {len(part):,} are there")
        parts.append(part)
        at = found.end() + size
        at += 2 if body.startswith(b"\r\n", at) else body.startswith(b"\n", at)
    return b"".join(parts)


def _unpacked(body: bytes, coding: str, cut: bool) -> bytes:
    unpacker = _unpacker(body, coding)
    if unpacker is None:
        return body
    parts, size = [], 0
    try:
        for at in range(0, len(body), _STEP):
            parts.append(unpacker.decompress(body[at : at + _STEP]))
            size += len(parts[-1])
            if size > LARGEST:
                raise too_large()
            if unpacker.eof:
                return b"".join(parts)
    except (zlib.error, zstandard.ZstdError) as error:
        if body.lstrip()[:1] == b"<":
            return body
        raise ItemError("unreadable", f"the body is broken: not what {coding} makes") from error
    if not cut:
        raise ItemError("unreadable", f"the body is cut off in the middle of what {coding} made")
    return b"".join(parts)


def _unpacker(body: bytes, coding: str) -> Any:
    """Return what unpacks a body piece by piece, or None where it does not begin as if it were packed."""
    if coding == "br" and body:
        return _Brotli()
    if coding == "deflate" and body:  # zlib's format by its name, and the bare one by many servers (RFC 9110, 8.4.1.2)
        return zlib.decompressobj(zlib.MAX_WBITS if _is_zlib(body) else -zlib.MAX_WBITS)
    if coding == "zstd" and body.startswith(zstandard.FRAME_HEADER):
        return zstandard.ZstdDecompressor().decompressobj()
    if coding in ("gzip", "x-gzip") and body.startswith(b"\x1f\x8b"):
        return zlib.decompressobj(16 + zlib.MAX_WBITS)
    return None


def _is_zlib(body: bytes) -> bool:
    return body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0


class _Brotli:
    """The library's unpacker with the names of zlib's; what it makes at a time is bounded."""

    def __init__(self) -> None:
        try:
            import brotli  # noqa: PLC0415 - an extra, and few archives need it
        except ImportError as error:
            message = "the body is packed with brotli: pip install 'siftline[warc]' to read it"
            raise ItemError("unreadable", message) from error
        self._inner, self._error = brotli.Decompressor(), brotli.error

    def decompress(self, data: bytes) -> bytes:
        try:
            return bytes(self._inner.process(data, output_buffer_limit=LARGEST + 1))
        except self._error as error:
            raise zlib.error(str(error)) from error

    @property
    def eof(self) -> bool:
        return bool(self._inner.is_finished())
