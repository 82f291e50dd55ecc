"""The export: half copied, changing while it is read, gone."""

import hashlib
import json
from pathlib import Path

import pytest

from pipeline.domain.faults import ExitCode
from tests.exports import record
from tests.faults.night import Night, each, one_clear_line, shown
from tests.faults.table import told


def _manifest(exports: Path) -> None:
    """Write the manifest of the export as it should be."""
    content = (exports / "导出.jsonl").read_bytes()
    file = {"name": "导出.jsonl", "sha256": hashlib.sha256(content).hexdigest(),
            "size": len(content)}  # fmt: skip
    told_of = {"count": 1, "records": len(content.splitlines()), "files": [file]}
    (exports / "manifest.json").write_text(json.dumps(told_of), "utf-8")


@told(
    "导出只拷贝了一半，有清单（manifest.json）",
    visitors="旧站，完整",
    run="停下（退出码 3），一行说明哪个文件与清单不符",
    after="拷贝完后下一次运行自行恢复",
)
@pytest.mark.parametrize("share", each(0.9, 0.0, 0.3))
def test_an_export_half_copied_is_refused_by_its_manifest(
    night: Night, agency: Path, share: float
) -> None:
    export = agency / "exports" / "导出.jsonl"
    _manifest(agency / "exports")
    whole = export.read_bytes()
    export.write_bytes(whole[: int(len(whole) * share)])
    ended = night.program.rebuild(agency)
    assert ended.code == ExitCode.BAD_EXPORT
    one_clear_line(ended, "导出.jsonl")
    assert shown(agency) == night.old
    export.write_bytes(whole)
    night.assert_heals(agency, f"{share:.0%} copied")


@told(
    "导出只拷贝了一半，没有清单",
    visitors="到了的照常更新；没到的不动，不会被撤下",
    run="完成，列出坏的一行",
    after="拷贝完后下一次运行自行恢复",
)
@pytest.mark.parametrize("share", each(0.9, 0.0, 0.3))
def test_an_export_half_copied_removes_nothing(night: Night, agency: Path, share: float) -> None:
    export = agency / "exports" / "导出.jsonl"
    whole = export.read_bytes()
    export.write_bytes(whole[: int(len(whole) * share)])
    night.program.rebuild(agency)
    pages = {path for path in shown(agency) if path.startswith("decisions/")}
    assert pages >= {path for path in night.old if path.startswith("decisions/")}
    export.write_bytes(whole)
    night.assert_heals(agency, f"{share:.0%} copied, no manifest")


@told(
    "导出在读取时被改写",
    visitors="旧站，完整",
    run="这个文件不用，说明“读取时文件正在被修改”",
    after="写完后下一次运行自行恢复",
)
def test_an_export_that_changes_while_it_is_read_is_not_mixed(night: Night, agency: Path) -> None:
    export = agency / "exports" / "导出.jsonl"
    whole = export.read_bytes()
    added = json.dumps(record(7, facts="半新半旧"), ensure_ascii=False)
    export.write_bytes(whole + (b" " * 999_999 + b"\n") * 30)  # takes a while to read
    ended = night.program.rebuild(agency, written=[str(export), f"{added}\n"])
    assert "正在被修改" in ended.err + ended.out
    assert shown(agency) == night.old
    export.write_bytes(whole)
    night.assert_heals(agency, "changed while read")


@told(
    "首次装入很多决定时，导出在筛查完之前被改写",
    visitors="旧站，完整",
    run="停下（退出码 3），一行说明哪个文件又被修改",
    after="下一次运行接着做：已经隐去的不重做",
)
def test_a_large_export_that_is_rewritten_before_it_is_screened_stops_the_run(
    night: Night, agency: Path
) -> None:
    export = agency / "exports" / "导出.jsonl"
    whole = export.read_bytes()
    added = json.dumps(record(7, facts="半新半旧"), ensure_ascii=False)
    ended = night.program.rebuild(agency, rewritten=[str(export), f"{added}\n"])
    assert ended.code == ExitCode.BAD_EXPORT
    one_clear_line(ended, "导出.jsonl")
    assert shown(agency) == night.old
    export.write_bytes(whole)
    night.assert_heals(agency, "rewritten before it is screened")


@told(
    "导出文件夹是空的",
    visitors="旧站，完整",
    run="完成或停下，说明没有收到导出；什么都不撤下",
    after="导出到了之后下一次运行更新",
)
def test_an_empty_export_removes_nothing(night: Night, agency: Path) -> None:
    export = agency / "exports" / "导出.jsonl"
    whole = export.read_bytes()
    export.unlink()
    night.program.rebuild(agency)
    assert shown(agency) == night.old
    export.write_bytes(whole)
    night.assert_heals(agency, "no export")
