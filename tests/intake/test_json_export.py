"""JSON and JSON Lines by our own schema."""

import json
from contextlib import suppress
from datetime import date
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.decision import Procedure
from pipeline.domain.event import EventKind
from pipeline.domain.party import PartyKind, Role
from pipeline.domain.penalty import Penalty, PenaltyKind
from pipeline.domain.review import Source
from pipeline.intake import strict_json
from pipeline.intake.json_export import read_json, read_jsonl
from pipeline.intake.json_fields import BEIJING
from pipeline.intake.model import Draft, DraftFields, FileContent, UnreadableFileError
from pipeline.intake.schema.check import load_schema
from tests.intake.exports import HIDDEN, NUMBER, record

EVERYTHING: dict[str, Any] = record(
    title="行政处罚决定书",
    parties=[
        {"kind": "自然人", "name": "甲", "birth_date": "1990-01-01", "contacts": ["13800000000"]},
        {"kind": "法人", "name": "乙公司", "code": "91330822MA00000001", "representative": "丙"},
        {"kind": "非法人组织", "name": "丁合伙", "address": "云岭县一号"},
        {"kind": "个体工商户", "name": "戊店", "representative": "己"},
    ],
    persons=[{"name": "庚", "role": "证人"}, {"name": "辛", "birth_date": "2012-02-29"}],
    procedure="普通程序",
    outcome="予以处罚",
    published_before="2026-03-04",
    violation_kind="占道经营",
    facts="事实",
    legal_basis="依据",
    act_date="2026-01-01",
    filed_on="2026-01-02",
    notified_on="2026-02-01",
    served_on="2026-03-03",
    service_method="直接送达",
    valid_until="2099-12-31",
    performance="已履行",
    remark="无",
    events=[{"kind": "撤销", "effective_on": "2026-04-01", "received_on": "2026-04-02",
             "organ": "云岭县人民政府", "ground": "程序违法", "remade_as": NUMBER}],
    legal_review={"required": True, "passed": True, "reviewer": "壬", "reviewed_on": "2026-02-20",
                  "discussed_on": "2026-02-21", "points": [1, 2, 8]},
    secrecy_review={"state_secret": False, "commercial_secret": False, "privacy": False,
                    "security": False, "reviewer": "癸", "author": "子",
                    "reviewed_on": "2026-03-03"},
    social_impact=True,
    credit_class="一般",
    unsuitable=False,
    protected=["片段"],
    process_records=[{"act": "询问", "medium": "音像", "document": "询问录像",
                      "file_name": "x.mp4", "started_at": "2026-01-05T09:00:00",
                      "ended_at": "2026-01-05T01:30:00Z", "stored_at": "2026-01-05T18:00",
                      "archived_at": None, "officers": ["丑"], "signed": True, "note": "",
                      "retention": "永久"}],
    document=[{"type": "heading", "text": "行政处罚决定书", "level": 2},
              {"type": "paragraph", "text": "一段"}, {"type": "list", "items": ["甲", "乙"]},
              {"type": "table", "rows": [["a", "b"], ["c"]]}],
)  # fmt: skip


def as_file(content: bytes | str, name: str = "处罚.json") -> FileContent:
    raw = content.encode() if isinstance(content, str) else content
    return FileContent(name, raw, "0" * 64)


def one(value: object) -> Draft:
    (draft,) = read_json(as_file(json.dumps(value, ensure_ascii=False)))
    return draft


def test_the_published_schemas_are_valid_and_name_every_field_in_chinese() -> None:
    for name in ("decision", "manifest"):
        jsonschema_rs.meta.validate(load_schema(name))
    properties = load_schema("decision")["properties"]
    assert set(DraftFields.__annotations__) <= set(properties)
    for field in properties.values():
        assert "description" in field or "$ref" in field


def test_reads_every_field_of_the_schema() -> None:
    draft = one(EVERYTHING)
    assert draft.faults == ()
    assert draft.source is Source.EXPORT
    assert set(draft.fields) == set(DraftFields.__annotations__)
    fields = draft.fields
    assert [party.kind for party in fields["parties"]] == list(PartyKind)
    assert fields["persons"][0].role is Role.WITNESS
    assert fields["persons"][1].role is Role.OTHER
    assert fields["procedure"] is Procedure.ORDINARY
    assert fields["penalties"] == (Penalty(PenaltyKind.FINE, 200000),)  # type: ignore[arg-type]
    assert fields["events"][0].kind is EventKind.REVOKED
    assert fields["legal_review"].points == frozenset({1, 2, 8})
    assert fields["secrecy_review"].state_secret is False
    assert fields["act_date"] == date(2026, 1, 1)
    times = fields["process_records"][0]
    assert times.started_at is not None
    assert times.started_at.tzinfo is BEIJING
    assert times.ended_at is not None
    assert times.ended_at.hour == 9
    assert [block.kind.value for block in fields["document"]] == [
        "heading", "paragraph", "list", "table",
    ]  # fmt: skip
    assert fields["document"][0].level == 2


def test_null_and_a_missing_field_are_the_same_and_nothing_is_assumed() -> None:
    draft = one({"case_number": NUMBER, **dict.fromkeys(DraftFields.__annotations__)})
    assert draft.faults == ()
    assert draft.fields == {}


@pytest.mark.parametrize(
    ("change", "pointer", "words"),
    [
        ({"procedure": HIDDEN}, "/procedure", "普通程序、简易程序"),
        ({"decided_on": "2026-02-30"}, "/decided_on", "日期不存在"),
        ({"decided_on": "2026年2月3日"}, "/decided_on", "YYYY-MM-DD"),
        ({"penalties": [{"kind": "罚款", "amount_yuan": "-5.00"}]}, "/penalties/0/amount_yuan",
         "不得为负"),
        ({"penalties": [{"kind": "罚款", "amount_yuan": 2000}]}, "/penalties/0/amount_yuan",
         "文字"),
        ({"penalties": [{"kind": "罚款", "amount_yuan": "1.005"}]}, "/penalties/0/amount_yuan",
         "元"),
        ({"parties": [{"kind": "法人"}]}, "/parties/0/name", "缺少必填字段"),
        ({"parties": [{"kind": "法人", "name": " "}]}, "/parties/0/name", "空白"),
        ({"parties": [{"kind": "法人", "name": "a", "code": "1"}]}, "/parties/0/code", "18 位"),
        ({"social_impact": "是"}, "/social_impact", "true 或 false"),
        ({"organ": "云岭县"}, "/organ", "对象"),
        ({"unknown_field": HIDDEN}, "", "unknown_field"),
        ({HIDDEN: 1}, "", "不是英文标识"),
        ({"phone_13805701234": 1}, "", "不是英文标识或者含有数字"),
        ({"document": [{"type": "list"}]}, "/document/0/items", "缺少必填字段"),
        ({"legal_review": {"points": [9]}}, "/legal_review/points/0", "不得大于 8"),
        ({"legal_review": {"points": [1, 1]}}, "/legal_review/points", "重复"),
        ({"document": [], "document_text": "一"}, "/document_text", "只留一个"),
        ({"case_number": HIDDEN}, "/case_number", "不是决定书文号"),
        ({"title": "a\u0000b"}, "", "空字符"),
        ({"title": "a\ud800b"}, "", "不完整的字符"),
        ({"process_records": [{"act": "a", "medium": "文字", "started_at": "2026-01-01T25:00"}]},
         "", "时间不存在"),
    ],
)  # fmt: skip
def test_each_fault_names_its_place_and_remedy_and_never_the_value(
    change: dict[str, Any], pointer: str, words: str
) -> None:
    (draft,) = read_jsonl(as_file(json.dumps(record(**change)), "a.jsonl"))
    assert draft.fields == {}
    fault = next(f for f in draft.faults if f.place.field == pointer)
    assert (fault.place.file, fault.place.record) == ("a.jsonl", "第1行")
    assert words in str(fault)
    assert HIDDEN not in "".join(map(str, draft.faults))
    assert HIDDEN not in repr(draft)


def test_a_whole_number_written_with_a_point_is_a_whole_number() -> None:
    block = {"type": "heading", "text": "一", "level": 2.0}
    fields = one(record(document=[block], legal_review={"points": [1.0]})).fields
    assert isinstance(fields["document"][0].level, int)
    assert {type(point) for point in fields["legal_review"].points} == {int}


def test_a_number_beyond_all_bounds_is_a_fault_of_its_record() -> None:
    (draft,) = read_jsonl(as_file('{"case_number": "云岭罚〔2026〕1号", "remark": 1e999}'))
    assert draft.faults[0].place.field == "/remark"


def test_what_follows_an_array_is_a_fault_and_a_record_may_not_be_endless() -> None:
    drafts = read_json(as_file(json.dumps([record()]) + "x"))
    assert [bool(draft.faults) for draft in drafts] == [False, True]
    drafts = read_json(as_file("[1 2]"))
    assert "语法错误" in drafts[-1].faults[0].problem
    long = json.dumps(record(facts="x" * (strict_json.MAX_RECORD + 1)))
    (draft,) = read_jsonl(as_file(long, "a.jsonl"))
    assert "一条记录过大" in draft.faults[0].problem


def test_all_faults_of_a_record_are_reported_together() -> None:
    draft = one({"case_number": "x", "procedure": "y", "decided_on": "z", "parties": [{}]})
    assert {fault.place.field for fault in draft.faults} == {
        "/case_number", "/procedure", "/decided_on", "/parties/0/kind", "/parties/0/name",
    }  # fmt: skip


def test_one_bad_line_costs_one_record() -> None:
    lines = [json.dumps(record()), "{oops", "", '{"a":1,"a":2}', '{"a":NaN}', "[1]", "7"]
    drafts = read_jsonl(as_file("\r\n".join(lines), "a.jsonl"))
    assert [draft.place.record for draft in drafts] == [
        "第1行", "第2行", "第4行", "第5行", "第6行", "第7行",
    ]  # fmt: skip
    assert [bool(draft.faults) for draft in drafts] == [False] + [True] * 5


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"a":1,"a":2}', "重复的字段名"),
        ('{"a":Infinity}', "NaN"),
        ("{" * 100, "语法错误"),
        ('{"a":' * 100_000, "嵌套层数过多"),
        ("[" * 70 + "]" * 70, "嵌套层数过多"),
        ('{"a":1}{"b":2}', "多余的内容"),
        ("1" * 5000, "数字过长"),
        ("", "语法错误"),
    ],
)
def test_hostile_json_is_a_fault_in_plain_words(text: str, problem: str) -> None:
    try:
        faults = [fault for draft in read_json(as_file(text)) for fault in draft.faults]
    except UnreadableFileError as error:
        faults = list(error.faults)
    assert problem in str(faults[0])


@pytest.mark.parametrize(("levels", "refused"), [(63, False), (64, False), (65, True)])
def test_levels_are_counted_and_not_the_brackets_of_a_text(levels: int, *, refused: bool) -> None:
    text = json.dumps("[{" * 100)
    nested = "[" * levels + text + "]" * levels
    if refused:
        with pytest.raises(ValueError, match="嵌套层数过多"):
            strict_json.parse(nested)
    else:
        assert json.dumps(strict_json.parse(nested)) == nested


def test_an_array_that_breaks_off_keeps_the_records_before_the_break() -> None:
    whole = json.dumps([record(), record(case_number="云岭综执罚决字〔2026〕13号")])
    drafts = read_json(as_file(whole[:-20]))
    assert [bool(draft.faults) for draft in drafts] == [False, True]
    assert drafts[1].case_number is None
    assert read_json(as_file("[]")) == ()
    assert read_json(as_file(" [ ] ")) == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("read", [read_json, read_jsonl])
def test_every_usual_encoding_reads_the_same(encoding: str, read: Any) -> None:
    text = json.dumps(record(remark="一段足够长的备注，含有常用的汉字。"), ensure_ascii=False)
    (plain,) = read(as_file(text))
    (draft,) = read(as_file(text.encode(encoding)))
    assert draft.faults == ()
    assert draft == plain


def test_a_damaged_line_of_utf8_costs_that_line_and_is_never_taken_for_gb18030() -> None:
    lines = [json.dumps(record(remark="备注" * 20), ensure_ascii=False).encode() for _ in range(3)]
    lines[1] = lines[1].replace("备".encode(), b"\xe5\xa4", 1)
    drafts = read_jsonl(as_file(b"\n".join(lines), "a.jsonl"))
    assert [bool(draft.faults) for draft in drafts] == [False, True, False]
    assert "损坏" in drafts[1].faults[0].problem
    with pytest.raises(UnreadableFileError, match="损坏"):
        read_json(as_file(b"[" + b",".join(lines) + b"]"))


def test_an_unknown_encoding_is_refused() -> None:
    text = json.dumps(record(remark="備註，含有繁體的漢字" * 10), ensure_ascii=False)
    for read in (read_json, read_jsonl):
        with pytest.raises(UnreadableFileError, match="编码"):
            read(as_file(text.replace("〔", "(").replace("〕", ")").encode("big5", "replace")))


def test_the_digest_depends_on_what_is_said_and_not_on_how() -> None:
    text = json.dumps(record())
    spaced = json.dumps(dict(reversed(record().items())), ensure_ascii=False, indent=3)
    assert read_json(as_file(text))[0].digest == read_json(as_file(spaced))[0].digest
    assert one(record()).digest != one(record(remark="x")).digest


JUNK = [None, True, False, 0, -1, 10**30, 1e308, "", " ", "x", "2026-02-30", [], [None], [[]],
        ["x"], {}, [{}], {"kind": "罚款"}, [{"kind": "自然人", "name": "x", "code": 1}],
        [{"type": "table", "rows": [[]]}], {"points": [0]}, [{"act": "x", "medium": "文字",
        "started_at": "2026-13-01T00:00"}], "\u0000", "\ud800"]  # fmt: skip


@given(st.dictionaries(st.sampled_from(sorted(EVERYTHING)), st.sampled_from(JUNK)))
def test_any_value_in_any_field_is_read_or_a_fault_but_never_a_crash(
    change: dict[str, object],
) -> None:
    (draft,) = read_jsonl(as_file(json.dumps({**EVERYTHING, **change}), "a.jsonl"))
    assert draft.faults or set(draft.fields) <= set(DraftFields.__annotations__)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_a_fault_but_never_a_crash(content: bytes) -> None:
    for read in (read_json, read_jsonl):
        with suppress(UnreadableFileError):
            assert isinstance(read(as_file(content)), tuple)
