"""Pages as office programs and portals write them, and as an attacker would."""
# ruff: noqa: E501 - tables are read by their rows

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain.document import Block, BlockKind
from pipeline.domain.text import RawText
from pipeline.intake.html import page_blocks, read_html
from pipeline.intake.model import FileContent, UnreadableFileError

HIDDEN = "赵小六的秘密"


def shown(markup: str) -> list[str]:
    """Return every cell of every block."""
    return [cell for block in page_blocks(markup) for row in block.rows for cell in row]


def kinds(blocks: tuple[Block[RawText], ...]) -> list[BlockKind]:
    return [block.kind for block in blocks]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p><span>张</span><span>三</span></p>", "张三"),
        ("<p>张<!-- 注 -->三</p>", "张三"),
        ("<p>张\n三</p>", "张三"),
        ("<p>张<span>\n  三</span></p>", "张三"),
        ("<p>Zhang\n San</p>", "Zhang San"),
        ("<p>王&nbsp;&nbsp;伟　明</p>", "王\u00a0\u00a0伟　明"),
        ("<p>&nbsp;　　王伟&nbsp;</p>", "王伟"),
        ("<p>第一行<br>第二行<br/></p>", "第一行\n第二行"),
        ("<p>a &lt;b&gt; &amp; &#20013;</p>", "a <b> & 中"),
        ("<p>旧<ins>新</ins></p>", "旧新"),
        ("<p>138<wbr>0000<wbr>0000</p>", "13800000000"),
        ("<pre>甲\n乙</pre>", "甲\n乙"),
        ("<p style='white-space: pre-wrap'>甲\n乙</p>", "甲\n乙"),
        ("<p>甲<span style='white-space:pre-line'>乙\n丙</span>丁\n戊</p>", "甲乙\n丙丁戊"),
        ("<p>张<o:p></o:p>三</p>", "张三"),
        ("没有任何标签", "没有任何标签"),
        ("<![if !mso]>可见<![endif]>", "可见"),
        ("<p>甲\x00\u202e乙&#8238;丙</p>", "甲乙丙"),
    ],
)
def test_running_text_is_what_a_reader_sees(markup: str, text: str) -> None:
    assert shown(markup) == [text]


@pytest.mark.parametrize(
    "markup",
    [
        "<span style='display:none'>{}</span>",
        "<span style='DISPLAY : None !important'>{}</span>",
        "<span style='mso-hide:all'>{}</span>",
        "<span style='visibility: hidden'>{}</span>",
        "<span style='font-size:0'>{}</span>",
        "<span style='font-size:0.0pt;color:red'>{}</span>",
        "<span style='font:0/0 a'>{}</span>",
        "<span style='opacity:0'>{}</span>",
        "<span style='color:#FFFFFF'>{}</span>",
        "<font color=white>{}</font>",
        "<span style='position:absolute;left:-9999px'>{}</span>",
        "<span style='text-decoration:line-through'>{}</span>",
        "<span hidden>{}</span>",
        "<span class=gone>{}</span>",
        "<b><i class='a gone'>{}</i></b>",
        "<i id=out>{}</i>",
        "<b><u>{}</u></b>",
        "<del>{}</del>",
        "<s>{}</s>",
        "<strike>{}</strike>",
        "<script>{}</script>",
        "<style>{}</style>",
        "<template>{}</template>",
        "<noscript>{}</noscript>",
        "<textarea>{}</textarea>",
        "<input value='{}'>",
        "<select><option>{}</option></select>",
        "<button>{}</button>",
        "<iframe>{}</iframe>",
        "<object>{}</object>",
        "<svg><text>{}</text></svg>",
        "<img alt='{}' title='{}'>",
        "<a title='{}'></a>",
        "<ruby><rt>{}</rt></ruby>",
        "<!-- {} -->",
        "<!--[if gte mso 9]><xml>{}</xml><![endif]-->",
        "<![CDATA[{}]]>",
        "<?php {} ?>",
        "<div style='mso-element:comment-list'>{}</div>",
        "<nav>{}</nav>",
        "<header>{}</header>",
        "<footer>{}</footer>",
        "<div role=navigation>{}</div>",
        "<span style='mso-special-character:comment'><a class=msocomanchor>[{}]</a></span>",
        "<div class=msocomtxt>{}</div>",
    ],
)
def test_what_a_reader_does_not_see_never_comes_through(markup: str) -> None:
    style = "<style>/* x */ .gone, p#out i, #out, b:has(> u) { display : none } @media print{p{display:none}}</style>"
    page = (
        f"<html><head>{style}</head><body><p>前{markup.replace('{}', HIDDEN)}后</p></body></html>"
    )
    assert HIDDEN not in "".join(shown(page))
    assert "前" in "".join(shown(page))
    assert "后" in "".join(shown(page))


def test_size_and_visibility_that_come_back_inside_are_seen() -> None:
    markup = "<div style='font-size:0'>隐<p style='font-size:14px'>见</p></div>"
    assert shown(markup) == ["见"]
    assert shown(markup.replace("font-size:0", "visibility:hidden").replace("font-size:14px", "visibility:visible")) == ["见"]  # fmt: skip


def test_a_style_sheet_that_shows_again_what_it_hid_is_believed_and_another_is_not() -> None:
    css = "<style>.tab{display:none} .tab.active{display:block} p{display:block}</style>"
    page = (
        css
        + "<div class='tab active'>见</div><p class=tab>隐</p><p class=tab style='display:block'>开</p>"
    )
    assert shown(page) == ["见", "开"]


def test_rules_inside_media_queries_hide_on_the_screen_only() -> None:
    css = "<style>@media screen{.a{display:none}}@media print{.b{display:none}.c{x:y}}</style>"
    assert shown(css + "<p class=a>隐<p class=b>见") == ["见"]


def test_white_letters_on_a_colour_are_seen() -> None:
    page = "<table><tr style='background:#003'><th style='color:#fff'>项目<th>值<tr><td>甲<td>乙</table>"
    assert shown(page) == ["项目", "值", "甲", "乙"]


def test_a_page_centred_by_a_negative_margin_is_seen() -> None:
    page = "<div style='position:absolute;left:50%;margin-left:-490px'>正文</div>"
    assert shown(page) == ["正文"]


def test_headings_lists_and_tables_keep_their_structure() -> None:
    blocks = page_blocks(
        "<h1>行政处罚决定书</h1><p>正文</p><h3>一、事实</h3>"
        "<ol start=3><li>甲<p>乙</p><li>丙<ul><li>丁</ul></ol>"
        "<table><caption>清单</caption><thead><tr><th>项<th>额<tbody><tr><td>罚款<td><p>2000</p><p>元</p><tr><td><td></table>"
    )
    assert [(b.kind, b.level, b.rows) for b in blocks] == [
        (BlockKind.HEADING, 1, (("行政处罚决定书",),)),
        (BlockKind.PARAGRAPH, 0, (("正文",),)),
        (BlockKind.HEADING, 3, (("一、事实",),)),
        (BlockKind.LIST, 0, (("3. 甲\n乙",), ("4. 丙",), ("丁",))),
        (BlockKind.PARAGRAPH, 0, (("清单",),)),
        (BlockKind.TABLE, 0, (("项", "额"), ("罚款", "2000\n元"))),
    ]


def test_a_table_that_only_places_things_is_no_table() -> None:
    page = (
        "<table width=900><tr><td>左栏</td><td><table border=1><tr><td>姓名</td><td>王伟</td></tr>"
        "<tr><td>住址</td><td>某县</td></tr></table><p>正文</p></td></tr></table>"
    )
    blocks = page_blocks(page)
    assert kinds(blocks) == [BlockKind.PARAGRAPH, BlockKind.TABLE, BlockKind.PARAGRAPH]
    assert blocks[1].rows == (("姓名", "王伟"), ("住址", "某县"))


def test_a_list_around_a_table_loses_nothing() -> None:
    page = "<ul><li>甲<table><tr><td>一<td>二<tr><td>三<td>四</table>乙<li>丙</ul>"
    assert shown(page) == ["甲", "一", "二", "三", "四", "乙", "丙"]


@pytest.mark.parametrize("tag", ["gb2312", "utf-8", "iso-8859-1"])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_the_bytes_say_the_encoding_and_not_the_page(tag: str, encoding: str) -> None:
    page = f'<?xml version="1.0" encoding="{tag}"?><html><meta charset="{tag}"><p>当事人王伟，住某县㐀𠮷</p>'
    document = read_html(FileContent("a.html", page.encode(encoding)))
    assert document.blocks[0].rows == (("当事人王伟，住某县㐀𠮷",),)


def test_the_title_is_a_heading_only_where_the_page_has_none() -> None:
    page = "<title>行政处罚 决定书</title><body>{}<p>正文</p>"
    assert shown(page.format("")) == ["行政处罚 决定书", "正文"]
    assert shown(page.format("<h2>决定</h2>")) == ["决定", "正文"]
    assert shown(page.format("<p>行政处罚决定书</p>")) == ["行政处罚决定书", "正文"]
    assert shown("<title>Microsoft Word - 文档1</title><p>正文") == ["正文"]


def test_the_head_of_an_article_is_part_of_it() -> None:
    assert shown("<header>站名</header><article><header>标题</header>文</article>") == [
        "标题",
        "文",
    ]


def test_a_page_inside_one_form_is_read() -> None:
    assert shown("<form id=aspnetForm><input type=hidden value=x><p>正文</form>") == ["正文"]


def test_a_page_without_visible_text_is_refused_with_a_remedy() -> None:
    with pytest.raises(UnreadableFileError, match="没有可见的文字"):
        read_html(FileContent("a.html", b"<img src='scan.jpg'><p style='display:none'>x</p>"))


@pytest.mark.parametrize("tag", ["div", "span", "b", "ul", "li", "p", "pre", "blockquote", "font"])
def test_ten_thousand_nested_elements_neither_crash_nor_lose_text(tag: str) -> None:
    started = time.monotonic()
    page = f"<{tag}>" * 10_000 + "深" + f"</{tag}>" * 10_000 + "<p>后</p>"
    assert "".join(shown(page)) == "深后"
    assert time.monotonic() - started < 60


def test_nested_tables_neither_crash_nor_lose_text() -> None:
    page = "<table><tr><td>" * 2_000 + "深" + "</td></tr></table>" * 2_000 + "后"
    assert "".join(shown(page)) == "深后"


def test_external_things_are_not_fetched_and_entities_are_inert() -> None:
    page = (
        '<!DOCTYPE html [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
        '<link rel=stylesheet href="http://192.0.2.1/a.css"><img src="http://192.0.2.1/a.png"><p>甲&e;乙'
    )
    started = time.monotonic()
    text = "".join(shown(page))
    assert "甲" in text
    assert "乙" in text
    assert time.monotonic() - started < 20


WORD_PAGE = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head><meta http-equiv=Content-Type content="text/html; charset=gb2312"><meta name=Author content="内部作者">
<title>文档标题属性</title>
<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>内部作者</o:Author></o:DocumentProperties></xml><![endif]-->
<style><!-- @font-face {font-family:宋体;} p.MsoNormal {margin:0cm;} span.SpellE {mso-style-name:"";} --></style></head>
<body lang=ZH-CN><div class=WordSection1 style='layout-grid:15.6pt'>
<p class=MsoNormal align=center style='text-align:center'><b><span style='font-size:22.0pt;font-family:宋体'>行<span lang=EN-US> </span>政处罚决
定书<o:p></o:p></span></b></p>
<p class=MsoNormal><span style='font-family:宋体'>当事人：王</span><span lang=EN-US>&nbsp;&nbsp;</span><span
style='font-family:宋体'>伟，身份证号</span><span lang=EN-US>330822</span><span lang=EN-US>199003070012</span></p>
<p class=MsoNormal><del cite="mailto:x" datetime="2024-05-03T10:00">旧事实</del><ins cite="mailto:x">新事实</ins><span
style='mso-hide:all;display:none'>隐藏批示</span><a style='mso-comment-reference:内_1'>正文</a><span class=MsoCommentReference><![if
!supportAnnotations]><a class=msocomanchor href="#_msocom_1">[内1]</a><![endif]></span></p>
<table class=MsoTableGrid border=1><tr><td width=100><p class=MsoNormal>姓名<o:p></o:p></p></td><td><p class=MsoNormal>王伟</p></td></tr></table>
</div><div style='mso-element:comment-list'><div style='mso-element:comment'><p class=MsoCommentText>内部批注</p></div></div></body></html>"""


def test_a_page_of_a_word_processor_gives_its_document_and_nothing_of_its_making() -> None:
    document = read_html(FileContent("决定书.htm", WORD_PAGE.encode("gb18030")))
    assert [(block.kind, block.rows) for block in document.blocks] == [
        (BlockKind.HEADING, (("行 政处罚决定书",),)),
        (BlockKind.PARAGRAPH, (("当事人：王\u00a0\u00a0伟，身份证号330822199003070012",),)),
        (BlockKind.PARAGRAPH, (("新事实正文",),)),
        (BlockKind.TABLE, (("姓名", "王伟"),)),
    ]


PORTAL_PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>行政处罚决定书-某县人民政府</title>
<style>.share,.print-only{display:none} .tip{position:absolute;left:-9999px}</style><script>var a="<p>脚本</p>";</script></head>
<body><header><h1>某县人民政府</h1></header><nav><ul><li>首页<li>公开</ul></nav>
<table width="980" align="center" cellpadding="0"><tr><td><form action="/s"><input name=q value=搜索><button>搜索</button></form></td></tr>
<tr><td><h2>行政处罚决定书</h2><div class="share">分享到微信</div><div class="tip">提示</div>
<div class="TRS_Editor"><p>　　当事人：赵小六</p><p>　　<font>住址</font>：某县<br/>某路</p>
<table border="1"><tbody><tr><td>处罚种类</td><td>罚款</td></tr><tr><td>金额</td><td>2000&nbsp;元</td></tr></tbody></table></div></td></tr></table>
<footer>主办单位 ICP备案</footer></body></html>"""


def test_a_page_of_a_portal_gives_its_document_and_not_its_frame() -> None:
    assert shown(PORTAL_PAGE) == [
        "行政处罚决定书",
        "当事人：赵小六",
        "住址：某县\n某路",
        "处罚种类",
        "罚款",
        "金额",
        "2000\u00a0元",
    ]


@given(st.text(alphabet="<>/!-[]&;=\"' pdivtablstyrh01张三\n\x00", max_size=120))
@settings(max_examples=200, deadline=None)
def test_any_markup_gives_blocks_and_never_a_crash(markup: str) -> None:
    for block in page_blocks(markup):
        assert any(cell for row in block.rows for cell in row)


@given(st.lists(st.text("甲乙丙丁王伟 ", min_size=1).filter(str.strip), min_size=1, max_size=6))
def test_paragraphs_come_out_as_they_went_in(texts: list[str]) -> None:
    page = "".join(f"<p>{text}</p>" for text in texts)
    assert shown(page) == [" ".join(text.split()) for text in texts]
