"""The clock: set back, New Year, the leap day."""

from pathlib import Path

import pytest

from pipeline.domain.case_number import CaseNumber
from tests.exports import record, write_jsonl
from tests.faults.night import BEFORE, Night, each, shown
from tests.faults.table import told


@told(
    "时钟被拨回一天、一年、二十年",
    visitors="撤下的仍是撤下，完整",
    run="照常完成，或者停下并说明时钟",
    after="时钟改正后下一次运行自行恢复",
)
@pytest.mark.parametrize("day", each("2025-11-20", BEFORE, "2006-11-20"))
def test_with_the_clock_set_back_nothing_returns_and_the_site_is_whole(
    night: Night, agency: Path, day: str
) -> None:
    assert night.program.rebuild(agency).code == 0
    ended = night.program.rebuild(agency, today=day)
    everything = b"".join(shown(agency).values())
    assert "第2建材".encode() not in everything
    if ended.code != 0:
        night.assert_whole(agency, day)
        assert ended.err
    night.assert_heals(agency, day)


@told("跨年：除夕夜与元旦各运行一次", visitors="新站", run="照常完成")
def test_over_new_year_two_nights_make_the_same_site(night: Night, agency: Path) -> None:
    for day in ("2026-12-31", "2027-01-01"):
        ended = night.program.rebuild(agency, today=day)
        assert ended.code == 0, ended.err
        verified = night.program.run(agency, "register", "verify")
        assert verified.code == 0, verified.err
    slugs = {path for path in shown(agency) if path.startswith("decisions/")}
    assert slugs == {path for path in night.new if path.startswith("decisions/")}


@told("闰日：二月二十九日公示的，公示期怎样届满", visitors="期满后只剩说明", run="照常完成")
def test_what_was_published_on_a_leap_day_expires_once(night: Night, agency: Path) -> None:
    born = record(9, decided_on="2028-02-22", served_on="2028-02-23", act_date="2028-01-10")
    born["legal_review"] |= {"reviewed_on": "2028-02-21"}
    born["secrecy_review"] |= {"reviewed_on": "2028-02-23"}
    write_jsonl(agency / "exports", born)
    assert night.program.rebuild(agency, today="2028-02-29").code == 0
    page = f"decisions/{CaseNumber.parse(born['case_number']).slug}.html"
    told_on = {}
    for day in ("2033-02-27", "2033-02-28", "2033-03-01", "2033-03-02"):
        allow = ("--allow-removals", "4", "--actor", "祝文澜", "--basis", "《某办法》第十一条")
        ended = night.program.run(agency, "rebuild", "--today", day, *allow)
        assert ended.code == 0, ended.err
        told_on[day] = (
            "期满" in shown(agency)[page].decode() or "届满" in shown(agency)[page].decode()
        )
    assert told_on["2033-02-27"] is False
    assert told_on["2033-03-02"] is True
