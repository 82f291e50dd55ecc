"""存储、归档、保存: whether recordings were stored in time, filed, and are kept long enough."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from pipeline.casefile.model import CaseFile, Entry, Lack
from pipeline.domain.event import EventKind
from pipeline.domain.process_record import Act, Medium
from pipeline.policy.duty import Duty
from pipeline.policy.duty_words import APPEALED, OBSTRUCTED, SUDDEN
from pipeline.policy.model import Clock, Unit
from pipeline.policy.workdays import CalendarState, add_working_days

_FOR_EVER = re.compile(r"永久|长期")
_PERIOD = re.compile(r"(\d{1,3}|[一二两三四五六七八九十]{1,3})(?:个)?(月|年|日|天)")
_CHINESE = {word: n for n, word in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
_MONTHS = {"月": 1.0, "年": 12.0, "日": 1 / 31, "天": 1 / 31}


def stored_in_time(file: CaseFile, _: Duty) -> Iterator[Lack]:
    """Ask whether each recording was stored within the clock ``av_store`` of its end.

    A period of hours runs from the return to the unit (001 第二十二条); where that is not known
    and the time since the end of the recording is longer, it is a doubt.
    """
    clock = file.clocks.get("av_store")
    for entry in file.entries:
        if clock and entry.record.medium is Medium.AUDIO_VIDEO:
            yield from _stored(file, entry, clock)


def archived_in_time(file: CaseFile, duty: Duty) -> Iterator[Lack]:
    """Ask whether all records were filed within the clock ``archive`` of the end of the case.

    The end is the earliest known day of the acts of the duty (LAW.md C11). Where no pack sets the
    period, it is asked only whether the records are filed at all.
    """
    ends = sorted({day for act in duty.acts for day in file.days(act)[-1:]})
    if not ends:
        return
    clock = file.clocks.get("archive")
    due = _due(ends[0], clock)[0] if clock else None
    open_ = tuple(each for each in file.entries if each.record.archived_at is None)
    late = tuple(
        each
        for each in file.entries
        if due and each.record.archived_at and each.record.archived_at.date() > due
    )
    if late:
        yield Lack("归档超过期限", None, late)
    if open_:
        overdue = due is not None and file.today > due
        yield Lack("案件已经终结，没有写明归档时间", None, open_, adverse=overdue, due_on=due)


def kept_long_enough(file: CaseFile, duty: Duty) -> Iterator[Lack]:
    """Ask whether each recording is kept for the clock ``av_keep``, for ever in ``classes``."""
    clock = file.clocks.get("av_keep")
    for entry in file.entries:
        if entry.record.medium is not Medium.AUDIO_VIDEO:
            continue
        retention = entry.record.retention
        if not retention.strip():
            yield Lack("没有写明保存期限", None, (entry,), adverse=False)
        elif _FOR_EVER.search(retention):
            continue
        elif classes := _classes(file, entry) & set(duty.values("classes")):
            yield Lack(f"{'、'.join(sorted(classes))}，应当永久保存", None, (entry,))
        elif (months := _months(retention)) is None:
            yield Lack("保存期限不是“6个月”“2年”“永久”的写法", None, (entry,), adverse=False)
        elif clock and months < _least(clock):
            yield Lack(f"保存期限少于{clock.period}", None, (entry,))


def _stored(file: CaseFile, entry: Entry, clock: Clock) -> Iterator[Lack]:
    record, end = entry.record, entry.time
    if end is None:
        yield Lack("没有写明记录结束时间", None, (entry,), adverse=False)
        return
    if clock.unit is Unit.HOUR:
        begin = record.returned_at or end
        due = begin + timedelta(hours=clock.length)
        if record.stored_at and record.stored_at > due:
            sure = record.returned_at is not None
            problem = f"返回单位后超过{clock.period}存储"
            if not sure:
                problem = f"记录结束后超过{clock.period}存储，没有写明返回单位时间"
            yield Lack(problem, None, (entry,), adverse=sure)
        last, certain = due.date(), True
    else:
        last, certain = _due(end.date(), clock)
        if record.stored_at and record.stored_at.date() > last:
            yield Lack(f"超过{clock.period}存储", None, (entry,), adverse=certain)
    if record.stored_at is None:
        overdue = file.today > last and certain
        yield Lack("没有写明存储时间", None, (entry,), adverse=overdue, due_on=last)


def _due(start: date, clock: Clock) -> tuple[date, bool]:
    """Return the last day of a period of days, and whether that day is sure."""
    if clock.unit is Unit.WORKING_DAY:
        due = add_working_days(start, clock.length)
        return due.date, due.state is CalendarState.ANNOUNCED
    return start + timedelta(days=clock.length), True


def _classes(file: CaseFile, entry: Entry) -> set[str]:
    """Return why a recording must be kept: what it says itself, and what its case tells."""
    classes = set(entry.record.classes)
    if entry.act is Act.OBSTRUCTION:
        classes.add(OBSTRUCTED)
    if entry.act is Act.EMERGENCY:
        classes.add(SUDDEN)
    if any(event.kind is not EventKind.CREDIT_REPAIRED for event in file.decision.events):
        classes.update(APPEALED)
    return classes


def _months(retention: str) -> float | None:
    """Return the months that a period in words lasts; ``None`` for words that are no period."""
    match = _PERIOD.search(retention)
    if match is None:
        return None
    number, unit = match.groups()
    return _number(number) * _MONTHS[unit]


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (_CHINESE.get(tens, 1) * 10 if ten else 0) + _CHINESE.get(ones, 0)


def _least(clock: Clock) -> float:
    match clock.unit:
        case Unit.YEAR:
            return clock.length * 12.0
        case Unit.MONTH:
            return float(clock.length)
        case Unit.DAY | Unit.WORKING_DAY | Unit.HOUR:
            return clock.length / 31
