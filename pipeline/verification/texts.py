"""The bytes of a file → all the words that a reader, or a reader of the source, can find.

Every form gives lines of text. A file that cannot be looked into is never taken for clean.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress

import msgspec
import pypdfium2

from pipeline.verification.markup import (
    data_urls,
    read_css,
    read_html,
    read_office,
    read_script,
    read_xml,
)
from pipeline.verification.media import words_of
from pipeline.verification.packed import MOST_LAYERS, UnreadableFileError, gunzipped, members

__all__ = [
    "UnreadableFileError",
    "decode",
    "strings_of",
    "text_of",
    "text_of_member",
    "words_of_page",
]

_OFFICE = re.compile(r"(?:xl|word|ppt)/.*\.xml")
_TYPES = {"text/html": "html", "image/svg+xml": "svg", "application/json": "json"}


def text_of(path: str, content: bytes, *, layer: int = 0) -> str:
    """Return the text in a file, by the ending of its name; unknown forms as they are.

    ``layer`` counts the archives around the file. Raises ``UnreadableFileError`` for an archive
    or a PDF that is damaged or too large, and for bytes of a form that nobody here can read.
    """
    ending = path.rpartition(".")[2].lower()
    if ending in _REFUSED:
        raise UnreadableFileError("不认识的压缩格式，只能用 gz 或 zip")
    if ending in _ARCHIVES:
        if layer >= MOST_LAYERS:
            raise UnreadableFileError("压缩层次过多")
        return _ARCHIVES[ending](path, content, layer + 1)
    return _READERS.get(ending, _unknown)(content)


def decode(content: bytes) -> str:
    """Return bytes as text; what is not UTF-8 is taken byte by byte, and nothing is dropped."""
    with suppress(UnicodeDecodeError):
        return content.decode("utf-8")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    gb18030 = content.decode("gb18030", errors="replace")
    return f"{content.decode('latin-1')}\n{gb18030}"


def _unknown(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    raise UnreadableFileError("不认识的文件格式")


def words_of_page(text: str) -> str:
    """Return the words of a page or a piece of one, with those of the files in its addresses."""
    return f"{read_html(text)}\n{_carried(text)}"


def _page(content: bytes) -> str:
    return words_of_page(decode(content))


def _xml(content: bytes) -> str:
    return read_xml(decode(content))


def _css(content: bytes) -> str:
    text = decode(content)
    return f"{read_css(text)}\n{_carried(text)}"


def _script(content: bytes) -> str:
    text = decode(content)
    return f"{read_script(text)}\n{_carried(text)}"


def _carried(text: str) -> str:
    """Return the words of the files that ``data:`` addresses carry."""
    return "\n".join(
        text_of(f".{_TYPES.get(kind, 'png' if kind.startswith(_SEEN) else 'html')}", content)
        for kind, content in data_urls(text)
    )


_SEEN = ("image/", "font/", "audio/", "video/")


def _json(content: bytes) -> str:
    try:
        value = msgspec.json.decode(content)
    except (msgspec.DecodeError, RecursionError):
        return _script(content)
    return strings_of(value)


def _json_lines(content: bytes) -> str:
    return "\n".join(map(_json, content.splitlines()))


def strings_of(value: object) -> str:
    """Return the strings and numbers of what was JSON, names of fields included, in lines."""
    return "\n".join(_strings(value))


def _strings(value: object) -> Iterator[str]:
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, dict):
            pending += [*item.keys(), *item.values()]
        elif isinstance(item, list):
            pending += reversed(item)
        elif isinstance(item, int | float) and not isinstance(item, bool):
            yield str(item)
        elif isinstance(item, str):
            yield read_html(item) if "<" in item or "&" in item else item


def _packed(_: str, content: bytes, layer: int) -> str:
    """Return the text of all members of a ZIP (XLSX, DOCX, EPUB), and their names."""
    read = (f"{name}\n{text_of_member(name, inner, layer)}" for name, inner in members(content))
    return "\n".join(read)


def text_of_member(name: str, content: bytes, layer: int = 1) -> str:
    """Return the text of a member of an archive; a part of an office document is read twice."""
    text = text_of(name, content, layer=layer)
    return f"{text}\n{read_office(decode(content))}" if _OFFICE.fullmatch(name) else text


def _gzipped(path: str, content: bytes, layer: int) -> str:
    """Return the text of what a file was before it was gzipped, by the rest of its name."""
    inner, name = gunzipped(content), path.rpartition(".")[0]
    if name.rpartition(".")[2].lower() not in {*_READERS, *_ARCHIVES}:
        form = "html" if inner.lstrip()[:1] == b"<" else "json" if inner[:1] in b"{[" else "txt"
        name = f".{form}"
    return text_of(name, inner, layer=layer)


def _pdf(content: bytes) -> str:
    """Return the text layer and the properties of a PDF."""
    try:
        with pypdfium2.PdfDocument(content) as document:  # type: ignore[no-untyped-call]
            pages = [page.get_textpage().get_text_bounded() for page in document]
            return "\n".join([*pages, *document.get_metadata_dict().values()])
    except pypdfium2.PdfiumError:
        raise UnreadableFileError("PDF 损坏") from None


_READERS: dict[str, Callable[[bytes], str]] = {
    **dict.fromkeys(("html", "htm", "xhtml", "svg"), _page),
    **dict.fromkeys(("xml", "atom", "rss", "rels", "opf", "ncx", "xsl"), _xml),
    **dict.fromkeys(("json", "geojson", "webmanifest", "jsonld"), _json),
    **dict.fromkeys(("jsonl", "ndjson"), _json_lines),
    **dict.fromkeys(("js", "mjs", "map"), _script),
    **dict.fromkeys(("txt", "csv", "tsv", "md", "yaml", "yml", "ics", "vcf"), decode),
    **dict.fromkeys(("bin", "png", "jpg", "jpeg", "gif", "webp", "avif", "ico"), words_of),
    **dict.fromkeys(("woff", "woff2", "ttf", "otf", "mp3", "mp4", "webm", "ogg"), words_of),
    **dict.fromkeys(("doc", "xls", "ppt", "wps", "et", "dps"), words_of),
    "css": _css,
    "pdf": _pdf,
}

_REFUSED = frozenset({"br", "zst", "xz", "bz2", "lzma", "lz4", "z", "7z", "rar"})
"""What is compressed so might by chance look like a text, and says nothing that we could read."""

_ARCHIVES: dict[str, Callable[[str, bytes, int], str]] = {
    **dict.fromkeys(("xlsx", "docx", "pptx", "ods", "odt", "ofd", "epub", "zip"), _packed),
    "gz": _gzipped,
}
