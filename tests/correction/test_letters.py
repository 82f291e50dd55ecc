"""The written answer: the official form, the right words for each outcome, the same in both files.

``GONGSHI_GOLDEN=write pytest tests/correction`` accepts a change of words that was read.
"""

import io
import os
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.document import Document

from pipeline.correction.reply import letter
from pipeline.correction.words import CorrectionError
from pipeline.domain.correction import Kind, Request, Ruling
from pipeline.domain.faults import BadSettingsError
from pipeline.domain.text import RawText
from pipeline.paper.model import Paragraph, parts_of
from tests.correction.cases import ASKER, request, ruled, settings_in

GOLDEN = Path(__file__).parent / "golden"
DAY = date(2026, 11, 18)
CASES = {
    "accepted": ruled(Ruling.ACCEPTED, DAY),
    "accepted-on-the-page": replace(ruled(Ruling.ACCEPTED, DAY), applied_on=DAY),
    "partly": ruled(Ruling.PARTLY, DAY),
    "refused": ruled(Ruling.REFUSED, DAY),
    "explained": ruled(Ruling.EXPLAINED, DAY, request(Kind.EXPLANATION)),
}


def made(case: Request, root: Path) -> tuple[Document, str]:
    files = dict(
        letter(case, settings_in(root), letter_number="青综执函〔2026〕8号", today=DAY).files
    )
    word, page = (files[f"{case.number.slug}-reply.{kind}"] for kind in ("docx", "html"))
    return docx.Document(io.BytesIO(word)), page.decode()


def words_of(document: Document) -> list[str]:
    head = document.sections[0].first_page_header.paragraphs[0].text
    return [head, *(paragraph.text for paragraph in document.paragraphs)]


@pytest.mark.parametrize("name", CASES)
def test_each_outcome_has_its_words_in_both_files(name: str, tmp_path: Path) -> None:
    document, page = made(CASES[name], tmp_path)
    words = words_of(document)
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("GONGSHI_GOLDEN") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text("\n".join(words) + "\n", "utf-8")
    assert words == golden.read_text("utf-8").splitlines()
    assert words == [part.text for part in parts_of(page) if isinstance(part, Paragraph)]


@pytest.mark.parametrize("name", CASES)
def test_remedies_are_told_where_something_was_denied_and_nowhere_else(
    name: str, tmp_path: Path
) -> None:
    told = "\n".join(words_of(made(CASES[name], tmp_path)[0]))
    assert ("行政复议" in told) == (name in {"partly", "refused"})
    assert ("六个月" in told) == ("六十日" in told) == ("行政复议" in told)


def test_the_sheet_is_the_official_one(tmp_path: Path) -> None:
    document, page = made(CASES["refused"], tmp_path)
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert [round(each.mm) for each in margins] == [37, 26, 35, 28]
    assert "size: A4; margin: 37mm 26mm 35mm 28mm" in page
    body = document.paragraphs[3]
    assert body.paragraph_format.line_spacing.pt == pytest.approx(28.95)
    assert body.runs[0].font.size.pt == 16
    assert 'w:eastAsia="仿宋"' in body._p.xml
    assert 'w:eastAsia="宋体"' in document.paragraphs[1]._p.xml
    assert "FF0000" in section.first_page_header.paragraphs[0]._p.xml
    assert "PAGE" in section.footer.paragraphs[0]._p.xml
    for script in ("<script", "http://", "src=", "@import"):
        assert script not in page


def test_the_same_answer_gives_the_same_bytes_and_no_time_of_day(tmp_path: Path) -> None:
    one, other = (
        letter(CASES["partly"], settings_in(tmp_path), letter_number="", today=DAY)
        for _ in range(2)
    )
    assert one == other
    with zipfile.ZipFile(io.BytesIO(one.files[0][1])) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert ASKER not in repr(CASES["partly"])


def test_what_people_wrote_stays_text(tmp_path: Path) -> None:
    hostile = '<script>alert(1)</script>{{ agency }}"=1+1'
    case = CASES["refused"]
    asked = replace(case.asked, claim=RawText(hostile), asker=RawText(f"甲{hostile}"))
    document, page = made(replace(case, asked=asked), tmp_path)
    assert f"{hostile}。" in words_of(document)
    assert "<script>alert" not in page
    assert "{{ agency }}" in page


def test_a_long_letter_keeps_its_signature_with_the_text(tmp_path: Path) -> None:
    case = CASES["refused"]
    assert case.ruled is not None
    long = replace(case, ruled=replace(case.ruled, reason=RawText("长文。" * 1500)))
    document, page = made(long, tmp_path)
    words = [paragraph.text for paragraph in document.paragraphs]
    signer = words.index("青石县综合行政执法局")
    assert document.paragraphs[signer - 1].paragraph_format.keep_with_next
    assert document.paragraphs[signer].paragraph_format.keep_with_next
    assert "长文。" * 1500 in page


def test_a_template_of_the_bureau_takes_the_place_of_ours(tmp_path: Path) -> None:
    own = tmp_path / "letters" / "reply.html"
    own.parent.mkdir()
    own.write_text("<h1>答复书</h1><p>{{ asked.asker }}：{{ today | chinese_date }}</p>", "utf-8")
    document, _ = made(CASES["accepted"], tmp_path)
    assert [p.text for p in document.paragraphs] == ["答复书", f"{ASKER}：2026年11月18日"]


@pytest.mark.parametrize(
    "template",
    ["{{ asked.nothing }}", "{% if %}", "{{ ''.__class__.__mro__ }}", "{{ 1 + 'a' }}"],
)
def test_a_faulty_template_is_named_without_what_it_was_given(
    template: str, tmp_path: Path
) -> None:
    own = tmp_path / "letters" / "reply.html"
    own.parent.mkdir()
    own.write_text(f"<p>{{{{ asked.asker }}}}</p>\n{template}", "utf-8")
    with pytest.raises(BadSettingsError, match=r"letters/reply\.html") as refused:
        made(CASES["accepted"], tmp_path)
    assert ASKER not in str(refused.value)


def test_a_letter_number_is_checked_like_any_other_text(tmp_path: Path) -> None:
    with pytest.raises(CorrectionError, match="发文字号"):
        letter(CASES["refused"], settings_in(tmp_path), letter_number="\x1b[2J", today=DAY)
