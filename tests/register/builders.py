"""Values with valid defaults for the tests of lifecycle, register and projection. All invented."""

import hashlib
from datetime import date
from functools import cache

from pipeline.domain.basis import Basis
from pipeline.domain.case_number import CaseNumber
from pipeline.domain.cleared import ClearedDecision, ClearedParty, ClearedText, Run
from pipeline.domain.document import heading, paragraph, table
from pipeline.domain.event import EventKind, StatusEvent
from pipeline.domain.money import Fen
from pipeline.domain.party import PartyKind
from pipeline.domain.penalty import Penalty, PenaltyKind
from pipeline.domain.protected import Category
from pipeline.domain.public import Notice, PublicRecord, Standing
from pipeline.domain.verdict import Effect, Reason, Verdict
from pipeline.policy.model import Clock, Policy, Unit
from pipeline.register.model import Digests, Examined

DECIDED = date(2024, 5, 6)
FIRST = date(2024, 5, 10)
PENALTY_ACT = "中华人民共和国行政处罚法"
RULE = Basis("某县公示办法", "第八条第一项")

CLEAR = Verdict(())
MISSING = Verdict(
    (Reason("secrecy-review", Effect.HOLD, "缺保密审查", RULE, "补充审查结论", adverse=False),)
)
DOUBT = Verdict((Reason("minor-doubt", Effect.HOLD, "年龄存疑", RULE, "核实年龄"),))
FORBIDDEN = Verdict((Reason("minor", Effect.WITHHOLD, "被处罚人是未成年人", RULE),))


@cache
def policy(*, years: int = 5, removal_limit: float = 0.1) -> Policy:
    """Return a small policy with the clocks of the product's default."""
    clocks = (
        _clock("publish", 7, Unit.WORKING_DAY, "某县公示办法", "第十条"),
        _clock("withdraw", 3, Unit.WORKING_DAY, PENALTY_ACT, "第四十八条"),
        _clock("correct", 5, Unit.WORKING_DAY, "某县公示办法", "第十二条"),
        _clock("expire", years, Unit.YEAR, "某县公示办法", "第十一条"),
    )
    return Policy(
        key="test",
        title="测试规则",
        screening=(),
        masks={},
        names={},
        clocks={clock.key: clock for clock in clocks},
        overruled=(),
        doubt_limit=3,
        removal_limit=removal_limit,
        digest=f"policy-{years}-{removal_limit}",
    )


def _clock(key: str, length: int, unit: Unit, document: str, article: str) -> Clock:
    return Clock(
        key=key, title=key, length=length, unit=unit, basis=Basis(document, article), pack="test"
    )


def happened(kind: EventKind, on: date = date(2024, 6, 3), *, remade_as: str = "") -> StatusEvent:
    """Return an event in the life of a decision."""
    return StatusEvent(kind=kind, effective_on=on, remade_as=remade_as)


def number(n: int = 1) -> CaseNumber:
    """Return the n-th 文号."""
    return CaseNumber.parse(f"某综执罚决字〔2024〕第{n}号")


def text(words: str) -> ClearedText:
    """Return words with nothing hidden in them."""
    return (Run(words),)


def cleared(n: int = 1, *, words: str = "占道经营", party: str = "") -> ClearedDecision:
    """Return the n-th decision as redaction hands it on."""
    case = number(n)
    masked: ClearedText = (Run("见证人"), Run("张某", Category.PERSON, str(RULE)), Run("在场。"))
    return ClearedDecision(
        key=case.key,
        slug=case.slug,
        case_number=case.display,
        organ="某县综合行政执法局",
        organ_code="",
        decided_on=DECIDED,
        title=text("行政处罚决定书"),
        parties=(ClearedParty(kind=PartyKind.LEGAL_PERSON, name=text(party or f"某商贸公司{n}")),),
        violation_kind=text("擅自占道"),
        facts=text(words),
        legal_basis=text("《某条例》第五条"),
        penalties=(Penalty(PenaltyKind.FINE, Fen(50_000)), Penalty(PenaltyKind.WARNING)),
        penalty_text=text("罚款500元"),
        performance=text("已履行"),
        remark=(),
        document=(
            heading(text("行政处罚决定书")),
            paragraph(masked),
            table(((text("甲"), text("乙")), (text("丙"),))),
        ),
        masked=((Category.PERSON, str(RULE)),),
    )


def examined(
    n: int = 1,
    *,
    verdict: Verdict | None = CLEAR,
    words: str = "占道经营",
    events: tuple[StatusEvent, ...] = (),
    engine: str = "engine",
    policy_digest: str = "policy-5-0.1",
    performance: str = "已履行",
    published_before: date | None = None,
) -> Examined:
    """Return the n-th decision after screening and redaction."""
    publishable = verdict is not None and verdict.effect is Effect.PUBLISH
    return Examined(
        case_number=number(n),
        digests=Digests(
            _sha256(f"{n}{words}{events}{verdict}{performance}"), policy_digest, engine
        ),
        verdict=verdict,
        cleared=cleared(n, words=words + performance) if publishable else None,
        text_digest=_sha256(f"{n}{words}"),
        decided_on=DECIDED,
        events=events,
        published_before=published_before,
    )


def _sha256(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def record(n: int = 1, *, words: str = "占道经营", party: str = "") -> PublicRecord:
    """Return the n-th decision as it is published."""
    decision = cleared(n, words=words, party=party)
    return PublicRecord(
        key=decision.key,
        slug=decision.slug,
        case_number=decision.case_number,
        standing=Standing.PUBLISHED,
        first_published_on=FIRST,
        changed_on=FIRST,
        decision=decision,
        digest=f"{n}{words}{party}",
    )


def gone(n: int = 1, standing: Standing = Standing.WITHDRAWN) -> PublicRecord:
    """Return the n-th decision as a notice."""
    case = number(n)
    return PublicRecord(
        key=case.key,
        slug=case.slug,
        case_number=case.display,
        standing=standing,
        first_published_on=FIRST,
        changed_on=date(2024, 6, 3),
        notice=Notice(date(2024, 6, 3), "撤销", "已撤销。", str(RULE)),
        digest=f"gone-{n}-{standing}",
    )
