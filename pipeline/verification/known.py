"""Records that were read before and in which nothing looked like a number that tells who it is.

What a record tells depends on nothing but itself: read again it would tell the same. So all that
has to be known of it is what may make it worth reading tonight: the addresses of decisions and
the long numbers in it. A record stands here by its digest; its text is not kept.
"""

from collections.abc import Mapping
from hashlib import blake2b

import msgspec

Known = Mapping[bytes, frozenset[str]]
"""The digest of a record → the addresses of decisions and the long numbers that stand in it."""

_BYTES = 16
_PACKED = msgspec.msgpack.Decoder(dict[bytes, frozenset[str]])


def mark_of(record: str) -> bytes:
    """Return the digest of a record."""
    return blake2b(record.encode("utf-8", "surrogatepass"), digest_size=_BYTES).digest()


def packed(known: Known) -> bytes:
    """Return what is known in few bytes; nothing in none."""
    return (
        msgspec.msgpack.encode({m: sorted(words) for m, words in known.items()}) if known else b""
    )


def unpacked(content: bytes) -> Known:
    """Return what is known; nothing of what is damaged."""
    try:
        return _PACKED.decode(content) if content else {}
    except msgspec.DecodeError:
        return {}
