"""The written answer (书面答复, 003 第二十一条第一款): from a template to DOCX and HTML."""

import hashlib
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from pipeline.correction.words import LETTER_NUMBER, clean
from pipeline.domain.case_number import CaseNumber
from pipeline.domain.correction import Kind, Request, Ruling
from pipeline.domain.faults import BadSettingsError, Fault, Place
from pipeline.paper.docx import docx_of
from pipeline.paper.model import parts_of
from pipeline.paper.page import page_of
from pipeline.settings import Settings

TEMPLATE = "reply.html"
OVERRIDES = "letters"
"""The folder of the bureau that holds templates of its own."""

_APPEALED = frozenset({Ruling.PARTLY, Ruling.REFUSED})
"""政府信息公开条例 第五十一条 gives remedies to whom a right was denied; nothing was to others."""


@dataclass(frozen=True, slots=True)
class Letter:
    """An answer as files: name → bytes. It names the asker and is private."""

    files: tuple[tuple[str, bytes], ...]

    @property
    def digests(self) -> tuple[tuple[str, str], ...]:
        """SHA-256 of each file by name."""
        return tuple((name, hashlib.sha256(content).hexdigest()) for name, content in self.files)


def letter(request: Request, settings: Settings, *, letter_number: str, today: date) -> Letter:
    """Return the answer to a request that was decided.

    Raises ``BadSettingsError`` for a faulty template of the bureau's own, ``CorrectionError`` for
    a number that is none.
    """
    number = clean(letter_number or str(request.number), LETTER_NUMBER)
    fragment = Markup(_fragment(request, settings, number, today))  # noqa: S704 - autoescaped
    title = f"{request.number} 答复"
    parts = parts_of(fragment)
    name = f"{request.number.slug}-reply"
    return Letter(
        (
            (f"{name}.docx", docx_of(parts, title=title, author=settings.agency.name)),
            (f"{name}.html", page_of(fragment, title=title).encode()),
        )
    )


def _fragment(request: Request, settings: Settings, number: str, today: date) -> str:
    ruled = request.ruled
    if ruled is None:
        raise ValueError("a request is decided before it is answered")
    own = settings.root / OVERRIDES / TEMPLATE
    environment = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(chinese_date=_chinese, ended=_ended)
    values: dict[str, object] = {
        "agency": settings.agency,
        "number": str(request.number),
        "letter_number": number,
        "asked": request.asked,
        "ruled": ruled,
        "ruling": ruled.ruling.name,
        "explains": request.asked.kind is Kind.EXPLANATION,
        "changes_page": ruled.ruling.changes_page,
        "applied_on": request.applied_on,
        "may_appeal": ruled.ruling in _APPEALED,
        "address": _address(request, settings),
        "today": today,
    }
    try:
        return environment.from_string(_source(own)).render(values)
    except (TemplateError, UnicodeDecodeError, TypeError, AttributeError) as error:
        line = getattr(error, "lineno", None)
        place = Place(f"{OVERRIDES}/{TEMPLATE}", f"第{line}行" if line else "")
        remedy = "对照自带的模板改正，或者删去这个文件"
        raise BadSettingsError([Fault(place, "模板有误", remedy)]) from None


def _source(own: Path) -> str:
    if own.is_file():
        return own.read_text("utf-8")
    return (
        resources.files("pipeline.correction").joinpath(f"templates/{TEMPLATE}").read_text("utf-8")
    )


def _address(request: Request, settings: Settings) -> str:
    if not settings.site.url:
        return ""
    slug = CaseNumber.parse(request.asked.case_number).slug
    return f"{settings.site.url}/decisions/{slug}.html"


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _ended(line: str) -> str:
    """Return a line of staff or asker with a full stop where it has no end.

    >>> _ended("页面有误"), _ended("页面有误！")
    ('页面有误。', '页面有误！')
    """
    return line if line[-1:] in set("。！？；：…”）》.!?;:") else f"{line}。"
