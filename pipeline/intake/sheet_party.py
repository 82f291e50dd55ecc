"""The punished party of a row of the 双公示 layout."""

import re
import unicodedata

from pipeline.domain.party import Party, PartyKind
from pipeline.domain.text import RawText
from pipeline.intake.sheet_codes import PLACEHOLDER, is_identity_number, is_uscc
from pipeline.intake.sheet_values import RowCells

_BODY = "法人及非法人组织"
_KINDS: dict[str, PartyKind | None] = {
    _BODY: None,
    "自然人": PartyKind.NATURAL_PERSON,
    "个体工商户": PartyKind.INDIVIDUAL_BUSINESS,
    "法人": PartyKind.LEGAL_PERSON,
    "非法人组织": PartyKind.UNINCORPORATED,
    "法人和非法人组织": None,
    "法人或非法人组织": None,
    "法人及其他组织": None,
    "法人和其他组织": None,
    "法人或其他组织": None,
    "法人或者其他组织": None,
    "法人、非法人组织": None,
    "组织": None,
    "单位": None,
    "企业": None,
    "企业法人": PartyKind.LEGAL_PERSON,
    "事业单位": PartyKind.LEGAL_PERSON,
    "事业单位法人": PartyKind.LEGAL_PERSON,
    "社会团体法人": PartyKind.LEGAL_PERSON,
    "机关法人": PartyKind.LEGAL_PERSON,
    "其他组织": PartyKind.UNINCORPORATED,
    "公民": PartyKind.NATURAL_PERSON,
    "个人": PartyKind.NATURAL_PERSON,
    "个体": PartyKind.INDIVIDUAL_BUSINESS,
    "个体户": PartyKind.INDIVIDUAL_BUSINESS,
}
_UNINCORPORATED = re.compile(
    r"合伙|个人独资|律师事务所|分公司|分店|分行|支行|分理处|营业部|分社|办事处|业主委员会|村民小组"
)
_PADDING = re.compile(r"[\s\u200b-\u200f-]")
_IDENTITY_CARD = re.compile(r"身份证")
_HIDDEN = re.compile(r"[*＊xX●×]{4,}")
_CODES = (
    "uscc",
    "registration",
    "organisation_code",
    "tax_code",
    "institution_code",
    "society_code",
)


def read_party(row: RowCells, *, natural_only: bool) -> Party | None:
    """Return the party of the row; ``None`` (with faults) when name or kind is not known.

    ``natural_only`` says that the worksheet is for natural persons and may lack the kind.
    """
    name = row.required("name")
    kind = _kind(row, name, natural_only=natural_only)
    if kind is None or not name:
        return None
    natural = kind is PartyKind.NATURAL_PERSON
    return Party(
        kind=kind,
        name=name,
        code="" if natural else _code(row, kind),
        representative=row.text("representative") if natural else row.required("representative"),
        identifiers=_identifiers(row, natural=natural),
        contacts=row.parts("contacts", commas=True),
        address=row.text("address"),
        birth_date=row.day("birth_date"),
    )


def _kind(row: RowCells, name: str, *, natural_only: bool) -> PartyKind | None:
    text = row.text("kind")
    if natural_only and not text:
        return PartyKind.NATURAL_PERSON
    if not row.required("kind"):
        return None
    kind = row.choice("kind", _KINDS)
    word = "".join(unicodedata.normalize("NFKC", text).split())
    if kind is None and word in _KINDS:
        if _number(row, "uscc").startswith("92"):
            return PartyKind.INDIVIDUAL_BUSINESS
        found = _UNINCORPORATED.search(name)
        return PartyKind.UNINCORPORATED if found else PartyKind.LEGAL_PERSON
    return kind


def _code(row: RowCells, kind: PartyKind) -> str:
    """Return the 统一社会信用代码, empty where an individual business has none."""
    code = _number(row, "uscc")
    if kind is PartyKind.INDIVIDUAL_BUSINESS and code in {"", PLACEHOLDER}:
        if not row.text("registration"):
            row.fault("uscc", "没有统一社会信用代码，也没有工商注册号", "请补填其中一项")
        return ""
    if not code:
        row.required("uscc")
        return ""
    if is_identity_number(code):
        row.fault(
            "uscc", "填写的像是公民身份号码", "请改填统一社会信用代码，身份证号另填证件号码列"
        )
        return ""
    if not is_uscc(code):
        row.fault("uscc", "不是有效的统一社会信用代码（18 位，校验码不符）", "请核对后改正")
        return ""
    return code


def _identifiers(row: RowCells, *, natural: bool) -> tuple[RawText, ...]:
    """Return every number that names a human being; of a natural person, all the codes."""
    if natural:
        _check_identity(row, "id_kind", "id_number")
    _check_identity(row, "representative_id_kind", "representative_id")
    keys = ("id_number", "representative_id", *(_CODES if natural else ()))
    numbers = (row.text(key) for key in keys)
    return tuple(dict.fromkeys(number for number in numbers if number))


def _check_identity(row: RowCells, kind_key: str, number_key: str) -> None:
    """Fault a 身份证 number that cannot be right; one that the export itself hides may stand."""
    number = _number(row, number_key)
    if not number or _HIDDEN.search(number):
        return
    if re.fullmatch(r"[\d.]+[eE]\+?\d+", number):
        row.fault(
            number_key, "号码被改成了科学计数，末几位已丢失", "请把该列设为文本格式后重新填写"
        )
    elif _IDENTITY_CARD.search(row.text(kind_key)):
        legacy = re.fullmatch(r"[1-9]\d{14}", number, re.ASCII)
        if not legacy and not is_identity_number(number):
            row.fault(
                number_key, "不是有效的公民身份号码（位数、日期或校验码不符）", "请核对后改正"
            )


def organisation_code(row: RowCells, key: str) -> str:
    """Return the 统一社会信用代码 of an authority; a wrong one is a fault."""
    code = _number(row, key)
    if code and not is_uscc(code):
        row.fault(key, "不是有效的统一社会信用代码（18 位，校验码不符）", "请核对后改正")
        return ""
    return code


def _number(row: RowCells, key: str) -> str:
    text = row.text(key)
    if not text:
        return ""
    plain = unicodedata.normalize("NFKC", text).upper()
    return _PADDING.sub("", plain)
