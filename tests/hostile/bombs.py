"""Small files that want all the time or all the memory of the machine."""

import io
import zipfile
import zlib
from collections.abc import Callable
from random import Random

import docx
import xlsxwriter

_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
_WORDS = b"BT /F 12 Tf 50 700 Td (hello) Tj ET "
_LAUGHS = b"<!DOCTYPE l [<!ENTITY e0 'ha'>%s]>" % b"".join(
    b"<!ENTITY e%d '%s'>" % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 10)
)


def _pdf(*objects: bytes) -> bytes:
    content, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(places) + 1,
        len(content),
    )
    return content + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (len(places) + 1, table, end)


def _stream(content: bytes, kind: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    return b"<</Length %d/Filter/FlateDecode%s>>stream\n%s\nendstream" % (len(packed), kind, packed)


def _page(content: bytes, *more: bytes, box: bytes = b"0 0 595 842") -> bytes:
    names = b"<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>"
    return _pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R/Resources%s>>" % (box, names),
        _stream(content),
        _FONT,
        *more,
    )


def _form(content: bytes) -> bytes:
    kind = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X 6 0 R>>>>"
    return _stream(content, kind)


def _pages_in_a_loop() -> bytes:
    return _pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 100>>")


def _repacked(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", 8) as new:
        for entry in old.infolist():
            body = old.read(entry)
            new.writestr(entry.filename, change(body) if entry.filename == part else body)
    return made.getvalue()


def _docx(change: Callable[[bytes], bytes]) -> bytes:
    made = io.BytesIO()
    docx.Document().save(made)
    return _repacked(made.getvalue(), "word/document.xml", change)


def _after_body(more: bytes) -> Callable[[bytes], bytes]:
    return lambda body: body.replace(b"<w:body>", b"<w:body>" + more, 1)


def _xlsx(part: str, change: Callable[[bytes], bytes]) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.add_worksheet().write(0, 0, "行政处罚决定书文号")
    return _repacked(made.getvalue(), part, change)


def _laughing(body: bytes) -> bytes:
    return body.replace(b"?>", b"?>" + _LAUGHS, 1).replace(b"</w:body>", b"&e9;</w:body>")


def _paragraphs() -> bytes:
    chance = Random(7)  # noqa: S311 - no two alike, so that the package is not dense
    return b"".join(b'<w:p w:rsidR="%08X"/>' % chance.getrandbits(32) for _ in range(1_100_000))


def _nested() -> bytes:
    content = b"0" * 9_000_000
    for _ in range(4):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", 8) as package:
            package.writestr("word/document.xml", content)
        content = made.getvalue()
    return content


BOMBS: dict[str, Callable[[], bytes]] = {
    "内容放大千倍.pdf": lambda: _page(_WORDS + b"q " * 10_000_000),
    "全是空白.pdf": lambda: _page(b" " * 100_000_000),
    "页面套页面.pdf": _pages_in_a_loop,
    "大得没有边的页面.pdf": lambda: _page(_WORDS, box=b"0 0 1e9 1e9"),
    "深层数组.pdf": lambda: _page(_WORDS, _stream(b"x"), b"[" * 1_000_000),
    "对象流套自己.pdf": lambda: _page(
        _WORDS, _stream(b"1 0 2 3 " * 100_000, b"/Type/ObjStm/N 1000000/First 8/Extends 6 0 R")
    ),
    "重复的段落.docx": lambda: _docx(_after_body(b"<w:p/>" * 4_000_000)),
    "百万个段落.docx": lambda: _docx(_after_body(_paragraphs())),
    "十亿个笑.docx": lambda: _docx(_laughing),
    "包里套包.docx": _nested,
    "一亿列的表.docx": lambda: _docx(
        _after_body(
            b'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="100000000"/></w:tcPr><w:p/></w:tc>'
            b"</w:tr></w:tbl>"
        )
    ),
    "十亿个笑.xlsx": lambda: _xlsx("xl/sharedStrings.xml", _laughing),
    "共用文字.xlsx": lambda: _xlsx("xl/sharedStrings.xml", lambda body: body + b" " * 60_000_000),
    "包里套包.xlsx": _nested,
    "满是段落.html": lambda: b"<p>" * 3_000_000,
    "满是格子.html": lambda: b"<table>" + b"<td>x" * 1_000_000,
    "样式.html": lambda: (
        b"<style>%s</style>" % b"".join(b".a%d{display:none}" % n for n in range(400))
        + b"<p class=b>x" * 5_000
    ),
    "一亿列.html": lambda: b"<table><td colspan=100000000 rowspan=100000000>x",
    "很深.html": lambda: b"<div>" * 20_000,
    "一长列.md": lambda: b"- a\n" * 300_000,
    "很深.md": lambda: b">" * 100_000,
    "很深.json": lambda: b"[" * 1_000_000,
    "一个数.jsonl": lambda: b'{"a":' + b"9" * 5_000_000 + b"}",
    "一行.csv": lambda: b"," * 200_000,
    "引号.csv": lambda: b'"' * 1_000_001,
}


def page_showing(content: bytes) -> bytes:
    """Return a PDF of one page that ``content`` draws, with a font ``F``."""
    return _page(content)


def endless_form() -> bytes:
    """Return a page that shows a form twice, which shows itself twice, and so on."""
    return _page(_WORDS + b"/X Do", _form(b"/X Do /X Do " + _WORDS))
