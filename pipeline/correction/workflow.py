"""The steps of a request: open, decide, take back, reply. Each is one transaction of the register.

Each step asks again, inside the transaction, whether it may still be taken: two people at two
desks cannot both decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipeline.correction.clock import owes_reply
from pipeline.correction.evidence import kept
from pipeline.correction.hidden import checked_values
from pipeline.correction.public_note import DEFAULT_HIDDEN, DEFAULT_NOTE, checked_note
from pipeline.correction.words import (
    ACTOR,
    ASKER,
    CLAIM,
    CONTACT,
    OFFICER,
    REASON,
    CorrectionError,
    clean,
)
from pipeline.domain.basis import Basis
from pipeline.domain.correction import Asked, Kind, Request, RequestNumber, Ruled, Ruling, Way
from pipeline.domain.text import RawText
from pipeline.policy.model import Policy
from pipeline.register.corrections import Corrections
from pipeline.register.papers import FOLDER

_ALLOWED = {
    Kind.CORRECTION: {Ruling.ACCEPTED, Ruling.PARTLY, Ruling.REFUSED, Ruling.WITHDRAWN},
    Kind.EXPLANATION: {Ruling.EXPLAINED, Ruling.WITHDRAWN},
    Kind.OWN: {Ruling.ACCEPTED, Ruling.WITHDRAWN},
}
"""003 第二十一条第二款 knows no refusal to explain; nobody refuses an error found by himself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where staff work: the register's requests, the policy, the private folder, the day."""

    corrections: Corrections
    policy: Policy
    state: Path
    today: date
    public_values: frozenset[str] = frozenset()

    @property
    def basis(self) -> Basis:
        """The article that gives the period."""
        return self.policy.clocks["correct"].basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What staff take down of a request; private."""

    kind: Kind
    key: str
    received_on: date
    officer: str
    claim: str = field(repr=False)
    asker: str = field(default="", repr=False)
    contact: str = field(default="", repr=False)
    evidence: tuple[Path, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What staff decided on a request; ``hidden`` are raw values, ``note`` becomes public."""

    ruling: Ruling
    actor: str
    reason: str = field(repr=False)
    bases: tuple[Basis, ...] = ()
    way: Way | None = None
    note: str = ""
    hidden: tuple[str, ...] = field(default=(), repr=False)
    again: bool = False


def open_request(desk: Desk, opening: Opening) -> Request:
    """Take a request in; raises ``CorrectionError`` for what cannot be taken down."""
    case_number = desk.corrections.case_number(opening.key)
    if case_number is None:
        raise CorrectionError("台账里没有这个文号。请核对文号，或者先运行 gongshi rebuild")
    if opening.received_on > desk.today:
        raise CorrectionError("收到日期晚于今天。请核对日期")
    own = opening.kind is Kind.OWN
    asked = Asked(
        kind=opening.kind,
        key=opening.key,
        case_number=case_number,
        received_on=opening.received_on,
        officer=clean(opening.officer, OFFICER),
        asker=RawText("" if own else clean(opening.asker, ASKER)),
        contact=RawText("" if own else clean(opening.contact, CONTACT)),
        claim=RawText(clean(opening.claim, CLAIM)),
    )
    with kept(desk.state / FOLDER, opening.evidence) as copies:
        return desk.corrections.open(
            asked, copies.files, desk.basis, today=desk.today, keep=copies.place
        )


def decide(desk: Desk, number: RequestNumber, decision: Decision) -> Request:
    """Keep a ruling; raises ``CorrectionError`` when it lacks something or comes too late."""
    request = found(desk, number)
    _refuse_impossible(request, decision)
    page = desk.corrections.public_text(request.asked.key) if decision.hidden else None
    hidden = checked_values(decision.hidden, page)
    ruled = Ruled(
        ruling=decision.ruling,
        on=desk.today,
        actor=clean(decision.actor, ACTOR),
        reason=RawText(clean(decision.reason, REASON)),
        bases=decision.bases or (desk.basis,),
        way=decision.way,
        note=_note(desk, request, decision, hidden),
        hidden=hidden,
    )

    def may(current: Request) -> None:
        if current.replied:
            raise CorrectionError(f"{number} 已书面答复，不能再改处理结果。如有新情况，请另行登记")
        if current.ruled and not decision.again:
            raise CorrectionError(
                f"{number} 已由{current.ruled.actor}于{current.ruled.on.isoformat()}处理："
                f"{current.ruled.ruling}。确要改正处理结果，加 --again"
            )

    return desk.corrections.rule(number, ruled, may=may)


def found(desk: Desk, number: RequestNumber) -> Request:
    """Return the request of that number; raises ``CorrectionError`` when there is none."""
    request = desk.corrections.find(number)
    if request is None:
        raise CorrectionError(f"台账里没有 {number}。用 gongshi correction list 查看编号")
    return request


def refuse_reply(request: Request) -> None:
    """Raise ``CorrectionError`` when a request is not to be answered now."""
    if request.ruled is None:
        raise CorrectionError(f"{request.number} 还没有处理结果。先运行 gongshi correction decide")
    if not owes_reply(request):
        raise CorrectionError(f"{request.number} 不需要书面答复（申请人撤回，或者自行更正）")
    if request.replied:
        raise CorrectionError(
            f"{request.number} 已于{request.replied.on.isoformat()}答复，存档在 state/{FOLDER}/"
            f"{request.asked.folder}。只要再写一份，加 --draft"
        )


def _refuse_impossible(request: Request, decision: Decision) -> None:
    kind, ruling = request.asked.kind, decision.ruling
    if ruling not in _ALLOWED[kind]:
        told = "、".join(each for each in Ruling if each in _ALLOWED[kind])
        raise CorrectionError(f"{kind}的处理结果只能是：{told}")
    if ruling.changes_page and decision.way is None:
        raise CorrectionError("没有说明怎样更正。用 --by 写明 export、hide 或 note")
    if not ruling.changes_page and (decision.way or decision.note or decision.hidden):
        raise CorrectionError(f"{ruling}不改变页面，不能带更正说明或者应隐去的内容")
    if (decision.way is Way.HIDE) != bool(decision.hidden):
        raise CorrectionError("“隐去”要写明应隐去的内容（--hide-file，每行一处），其他方式不能有")
    if ruling in {Ruling.PARTLY, Ruling.REFUSED} and not decision.bases:
        raise CorrectionError(f"{ruling}要写明依据的条文，例如 --basis 《文件名》第十二条")


def _note(desk: Desk, request: Request, decision: Decision, hidden: Sequence[str]) -> str:
    if decision.way is None:
        return ""
    plain = {Way.HIDE: DEFAULT_HIDDEN, Way.NOTE: DEFAULT_NOTE, Way.EXPORT: ""}[decision.way]
    return checked_note(
        decision.note or plain, request, hidden, desk.policy, public_values=desk.public_values
    )
