"""Archives → what they hold: members of a ZIP, the words of office documents, gzipped files."""

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator

MAX_UNPACKED = 200_000_000
MOST_LAYERS = 3
"""Archives inside archives; what lies deeper is not looked for and not published."""

_OFFICE = re.compile(r"(?:xl|word|ppt)/.*\.xml")
_BREAKS = "p br cr tab tc tr si c row v is comment sheet definedname ref"
_ENDS_A_LINE = frozenset(_BREAKS.split())
_TAG = re.compile(rb"</?(?:[A-Za-z][A-Za-z0-9]*:)?([A-Za-z][A-Za-z0-9]*)[^<>]*>")
_NUMBER = re.compile(rb"<v>([0-9.]+[Ee]\+?[0-9]{1,2})</v>")
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
    """Yield name and content of each member of a ZIP; then what office documents show in a line.

    Raises ``UnreadableFileError``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            listed = archive.infolist()
            if sum(member.file_size for member in listed) > MAX_UNPACKED:
                raise UnreadableFileError("压缩文件过大")
            yield "comment.txt", archive.comment
            for member in listed:
                inner = archive.read(member)
                yield member.filename, inner
                if _OFFICE.fullmatch(member.filename):
                    yield f"{member.filename}.txt", _in_lines(inner)
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


def _in_lines(xml: bytes) -> bytes:
    """Return the text of a part of an office document, runs of one paragraph joined."""
    xml = _NUMBER.sub(lambda match: b"<v>%d</v>" % round(float(match[1])), xml)
    return _TAG.sub(lambda tag: b"\n" if tag[1].decode().lower() in _ENDS_A_LINE else b"", xml)
