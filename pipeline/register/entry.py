"""One row of the decision table as a frozen value, and its way into and out of the columns."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from typing import Any

import msgspec

from pipeline.domain.annual import Tally
from pipeline.domain.event import StatusEvent
from pipeline.domain.public import CorrectionNote, Notice
from pipeline.domain.staff_act import StaffAct
from pipeline.domain.verdict import Reason
from pipeline.lifecycle.model import Cause, Past, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Everything the register keeps of a decision but its cleared text.

    ``published_on`` is when this program published it; ``first_published_on`` may be earlier, on
    an old site. ``unseen`` says that its page was never released yet. ``public_digest`` changes
    with what is public, ``revision`` is the run that last changed that, or the facts of law that
    were told of what has been public. ``acts`` are all that staff ever decided of it; ``acted``
    says that no run has taken up the last of them yet. ``tally`` is what it adds to the figures of
    its year, ``None`` when it imposes no penalty.
    """

    key: str
    slug: str
    case_number: str
    state: State
    decided_on: date | None = None
    first_published_on: date | None = None
    published_on: date | None = None
    changed_on: date | None = None
    expires_on: date | None = None
    unseen: bool = False
    cause: Cause | None = None
    source_digest: str = ""
    policy_digest: str = ""
    engine_digest: str = ""
    text_digest: str = ""
    content_digest: str = ""
    public_digest: str = ""
    reasons: tuple[Reason, ...] = ()
    pending: tuple[Reason, ...] = ()
    notice: Notice | None = None
    corrections: tuple[CorrectionNote, ...] = ()
    events: tuple[StatusEvent, ...] = ()
    settled: tuple[date, ...] = ()
    retired: tuple[str, ...] = ()
    revision: int = 0
    acts: tuple[StaffAct, ...] = ()
    acted: bool = False
    credit_class: str = ""
    tally: Tally | None = None

    @property
    def facts(self) -> tuple[object, ...]:
        """What was told in law and became of it: it decides whether a page that left may return."""
        return self.events, self.settled, self.retired

    @property
    def is_public(self) -> bool:
        """Whether the decision has an address on the site: a page or a notice."""
        return self.state not in {State.HELD, State.WITHHELD}

    def past(self) -> Past:
        """Return what the lifecycle is told of it. A page that nobody saw counts as held."""
        return Past(
            state=State.HELD if self.unseen else self.state,
            first_published_on=None if self.unseen else self.first_published_on,
            content_digest=self.content_digest,
            text_digest="" if self.unseen else self.text_digest,
            retired=frozenset(self.retired),
            events=self.events,
            settled=frozenset(() if self.unseen else self.settled),
            notice=self.notice,
            reasons=self.reasons,
            cause=self.cause,
            acts=self.acts,
            credit_class=self.credit_class,
        )


_JSON: Mapping[str, msgspec.json.Decoder[Any]] = {
    "reasons": msgspec.json.Decoder(tuple[Reason, ...]),
    "pending": msgspec.json.Decoder(tuple[Reason, ...]),
    "notice": msgspec.json.Decoder(Notice | None),
    "corrections": msgspec.json.Decoder(tuple[CorrectionNote, ...]),
    "events": msgspec.json.Decoder(tuple[StatusEvent, ...]),
    "settled": msgspec.json.Decoder(tuple[date, ...]),
    "retired": msgspec.json.Decoder(tuple[str, ...]),
    "acts": msgspec.json.Decoder(tuple[StaffAct, ...]),
    "tally": msgspec.json.Decoder(Tally | None),
}
_NAMES = tuple(field.name for field in fields(Entry))
_ENCODER = msgspec.json.Encoder()


def to_columns(entry: Entry) -> dict[str, Any]:
    """Return the row of ``entry``, by column."""
    row = {name: getattr(entry, name) for name in _NAMES}
    for name in _JSON:
        row[name] = _ENCODER.encode(row[name]).decode()
    return row | {
        "state": entry.state.value,
        "cause": entry.cause.value if entry.cause else "",
        "waiting": bool(entry.pending),
    }


def from_columns(row: Mapping[str, Any]) -> Entry:
    """Return the entry of a row. Raises ``msgspec.DecodeError`` or ``ValueError`` if damaged."""
    values = {name: row[name] for name in _NAMES}
    for name, decoder in _JSON.items():
        values[name] = decoder.decode(values[name])
    values["state"] = State(values["state"])
    values["cause"] = Cause(values["cause"]) if values["cause"] else None
    return Entry(**values)


def decode_acts(text: str) -> tuple[StaffAct, ...]:
    """Return the acts of staff in a column. Raises ``msgspec.DecodeError`` if damaged."""
    found: tuple[StaffAct, ...] = _JSON["acts"].decode(text)
    return found


@lru_cache(maxsize=10_000)
def read_tally(text: str) -> Tally | None:
    """Return what a column says a decision adds to its year; there are few different ones.

    Raises ``msgspec.DecodeError`` if damaged.
    """
    found: Tally | None = _JSON["tally"].decode(text)
    return found
