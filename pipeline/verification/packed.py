"""Archives → what they hold: members of a ZIP, what a gzipped file was before."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator

GZIPPED = ".gz"
MAX_UNPACKED = 200_000_000
MOST_LAYERS = 3
"""Archives inside archives; what lies deeper is not looked for and not published."""

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    RuntimeError,
    NotImplementedError,
    OSError,
    EOFError,
    UnicodeError,
    ValueError,
)


class UnreadableFileError(Exception):
    """A file of the site cannot be looked into; such a file must not be published."""


def members(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each member of a ZIP; raises ``UnreadableFileError``."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            listed = archive.infolist()
            if sum(member.file_size for member in listed) > MAX_UNPACKED:
                raise UnreadableFileError("压缩文件过大")
            yield "comment.txt", archive.comment
            for member in listed:
                yield member.filename, archive.read(member)
    except _BROKEN:
        raise UnreadableFileError("压缩文件损坏") from None


def gunzipped(content: bytes) -> bytes:
    """Return what a gzipped file holds; raises ``UnreadableFileError``."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
            inner = file.read(MAX_UNPACKED + 1)
    except (OSError, EOFError, zlib.error):
        raise UnreadableFileError("压缩文件损坏") from None
    if len(inner) > MAX_UNPACKED:
        raise UnreadableFileError("压缩文件过大")
    return inner
