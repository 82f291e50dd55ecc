"""The public texts in the place of a page that is gone. No party data, no ground of a hold.

An article is cited without its 项: the 项 would tell what was found out about a person
(for example that the punished person is a minor).
"""

import re
from collections.abc import Sequence
from datetime import date

from pipeline.domain.basis import Basis
from pipeline.domain.event import EventKind, StatusEvent
from pipeline.domain.public import CorrectionNote, Notice
from pipeline.domain.verdict import Effect, Verdict
from pipeline.policy.model import Policy

_DONE = {
    EventKind.CHANGED: "已依法变更",
    EventKind.REVOKED: "已被依法撤销",
    EventKind.CONFIRMED_ILLEGAL: "已被依法确认违法",
    EventKind.CONFIRMED_VOID: "已被依法确认无效",
    EventKind.ORDERED_REMADE: "已被责令重新作出",
    EventKind.CREDIT_REPAIRED: "已完成信用修复",
}
NOT_DISCLOSED = "不予公开"


def withdrawn(event: StatusEvent, policy: Policy, *, today: date) -> Notice:
    """Return the notice of a decision taken down because of ``event`` (行政处罚法 第四十八条)."""
    reason = f"该行政处罚决定{_DONE[event.kind]}，公示信息已撤下。"
    return Notice(today, event.kind.value, reason, str(policy.clocks["withdraw"].basis))


def withheld(verdict: Verdict, *, today: date) -> Notice:
    """Return the notice of a published decision that a rule now forbids to show."""
    reason = "经复核，该行政处罚决定依法不予公开，公示信息已撤下。"
    return Notice(today, NOT_DISCLOSED, reason, _articles(verdict, Effect.WITHHOLD))


def suspended(verdict: Verdict, *, today: date) -> Notice:
    """Return the notice of a page that rests while a person looks into a doubt."""
    reason = "该行政处罚决定的公示信息正在核查，核查期间暂停公示。"
    return Notice(today, "核查", reason, _articles(verdict, Effect.HOLD))


def expired(basis: Basis, *, today: date) -> Notice:
    """Return the neutral notice of a page whose time is over (000 公示 第十一条).

    The same words for every clock: which of them ran out is nobody's business.
    """
    reason = "该行政处罚决定的公示期限已满，已停止公示。"
    return Notice(today, "公示期满", reason, str(basis))


def disputed(basis: Basis, *, today: date) -> Notice:
    """Return the notice of a page that rests while contradictory facts are looked into."""
    reason = "该行政处罚决定的公示信息正在核查，核查期间暂停公示。"
    return Notice(today, "核查", reason, str(basis))


def changed_note(event: StatusEvent, *, today: date) -> CorrectionNote:
    """Return the note on a page that shows the decision as changed (变更) or remade (重作)."""
    remade = event.kind is not EventKind.CHANGED
    shown = "重新作出" if remade else "变更后"
    done = f"原行政处罚决定{_DONE[event.kind]}" if remade else "该行政处罚决定已依法变更"
    return CorrectionNote(today, f"{done}，现公示{shown}的决定。")


def corrected_note(parts: Sequence[str], *, today: date) -> CorrectionNote:
    """Return the 更正说明 that names the parts that differ from what stood before."""
    where = f"：{'、'.join(parts)}" if parts else ""
    return CorrectionNote(today, f"公示内容有误，现予更正{where}。")


def _articles(verdict: Verdict, effect: Effect) -> str:
    bases = {_article(r.basis) for r in verdict.reasons if r.effect is effect and r.adverse}
    return "；".join(str(basis) for basis in sorted(bases))


def _article(basis: Basis) -> Basis:
    match = re.match(r"第[^条]{1,12}条", basis.article)
    return Basis(basis.document, match[0]) if match else basis
