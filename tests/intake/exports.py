"""Makes export folders for the tests. Every person, number and place in them is invented."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.intake.join import JoinSettings
from pipeline.intake.read import Intake, read_exports

TODAY = date(2026, 11, 20)
NUMBER = "云岭综执罚决字〔2026〕第12号"
HIDDEN = "欧阳甲乙丙"

DOCUMENT = f"""云岭县综合行政执法局
行政处罚决定书
{NUMBER}
当事人：云岭县好味餐饮有限公司
统一社会信用代码：91330822MA28F00MX1
法定代表人：{HIDDEN}
经查，当事人占道经营。本案适用普通程序，已经法制审核无异议。
决定处以罚款人民币贰仟元整（¥2,000.00）。
云岭县综合行政执法局
二〇二六年三月二日
"""


def record(**more: Any) -> dict[str, Any]:
    """Return a valid record; ``more`` replaces or adds, ``None`` takes away."""
    whole = {
        "case_number": NUMBER,
        "organ": {"name": "云岭县综合行政执法局", "code": "11330822MB00000011"},
        "decided_on": "2026-03-02",
        "parties": [{"kind": "自然人", "name": HIDDEN, "identifiers": ["330822199001010018"]}],
        "penalties": [{"kind": "罚款", "amount_yuan": "2000.00"}],
        "penalty_text": "罚款人民币贰仟元整（¥2,000.00）",
    }
    return {name: value for name, value in {**whole, **more}.items() if value is not None}


def write_jsonl(folder: Path, *records: object, name: str = "处罚.jsonl") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), "utf-8")
    return path


def read(folder: Path, **settings: Any) -> Intake:
    return read_exports(folder, JoinSettings(today=TODAY, **settings))
