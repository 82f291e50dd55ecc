"""A recogniser of the bureau's own can only add, and fails without a word of the text."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain.case_number import CaseNumber
from pipeline.domain.cleared import ClearedDecision, plain
from pipeline.domain.decision import Decision, Organ
from pipeline.domain.document import paragraph
from pipeline.domain.faults import BadSettingsError
from pipeline.domain.party import Party, PartyKind
from pipeline.domain.protected import Category, Confidence, Finding
from pipeline.domain.text import RawText, Span
from pipeline.policy.load import load_policy
from pipeline.redaction.decide import hidden_findings
from pipeline.redaction.detectors import DETECTORS
from pipeline.redaction.engine import ENGINE, detect
from pipeline.redaction.model import Kept, Known, KnownParty, NormalText
from pipeline.redaction.recogniser import EVIDENCE, NAME, OWN, Engine, Guarded, load_engine
from pipeline.redaction.redact import redact
from pipeline.redaction.trace import trace
from pipeline.settings import load_settings

POLICY = load_policy("changshan-2021")
DOCS = Path(__file__).resolve().parents[2] / "docs" / "recogniser.md"
TEXT = (
    "当事人：林木森。证人周慧敏（电话13805701234）称，常综执罚决字〔2024〕第12号已送达，"
    "依据《中华人民共和国行政处罚法》第四十八条，住常山县天马街道新丰路12号，石榴籽计划照常。"
)
Answer = Callable[[NormalText], Iterable[object]]


@dataclass(frozen=True)
class Saying:
    """A recogniser that answers what it is told."""

    answer: Answer
    name: str = "saying"
    version: str = "1"

    def find(
        self, text: NormalText, known: Known, protected: Sequence[tuple[int, int]]
    ) -> Iterator[Finding | Kept]:
        del known, protected
        yield from self.answer(text)  # type: ignore[misc]


def engine(answer: Answer) -> Engine:
    return Engine((*DETECTORS, Guarded(Saying(answer), "a.b:c")), "other")


def word(value: str, category: Category = Category.PERSON, **fields: object) -> Answer:
    def answer(text: NormalText) -> Iterator[Finding]:
        start = text.text.index(value)
        span = text.original(start, start + len(value))
        yield replace(Finding(span, category, "x", value), **fields)  # type: ignore[arg-type]

    return answer


def decision(text: str) -> Decision:
    return Decision(
        case_number=CaseNumber.parse("常综执罚决字〔2024〕第12号"),
        organ=Organ("常山县综合行政执法局"),
        decided_on=date(2024, 3, 5),
        parties=(Party(kind=PartyKind.NATURAL_PERSON, name=RawText("林木森")),),
        document=(paragraph(RawText(text)),),
    )


def shown(cleared: ClearedDecision) -> str:
    return "\n".join(
        plain(cell) for block in cleared.document for row in block.rows for cell in row
    )


def cleared(answer: Answer, text: str = TEXT) -> str:
    done = redact(decision(text), POLICY, public_values=frozenset(), engine=engine(answer))
    return shown(done.cleared)


def hidden_characters(text: str, chosen: Engine, known: Known) -> set[int]:
    found = detect(text, known, detectors=chosen.detectors).findings
    return {
        at
        for each in hidden_findings(text, found, POLICY)
        for at in range(each.finding.span.start, each.finding.span.end)
    }


def test_without_a_setting_only_our_own_detectors_are_asked() -> None:
    assert load_engine("") == OWN == Engine(DETECTORS, ENGINE)


def test_what_it_finds_is_hidden_everywhere_in_the_decision() -> None:
    text = "石榴籽计划照常。后来石榴籽计划停了。"
    assert "石榴籽" in shown(redact(decision(text), POLICY, public_values=frozenset()).cleared)
    theirs = engine(word("石榴籽"))
    result = redact(decision(text), POLICY, public_values=frozenset(), engine=theirs)
    told = trace(decision(text), POLICY, public_values=frozenset(), engine=theirs)
    assert shown(result.cleared) == "某某计划照常。后来某某计划停了。"
    assert told.engine == "other"
    assert "石榴籽" in result.hidden


def test_its_words_reach_neither_page_nor_trace() -> None:
    answer = word("石榴籽", label="石榴籽", evidence="石榴籽", whose="NOBODY", detector="石榴籽")
    result = redact(decision(TEXT), POLICY, public_values=frozenset(), engine=engine(answer))
    told = trace(decision(TEXT), POLICY, public_values=frozenset(), engine=engine(answer))
    assert "石榴籽" not in shown(result.cleared) + repr(told) + repr(result.doubts)
    (entry,) = (each for each in told.hidden if each.detector == NAME)
    assert (entry.evidence, entry.whose, entry.placeholder) == (EVIDENCE, "OTHER", "某某")


@pytest.mark.parametrize(
    "stays", ["常综执罚决字〔2024〕第12号", "第四十八条", "中华人民共和国行政处罚法", "林木森"]
)
def test_what_stays_it_cannot_touch(stays: str) -> None:
    assert stays in cleared(word(stays))


def test_of_a_stretch_around_a_case_number_the_rest_is_hidden() -> None:
    text = cleared(word("称，常综执罚决字〔2024〕第12号已送达", Category.MARKED))
    assert "常综执罚决字〔2024〕第12号" in text
    assert "已送达" not in text


@pytest.mark.parametrize("written", ["石\u200b榴\u200b籽", "石榴籽\u200b", "⒈石榴籽", "㈠石榴籽"])
def test_it_speaks_of_the_original_text_and_finds_every_form(written: str) -> None:
    text = f"某处{written}计划，石榴籽计划。"
    assert "榴" not in cleared(word("石榴籽", Category.MARKED), text)


def test_its_kept_entries_are_left_out() -> None:
    kept = [Kept(Span(0, 2), "词", "x", "林木森不是姓名")]
    told = trace(decision(TEXT), POLICY, public_values=frozenset(), engine=engine(lambda _: kept))
    assert all("林木森" not in each.reason for each in told.kept)


def test_its_doubt_counts_and_it_cannot_take_ours_away() -> None:
    strict = replace(POLICY, doubt_limit=0)
    doubt = engine(word("石榴籽", confidence=Confidence.DOUBTFUL))
    held = redact(decision(TEXT), strict, public_values=frozenset(), engine=doubt)
    assert [each.rule for each in held.doubts] == ["redaction-doubt"]
    own = redact(decision(TEXT), strict, public_values=frozenset())
    sure = redact(decision(TEXT), strict, public_values=frozenset(), engine=engine(_all))
    assert len(sure.doubts) >= len(own.doubts)


def _all(text: NormalText) -> Iterator[Finding]:
    yield Finding(text.original(0, len(text.text)), Category.MARKED, "x", "")


_PIECES = st.sampled_from(
    [
        "林木森",
        "证人周慧敏",
        "电话13805701234",
        "１３８\u200b０５７０1234",
        "330822199001011234",
        "常综执罚决字〔2024〕第12号",
        "《行政处罚法》第四条",
        "住常山县天马街道新丰路12号3幢",
        "，",
        "。",
        "⒈",
        "春晖食品厂",
        "周慧敏",
    ]
)


@given(st.lists(_PIECES, max_size=12).map("".join), st.data())
@settings(max_examples=120, deadline=None)
def test_more_detectors_never_reveal_more(text: str, data: st.DataObject) -> None:
    length = len(text)
    ends = st.tuples(st.integers(0, max(length - 1, 0)), st.integers(1, 12)).map(
        lambda pair: Span(pair[0], min(pair[0] + pair[1], length))
    )
    spans = data.draw(st.lists(ends, max_size=5)) if length else []
    kinds = st.sampled_from(list(Category))
    sure = st.sampled_from(list(Confidence))
    names = st.sampled_from(["", "PARTY", "OFFICER"])
    findings = [
        Finding(span, data.draw(kinds), "x", "", data.draw(sure), "林木森", data.draw(names))
        for span in spans
    ]
    known = Known(parties=(KnownParty("林木森"), KnownParty("春晖食品厂")))
    more = hidden_characters(text, engine(lambda _: findings), known)
    assert hidden_characters(text, OWN, known) <= more


@pytest.mark.parametrize(
    "answer",
    [
        lambda text: 1 / 0 if text.text else None,
        lambda text: (_ for _ in ()).throw(ValueError(text.text)),
        lambda text: [text.text],
        lambda _: [None],
        lambda text: [Finding(Span(0, len(text.text) + 99), Category.PERSON, "x", text.text)],
    ],
)
def test_a_failure_stops_the_run_without_a_word_of_the_text(answer: Answer) -> None:
    with pytest.raises(BadSettingsError) as stopped:
        redact(decision(TEXT), POLICY, public_values=frozenset(), engine=engine(answer))
    assert "识别器" in str(stopped.value)
    assert "a.b:c" in str(stopped.value)
    assert not re.search("林木森|周慧敏|1380570|天马", str(stopped.value))
    assert stopped.value.__suppress_context__ or stopped.value.__context__ is None


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], str]:
    monkeypatch.syspath_prepend(str(tmp_path))

    def write(name: str, source: str) -> str:
        (tmp_path / f"{name}.py").write_text(source, "utf-8")
        monkeypatch.delitem(sys.modules, name, raising=False)
        return f"{name}:make"

    return write


def test_the_example_of_the_manual_works(module: Callable[[str, str], str]) -> None:
    (source,) = re.findall(r"```python\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    chosen = load_engine(module("qingshi_names", source))
    given_text = "会上欧阳望舒到场。"
    found = detect(given_text, Known(), detectors=chosen.detectors).findings
    assert NAME in {each.detector for each in found}
    assert given_text.index("欧") in hidden_characters(given_text, chosen, Known())


_SOURCE = """class Nobody:
    name = 'nobody'
    version = '{}'
    def find(self, *_): return []

make = Nobody
"""


def test_another_recogniser_version_or_source_is_another_engine(
    module: Callable[[str, str], str],
) -> None:
    digests = [
        load_engine(module("one_a", _SOURCE.format("1"))).digest,
        load_engine(module("one_b", _SOURCE.format("1"))).digest,
        load_engine(module("one_c", _SOURCE.format("2"))).digest,
        ENGINE,
    ]
    assert len(set(digests)) == 4
    setting = module("one_a", _SOURCE.format("1") + "# changed\n")
    load_engine.cache_clear()
    assert load_engine(setting).digest != digests[0]


@pytest.mark.parametrize(
    "source",
    [
        "raise ValueError('电话13805701234')",
        "nothing = 1",
        "make = 1",
        "def make(): raise RuntimeError('电话13805701234')",
        "def make(): return object()",
        _SOURCE.format(""),
        _SOURCE.replace("version = '{}'", "other = 1"),
        "def make(:",
    ],
)
def test_what_cannot_be_loaded_is_a_fault_of_the_settings(
    module: Callable[[str, str], str], source: str
) -> None:
    load_engine.cache_clear()
    with pytest.raises(BadSettingsError) as stopped:
        load_engine(module("broken", source))
    assert "recogniser" in str(stopped.value)
    assert "138" not in str(stopped.value)


def test_a_module_that_is_not_there_is_a_fault_of_the_settings() -> None:
    with pytest.raises(BadSettingsError, match="不能导入"):
        load_engine("nowhere_at_all.names:make")


@pytest.mark.parametrize("written", ["names", "a b:c", "a:b:c", ":make", "a.b:", "[a]", "../a:b"])
def test_the_setting_is_checked_with_all_others(tmp_path: Path, written: str) -> None:
    (tmp_path / "gongshi.yaml").write_text(
        f"site: {{name: ''}}\nagency: {{name: 甲局}}\nrecogniser: '{written}'\n", "utf-8"
    )
    with pytest.raises(BadSettingsError) as stopped:
        load_settings(tmp_path)
    assert "recogniser" in str(stopped.value)
    assert "site.name" in str(stopped.value)


def test_the_setting_is_read(tmp_path: Path) -> None:
    text = "site: {name: 甲}\nagency: {name: 甲局}\n"
    (tmp_path / "gongshi.yaml").write_text(text, "utf-8")
    assert load_settings(tmp_path).recogniser == ""
    (tmp_path / "gongshi.yaml").write_text(text + "recogniser: a.b:make\n", "utf-8")
    assert load_settings(tmp_path).recogniser == "a.b:make"
