"""HTML, XML and SVG → what is shown, and what stands in attributes, comments and scripts.

Tags inside a line vanish without a trace, others end it, so that ``138<wbr>0000`` is found and
two cells of a table do not grow together. What a browser does not know it shows in the line.
"""

import binascii
import re
from base64 import b64decode
from collections.abc import Iterator, Mapping
from contextlib import suppress
from html import unescape
from urllib.parse import unquote, unquote_to_bytes

_BLOCKS = (
    "address article aside audio base blockquote body br button canvas caption col colgroup dd"
    " details dialog dir div dl doctype dt fieldset figcaption figure footer form frame h1 h2"
    " h3 h4 h5 h6 head header hr html iframe input legend li link main map menu meta nav"
    " noscript object ol optgroup option p param pre script search section select source style"
    " summary svg table tbody td template textarea tfoot th thead title tr track ul video"
    " text desc metadata g path line rect"
)
_INLINE = (
    "wbr span b i em strong a mark u s small sub sup font code bdi bdo abbr time ins del q"
    " tspan label cite kbd var dfn data ruby r rpr t"
)
"""In XML of a form that we do not know, only these are taken to stand inside a line."""
_OFFICE = "p br cr tab tc tr si c row v is comment sheet definedname ref"
_COMMENT = re.compile(r"<!--(.*?)(?:--!?>|\Z)", re.DOTALL)
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_TAG = re.compile(r"<[!?/]?([A-Za-z][A-Za-z0-9:\-]*+)[^<>]*+>")
_ATTRIBUTE = re.compile(r"=\s*\"([^\"]*)\"|=\s*'([^']*)'|=([^\s\"'<>]+)")
_ESCAPE = re.compile(r"\\u\{([0-9a-fA-F]{1,6})\}|\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})")
_HALF = re.compile("[\ud800-\udfff]")
_CSS_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})[ \t\n]?")
_GLUE = re.compile(r"([\"'`])\s*\+\s*[\"'`]")
_GLUED = re.compile(r"\+\s*[\"'`]")
_DATA = re.compile(r"data:([\w/+.\-]*)((?:;[\w=\-]+)*),([^\s\"'<>)]*)", re.IGNORECASE)
_OFFICE_TAG = re.compile(r"</?(?:[A-Za-z][A-Za-z0-9]*:)?([A-Za-z][A-Za-z0-9]*)[^<>]*>")
_POWER = re.compile(r"<v>([0-9.]+[Ee]\+?[0-9]{1,2})</v>")
_LAST_CHARACTER = 0x10FFFF


class _Breaks(dict[str, str]):
    """Name of a tag → what stands in its place; each spelling is worked out once."""

    def __init__(self, ends_a_line: frozenset[str], *, others_end_it: bool) -> None:
        super().__init__()
        self._named, self._others_end_it = ends_a_line, others_end_it

    def __missing__(self, name: str) -> str:
        ends = (name.lower() in self._named) != self._others_end_it
        if len(self) < _SPELLINGS:
            self[name] = "\n" if ends else ""
        return "\n" if ends else ""


_SPELLINGS = 10_000
_IN_HTML = _Breaks(frozenset(_BLOCKS.split()), others_end_it=False)
_IN_XML = _Breaks(frozenset(_INLINE.split()), others_end_it=True)
_IN_OFFICE = _Breaks(frozenset(_OFFICE.split()), others_end_it=False)


def read_html(text: str) -> str:
    """Return the words of an HTML page or an SVG drawing."""
    return _words(text, _IN_HTML)


def read_xml(text: str) -> str:
    """Return the words of XML: a feed, a map of the site."""
    return _words(text, _IN_XML)


def read_office(text: str) -> str:
    """Return the words of a part of an office document, runs of one paragraph joined."""
    if "+" in text or "E" in text:
        text = _POWER.sub(lambda match: f"<v>{round(float(match[1]))}</v>", text)
    return unescape(_without_tags(text, _IN_OFFICE, _OFFICE_TAG))


def read_script(text: str) -> str:
    """Return a script with its escapes undone and its strings joined."""
    text = _without_escapes(text)
    joined = _GLUE.sub("", text) if _GLUED.search(text) else text
    return text if joined == text else f"{text}\n{joined}"


def read_css(text: str) -> str:
    """Return a style sheet with its escapes undone."""
    return _CSS_ESCAPE.sub(lambda match: _from_code(match[1], match[0]), text)


def data_urls(text: str) -> Iterator[tuple[str, bytes]]:
    """Yield media type and content of each ``data:`` address in ``text``."""
    if ("a:" not in text and "A:" not in text) or "data:" not in text.lower():
        return
    for match in _DATA.finditer(text):
        content = unquote_to_bytes(match[3])
        if ";base64" in match[2].lower():
            with suppress(binascii.Error, ValueError):
                content = b64decode(content + b"=" * (-len(content) % 4))
        yield match[1].lower(), content


def _words(text: str, breaks: Mapping[str, str]) -> str:
    text = _without_escapes(text)
    if _GLUED.search(text):
        text = _GLUE.sub("", text)
    attributes = "\n".join(
        dict.fromkeys(one or two or bare for one, two, bare in _ATTRIBUTE.findall(text))
    )
    if "%" in attributes:
        once = unquote(attributes)
        attributes = f"{attributes}\n{once}\n{unquote(once)}"
    comments = ""
    if "<!--" in text:
        comments = "\n".join(_COMMENT.findall(text))
        text = _COMMENT.sub("", text)
    if "<![" in text or "]]>" in text:
        text = _CDATA.sub("\n", text)
    whole = f"{_without_tags(text, breaks)}\n{attributes}\n{comments}"
    if "&" not in whole:
        return whole
    whole = unescape(whole)
    if "<" in whole:  # a feed carries HTML as text
        whole = f"{whole}\n{_without_tags(whole, breaks)}"
    return unescape(whole)


def _without_tags(text: str, breaks: Mapping[str, str], tag: re.Pattern[str] = _TAG) -> str:
    parts = tag.split(text)
    parts[1::2] = map(breaks.__getitem__, parts[1::2])
    return "".join(parts)


def _without_escapes(text: str) -> str:
    r"""Return ``text`` with ``\\u…`` and ``\\x…`` undone, halves of a character joined."""
    if "\\" not in text:
        return text
    text = _ESCAPE.sub(_character, text)
    if not _HALF.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _character(match: re.Match[str]) -> str:
    return _from_code(match[1] or match[2] or match[3], match[0])


def _from_code(code: str, otherwise: str) -> str:
    number = int(code, 16)
    return chr(number) if number <= _LAST_CHARACTER else otherwise
