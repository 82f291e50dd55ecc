"""The manifest: an incomplete copy must remove nothing; a statement is signed and dated."""

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.domain.decision import Decision, Procedure, Unreadable
from pipeline.domain.faults import BadExportError
from pipeline.domain.review import Source
from pipeline.intake.folder import DEFAULT_LIMIT, list_folder
from pipeline.intake.manifest import Manifest, _content_faults, load_manifest
from pipeline.intake.pieces import Pieces
from tests.intake.exports import NUMBER, TODAY, read, record, write_jsonl

OTHER = "云岭综执罚决字〔2026〕13号"


def entry(path: Path, **more: Any) -> dict[str, Any]:
    return {"name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest(), **more}


def write_manifest(folder: Path, name: str = "manifest.json", **content: Any) -> None:
    (folder / name).write_text(json.dumps(content, ensure_ascii=False), "utf-8")


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(BadExportError) as caught:
        read(folder)
    return [str(fault) for fault in caught.value.faults]


def attest(*case_numbers: str, **statements: Any) -> dict[str, Any]:
    whole = {"by": "周某", "on": "2026-11-19", "statements": statements}
    return {**whole, "case_numbers": list(case_numbers)} if case_numbers else whole


def statement(**change: Any) -> str:
    whole = {"by": "周某", "on": "2026-11-19", "statements": {"procedure": "普通程序"}, **change}
    said = {name: value for name, value in whole.items() if value is not None}
    return json.dumps({"attestations": [said]}, ensure_ascii=False)


def test_a_complete_copy_is_read(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path, record(), record(case_number=OTHER))
    size = path.stat().st_size
    files = [entry(path, size=size, records=2)]
    write_manifest(tmp_path, count=1, records=2, files=files)
    intake = read(tmp_path)
    assert len(intake.received) == 2
    assert (intake.faults, intake.files) == ((), 1)


def test_every_difference_is_reported_at_once_and_nothing_is_used(tmp_path: Path) -> None:
    changed = write_jsonl(tmp_path, record(), name="a.jsonl")
    files = [
        {**entry(changed), "sha256": "0" * 64, "size": 1},
        {"name": "gone.jsonl", "sha256": "0" * 64},
        {"name": "gone.jsonl", "sha256": "0" * 64},
    ]
    write_jsonl(tmp_path, record(), name="extra.jsonl")
    write_manifest(tmp_path, count=3, files=files)
    text = "\n".join(faults_of(tmp_path))
    for words in (
        "SHA-256 不同",
        "大小",
        "不存在",
        "不在导出清单中",
        "列了两次",
        "3 个文件，实有 2",
    ):
        assert words in text


@pytest.mark.parametrize("stated", [{"records": 3}, {"files": 3}])
def test_a_record_that_is_not_there_refuses_the_export(
    tmp_path: Path, stated: dict[str, int]
) -> None:
    path = write_jsonl(tmp_path, record())
    more = {"records": stated["files"]} if "files" in stated else {}
    content = {"records": stated["records"]} if "records" in stated else {}
    write_manifest(tmp_path, files=[entry(path, **more)], **content)
    assert "清单称有 3 条记录，实读 1 条" in faults_of(tmp_path)[0]


def test_a_file_that_is_cut_off_refuses_the_export(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path, record(), record(case_number=OTHER))
    write_manifest(tmp_path, files=[entry(path)])
    path.write_bytes(path.read_bytes()[:-200])
    assert "SHA-256" in faults_of(tmp_path)[0]


def test_a_file_changed_after_the_check_refuses_the_export(tmp_path: Path) -> None:
    write_jsonl(tmp_path, record())
    manifest = Manifest(digests={"处罚.jsonl": "0" * 64})
    with pytest.raises(BadExportError, match="核对清单之后文件又被修改"):
        Pieces(tmp_path, manifest, DEFAULT_LIMIT).read("处罚.jsonl")


def test_a_listed_file_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    stated = {"name": "gone.jsonl", "sha256": "0" * 64}
    (fault,) = _content_faults(stated, tmp_path)
    assert "不存在或没有读取权限" in fault.problem


def test_a_link_in_a_listed_export_refuses_it(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path, record())
    write_manifest(tmp_path, files=[entry(path), {"name": "b.jsonl", "sha256": "0" * 64}])
    (tmp_path / "b.jsonl").symlink_to(path)
    (fault,) = faults_of(tmp_path)
    assert "链接" in fault


def test_yaml_says_the_same_as_json(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path, record())
    digest = entry(path)["sha256"].upper()
    (tmp_path / "manifest.yaml").write_text(
        f"count: 1\nfiles:\n- name: {path.name}\n  sha256: '{digest}'\n"
        "attestations:\n- by: 周某\n  on: 2026-11-19\n  statements:\n    procedure: 普通程序\n",
        "utf-8",
    )
    (decision,) = read(tmp_path).received
    assert isinstance(decision, Decision)
    assert decision.procedure is Procedure.ORDINARY


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("manifest.json", "{", "语法错误"),
        ("manifest.json", '{"count":1,"count":2}', "重复"),
        ("manifest.json", "[]", "对象"),
        ("manifest.json", '{"count":-1,"file":[]}', "不认识的字段"),
        ("manifest.yaml", "a: &a [1]\nb: *a\n", "引用"),
        ("manifest.yaml", "count: 1\ncount: 2\n", "重复"),
        ("manifest.yaml", "? [1]\n: 2\n", "YAML"),
        ("manifest.yaml", "!!python/object/apply:os.system ['true']", "YAML"),
        ("manifest.yml", ": :\n\t", "YAML"),
        ("manifest.yaml", "files: !!int 13805701234x", "写错的值"),
        ("manifest.yaml", "files: !!bool 也许", "写错的值"),
        ("manifest.yaml", "files: !!timestamp 明天", "写错的值"),
        ("manifest.json", statement(on=None), "缺少必填字段"),
        ("manifest.yaml", statement(on="2026-11-21"), "今天之后"),
        ("manifest.json", statement(case_numbers=["十二号"]), "不是决定书文号"),
        ("manifest.json", statement(statements={"decided_on": "2026-01-01"}), "不认识的字段"),
        ("manifest.json", statement(statements={}), "是空的"),
    ],
)  # fmt: skip
def test_a_bad_manifest_refuses_the_export(
    tmp_path: Path, name: str, text: str, words: str
) -> None:
    write_jsonl(tmp_path, record())
    (tmp_path / name).write_text(text, "utf-8")
    found = "\n".join(faults_of(tmp_path))
    assert words in found
    assert "周某" not in found


def test_two_manifests_refuse_the_export(tmp_path: Path) -> None:
    write_manifest(tmp_path, count=0)
    write_manifest(tmp_path, "manifest.yaml", count=0)
    assert "不止一份" in faults_of(tmp_path)[0]


def test_a_statement_fills_what_nobody_said_and_is_signed(tmp_path: Path) -> None:
    secrecy = {"state_secret": False, "commercial_secret": False, "privacy": False,
               "security": False, "author": "吴某"}  # fmt: skip
    write_jsonl(tmp_path, record())
    statements = {
        "secrecy_review": secrecy,
        "legal_review": {"passed": True},
        "procedure": "普通程序",
        "social_impact": True,
        "served_on": "2026-03-03",
        "service_method": "直接送达",
        "credit_class": "一般",
    }
    write_manifest(tmp_path, attestations=[attest(**statements)])
    (decision,) = read(tmp_path).received
    assert isinstance(decision, Decision)
    assert decision.secrecy_review.reviewer == "周某"
    assert decision.secrecy_review.reviewed_on == date(2026, 11, 19)
    assert decision.legal_review.passed is True
    assert decision.legal_review.reviewer == ""
    assert dict(decision.sources) == dict.fromkeys(statements, Source.ATTESTATION)


def test_a_statement_about_some_numbers_says_nothing_of_the_others(tmp_path: Path) -> None:
    write_jsonl(tmp_path, record(), record(case_number=OTHER))
    write_manifest(tmp_path, attestations=[attest(OTHER, procedure="普通程序")])
    first, second = read(tmp_path).received
    assert isinstance(first, Decision)
    assert isinstance(second, Decision)
    assert (first.procedure, second.procedure) == (None, Procedure.ORDINARY)


def test_a_statement_never_overrules_a_record(tmp_path: Path) -> None:
    write_jsonl(tmp_path, record(procedure="简易程序", secrecy_review={"privacy": True}))
    secrecy = {"privacy": False}
    statement = attest(procedure="普通程序", secrecy_review=secrecy)
    write_manifest(tmp_path, attestations=[statement])
    (held,) = read(tmp_path).received
    assert isinstance(held, Unreadable)
    assert {fault.place.field for fault in held.faults} == {"适用程序", "保密审查"}
    assert all("manifest.json" in str(fault) for fault in held.faults)


def test_a_statement_about_a_number_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    write_jsonl(tmp_path, record())
    write_manifest(tmp_path, attestations=[attest(NUMBER, OTHER, procedure="普通程序")])
    intake = read(tmp_path)
    assert isinstance(intake.received[0], Decision)
    assert "有 1 个不在本次导出中" in str(intake.faults[0])


def test_an_export_without_a_manifest_has_an_empty_one(tmp_path: Path) -> None:
    manifest = load_manifest(tmp_path, list_folder(tmp_path), today=TODAY)
    assert (manifest.digests, manifest.attestations) == (None, ())
