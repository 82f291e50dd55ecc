"""双公示 sheets as bureaus export them, clean and dirty, in real .xlsx and .csv files."""
# ruff: noqa: E501 - tables are read by their rows

import io
import time
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain.decision import Organ, Outcome, Procedure
from pipeline.domain.event import EventKind
from pipeline.domain.faults import Place
from pipeline.domain.party import PartyKind, Role
from pipeline.domain.penalty import Penalty, PenaltyKind
from pipeline.domain.review import LegalReview, SecrecyReview, Source
from pipeline.intake.model import Draft, FileContent, UnreadableFileError
from pipeline.intake.sheet import read_sheet
from pipeline.intake.sheet_columns import COLUMNS, EXTENSIONS, HEADINGS, STANDARD, columns_table
from pipeline.intake.sheet_row import read_decision_row
from pipeline.intake.sheet_values import RowCells
from tests.intake.sheet_rows import (
    COMPANY_CODE,
    KEYS,
    ORGAN_CODE,
    csv_bytes,
    grid,
    one,
    read_csv,
    read_xlsx,
    row,
    xlsx_bytes,
)

SOLE_TRADER_CODE = "92330822MA28F0001H"
ADULT_ID = "330822199003070012"


def faults_of(drafts: tuple[Draft, ...]) -> list[str]:
    return [str(fault) for draft in drafts for fault in draft.faults]


def refusal(file: FileContent) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        read_sheet(file)
    return str(caught.value)


def outcome(file: FileContent) -> tuple[Any, ...]:
    """Return the drafts of a file, or the faults of one that cannot be read."""
    try:
        return read_sheet(file)
    except UnreadableFileError as error:
        return error.faults


# --- a good row -------------------------------------------------------------------------------


@pytest.mark.parametrize("read", [read_csv, read_xlsx])
def test_a_good_row_gives_every_field_and_no_fault(read: Any) -> None:
    draft = one(read(row(organ_code=ORGAN_CODE, valid_until="2099/12/31", remark="无")))
    assert draft.faults == ()
    assert draft.place.record == "第2行"
    assert draft.case_number is not None
    assert draft.case_number.key == "某综执罚决字〔2024〕12"
    fields = draft.fields
    assert fields["organ"] == Organ("某县综合行政执法局", ORGAN_CODE)
    assert fields["decided_on"] == date(2024, 5, 3)
    assert fields["valid_until"] == date(2099, 12, 31)
    assert fields["penalties"] == (
        Penalty(PenaltyKind.WARNING),
        Penalty(PenaltyKind.FINE, 200_000),  # type: ignore[arg-type]
    )
    (party,) = fields["parties"]
    assert party.kind is PartyKind.LEGAL_PERSON
    assert (party.name, party.code) == ("浙江某某建材有限公司", COMPANY_CODE)
    assert "remark" not in fields


def test_inner_padding_of_a_name_stays_as_written() -> None:
    (party,) = one(read_csv(row(representative=" 王　伟\t"))).fields["parties"]
    assert party.representative == "王　伟"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_every_usual_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    cells = grid(row(facts="第一行\n第二行,有逗号;有分号"))
    draft = one(read_sheet(FileContent("处罚.csv", csv_bytes(cells, encoding, delimiter))))
    assert draft.faults == ()
    assert draft.fields["facts"] == "第一行\n第二行,有逗号;有分号"


def test_headings_by_field_code_are_known() -> None:
    standard = [column for column in STANDARD if column.code]
    cells = [[c.code.upper() for c in standard], [row().get(c.key, "") for c in standard]]
    assert one(read_sheet(FileContent("a.csv", csv_bytes(cells)))).faults == ()


def test_every_heading_and_alias_names_one_column_only() -> None:
    seen: dict[str, str] = {}
    for column in COLUMNS:
        for text in (column.heading, column.code, *column.aliases):
            assert not text or seen.setdefault(text, column.key) == column.key


@pytest.mark.parametrize(
    "heading",
    [
        "罚款金额（万元）",
        "罚款金额(万元)",
        " 罚款 金额（ 万元 ）",
        "*罚款金额（万元）",
        "罚款金额（万元）（必填）",
        "罚款金额",
        "20.罚款金额(万元)",
    ],
)
def test_headings_may_differ_in_brackets_width_and_spaces(heading: str) -> None:
    cells = grid(row(fine="1.5", penalty_text="罚款"))
    cells[0][KEYS.index("fine")] = heading
    draft = one(read_sheet(FileContent("a.csv", csv_bytes(cells))))
    assert draft.fields["penalties"][1].amount == 1_500_000


def test_a_title_row_and_a_row_of_codes_are_not_decisions() -> None:
    codes = [column.code for column in COLUMNS]
    head, good = grid(row())
    cells = [["某县综合行政执法局行政处罚信息表"], ["导出日期：2024/6/1"], head, codes, good]
    (draft,) = read_sheet(FileContent("a.xlsx", xlsx_bytes(法人=cells)))
    assert draft.place.record == "第5行"


def test_blank_rows_and_closing_notes_are_not_decisions() -> None:
    head, good = grid(row())
    cells = [head, [""] * len(head), good, ["合计：1 件"], ["填表人：", "某某"]]
    assert len(read_sheet(FileContent("a.xlsx", xlsx_bytes(法人=cells)))) == 1


def test_all_worksheets_are_read_and_other_sheets_are_left() -> None:
    natural = row(kind="自然人", uscc="", name="赵小六", representative="", id_number=ADULT_ID)
    content = xlsx_bytes(
        说明=[["填写说明", "请逐项填写"]],
        法人=grid(row()),
        自然人=grid(natural | {"case_number": "某综执罚决字〔2024〕13号"}),
    )
    drafts = read_sheet(FileContent("a.xlsx", content))
    assert [draft.place.record for draft in drafts] == ["第2张表第2行", "第3张表第2行"]
    assert faults_of(drafts) == []


def test_a_natural_persons_sheet_may_lack_the_kind() -> None:
    keys = [key for key in KEYS if key not in {"kind", "uscc"}]
    natural = row(name="赵小六", representative="", id_kind="身份证", id_number=ADULT_ID)
    cells = grid(natural, keys=keys)
    for file in (
        FileContent("a.xlsx", xlsx_bytes(自然人=cells)),
        FileContent("五月/自然人.csv", csv_bytes(cells)),
        FileContent(
            "a.csv", csv_bytes([["行政处罚信息（自然人）", *[""] * (len(keys) - 1)], *cells])
        ),
    ):
        (party,) = one(read_sheet(file)).fields["parties"]
        assert party.kind is PartyKind.NATURAL_PERSON
        assert party.identifiers == (ADULT_ID,)


def test_the_digest_follows_the_row_and_not_the_file() -> None:
    alone = one(read_csv(row()))
    beside = read_csv(row(), row(case_number="某综执罚决字〔2024〕14号"))[0]
    changed = one(read_csv(row(facts="另一事实")))
    assert alone.digest == beside.digest != changed.digest


# --- parties ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "kind", "code"),
    [
        ({"kind": "法人及非法人组织"}, PartyKind.LEGAL_PERSON, COMPANY_CODE),
        ({"kind": "法人及非法人组织", "name": "某某律师事务所"}, PartyKind.UNINCORPORATED, COMPANY_CODE),
        ({"kind": "法人及非法人组织", "uscc": SOLE_TRADER_CODE}, PartyKind.INDIVIDUAL_BUSINESS, SOLE_TRADER_CODE),
        ({"kind": "非法人组织"}, PartyKind.UNINCORPORATED, COMPANY_CODE),
        ({"kind": " 个体工商户 ", "uscc": SOLE_TRADER_CODE}, PartyKind.INDIVIDUAL_BUSINESS, SOLE_TRADER_CODE),
        ({"kind": "个体工商户", "uscc": "0" * 17 + "X", "registration": "330822600000001"}, PartyKind.INDIVIDUAL_BUSINESS, ""),
        ({"kind": "自然人", "uscc": ""}, PartyKind.NATURAL_PERSON, ""),
    ],
)  # fmt: skip
def test_the_four_kinds_of_parties(changes: dict[str, str], kind: PartyKind, code: str) -> None:
    draft = one(read_csv(row(**changes)))
    (party,) = draft.fields["parties"]
    assert (party.kind, party.code, draft.faults) == (kind, code, ())


def test_every_number_of_a_natural_person_seeds_redaction_and_none_is_its_code() -> None:
    changes = row(
        kind="自然人", name="赵小六", uscc=ADULT_ID, id_kind="护照号", id_number="E00000001",
        birth_date="1990-03-07", address="某县某路 1 号", contacts="13800000000、微信 zhao_x",
    )  # fmt: skip
    (party,) = one(read_csv(changes)).fields["parties"]
    assert party.code == ""
    assert set(party.identifiers) == {ADULT_ID, "E00000001"}
    assert party.birth_date == date(1990, 3, 7)
    assert party.contacts == ("13800000000", "微信 zhao_x")


# --- cells with faults ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "column", "problem"),
    [
        ({"case_number": ""}, "case_number", "没有填写"),
        ({"case_number": "十二号"}, "case_number", "不是文号"),
        ({"name": ""}, "name", "没有填写"),
        ({"kind": ""}, "kind", "没有填写"),
        ({"kind": "外星人"}, "kind", "不在可选范围"),
        ({"uscc": ""}, "uscc", "没有填写"),
        ({"uscc": COMPANY_CODE[:-1] + "A"}, "uscc", "校验码不符"),
        ({"uscc": ADULT_ID}, "uscc", "像是公民身份号码"),
        ({"kind": "个体工商户", "uscc": "0" * 17 + "X"}, "uscc", "也没有工商注册号"),
        ({"representative": ""}, "representative", "没有填写"),
        ({"representative_id_kind": "身份证", "representative_id": "330822199003070013"}, "representative_id", "校验码不符"),
        ({"representative_id": "3.30822E+17"}, "representative_id", "科学计数"),
        ({"facts": "/"}, "facts", "没有填写"),
        ({"penalty_kinds": "打屁股"}, "penalty_kinds", "不认识的处罚类别"),
        ({"penalty_kinds": "警告"}, "penalty_kinds", "处罚类别没有罚款"),
        ({"fine": ""}, "fine", "没有罚款金额"),
        ({"fine": "-0.2"}, "fine", "负数"),
        ({"fine": "两千"}, "fine", "不是金额"),
        ({"fine": "0.1234567"}, "fine", "小数"),
        ({"fine": "1e400"}, "fine", "不是金额"),
        ({"fine": "2000"}, "fine", "相差一万倍"),
        ({"penalty_kinds": "没收违法所得", "fine": ""}, "confiscated", "没有没收金额"),
        ({"confiscated": "0.1"}, "penalty_kinds", "处罚类别没有没收"),
        ({"decided_on": "2024/02/30"}, "decided_on", "日期不存在"),
        ({"decided_on": "去年"}, "decided_on", "不是日期"),
        ({"decided_on": ""}, "decided_on", "没有填写"),
        ({"decided_on": "1024/05/03"}, "decided_on", "1950"),
        ({"valid_until": "某天"}, "valid_until", "不是日期"),
        ({"organ": ""}, "organ", "没有填写"),
        ({"organ_code": "123"}, "organ_code", "校验码不符"),
        ({"procedure": "快速程序"}, "procedure", "不在可选范围"),
        ({"unsuitable": "也许"}, "unsuitable", "不在可选范围"),
        ({"credit_class": "很重"}, "credit_class", "不在可选范围"),
        ({"status": "消失"}, "status", "不在可选范围"),
        ({"status": "撤销"}, "status_on", "没有日期"),
        ({"status_on": "2024/6/1"}, "status", "没有填写当前状态"),
        ({"remade_as": "甲", "status": "责令重作", "status_on": "2024/6/1"}, "remade_as", "不是文号"),
        ({"persons": "赵小六:路人"}, "persons", "角色"),
        ({"persons": "赵小六、钱小七"}, "persons", "几个姓名"),
        ({"persons": "赵小六:证人:某天"}, "persons", "出生日期"),
        ({"secrecy_result": "可以公开"}, "secrecy_result", "看不出"),
        ({"secrecy_result": "涉及"}, "secrecy_result", "看不出"),
        ({"secrecy_result": "不涉及"}, "secrecy_reviewer", "没有审查人"),
        ({"legal_result": "通过"}, "legal_on", "没有审查人或日期"),
        ({"legal_result": "无需审核", "legal_required": "是"}, "legal_result", "矛盾"),
        ({"secrecy_result": "不涉及国家秘密，其余待定"}, "secrecy_result", "看不出"),
        ({"uscc": "330822199013070012"}, "uscc", "校验码不符"),
        ({"legal_result": "差不多"}, "legal_result", "不在可选范围"),
    ],
)  # fmt: skip
def test_a_faulty_cell_names_row_column_and_remedy_and_spares_the_others(
    changes: dict[str, str], column: str, problem: str
) -> None:
    good = row(case_number="某综执罚决字〔2024〕99号")
    bad, *others = (d for d in read_csv(row(**changes), good) if d.source is Source.EXPORT)
    (fault,) = [f for f in bad.faults if f.place.field == HEADINGS[column] and problem in f.problem]
    assert fault.place.file == "处罚.csv"
    assert fault.place.record == "第2行"
    assert fault.remedy
    assert faults_of(tuple(others)) == []


def test_all_faults_of_a_row_are_reported_together() -> None:
    draft = one(read_csv(row(decided_on="某天", fine="-1", kind="?", case_number="?")))
    assert len(draft.faults) == 4
    assert draft.case_number is None


@given(
    secret=st.text("赵钱孙李秘密", min_size=6, max_size=12),
    key=st.sampled_from([key for key in KEYS if key != "case_number"]),
)
@settings(max_examples=60, deadline=None)
def test_no_fault_ever_shows_a_cell(secret: str, key: str) -> None:
    for draft in read_csv(row(**{key: secret})):
        assert all(secret not in str(fault) for fault in draft.faults)
        assert secret not in repr(draft)


@given(st.dictionaries(st.sampled_from(KEYS), st.text(max_size=40), max_size=12))
@settings(max_examples=60, deadline=None)
def test_any_cell_text_gives_a_draft_or_a_fault_and_never_a_crash(
    changes: dict[str, str],
) -> None:
    cells = grid(row(**changes))
    content = csv_bytes(
        [[str(cell).encode("utf-8", "replace").decode() for cell in r] for r in cells]
    )
    assert outcome(FileContent("a.csv", content))


@given(st.lists(st.one_of(st.floats(), st.integers(), st.booleans(), st.dates(), st.text(max_size=9)), min_size=len(KEYS), max_size=len(KEYS)))  # fmt: skip
@settings(max_examples=50, deadline=None)
def test_any_typed_cell_gives_a_draft_or_a_fault(cells: list[Any]) -> None:
    filled = {key: cell for key, cell in zip(KEYS, cells, strict=True) if cell != ""}
    (draft, *_) = read_decision_row(RowCells(Place("a"), filled), natural_only=False)
    assert draft.case_number is not None or draft.faults


# --- values -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    ["2024/05/03", "2024-5-3", "2024.5.3", "20240503", "2024年5月3日", "二〇二四年五月三日", "2024/5/3 10:00:00", "2024-05-03T08:30:00", "2024/5/3 0:00", "45415", "２０２４／５／３"],
)  # fmt: skip
def test_dates_in_every_usual_form(written: str) -> None:
    assert one(read_csv(row(decided_on=written))).fields["decided_on"] == date(2024, 5, 3)


@pytest.mark.parametrize(
    "cell",
    [date(2024, 5, 3), datetime(2024, 5, 3, 9, 30), 45415, 20240503],  # noqa: DTZ001 - as in a cell
)
def test_date_cells_and_day_numbers_of_a_workbook(cell: Any) -> None:
    assert one(read_xlsx(row(decided_on=cell))).fields["decided_on"] == date(2024, 5, 3)


def test_a_bare_day_number_in_a_workbook_that_counts_from_1904_is_doubt() -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    for line in grid(row(decided_on=45415)):
        book.active.append(line)  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    assert "不是日期" in faults_of(read_sheet(FileContent("a.xlsx", out.getvalue())))[0]


@pytest.mark.parametrize(
    ("written", "fen"),
    [("0.2", 200_000), ("0.000001", 1), ("1,200", 1_200_000_000), ("0.2万元", 200_000), ("2000元", 200_000), ("￥0.2", 200_000)],
)  # fmt: skip
def test_fines_are_in_ten_thousand_yuan_unless_the_cell_says_yuan(written: str, fen: int) -> None:
    penalties = one(read_csv(row(fine=written, penalty_text="罚款"))).fields["penalties"]
    assert penalties[1].amount == fen


def test_a_number_cell_with_binary_noise_is_the_number_that_was_typed() -> None:
    penalties = one(read_xlsx(row(fine=0.1 + 0.2, penalty_text="罚款"))).fields["penalties"]
    assert penalties[1].amount == 300_000


def test_a_column_in_yuan_is_read_in_yuan() -> None:
    keys = [key if key != "fine" else "fine_yuan" for key in KEYS if key != "fine_yuan"]
    content = csv_bytes(grid(row(fine_yuan="2000"), keys=keys))
    draft = one(read_sheet(FileContent("a.csv", content)))
    assert (draft.fields["penalties"][1].amount, draft.faults) == (200_000, ())


@pytest.mark.parametrize("joint", [";", "；", "、", "，", "\n"])
def test_kinds_of_penalty_are_split(joint: str) -> None:
    kinds = joint.join(["吊销许可证/执照", "其他-责令改正", "罚款", "没收违法所得、没收非法财物"])
    draft = one(read_csv(row(penalty_kinds=kinds, confiscated="0.5", licence="某许可证")))
    assert [penalty.kind for penalty in draft.fields["penalties"]] == [
        PenaltyKind.FINE,
        PenaltyKind.CONFISCATE_INCOME,
        PenaltyKind.CONFISCATE_PROPERTY,
        PenaltyKind.REVOKE_LICENCE,
        PenaltyKind.OTHER,
    ]
    assert draft.faults == ()
    assert draft.fields["penalty_text"].endswith("暂扣或吊销证照：某许可证")


def test_one_amount_for_two_confiscations_is_given_to_neither() -> None:
    changes = row(penalty_kinds="没收违法所得;没收非法财物", fine="", confiscated="0.5")
    assert {p.amount for p in one(read_csv(changes)).fields["penalties"]} == {None}


def test_a_decision_not_to_punish_is_an_outcome() -> None:
    draft = one(read_csv(row(penalty_kinds="不予处罚", fine="0", penalty_text="不予处罚")))
    assert draft.fields["outcome"] is Outcome.NO_PENALTY
    assert draft.fields["penalties"] == ()
    assert draft.faults == ()


# --- extension columns ------------------------------------------------------------------------


def extension(**changes: Any) -> Draft:
    drafts = read_csv(row(**changes))
    assert faults_of(drafts) == []
    return one(drafts, Source.EXTENSION)


def test_extension_columns_are_a_draft_of_their_own_at_the_same_place() -> None:
    drafts = read_csv(row(procedure="普通程序"))
    main, extra = one(drafts), one(drafts, Source.EXTENSION)
    assert (main.place, main.digest, main.case_number) == (
        extra.place,
        extra.digest,
        extra.case_number,
    )
    assert extra.fields == {"procedure": Procedure.ORDINARY}


def test_a_row_without_extension_values_has_no_such_draft() -> None:
    assert [draft.source for draft in read_csv(row())] == [Source.EXPORT]


def test_dates_service_persons_and_marked_passages() -> None:
    fields = extension(
        act_date="2024/4/1", filed_on="2024/4/2", notified_on="2024/4/20", served_on="2024/5/6",
        service_method="直接送达", performance="已履行", credit_class="一般失信", social_impact="是",
        unsuitable="否", outcome="予以处罚", title="行政处罚决定书",
        persons="钱小七:证人；孙小八:未成年人:2012-05-03；周小九", protected="某工艺参数；某配方",
    ).fields  # fmt: skip
    assert fields["served_on"] == date(2024, 5, 6)
    assert fields["credit_class"] == "一般"
    assert fields["social_impact"] is True
    assert fields["unsuitable"] is False
    assert fields["protected"] == ("某工艺参数", "某配方")
    assert [p.role for p in fields["persons"]] == [Role.WITNESS, Role.MINOR, Role.OTHER]
    assert fields["persons"][1].birth_date == date(2012, 5, 3)


def test_sign_offs_of_the_row() -> None:
    fields = extension(
        legal_result="通过", legal_required="是", legal_reviewer="吴小一", legal_on="2024/4/28",
        discussed_on="2024/4/29", secrecy_result="不涉及", secrecy_reviewer="郑小二",
        secrecy_on="2024/5/7", secrecy_author="王小三",
    ).fields  # fmt: skip
    assert fields["legal_review"] == LegalReview(
        required=True,
        passed=True,
        reviewer="吴小一",  # type: ignore[arg-type]
        reviewed_on=date(2024, 4, 28),
        discussed_on=date(2024, 4, 29),
    )
    assert fields["secrecy_review"] == SecrecyReview(
        state_secret=False,
        commercial_secret=False,
        privacy=False,
        security=False,
        reviewer="郑小二",  # type: ignore[arg-type]
        author="王小三",  # type: ignore[arg-type]
        reviewed_on=date(2024, 5, 7),
    )


@pytest.mark.parametrize(
    ("conclusion", "answers"),
    [
        ("不涉及", (False, False, False, False)),
        ("不涉密", (False, None, None, None)),
        ("涉及个人隐私", (None, None, True, None)),
        ("不涉及国家秘密，涉及个人隐私", (False, None, True, None)),
        ("涉及商业秘密、个人隐私，不涉及国家秘密", (False, True, True, None)),
        ("不涉及国家秘密、商业秘密、个人隐私和四安全", (False, False, False, False)),
        ("不涉及国家秘密、商业秘密及个人隐私，不危及国家安全、公共安全、经济安全、社会稳定", (False, False, False, False)),
        ("不危及国家安全，不涉及国家秘密", (False, None, None, None)),
        ("危及公共安全", (None, None, None, True)),
    ],
)  # fmt: skip
def test_a_conclusion_answers_what_it_names_and_nothing_else(
    conclusion: str, answers: tuple[bool | None, ...]
) -> None:
    review = extension(
        secrecy_result=conclusion, secrecy_reviewer="郑小二", secrecy_on="2024/5/7"
    ).fields["secrecy_review"]
    found = (review.state_secret, review.commercial_secret, review.privacy, review.security)
    assert found == answers


def test_a_single_answer_against_the_conclusion_is_a_fault_and_yes_stands() -> None:
    drafts = read_csv(
        row(secrecy_result="不涉及", privacy="是", secrecy_reviewer="郑小二", secrecy_on="2024/5/7")
    )
    assert "矛盾" in faults_of(drafts)[0]
    assert one(drafts, Source.EXTENSION).fields["secrecy_review"].privacy is True


@pytest.mark.parametrize("kind", list(EventKind))
def test_every_state_becomes_an_event(kind: EventKind) -> None:
    (event,) = extension(
        status=kind.value, status_on="2024/6/1", status_received_on="2024/6/5",
        status_ground="复议撤销", status_organ="某县人民政府",
    ).fields["events"]  # fmt: skip
    assert event.kind is kind
    assert (event.effective_on, event.received_on) == (date(2024, 6, 1), date(2024, 6, 5))


def test_a_normal_state_is_no_event() -> None:
    assert [draft.source for draft in read_csv(row(status="正常"))] == [Source.EXPORT]


# --- wrong and hostile files ------------------------------------------------------------------


def test_missing_headings_are_listed_with_those_expected() -> None:
    keys = [key for key in KEYS if key not in {"decided_on", "organ"}]
    message = refusal(FileContent("a.csv", csv_bytes(grid(row(), keys=keys))))
    assert "表头缺少：处罚决定日期、处罚机关" in message
    assert "应有的列：行政相对人名称" in message


def test_a_sheet_of_something_else_lists_what_is_expected() -> None:
    message = refusal(FileContent("a.csv", csv_bytes([["姓名", "工资"], ["赵小六", "1"]])))
    assert "没有找到双公示的表头" in message
    assert "赵小六" not in message


def test_a_bad_worksheet_beside_a_good_one_is_reported_and_not_lost() -> None:
    keys = [key for key in KEYS if key != "organ"]
    content = xlsx_bytes(法人=grid(row()), 自然人=grid(row(), keys=keys))
    good, bad = read_sheet(FileContent("a.xlsx", content))
    assert good.faults == ()
    assert bad.case_number is None
    assert "表头缺少：处罚机关" in str(bad.faults[0])


def test_the_old_layout_is_named() -> None:
    old = [
        "行政处罚决定书文号",
        "处罚名称",
        "处罚类别1",
        "处罚事由",
        "处罚结果",
        "处罚决定日期",
        "处罚机关",
        "当前状态",
        "地方编码",
    ]
    message = refusal(FileContent("a.csv", csv_bytes([old, ["x"] * len(old)])))
    assert "2015年旧版" in message


def test_a_doubled_heading_is_refused() -> None:
    cells = [line + line[3:4] for line in grid(row())]
    assert "重复" in refusal(FileContent("a.csv", csv_bytes(cells)))


def test_an_unknown_heading_that_speaks_of_a_gate_is_refused_by_its_letter() -> None:
    cells = grid(row())
    cells[0].append("目前的状态如何")
    cells[1].append("撤销")
    message = refusal(FileContent("a.csv", csv_bytes(cells)))
    assert "列名不认识" in message
    assert "目前" not in message


def test_other_unknown_headings_are_left_aside() -> None:
    cells = [["序号", *line] if i == 0 else [str(i), *line] for i, line in enumerate(grid(row()))]
    assert faults_of(read_sheet(FileContent("a.csv", csv_bytes(cells)))) == []


@pytest.mark.parametrize("cut", [3, 400, -30])
def test_a_truncated_workbook_is_one_fault(cut: int) -> None:
    content = xlsx_bytes(法人=grid(row()))
    assert "不完整" in refusal(FileContent("a.xlsx", content[:cut]))


def test_a_truncated_csv_row_is_a_fault_of_that_row() -> None:
    content = csv_bytes(grid(row(), row(case_number="某综执罚决字〔2024〕13号")))
    last = content.rindex("警告".encode())
    drafts = read_sheet(FileContent("a.csv", content[:last]))
    assert drafts[0].faults == ()
    assert any("格数与表头不一致" in str(fault) for fault in drafts[-1].faults)


def test_a_csv_cut_inside_a_character_is_not_garbled() -> None:
    content = csv_bytes(grid(row(remark="备注")))
    assert "不完整" in refusal(FileContent("a.csv", content.rstrip(b",\r\n")[:-1]))


def test_an_unclosed_quote_does_not_swallow_rows() -> None:
    text = csv_bytes(grid(row(), row())).decode() + '"没有结尾'
    assert "引号不成对" in refusal(FileContent("a.csv", text.encode()))


@pytest.mark.parametrize("encoding", ["big5", "utf-16-le", "shift-jis"])
def test_an_unknown_encoding_is_refused(encoding: str) -> None:
    content = ("行政處罰決定書文號,當事人\n" * 9).encode(encoding, "ignore")
    with pytest.raises(UnreadableFileError):
        read_sheet(FileContent("a.csv", content))


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + bytes(600), "旧版 .xls"),
        ("a.xlsx", b"<html><table></table></html>", "不是 .xlsx"),
        ("a.csv", b"<html><table></table></html>", "网页"),
        ("a.csv", b"", "空的"),
        ("a.xlsx", b"", "不是 .xlsx"),
        ("a.csv", bytes(500), "编码"),
    ],
)
def test_foreign_files_are_named(name: str, content: bytes, problem: str) -> None:
    assert problem in refusal(FileContent(name, content))


def repacked(content: bytes, part: str, change: Any) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for item in old.infolist():
            body = old.read(item)
            new.writestr(item.filename, change(body) if item.filename == part else body)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    content = xlsx_bytes(法人=grid(row()))
    bomb = repacked(content, SHEET, lambda body: body + b" " * 60_000_000)
    assert len(bomb) < 200_000
    assert "压缩炸弹" in refusal(FileContent("a.xlsx", bomb))


def test_a_cell_in_the_last_row_and_column_does_not_fill_the_memory() -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    content = repacked(
        xlsx_bytes(法人=grid(row())), SHEET, lambda body: body.replace(b"</sheetData>", far)
    )
    assert "范围过大" in refusal(FileContent("a.xlsx", content))


def test_a_long_text_shared_by_very_many_cells_does_not_fill_the_memory() -> None:
    cells = [["长" * 30_000] * 40 for _ in range(180)]
    assert "压缩炸弹" in refusal(FileContent("a.xlsx", xlsx_bytes(法人=cells)))


@pytest.mark.parametrize(
    "entity",
    [
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY e "&a;&a;&a;">]>',
    ],
)
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml"])
def test_xml_entities_are_inert(entity: bytes, part: str) -> None:
    content = repacked(
        xlsx_bytes(法人=grid(row())), part, lambda body: body.replace(b"?>", b"?>" + entity, 1)
    )
    assert "实体" in refusal(FileContent("a.xlsx", content))


@pytest.mark.parametrize(
    ("part", "old", "new", "problem"),
    [
        (SHEET, b'<row r="1"', b'<row r="&#49;048576"', "位置写法不正常"),
        (SHEET, b'<c r="A1"', b'<c r="&#88;FD9"', "位置写法不正常"),
        (SHEET, b'<c r="A1"', b'<c r="unsuitableA1"', "位置写法不正常"),
        (SHEET, b'<c r="A1"', b"<c r=XFD1048576", "位置写法不正常"),
        (SHEET, b'<row r="1"', b'<row r="4294967296"', "位置写法不正常"),
        (SHEET, b"</sheetData>", b'<row r="900000">' + b"<c><v>1</v></c>" * 60 + b"</row></sheetData>", "范围过大"),
        (SHEET, b"</sheetData>", b'<row><c t="e"><v>#N/A</v></c></row></sheetData>', "没有位置"),
        (SHEET, b"<?xml", b"\x00<?xml", "不是 UTF-8"),
        ("xl/workbook.xml", b"<workbook", b"<broken", "不是 Excel 工作簿"),
        ("xl/workbook.xml", b"<sheet ", b"<shoot ", "表格是空的"),
    ],
)  # fmt: skip
def test_a_workbook_that_hides_its_extent_or_its_parts_is_refused(
    part: str, old: bytes, new: bytes, problem: str
) -> None:
    content = repacked(xlsx_bytes(法人=grid(row())), part, lambda body: body.replace(old, new, 1))
    assert problem in refusal(FileContent("a.xlsx", content))


def workbook(**cells: Any) -> bytes:
    book = openpyxl.Workbook()
    for line in grid(row(**cells)):
        book.active.append(line)  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_formula_never_computed_is_a_fault_and_not_an_empty_cell() -> None:
    drafts = read_sheet(FileContent("a.xlsx", workbook(status='=VLOOKUP("a",A1:B2,2)')))
    assert "当前状态：单元格是错误值" in faults_of(drafts)[0]


def test_an_error_value_is_a_fault_and_not_an_empty_cell() -> None:
    drafts = read_sheet(FileContent("a.xlsx", workbook(status="#N/A", status_on="#REF!")))
    assert len([fault for fault in faults_of(drafts) if "错误值" in fault]) == 2


def test_a_computed_formula_gives_its_value() -> None:
    content = repacked(
        workbook(fine="=1/5"), SHEET, lambda body: body.replace(b"<v></v>", b"<v>0.2</v>").replace(b"<v/>", b"<v>0.2</v>").replace(b"<v />", b"<v>0.2</v>")
    )  # fmt: skip
    draft = one(read_sheet(FileContent("a.xlsx", content)))
    assert (draft.fields["penalties"][1].amount, draft.faults) == (200_000, ())


def test_ten_thousand_columns_are_read_in_a_moment() -> None:
    cells = [line + [f"列{i}" for i in range(10_000)] for line in grid(row())]
    started = time.monotonic()
    assert len(read_sheet(FileContent("a.xlsx", xlsx_bytes(法人=cells)))) == 1
    assert time.monotonic() - started < 60


def test_control_and_bidi_characters_do_not_reach_the_values() -> None:
    drafts = read_csv(row(name="浙江\x00某某\u202e有限\x08公司\u2066", facts="甲\r\n乙\x0b丙"))
    (party,) = one(drafts).fields["parties"]
    assert party.name == "浙江某某有限公司"
    assert one(drafts).fields["facts"] == "甲\n乙\n丙"


@pytest.mark.parametrize("written", [f'="{ADULT_ID}"', f"'{ADULT_ID}", f"\t{ADULT_ID}"])
def test_numbers_guarded_against_spreadsheets_are_bare(written: str) -> None:
    natural = row(kind="自然人", uscc="", name="赵小六", id_kind="身份证", id_number=written)
    draft = one(read_csv(natural))
    assert (draft.fields["parties"][0].identifiers, draft.faults) == ((ADULT_ID,), ())


@given(st.binary(max_size=300), st.integers(0, 4000))
@settings(max_examples=60, deadline=None)
def test_a_damaged_workbook_never_crashes(noise: bytes, at: int) -> None:
    content = xlsx_bytes(法人=grid(row()))
    damaged = content[:at] + noise + content[at + len(noise) :]
    assert outcome(FileContent("a.xlsx", damaged))


def test_the_table_of_columns_names_every_extension() -> None:
    text = columns_table(EXTENSIONS)
    assert all(f"| {column.heading} |" in text for column in EXTENSIONS)
    assert len(text.splitlines()) == len(EXTENSIONS) + 2
