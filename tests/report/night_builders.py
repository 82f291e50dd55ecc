"""A night's outcome with one of everything; all invented."""

from datetime import UTC, date, datetime, timedelta

from pipeline.domain.basis import Basis
from pipeline.domain.faults import Fault, Place
from pipeline.domain.finding import Finding
from pipeline.domain.verdict import Effect, Reason
from pipeline.lifecycle.attention import Act, Attention, OpenDecision, RuleTotal
from pipeline.lifecycle.deadlines import Deadline
from pipeline.lifecycle.model import State, Urgency
from pipeline.policy.load import load_policy
from pipeline.policy.workdays import CalendarState, DueDate
from pipeline.report.night.compose import Outcome
from pipeline.report.night.model import RequestTally, RunFacts, SiteFacts, StepTime

TODAY = date(2026, 6, 10)
BASIS = Basis("某县公示办法", "第八条第一项")
POLICY = load_policy("changshan-2021")
REVIEW = Reason("legal-review", Effect.HOLD, "法制审核未完成", BASIS, "补充审核结论")
UNREADABLE = Reason("lifecycle-unreadable", Effect.HOLD, "导出记录无法读取", BASIS, "见报告")


def number(n: int) -> str:
    return f"青综执罚决字〔2026〕第{n}号"


def deadline(clock: str, days: int, urgency: Urgency) -> Deadline:
    due = DueDate(TODAY + timedelta(days=days), CalendarState.ANNOUNCED)
    rule = POLICY.clocks[clock]
    return Deadline(
        clock=clock, title=rule.title, since=TODAY, due=due, urgency=urgency, basis=rule.basis
    )


def held(n: int, *reasons: Reason, due: Deadline | None = None) -> OpenDecision:
    return OpenDecision(
        key=f"青综执罚决字〔2026〕{n}",
        case_number=number(n),
        state=State.HELD,
        reasons=reasons or (REVIEW,),
        deadlines=(due,) if due else (),
    )


def finding(*, due_on: date | None = None, is_gate: bool = False) -> Finding:
    return Finding(
        rule="service-receipt",
        act="送达",
        document="送达回证",
        title="没有受送达人签章",
        basis=Basis("某县全过程记录办法", "第十条"),
        remedy="补送达回证或者拒收说明",
        is_gate=is_gate,
        due_on=due_on,
    )


def attention(*open_decisions: OpenDecision) -> Attention:
    act = Act(seq=7, on=TODAY, case_number=number(9), kind="新公示", actor="gongshi rebuild",
              summary="公示中")  # fmt: skip
    total = RuleTotal(rule="minor-party", title="被处罚人是未成年人", basis=str(BASIS), count=2)
    return Attention(
        standing={State.PUBLISHED: 5, State.HELD: len(open_decisions), State.WITHHELD: 2},
        open=open_decisions,
        withheld=(total,),
        acts=(act,),
        act_totals={"发布": 1, "新公示": 1},
    )


def run_facts() -> RunFacts:
    began = datetime(2026, 6, 10, 2, 0, tzinfo=UTC)
    return RunFacts(
        started_at=began,
        seconds=12.5,
        steps=(StepTime(title="读取导出", amount=8, seconds=1.25),),
        policy="某县公示办法",
        policy_digest="ab" * 32,
        version="0.1.0",
        last_success_at=began + timedelta(seconds=12),
    )


def outcome(**other: object) -> Outcome:
    """Return a night that ended well; ``other`` replaces fields."""
    fields: dict[str, object] = {
        "agency": "青石县综合行政执法局",
        "today": TODAY,
        "run": run_facts(),
        "policy": POLICY,
        "received": 8,
        "placed": {State.PUBLISHED: 5, State.WITHHELD: 2, State.HELD: 1},
        "doubted": 1,
        "attention": attention(
            held(3), held(2, due=deadline("publish", 1, Urgency.SOON)),
            held(1, due=deadline("publish", -4, Urgency.OVERDUE)),
        ),
        "faults": (Fault(Place("处罚.xlsx", "第3行", "决定日期"), "不是日期", "改成日期"),),
        "findings": {number(9): (finding(), finding(due_on=TODAY + timedelta(days=20)))},
        "requests": RequestTally(
            since=TODAY.replace(month=1, day=1), until=TODAY, in_time=4, late=1, open=2, overdue=1,
            accepted=2, partly=1, refused=1, explained=1, withdrawn=1,
        ),
        "site": SiteFacts(files=30, added=1, changed=2, removed=0, digest="cd" * 32),
    }  # fmt: skip
    return Outcome(**{**fields, **other})  # type: ignore[arg-type]
