"""Images, fonts, sounds, old office files → the words in them: authors, places, comments."""

import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress

_WORDS = re.compile(
    rb"(?:[\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}){6,}"
)
_WIDE = re.compile(rb"(?:[\x20-\x7e]\x00|[\x00-\xff][\x4e-\x9f]|[\x00-\xff]\xff){6,}")
_BIG_ENDIAN = re.compile(rb"(?:\x00[\x20-\x7e]|[\x4e-\x9f][\x00-\xff]){6,}")
_PNG = b"\x89PNG\r\n\x1a\n"
_MOST = 10_000_000


def words_of(content: bytes) -> str:
    """Return the runs of characters in UTF-8 and UTF-16 that a file holds, also when packed."""
    whole = b"\n".join([content, *_packed_words(content)])
    found = [run.decode("utf-8", "replace") for run in _WORDS.findall(whole)]
    found += [run.decode("utf-16-le", "replace") for run in _WIDE.findall(whole)]
    found += [run.decode("utf-16-be", "replace") for run in _BIG_ENDIAN.findall(whole)]
    return "\n".join(found)


def _packed_words(content: bytes) -> Iterator[bytes]:
    """Yield the compressed text chunks of a PNG."""
    if not content.startswith(_PNG):
        return
    at = len(_PNG)
    while at + 8 <= len(content):
        size, kind = struct.unpack(">I4s", content[at : at + 8])
        inner = content[at + 8 : at + 8 + size]
        if kind in {b"zTXt", b"iTXt", b"iCCP"}:
            for start in range(len(inner)):
                if inner[start : start + 1] == b"\x78":
                    with suppress(zlib.error):
                        yield zlib.decompressobj().decompress(inner[start:], _MOST)
                        break
        at += 12 + size
