"""The bytes of a file → all the words that a reader, or a reader of the source, can find.

Every form gives lines of text: what is shown, what stands in attributes, comments and scripts.
Tags inside a line vanish without a trace, others end it, so that ``138<wbr>0000`` is found and
two cells of a table do not grow together.
"""

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from html import unescape
from urllib.parse import unquote

import msgspec
import pypdfium2

MAX_UNPACKED = 200_000_000

_INLINE = frozenset(
    {"wbr", "span", "b", "i", "em", "strong", "a", "mark", "u", "s", "small", "sub", "sup", "font"}
    | {"code", "bdi", "bdo", "abbr", "time", "ins", "del", "q", "tspan", "text", "r", "rpr", "t"}
)
_COMMENT_EDGE = re.compile(r"<!--|-->|<!\[CDATA\[|\]\]>")
_TAG = re.compile(r"<[!?/]?([A-Za-z][A-Za-z0-9:\-]*+)[^<>]*+>")
_ATTRIBUTE = re.compile(r"=\s*\"([^\"]*)\"|=\s*'([^']*)'|=([^\s\"'<>]+)")
_WORDS = re.compile(rb"(?:[\x20-\x7e]|[\xe3-\xe9][\x80-\xbf]{2}|[\xef][\xbc][\x80-\xbf]){6,}")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})")


def text_of(path: str, content: bytes) -> str:
    """Return the text in a file, by the ending of its name; unknown forms as they are."""
    ending = path.rpartition(".")[2].lower()
    return _READERS.get(ending, _plain)(content)


def decode(content: bytes) -> str:
    """Return bytes as text; what is not UTF-8 is taken byte by byte, and nothing is dropped."""
    with suppress(UnicodeDecodeError):
        return content.decode("utf-8")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    gb18030 = content.decode("gb18030", errors="replace")
    return f"{content.decode('latin-1')}\n{gb18030}"


def _markup(content: bytes) -> str:
    text = _unescaped(decode(content))
    attributes = "\n".join(
        double or single or bare for double, single, bare in _ATTRIBUTE.findall(text)
    )
    if "%" in attributes:
        attributes = f"{attributes}\n{unquote(attributes)}"
    if "<!--" in text or "<![" in text or "-->" in text:
        text = _COMMENT_EDGE.sub("\n", text)
    shown = _TAG.sub(_in_place_of, text)
    both = f"{shown}\n{attributes}"
    return unescape(unescape(both)) if "&" in both else both


def _in_place_of(tag: re.Match[str]) -> str:
    return "" if tag[1].lower() in _INLINE else "\n"


def _plain(content: bytes) -> str:
    return decode(content)


def _script(content: bytes) -> str:
    return _unescaped(decode(content))


def _unescaped(text: str) -> str:
    if "\\u" not in text and "\\x" not in text:
        return text
    return _ESCAPE.sub(lambda match: chr(int(match[1] or match[2], 16)), text)


def _json(content: bytes) -> str:
    try:
        value = msgspec.json.decode(content)
    except (msgspec.DecodeError, RecursionError):
        return _script(content)
    return "\n".join(_strings(value))


def _json_lines(content: bytes) -> str:
    return "\n".join(map(_json, content.splitlines()))


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
            yield unescape(_TAG.sub("\n", item)) if "<" in item or "&" in item else item


def _packed(content: bytes) -> str:
    """Return the text of all members of a ZIP (XLSX, DOCX, EPUB), and their names."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED:
                raise UnreadableFileError("压缩文件过大")
            return "\n".join(
                f"{member.filename}\n{text_of(member.filename, archive.read(member))}"
                for member in archive.infolist()
            )
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError):
        raise UnreadableFileError("压缩文件损坏") from None


def _binary(content: bytes) -> str:
    """Return the words in an image or a font: names of authors, places, comments."""
    return "\n".join(run.decode("utf-8", errors="replace") for run in _WORDS.findall(content))


def _pdf(content: bytes) -> str:
    """Return the text layer and the properties of a PDF."""
    try:
        with pypdfium2.PdfDocument(content) as document:  # type: ignore[no-untyped-call]
            pages = [page.get_textpage().get_text_bounded() for page in document]
            return "\n".join([*pages, *document.get_metadata_dict().values()])
    except pypdfium2.PdfiumError:
        raise UnreadableFileError("PDF 损坏") from None


def _gzipped(content: bytes) -> str:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
            inner = file.read(MAX_UNPACKED + 1)
    except (OSError, EOFError, zlib.error):
        raise UnreadableFileError("压缩文件损坏") from None
    if len(inner) > MAX_UNPACKED:
        raise UnreadableFileError("压缩文件过大")
    form = "html" if inner.lstrip()[:1] == b"<" else "json" if inner[:1] in b"{[" else "txt"
    return text_of(f".{form}", inner)


class UnreadableFileError(Exception):
    """A file of the site cannot be looked into; such a file must not be published."""


_READERS: dict[str, Callable[[bytes], str]] = {
    "html": _markup,
    "htm": _markup,
    "xhtml": _markup,
    "xml": _markup,
    "atom": _markup,
    "rss": _markup,
    "svg": _markup,
    "rels": _markup,
    "json": _json,
    "geojson": _json,
    "webmanifest": _json,
    "jsonl": _json_lines,
    "js": _script,
    "mjs": _script,
    "css": _script,
    "pdf": _pdf,
    **dict.fromkeys(
        ("bin", "png", "jpg", "jpeg", "gif", "webp", "avif", "ico", "woff", "woff2"), _binary
    ),
    "xlsx": _packed,
    "docx": _packed,
    "zip": _packed,
    "gz": _gzipped,
}
