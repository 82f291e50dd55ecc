"""What a row of the 双公示 layout says was decided: kinds, amounts, outcome."""

import re
import unicodedata

from pipeline.domain.decision import Outcome
from pipeline.domain.money import Fen, parse_yuan
from pipeline.domain.penalty import Penalty, PenaltyKind
from pipeline.domain.text import RawText
from pipeline.intake.sheet_values import RowCells

_KINDS = {kind.value: kind for kind in PenaltyKind} | {
    "暂扣许可证": PenaltyKind.SUSPEND_LICENCE,
    "暂扣执照": PenaltyKind.SUSPEND_LICENCE,
    "暂扣许可证/执照": PenaltyKind.SUSPEND_LICENCE,
    "暂扣许可证或执照": PenaltyKind.SUSPEND_LICENCE,
    "暂扣许可证照": PenaltyKind.SUSPEND_LICENCE,
    "吊销许可证": PenaltyKind.REVOKE_LICENCE,
    "吊销执照": PenaltyKind.REVOKE_LICENCE,
    "吊销许可证/执照": PenaltyKind.REVOKE_LICENCE,
    "吊销许可证或执照": PenaltyKind.REVOKE_LICENCE,
    "吊销许可证照": PenaltyKind.REVOKE_LICENCE,
    "吊销营业执照": PenaltyKind.REVOKE_LICENCE,
    "降低资质": PenaltyKind.LOWER_QUALIFICATION,
    "限制开展生产经营": PenaltyKind.RESTRICT_BUSINESS,
    "责令停产": PenaltyKind.STOP_BUSINESS,
    "责令停业": PenaltyKind.STOP_BUSINESS,
    "拘留": PenaltyKind.DETENTION,
    "没收违法所得和非法财物": PenaltyKind.CONFISCATE_INCOME,
}
_OUTCOMES = {
    "不予处罚": Outcome.NO_PENALTY,
    "不予行政处罚": Outcome.NO_PENALTY,
    "违法事实不能成立": Outcome.NOT_ESTABLISHED,
    "移送司法机关": Outcome.TRANSFERRED,
}
_BOTH_INCOME_AND_PROPERTY = re.compile(r"没收违法所得(?:[、,和及或]|以及)(?:没收)?非法财物")
_SPLIT = re.compile(r"[;；、,，\n]+")
_YUAN = re.compile(r"(?<![\d.,])(\d[\d,]{0,15}(?:\.\d{1,2})?)元")
_TAKINGS = frozenset({PenaltyKind.CONFISCATE_INCOME, PenaltyKind.CONFISCATE_PROPERTY})


def read_penalties(row: RowCells) -> tuple[tuple[Penalty, ...], Outcome | None]:
    """Return the penalties of the row and, where 处罚类别 says there is none, the outcome."""
    kinds, outcome = _kinds(row)
    fine = _fine(row)
    confiscated = row.amount("confiscated")
    _check_fine(row, kinds, fine)
    _check_confiscated(row, kinds, confiscated)
    takings = kinds & _TAKINGS
    amounts: dict[PenaltyKind, Fen | None] = {PenaltyKind.FINE: fine}
    if len(takings) == 1:
        amounts[next(iter(takings))] = confiscated or None
    ordered = [kind for kind in PenaltyKind if kind in kinds]
    return tuple(Penalty(kind, amounts.get(kind)) for kind in ordered), outcome


def penalty_text(row: RowCells) -> RawText:
    """Return 处罚内容, with the licence of its own column where it does not name it."""
    text, licence = row.required("penalty_text"), row.text("licence")
    if not licence or licence in text:
        return text
    return RawText(f"{text}\n暂扣或吊销证照：{licence}")


def _kinds(row: RowCells) -> tuple[frozenset[PenaltyKind], Outcome | None]:
    found: set[PenaltyKind] = set()
    text = "".join(unicodedata.normalize("NFKC", row.required("penalty_kinds")).split(" "))
    text = _BOTH_INCOME_AND_PROPERTY.sub("没收违法所得;没收非法财物", text)
    outcome: Outcome | None = None
    for word in (part.strip() for part in _SPLIT.split(text)):
        if word in _OUTCOMES:
            outcome = _OUTCOMES[word]
        elif word in _KINDS:
            found.add(_KINDS[word])
        elif word.startswith("其他"):
            found.add(PenaltyKind.OTHER)
        elif word:
            words = "、".join(kind.value for kind in PenaltyKind)
            row.fault("penalty_kinds", "有不认识的处罚类别", f"请填：{words}，几项之间用分号")
            break
    return frozenset(found), outcome


def _fine(row: RowCells) -> Fen | None:
    wan, yuan = row.amount("fine"), row.amount("fine_yuan", in_yuan=True)
    if wan is not None and yuan is not None and wan != yuan:
        row.fault("fine_yuan", "与以万元为单位的罚款金额不一致", "请核对后改正")
    return wan if wan is not None else yuan


def _check_fine(row: RowCells, kinds: frozenset[PenaltyKind], fine: Fen | None) -> None:
    key = "fine_yuan" if "fine_yuan" in row.filled else "fine"
    broken = any(fault.place.field.startswith("罚款金额") for fault in row.faults)
    if PenaltyKind.FINE in kinds and not fine and not broken:
        row.fault(key, "处罚类别有罚款，没有罚款金额", "请补填罚款金额，单位是万元")
    if fine and kinds and PenaltyKind.FINE not in kinds:
        row.fault("penalty_kinds", "有罚款金额，处罚类别没有罚款", "请核对处罚类别和罚款金额")
    if fine and _unit_slipped(fine, row.text("penalty_text")):
        row.fault(key, "与处罚内容中的金额相差一万倍，单位可能填错", "请按万元填写")


def _unit_slipped(fine: Fen, text: str) -> bool:
    """Say whether the text names the fine times or over 10,000, and not the fine itself."""
    said = {parse_yuan(digits) for digits in _YUAN.findall(unicodedata.normalize("NFKC", text))}
    return fine not in said and any(
        fine * 10_000 == amount or amount * 10_000 == fine for amount in said
    )


def _check_confiscated(
    row: RowCells, kinds: frozenset[PenaltyKind], confiscated: Fen | None
) -> None:
    takings = kinds & _TAKINGS
    if confiscated and kinds and not takings:
        row.fault("penalty_kinds", "有没收金额，处罚类别没有没收", "请核对处罚类别和没收金额")
    if takings == {PenaltyKind.CONFISCATE_INCOME} and confiscated is None:
        row.fault(
            "confiscated", "处罚类别有没收违法所得，没有没收金额", "请补填没收金额，单位是万元"
        )
