"""Why the lifecycle itself keeps a decision back: reasons that no screening rule gives."""

from pipeline.domain.basis import Basis
from pipeline.domain.event import EventKind, StatusEvent
from pipeline.domain.verdict import Effect, Reason
from pipeline.lifecycle.events import CONTRADICTION
from pipeline.policy.model import Policy


def annulled(event: StatusEvent, policy: Policy) -> Reason:
    """Return why a decision that was never public stays so: it is no longer in force."""
    title = f"决定已{event.kind.value}，不再公开"
    return Reason("lifecycle-annulled", Effect.WITHHOLD, title, policy.clocks["withdraw"].basis)


CHANGED_TEXT = "lifecycle-changed-text"
"""The key of the reason for which a changed or remade decision waits for its new text."""


def changed_text_missing(event: StatusEvent, policy: Policy) -> Reason:
    """Return why a changed or remade decision waits: its new text has not come."""
    kind, how = event.kind.value, "变更后"
    title = "决定已变更，导出的不是变更后的决定书"
    if event.kind is not EventKind.CHANGED:
        how = "重新作出"
        title = f"决定已{kind}并以原文号重新作出，导出的不是重新作出的决定书"
    remedy = f"请导出{how}的决定书，并保留“{kind}”状态及日期"
    return Reason(CHANGED_TEXT, Effect.HOLD, title, policy.clocks["publish"].basis, remedy)


def contradictory(how: str, policy: Policy) -> Reason:
    """Return why a decision of which contradictory facts are told is held."""
    return Reason(
        CONTRADICTION,
        Effect.HOLD,
        f"所载事实互相矛盾：{how}",
        policy.clocks["withdraw"].basis,
        "核对原始文书：不再有效的用 gongshi withdraw 撤下，继续有效的用 gongshi release 放行",
    )


def unreadable(policy: Policy) -> Reason:
    """Return why a record that could not be read is not published."""
    return Reason(
        "lifecycle-unreadable",
        Effect.HOLD,
        "导出记录无法读取",
        policy.clocks["publish"].basis,
        "请按报告中列出的文件、位置和处理办法改正后重新导出",
        adverse=False,
    )


def outdated_text(basis: Basis) -> Reason:
    """Return why an export is passed over: it brings back a text that was changed."""
    return Reason(
        "lifecycle-outdated-text",
        Effect.HOLD,
        "导出的是变更前的决定书",
        basis,
        "请导出变更后的决定书",
        adverse=False,
    )
