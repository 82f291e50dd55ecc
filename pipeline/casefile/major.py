"""重大行政处罚: whether a decision is of a kind that the law or the agency's catalogue calls major.

Answered from the fields first, then from plain words of the document; a mere doubt counts,
because what must be reviewed and was not must not go out.
"""

import re
from collections.abc import Iterator

from pipeline.casefile.model import CaseFile
from pipeline.domain.decision import Decision
from pipeline.domain.money import Fen
from pipeline.domain.party import PartyKind
from pipeline.domain.process_record import Act
from pipeline.policy.duty import Duty

CLASSES = (
    "涉及国家和社会公共利益",
    "可能造成重大社会影响或者引发社会风险",
    "直接关系当事人或者他人重大权益",
    "经过听证程序",
    "案情复杂、涉及多个法律关系",
    "法律、法规、规章规定应当审核",
    "列入本机关审核目录",
)
"""The seven classes of 003 第五十一条, which hold the four of 行政处罚法 第五十八条."""

_PERSONAL = frozenset({PartyKind.NATURAL_PERSON, PartyKind.INDIVIDUAL_BUSINESS})
_CLAUSE = re.compile(r"[，,。；;：:！!？?\n]")
_NEGATED = re.compile(r"[未不无没]|要求|申请|有权|可以|权利|放弃|逾期|如|拟|应当")
_HEARD = re.compile(r"(?:举行|召开|组织|经过|经|开展)了?.{0,8}听证|听证(?:会|程序)?(?:后|中|认为)")


def major(file: CaseFile, duty: Duty) -> tuple[str, ...]:
    """Return the classes of ``CLASSES`` that the decision is of, in order; none for a plain one.

    Parameters: ``kinds`` of penalty; ``fine_person`` and ``fine_organisation``, yuan from which a
    fine or confiscation is large; ``words`` of the document; ``causes`` and ``statutes`` of the
    agency's catalogue.
    """
    stated = {CLASSES[number - 1] for number in file.decision.legal_review.classes}
    found = stated | set(_by_fields(file, duty)) | set(_by_words(file, duty))
    return tuple(each for each in CLASSES if each in found)


def _by_fields(file: CaseFile, duty: Duty) -> Iterator[str]:
    decision = file.decision
    kinds = {penalty.kind.value for penalty in decision.penalties}
    if kinds & set(duty.values("kinds")) or _is_large(decision, duty):
        yield CLASSES[2]
    if file.took_place(Act.HEARING):
        yield CLASSES[3]
    cause = f"{decision.violation_kind}\n{decision.title}"
    if any(entry in cause for entry in duty.values("causes")):
        yield CLASSES[6]
    if any(statute in decision.legal_basis for statute in duty.values("statutes")):
        yield CLASSES[5]


def _is_large(decision: Decision, duty: Duty) -> bool:
    """Say whether the money of all penalties together reaches the least limit that applies."""
    limits = [
        Fen(int(yuan) * 100)
        for party in decision.parties
        for yuan in duty.values("fine_person" if party.kind in _PERSONAL else "fine_organisation")
    ]
    total = sum(penalty.amount or 0 for penalty in decision.penalties)
    return bool(limits) and total >= min(limits)


def _by_words(file: CaseFile, duty: Duty) -> Iterator[str]:
    """Yield the classes that clauses of the document state, without a negation or condition."""
    decision = file.decision
    text = f"{decision.facts}\n{decision.penalty_text}\n{decision.remark}\n{file.text}"
    words = [word for word in duty.values("words") if word in text]
    if not words and "听证" not in text:
        return
    for clause in _CLAUSE.split(text):
        if "听证" in clause and _HEARD.search(clause) and not _NEGATED.search(clause):
            yield CLASSES[3]
        for word in words:
            if word in clause and not _NEGATED.search(clause.replace(word, "")):
                yield _class_of(word)


def _class_of(word: str) -> str:
    if "利益" in word:
        return CLASSES[0]
    if "影响" in word or "风险" in word or "群体" in word:
        return CLASSES[1]
    return CLASSES[4]
