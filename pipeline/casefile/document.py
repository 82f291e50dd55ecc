"""决定书应当载明的事项: whether the decision says what 行政处罚法 第五十九条 asks for."""

from collections.abc import Iterator

from pipeline.casefile.model import CaseFile, Lack
from pipeline.domain.process_record import Act
from pipeline.policy.duty import Duty

_WORDS = (
    ("违反法律、法规、规章的事实和证据", ("证据", "证实", "证明")),
    ("行政处罚的依据", ("依据", "根据", "依照")),
    ("申请行政复议的途径和期限", ("复议",)),
    ("提起行政诉讼的途径和期限", ("诉讼", "起诉")),
    ("履行的方式和期限", ("日内", "期限", "当场", "立即", "缴至", "缴纳", "履行")),
)


def document_complete(file: CaseFile, _: Duty) -> Iterator[Lack]:
    """Ask whether the document, where it came along, holds the items of the article."""
    if not file.decision.document:
        return
    absent = [item for item, words in _WORDS if not any(word in file.text for word in words)]
    if absent:
        yield Lack(f"没有找到{'、'.join(absent)}", Act.DECISION, adverse=False)
