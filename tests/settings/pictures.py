"""Small pictures for the tests, right and wrong."""

import struct
import zlib

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' viewBox="0 0 40 20">{}</svg>'
)
DRAWING = '<path d="M0 0h40v20z" fill="#b31217"/>'


def chunk(kind: bytes, inner: bytes) -> bytes:
    whole = kind + inner
    return struct.pack(">I", len(inner)) + whole + struct.pack(">I", zlib.crc32(whole))


def png(*extra: bytes, width: int = 4, height: int = 2, padding: bytes = b"") -> bytes:
    rows = b"".join(b"\0" + b"\xb3\x12\x17" * width for _ in range(height))
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", struct.pack(">II5B", width, height, 8, 2, 0, 0, 0)),
            *extra,
            chunk(b"IDAT", zlib.compress(rows)),
            *((chunk(b"IDAT", padding),) if padding else ()),
            chunk(b"IEND", b""),
        )
    )
