"""Accepted corrections reach their pages: the dated 更正说明, and what is hidden from now on.

A correction takes effect in the run that examined its decision and knew of it. Values to hide
that could not be hidden tonight suspend the page: doubt never discloses.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa

from pipeline.domain.basis import Basis
from pipeline.domain.correction import Amendment, Way
from pipeline.domain.public import CorrectionNote
from pipeline.domain.verdict import Effect, Reason
from pipeline.lifecycle.model import State
from pipeline.policy.model import Policy
from pipeline.register import corrections, ledger
from pipeline.register.judge import Judged, renoted, suspended

_PLAIN = "更正了不准确的内容"


def not_hidden_yet(basis: Basis) -> Reason:
    """Return why a page is suspended: what an accepted correction hides could not be hidden."""
    return Reason(
        "correction-hide",
        Effect.HOLD,
        "更正决定应隐去的内容还没有隐去，这次导出没有带来可以公开的文书",
        basis,
        "把这件决定放回导出，再运行 gongshi rebuild",
    )


@dataclass
class Amender:
    """The accepted corrections that a run finds waiting, and what it does with them."""

    connection: sa.Connection
    journal: ledger.Journal
    today: date
    _waiting: dict[str, list[Amendment]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read what waits, in the transaction of the run."""
        for each in corrections.unapplied(self.connection):
            self._waiting.setdefault(each.key, []).append(each)

    def amend(self, judged: Judged, known: Sequence[str]) -> Judged:
        """Return the next row of an examined decision with the notes that it gets today.

        ``known`` are the numbers of the corrections with which it was redacted.
        """
        waiting = self._waiting.get(judged.new.key)
        if not waiting:
            return judged
        ready = [each for each in waiting if str(each.number) in known and _is_ready(each, judged)]
        for each in ready:
            waiting.remove(each)
            corrections.mark_applied(self.connection, each.number, self.today)
            self.journal.append(
                each.key, corrections.APPLIED, {"ground": f"{each.way} {each.number}"}
            )
        return renoted(judged, _notes(judged, ready, self.today), self.today)

    def suspensions(self, policy: Policy) -> list[Judged]:
        """Return the next rows of pages that still show what an accepted correction hides."""
        keys = [key for key, waiting in self._waiting.items() if any(e.hidden for e in waiting)]
        why = not_hidden_yet(policy.clocks["correct"].basis)
        return [
            suspended(entry, why, policy, self.today)
            for batch in ledger.batches(sorted(keys))
            for entry in ledger.entries(self.connection, batch).values()
            if entry.state is State.PUBLISHED
        ]


def _is_ready(amendment: Amendment, judged: Judged) -> bool:
    """Whether tonight's page is the corrected one."""
    new, old = judged.new, judged.old
    if new.state is not State.PUBLISHED or new.pending:
        return False
    if amendment.way is not Way.EXPORT:
        return True
    return old is not None and new.text_digest != old.text_digest


def _notes(judged: Judged, ready: Iterable[Amendment], today: date) -> tuple[CorrectionNote, ...]:
    """Return the notes of the page: that of a new text is taken over by the request it answers."""
    before = judged.old.corrections if judged.old else ()
    told = list(judged.new.corrections[len(before) :])
    for each in ready:
        text = each.note
        if each.way is Way.EXPORT and told:
            own = told.pop()
            text = text or own.text
        plain = (text or _PLAIN).rstrip("。")
        told.append(CorrectionNote(today, f"{plain}（{each.number}）。"))
    return (*before, *told)
