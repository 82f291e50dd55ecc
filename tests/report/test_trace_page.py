"""The private page: the whole text, every span, nothing that runs, nothing from elsewhere."""

import re
import stat
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pipeline.domain.case_number import CaseNumber
from pipeline.domain.decision import Decision, Organ
from pipeline.domain.document import bullets, heading, paragraph, table
from pipeline.domain.party import Party, PartyKind
from pipeline.domain.protected import Category
from pipeline.domain.text import RawText
from pipeline.domain.verdict import Verdict
from pipeline.policy.load import load_policy
from pipeline.redaction.redact import redact
from pipeline.redaction.trace import trace
from pipeline.report.explanation import Explanation, explain
from pipeline.report.private_file import write_private
from pipeline.report.trace_page import LOOKS, trace_page

POLICY = load_policy("changshan-2021")
TEXTS = (
    "证人周慧敏（身份证号码：330822199001011234，联系电话：13805701234）到场。",
    "依据《中华人民共和国行政处罚法》第四十八条，常综执罚决字〔2024〕第12号。",
)


def explained(*texts: str, **fields: object) -> Explanation:
    given = Decision(
        case_number=CaseNumber.parse("常综执罚决字〔2024〕第12号"),
        organ=Organ("常山县综合行政执法局"),
        decided_on=date(2024, 3, 5),
        parties=(Party(kind=PartyKind.NATURAL_PERSON, name=RawText("林木森")),),
        document=tuple(paragraph(RawText(text)) for text in texts),
    )
    given = replace(given, **fields)  # type: ignore[arg-type]
    redaction = redact(given, POLICY, public_values=frozenset())
    why = trace(given, POLICY, public_values=frozenset())
    return explain(given, why, Verdict(redaction.doubts), POLICY)


class Outline(HTMLParser):
    """Reads a page as a browser does: tags, text, and the text of each mark."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.marks: list[str] = []
        self.text = ""
        self._skip = False
        self._mark = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "mark":
            self._mark = True
            self.marks.append("")
        self._skip = tag in {"style", "title"} or (tag == "a")

    def handle_endtag(self, tag: str) -> None:
        self._mark = self._mark and tag != "mark"
        self._skip = False

    def handle_data(self, data: str) -> None:
        if not self._skip:
            self.text += data
            if self._mark:
                self.marks[-1] += data


def test_every_hidden_span_is_marked_and_the_whole_text_is_there() -> None:
    outline = Outline(trace_page(explained(*TEXTS)))
    for value in ("周慧敏", "330822199001011234", "13805701234"):
        assert value in outline.marks
    for text in TEXTS:
        assert text in outline.text
    assert "林木森" in outline.text
    assert "林木森" not in outline.marks


def test_each_number_leads_to_a_row_of_the_tables() -> None:
    outline = Outline(trace_page(explained(*TEXTS)))
    ids = {attrs["id"] for _, attrs in outline.tags if "id" in attrs}
    targets = {str(attrs["href"]) for tag, attrs in outline.tags if tag == "a"}
    assert targets
    assert {target.removeprefix("#") for target in targets} == ids


def test_the_banner_says_that_it_is_not_to_be_published() -> None:
    page = trace_page(explained(*TEXTS))
    assert "内部文件　含个人信息　不得公开" in page
    assert 'content="noindex, nofollow, noarchive"' in page


def test_a_kind_is_told_by_letter_and_pattern_and_not_by_colour_alone() -> None:
    assert {look.kind for look in LOOKS} == set(Category)
    assert len({look.letter for look in LOOKS}) == len(LOOKS)
    assert {look.pattern for look in LOOKS} == {0, 1, 2, 3, 4}
    classes = " ".join(
        str(attrs["class"])
        for tag, attrs in Outline(trace_page(explained(*TEXTS))).tags
        if tag == "mark"
    )
    assert {"k名", "k身", "k话"} <= set(classes.split())


HOSTILE = (
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "{{ 7*7 }}{% include 'x' %}",
    "&lt;b&gt;]]>--><!--",
)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_text(hostile: str) -> None:
    cell = RawText(f"证人{hostile}电话13805701234")
    document = (heading(cell), bullets((cell,)), table(((cell, cell),)), paragraph(cell))
    party = Party(kind=PartyKind.NATURAL_PERSON, name=RawText(f"林{hostile}"))
    outline = Outline(trace_page(explained(document=document, parties=(party,), facts=cell)))
    tags = {tag for tag, _ in outline.tags}
    assert not tags & {"script", "img", "iframe", "object", "link", "b", "form"}
    assert not any(name.startswith("on") for _, attrs in outline.tags for name in attrs)
    assert outline.text.count(hostile) >= 6


def test_nothing_runs_and_nothing_is_fetched() -> None:
    page = trace_page(explained(*TEXTS))
    assert "default-src 'none'" in page
    assert not re.search(r"https?:|//|url\(|@import|<script|\bsrc=", page)


def test_what_no_eye_sees_is_shown() -> None:
    page = trace_page(explained("电话1380\u200b5701234，\u202e反写\x00。"))
    for name in ("U+200B", "U+202E", "U+0000"):
        assert name in page
    assert not re.search("[\u200b\u202e\x00]", page)


def test_a_long_decision_stays_fast_and_whole() -> None:
    texts = [f"证人周慧敏{n}，电话138057{n:05d}，第{n}条。" for n in range(400)]
    outline = Outline(trace_page(explained(*texts)))
    assert texts[399] in outline.text


def test_a_private_file_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "state" / "explain" / "2024" / "a.html"
    write_private(path, "一")
    write_private(path, "二")
    assert path.read_text("utf-8") == "二"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for folder in (path.parent, path.parent.parent, tmp_path / "state"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [each.name for each in path.parent.iterdir()] == ["a.html"]


def test_a_file_that_others_could_read_becomes_private(tmp_path: Path) -> None:
    path, other = tmp_path / "a.html", tmp_path / "other.html"
    other.write_text("公开", "utf-8")
    path.symlink_to(other)
    write_private(path, "内部")
    assert other.read_text("utf-8") == "公开"
    assert not path.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_place_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.html").mkdir()
    with pytest.raises(IsADirectoryError):
        write_private(tmp_path / "a.html", "内部")
    assert [each.name for each in tmp_path.iterdir()] == ["a.html"]
