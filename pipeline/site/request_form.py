"""更正申请表: the form that citizens download, to print and as DOCX, from one template."""

from collections.abc import Iterator
from functools import partial

from pipeline.paper.docx import docx_of
from pipeline.paper.model import parts_of
from pipeline.site.addresses import HOME
from pipeline.site.frame import Crumb
from pipeline.site.plan import PlannedPage

REQUEST_FORM = "correction-form.html"
REQUEST_FORM_DOCX = "correction-form.docx"
_TITLE = "行政处罚公示信息更正（说明）申请表"


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
