"""Decision → ClearedDecision: the one gate between the private side and the public side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.domain.basis import Basis
from pipeline.domain.cleared import ClearedDecision, ClearedParty, ClearedText, Run, seen
from pipeline.domain.decision import Decision
from pipeline.domain.document import Block
from pipeline.domain.party import Party, PartyKind
from pipeline.domain.protected import Category, Confidence
from pipeline.domain.text import RawText
from pipeline.domain.verdict import Effect, Reason
from pipeline.policy.model import Policy, Whose
from pipeline.redaction.decide import hidden_findings
from pipeline.redaction.engine import detect
from pipeline.redaction.flatten import FIELDS, Flat, flatten
from pipeline.redaction.mask import NAMELESS, Hidden, mask
from pipeline.redaction.model import Detection, Known
from pipeline.redaction.recogniser import NAME, OWN, Engine
from pipeline.redaction.second_look import remains
from pipeline.redaction.seeds import known_of

_BASIS = Basis("中华人民共和国个人信息保护法", "第二十五条")


@dataclass(frozen=True, slots=True)
class Redaction:
    """What redaction made of one decision.

    ``hidden`` are the raw values that were taken out, for the leak gate; private. ``doubts`` are
    reasons to hold the decision; empty when it may go on.
    """

    cleared: ClearedDecision
    hidden: frozenset[str] = field(repr=False)
    doubts: tuple[Reason, ...] = ()


def redact(
    decision: Decision, policy: Policy, *, public_values: frozenset[str], engine: Engine = OWN
) -> Redaction:
    """Return ``decision`` with nothing left in it that ``policy`` hides.

    ``public_values`` are numbers that stay: the agency's telephones, the treasury's account.
    ``engine`` may bring a recogniser of the bureau's own besides our detectors.
    """
    flat = flatten(decision)
    known = known_of(decision, public_values)
    detection = detect(flat.text, known, detectors=engine.detectors)
    hidden = hidden_findings(flat.text, detection.findings, policy)
    texts = _with_names_hidden(decision, dict(_masked(flat, hidden)), policy)
    cleared = _cleared(decision, texts, hidden)
    doubtful = max(_doubtful(hidden), _doubtful(_ours(flat, detection, hidden, policy)))
    doubts = tuple(_doubts(doubtful, texts, flat, known, policy))
    return Redaction(cleared, _raw(flat, hidden, known, policy), doubts)


def _masked(flat: Flat, hidden: Sequence[Hidden]) -> Iterator[tuple[str, ClearedText]]:
    first = 0
    for segment in flat.segments:
        while first < len(hidden) and hidden[first].finding.span.end <= segment.start:
            first += 1
        last = first
        while last < len(hidden) and hidden[last].finding.span.start < segment.end:
            last += 1
        yield segment.place, mask(flat.text, segment.start, segment.end, hidden[first:last])


def _cleared(
    decision: Decision, texts: dict[str, ClearedText], hidden: Sequence[Hidden]
) -> ClearedDecision:
    fields = {name: texts.get(name, ()) for name, _ in FIELDS}
    masked = {each.finding.category: str(each.basis) for each in reversed(hidden)}
    return ClearedDecision(
        key=decision.case_number.key,
        slug=decision.case_number.slug,
        case_number=decision.case_number.display,
        organ=seen(decision.organ.name),
        organ_code=decision.organ.code,
        decided_on=decision.decided_on,
        parties=tuple(_party(party, index, texts) for index, party in enumerate(decision.parties)),
        penalties=decision.penalties,
        document=tuple(
            _block(block, number, texts) for number, block in enumerate(decision.document)
        ),
        masked=tuple((kind, masked[kind]) for kind in Category if kind in masked),
        valid_until=decision.valid_until,
        **fields,
    )


def _with_names_hidden(
    decision: Decision, texts: dict[str, ClearedText], policy: Policy
) -> dict[str, ClearedText]:
    """Return ``texts`` with every name field that the policy hides hidden for certain."""
    sure = dict(texts)
    for index, party in enumerate(decision.parties):
        individual = party.kind is PartyKind.INDIVIDUAL_BUSINESS
        fields = {"representative": Whose.OPERATOR if individual else Whose.LEGAL_REPRESENTATIVE}
        if party.is_natural:
            fields["name"] = Whose.PARTY
        for field_name, whose in fields.items():
            place, rule = f"party/{index}/{field_name}", policy.names.get(whose)
            shown = any(run.mask is None and run.text.strip() for run in texts.get(place, ()))
            if shown and (rule is None or rule.hide):
                basis = str(rule.basis if rule else _BASIS)
                sure[place] = (Run(NAMELESS, Category.PERSON, basis),)
    return sure


def _party(party: Party, index: int, texts: dict[str, ClearedText]) -> ClearedParty:
    return ClearedParty(
        kind=party.kind,
        name=texts[f"party/{index}/name"],
        code="" if party.is_natural else party.code,
        representative=texts.get(f"party/{index}/representative", ()),
    )


def _block(block: Block[RawText], number: int, texts: dict[str, ClearedText]) -> Block[ClearedText]:
    rows = tuple(
        tuple(texts[f"document/{number}/{row}/{cell}"] for cell in range(len(cells)))
        for row, cells in enumerate(block.rows)
    )
    return Block(block.kind, rows, block.level)


def _raw(flat: Flat, hidden: Sequence[Hidden], known: Known, policy: Policy) -> frozenset[str]:
    found = {flat.text[h.finding.span.start : h.finding.span.end] for h in hidden}
    rules = policy.masks
    told = {value for value, kind in known.values if kind not in rules or rules[kind].hide}
    return frozenset(value for value in found | told if value) - known.public_values


def _ours(
    flat: Flat, detection: Detection, hidden: Sequence[Hidden], policy: Policy
) -> Sequence[Hidden]:
    """Return what would be hidden without a recogniser: it may not take a doubt of ours away."""
    ours = [finding for finding in detection.findings if finding.detector != NAME]
    if len(ours) == len(detection.findings):
        return hidden
    return hidden_findings(flat.text, ours, policy)


def _doubtful(hidden: Sequence[Hidden]) -> int:
    return sum(each.finding.confidence is Confidence.DOUBTFUL for each in hidden)


def _doubts(
    doubtful: int,
    texts: dict[str, ClearedText],
    flat: Flat,
    known: Known,
    policy: Policy,
) -> Iterator[Reason]:
    if doubtful > policy.doubt_limit:
        yield Reason(
            "redaction-doubt",
            Effect.HOLD,
            f"有{doubtful}处不能确定是否应当隐去，超过规定的{policy.doubt_limit}处",
            _BASIS,
            "人工核对隐去结果后放行，或者在“不宜公开的内容”列标明应隐去的内容",
        )
    if left := remains(flat, texts, known, policy):
        kinds = "、".join(kind.chinese for kind in left)
        yield Reason(
            "redaction-second-look",
            Effect.HOLD,
            f"隐去后复查仍发现疑似{kinds}",
            _BASIS,
            "人工核对文书，在“不宜公开的内容”列标明应隐去的内容后重新导出",
        )
