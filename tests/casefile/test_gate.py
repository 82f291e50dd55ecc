"""Gates of the case file in the run: they hold, they are part of what stands, all is handed on."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import gongshi
from pipeline.domain.faults import ExitCode
from pipeline.domain.verdict import Effect
from pipeline.examination import Examined, Remembered, Standing, examine, receive
from pipeline.policy.load import load_policy
from pipeline.settings import load_settings
from tests.exports import record, write_jsonl

TODAY = date(2026, 11, 20)
PLAIN = record(1)
LIST = [
    {"act": "立案", "medium": "文字", "ended_at": "2026-09-12T09:00", "contents": ["案由"]},
    {"act": "审批", "medium": "文字", "ended_at": "2026-11-02T09:00", "signed": True,
     "contents": ["负责人意见"]},
    {"act": "告知", "medium": "文字", "ended_at": "2026-10-20T09:00", "contents": ["事实"]},
]  # fmt: skip
LATE = [*LIST[:2], {**LIST[2], "ended_at": "2026-11-05T09:00"}]


def agency(folder: Path, policy: str = "changshan-2021", **lists: object) -> Path:
    """Return the folder of an agency with three decisions: no list, a list, the list given."""
    folder.mkdir(exist_ok=True)
    (folder / "gongshi.yaml").write_text(
        f"site: {{name: 公示}}\nagency: {{name: 青石县综合行政执法局}}\npolicy: {policy}\n", "utf-8"
    )
    write_jsonl(
        folder / "exports",
        PLAIN,
        record(2, process_records=LIST),
        record(3, process_records=lists.get("third", LATE)),
    )
    return folder


def examined(folder: Path, *, known: bool = False) -> dict[int, Examined | Standing]:
    settings = load_settings(folder)
    policy = load_policy(settings.policy)
    records = receive(settings, settings.folders.exports, today=TODAY).received
    done = examine(
        records,
        policy,
        settings,
        today=TODAY,
        recall=lambda sources: Remembered(frozenset(sources) if known else frozenset()),
    )
    return {each.record.case_number.number: each for each in done if each.record.case_number}


PACKS = ("changshan-2021", "minhou", "yanzhou-2018", "zhoucun-2018", "xinxiang-2024")


@pytest.mark.parametrize("policy", PACKS)
def test_a_decision_that_lacks_nothing_the_pack_asks_for_is_published(
    tmp_path: Path, policy: str
) -> None:
    review = {**PLAIN["legal_review"], "discussed_on": "2026-10-30", "points": list(range(1, 9))}
    agency(tmp_path, policy)
    write_jsonl(
        tmp_path / "exports", record(1, social_impact=True, legal_review=review), name="导出.jsonl"
    )
    (one,) = examined(tmp_path).values()
    assert isinstance(one, Examined)
    assert one.verdict.reasons == ()


@pytest.mark.parametrize("policy", PACKS)
def test_a_broken_gate_holds_under_every_pack(tmp_path: Path, policy: str) -> None:
    third = examined(agency(tmp_path, policy))[3]
    assert isinstance(third, Examined)
    reasons = {reason.rule: reason for reason in third.verdict.reasons}
    assert reasons["notice-before-decision"].effect is Effect.HOLD
    assert reasons["notice-before-decision"].adverse
    assert third.redaction is None
    assert {each.rule for each in third.findings if each.is_gate} <= reasons.keys()


def test_no_list_and_a_list_that_passes_the_gates_are_published(tmp_path: Path) -> None:
    found = examined(agency(tmp_path))
    for number in (1, 2):
        one = found[number]
        assert isinstance(one, Examined)
        assert one.verdict.effect is Effect.PUBLISH
    assert [each.rule for each in found[1].findings] == ["record-list", "document-complete"]
    assert "inquiry-on-record" in {each.rule for each in found[2].findings}


def test_a_mended_list_is_another_source_and_findings_stand_with_the_record(
    tmp_path: Path,
) -> None:
    before = examined(agency(tmp_path))
    after = examined(agency(tmp_path, third=LIST))
    for number, changed in ((1, False), (3, True)):
        one, other = before[number], after[number]
        assert isinstance(one, Examined)
        assert isinstance(other, Examined)
        assert (one.source != other.source) is changed
    standing = examined(tmp_path, known=True)
    assert {type(each) for each in standing.values()} == {Standing}
    assert {n: each.findings for n, each in standing.items()} == {
        n: each.findings for n, each in after.items()
    }


def run(folder: Path, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(
        gongshi, ["-C", str(folder), "casefile", "check", *words, "--today", "2026-11-20"]
    )
    return done.exit_code, done.output


def test_the_command_shows_all_case_files_and_its_exit_code_tells_of_gates(tmp_path: Path) -> None:
    code, told = run(agency(tmp_path))
    assert code == ExitCode.INCOMPLETE
    assert "青综执罚决字〔2026〕第3号 · 待核 1" in told
    assert "待核：应当告知拟作出决定的事实" in told
    assert "（告知 第3项）（《常山县综合行政执法局行政执法全过程记录制度》第八条第一款）" in told
    assert "第1号" not in told
    last = told.splitlines()[-1]
    assert last == ("处罚决定 3 · 齐全 0 · 有缺项 1 · 待核 1 · 没有导出记录清单 1 · 读不出 0")


def test_the_command_shows_one_case_file(tmp_path: Path) -> None:
    code, told = run(agency(tmp_path, third=LIST), "青综执罚决字〔2026〕1号")
    assert code == ExitCode.DONE
    assert "案件记录清单未随决定导出" in told
    assert told.splitlines()[-1].startswith("处罚决定 1 ")


@pytest.mark.parametrize(
    ("number", "problem"), [("甲", "不是文号"), ("青综执罚决字〔2026〕9号", "导出里没有这个文号")]
)
def test_a_number_that_is_none_or_not_there_is_a_usage_error(
    tmp_path: Path, number: str, problem: str
) -> None:
    code, told = run(agency(tmp_path), number)
    assert code == ExitCode.USAGE
    assert problem in told
