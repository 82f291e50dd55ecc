"""The figures of a year, counted by hand for a small set, and their sums for any."""

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.annual import (
    AnnualFigures,
    Counted,
    Tally,
    annual_due_on,
    figures_of,
    heaviest,
)
from pipeline.domain.money import Fen
from pipeline.domain.penalty import Penalty, PenaltyKind
from pipeline.projection.codec import decode_figures, encode_figures

TODAY = date(2026, 11, 20)


def counted(
    month: int,
    kind: PenaltyKind,
    *,
    standing: str = "公示中",
    party: str = "法人",
    area: str = "市容环卫",
    fined: int = 0,
    confiscated: int = 0,
) -> Counted:
    tally = Tally(
        kind=kind,
        party=party,
        procedure="普通程序",
        area=area,
        fined=Fen(fined),
        confiscated=Fen(confiscated),
    )
    return Counted(decided_on=date(2025, month, 9), standing=standing, tally=tally)


def figures(*decisions: Counted, today: date = TODAY) -> AnnualFigures:
    acts = (("首次公示", 3), ("更正", 1))
    return figures_of(2025, decisions, acts, counted_on=date(2026, 1, 6), today=today)


def test_a_small_year_counted_by_hand() -> None:
    made = figures(
        counted(1, PenaltyKind.FINE, fined=1200050),
        counted(1, PenaltyKind.WARNING, party="自然人", area="其他"),
        counted(3, PenaltyKind.FINE, standing="撤下", fined=20000, confiscated=99),
        counted(12, PenaltyKind.STOP_BUSINESS, standing="不予公开", fined=1),
    )
    assert made.made == 4
    assert made.kinds == (("责令停产停业", 1), ("罚款", 2), ("警告", 1))
    assert made.areas == (("市容环卫", 3), ("其他", 1))
    assert made.parties == (("法人", 3), ("自然人", 1))
    assert made.standings == (("公示中", 2), ("不予公开", 1), ("撤下", 1))
    assert dict(made.months) | {"1月": 2, "3月": 1, "12月": 1} == dict(made.months)
    assert (made.fined, made.confiscated) == (1220051, 99)
    assert made.acts == (("首次公示", 3), ("更正", 1))
    assert made.closed


def test_a_year_is_closed_on_the_first_day_of_the_next() -> None:
    assert not figures(today=date(2025, 12, 31)).closed
    assert figures(today=date(2026, 1, 1)).closed
    assert annual_due_on(2025) == date(2026, 1, 31)


@pytest.mark.parametrize(
    ("kinds", "counted_as"),
    [
        (("罚款", "警告"), "罚款"),
        (("没收违法所得", "罚款"), "没收违法所得"),
        (("责令停产停业", "吊销许可证件"), "责令停产停业"),
        (("其他", "警告"), "警告"),
        (("其他",), "其他"),
        ((), "其他"),
    ],
)
def test_a_decision_counts_once_under_its_heaviest_penalty(
    kinds: tuple[str, ...], counted_as: str
) -> None:
    assert heaviest(Penalty(PenaltyKind(kind)) for kind in kinds).value == counted_as


DECISIONS = st.lists(
    st.builds(
        Counted,
        decided_on=st.integers(0, 364).map(lambda n: date(2025, 1, 1) + timedelta(days=n)),
        standing=st.sampled_from(["公示中", "不予公开", "待核", "撤下", "期满"]),
        tally=st.builds(
            Tally,
            kind=st.sampled_from(PenaltyKind),
            party=st.sampled_from(["自然人", "法人", "未载明"]),
            procedure=st.sampled_from(["普通程序", "简易程序", "未载明"]),
            area=st.sampled_from(["市容环卫", "城乡规划", "其他"]),
            fined=st.integers(0, 10**10).map(Fen),
            confiscated=st.integers(0, 10**10).map(Fen),
        ),
    ),
    max_size=40,
)


@given(DECISIONS)
def test_every_breakdown_adds_up_and_survives_its_way_to_the_site(decisions: list[Counted]) -> None:
    made = figures(*decisions)
    for shares in made.breakdowns:
        assert sum(count for _, count in shares) == made.made == len(decisions)
    assert made.fined == sum(each.tally.fined for each in decisions)
    assert figures(*reversed(decisions)) == made
    assert decode_figures(encode_figures(made)) == made


def test_figures_that_do_not_add_up_are_refused_wherever_they_come_from() -> None:
    text = encode_figures(figures(counted(1, PenaltyKind.FINE)))
    with pytest.raises(msgspec.ValidationError):
        decode_figures(text.replace(b'"made":1', b'"made":2'))
    with pytest.raises(ValueError, match="不是这一年"):
        figures_of(2024, [counted(1, PenaltyKind.FINE)], (), counted_on=TODAY, today=TODAY)
