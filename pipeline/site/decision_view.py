"""A public record as its page shows it: labelled values, full text, legend. Decides nothing."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from pipeline.domain.cleared import ClearedDecision, ClearedParty, plain
from pipeline.domain.money import format_yuan
from pipeline.domain.party import PartyKind
from pipeline.domain.penalty import Penalty
from pipeline.domain.public import PublicRecord
from pipeline.site.markup import cleared, document, whole_numbers
from pipeline.site.outline import Part, parts_of
from pipeline.site.statutes import Citation, citations_of

_FOR_EVER = date(2099, 12, 31)
NOT_GIVEN = Markup('<span class="none">未载明</span>')


@dataclass(frozen=True, slots=True)
class Labelled:
    """One row of the summary: ``label`` and ``value``; ``name`` is a stable class for style."""

    name: str
    label: str
    value: Markup


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """The kinds of what is hidden on the page under the same articles."""

    kinds: tuple[str, ...]
    bases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """What the decision page shows beside the values of the record itself."""

    heading: Markup
    title: str
    summary: tuple[Labelled, ...]
    body: Markup
    parts: tuple[Part, ...]
    laws: tuple[Citation, ...]
    legend: tuple[LegendEntry, ...]
    citation: Markup


def view_of(record: PublicRecord, decision: ClearedDecision) -> DecisionView:
    """Return the view of a published record."""
    return DecisionView(
        heading=_heading(decision),
        title=plain(decision.title).strip() or f"行政处罚决定书 {record.case_number}",
        summary=_summary(record, decision),
        body=document(decision.document),
        parts=tuple(parts_of(decision.document)),
        laws=citations_of(decision.document),
        legend=_legend(decision),
        citation=whole_numbers(f"{decision.organ}：《行政处罚决定书》（{record.case_number}），")
        + day_markup(decision.decided_on)
        + "。",
    )


def chinese_date(day: date) -> str:
    """Return the day as it is read.

    >>> chinese_date(date(2026, 3, 5))
    '2026年3月5日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def _heading(decision: ClearedDecision) -> Markup:
    """Return the title; one that begins with the agency breaks after its name, if it must."""
    title = plain(decision.title).strip()
    if not title:
        return Markup("行政处罚决定书")
    if len(decision.title) > 1 or not title.startswith(decision.organ):
        return cleared(decision.title)
    rest = title.removeprefix(decision.organ)
    return _span("piece", escape(decision.organ)) + _span("piece", whole_numbers(rest))


def _summary(record: PublicRecord, decision: ClearedDecision) -> tuple[Labelled, ...]:
    rows = [
        Labelled("number", "决定书文号", _number(record.case_number)),
        Labelled("organ", "处罚机关", _organ(decision)),
        Labelled("party", "当事人", _list([_party(party) for party in decision.parties])),
        Labelled("violation", "违法行为类型", cleared(decision.violation_kind)),
        Labelled("facts", "违法事实", cleared(decision.facts)),
        Labelled("law", "处罚依据", cleared(decision.legal_basis)),
        Labelled(
            "penalty",
            "处罚种类和金额",
            _list([_penalty(penalty) for penalty in decision.penalties]),
        ),
        Labelled("result", "处罚内容", cleared(decision.penalty_text)),
        Labelled("decided", "处罚决定日期", day_markup(decision.decided_on)),
        Labelled("published", "首次公示日期", day_markup(record.first_published_on)),
        Labelled("performance", "履行情况", cleared(decision.performance)),
    ]
    optional = [
        Labelled("valid", "处罚有效期至", _until(decision.valid_until)),
        Labelled("remark", "备注", cleared(decision.remark)),
    ]
    shown = [Labelled(row.name, row.label, row.value or NOT_GIVEN) for row in rows]
    return (*shown, *(row for row in optional if row.value))


def day_markup(day: date | None) -> Markup:
    """Return a day for reader and machine; empty when there is none."""
    if day is None:
        return Markup("")
    return Markup(f'<time datetime="{day.isoformat()}">{chinese_date(day)}</time>')  # noqa: S704


def _until(day: date | None) -> Markup:
    """Return the last day; the 双公示 sheets write 2099-12-31 for a penalty without an end."""
    return Markup("长期") if day is not None and day >= _FOR_EVER else day_markup(day)


def _number(text: str) -> Markup:
    return _span("case-number", escape(text)) if text else Markup("")


def _span(kind: str, *parts: Markup) -> Markup:
    return Markup(f'<span class="{kind}">{"".join(parts)}</span>')  # noqa: S704 - safe parts


def _organ(decision: ClearedDecision) -> Markup:
    return escape(decision.organ) + _code(decision.organ_code)


def _code(code: str) -> Markup:
    if not code:
        return Markup("")
    return _span("detail", Markup("统一社会信用代码 "), _span("code", escape(code)))


def _party(party: ClearedParty) -> Markup:
    role = "经营者 " if party.kind is PartyKind.INDIVIDUAL_BUSINESS else "法定代表人（负责人） "
    kind = Markup(" ") + _span("kind", escape(party.kind.value))
    led = party.representative and _span("detail", escape(role), cleared(party.representative))
    return cleared(party.name) + kind + _code(party.code) + (led or Markup(""))


def _penalty(penalty: Penalty) -> Markup:
    kind = escape(penalty.kind.value)
    if penalty.amount is None:
        return kind
    return kind + Markup(" ") + _span("whole amount", escape(format_yuan(penalty.amount)))


def _list(items: list[Markup]) -> Markup:
    if len(items) < 2:
        return items[0] if items else Markup("")
    lines = "".join(f"<li>{item}</li>" for item in items)
    return Markup(f'<ul class="plain">{lines}</ul>')  # noqa: S704 - safe items


def _legend(decision: ClearedDecision) -> tuple[LegendEntry, ...]:
    bases: dict[str, dict[str, None]] = {}
    for category, basis in decision.masked:
        bases.setdefault(category.chinese, {}).update({basis: None} if basis else {})
    kinds: dict[tuple[str, ...], list[str]] = {}
    for kind, found in bases.items():
        kinds.setdefault(tuple(found), []).append(kind)
    return tuple(LegendEntry(tuple(names), found) for found, names in kinds.items())
