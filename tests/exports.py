"""Builders of valid export records, invented throughout."""

import json
from pathlib import Path
from typing import Any

Record = dict[str, Any]
DAY = "2026-11-20"
WITNESS = "邬晓岚"


def record(number: int, **other: Any) -> Record:
    """Return a record that may be published; ``other`` replaces fields."""
    return {
        "case_number": f"青综执罚决字〔2026〕第{number}号",
        "organ": {"name": "青石县综合行政执法局", "code": "11330822MB0000001R"},
        "decided_on": "2026-11-02",
        "title": "行政处罚决定书",
        "parties": [{"kind": "法人", "name": f"青石县第{number}建材有限公司",
                     "code": "91330822MA65H0FHQ3", "representative": "冯立群"}],
        "persons": [{"name": WITNESS, "role": "证人"}],
        "procedure": "普通程序",
        "violation_kind": "擅自占道堆放物料",
        "facts": "在人行道上堆放砂石。",
        "legal_basis": "《浙江省城市市容和环境卫生管理条例》第十四条",
        "penalties": [{"kind": "罚款", "amount_yuan": "2000.00"}],
        "penalty_text": "罚款人民币贰仟元整",
        "act_date": "2026-09-10",
        "served_on": "2026-11-03",
        "service_method": "直接送达",
        "legal_review": {"required": True, "passed": True, "reviewer": "祝文澜",
                         "reviewed_on": "2026-10-28"},
        "secrecy_review": {"state_secret": False, "commercial_secret": False, "privacy": False,
                           "security": False, "reviewer": "毕春和", "author": "申屠远",
                           "reviewed_on": "2026-11-03"},
        "document_text": f"行政处罚决定书\n经查，当事人在人行道上堆放砂石，证人{WITNESS}予以证实。",
        **other,
    }  # fmt: skip


def write_jsonl(folder: Path, *records: Record, name: str = "导出.jsonl") -> None:
    """Write the records as JSON Lines into an export folder."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(each, ensure_ascii=False) for each in records]
    (folder / name).write_text("\n".join(lines) + "\n", "utf-8")
