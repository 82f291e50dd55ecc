"""The text of one Word paragraph as a reader of the printed page sees it.

Leaves out tracked deletions, hidden runs, field instructions, comments and page numbers.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from pipeline.intake.docx_styles import Style, Styles, W, child, toggle, value

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_VML = "{urn:schemas-microsoft-com:vml}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

WRAPPERS = frozenset(
    W + name
    for name in ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "sdtContent", "dir", "bdo")
)
"""Elements that stand around text and add none of their own."""

_PAGE_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "SECTION"})
_FIXED = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "cr": "\n",
    W + "br": "\n",
    W + "noBreakHyphen": "-",
}
_SYMBOLS = {
    0x52: "☑", 0x53: "☒", 0x54: "☒", 0xFE: "☑", 0xFD: "☒", 0xFC: "✓", 0xFB: "✗",
    0x6F: "□", 0x71: "□", 0xA8: "□", 0xA3: "□", 0x6E: "■", 0x6C: "●", 0xB7: "•",
}  # fmt: skip
_UNKNOWN_SYMBOL = "□"
BAR = "■■■■"
"""Stands for words that somebody has blackened, without their number."""


@dataclass(slots=True)
class _Field:
    """A complex field being read: its instruction, then its result."""

    code: str = ""
    in_result: bool = False

    @property
    def silent(self) -> bool:
        return not self.in_result or _is_page_field(self.code)


@dataclass(slots=True)
class ParagraphText:
    """What was found in one paragraph: its text, the boxes and the notes anchored in it."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    strong: bool = True

    @property
    def text(self) -> str:
        """The text without soft hyphens and outer space."""
        return "".join(self.pieces).replace("\u00ad", "").strip(" \t\n\r\u3000\u00a0")


@dataclass(slots=True)
class TextReader:
    """Reads paragraphs in document order; fields may span several of them."""

    styles: Styles
    _fields: list[_Field] = field(default_factory=list)

    def read(self, paragraph: etree._Element, style: Style) -> ParagraphText:
        """Return the visible content of a ``w:p``."""
        found = ParagraphText()
        self._walk(paragraph, style, found)
        found.strong = found.strong and bool(found.pieces)
        return found

    def _walk(self, parent: etree._Element, style: Style, found: ParagraphText) -> None:
        for element in parent:
            tag = element.tag
            if tag == W + "r":
                self._run(element, style, found)
            elif tag == W + "sdt":
                if child(element, "sdtPr", "showingPlcHdr") is None:
                    self._walk(element, style, found)
            elif tag == W + "fldSimple":
                if not _is_page_field(element.get(W + "instr", "")):
                    self._walk(element, style, found)
            elif tag == _MC + "AlternateContent":
                self._walk(alternative(element), style, found)
            elif tag in WRAPPERS:
                self._walk(element, style, found)
            elif tag in {_MATH + "oMath", _MATH + "oMathPara"}:
                found.pieces.extend(e.text or "" for e in element.iter(_MATH + "t"))

    def _run(self, run: etree._Element, style: Style, found: ParagraphText) -> None:
        properties = child(run, "rPr")
        if self._is_hidden(properties, style):
            self._fields_only(run)
            return
        before = len(found.pieces)
        self._content(run, style, found)
        if _is_blackened(properties) and any(found.pieces[before:]):
            found.pieces[before:] = [] if found.pieces[:before][-1:] == [BAR] else [BAR]
        if any(piece.strip() for piece in found.pieces[before:]):
            found.strong = found.strong and self._is_strong(properties, style)

    def _fields_only(self, run: etree._Element) -> None:
        for element in run.iter(W + "fldChar", W + "instrText"):
            self._field(element)

    def _content(self, run: etree._Element, style: Style, found: ParagraphText) -> None:
        for element in run:
            tag = element.tag
            if tag in {W + "fldChar", W + "instrText"}:
                self._field(element)
            elif tag == _MC + "AlternateContent":
                self._content(alternative(element), style, found)
            elif tag in {W + "drawing", W + "pict", W + "object"}:
                found.boxes.extend(_boxes(element))
            elif any(open_field.silent for open_field in self._fields):
                continue
            elif tag == W + "ruby":
                for base in element.iterfind(W + "rubyBase"):
                    self._walk(base, style, found)
            elif tag in {W + "footnoteReference", W + "endnoteReference"}:
                kind = "footnote" if tag == W + "footnoteReference" else "endnote"
                found.notes.append((kind, element.get(W + "id", "")))
            else:
                found.pieces.append(_characters(element))

    def _field(self, element: etree._Element) -> None:
        if element.tag == W + "instrText":
            if self._fields:
                self._fields[-1].code += element.text or ""
            return
        step = element.get(W + "fldCharType", "")
        if step == "begin":
            self._fields.append(_Field())
        elif self._fields and step == "separate":
            self._fields[-1].in_result = True
        elif self._fields and step == "end":
            self._fields.pop()

    def _is_hidden(self, properties: etree._Element | None, style: Style) -> bool:
        direct = toggle(properties, "vanish")
        if direct is not None:
            return direct
        run_style = value(properties, "rStyle")
        by_style = self.styles[run_style].hidden if run_style else None
        return bool(style.hidden if by_style is None else by_style)

    def _is_strong(self, properties: etree._Element | None, style: Style) -> bool:
        bold, size = toggle(properties, "b"), value(properties, "sz")
        large = int(size) >= 36 if size.isdecimal() else False
        return large or (bool(style.strong) if bold is None else bold)


def alternative(element: etree._Element) -> etree._Element:
    """Return the one branch of ``mc:AlternateContent`` to read: the first that has text."""
    branches = [b for b in element if b.tag in {_MC + "Choice", _MC + "Fallback"}]
    with_text = (b for b in branches if next(b.iter(W + "t", _VML + "textpath"), None) is not None)
    return next(with_text, branches[0] if branches else element)


def _boxes(drawing: etree._Element) -> Iterator[etree._Element]:
    """Yield each text box (or word-art) of a drawing once, outermost only."""
    for element in drawing:
        if element.tag in {W + "txbxContent", _VML + "textpath"}:
            yield element
        elif element.tag == _MC + "AlternateContent":
            yield from _boxes(alternative(element))
        else:
            yield from _boxes(element)


def _characters(element: etree._Element) -> str:
    if element.tag == W + "t":
        return element.text or ""
    if element.tag == W + "sym":
        return _symbol(element.get(W + "char", ""))
    return _FIXED.get(str(element.tag), "")


def _symbol(code: str) -> str:
    try:
        number = int(code, 16)
    except ValueError:
        return _UNKNOWN_SYMBOL
    if 0xF000 <= number <= 0xF0FF:
        return _SYMBOLS.get(number - 0xF000, _UNKNOWN_SYMBOL)
    return _SYMBOLS.get(number) or (chr(number) if 0x2000 <= number < 0xD800 else _UNKNOWN_SYMBOL)


def _is_blackened(properties: etree._Element | None) -> bool:
    """Say whether a run is dark on black: such words are still in the file."""
    colour = value(properties, "color").lower()
    shading = child(properties, "shd")
    fill = shading.get(W + "fill", "").lower() if shading is not None else ""
    black = value(properties, "highlight") == "black" or fill == "000000"
    return black and colour in {"", "auto", "000000"}


def _is_page_field(code: str) -> bool:
    words = code.split(maxsplit=1)
    return bool(words) and words[0].upper() in _PAGE_FIELDS
