"""Put together what several sources say about one decision; say where they contradict.

Priority where two say the same thing in their own words: export, extension column, review
sheet, document, attestation. Where they answer a gate differently, nobody wins: it is a fault.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import combinations
from typing import Any, cast

from pipeline.domain.document import Block
from pipeline.domain.faults import Fault, Place
from pipeline.domain.party import Party
from pipeline.domain.review import LegalReview, SecrecyReview, Source
from pipeline.domain.text import RawText
from pipeline.intake.model import Draft, DraftFields

TITLES = {
    "organ": "处罚机关",
    "decided_on": "处罚决定日期",
    "title": "文书标题",
    "parties": "当事人",
    "persons": "其他自然人",
    "procedure": "适用程序",
    "outcome": "处理结果",
    "violation_kind": "违法行为类型",
    "facts": "违法事实",
    "legal_basis": "处罚依据",
    "penalties": "处罚类别与金额",
    "penalty_text": "处罚内容",
    "act_date": "违法行为日期",
    "filed_on": "立案日期",
    "notified_on": "告知日期",
    "served_on": "送达日期",
    "service_method": "送达方式",
    "valid_until": "处罚有效期",
    "published_before": "首次公示日期",
    "performance": "履行情况",
    "remark": "备注",
    "events": "状态变化",
    "legal_review": "法制审核",
    "secrecy_review": "保密审查",
    "social_impact": "社会影响",
    "credit_class": "失信程度",
    "unsuitable": "不宜公开",
    "protected": "应隐去的片段",
    "process_records": "全过程记录",
    "document": "决定书全文",
}
"""The Chinese name of each field of a draft, for messages."""

_UNIONS = frozenset({"persons", "events", "protected", "process_records"})
_REVIEWS = frozenset({"legal_review", "secrecy_review"})
_GATES = frozenset({"procedure", "outcome", "decided_on", "served_on", "social_impact"})
_ANSWERS = ("passed", "required", "state_secret", "commercial_secret", "privacy", "security")
_PRIORITY = tuple(Source)


@dataclass(frozen=True, slots=True)
class Merged:
    """The fields that all drafts of one decision say together, from where, and the faults.

    ``places`` says for each field where the value that was taken stands.
    """

    fields: DraftFields
    places: Mapping[str, Place]
    sources: tuple[tuple[str, Source], ...]
    faults: tuple[Fault, ...]


def merge(drafts: Sequence[Draft]) -> Merged:
    """Return the drafts of one decision as one. Never chooses between contradicting answers."""
    ordered = sorted(drafts, key=lambda draft: (_PRIORITY.index(draft.source), draft.place))
    said = [(draft, _said(draft)) for draft in ordered]
    merged: dict[str, Any] = {}
    places: dict[str, Place] = {}
    sources: list[tuple[str, Source]] = []
    for name in TITLES:
        voices = [(draft, values[name]) for draft, values in said if name in values]
        if voices:
            merged[name] = _together(name, [value for _, value in voices])
            places[name] = voices[0][0].place
            sources += [(name, source) for source in _used(name, [d.source for d, _ in voices])]
    faults = {fault for draft in ordered for fault in draft.faults}
    for one, other in combinations(said, 2):
        faults.update(_contradictions(*one, *other))
    return Merged(cast("DraftFields", merged), places, tuple(sources), tuple(sorted(faults)))


def _said(draft: Draft) -> dict[str, Any]:
    """Return the fields that a draft says something in: an empty text or list says nothing."""
    fields = cast("dict[str, Any]", draft.fields)
    return {
        name: value
        for name, value in fields.items()
        if value is not None and not (isinstance(value, str | tuple) and not value)
    }


def _together(name: str, values: list[Any]) -> object:
    if name in _UNIONS:
        return tuple(dict.fromkeys(item for value in values for item in value))
    if name in _REVIEWS:
        return _filled(values)
    if name == "unsuitable":
        return any(values)
    return values[0]


def _filled(reviews: list[Any]) -> LegalReview | SecrecyReview:
    """Return the first review, each unanswered point filled from the next that answers it."""
    first: LegalReview | SecrecyReview = reviews[0]
    for other in reviews[1:]:
        gaps: dict[str, Any] = {
            field.name: getattr(other, field.name)
            for field in fields(first)
            if getattr(first, field.name) in (None, "", frozenset())
        }
        first = replace(first, **gaps)
    return first


def _used(name: str, sources: list[Source]) -> list[Source]:
    """Return the sources to record: all of a union or a review, the first otherwise."""
    several = name in _UNIONS or name in _REVIEWS or name == "unsuitable"
    used = sources if several else sources[:1]
    return [source for source in dict.fromkeys(used) if source is not Source.EXPORT]


def _contradictions(
    one: Draft, mine: dict[str, Any], other: Draft, theirs: dict[str, Any]
) -> Iterator[Fault]:
    same = one.source is other.source
    for name in mine.keys() & theirs.keys():
        if mine[name] != theirs[name] and _contradict(name, mine[name], theirs[name], same=same):
            yield _two_places(one.place, other.place, TITLES[name])


def _contradict(name: str, mine: Any, theirs: Any, *, same: bool) -> bool:  # noqa: ANN401
    """Say whether two different values of a field cannot both be true.

    Two records of the same source (``same``) must agree in everything but lists that add up.
    """
    if name in _REVIEWS:
        return any(
            {getattr(mine, answer, None), getattr(theirs, answer, None)} == {True, False}
            for answer in _ANSWERS
        )
    if name == "parties" and not same:
        return _names(mine).isdisjoint(_names(theirs))
    if name == "document":
        return _bare(mine) != _bare(theirs)
    if name in _UNIONS or name == "unsuitable":
        return False
    return same or name in _GATES


def _names(parties: tuple[Party, ...]) -> set[str]:
    """Return the names of parties and operators without width and spacing."""
    names = (name for party in parties for name in (party.name, party.representative))
    return {"".join(unicodedata.normalize("NFKC", name).split()) for name in names if name}


def _bare(blocks: tuple[Block[RawText], ...]) -> str:
    """Return the characters of a document without spacing, to compare two copies of it."""
    return "".join("".join(cell.split()) for b in blocks for row in b.rows for cell in row)


def _two_places(one: Place, other: Place, title: str) -> Fault:
    first, second = sorted((one, other))
    if (first.file, first.record) == (second.file, second.record):
        problem = f"记录写明的{title}与所附决定书全文不一致"
        return Fault(replace(first, field=title), problem, "请核对后改成一致")
    other_place = " · ".join(part for part in (second.file, second.record) if part)
    return Fault(
        replace(first, field=title),
        f"同一文号有两处，{title}不一致（另一处：{other_place}）",
        "请核对后只留正确的一处，或者改成一致",
    )
