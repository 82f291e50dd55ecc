"""Bytes → characters, for every format that is text: sheets, pages, plain text.

Refuses what it cannot be sure of: wrong characters would blind everything that looks for names.
"""

import codecs
import re

from pipeline.domain.faults import Fault, Place
from pipeline.intake.model import FileContent, UnreadableFileError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_PRIVATE = re.compile(r"[\ue000-\uf8ff\ufffd]")
_COMMON = frozenset(
    "的一是在不了有和人中大为上个国我以要他时来用们生到作地于出就分对成会可主发年同能下过"
    "行政处罚决定书当事人法第条款元月日号名称类别机关据本局内字"
)
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")

_REMEDY = "请用原程序重新导出，编码选 UTF-8 或 GB18030"


def decode(file: FileContent) -> str:
    """Return the characters of a text file, with line breaks as they stand.

    A byte-order mark is believed, then UTF-8, then GB18030; a charset that the file names itself
    is not, because portals name wrong ones. Raises ``UnreadableFileError`` for another encoding,
    a file cut off inside a character, or one that is not text.
    """
    content = file.content
    try:
        text = _decoded(content)
    except UnicodeDecodeError:
        problem = (
            "文件中有损坏的字符，或文件不完整"
            if _is_damaged_utf8(content)
            else "文件的文字编码无法识别"
        )
        raise _unreadable(file, problem) from None
    if text.count("\x00") * 100 > len(text):
        raise _unreadable(file, "文件的文字编码无法识别，或不是文本文件")
    return text


def cleaned(text: str) -> str:
    r"""Return ``text`` without characters that no reader sees, every line break as ``\n``.

    >>> cleaned("张\x00三\u202e\r\n")
    '张三\n'
    """
    if text.isprintable():
        return text
    return _UNSEEN.sub("", _BREAKS.sub("\n", text))


def _decoded(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        if _is_damaged_utf8(content):
            raise
    text = content.decode("gb18030")
    if not _reads_as_chinese(text):
        raise UnicodeDecodeError("gb18030", b"", 0, 0, "")
    return text


def _is_damaged_utf8(content: bytes) -> bool:
    """Say whether most of the file is good UTF-8, so that GB18030 would only garble it."""
    text = content.decode("utf-8", errors="replace")
    return len(_HAN.findall(text)) > 10 * text.count("\ufffd")


def _reads_as_chinese(text: str) -> bool:
    """Say whether a text decoded as GB18030 is not another encoding taken for it."""
    han = _HAN.findall(text)
    if _PRIVATE.search(text):
        return False
    return len(han) < 20 or sum(char in _COMMON for char in han) >= 0.04 * len(han)


def _unreadable(file: FileContent, problem: str) -> UnreadableFileError:
    return UnreadableFileError(Fault(Place(file.name), problem, _REMEDY))
