"""Write ``examples/changshan``: an invented agency's folder with its exports.

``python examples/make_changshan.py [FOLDER]``. Seeded: the same bytes on every machine.
"""

import copy
import hashlib
import json
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml
from samples.agency import REVIEWER, SECRECY_REVIEWER
from samples.case_files import lacking, listed
from samples.cases import CASES, NIGHTS, Case
from samples.documents import WRITERS
from samples.invent import Inventor
from samples.settings import POLICY, SETTINGS
from samples.sheets import (
    HEADINGS,
    RECORD_HEADINGS,
    REVIEW_HEADINGS,
    gb18030_csv,
    record_rows,
    review_rows,
    row_of,
    workbook,
)
from samples.texts import Sample, make

LAST_NIGHT = "2026-11-20"
_SEED = 20261120
_EXPORTED = "2026-11-18"

Made = tuple[Case, Sample]


def main() -> None:
    """Write the folder named on the command line, or the one beside this file."""
    default = Path(__file__).parent / "changshan"
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    made = samples()
    exports = dict(_exports(made))
    exports["manifest.json"] = _manifest(exports, made)
    files = {f"exports/{name}": content for name, content in exports.items()}
    for night in NIGHTS:
        files[f"earlier/{night}/decisions.jsonl"] = _jsonl(_as_of(night, made))
    files["gongshi.yaml"] = SETTINGS.encode()
    files["policies/changshan-sample.yaml"] = POLICY.encode()
    files["expected.yaml"] = _expected(made).encode()
    for part in ("exports", "earlier", "policies"):
        shutil.rmtree(folder / part, ignore_errors=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    print(f"{len(made)} 件决定，{len(files)} 个文件 → {folder}")


def samples() -> list[Made]:
    """Return every decision of the sample as the last export tells it."""
    inventor = Inventor(_SEED)
    made: list[Made] = []
    for index, case in enumerate(CASES, start=1):
        number = case.number or f"常综执罚决字〔{case.decided_on.year}〕第{index:04}号"
        sample = make(inventor, number, case.topic, case.kind, case.decided_on)
        case.twist(sample, inventor)
        sample.record["process_records"] = listed(sample, case.source) or None
        made.append((case, sample))
    return made


def _as_of(night: str, made: Iterable[Made]) -> list[Sample]:
    """Return the decisions exported on ``night``, as they were then."""
    found: list[Sample] = []
    for case, sample in made:
        if case.earlier == night:
            then = copy.deepcopy(sample)
            if case.before:
                case.before(then)
            found.append(then)
    return found


def _exports(made: list[Made]) -> Iterable[tuple[str, bytes]]:
    by_source: Mapping[str, list[Made]] = defaultdict(list)
    for case, sample in made:
        by_source[case.source].append((case, sample))
    plain = {source: [sample for _, sample in group] for source, group in by_source.items()}
    records = [_record(sample) for sample in plain["json"]]
    yield "办案系统/2026年1-4月.json", _json(records)
    yield "办案系统/2026年5-6月.jsonl", _jsonl(plain["jsonl"])
    for source, name in (("legal", "法人及非法人组织"), ("natural", "自然人")):
        rows = [row for sample in plain[source] for row in _rows(sample)]
        title = f"行政处罚信息（{name}）" if source == "natural" else "行政处罚信息"
        yield f"双公示/行政处罚_{name}.xlsx", workbook(title, HEADINGS, rows)
    lines = [HEADINGS, *([str(c) for c in row_of(s, dates="年月日")] for s in plain["csv"])]
    yield "双公示/旧系统导出.csv", gb18030_csv(lines)
    reviewed = review_rows([*plain["legal"], *plain["natural"]])
    yield "审查/保密审查表.xlsx", workbook("公示前保密审查表", REVIEW_HEADINGS, reviewed)
    records = record_rows([*plain["legal"], *plain["natural"]])
    yield "案卷/案件记录清单.xlsx", workbook("案件记录清单", RECORD_HEADINGS, records)
    for case, sample in made:
        if case.form:
            suffix, write = WRITERS[case.form]
            yield f"决定书/{sample.number}{suffix}", write(sample)


def _rows(sample: Sample) -> list[list[Any]]:
    rows = [row_of(sample)]
    if second := sample.record.get("_second_row"):
        other = copy.deepcopy(sample)
        other.record |= second
        rows.append(row_of(other))
    return rows


def _record(sample: Sample) -> dict[str, Any]:
    """Return the record with its document as blocks."""
    kinds = {"title": "heading", "head": "heading"}
    blocks = [
        {"type": kinds.get(kind, "paragraph"), "text": text}
        | ({"level": 2} if kind == "head" else {})
        for kind, text in sample.paragraphs
    ]
    return _said(sample.record) | {"document": blocks}


def _said(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value is not None}


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _jsonl(group: Iterable[Sample]) -> bytes:
    lines = []
    for sample in group:
        text = "\n".join(line for _, line in sample.paragraphs)
        lines.append(json.dumps(_said(sample.record) | {"document_text": text}, ensure_ascii=False))
    return ("\n".join(lines) + "\n").encode()


def _manifest(files: Mapping[str, bytes], made: list[Made]) -> bytes:
    statement = {
        "state_secret": False, "commercial_secret": False, "privacy": False, "security": False,
        "reviewer": SECRECY_REVIEWER, "reviewed_on": _EXPORTED,
    }  # fmt: skip
    of = defaultdict(list)
    for case, sample in made:
        of[case.source].append(sample.number)
    attestations = [
        {"by": SECRECY_REVIEWER, "on": _EXPORTED, "case_numbers": of["csv"] + of["attested"],
         "statements": {"secrecy_review": statement}},
        {"by": REVIEWER, "on": _EXPORTED, "case_numbers": of["attested"],
         "statements": {"served_on": "2026-10-29", "service_method": "直接送达",
                        "legal_review": {"required": True, "passed": True, "reviewer": REVIEWER,
                                         "reviewed_on": "2026-10-22"}}},
    ]  # fmt: skip
    listed = [
        {"name": name, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
        for name, content in sorted(files.items())
    ]
    return _json(
        {"count": len(files), "records": len(made), "files": listed, "attestations": attestations}
    )


def _shown_number(sample: Sample) -> str:
    """Return the 文号 as the page heads it: as the sheet has it, in canonical brackets."""
    number = str(sample.record.get("_row_number", sample.number)).strip(" 　")
    return number.replace("﹝", "〔").replace("﹞", "〕")


def _expected(made: list[Made]) -> str:
    """Return where each decision must end and what the site must and must not show."""
    entries = {}
    for case, sample in made:
        entry: dict[str, Any] = {"state": case.state}
        if case.alone:
            entry["alone"] = case.alone
        if case.why:
            entry["why"] = case.why
        if "published" in {case.state, case.alone}:
            entry["present"] = [_shown_number(sample), *sample.public]
        if sample.record["process_records"]:
            entry["lacks"] = lacking(sample)
        entry["absent"] = sorted(set(sample.private))
        entries[sample.number] = entry
    nights = [{"today": n, "exports": f"earlier/{n}"} for n in NIGHTS]
    nights.append({"today": LAST_NIGHT, "exports": "exports"})
    head = (
        "# Made by examples/make_changshan.py. For each 文号: `state` after all nights in order,\n"
        "# `alone` after the last night only (where that differs), what must be `present` on its\n"
        "# page while it is published, and what must be `absent` from every byte of the site.\n"
        "# Where a list of process records came along, `lacks` names the duties not fulfilled.\n"
    )
    body = {"nights": nights, "decisions": entries}
    return head + yaml.safe_dump(body, allow_unicode=True, sort_keys=False, width=1000)


if __name__ == "__main__":
    main()
