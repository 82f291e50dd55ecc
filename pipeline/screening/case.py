"""Decision → ``Case``: the text of a decision in one string, once for all predicates."""

import unicodedata
from datetime import date

from pipeline.domain.decision import Decision
from pipeline.domain.document import BlockKind
from pipeline.screening.answer import Case
from pipeline.screening.births import evidence

_FIRST_LINES = 6
_MARKS = (
    *((invisible, "") for invisible in "\u200b\u200c\u200d\u00ad\ufeff"),
    *zip("，：；（）！？％～．／＋－　", ",:;()!?%~./+- ", strict=True),
)


def open_case(decision: Decision, *, today: date) -> Case:
    """Return ``decision`` ready to be asked about."""
    lines = [cell for block in decision.document for row in block.rows for cell in row]
    headings = [
        block.rows[0][0]
        for block in decision.document
        if block.kind is BlockKind.HEADING and block.rows and block.rows[0]
    ]
    fields = (
        decision.title,
        decision.violation_kind,
        decision.facts,
        decision.legal_basis,
        decision.penalty_text,
        decision.remark,
    )
    top = (decision.title, *lines[:_FIRST_LINES], *headings)
    text = _plain("\n".join((*fields, *lines)))
    return Case(
        decision=decision,
        today=today,
        text=text,
        headings=tuple(map(_plain, top)),
        ages=evidence(text, decision.decided_on),
    )


def _plain(text: str) -> str:
    """Return ``text`` in NFKC without zero-width characters.

    The full-width marks of ordinary prose go first: what is then left is mostly in NFKC already,
    which is quick to see and slow to make.
    """
    for wide, narrow in _MARKS:
        text = text.replace(wide, narrow)
    if unicodedata.is_normalized("NFKC", text):
        return text
    return unicodedata.normalize("NFKC", text)
