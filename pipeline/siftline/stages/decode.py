"""Placeholder until written."""
from ..document import Source
class DecodeError(ValueError): ...
def decode(data: bytes, declared: str | None = None) -> tuple[str, Source]:
    return data.decode("utf-8", "surrogateescape"), Source(codec="utf-8")
def encode(text: str, source: Source) -> bytes:
    return text.encode("utf-8", "surrogateescape")
