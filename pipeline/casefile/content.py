"""写全没有: whether each record holds what it must hold."""

import re
from collections.abc import Collection, Iterator
from datetime import date

from pipeline.casefile.model import CaseFile, Entry, Lack
from pipeline.domain.process_record import Act, Medium
from pipeline.policy.duty import Duty
from pipeline.policy.duty_words import EVIDENCE, FILE_NAME_PARTS


def contains(file: CaseFile, duty: Duty) -> Iterator[Lack]:
    """Ask whether every record of the acts, in one of ``media``, holds all of ``contents``."""
    media = frozenset(map(Medium, duty.values("media")))
    for act, entries in file.asked(duty):
        yield from _missing(act, [e for e in entries if e.record.medium in media], duty)


def contents_stated(file: CaseFile, _: Duty) -> Iterator[Lack]:
    """Ask whether the list says which points each record holds."""
    if silent := tuple(each for each in file.entries if not each.record.contents):
        yield Lack("没有写明记录载有哪些事项，相关要求没有核对", None, silent, adverse=False)


def evidence_contains(file: CaseFile, duty: Duty) -> Iterator[Lack]:
    """Ask whether every audio-video record used as evidence has all of ``contents`` noted."""
    for entry in _audio_video(file):
        if EVIDENCE in entry.record.classes:
            yield from _missing(None, [entry], duty)


def electronic_contains(file: CaseFile, duty: Duty) -> Iterator[Lack]:
    """Ask whether every audio-video record has all of ``contents`` noted, whatever its act."""
    for entry in _audio_video(file):
        yield from _missing(None, [entry], duty)


def transcribed(file: CaseFile, _: Duty) -> Iterator[Lack]:
    """Ask whether a recording of sound has a transcript (004 第二十七条)."""
    for entry in _audio_video(file):
        method = entry.record.method
        is_sound = "录音" in method and "录像" not in method
        if is_sound and "文字记录" not in entry.record.contents:
            yield Lack("录音没有附文字记录", None, (entry,))


def signed_or_noted(file: CaseFile, duty: Duty) -> Iterator[Lack]:
    """Ask whether every text record is signed, or says why not."""
    for act, entries in file.asked(duty):
        for entry in entries:
            record = entry.record
            if record.medium is not Medium.TEXT or record.signed:
                continue
            if record.signed is None:
                yield Lack("没有写明是否签字", act, (entry,), adverse=False)
            elif not record.note.strip():
                yield Lack("没有签字，也没有记录拒签情况", act, (entry,))


def refusal_filmed(file: CaseFile, duty: Duty) -> Iterator[Lack]:
    """Ask whether a refusal to sign was recorded in sound or picture too (001 第十一条)."""
    for act, entries in file.asked(duty):
        refused = tuple(e for e in entries if e.record.signed is False)
        if refused and not file.of(act, Medium.AUDIO_VIDEO):
            yield Lack("拒签没有音像记录", act, refused)


def two_officers(file: CaseFile, duty: Duty) -> Iterator[Lack]:
    """Ask whether every text record names two officers (行政处罚法 第四十二条)."""
    for act, entries in file.asked(duty):
        for entry in entries:
            officers = {"".join(name.split()) for name in entry.record.officers} - {""}
            if entry.record.medium is not Medium.TEXT or len(officers) >= 2:
                continue
            if officers:
                yield Lack("执法人员少于两人", act, (entry,))
            else:
                yield Lack("没有写明执法人员", act, (entry,), adverse=False)


def interruption_explained(file: CaseFile, duty: Duty) -> Iterator[Lack]:
    """Ask whether every recording went on without a break, or a break is explained.

    Only records of the acts of the duty are asked, all where it names none.
    """
    for entry in _audio_video(file):
        if duty.acts and entry.act not in duty.acts:
            continue
        if entry.record.interrupted is None:
            yield Lack("没有写明记录是否中断", None, (entry,), adverse=False)
        elif entry.record.interrupted and not entry.record.note.strip():
            yield Lack("记录中断，没有说明原因", None, (entry,))


def file_named(file: CaseFile, duty: Duty) -> Iterator[Lack]:
    """Ask whether audio-video files are named in the prescribed form: its ``parts`` in order.

    The eight digits must be the day of the recording, and the officer one of those on record,
    where these are known.
    """
    form = re.compile(r"[+_\-＋ ]?".join(FILE_NAME_PARTS[part] for part in duty.values("parts")))
    for entry in _audio_video(file):
        stem = re.sub(r"\.[A-Za-z0-9]{2,4}$", "", entry.record.file_name.strip())
        if not stem:
            yield Lack("没有写明文件名", None, (entry,), adverse=False)
        elif not _is_named(stem, form, entry):
            yield Lack("文件名不合规定格式", None, (entry,))


def _is_named(stem: str, form: re.Pattern[str], entry: Entry) -> bool:
    match = form.fullmatch(stem)
    if match is None:
        return False
    parts = match.groupdict()
    day = parts.get("day")
    try:
        named = date.fromisoformat(f"{day[:4]}-{day[4:6]}-{day[6:]}") if day else None
    except ValueError:
        return False
    days = {t.date() for t in (entry.record.started_at, entry.record.ended_at) if t}
    if named and days and named not in days:
        return False
    officers = {"".join(name.split()) for name in entry.record.officers} - {""}
    return "officer" not in parts or not officers or any(name in stem for name in officers)


def lacking(wanted: tuple[str, ...], held: Collection[str]) -> list[str]:
    """Return the points of ``wanted`` that are not ``held``; of “甲或乙” one is enough.

    >>> lacking(("付邮凭证", "回执或退回情况"), {"付邮凭证", "退回情况"})
    []
    """
    return [each for each in wanted if not any(one in held for one in each.split("或"))]


def _missing(act: Act | None, entries: list[Entry], duty: Duty) -> Iterator[Lack]:
    """Report records that lack points; that a list says no points at all is one duty's matter.

    A gate is asked for by name even then (``contents_stated`` asks for all the rest together).
    """
    for entry in entries:
        contents = entry.record.contents
        points = lacking(duty.values("contents"), contents)
        if points and contents:
            yield Lack(f"没有载明{'、'.join(points)}", act, (entry,))
        elif points and duty.is_gate:
            yield Lack("没有写明记录载有哪些事项", act, (entry,), adverse=False)


def _audio_video(file: CaseFile) -> Iterator[Entry]:
    return (each for each in file.entries if each.record.medium is Medium.AUDIO_VIDEO)
