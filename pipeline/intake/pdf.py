"""PDF with a text layer → blocks. Annotations, form values and properties never come through."""

from pipeline.domain.document import paragraph
from pipeline.domain.faults import Fault, Place
from pipeline.domain.text import RawText
from pipeline.intake.model import DocumentFile, FileContent, UnreadableFileError
from pipeline.intake.pdf_furniture import body_of
from pipeline.intake.pdf_glyphs import Pdfium, UntrustedPageError, pdfium, raw
from pipeline.intake.pdf_page import Page, read_page
from pipeline.intake.pdf_paragraphs import blocks_of

MAX_PAGES = 300
_END_MARK = b"%%EOF"
_END_WINDOW = 2048
_AGAIN = "请从办案系统重新导出此文件"


def read_pdf(file: FileContent) -> DocumentFile:
    """Return the printed text of a PDF as blocks: secrecy marks, running heads, text.

    Raises ``UnreadableFileError`` for a scan, recognised text hidden under a scan, an encrypted,
    truncated or damaged file, a text layer without meaning, and a file without text.
    """
    if b"%PDF-" not in file.content[:1024]:
        raise _error(file, "内容不是 PDF", _AGAIN)
    if _END_MARK not in file.content[-_END_WINDOW:]:
        raise _error(file, "文件不完整，缺少结尾", _AGAIN)
    try:
        with pdfium.PdfDocument(file.content) as document:
            pages = _pages(file, document)
    except pdfium.PdfiumError as error:
        if raw.FPDF_ERR_PASSWORD in error.args or "password" in str(error).lower():
            raise _error(file, "文件加了密码", "请去掉密码后重新导出") from None
        raise _error(file, "文件已损坏，打不开", _AGAIN) from None
    marks = dict.fromkeys(mark for page in pages for mark in page.marks)
    heads, content = body_of(pages)
    blocks = blocks_of(content)
    if not blocks:
        raise _error(file, "没有文字层", "请从文书系统导出带文字的 PDF 或 DOCX")
    first = tuple(paragraph(RawText(text)) for text in (*marks, *heads))
    return DocumentFile(Place(file.name), file.digest, (*first, *blocks))


def _pages(file: FileContent, document: Pdfium) -> tuple[Page, ...]:
    if not 0 < len(document) <= MAX_PAGES:
        raise _error(file, f"页数为零或超过 {MAX_PAGES} 页", "请核对文件是否为一份决定书")
    pages: list[Page] = []
    for number in range(len(document)):
        page = document[number]
        try:
            pages.append(read_page(page, number))
        except UntrustedPageError as error:
            raise _error(file, error.problem, error.remedy, f"第{number + 1}页") from None
        finally:
            page.close()
    return tuple(pages)


def _error(file: FileContent, problem: str, remedy: str, page: str = "") -> UnreadableFileError:
    return UnreadableFileError(Fault(Place(file.name, page), problem, remedy))
