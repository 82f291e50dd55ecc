"""先后: whether each step came before the one that depends on it."""

from collections.abc import Iterator

from pipeline.casefile.model import CaseFile, Lack
from pipeline.domain.process_record import Act, Medium
from pipeline.policy.duty import Duty
from pipeline.policy.model import Unit
from pipeline.policy.workdays import CalendarState, add_working_days

_INQUIRY = (
    Act.QUESTIONING,
    Act.INSPECTION,
    Act.SAMPLING,
    Act.PRESERVATION,
    Act.SEIZURE,
    Act.COLLECTING,
    Act.APPRAISAL,
)
_URGENT = "情况紧急"
_WAIVED = "放弃陈述申辩"


def notice_before_decision(file: CaseFile, _: Duty) -> Iterator[Lack]:
    """Ask whether the party was told before the decision (行政处罚法 第四十四条).

    The first notice counts; one of the day of the decision came too late.
    """
    days = file.days(Act.NOTICE)
    if not days:
        yield Lack("没有告知记录，也没有写明告知日期", Act.NOTICE, adverse=False)
    elif days[0] >= file.decision.decided_on:
        yield Lack("告知没有早于决定日期", Act.NOTICE, file.of(Act.NOTICE))


def statement_or_waiver(file: CaseFile, _: Duty) -> Iterator[Lack]:
    """Ask whether the party's statement, or that there was none, is on record."""
    if file.of(Act.STATEMENT, Medium.TEXT):
        return
    notices = file.of(Act.NOTICE, Medium.TEXT)
    if any(_WAIVED in each.record.contents for each in notices):
        return
    if notices and not any(each.record.contents for each in notices):
        yield Lack("没有写明陈述申辩或者放弃的情况", Act.STATEMENT, notices, adverse=False)
    else:
        yield Lack("没有陈述申辩笔录，也没有记录放弃的情况", Act.STATEMENT)


def approved_before_decision(file: CaseFile, _: Duty) -> Iterator[Lack]:
    """Ask whether the head signed the approval, on a known day, not after the decision."""
    entries = file.of(Act.APPROVAL, Medium.TEXT)
    if not entries:
        yield Lack("没有负责人审批记录", Act.APPROVAL, adverse=False)
        return
    late = tuple(e for e in entries if e.time and e.time.date() > file.decision.decided_on)
    if len(late) == len(entries):
        yield Lack("负责人审批晚于决定日期", Act.APPROVAL, late)
    elif unsigned := tuple(e for e in entries if e.record.signed is False):
        yield Lack("负责人没有签署意见", Act.APPROVAL, unsigned)
    elif not any(e.record.signed and e.time for e in entries):
        yield Lack("没有写明签署意见和签发时间", Act.APPROVAL, entries, adverse=False)


def filed_before_inquiry(file: CaseFile, _: Duty) -> Iterator[Lack]:
    """Ask whether the case was filed before the inquiry, or in an emergency soon after.

    A filing marked 情况紧急 has the hours of the clock ``file_urgently`` from its beginning.
    """
    filings = [each for each in file.of(Act.FILING) if each.record.ended_at]
    begun = [e.record.started_at for a in _INQUIRY for e in file.of(a) if e.record.started_at]
    if not filings:
        if begun:
            yield Lack("没有写明立案审批时间", Act.FILING, file.of(Act.FILING), adverse=False)
        return
    filing = filings[0]
    approved, started = filing.record.ended_at, filing.record.started_at
    assert approved is not None  # noqa: S101 - chosen above
    if not begun or approved <= min(begun):
        return
    clock = file.clocks.get("file_urgently")
    if _URGENT not in filing.record.contents:
        yield Lack("立案审批晚于调查取证，没有注明情况紧急", Act.FILING, (filing,))
    elif clock is not None and clock.unit is Unit.HOUR:
        begin = min(begun) if started is None else min(started, *begun)
        if (approved - begin).total_seconds() > clock.length * 3600:
            yield Lack(f"情况紧急补办审批超过 {clock.length} 小时", Act.FILING, (filing,))


def preservation_settled(file: CaseFile, duty: Duty) -> Iterator[Lack]:
    """Ask whether a handling decision followed a preservation of evidence in time.

    The decision on what was preserved is a text record whose title has one of ``documents``
    (行政处罚法 第五十六条: 七日, 工作日 by 第八十五条).
    """
    clock = file.clocks.get("settle_preservation")
    entries = file.of(Act.PRESERVATION)
    if clock is None or not entries:
        return
    words = duty.values("documents")
    settled = [e for e in entries if any(word in e.record.document for word in words)]
    begun = [e.time for e in entries if e.time and e not in settled]
    if not begun:
        yield Lack("没有写明先行登记保存的时间", Act.PRESERVATION, entries, adverse=False)
        return
    due = add_working_days(min(begun).date(), clock.length)
    sure = due.state is CalendarState.ANNOUNCED
    done = [e.time.date() for e in settled if e.time]
    if done and min(done) <= due.date:
        return
    if done:
        yield Lack("处理决定超过期限", Act.PRESERVATION, tuple(settled), adverse=sure)
    elif settled:
        yield Lack("没有写明处理决定的时间", Act.PRESERVATION, tuple(settled), adverse=False)
    else:
        late = file.today > due.date and sure
        yield Lack("没有处理决定", Act.PRESERVATION, entries, adverse=late, due_on=due.date)
