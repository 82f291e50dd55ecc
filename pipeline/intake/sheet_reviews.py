"""Sign-offs as a sheet says them: 法制审核 and 保密审查."""

import re
import unicodedata
from dataclasses import replace

from pipeline.domain.review import LegalReview, SecrecyReview
from pipeline.intake.sheet_values import RowCells

ANSWERS = ("state_secret", "commercial_secret", "privacy", "security")
"""The four questions of 保密审查, as columns and as fields of ``SecrecyReview``."""

_PASSED: dict[str, LegalReview] = {
    "通过": LegalReview(passed=True),
    "不通过": LegalReview(passed=False),
    "无需审核": LegalReview(required=False),
    "审核通过": LegalReview(passed=True),
    "同意": LegalReview(passed=True),
    "未通过": LegalReview(passed=False),
    "不予通过": LegalReview(passed=False),
    "审核不通过": LegalReview(passed=False),
    "不同意": LegalReview(passed=False),
    "退回": LegalReview(passed=False),
    "不需要审核": LegalReview(required=False),
    "无需": LegalReview(required=False),
    "不属于应当审核的": LegalReview(required=False),
}
_MATTERS = {
    "国家秘密": "state_secret",
    "密": "state_secret",
    "商业秘密": "commercial_secret",
    "个人隐私": "privacy",
    "隐私": "privacy",
    "四安全": "security",
}
_POINTS = frozenset("12345678")
_SECURITIES = frozenset({"国家安全", "公共安全", "经济安全", "社会稳定"})
_FOUR = "不涉及、涉及国家秘密、涉及商业秘密、涉及个人隐私、危及四安全"
_NONE_AT_ALL = frozenset({"不涉及", "未涉及", "均不涉及", "都不涉及", "四项均不涉及"})
_LIST = re.compile(r"[,;、和与或且但也]|(?<![涉危])及")
_PART = re.compile(r"(?:经审查)?(?P<no>均?[不未没])?(?P<verb>涉及|危及|涉|有)?(?P<matter>.*)")


def read_legal(row: RowCells, *, result: str, reviewer: str, on: str) -> LegalReview | None:
    """Return the 法制审核 of the row, ``None`` when it says nothing of it.

    ``result``, ``reviewer`` and ``on`` are the keys of the columns. A conclusion without a name
    and a day is a fault: a sign-off that nobody signed is none.
    """
    said = row.choice(result, _PASSED)
    required, discussed_on = row.answer("legal_required"), row.day("discussed_on")
    if said is None and required is None and discussed_on is None:
        return None
    review = said or LegalReview()
    if review.required is not None and required is not None and review.required != required:
        row.fault(result, "与是否应当法制审核一列矛盾", "请核对后改正")
    if review.passed is not None:
        _check_signed(row, reviewer, on)
    return replace(
        review,
        required=required if review.required is None else review.required,
        reviewer=row.text(reviewer),
        reviewed_on=row.day(on),
        discussed_on=discussed_on,
        points=_points(row),
    )


def read_secrecy(
    row: RowCells, *, result: str, reviewer: str, on: str, author: str
) -> SecrecyReview | None:
    """Return the 保密审查 of the row, ``None`` when it says nothing of it.

    ``不涉及`` alone answers all four questions with no. A single answer of the four columns goes
    before the conclusion; where the two disagree, the row is at fault and yes stands.
    """
    concluded = _conclusion(row, result)
    answers: dict[str, bool | None] = {}
    for key in ANSWERS:
        answer, said = row.answer(key), concluded.get(key)
        if answer is not None and said is not None and answer != said:
            row.fault(result, "审查结论与四项答复矛盾", "请核对后改正")
            answer = True
        answers[key] = said if answer is None else answer
    if all(answer is None for answer in answers.values()):
        return None
    _check_signed(row, reviewer, on)
    return SecrecyReview(
        **answers,
        reviewer=row.text(reviewer),
        author=row.text(author),
        reviewed_on=row.day(on),
    )


def _points(row: RowCells) -> frozenset[int]:
    """Return the reviewed points of the eight by number (003 第五十四条)."""
    parts = [re.sub(r"[第项]", "", part) for part in row.parts("legal_points", commas=True)]
    if parts in (["全部"], ["八"], ["1-8"], ["1至8"]):
        return frozenset(range(1, 9))
    if not all(part in _POINTS for part in parts):
        row.fault("legal_points", "不是 1 至 8 的编号", "请填：1、2、3……，都审核的填全部")
    return frozenset(int(part) for part in parts if part in _POINTS)


def _conclusion(row: RowCells, key: str) -> dict[str, bool]:
    text = row.verbatim(key)
    if not text:
        return {}
    word = re.sub(r"[\s。.]", "", unicodedata.normalize("NFKC", text))
    if word in {"", "/", "-", "—"}:
        return {}
    if word in _NONE_AT_ALL:
        return dict.fromkeys(ANSWERS, False)
    answers = _matters(word)
    if not answers:
        row.fault(key, "看不出四项中哪一项涉及、哪一项不涉及", f"请填：{_FOUR}")
    return answers


def _matters(word: str) -> dict[str, bool]:
    """Return the matters that a conclusion names; nothing when a part of it is not understood.

    不 or 涉及 holds for the matters after it until another one comes. One of the four securities
    is enough for yes; a no needs all four.
    """
    answers: dict[str, bool] = {}
    safe: set[str] = set()
    involved: bool | None = None
    for part in filter(None, _LIST.split(word)):
        match = _PART.fullmatch(part)
        if match is None:
            return {}
        if match["no"] or match["verb"]:
            involved = match["no"] is None
        matter = match["matter"]
        if involved is None or (matter not in _MATTERS and matter not in _SECURITIES):
            return {}
        if matter in _SECURITIES and not involved:
            safe.add(matter)
        else:
            answers[_MATTERS.get(matter, "security")] = involved
    if safe == _SECURITIES:
        answers.setdefault("security", False)
    return answers


def _check_signed(row: RowCells, reviewer: str, on: str) -> None:
    for key in (reviewer, on):
        if not row.text(key):
            row.fault(key, "有结论，没有审查人或日期", "请补填审查人和审查日期")
