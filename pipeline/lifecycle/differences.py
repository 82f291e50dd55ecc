"""In what two cleared versions of a decision differ: the parts that a 更正说明 names."""

from pipeline.domain.cleared import ClearedDecision

_PARTS = (
    ("organ", "处罚机关"),
    ("decided_on", "处罚决定日期"),
    ("title", "标题"),
    ("parties", "当事人"),
    ("violation_kind", "违法行为类型"),
    ("facts", "违法事实"),
    ("legal_basis", "处罚依据"),
    ("penalties", "处罚种类及金额"),
    ("penalty_text", "处罚内容"),
    ("performance", "履行情况"),
    ("remark", "备注"),
    ("valid_until", "处罚有效期"),
    ("document", "决定书正文"),
)


def differing(old: ClearedDecision, new: ClearedDecision) -> tuple[str, ...]:
    """Return the Chinese names of the parts in which the two differ, in the page's order."""
    return tuple(name for part, name in _PARTS if getattr(old, part) != getattr(new, part))
