"""A public projection of many invented decisions, without a rebuild, for search engines."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pipeline.domain.case_number import CaseNumber
from pipeline.domain.cleared import ClearedDecision, ClearedParty, ClearedText, Run
from pipeline.domain.document import paragraph
from pipeline.domain.money import parse_yuan
from pipeline.domain.party import PartyKind
from pipeline.domain.penalty import Penalty, PenaltyKind
from pipeline.domain.public import PublicRecord, Standing
from pipeline.projection.codec import sealed
from pipeline.projection.model import Changes, Mark
from pipeline.projection.write import write_projection

ROOT = Path(__file__).resolve().parents[1]


def synthetic(count: int, folder: Path) -> Path:
    """Return a file of ``count`` invented decisions, one JSON object a line."""
    target = folder / f"synthetic-{count}.jsonl"
    if not target.exists():
        script = ROOT / "examples" / "synthetic.py"
        subprocess.run([sys.executable, script, str(count), "1", target], check=True)
    return target


def project(lines: Path, target: Path) -> Path:
    """Write the projection of all decisions of ``lines`` as if nothing had to be hidden."""
    write_projection(target, Changes(Mark("benchmark", 1), records(lines), whole=True))
    return target


def records(lines: Path) -> Iterator[PublicRecord]:
    """Yield the decisions of a file as public records."""
    with lines.open(encoding="utf-8") as file:
        for line in file:
            yield _record(json.loads(line))


def _record(raw: dict[str, object]) -> PublicRecord:
    number = CaseNumber.parse(str(raw["case_number"]))
    decided = date.fromisoformat(str(raw["decided_on"]))
    decision = ClearedDecision(
        key=number.key,
        slug=number.slug,
        case_number=number.display,
        organ=raw["organ"]["name"],  # type: ignore[index]
        organ_code="",
        decided_on=decided,
        title=_text(raw.get("title", "")),
        parties=tuple(map(_party, raw["parties"])),  # type: ignore[call-overload]
        violation_kind=_text(raw.get("violation_kind", "")),
        facts=_text(raw.get("facts", "")),
        legal_basis=_text(raw.get("legal_basis", "")),
        penalties=tuple(map(_penalty, raw["penalties"])),  # type: ignore[call-overload]
        penalty_text=_text(raw.get("penalty_text", "")),
        performance=_text(raw.get("performance", "")),
        remark=(),
        document=tuple(
            paragraph(_text(line)) for line in str(raw["document_text"]).split("\n") if line.strip()
        ),
        masked=(),
    )
    return sealed(
        PublicRecord(
            key=number.key,
            slug=number.slug,
            case_number=number.display,
            standing=Standing.PUBLISHED,
            first_published_on=decided,
            changed_on=decided,
            decision=decision,
        )
    )


def _text(value: object) -> ClearedText:
    return (Run(str(value)),) if value else ()


def _party(raw: dict[str, str]) -> ClearedParty:
    return ClearedParty(kind=PartyKind(raw["kind"]), name=_text(raw["name"]))


def _penalty(raw: dict[str, str]) -> Penalty:
    amount = raw.get("amount_yuan")
    return Penalty(PenaltyKind(raw["kind"]), parse_yuan(amount) if amount else None)
