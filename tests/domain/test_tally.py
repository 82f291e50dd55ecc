"""What one decision adds to its year, and which item of the bureau's list it belongs to."""

from datetime import date

import pytest

from pipeline.domain.annual import Tally
from pipeline.domain.case_number import CaseNumber
from pipeline.domain.decision import Decision, Organ, Outcome, Procedure
from pipeline.domain.money import Fen
from pipeline.domain.party import Party, PartyKind
from pipeline.domain.penalty import Penalty, PenaltyKind
from pipeline.domain.tally import tally_of
from pipeline.domain.text import RawText
from pipeline.site.tables.areas import Items
from pipeline.site.tables.read import load_tables
from tests.conftest import SAMPLE

ITEMS = Items.of(load_tables(SAMPLE / "content"))
PARTY = Party(kind=PartyKind.INDIVIDUAL_BUSINESS, name=RawText("青石县阿波面馆"))


def decision(*penalties: Penalty, **other: object) -> Decision:
    return Decision(
        case_number=CaseNumber.parse("青综执罚决字〔2026〕第1号"),
        organ=Organ("青石县综合行政执法局"),
        decided_on=date(2026, 3, 5),
        penalties=penalties,
        **other,  # type: ignore[arg-type]
    )


def test_a_decision_adds_its_heaviest_penalty_and_its_money() -> None:
    made = decision(
        Penalty(PenaltyKind.WARNING),
        Penalty(PenaltyKind.FINE, Fen(1200050)),
        Penalty(PenaltyKind.CONFISCATE_INCOME, Fen(320000)),
        Penalty(PenaltyKind.CONFISCATE_PROPERTY),
        parties=(PARTY,),
        procedure=Procedure.ORDINARY,
    )
    assert tally_of(made, "市容环卫") == Tally(
        kind=PenaltyKind.CONFISCATE_PROPERTY,
        party="个体工商户",
        procedure="普通程序",
        area="市容环卫",
        fined=Fen(1200050),
        confiscated=Fen(320000),
    )


def test_what_was_not_told_counts_as_not_told() -> None:
    made = tally_of(decision(), "其他")
    assert made is not None
    assert (made.kind.value, made.party, made.procedure) == ("其他", "未载明", "未载明")


@pytest.mark.parametrize("outcome", [each for each in Outcome if each is not Outcome.PENALTY])
def test_what_imposes_no_penalty_adds_nothing(outcome: Outcome) -> None:
    assert tally_of(decision(outcome=outcome), "其他") is None


@pytest.mark.parametrize(
    ("violation", "area"),
    [
        ("擅自占用城市道路、公共场所摆摊设点", "市容环卫"),
        ("经查，未取得建设工程规划许可证进行建设的行为", "城乡规划"),
        ("未按照规定分类投放生活垃圾，经责令改正拒不改正", "市容环卫"),
        ("对饲养的犬只未按照规定进行狂犬病免疫接种", "犬只管理"),
        ("擅自采砂", "其他"),
        ("", "其他"),
    ],
)
def test_a_violation_counts_under_the_area_of_its_item(violation: str, area: str) -> None:
    assert ITEMS.area_of(violation) == area


def test_without_a_list_of_items_every_area_is_other() -> None:
    assert Items.of(()).area_of("擅自占用城市道路、公共场所摆摊设点") == "其他"
