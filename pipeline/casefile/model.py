"""The case file as duties ask about it, and what a duty may find lacking."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from pipeline.domain.decision import Decision
from pipeline.domain.process_record import Act, Medium, ProcessRecord
from pipeline.policy.duty import Duty
from pipeline.policy.model import Clock


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
    """A decision with its records in the words of the policy."""

    decision: Decision
    today: date
    clocks: Mapping[str, Clock]
    entries: tuple[Entry, ...]

    def of(self, act: Act, medium: Medium | None = None) -> tuple[Entry, ...]:
        """Return the records of ``act``, of one medium or of both."""
        return tuple(
            each
            for each in self.entries
            if each.act is act and (medium is None or each.record.medium is medium)
        )

    def asked(self, duty: Duty) -> Iterator[tuple[Act, tuple[Entry, ...]]]:
        """Yield each act of ``duty`` that took place, with its records."""
        for act in duty.acts:
            if self.took_place(act):
                yield act, self.of(act)

    def took_place(self, act: Act) -> bool:
        """Say whether the case had this act: by a record of it, or by a field of the decision."""
        return act in self._told or any(each.act is act for each in self.entries)

    def days(self, act: Act) -> tuple[date, ...]:
        """Return the known days of ``act`` in order, those that fields tell among them."""
        recorded = {each.time.date() for each in self.of(act) if each.time}
        told = self._told.get(act)
        return tuple(sorted(recorded | ({told} if told else set())))

    @property
    def _told(self) -> Mapping[Act, date | None]:
        """Return the acts that fields of the decision tell of, with their day where it is known."""
        decision, review = self.decision, self.decision.legal_review
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
