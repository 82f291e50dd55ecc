"""Which reader takes which file, by its suffix: one table."""

from functools import lru_cache, partial
from pathlib import PurePosixPath

from pipeline.domain.faults import Fault, Place
from pipeline.intake.apart import read_apart
from pipeline.intake.docx import read_docx
from pipeline.intake.html import read_html
from pipeline.intake.json_export import read_json, read_jsonl
from pipeline.intake.model import DocumentReader, DraftReader
from pipeline.intake.pdf import read_pdf
from pipeline.intake.sheet import read_sheet
from pipeline.intake.text import read_markdown, read_text

DRAFT_READERS: dict[str, DraftReader] = {
    ".json": read_json,
    ".jsonl": read_jsonl,
    ".xlsx": read_sheet,
    ".csv": read_sheet,
}
"""Structured formats: a file holds many records."""

DOCUMENT_READERS: dict[str, DocumentReader] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".docx": read_docx,
    ".pdf": partial(read_apart, read_pdf),
}
"""Documents: a file is one 决定书."""

SIZE_LIMITS = {**dict.fromkeys((".txt", ".html", ".htm"), 16 * 1024 * 1024), ".md": 1024 * 1024}
"""Bytes above which a file of a suffix is refused: no 决定书 in plain text is that long."""

_AS_DOCX = "请用办公软件打开，选“另存为”DOCX（Word 文档）后放回"
_AS_PDF = "请用 OFD 阅读器打开，选“另存为”或“导出”带文字的 PDF 后放回"
_AS_XLSX = "请用办公软件打开，选“另存为”XLSX（Excel 工作簿）后放回"
_AS_TEXT = "这是图片，读不出文字；请放入 DOCX 原件或者带文字的 PDF"

_DOCUMENT_REMEDIES = {
    **dict.fromkeys((".doc", ".wps", ".rtf", ".odt", ".dot", ".wpt", ".docm"), _AS_DOCX),
    **dict.fromkeys((".ofd", ".ceb", ".cebx", ".sep", ".gd"), _AS_PDF),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif"), _AS_TEXT),
}
_SHEET_REMEDIES = dict.fromkeys((".xls", ".et", ".ods", ".xlsm", ".xlsb", ".tsv"), _AS_XLSX)
_SUPPORTED = "、".join(s[1:].upper() for s in (*DRAFT_READERS, *DOCUMENT_READERS))


@lru_cache(maxsize=1024)
def suffix_of(name: str) -> str:
    """Return the suffix of a file name in lower case.

    >>> suffix_of("一月/决定书.DOCX")
    '.docx'
    """
    return PurePosixPath(name).suffix.lower()


def is_document(name: str) -> bool:
    """Say whether a file of this name is one 决定书, readable or not."""
    return suffix_of(name) in DOCUMENT_READERS or suffix_of(name) in _DOCUMENT_REMEDIES


def unsupported(name: str) -> Fault:
    """Return the fault of a file whose format no reader takes, with the conversion it needs."""
    suffix = suffix_of(name)
    remedy = _DOCUMENT_REMEDIES.get(suffix) or _SHEET_REMEDIES.get(suffix)
    if remedy:
        return Fault(Place(name), f"不能直接读取 {suffix} 格式", remedy)
    return Fault(Place(name), "不支持这种文件", f"可用的格式：{_SUPPORTED}；与公示无关的文件请移出")
