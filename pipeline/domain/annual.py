"""年度执法数据: what one year's penalty decisions add up to. Counts and amounts, never a text."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.domain.money import Fen
from pipeline.domain.penalty import Penalty, PenaltyKind

Shares = tuple[tuple[str, int], ...]
"""How a total is made up: the name of each part and its count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualFigures:
    """The decisions made in ``year``, each counted once (LAW.md 2.8).

    ``made`` counts every decision that imposes a penalty, published or not, and also those
    withdrawn since. Each of ``kinds`` (by the heaviest penalty), ``areas``, ``parties`` (by the
    first party), ``procedures``, ``standings`` and ``months`` adds up to it. ``fined`` and
    ``confiscated`` are in 分. ``acts`` are what was done in the year whatever the year of the
    decision: 公示, 更正, 撤下, 期满. ``closed`` says that the year is over, ``counted_on`` when
    the figures last changed.

    Raises ``ValueError`` when a breakdown does not add up.
    """

    year: int
    closed: bool
    counted_on: date
    made: int
    kinds: Shares
    areas: Shares
    parties: Shares
    procedures: Shares
    standings: Shares
    months: Shares
    acts: Shares
    fined: Fen
    confiscated: Fen

    def __post_init__(self) -> None:
        """Refuse figures that do not add up."""
        for shares in self.breakdowns:
            if sum(count for _, count in shares) != self.made:
                raise ValueError("年度数据的分项之和不等于总数")

    @property
    def breakdowns(self) -> tuple[Shares, ...]:
        """Everything that adds up to ``made``."""
        return (
            *(self.kinds, self.areas, self.parties, self.procedures, self.standings),
            self.months,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What one decision adds to the figures of its year; ``area`` is a word of the bureau's list.

    Holds nothing of its text: what is withheld counts as well.
    """

    kind: PenaltyKind
    party: str
    procedure: str
    area: str
    fined: Fen = Fen(0)
    confiscated: Fen = Fen(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One decision as it stands: ``standing`` is the word of its state."""

    decided_on: date
    standing: str
    tally: Tally


def figures_of(
    year: int,
    decisions: Iterable[Counted],
    acts: Shares,
    *,
    counted_on: date,
    today: date,
) -> AnnualFigures:
    """Return the figures of ``year`` from its ``decisions`` and from what was done in it.

    Raises ``ValueError`` for a decision of another year.
    """
    found = tuple(decisions)
    if any(each.decided_on.year != year for each in found):
        raise ValueError("不是这一年的决定")
    order = [PenaltyKind.OTHER, *PenaltyKind]
    kinds = Counter(each.tally.kind for each in found)
    months = Counter(each.decided_on.month for each in found)
    return AnnualFigures(
        year=year,
        closed=today.year > year,
        counted_on=counted_on,
        made=len(found),
        kinds=tuple(
            (kind.value, kinds[kind]) for kind in sorted(kinds, key=order.index, reverse=True)
        ),
        areas=_shares(each.tally.area for each in found),
        parties=_shares(each.tally.party for each in found),
        procedures=_shares(each.tally.procedure for each in found),
        standings=_shares(each.standing for each in found),
        months=tuple((f"{month}月", months[month]) for month in range(1, 13)),
        acts=acts,
        fined=Fen(sum(each.tally.fined for each in found)),
        confiscated=Fen(sum(each.tally.confiscated for each in found)),
    )


def _shares(names: Iterable[str]) -> Shares:
    """Return how often each name comes, the most frequent first."""
    return tuple(sorted(Counter(names).items(), key=lambda item: (-item[1], item[0])))


def heaviest(penalties: Iterable[Penalty]) -> PenaltyKind:
    """Return the kind under which a decision counts; 其他 only when there is nothing else.

    >>> heaviest((Penalty(PenaltyKind.FINE), Penalty(PenaltyKind.WARNING))).value
    '罚款'
    """
    order: Sequence[PenaltyKind] = [PenaltyKind.OTHER, *PenaltyKind]
    kinds = (penalty.kind for penalty in penalties)
    return max(kinds, key=order.index, default=PenaltyKind.OTHER)


def annual_due_on(year: int) -> date:
    """Return the day before which the figures of ``year`` are public: 31 January (LAW.md 2.8)."""
    return date(year + 1, 1, 31)
