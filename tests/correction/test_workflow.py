"""From receipt to answer: what may be done when, by two people at once, and what is kept of it."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from pipeline.correction.filing import answer
from pipeline.correction.words import CorrectionError
from pipeline.correction.workflow import Decision, Desk, Opening, decide, open_request
from pipeline.domain.basis import Basis
from pipeline.domain.correction import Kind, RequestNumber, Ruling, Way
from pipeline.policy.load import load_policy
from pipeline.register import Register, open_register
from pipeline.register.tables import event
from tests.correction.cases import ASKER, CLAIM, CONTACT, settings_in
from tests.register.builders import cleared, examined, number
from tests.register.builders import policy as small_policy

POLICY = load_policy("changshan-2021")
TODAY = date(2026, 11, 18)
BASIS = Basis.parse("《某县公示办法》第十二条")
REASON = "经核对，罚款金额与决定书不一致"
OPENING = Opening(
    kind=Kind.CORRECTION,
    key=number(1).key,
    received_on=date(2026, 11, 16),
    officer="毕春和",
    asker=ASKER,
    contact=CONTACT,
    claim=CLAIM,
)
ACCEPTED = Decision(
    ruling=Ruling.ACCEPTED, actor="申屠远", reason=REASON, way=Way.NOTE, note="更正了罚款金额"
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("register") / "register.sqlite"
    with open_register(path) as opened:
        opened.reconcile(
            [examined(n) for n in (1, 2)], small_policy(), today=date(2026, 11, 2), actor="rebuild"
        )
    return path


@pytest.fixture
def register(filled: Path, tmp_path: Path) -> Iterator[Register]:
    (tmp_path / "state").mkdir()
    shutil.copyfile(filled, tmp_path / "state" / "register.sqlite")
    with open_register(tmp_path / "state" / "register.sqlite") as opened:
        yield opened


@pytest.fixture
def desk(register: Register, tmp_path: Path) -> Desk:
    return Desk(
        corrections=register.corrections, policy=POLICY, state=tmp_path / "state", today=TODAY
    )


def test_numbers_run_through_the_year_of_receipt_for_each_kind(desk: Desk) -> None:
    opened = [
        open_request(desk, OPENING),
        open_request(desk, replace(OPENING, kind=Kind.EXPLANATION)),
        open_request(desk, replace(OPENING, key=number(2).key)),
        open_request(desk, replace(OPENING, kind=Kind.OWN)),
        open_request(desk, replace(OPENING, received_on=date(2025, 12, 31))),
    ]
    assert [str(each.number) for each in opened] == [
        "更正〔2026〕1号",
        "解释〔2026〕1号",
        "更正〔2026〕2号",
        "自更〔2026〕1号",
        "更正〔2025〕1号",
    ]
    assert opened[3].asked.asker == ""


@pytest.mark.parametrize(
    "typed", ["更正〔2026〕3号", "更正[2026]3号", "更正（2026）3", "2026-3", " 更正【2026】0003号"]
)
def test_a_number_is_read_in_any_brackets(typed: str) -> None:
    assert RequestNumber.parse(typed) == RequestNumber("更正", 2026, 3)


@pytest.mark.parametrize("typed", ["", "3", "更正", "更改〔2026〕3号", "更正〔1926〕3号", "2026-x"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="不是"):
        RequestNumber.parse(typed)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"key": "某综执罚决字〔2024〕999"}, "没有这个文号"),
        ({"received_on": date(2026, 11, 19)}, "晚于今天"),
        ({"asker": " "}, "没有填写申请人"),
        ({"claim": ""}, "没有填写申请内容"),
        ({"officer": "甲\x1b[1m"}, "控制字符"),
    ],
)
def test_what_cannot_be_taken_down_leaves_nothing(
    desk: Desk, changed: dict[str, Any], why: str
) -> None:
    with pytest.raises(CorrectionError, match=why):
        open_request(desk, replace(OPENING, **changed))
    assert desk.corrections.all() == ()
    assert not list((desk.state / "corrections").glob("*"))


@pytest.mark.parametrize(
    ("kind", "changed", "why"),
    [
        (Kind.CORRECTION, {"ruling": Ruling.EXPLAINED, "way": None, "note": ""}, "只能是"),
        (Kind.EXPLANATION, {}, "只能是"),
        (Kind.OWN, {"ruling": Ruling.REFUSED, "way": None, "note": ""}, "只能是"),
        (Kind.CORRECTION, {"way": None}, "怎样更正"),
        (Kind.CORRECTION, {"ruling": Ruling.REFUSED, "bases": (BASIS,)}, "不改变页面"),
        (Kind.CORRECTION, {"ruling": Ruling.REFUSED, "way": None, "note": ""}, "依据的条文"),
        (Kind.CORRECTION, {"ruling": Ruling.PARTLY}, "依据的条文"),
        (Kind.CORRECTION, {"way": Way.HIDE}, "写明应隐去的内容"),
        (Kind.CORRECTION, {"hidden": ("占道经营",)}, "其他方式不能有"),
        (Kind.CORRECTION, {"reason": ""}, "没有填写理由"),
        (Kind.CORRECTION, {"actor": ""}, "没有填写处理人"),
        (Kind.CORRECTION, {"way": Way.HIDE, "hidden": ("占",)}, "只有一个字"),
        (Kind.CORRECTION, {"way": Way.HIDE, "hidden": ("绝密甲乙丙",)}, "没有找到"),
    ],
)
def test_a_ruling_that_lacks_something_is_refused_with_the_remedy(
    desk: Desk, kind: Kind, changed: dict[str, Any], why: str
) -> None:
    request = open_request(desk, replace(OPENING, kind=kind))
    with pytest.raises(CorrectionError, match=why) as refused:
        decide(desk, request.number, replace(ACCEPTED, **changed))
    assert "绝密甲乙丙" not in str(refused.value)
    assert desk.corrections.find(request.number) == request


@pytest.mark.parametrize(
    "note",
    [
        f"应{ASKER}的申请更正",
        f"联系{CONTACT}",
        "更正了当事人电话13912345678",
        "隐去了邬晓岚的姓名，其身份证号码330822198505154414",
        "隐去了占道经营",
    ],
)
def test_a_public_note_names_nobody_and_repeats_nothing_hidden(desk: Desk, note: str) -> None:
    request = open_request(desk, OPENING)
    way = replace(ACCEPTED, way=Way.HIDE, hidden=("占道经营",), note=note)
    with pytest.raises(CorrectionError, match="更正说明会公开") as refused:
        decide(desk, request.number, way)
    assert ASKER not in str(refused.value)


def test_a_ruling_may_be_put_right_until_it_is_answered(desk: Desk, tmp_path: Path) -> None:
    request = open_request(desk, OPENING)
    decide(desk, request.number, ACCEPTED)
    with pytest.raises(CorrectionError, match="已由申屠远于2026-11-18处理"):
        decide(desk, request.number, replace(ACCEPTED, actor="毕春和"))
    refused = Decision(
        ruling=Ruling.REFUSED, actor="毕春和", reason=REASON, bases=(BASIS,), again=True
    )
    assert decide(desk, request.number, refused).ruled
    assert desk.corrections.amendments() == ()
    answer(desk, request.number, settings_in(tmp_path), tmp_path / "out", actor="申屠远")
    with pytest.raises(CorrectionError, match="已书面答复"):
        decide(desk, request.number, replace(refused, reason="另一个理由"))


def test_an_answer_is_written_once_kept_beside_the_evidence_and_never_over_another(
    desk: Desk, tmp_path: Path
) -> None:
    settings = settings_in(tmp_path)
    request = open_request(desk, OPENING)
    with pytest.raises(CorrectionError, match="还没有处理结果"):
        answer(desk, request.number, settings, tmp_path / "out", actor="申屠远")
    decide(desk, request.number, ACCEPTED)
    _, drafts = answer(desk, request.number, settings, tmp_path / "draft", actor="")
    assert desk.corrections.find(request.number).replied is None
    with pytest.raises(CorrectionError, match="同名的答复"):
        answer(desk, request.number, settings, tmp_path / "draft", actor="申屠远")
    assert desk.corrections.find(request.number).replied is None
    answered, files = answer(desk, request.number, settings, tmp_path / "out", actor="申屠远")
    assert answered.replied
    archive = desk.state / "corrections" / answered.asked.folder
    for draft, file in zip(drafts, files, strict=True):
        assert file.read_bytes() == draft.read_bytes() == (archive / file.name).read_bytes()
        assert file.stat().st_mode & 0o077 == 0
    with pytest.raises(CorrectionError, match="已于2026-11-18答复"):
        answer(desk, request.number, settings, tmp_path / "again", actor="申屠远")
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize("place", ["site", "site/current/x", "content", "exports"])
def test_an_answer_is_never_written_where_visitors_come(
    desk: Desk, tmp_path: Path, place: str
) -> None:
    request = open_request(desk, OPENING)
    decide(desk, request.number, ACCEPTED)
    with pytest.raises(CorrectionError, match="不能是网站"):
        answer(desk, request.number, settings_in(tmp_path), tmp_path / place, actor="申屠远")
    assert not (tmp_path / place).exists()


@pytest.mark.parametrize("kind", [Kind.CORRECTION, Kind.EXPLANATION])
def test_a_request_may_be_taken_back_and_is_not_answered(
    desk: Desk, tmp_path: Path, kind: Kind
) -> None:
    request = open_request(desk, replace(OPENING, kind=kind))
    back = Decision(ruling=Ruling.WITHDRAWN, actor="毕春和", reason="申请人书面撤回")
    decide(desk, request.number, back)
    with pytest.raises(CorrectionError, match="不需要书面答复"):
        answer(desk, request.number, settings_in(tmp_path), tmp_path / "out", actor="申屠远")


def test_every_step_is_an_event_without_a_private_word(
    desk: Desk, register: Register, tmp_path: Path
) -> None:
    request = open_request(desk, OPENING)
    decide(desk, request.number, replace(ACCEPTED, way=Way.HIDE, hidden=("占道经营",), note=""))
    answer(desk, request.number, settings_in(tmp_path), tmp_path / "out", actor="申屠远")
    with register._engine.connect() as connection:
        rows = connection.execute(sa.select(event).where(event.c.key == number(1).key)).all()
    assert [row.kind for row in rows][1:] == ["更正申请登记", "更正申请处理", "更正申请答复"]
    told = repr(rows)
    assert "更正〔2026〕1号" in told
    for private in (ASKER, CONTACT, *CLAIM.split("\n"), REASON, "占道经营"):
        assert private not in told
    assert register.verify() == ()


def test_two_people_at_once_get_two_numbers_and_decide_once(desk: Desk, tmp_path: Path) -> None:
    def at_a_desk(act: Any) -> Any:
        with open_register(tmp_path / "state" / "register.sqlite") as own:
            try:
                return act(replace(desk, corrections=own.corrections))
            except CorrectionError as error:
                return error

    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(at_a_desk, [lambda own: open_request(own, OPENING)] * 8))
        assert sorted(each.number.running for each in opened) == list(range(1, 9))
        first = opened[0].number
        decided = list(pool.map(at_a_desk, [lambda own: decide(own, first, ACCEPTED)] * 4))
    assert sum(isinstance(each, CorrectionError) for each in decided) == 3


def test_values_to_hide_are_looked_for_as_a_reader_sees_them(desk: Desk) -> None:
    request = open_request(desk, OPENING)
    shown = "".join(run.text for run in cleared(1).facts) or "占道经营"
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in shown)
    ruling = replace(ACCEPTED, way=Way.HIDE, hidden=(wide, wide), note="")
    assert decide(desk, request.number, ruling).ruled.hidden == (wide,)
