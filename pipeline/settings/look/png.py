"""A PNG that may be published: whole, and nothing in it but the picture."""

import struct
import zlib
from collections.abc import Iterator

from pipeline.settings.look.refused import RefusedError

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PICTURE = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"sRGB", b"gAMA", b"cHRM"})
"""What is kept. Texts, places, dates, profiles and moving pictures go."""

_HEAD = struct.Struct(">II5B")
_FRAME = struct.Struct(">I4s")


def clean_png(content: bytes) -> tuple[bytes, float, float]:
    """Return the file with nothing but its picture, and its width and height in pixels.

    Raises ``RefusedError`` when it is no whole PNG.
    """
    if not content.startswith(_SIGNATURE):
        raise RefusedError("内容不是 PNG", "在制图软件里另存为 PNG，不要只改文件名")
    chunks = tuple(_chunks(content))
    kinds = [kind for kind, _, _ in chunks]
    if not chunks or kinds[0] != b"IHDR" or kinds[-1] != b"IEND" or b"IDAT" not in kinds:
        raise _broken()
    if len(chunks[0][1]) != _HEAD.size:
        raise _broken()
    width, height, *_ = _HEAD.unpack(chunks[0][1])
    kept = b"".join(whole for kind, _, whole in chunks if kind in _PICTURE)
    return _SIGNATURE + kept, width, height


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Yield kind, inner and whole bytes of each chunk up to the end of the picture."""
    at, kind = len(_SIGNATURE), b""
    while kind != b"IEND":
        if at + _FRAME.size > len(content):
            raise _broken()
        size, kind = _FRAME.unpack_from(content, at)
        end = at + _FRAME.size + size + 4
        inner = content[at + _FRAME.size : end - 4]
        if end > len(content) or zlib.crc32(kind + inner) != int.from_bytes(content[end - 4 : end]):
            raise _broken()
        yield kind, inner, content[at:end]
        at = end


def _broken() -> RefusedError:
    return RefusedError("PNG 不完整或者已经损坏", "重新导出一份")
