"""A PDF as an office program makes it: embedded fonts, whose boxes only cover the ink."""

from pathlib import Path

import pytest

from pipeline.domain.document import BlockKind
from pipeline.intake.model import FileContent
from pipeline.intake.pdf import read_pdf

playwright = pytest.importorskip("playwright.sync_api")

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
PARAGRAPHS = (
    (
        "一、2026年3月5日，本机关执法人员在常山县天马街道测试路一百一十一号门前巡查时，发现当事人在"
        "人行道上摆放桌椅一套、遮阳伞一把，占道经营一个多小时，统一社会信用代码一栏没有填写。"
    ),
    "二、以上事实，有现场检查笔录一份、现场照片三张、询问笔录二份予以证实。",
)
HTML = """<meta charset="utf-8"><style>
body {{ font: 16pt/28pt "Noto Serif CJK SC", serif; text-align: justify }}
p {{ text-indent: 2em; margin: 0 }} table {{ border-collapse: collapse; width: 100% }}
td {{ border: 1px solid }}</style>
<h1 style="text-align: center">行政处罚决定书</h1><p>{}</p><p>{}</p>
<table><tr><td>姓名<td>证件号码<td>家庭住址</tr>
<tr><td>张三三<td>33082219900101001X<td>浙江省常山县测试镇样板村一百二十三号二幢三单元四零二室东首第一户</tr>
</table>"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="没有 Chromium"),
]


@pytest.fixture(scope="module")
def printed() -> bytes:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        page = browser.new_page()
        page.set_content(HTML.format(*PARAGRAPHS))
        footer = '<p style="font-size:14px;margin:auto">— <span class="pageNumber"></span> —</p>'
        content: bytes = page.pdf(
            format="A4",
            margin={"top": "37mm", "bottom": "35mm", "left": "28mm", "right": "26mm"},
            display_header_footer=True,
            header_template="<p></p>",
            footer_template=footer,
        )
        browser.close()
    return content


def test_a_printed_document_is_read_as_it_was_written(printed: bytes) -> None:
    blocks = read_pdf(FileContent("打印.pdf", printed)).blocks
    assert [block.kind for block in blocks] == [
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.PARAGRAPH,
        BlockKind.TABLE,
    ]
    assert [block.rows[0][0] for block in blocks[1:3]] == list(PARAGRAPHS)
    assert blocks[3].rows == (
        ("姓名", "证件号码", "家庭住址"),
        (
            "张三三",
            "33082219900101001X",
            "浙江省常山县测试镇样板村一百二十三号二幢三单元四零二室东首第一户",
        ),
    )
