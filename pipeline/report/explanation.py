"""Why each thing of one decision was hidden or kept, in Chinese; positions and reasons, no text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pipeline.domain.decision import Decision
from pipeline.domain.protected import Category, Confidence
from pipeline.domain.verdict import Verdict
from pipeline.policy.model import Policy, Whose
from pipeline.redaction.flatten import Flat, flatten
from pipeline.redaction.trace import Entry, Trace
from pipeline.report.places import Places

CONFIDENCE = {
    Confidence.CERTAIN: "确定",
    Confidence.PROBABLE: "很可能",
    Confidence.DOUBTFUL: "存疑",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is hidden; ``number`` counts from 1 in the order of the text."""

    number: int
    entry: Entry
    where: str

    @property
    def whose(self) -> str:
        """Whose name it is, in Chinese; empty for what is no name."""
        return Whose[self.entry.whose].value if self.entry.whose else ""

    @property
    def confidence(self) -> str:
        """How sure it is, in Chinese."""
        return CONFIDENCE[self.entry.confidence]


@dataclass(frozen=True, slots=True)
class Stay:
    """What stays for one reason: its kind, who said so, why, and all places of it."""

    number: int
    kind: str
    detector: str
    reason: str
    spans: tuple[tuple[int, int], ...]
    where: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything about one decision that its trace tells. Only ``flat`` and ``decision`` hold text.

    ``doubtful`` is the number of findings that are doubtful, ``doubt_limit`` how many the policy
    allows.
    """

    decision: Decision = field(repr=False)
    flat: Flat = field(repr=False)
    verdict: Verdict
    items: tuple[Item, ...]
    stays: tuple[Stay, ...]
    doubtful: int
    doubt_limit: int
    policy: str
    engine: str


def explain(decision: Decision, trace: Trace, verdict: Verdict, policy: Policy) -> Explanation:
    """Return why each thing of ``decision`` was hidden or kept."""
    flat = flatten(decision)
    places = Places.of(flat, decision)
    items = tuple(
        Item(number, entry, places.where(entry.start, entry.end))
        for number, entry in enumerate(trace.hidden, start=1)
    )
    return Explanation(
        decision=decision,
        flat=flat,
        verdict=verdict,
        items=items,
        stays=tuple(_stays(trace, places)),
        doubtful=sum(each.entry.confidence is Confidence.DOUBTFUL for each in items),
        doubt_limit=policy.doubt_limit,
        policy=policy.title,
        engine=trace.engine,
    )


def _stays(trace: Trace, places: Places) -> Iterator[Stay]:
    groups: dict[tuple[str, str, str], set[tuple[int, int]]] = {}
    for each in trace.shown:
        said = Whose[each.whose].value if each.whose else each.category.chinese
        why = (each.category.chinese, each.detector, f"{said}，按制度公开（{each.basis}）")
        groups.setdefault(why, set()).add((each.start, each.end))
    for kept in trace.kept:
        kind = kept.kind.chinese if isinstance(kept.kind, Category) else str(kept.kind)
        stands = groups.setdefault((kind, kept.detector, kept.reason), set())
        stands.add((kept.span.start, kept.span.end))
    for number, (why, found) in enumerate(groups.items(), start=1):
        spans = sorted(found)
        yield Stay(number, *why, tuple(spans), tuple(places.where(*span) for span in spans))


def told(explanation: Explanation) -> Iterator[str]:
    """Yield the lines for the terminal: no word of the decision but its 文号."""
    yield f"{explanation.decision.case_number.display} · {explanation.policy}"
    yield f"隐去 {len(explanation.items)} 处" + ("：" if explanation.items else "")
    yield from map(_item_line, explanation.items)
    if explanation.stays:
        yield "考虑后保留："
        yield from map(_stay_line, explanation.stays)
    yield from _verdict_lines(explanation)


def _item_line(item: Item) -> str:
    entry = item.entry
    kind = f"{entry.category.chinese}（{item.whose}）" if item.whose else entry.category.chinese
    return (
        f"  {item.number}. {item.where} · {kind} · {item.confidence} · "
        f"{entry.detector}：{entry.evidence} · {entry.basis}"
    )


def _stay_line(stay: Stay) -> str:
    return f"  {stay.kind} {len(stay.spans)} 处 · {stay.detector}：{stay.reason} · " + "、".join(
        stay.where
    )


def _verdict_lines(explanation: Explanation) -> Iterable[str]:
    yield f"存疑 {explanation.doubtful} 处，制度允许 {explanation.doubt_limit} 处"
    yield f"结论：{explanation.verdict.effect}"
    for each in explanation.verdict.reasons:
        remedy = f"。{each.remedy}" if each.remedy else ""
        yield f"  {each.effect}：{each.title}（{each.basis}）{remedy}"
