"""未成年人: the punished person's age at the act, and any other minor who can be recognised.

A shop that sells cigarettes “to minors” names nobody: a minor counts when there is a name, a
school, an age or a number that could belong to one (未成年人保护法 第一百零三条).
"""

import re
from datetime import date, timedelta

from pipeline.domain.party import Party, PartyKind, Role
from pipeline.screening.answer import NO, Answer, Case, Params, doubt, gravest, missing, yes
from pipeline.screening.births import Evidence, age_on, birth_in_number
from pipeline.screening.minor_words import named_minor, says_party_is_minor

_OF_AGE, _PUNISHABLE = 18, 14
_LIMITATION = timedelta(days=5 * 366)
"""How long before the filing an act may lie at most (行政处罚法 第三十六条)."""

_PARTY_LABEL = re.compile(r"当事人|被处罚人|行政相对人|姓名|经营者")
_OTHER_LABEL = re.compile(
    r"证人|受害人|被害人|监护人|代理人|负责人|代表人|[其之][子女]|儿子|女儿|学生|购买|顾客|消费者"
    r"|家属|父亲|母亲|投诉人|举报人|员工|未成年人"
)
_HUMAN = {PartyKind.NATURAL_PERSON, PartyKind.INDIVIDUAL_BUSINESS}


def party_is_minor(case: Case, _: Params) -> Answer:
    """Ask for the age of every punished person at the act; an unknown age is missing."""
    people = [party for party in case.decision.parties if party.kind in _HUMAN]
    if not people:
        return NO
    answers = [_party(case, party, alone=len(people) == 1) for party in people]
    names = [party.name for party in people if party.is_natural]
    words = says_party_is_minor(case.text, names)
    return gravest(*answers, words)


def party_under_fourteen(case: Case, _: Params) -> Answer:
    """Ask whether a punished person was under fourteen, by fields or the person's own words."""
    for party in (p for p in case.decision.parties if p.kind in _HUMAN):
        births = [*_told_births(party), *(e.latest_birth for e in _own(case, party))]
        if any(age_on(birth, _reference(case)) < _PUNISHABLE for birth in births):
            return yes()
    return NO


def other_minor(case: Case, _: Params) -> Answer:
    """Ask whether another minor is listed, or can be recognised in the text."""
    decision = case.decision
    listed = [
        yes("其他人员中列有未成年人")
        for person in decision.persons
        if person.role is Role.MINOR or (person.birth_date and _is_minor(case, person.birth_date))
    ]
    representatives = [
        yes("法定代表人或者负责人未成年")
        for party in decision.parties
        if party.kind not in _HUMAN and any(_is_minor(case, b) for b in _told_births(party))
    ]
    guardians = [doubt("其他人员中列有监护人") for p in decision.persons if p.role is Role.GUARDIAN]
    return gravest(*listed, *representatives, *guardians, _in_text(case))


def _in_text(case: Case) -> Answer:
    own = {e for party in case.decision.parties if party.kind in _HUMAN
           for e in _own(case, party)}  # fmt: skip
    if any(_is_minor(case, e.latest_birth) for e in case.ages if e not in own):
        return doubt("文书载有未成年人的出生日期、证件号码或者年龄")
    silent = {Role.OFFICER, Role.REVIEWER}
    names = [person.name for person in case.decision.persons if person.role not in silent]
    return named_minor(case.text, names)


def _party(case: Case, party: Party, *, alone: bool) -> Answer:
    """Return whether one punished person was a minor, by the fields, else by the text."""
    told = [_judge(case, birth) for birth in _told_births(party)]
    read = [_judge(case, e.latest_birth) for e in _own(case, party, alone=alone)]
    if told:
        contradicted = any(answer.sureness > NO.sureness for answer in read)
        return gravest(*told, doubt("文书所载年龄与字段不一致") if contradicted and read else NO)
    if read or not party.is_natural:
        return gravest(*read)
    return missing("当事人的年龄")


def _told_births(party: Party) -> list[date]:
    numbers = (birth_in_number(number) for number in party.identifiers)
    return [birth for birth in (party.birth_date, *numbers) if birth]


def _own(case: Case, party: Party, *, alone: bool = True) -> list[Evidence]:
    """Return the evidence that stands behind the party's name, or behind 当事人 when alone."""
    return [item for item in case.ages if _stands_behind(case, item.place, party, alone=alone)]


def _stands_behind(case: Case, place: int, party: Party, *, alone: bool) -> bool:
    before = case.text[max(0, place - 90) : place]
    marks = [before.rfind(name) for name in (party.name, party.representative) if name]
    if alone:
        marks += [match.start() for match in _PARTY_LABEL.finditer(before)]
    others = [match.start() for match in _OTHER_LABEL.finditer(before)]
    others += [
        before.rfind(other.name) for other in case.decision.parties if other.name != party.name
    ]
    return max(marks, default=-1) > max(others, default=-1)


def _judge(case: Case, birth: date) -> Answer:
    """Return whether somebody born on ``birth`` was a minor at the act."""
    if _is_minor(case, birth):
        return yes()
    if case.decision.act_date is None:
        earliest = _reference(case) - _LIMITATION
        if age_on(birth, earliest) < _OF_AGE:
            return doubt("违法行为日期没有说明，当时可能未满十八周岁")
    return NO


def _is_minor(case: Case, birth: date) -> bool:
    return age_on(birth, _reference(case)) < _OF_AGE


def _reference(case: Case) -> date:
    """Return the day of the act, or the last day it can have been."""
    decision = case.decision
    return decision.act_date or min(decision.filed_on or decision.decided_on, decision.decided_on)
