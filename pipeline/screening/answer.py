"""What a predicate answers, and the case it is asked about."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from pipeline.domain.decision import Decision
from pipeline.screening.births import Evidence


class Sureness(IntEnum):
    """Whether a rule applies; later in the list weighs more."""

    NO = 0
    MISSING = 1
    DOUBT = 2
    YES = 3


@dataclass(frozen=True, slots=True, order=True)
class Answer:
    """An answer with a note on what exactly is amiss; never holds text of the decision."""

    sureness: Sureness
    note: str = ""


NO = Answer(Sureness.NO)


def missing(note: str = "") -> Answer:
    """Return that a value needed for the answer is not there."""
    return Answer(Sureness.MISSING, note)


def doubt(note: str) -> Answer:
    """Return that something speaks for the rule, and a person must look."""
    return Answer(Sureness.DOUBT, note)


def yes(note: str = "") -> Answer:
    """Return that the rule applies."""
    return Answer(Sureness.YES, note)


def gravest(*answers: Answer) -> Answer:
    """Return the answer that weighs most; the first of equals."""
    return max(answers, key=lambda answer: answer.sureness, default=NO)


@dataclass(frozen=True, slots=True)
class Case:
    """A decision with what several predicates read of it, made once.

    ``text`` is all of it in one string, a line a block or cell, in NFKC; ``headings`` are its
    headings and first lines, where a marking of secrecy stands; ``ages`` is what the text says
    of days of birth and ages.
    """

    decision: Decision
    today: date
    text: str = field(repr=False)
    headings: tuple[str, ...] = field(repr=False)
    ages: tuple[Evidence, ...] = field(repr=False)


Params = Mapping[str, tuple[str, ...]]

Predicate = Callable[[Case, Params], Answer]
"""One question to a case. Pure; the parameters come from the pack."""
