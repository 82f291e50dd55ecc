"""更正说明: the one text of a request that becomes public. Checked like any other text.

Doubt never discloses: a note in which anything is found that the policy hides is refused.
"""

from collections.abc import Sequence

from pipeline.correction.words import NOTE, CorrectionError, clean
from pipeline.domain.correction import Request
from pipeline.domain.protected import Category
from pipeline.policy.model import Policy
from pipeline.redaction.decide import hidden_findings
from pipeline.redaction.engine import detect
from pipeline.redaction.model import Known

DEFAULT_HIDDEN = "隐去了依法不应公开的内容"
DEFAULT_NOTE = "更正了不准确的内容"


def checked_note(
    text: str,
    request: Request,
    hidden: Sequence[str],
    policy: Policy,
    *,
    public_values: frozenset[str],
) -> str:
    """Return the note; raises ``CorrectionError`` when it names the asker or what is hidden."""
    note = clean(text, NOTE)
    asked = request.asked
    private = (asked.asker, asked.contact, *hidden)
    values = tuple((value, Category.MARKED) for value in private if len(value) > 1)
    known = Known(
        parties=(), persons=(), values=values, homes=(), public_values=public_values - set(private)
    )
    found = hidden_findings(note, detect(note, known).findings, policy)
    if found:
        kinds = "、".join(dict.fromkeys(each.finding.category.chinese for each in found))
        raise CorrectionError(f"更正说明会公开，其中疑似有{kinds}。请改写，只说更正了哪一项")
    return note
