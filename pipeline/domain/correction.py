"""更正: what a citizen asks about a published page, what was decided on it, and what became of it.

Who asks, how to reach them and what they claim is private: it is kept in the register and in the
state folder and never printed by ``repr``.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pipeline.domain.basis import Basis
from pipeline.domain.text import RawText

_NUMBER = re.compile(
    r"(?P<word>\D{0,2}?)\s*[〔\[【(]?(?P<year>20\d\d)[〕\]】)-]\s*(?P<n>\d{1,6})号?"
)


class Kind(StrEnum):
    """What is asked: 更正 (000 公示 第十二条), 说明解释 (003 第二十一条第二款), or nothing.

    ``OWN`` is an error that the bureau found itself (000 公示 第十二条, first sentence).
    """

    CORRECTION = "更正申请"
    EXPLANATION = "说明解释"
    OWN = "自行更正"

    @property
    def word(self) -> str:
        """The word of its number; each word has its own series a year."""
        return {Kind.CORRECTION: "更正", Kind.EXPLANATION: "解释", Kind.OWN: "自更"}[self]


class Ruling(StrEnum):
    """How a request ended."""

    ACCEPTED = "予以更正"
    PARTLY = "部分更正"
    REFUSED = "不予更正"
    EXPLAINED = "已作说明解释"
    WITHDRAWN = "申请人撤回"

    @property
    def changes_page(self) -> bool:
        """Whether something on the page is to be corrected."""
        return self in {Ruling.ACCEPTED, Ruling.PARTLY}


class Way(StrEnum):
    """How an accepted correction reaches the page at a rebuild."""

    EXPORT = "随更正后的导出"
    HIDE = "隐去"
    NOTE = "更正说明"


@dataclass(frozen=True, slots=True, order=True)
class RequestNumber:
    """The number of a request: its word, the year of receipt and a running number.

    >>> str(RequestNumber("更正", 2026, 3)), RequestNumber("更正", 2026, 3).slug
    ('更正〔2026〕3号', '2026-3-correction')
    >>> RequestNumber.parse("更正[2026]3号") == RequestNumber.parse("2026-3")
    True
    """

    word: str
    year: int
    running: int

    @classmethod
    def parse(cls, text: str) -> "RequestNumber":
        """Return the number written in ``text``; without a word it is one of 更正.

        Raises ``ValueError`` (without the text) when it is none.
        """
        match = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
        words = {kind.word for kind in Kind}
        if match is None or (match["word"] or "更正") not in words:
            raise ValueError("不是更正申请的编号")
        return cls(match["word"] or "更正", int(match["year"]), int(match["n"]))

    def __str__(self) -> str:
        """Return the number as letters and lists show it."""
        return f"{self.word}〔{self.year}〕{self.running}号"

    @property
    def slug(self) -> str:
        """An ASCII name for files and folders."""
        kinds = {kind.word: kind.name.lower() for kind in Kind}
        return f"{self.year}-{self.running}-{kinds[self.word]}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One file that came with a request: its safe name in the folder, bytes and SHA-256."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as it came in. ``key`` and ``case_number`` are those of the decision.

    ``folder`` is the name of the folder below ``state/corrections`` that holds the evidence.
    """

    kind: Kind
    key: str
    case_number: str
    received_on: date
    officer: str
    asker: RawText = field(default=RawText(""), repr=False)
    contact: RawText = field(default=RawText(""), repr=False)
    claim: RawText = field(default=RawText(""), repr=False)
    evidence: tuple[Evidence, ...] = ()
    folder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """What was decided, by whom, why and under which articles.

    ``note`` is the public 更正说明; ``hidden`` are values to hide on the page from now on, raw.
    ``reason`` goes into the letter and is private.
    """

    ruling: Ruling
    on: date
    actor: str
    reason: RawText = field(default=RawText(""), repr=False)
    bases: tuple[Basis, ...] = ()
    way: Way | None = None
    note: str = ""
    hidden: tuple[RawText, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replied:
    """The written answer: its date, number, who made it, and SHA-256 of each file by name."""

    on: date
    actor: str
    letter_number: str
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request with all that has become of it. ``applied_on`` is when the page changed."""

    number: RequestNumber
    asked: Asked
    ruled: Ruled | None = None
    replied: Replied | None = None
    applied_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What an accepted correction does to one page; handed to each rebuild.

    ``hidden`` values are hidden every night, also after it took effect.
    """

    number: RequestNumber
    key: str
    way: Way
    note: str
    hidden: tuple[RawText, ...] = field(default=(), repr=False)
