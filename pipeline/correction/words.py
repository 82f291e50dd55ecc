"""What people type, made fit to be kept: no control characters, not empty, not endless.

No message holds the words themselves.
"""

import unicodedata
from dataclasses import dataclass

from pipeline.domain.faults import ExitCode, GongshiError


class CorrectionError(GongshiError):
    """A step on a request that cannot be taken; the message says why and what to do."""

    exit_code = ExitCode.USAGE


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is asked of staff: its Chinese name and how many characters it may have."""

    title: str
    longest: int
    lines: bool = False
    may_lack: bool = False


ASKER = Entry("申请人", 100)
CONTACT = Entry("联系方式", 200)
CLAIM = Entry("申请内容", 5000, lines=True)
OFFICER = Entry("承办人", 50)
ACTOR = Entry("处理人", 50)
REASON = Entry("理由", 5000, lines=True)
NOTE = Entry("更正说明", 300, may_lack=True)
HIDDEN = Entry("应隐去的内容", 500)
LETTER_NUMBER = Entry("发文字号", 60)

_BLANKS = str.maketrans(dict.fromkeys("\t\u00a0\u3000", " "))


def clean(text: str, entry: Entry) -> str:
    """Return ``text`` composed (NFC), with plain blanks and, where allowed, its line ends.

    Raises ``CorrectionError`` when it is empty, too long, or holds characters that steer a
    terminal or turn the direction of writing.
    """
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    plain = plain.translate(_BLANKS).strip()
    if entry.lines:
        plain = "\n".join(line.strip() for line in plain.split("\n") if line.strip())
    if not plain and not entry.may_lack:
        raise CorrectionError(f"没有填写{entry.title}。请填写后再运行")
    if len(plain) > entry.longest:
        raise CorrectionError(
            f"{entry.title}超过 {entry.longest} 字。请写得简短些，原件作为证据存入"
        )
    if any(_is_hostile(each) for each in plain if not (entry.lines and each == "\n")):
        raise CorrectionError(f"{entry.title}里有看不见的控制字符。请重新输入这一项")
    return plain


def _is_hostile(character: str) -> bool:
    """Say whether a character is no letter, sign or blank: control, format, private, unassigned."""
    return unicodedata.category(character) in {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}
