"""What a 决定书 says of itself in plain words. Only statements; nothing is concluded.

A phrase under a condition, in a question or with a negation says nothing here. Markings of
secrecy (机密★) are left in the text for screening to see.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import zip_longest

from pipeline.domain.case_number import CaseNumber
from pipeline.domain.dates import parse_date
from pipeline.domain.decision import Organ, Outcome, Procedure
from pipeline.domain.document import Block, BlockKind, paragraph
from pipeline.domain.faults import Fault
from pipeline.domain.review import LegalReview, Source
from pipeline.domain.text import RawText
from pipeline.intake.model import DocumentFile, Draft, DraftFields
from pipeline.intake.words_party import parties_in

_WIDE = tuple((mark, unicodedata.normalize("NFKC", mark)) for mark in "，：；（）！？％－￥")
"""The wide marks of ordinary text: where they are replaced first, most of it needs no more."""

_HEAD_LINES = 15
_TAIL_LINES = 40
_NUMBER = re.compile(
    r"[\u3400-\u9fff（()）]{2,30}\s*[〔﹝\[［【（(]\s*(?:19|20)\d\d\s*[〕﹞\]］】）)]"
    r"\s*第?\s*\d{1,8}(?:[-—之]\d{1,4})?\s*号"
)
_LABEL = re.compile(r"^(?:行政处罚)?(?:决定书)?(?:文号|文书编号|编号)\s*[：:]\s*")
_TITLE = re.compile(r"^(?P<title>.{0,60}?决定书(?:[（(][^（()）〔]{1,12}[)）])?)(?P<rest>.*)$")
_ORGAN = re.compile(
    r"^[\u3400-\u9fff（）()]{3,40}(?:局|委员会|政府|厅|分局|支队|大队|总队|办公室|办事处)$"
)
_BEFORE_TITLE = re.compile(
    r"^([\u3400-\u9fff（）()]{3,40}(?:局|委员会|政府|厅|队|办公室|办事处))"
    r"(?:税务|当场|不予)*(?:行政)?处罚"
)
_DATE = (
    r"(?:\d{4}年\d{1,2}月\d{1,2}日|[〇○零ΟO一二三四五六七八九]{4}年"
    r"[一二三四五六七八九十元正]{1,2}月[一二三四五六七八九十廿卅]{1,3}日)"
)
_SIGNED = re.compile(
    rf"^(?:.{{0,40}}(?:局|委员会|政府|队|[章印][)）]))?(?P<day>{_DATE})(?:[(（].*)?$"
)
_UNSURE = re.compile(
    r"[不未非无]|如[果需]?|若|可以|应[当该]|需要|是否|除|规定|转[为换]|改[为用]|拟|待"
)
_AGREED = re.compile(r"无(?:不同)?(?:异议|意见)")
_ORDINARY = re.compile(r"适用(?:行政处罚)?(?:普通|一般)程序")
_SUMMARY = re.compile(r"适用(?:行政处罚)?简易程序")
_REVIEWED = re.compile(r"(?:经|通过)[^，。；]{0,20}法制审核")
_REFUSED = re.compile(r"法制审核(?:未|没有|不予)通过|未(?:能)?通过[^，。；]{0,12}法制审核")
_SUMMARY_TITLE = re.compile(r"当场|简易程序")


def read_words(document: DocumentFile) -> Draft:
    """Return what the document says, as a draft of ``Source.DOCUMENT`` with its blocks.

    The draft has no 文号 when none stands plainly in the head.
    """
    return Draft(
        place=document.place,
        source=Source.DOCUMENT,
        digest=document.digest,
        case_number=find_case_number(document.blocks),
        fields={**said_by(document.blocks), "document": document.blocks},
        faults=tuple(_contradictions(document)),
    )


def said_by(blocks: tuple[Block[RawText], ...]) -> DraftFields:
    """Return the fields that the words of a document state plainly."""
    lines = tuple(lines_of(blocks))
    fields = DraftFields()
    title = _title(lines)
    if title:
        fields["title"] = RawText(title)
        if outcome := _outcome(title):
            fields["outcome"] = outcome
    if organ := _organ(lines):
        fields["organ"] = Organ(organ)
    if (decided_on := _signature_date(lines)) is not None:
        fields["decided_on"] = decided_on
    procedures = _procedures(title, lines)
    if len(procedures) == 1:
        (fields["procedure"],) = procedures
    if (passed := _legal_review(lines)) is not None:
        fields["legal_review"] = LegalReview(passed=passed)
    has_table = any(block.kind is BlockKind.TABLE for block in blocks)
    if parties := parties_in(tuple(_with_labels(blocks)) if has_table else lines):
        fields["parties"] = parties
    return fields


def _contradictions(document: DocumentFile) -> Iterator[Fault]:
    lines = tuple(lines_of(document.blocks))
    if len(_procedures(_title(lines), lines)) > 1:
        yield Fault(
            replace(document.place, field="适用程序"),
            "文书中既写普通程序，又写简易程序或当场处罚",
            "请核对文书；确实如此的，请更正文书后重新导出",
        )


def lines_of(blocks: tuple[Block[RawText], ...]) -> Iterator[str]:
    """Yield the lines of a document in order, cells of tables too, without outer spaces.

    Width is unified (NFKC) except for brackets around a year, which NFKC leaves readable.
    """
    for block in blocks:
        for row in block.rows:
            for cell in row:
                for line in _narrow(cell).splitlines():
                    if plain := line.strip():
                        yield plain


def _narrow(text: str) -> str:
    """Return a text in NFKC."""
    for wide, narrow in _WIDE:
        text = text.replace(wide, narrow)
    return unicodedata.normalize("NFKC", text)


def _with_labels(blocks: tuple[Block[RawText], ...]) -> Iterator[str]:
    """Yield the lines; in a table, a short cell without a mark is the label of the next one."""
    for block in blocks:
        for row in block.rows:
            cells = [line for cell in row for line in lines_of((paragraph(cell),))]
            if block.kind is not BlockKind.TABLE:
                yield from cells
                continue
            for label, value in zip_longest(cells, cells[1:], fillvalue=""):
                short = len(label) <= 16 and ":" not in label
                yield f"{_close(label)}:{value}" if short and ":" not in value else label


def find_case_number(blocks: tuple[Block[RawText], ...]) -> CaseNumber | None:
    """Return the document's own 文号: the first one in its head that is not a citation.

    A line that is only a number comes before one that contains it.
    """
    raw_lines = [
        line.strip()
        for block in blocks
        for row in block.rows
        for cell in row
        for line in cell.splitlines()
        if line.strip()
    ][:_HEAD_LINES]
    for line in raw_lines:
        plain = _LABEL.sub("", line).split("决定书")[-1]
        if _NUMBER.fullmatch(plain):
            with suppress(ValueError):
                return CaseNumber.parse(plain)
    for line in raw_lines:
        if number := case_number_in(line):
            return number
    return None


def case_number_in(text: str) -> CaseNumber | None:
    """Return the first 文号 written in a line or a file name, unless it cites another document.

    >>> case_number_in("行政处罚决定书某综执罚决字〔2026〕12号").key
    '某综执罚决字〔2026〕12'
    """
    for match in _NUMBER.finditer(text):
        before = text[: match.start()]
        if before.rstrip("（(").endswith(("》", "《")) or "案号" in before[-4:]:
            continue
        own = re.split(r"决定书|文号|编号", match[0])[-1].lstrip("（(：: ")
        with suppress(ValueError):
            return CaseNumber.parse(own)
    return None


def _title(lines: tuple[str, ...]) -> str:
    return next(filter(None, map(_title_in, lines[:_HEAD_LINES])), "")


def _title_in(line: str) -> str:
    """Return the title a line consists of; the 文号 may follow it on the same line."""
    match = _TITLE.match(_close(line)) if "书" in line else None
    if match is None or (match["rest"] and not _NUMBER.match(match["rest"])):
        return ""
    return match["title"]


def _close(line: str) -> str:
    """Return a line without the spaces that set a title wide."""
    return re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", line)


def _organ(lines: tuple[str, ...]) -> str:
    for line in lines[:_HEAD_LINES]:
        plain = _close(line)
        if _ORGAN.match(plain):
            return plain
        if _title_in(line):
            before = _BEFORE_TITLE.match(plain)
            return before[1] if before else ""
    return ""


def _outcome(title: str) -> Outcome | None:
    if "不予" in title:
        return Outcome.NO_PENALTY
    return Outcome.PENALTY if "处罚决定书" in title else None


def _signature_date(lines: tuple[str, ...]) -> date | None:
    """Return the day under the signature; ``None`` when there are several different ones."""
    days: set[date] = set()
    for line in lines[-_TAIL_LINES:]:
        if match := _SIGNED.match(line.replace(" ", "")):
            with suppress(ValueError):
                days.add(parse_date(match["day"]))
    return days.pop() if len(days) == 1 else None


def _procedures(title: str, lines: tuple[str, ...]) -> frozenset[Procedure]:
    found = set()
    if _SUMMARY_TITLE.search(title):
        found.add(Procedure.SUMMARY)
    for clause in _clauses(lines):
        if _UNSURE.search(clause):
            continue
        if _ORDINARY.search(clause):
            found.add(Procedure.ORDINARY)
        if _SUMMARY.search(clause):
            found.add(Procedure.SUMMARY)
    return frozenset(found)


def _legal_review(lines: tuple[str, ...]) -> bool | None:
    passed: bool | None = None
    for clause in _clauses(lines):
        if _REFUSED.search(clause):
            return False
        if _REVIEWED.search(clause) and not _UNSURE.search(_AGREED.sub("", clause)):
            passed = True
    return passed


def _clauses(lines: tuple[str, ...]) -> Iterator[str]:
    for line in lines:
        if "程序" in line or "法制审核" in line:
            yield from re.split(r"[，。；;,！？?]", line)
