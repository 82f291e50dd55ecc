"""更正申请表: what it asks, and the form that citizens download, to print and as DOCX."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from pipeline.paper.docx import docx_of
from pipeline.paper.model import parts_of
from pipeline.site.addresses import HOME
from pipeline.site.frame import Crumb
from pipeline.site.plan import PlannedPage

REQUEST_FORM = "correction-form.html"
REQUEST_FORM_DOCX = "correction-form.docx"
_TITLE = "行政处罚公示信息更正（说明）申请表"


@dataclass(frozen=True, slots=True)
class Question:
    """One line of the form: ``name`` is what a form service gets it as, ``most`` in characters.

    ``lines`` is the room for the answer. ``complete`` is what a browser may fill in by itself.
    """

    name: str
    label: str
    lines: int = 1
    most: int = 200
    required: bool = False
    complete: str = "off"


KINDS = ("更正不准确的信息", "说明或者解释")
"""What can be asked for; sent as ``kind``."""

QUESTIONS = (
    Question("applicant", "申请人（姓名或者名称）", required=True, complete="name"),
    Question("contact", "联系方式（电话或者地址）", required=True),
    Question("agent", "代理人（委托办理时填写）"),
    Question("case_number", "决定书文号", required=True),
    Question("page", "网页地址"),
    Question("wrong", "不准确的内容，或者要求说明的内容", lines=4, most=2000, required=True),
    Question("right", "应当更正为", lines=3, most=2000),
    Question("evidence", "证明材料（名称和份数）", lines=2, most=1000),
)
"""What the form asks, on paper and online."""


def form_pages(agency: str) -> Iterator[PlannedPage]:
    """Yield the form twice; ``agency`` is the author that the DOCX names."""
    values = {"title": _TITLE, "crumbs": (Crumb("首页", HOME),)}
    yield PlannedPage(REQUEST_FORM, "correction_form.html", "", lambda: values)
    yield PlannedPage(
        REQUEST_FORM_DOCX,
        "_correction_form.html",
        agency,
        lambda: values,
        encode=partial(_docx, agency=agency),
    )


def _docx(fragment: str, *, agency: str) -> bytes:
    return docx_of(parts_of(fragment), title=_TITLE, author=agency)
