"""One JSON record that satisfies the schema → the fields of a draft.

``null`` and a missing field are the same: not said.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any, cast

from pipeline.domain.decision import Organ, Outcome, Procedure
from pipeline.domain.document import Block, bullets, heading, paragraph, table
from pipeline.domain.event import EventKind, StatusEvent
from pipeline.domain.money import parse_yuan
from pipeline.domain.party import OtherPerson, Party, PartyKind, Role
from pipeline.domain.penalty import Penalty, PenaltyKind
from pipeline.domain.process_record import Medium, ProcessRecord
from pipeline.domain.review import LegalReview, SecrecyReview
from pipeline.domain.text import RawText
from pipeline.intake.model import DraftFields

Record = Mapping[str, Any]
"""A JSON object that the schema has accepted."""

BEIJING = timezone(timedelta(hours=8))
"""The zone of a time that names none."""


def draft_fields(record: Record) -> DraftFields:
    """Return what ``record`` says, field by field.

    Raises ``ValueError`` only for a time of day that does not exist (the schema checks days).
    """
    said = said_in(record)
    fields = {name: read(said[name]) for name, read in _READ.items() if name in said}
    if "document_text" in said:
        fields["document"] = text_blocks(said["document_text"])
    return cast("DraftFields", fields)


def said_in(record: Record) -> dict[str, Any]:
    """Return the members of ``record`` that say something."""
    return {name: value for name, value in record.items() if value is not None}


def text_blocks(text: str) -> tuple[Block[RawText], ...]:
    """Return plain text as paragraphs, one a line; empty lines are dropped."""
    return tuple(paragraph(RawText(line.strip())) for line in text.splitlines() if line.strip())


def _organ(value: Record) -> Organ:
    said = said_in(value)
    return Organ(said["name"].strip(), said.get("code", ""))


def _party(value: Record) -> Party:
    said = said_in(value)
    return Party(
        kind=PartyKind(said["kind"]),
        name=RawText(said["name"].strip()),
        code=said.get("code", ""),
        representative=RawText(said.get("representative", "").strip()),
        identifiers=_texts(said.get("identifiers", ())),
        contacts=_texts(said.get("contacts", ())),
        address=RawText(said.get("address", "")),
        birth_date=_day(said.get("birth_date")),
    )


def _person(value: Record) -> OtherPerson:
    said = said_in(value)
    return OtherPerson(
        name=RawText(said["name"].strip()),
        role=Role(said.get("role", Role.OTHER)),
        birth_date=_day(said.get("birth_date")),
    )


def _penalty(value: Record) -> Penalty:
    said = said_in(value)
    amount = parse_yuan(said["amount_yuan"]) if "amount_yuan" in said else None
    return Penalty(PenaltyKind(said["kind"]), amount)


def _event(value: Record) -> StatusEvent:
    said = said_in(value)
    return StatusEvent(
        kind=EventKind(said["kind"]),
        effective_on=date.fromisoformat(said["effective_on"]),
        received_on=_day(said.get("received_on")),
        organ=said.get("organ", ""),
        ground=RawText(said.get("ground", "")),
        remade_as=said.get("remade_as", ""),
    )


def legal_review(value: Record) -> LegalReview:
    """Return the 法制审核 as stated."""
    said = said_in(value)
    return LegalReview(
        required=said.get("required"),
        passed=said.get("passed"),
        reviewer=RawText(said.get("reviewer", "")),
        reviewed_on=_day(said.get("reviewed_on")),
        discussed_on=_day(said.get("discussed_on")),
        points=frozenset(map(int, said.get("points", ()))),
        classes=frozenset(map(int, said.get("classes", ()))),
    )


def secrecy_review(value: Record) -> SecrecyReview:
    """Return the 保密审查 as stated."""
    said = said_in(value)
    return SecrecyReview(
        state_secret=said.get("state_secret"),
        commercial_secret=said.get("commercial_secret"),
        privacy=said.get("privacy"),
        security=said.get("security"),
        reviewer=RawText(said.get("reviewer", "")),
        author=RawText(said.get("author", "")),
        reviewed_on=_day(said.get("reviewed_on")),
    )


def _process_record(value: Record) -> ProcessRecord:
    said = said_in(value)
    return ProcessRecord(
        act=said["act"],
        medium=Medium(said["medium"]),
        document=said.get("document", ""),
        file_name=RawText(said.get("file_name", "")),
        method=said.get("method", ""),
        started_at=_time(said.get("started_at")),
        ended_at=_time(said.get("ended_at")),
        returned_at=_time(said.get("returned_at")),
        stored_at=_time(said.get("stored_at")),
        archived_at=_time(said.get("archived_at")),
        officers=_texts(said.get("officers", ())),
        signed=said.get("signed"),
        interrupted=said.get("interrupted"),
        note=RawText(said.get("note", "")),
        contents=tuple(said.get("contents", ())),
        retention=said.get("retention", ""),
        classes=tuple(said.get("classes", ())),
    )


def _block(value: Record) -> Block[RawText]:
    match value["type"]:
        case "heading":
            return heading(RawText(value["text"]), int(value.get("level", 1)))
        case "list":
            return bullets(_texts(value["items"]))
        case "table":
            return table(tuple(_texts(row) for row in value["rows"]))
        case _:
            return paragraph(RawText(value["text"]))


def _texts(values: tuple[str, ...] | list[str]) -> tuple[RawText, ...]:
    return tuple(RawText(value) for value in values)


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _time(value: str | None) -> datetime | None:
    if value is None:
        return None
    try:
        time = datetime.fromisoformat(value)
    except ValueError:
        raise ValueError("时间不存在") from None
    return time.replace(tzinfo=BEIJING) if time.tzinfo is None else time.astimezone(BEIJING)


def _each(read: Callable[[Any], object]) -> Callable[[list[Any]], object]:
    return lambda values: tuple(map(read, values))


_READ: dict[str, Callable[[Any], object]] = {
    "organ": _organ,
    "decided_on": date.fromisoformat,
    "title": RawText,
    "parties": _each(_party),
    "persons": _each(_person),
    "procedure": Procedure,
    "outcome": Outcome,
    "violation_kind": RawText,
    "facts": RawText,
    "legal_basis": RawText,
    "penalties": _each(_penalty),
    "penalty_text": RawText,
    "act_date": date.fromisoformat,
    "filed_on": date.fromisoformat,
    "notified_on": date.fromisoformat,
    "served_on": date.fromisoformat,
    "service_method": str,
    "valid_until": date.fromisoformat,
    "published_before": date.fromisoformat,
    "performance": str,
    "remark": RawText,
    "events": _each(_event),
    "legal_review": legal_review,
    "secrecy_review": secrecy_review,
    "social_impact": bool,
    "credit_class": str,
    "unsuitable": bool,
    "protected": _each(RawText),
    "process_records": _each(_process_record),
    "document": _each(_block),
}
