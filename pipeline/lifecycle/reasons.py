"""Why the lifecycle itself keeps a decision back: reasons that no screening rule gives."""

from pipeline.domain.basis import Basis
from pipeline.domain.event import StatusEvent
from pipeline.domain.verdict import Effect, Reason
from pipeline.policy.model import Policy


def annulled(event: StatusEvent, policy: Policy) -> Reason:
    """Return why a decision that was never public stays so: it is no longer in force."""
    title = f"决定已{event.kind.value}，不再公开"
    return Reason("lifecycle-annulled", Effect.WITHHOLD, title, policy.clocks["withdraw"].basis)


def changed_text_missing(policy: Policy) -> Reason:
    """Return why a changed decision waits: its changed text has not come."""
    return Reason(
        "lifecycle-changed-text",
        Effect.HOLD,
        "决定已变更，导出的不是变更后的决定书",
        policy.clocks["publish"].basis,
        "请导出变更后的决定书，并保留“变更”状态及日期",
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
