"""The case file as duties ask about it, and what a duty may find lacking."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from pipeline.domain.decision import Decision
from pipeline.domain.process_record import Act, Medium, ProcessRecord, plain_word
from pipeline.policy.duty import Duty
from pipeline.policy.model import Clock, Policy


@dataclass(frozen=True, slots=True)
class Entry:
    """A record of the list with its place in it, from 1, and the act that its word means.

    ``act`` is ``None`` for a word that no pack knows.
    """

    number: int
    act: Act | None
    record: ProcessRecord = field(repr=False)

    @property
    def time(self) -> datetime | None:
        """When the act ended, or else began."""
        return self.record.ended_at or self.record.started_at


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is lacking. ``problem`` is in general words: it never holds protected text.

    ``adverse`` is whether a duty was broken, not merely unproven; ``due_on`` the last day on which
    it can still be done in time.
    """

    problem: str
    act: Act | None = None
    entries: tuple[Entry, ...] = ()
    adverse: bool = True
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A decision with its records in the words of the policy.

    ``by_act`` holds the records of each act; ``told`` are the acts that fields of the decision
    tell of, with their day where it is known; ``text`` is the whole document, a line a cell.
    """

    decision: Decision
    today: date
    clocks: Mapping[str, Clock]
    entries: tuple[Entry, ...]
    by_act: Mapping[Act | None, tuple[Entry, ...]]
    told: Mapping[Act, date | None]
    text: str = field(repr=False)

    def of(self, act: Act, medium: Medium | None = None) -> tuple[Entry, ...]:
        """Return the records of ``act``, of one medium or of both."""
        found = self.by_act.get(act, ())
        return tuple(each for each in found if medium is None or each.record.medium is medium)

    def asked(self, duty: Duty) -> Iterator[tuple[Act, tuple[Entry, ...]]]:
        """Yield each act of ``duty`` that took place, with its records."""
        for act in duty.acts:
            if self.took_place(act):
                yield act, self.of(act)

    def took_place(self, act: Act) -> bool:
        """Say whether the case had this act: by a record of it, or by a field of the decision."""
        return act in self.told or act in self.by_act

    def days(self, act: Act) -> tuple[date, ...]:
        """Return the known days of ``act`` in order, those that fields tell among them."""
        recorded = {each.time.date() for each in self.of(act) if each.time}
        told = self.told.get(act)
        return tuple(sorted(recorded | ({told} if told else set())))


def open_file(decision: Decision, policy: Policy, *, today: date) -> CaseFile:
    """Return the case file of ``decision`` in the words of ``policy``."""
    entries = tuple(
        Entry(number, policy.acts.get(plain_word(record.act)), record)
        for number, record in enumerate(decision.process_records, start=1)
    )
    by_act: dict[Act | None, tuple[Entry, ...]] = {}
    for entry in entries:
        by_act[entry.act] = (*by_act.get(entry.act, ()), entry)
    cells = (cell for block in decision.document for row in block.rows for cell in row)
    return CaseFile(
        decision=decision,
        today=today,
        clocks=policy.clocks,
        entries=entries,
        by_act=by_act,
        told=_told(decision),
        text="\n".join(cells),
    )


def _told(decision: Decision) -> Mapping[Act, date | None]:
    review = decision.legal_review
    days = {
        Act.FILING: decision.filed_on,
        Act.NOTICE: decision.notified_on,
        Act.REVIEW: review.reviewed_on,
        Act.DISCUSSION: review.discussed_on,
        Act.SERVICE: decision.served_on,
    }
    told: dict[Act, date | None] = {act: day for act, day in days.items() if day}
    if review.passed is not None:
        told.setdefault(Act.REVIEW, None)
    return told


Predicate = Callable[[CaseFile, Duty], Iterator[Lack]]
"""One question to a case file: what is lacking. Pure."""
