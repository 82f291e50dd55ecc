"""Writes the text of a decision as DOCX, PDF, HTML, plain text or Markdown."""
# ruff: noqa: E501 - tables and sentences read better on one line

import html
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from samples.agency import AUTHOR, ORGAN
from samples.texts import Paragraph, Sample

_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_MARKS = re.compile("\x01(.*?)\x02|\x03(.*?)\x04")
"""Between 1 and 2 stands what a tracked change deletes, between 3 and 4 what is hidden."""


def plain_lines(sample: Sample) -> Iterator[Paragraph]:
    """Yield the paragraphs without what only Word can hide."""
    for kind, text in sample.paragraphs:
        yield kind, _MARKS.sub("", text)


def docx(sample: Sample) -> bytes:
    """Return a Word file with page header and footer, comment, tracked and hidden text."""
    body = "".join(_docx_block(kind, text) for kind, text in sample.paragraphs)
    section = '<w:sectPr><w:headerReference w:type="default" r:id="h"/><w:footerReference w:type="default" r:id="f"/></w:sectPr>'
    comment = f'<w:comment w:id="0" w:author="{AUTHOR}"><w:p>{_run("请核对姓名后再发。")}</w:p></w:comment>'
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _relationships(("d", "officeDocument", "word/document.xml")),
        "word/document.xml": f"<w:document {_W}><w:body>{body}{section}</w:body></w:document>",
        "word/header1.xml": f"<w:hdr {_W}><w:p>{_run(ORGAN + '文件')}</w:p></w:hdr>",
        "word/footer1.xml": f"<w:ftr {_W}><w:p>{_run('— ')}{_PAGE}{_run(' —')}</w:p></w:ftr>",
        "word/comments.xml": f"<w:comments {_W}>{comment}</w:comments>",
        "word/_rels/document.xml.rels": _relationships(
            ("h", "header", "header1.xml"), ("f", "footer", "footer1.xml"), ("c", "comments", "comments.xml")
        ),
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{AUTHOR}</dc:creator></cp:coreProperties>',
    }  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            head = "" if name.startswith("[") else '<?xml version="1.0" encoding="UTF-8"?>'
            archive.writestr(zipfile.ZipInfo(name), head + content)
    return out.getvalue()


_CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/>'
        for part, kind in (("document", "document.main"), ("header1", "header"), ("footer1", "footer"), ("comments", "comments"))
    )
    + "</Types>"
)  # fmt: skip
_PAGE = '<w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _relationships(*links: tuple[str, str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="{key}" Type="{_TYPE}{kind}" Target="{target}"/>'
        for key, kind, target in links
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'


def _run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _docx_block(kind: str, text: str) -> str:
    if kind == "row":
        cells = "".join(f"<w:tc><w:p>{_run(cell)}</w:p></w:tc>" for cell in text.split("|"))
        return f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    if kind == "box":
        shape = f"<w:pict><v:shape><v:textbox><w:txbxContent><w:p>{_run(text)}</w:p></w:txbxContent></v:textbox></v:shape></w:pict>"
        return f"<w:p><w:r>{shape}</w:r></w:p>"
    if kind == "title":
        return f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{_run(text, "<w:b/>")}</w:p>'
    if kind == "head":
        return f'<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr>{_run(text)}</w:p>'
    return f"<w:p>{''.join(_docx_runs(text))}</w:p>"


def _docx_runs(text: str) -> Iterator[str]:
    last = 0
    for match in _MARKS.finditer(text):
        yield _run(text[last : match.start()])
        if match[1] is not None:
            gone = f"<w:r><w:delText>{escape(match[1])}</w:delText></w:r>"
            yield f'<w:del w:id="1" w:author="{AUTHOR}">{gone}</w:del>'
        else:
            yield _run(match[2], "<w:vanish/>")
        last = match.end()
    half = last + (len(text) - last) // 2
    yield _run(text[last:half])
    yield _run(text[half:])


_FONT, _SIZE, _LEADING = "STSong-Light", 15.0, 26.0
_PAGE_SIZE, _LEFT, _TOP, _BOTTOM = (595.27, 841.89), 80.0, 760.0, 90.0
_WIDTH = 29 * _SIZE


def pdf(sample: Sample) -> bytes:
    """Return a PDF with a text layer, wrapped lines and page numbers."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=_PAGE_SIZE, invariant=1, pageCompression=0)
    canvas.setAuthor(AUTHOR)
    top, page = _TOP, 1
    for kind, text in plain_lines(sample):
        size = 20.0 if kind == "title" else _SIZE
        for line, indent in _wrapped(text, kind):
            if top < _BOTTOM:
                canvas.drawCentredString(_PAGE_SIZE[0] / 2, 45, f"- {page} -")
                canvas.showPage()
                top, page = _TOP, page + 1
            canvas.setFont(_FONT, size)
            if kind in {"title", "sign"}:
                canvas.drawCentredString(_PAGE_SIZE[0] / 2, top, line)
            else:
                canvas.drawString(_LEFT + indent, top, line)
            top -= _LEADING
    canvas.drawCentredString(_PAGE_SIZE[0] / 2, 45, f"- {page} -")
    canvas.save()
    return stream.getvalue()


def _wrapped(text: str, kind: str) -> Iterator[tuple[str, float]]:
    indent = 0.0 if kind in {"title", "sign"} else 2 * _SIZE
    line, room = "", _WIDTH - indent
    for char in text:
        if (
            pdfmetrics.stringWidth(line + char, _FONT, _SIZE) > room
            and char not in "，。、；：）”》"
        ):
            yield line, indent
            line, indent, room = "", 0.0, _WIDTH
        line += char
    yield line, indent


def scan(sample: Sample) -> bytes:
    """Return a PDF that is only a picture; what it shows does not matter."""
    _ = sample
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=_PAGE_SIZE, invariant=1, pageCompression=0)
    canvas.drawInlineImage(_grey_picture(), 0, 0, *_PAGE_SIZE)
    canvas.save()
    return stream.getvalue()


def _grey_picture() -> object:
    from PIL import Image  # noqa: PLC0415 - comes with reportlab

    return Image.new("L", (8, 11), 230)


def office_html(sample: Sample) -> bytes:
    """Return HTML as a word processor saves it: padding, comments, hidden parts, split runs."""
    out = [
        "<html><head><meta charset=utf-8><title>行政处罚决定书</title><style>p{margin:0}</style>",
        f"<!--[if gte mso 9]><o:Author>{AUTHOR}</o:Author><![endif]--></head><body>",
        f'<p style="display:none">起草人：{AUTHOR}</p><script>var draft = 1;</script>',
    ]
    for kind, text in plain_lines(sample):
        tag = {"title": "h1", "head": "h2"}.get(kind, "p")
        padding = "&nbsp;&nbsp;&nbsp;&nbsp;" if kind == "text" else ""
        half = len(text) // 2
        inner = f"<span lang=ZH-CN>{html.escape(text[:half])}</span><span>{html.escape(text[half:])}</span>"
        out.append(f"<{tag} class=MsoNormal>{padding}{inner}</{tag}>")
    return "\r\n".join([*out, "</body></html>"]).encode()


def portal_html(sample: Sample) -> bytes:
    """Return HTML as an old portal shows it: GB18030, nested tables, line breaks."""
    lines = "<br>".join(f"　　{html.escape(text)}" for _, text in plain_lines(sample))
    page = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head>'
        "<body><table width=960><tr><td><table><tr><td class=nr>"
        f"{lines}</td></tr></table></td></tr></table></body></html>"
    )
    return page.encode("gb18030")


def text_file(sample: Sample) -> bytes:
    """Return plain text with a byte-order mark and CRLF, as Notepad saves it."""
    lines = (text.replace("\n", "\r\n") for _, text in plain_lines(sample))
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def markdown(sample: Sample) -> bytes:
    """Return Markdown."""
    marks = {"title": "# ", "head": "## ", "item": "- "}
    return "\n\n".join(marks.get(kind, "") + text for kind, text in plain_lines(sample)).encode()


def wps(sample: Sample) -> bytes:
    """Return the beginning of a file of an office program that we do not read."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + sample.number.encode() + b"\0" * 512


WRITERS: dict[str, tuple[str, Callable[[Sample], bytes]]] = {
    "docx": (".docx", docx),
    "pdf": (".pdf", pdf),
    "scan": (".pdf", scan),
    "html": (".html", office_html),
    "portal": (".htm", portal_html),
    "txt": (".txt", text_file),
    "md": (".md", markdown),
    "wps": (".wps", wps),
}
"""For each form of document: the suffix and the writer."""
