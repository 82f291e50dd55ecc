"""审查表: sign-offs on their own sheet, one row for one review of one decision."""

from pipeline.domain.faults import Fault, Place
from pipeline.domain.review import Source
from pipeline.intake.model import Draft, DraftFields
from pipeline.intake.sheet_reviews import read_legal, read_secrecy
from pipeline.intake.sheet_row import row_digest
from pipeline.intake.sheet_values import RowCells

_SECRECY, _LEGAL = "保密审查", "法制审核"
_SUBJECTS = {
    _SECRECY: _SECRECY,
    _LEGAL: _LEGAL,
    "公示前保密审查": _SECRECY,
    "保密": _SECRECY,
    "法制": _LEGAL,
    "重大执法决定法制审核": _LEGAL,
}


def read_review_row(row: RowCells) -> Draft:
    """Return what one row of a 审查表 says of one decision, as ``Source.REVIEW_SHEET``.

    A row without a conclusion is a fault: an empty review must not look like one.
    """
    case_number = row.case_number("case_number")
    fields = _fields(row)
    return Draft(
        place=row.place,
        source=Source.REVIEW_SHEET,
        digest=row_digest(row.filled),
        case_number=case_number,
        fields=fields,
        faults=tuple(dict.fromkeys(named_by_number(fault) for fault in row.faults)),
    )


def _fields(row: RowCells) -> DraftFields:
    subject = row.choice("subject", _SUBJECTS)
    if subject is None:
        row.required("subject")
        return {}
    if subject == _LEGAL:
        row.required("result")
        legal = read_legal(row, result="result", reviewer="reviewer", on="reviewed_on")
        return {} if legal is None else {"legal_review": legal}
    secrecy = read_secrecy(
        row, result="result", reviewer="reviewer", on="reviewed_on", author="author"
    )
    if secrecy is None and not row.faults:
        row.fault("result", "没有审查结论，也没有四项答复", "请补填：不涉及，或涉及哪一项")
    return {} if secrecy is None else {"secrecy_review": secrecy}


def named_by_number(fault: Fault) -> Fault:
    """Call the key column as a 审查表 and a 记录清单 call it."""
    place = fault.place
    if place.field != "行政处罚决定书文号":
        return fault
    return Fault(Place(place.file, place.record, "文号"), fault.problem, fault.remedy)
