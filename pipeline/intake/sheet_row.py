"""One row of the 双公示 layout → drafts: what the export says, what its extension columns say."""

import hashlib
from collections.abc import Mapping

from pipeline.domain.decision import Organ
from pipeline.domain.faults import Place
from pipeline.domain.review import Source
from pipeline.intake.model import Draft, DraftFields
from pipeline.intake.sheet_extension import read_extension
from pipeline.intake.sheet_model import Cell
from pipeline.intake.sheet_party import organisation_code, read_party
from pipeline.intake.sheet_penalty import penalty_text, read_penalties
from pipeline.intake.sheet_values import RowCells

_OPEN_ENDED = frozenset({"长期", "长期有效", "永久", "永久有效", "无期限"})


def read_decision_row(row: RowCells, *, natural_only: bool) -> tuple[Draft, ...]:
    """Return the draft of the row and, when its extension columns say anything, one of those.

    Both have the same place and digest; the faults of the whole row stand with the first.
    """
    case_number = row.case_number("case_number")
    fields = _export_fields(row, natural_only=natural_only)
    extension = read_extension(row)
    digest = row_digest(row.filled)
    drafts = [
        Draft(
            place=row.place,
            source=Source.EXPORT,
            digest=digest,
            case_number=case_number,
            fields=fields,
            faults=tuple(dict.fromkeys(row.faults)),
        )
    ]
    if extension and case_number is not None:
        drafts.append(
            Draft(
                place=row.place,
                source=Source.EXTENSION,
                digest=digest,
                case_number=case_number,
                fields=extension,
            )
        )
    return tuple(drafts)


def row_digest(filled: Mapping[str, Cell]) -> str:
    """Return the SHA-256 of what a row says, whatever the order and names of its columns."""
    text = "\x1e".join(f"{key}\x1f{filled[key]}" for key in sorted(filled))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def row_place(file: str, label: str, index: int) -> Place:
    """Return the place of the row that counts from 0 in the worksheet called ``label``."""
    return Place(file, f"{label}第{index + 1}行")


def _export_fields(row: RowCells, *, natural_only: bool) -> DraftFields:
    fields = DraftFields(
        violation_kind=row.required("violation_kind"),
        facts=row.required("facts"),
        legal_basis=row.required("legal_basis"),
        penalty_text=penalty_text(row),
    )
    if organ := row.required("organ"):
        fields["organ"] = Organ(organ, organisation_code(row, "organ_code"))
    if not row.text("decided_on"):
        row.required("decided_on")
    elif (decided_on := row.day("decided_on")) is not None:
        fields["decided_on"] = decided_on
    penalties, outcome = read_penalties(row)
    fields["penalties"] = penalties
    if outcome is not None:
        fields["outcome"] = outcome
    if row.text("valid_until") not in _OPEN_ENDED and (until := row.day("valid_until")):
        fields["valid_until"] = until
    if row.text("public_until") not in _OPEN_ENDED:
        row.day("public_until")
    if remark := row.text("remark"):
        fields["remark"] = remark
    if (party := read_party(row, natural_only=natural_only)) is not None:
        fields["parties"] = (party,)
    return fields
