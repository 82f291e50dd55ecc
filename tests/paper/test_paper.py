"""One fragment, two files: what stands in it, how it is set, and nothing of the clock."""

import io

import docx
import pytest

from pipeline.paper.docx import docx_of
from pipeline.paper.form import right_indents
from pipeline.paper.model import Field, Form, Paragraph, Role, parts_of

ONE_ROW = '<table><tr data-lines="4"><th>甲</th><td></td></tr></table>'
TWO_ROWS = (
    '<table><tr data-lines="3"><th>甲</th><td></td></tr><tr><th>乙</th><td>□　是</td></tr>'
    "<tr><td>没有名目</td></tr></table>"
)


@pytest.mark.parametrize(
    ("fragment", "parts"),
    [
        ("<h1>甲</h1>", (Paragraph(Role.TITLE, "甲"),)),
        ("<h2> 一、\n甲 </h2>", (Paragraph(Role.HEADING, "一、 甲"),)),
        ("<p>甲<br>乙</p>", (Paragraph(Role.BODY, "甲\n乙"),)),
        ('<p class="x date">某日</p>', (Paragraph(Role.DATE, "某日"),)),
        ("<p>&lt;b&gt;1 &amp; 2</p>", (Paragraph(Role.BODY, "<b>1 & 2"),)),
        ("<p>  </p><div>不是段落</div>", ()),
        (
            TWO_ROWS,
            (Form((Field("甲", "", 3), Field("乙", "□　是"))),),
        ),
        (
            '<table><tr data-lines="x"><th>甲</th><td></td></tr></table>',
            (Form((Field("甲", ""),)),),
        ),
    ],
)
def test_a_fragment_is_read_by_its_tags_and_classes(
    fragment: str, parts: tuple[Paragraph | Form, ...]
) -> None:
    assert parts_of(fragment) == parts


@pytest.mark.parametrize(
    ("signer", "indents"),
    [("某局", (6.5, 4.0)), ("某县综合行政执法局", (3.0, 4.0)), ("某" * 30, (0.0, 11.5))],
)
def test_the_signer_stands_in_the_middle_above_the_date(
    signer: str, indents: tuple[float, float]
) -> None:
    assert right_indents(signer, "2026年11月20日") == indents


def test_a_form_leaves_lines_to_write_on_and_a_letter_has_its_head() -> None:
    fragment = (
        '<p class="letterhead">某局</p><table><tr data-lines="4"><th>甲</th><td></td></tr></table>'
    )
    made = docx_of(parts_of(fragment), title="表", author="某局")
    document = docx.Document(io.BytesIO(made))
    assert document.tables[0].rows[0].height.pt == pytest.approx(94)
    assert document.sections[0].first_page_header.paragraphs[0].text == "某局"
    assert document.core_properties.author == "某局"
    assert made == docx_of(parts_of(fragment), title="表", author="某局")
