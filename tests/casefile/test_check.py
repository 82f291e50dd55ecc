"""The whole check: no list, gates and reasons, and nothing protected in what is found."""

import dataclasses
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.casefile.check import check, gate_reasons
from pipeline.domain.faults import BadSettingsError
from pipeline.domain.process_record import Act, Medium, ProcessRecord
from pipeline.domain.review import LegalReview
from pipeline.domain.text import RawText
from pipeline.domain.verdict import Effect
from pipeline.policy.load import load_policy
from pipeline.policy.model import Unit
from tests.casefile.builders import (
    PACKS,
    POLICIES,
    TODAY,
    changed,
    decision,
    findings,
    record,
    setting,
    whole_list,
)


@pytest.mark.parametrize("key", POLICIES)
def test_without_a_list_only_its_absence_is_reported_and_nothing_held(key: str) -> None:
    found = check(decision(process_records=()), POLICIES[key], today=TODAY)
    assert [(each.rule, each.is_gate) for each in found] == [("record-list", False)]
    assert found[0].title.endswith("案件记录清单未随决定导出")
    assert gate_reasons(found) == ()


OWN = """
key: own
title: 本局补充规定
extends: [{parents}]
records:
  record-list:
    title: 案件记录清单应当随决定导出
    predicate: list_exported
    gate: true
    basis: {{document: 本局补充规定, article: 第一条}}
    remedy: 导出案件记录清单
"""


def test_a_bureau_may_make_the_list_a_gate(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(OWN.format(parents="changshan-2021"), "utf-8")
    own = load_policy("own", folders=[tmp_path])
    (reason,) = gate_reasons(check(decision(process_records=()), own, today=TODAY))
    assert (reason.rule, reason.effect, reason.adverse) == ("record-list", Effect.HOLD, False)
    assert str(reason.basis) == "《本局补充规定》第一条"
    assert [(o.key, o.by) for o in own.overruled if o.key == "record-list"] == [
        ("record-list", "own")
    ]


def test_of_two_documents_the_stricter_period_and_every_act_and_class_hold(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(OWN.format(parents=", ".join(PACKS)), "utf-8")
    own = load_policy("own", folders=[tmp_path])
    store, keep = own.clocks["av_store"], own.clocks["av_keep"]
    assert (store.length, store.unit, store.pack) == (0, Unit.DAY, "yanzhou-2018")
    assert (keep.length, keep.unit, keep.pack) == (2, Unit.YEAR, "minhou")
    lost = {(o.key, o.pack) for o in own.overruled}
    assert {("av_store", "changshan-2021"), ("av_store", "minhou")} <= lost
    assert {("av_keep", "changshan-2021"), ("av_keep", "yanzhou-2018")} <= lost
    duties = {duty.key: duty for duty in own.records}
    classes = set(duties["av-keep"].values("classes"))
    assert classes >= {"作为证据", "涉访涉诉", "重大疑难复杂", "复议诉讼投诉异议"}
    assert set(duties["acts-av"].acts) >= {Act.SAMPLING, Act.EMERGENCY, Act.EXECUTION}
    assert duties["approval"].is_gate
    assert findings(decision(), own) == {}


@pytest.mark.parametrize("key", PACKS)
def test_the_gates_of_a_pack_are_those_that_its_articles_make_conditions(key: str) -> None:
    policy = POLICIES[key]
    gates = {duty.key for duty in (*policy.records, *policy.review) if duty.is_gate}
    assert {"notice-before-decision", "service-electronic", "review-waived"} <= gates
    assert ("approval" in gates) is (key != "yanzhou-2018")
    assert {"review-points", "discussion-after-review"} <= gates or key != "zhoucun-2018"


@pytest.mark.parametrize("key", POLICIES)
def test_a_finding_holds_nothing_that_a_record_says(key: str) -> None:
    marker = "丁零当"
    marked = tuple(
        dataclasses.replace(
            each,
            act=each.act if number % 3 else marker,
            document=marker,
            method=marker,
            file_name=RawText(marker),
            note=RawText(marker),
            officers=(RawText(marker),),
            contents=(marker,),
            classes=(marker,),
            retention=marker,
            signed=False,
        )
        for number, each in enumerate(whole_list())
    )
    case = decision(
        process_records=marked,
        service_method=marker,
        facts=RawText(marker),
        legal_review=LegalReview(required=False, reviewer=RawText(marker), classes=frozenset({1})),
    )
    found = check(case, POLICIES[key], today=TODAY)
    assert len(found) > 10
    assert marker not in repr(found) + repr(gate_reasons(found))


def test_a_duty_of_the_ordinary_procedure_is_asked_where_none_is_named() -> None:
    late = decision(procedure=None, notified_on=date(2026, 3, 21), process_records=(FILED,))
    assert "notice-before-decision" in findings(late, POLICIES["national"])


FILED = record(Act.FILING)


def test_an_incomplete_list_holds_by_its_gates_and_reports_the_rest() -> None:
    case = decision(process_records=(FILED,), notified_on=None)
    found = check(case, POLICIES["changshan-2021"], today=TODAY)
    reasons = {reason.rule: reason for reason in gate_reasons(found)}
    assert set(reasons) == {"notice-before-decision", "approval"}
    assert {"stages-text", "inquiry-on-record", "decision-stage-text"} <= {f.rule for f in found}
    assert not any(reason.adverse for reason in reasons.values())


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"acts": ["跳舞"]}, "acts：有不可用的值"),
        ({"procedures": ["快速程序"]}, "procedures：有不可用的值"),
        ({"gate": "是"}, "gate：应为 true 或 false"),
        ({"params": {"media": ["口头"], "documents": []}}, "params.media：有不可用的值"),
        ({"params": {"media": ["文字"]}}, "params.documents：缺少参数"),
        ({"predicate": "guess"}, "predicate：不是可用的值"),
        ({"remedy": ""}, "remedy：缺少文字内容"),
        ({"key": "signed", "predicate": "two_officers", "params": None}, "同名规则不一致"),
        (
            {"predicate": "major_discussed", "params": {"fine_person": ["五千"]}},
            "params.fine_person：不是金额",
        ),
    ],
)
def test_a_faulty_duty_of_a_bureau_is_named(
    tmp_path: Path, changes: dict[str, Any], problem: str
) -> None:
    duty: dict[str, Any] = {
        "title": "某事",
        "predicate": "recorded_when_done",
        "acts": ["询问"],
        "params": {"media": ["文字"], "documents": []},
        "basis": {"document": "本局规定", "article": "第一条"},
        "remedy": "补",
    }
    duty |= changes
    key = duty.pop("key", "own-duty")

    pack = {"key": "own", "title": "本局", "extends": ["minhou"], "records": {key: duty}}
    (tmp_path / "own.yaml").write_text(json.dumps(pack, ensure_ascii=False), "utf-8")
    with pytest.raises(BadSettingsError) as caught:
        load_policy("own", folders=[tmp_path])
    assert problem in str(caught.value)


def test_a_bureau_adds_its_own_words_for_acts(tmp_path: Path) -> None:
    text = OWN.format(parents="minhou") + "acts:\n  询问: [谈话（笔录）]\n"
    (tmp_path / "own.yaml").write_text(text, "utf-8")
    own = load_policy("own", folders=[tmp_path])
    case = decision(
        process_records=changed(whole_list(), setting(Act.QUESTIONING, act="谈话(笔录)"))
    )
    assert findings(case, own) == {}
    assert set(findings(case, POLICIES["minhou"])) >= {"record-acts"}
    (tmp_path / "own.yaml").write_text(text.replace("  询问:", "  聊天:"), "utf-8")
    with pytest.raises(BadSettingsError, match="acts：有不可用的行为"):
        load_policy("own", folders=[tmp_path])


def test_every_finding_stays_the_same_for_the_same_case() -> None:
    broken = changed(whole_list(), setting(None, Medium.AUDIO_VIDEO, interrupted=True, signed=None))
    case = decision(process_records=broken)
    for policy in POLICIES.values():
        first, second = (check(case, policy, today=TODAY) for _ in range(2))
        assert first == second


def test_a_word_for_an_act_that_is_the_act_is_always_known() -> None:
    records = tuple(ProcessRecord(act=act.value, medium=Medium.TEXT) for act in Act)
    found = findings(decision(process_records=records), POLICIES["national"])
    assert "record-acts" not in found
