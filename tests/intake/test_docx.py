"""What comes out of a Word file: all that a reader sees on paper, and nothing else."""

import contextlib
import io
import re
import zipfile
from collections.abc import Callable
from xml.sax.saxutils import quoteattr

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from pipeline.domain.document import BlockKind
from pipeline.intake.docx import read_docx
from pipeline.intake.docx_package import MAX_ENTRIES
from pipeline.intake.model import DocumentFile, FileContent, UnreadableFileError

_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def _saved(document: object) -> bytes:
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def _file(content: bytes) -> FileContent:
    return FileContent("决定书/样本.docx", content, "d" * 64)


def _edited(content: bytes, changes: dict[str, Callable[[str], str] | str]) -> bytes:
    """Return the package with parts rewritten (or added)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in [*old.namelist(), *(set(changes) - set(old.namelist()))]:
            change = changes.get(name, old.read(name) if name in old.namelist() else b"")
            if callable(change):
                change = change(old.read(name).decode())
            new.writestr(name, change)
    return out.getvalue()


def _body(xml: str, **parts: str) -> DocumentFile:
    """Read a document whose body is the raw ``xml``."""
    document = re.compile(r"(<w:body>).*?(<w:sectPr)", re.DOTALL)
    body = f"<w:body>{xml}<w:sectPr"
    root = re.compile(r"<w:document [^>]*>")

    def put(old: str) -> str:
        return document.sub(lambda _: body, root.sub(f"<w:document {_NS}>", old))

    changes: dict[str, Callable[[str], str] | str] = {"word/document.xml": put}
    changes |= {f"word/{name}.xml": text for name, text in parts.items()}
    return read_docx(_file(_edited(_saved(docx.Document()), changes)))


def _texts(document: DocumentFile) -> list[str]:
    return [cell for block in document.blocks for row in block.rows for cell in row]


def _run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def _p(inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def test_headings_paragraphs_lists_and_tables_come_in_reading_order() -> None:
    document = docx.Document()
    document.add_heading("行政处罚决定书", 1)
    document.add_paragraph("　　当事人：常山某店。")
    document.add_paragraph("现场照片", style="List Bullet")
    document.add_paragraph("询问笔录", style="List Bullet")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("项目", "内容", "罚款", "二百元"), strict=True):
        cell.text = text
    document.add_paragraph("特此决定。")
    document.add_paragraph("")
    kinds = [
        (block.kind, block.rows, block.level) for block in read_docx(_file(_saved(document))).blocks
    ]
    assert kinds == [
        (BlockKind.HEADING, (("行政处罚决定书",),), 1),
        (BlockKind.PARAGRAPH, (("当事人：常山某店。",),), 0),
        (BlockKind.LIST, (("现场照片",), ("询问笔录",)), 0),
        (BlockKind.TABLE, (("项目", "内容"), ("罚款", "二百元")), 0),
        (BlockKind.PARAGRAPH, (("特此决定。",),), 0),
    ]


def test_a_centred_bold_line_is_a_heading_but_a_case_number_is_not() -> None:
    document = docx.Document()
    for text in ("行政处罚决定书", "常综执罚决字〔2024〕第9号"):
        line = document.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = line.add_run(text)
        run.bold = True
        run.font.size = Pt(22)
    kinds = [block.kind for block in read_docx(_file(_saved(document))).blocks]
    assert kinds == [BlockKind.HEADING, BlockKind.PARAGRAPH]


def test_the_file_keeps_its_place_and_digest() -> None:
    document = docx.Document()
    document.add_paragraph("正文")
    read = read_docx(_file(_saved(document)))
    assert (read.place.file, read.digest) == ("决定书/样本.docx", "d" * 64)


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (_p(_run("甲") + "<w:del>" + _run("乙").replace("w:t", "w:delText") + "</w:del>"), ["甲"]),
        (_p("<w:moveFrom>" + _run("旧") + "</w:moveFrom>" + _run("文")), ["文"]),
        (_p("<w:ins>" + _run("新增") + "</w:ins>" + _run("文")), ["新增文"]),
        (_p("<w:moveTo>" + _run("移来") + "</w:moveTo>" + _run("文")), ["移来文"]),
        (_p("<w:ins><w:del>" + _run("先增后删") + "</w:del></w:ins>" + _run("文")), ["文"]),
        (_p(_run("上半"), "<w:rPr><w:del/></w:rPr>") + _p(_run("下半")), ["上半下半"]),
        (_p(_run("显") + _run("隐", "<w:vanish/>")), ["显"]),
        (_p(_run("显") + _run("仍显", '<w:vanish w:val="0"/>')), ["显仍显"]),
        (
            _p('<w:commentRangeStart w:id="1"/>' + _run("文") + '<w:commentRangeEnd w:id="1"/>'),
            ["文"],
        ),
        (
            _p(
                _run("第")
                + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
                + "<w:r><w:instrText>HYPERLINK mailto:a@b.cn</w:instrText></w:r>"
                + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
                + _run("链接字")
                + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
            ),
            ["第链接字"],
        ),
        (
            _p(
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
                '<w:r><w:instrText> PAGE </w:instrText></w:r>'
                '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
                + _run("7")
                + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
                + _run("正文")
            ),
            ["正文"],
        ),
        (
            _p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>')
            + _p("<w:r><w:instrText>SET x 330822</w:instrText></w:r>" + _run("指令区文字"))
            + _p('<w:r><w:fldChar w:fldCharType="end"/></w:r>' + _run("后文")),
            ["后文"],
        ),
        (_p('<w:fldSimple w:instr="PAGE">' + _run("3") + "</w:fldSimple>" + _run("甲")), ["甲"]),
        (_p('<w:fldSimple w:instr="REF a">' + _run("引用") + "</w:fldSimple>"), ["引用"]),
        (_p("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>"), ["甲\t乙\n丙"]),
        (_p("<w:r><w:t>连</w:t><w:softHyphen/><w:t>字\u00ad符</w:t></w:r>"), ["连字符"]),
        (_p("<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>B</w:t></w:r>"), ["A-B"]),
        (_p('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>是</w:t></w:r>'), ["☑是"]),
        (_p('<w:r><w:sym w:font="Odd" w:char="zz"/><w:t>项</w:t></w:r>'), ["□项"]),
        (
            _p(
                "<w:r><w:ruby><w:rt>" + _run("zhang") + "</w:rt><w:rubyBase>" + _run("张")
                + "</w:rubyBase></w:ruby></w:r>"
            ),
            ["张"],
        ),
        (_p("<w:smartTag>" + _run("人民路") + "</w:smartTag>" + _run("1号")), ["人民路1号"]),
        (_p('<w:hyperlink r:id="x">' + _run("公示") + "</w:hyperlink>"), ["公示"]),
        (
            "<w:sdt><w:sdtContent>" + _p(_run("控件里")) + "</w:sdtContent></w:sdt>",
            ["控件里"],
        ),
        (
            _p(
                "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + _run("单击输入")
                + "</w:sdtContent></w:sdt>" + _run("文")
            ),
            ["文"],
        ),
        (_p("<m:oMath><m:r><m:t>S=3</m:t></m:r></m:oMath>"), ["S=3"]),
    ],
)  # fmt: skip
def test_a_paragraph_says_what_its_printed_page_says(xml: str, expected: list[str]) -> None:
    assert _texts(_body(xml)) == expected


def test_text_hidden_by_a_style_or_its_ancestor_does_not_come_through() -> None:
    styles = (
        f"<w:styles {_NS}>"
        '<w:style w:type="character" w:styleId="A"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="B"><w:basedOn w:val="A"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="P"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="L1"><w:basedOn w:val="L2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="L2"><w:basedOn w:val="L1"/></w:style>'
        "</w:styles>"
    )
    xml = (
        _p(_run("显") + _run("隐", '<w:rStyle w:val="B"/>'))
        + _p(_run("整段隐"), '<w:pStyle w:val="P"/>')
        + _p(_run("环"), '<w:pStyle w:val="L1"/>')
    )
    assert _texts(_body(xml, styles=styles)) == ["显", "环"]


@pytest.mark.parametrize(
    "black", ['<w:highlight w:val="black"/>', '<w:shd w:val="clear" w:fill="000000"/>']
)
def test_blackened_words_are_a_bar_that_does_not_tell_their_number(black: str) -> None:
    xml = _p(_run("投诉人") + _run("张三", black) + _run("三", black) + _run("反映"))
    assert _texts(_body(xml)) == ["投诉人■■■■反映"]


def test_white_words_on_a_black_ground_are_read() -> None:
    ground = '<w:shd w:val="clear" w:fill="000000"/><w:color w:val="FFFFFF"/>'
    assert _texts(_body(_p(_run("表头", ground)))) == ["表头"]


def test_a_text_box_with_a_fallback_is_read_once() -> None:
    box = "<w:txbxContent>" + _p(_run("框内文字")) + "</w:txbxContent>"
    xml = _p(
        _run("框外")
        + "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>"
        + box
        + "</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        + box
        + "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert _texts(_body(xml)) == ["框外", "框内文字"]


def test_vml_boxes_and_word_art_are_read() -> None:
    xml = _p(
        "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
        + _p(_run("旧式文本框"))
        + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        + "<w:r><w:pict><v:shape><v:textpath string='机密★'/></v:shape></w:pict></w:r>"
    )
    assert _texts(_body(xml)) == ["旧式文本框", "机密★"]


def test_cells_hold_nested_tables_in_reading_order_and_deleted_rows_are_gone() -> None:
    inner = (
        "<w:tbl><w:tr><w:tc>" + _p(_run("姓名")) + "</w:tc><w:tc>" + _p(_run("职务"))
        + "</w:tc></w:tr></w:tbl>"
    )  # fmt: skip
    xml = (
        "<w:tbl><w:tr><w:tc>" + _p(_run("一")) + _p(_run("行")) + "</w:tc><w:tc>" + inner
        + "<w:p/></w:tc></w:tr><w:tr><w:trPr><w:del/></w:trPr><w:tc>" + _p(_run("删"))
        + "</w:tc><w:tc><w:p/></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
        + "<w:tc>" + _p(_run("尾")) + "</w:tc></w:tr></w:tbl>"
    )  # fmt: skip
    (block,) = _body(xml).blocks
    assert block.rows == (("一\n行", "姓名 职务"), ("", "尾"))


def test_a_one_column_layout_table_becomes_plain_blocks() -> None:
    xml = "<w:tbl><w:tr><w:tc>" + _p(_run("全文装在一个表格里")) + "</w:tc></w:tr></w:tbl>"
    assert [block.kind for block in _body(xml).blocks] == [BlockKind.PARAGRAPH]


def test_automatic_numbers_are_written_out() -> None:
    def level(index: int, form: str, text: str) -> str:
        return (
            f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f"<w:lvlText w:val={quoteattr(text)}/></w:lvl>"
        )

    numbering = (
        f'<w:numbering {_NS}><w:abstractNum w:abstractNumId="1">'
        + level(0, "chineseCounting", "%1、")
        + level(1, "decimal", "（%2）")
        + '</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    xml = "".join(
        _p(_run(text), f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="5"/></w:numPr>')
        for text, at in (("事实", 0), ("证据", 1), ("证言", 1), ("决定", 0), ("罚款", 1))
    )
    expected = ["一、事实", "（1）证据", "（2）证言", "二、决定", "（1）罚款"]
    assert _texts(_body(xml, numbering=numbering)) == expected


def test_headers_footers_and_notes_come_without_page_numbers() -> None:
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "常山县综合行政执法局"
    section.first_page_header.paragraphs[0].text = "未启用的首页页眉"
    section.footer.paragraphs[0].text = "第  页 共  页"
    document.add_paragraph("正文")
    content = _edited(
        _saved(document),
        {
            "word/footnotes.xml": f"<w:footnotes {_NS}><w:footnote w:id='-1'>{_p(_run('线'))}"
            f"</w:footnote><w:footnote w:id='2'>{_p(_run('脚注文字'))}</w:footnote></w:footnotes>",
            "word/_rels/document.xml.rels": lambda old: old.replace(
                "</Relationships>",
                '<Relationship Id="rF" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
                'relationships/footnotes" Target="footnotes.xml"/></Relationships>',
            ),
            "word/document.xml": lambda old: old.replace(
                "<w:t>正文</w:t>", '<w:t>正文</w:t></w:r><w:r><w:footnoteReference w:id="2"/>'
            ),
        },
    )
    assert _texts(read_docx(_file(content))) == ["常山县综合行政执法局", "正文", "脚注文字"]


def test_comments_and_properties_never_come_through() -> None:
    document = docx.Document()
    document.core_properties.author = "作者甲某某"
    line = document.add_paragraph("正文")
    document.add_comment(line.runs, text="批注内容", author="审阅乙某某")
    assert _texts(read_docx(_file(_saved(document)))) == ["正文"]


def test_the_strict_variant_of_the_format_is_read() -> None:
    document = docx.Document()
    document.add_paragraph("严格格式")

    def strict(old: str) -> str:
        return old.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )

    content = _edited(_saved(document), {"word/document.xml": strict})
    assert _texts(read_docx(_file(content))) == ["严格格式"]


def _real() -> bytes:
    document = docx.Document()
    document.add_paragraph("当事人：张三三，住址：测试路1号。")
    return _saved(document)


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", 8) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _with_dtd(old: str) -> str:
    return old.replace(
        "<w:document", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document', 1
    )


HOSTILE = {
    "truncated": (lambda: _real()[: len(_real()) // 2], "不完整"),
    "not a zip": ("就是文字".encode, "不完整"),
    "old or encrypted Word": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "旧版"),
    "empty": (lambda: b"", "不完整"),
    "zip without a document": (lambda: _zip({"a.xml": b"<a/>"}), "没有 Word 正文"),
    "zip bomb": (lambda: _edited(_real(), {"word/media/a.xml": "0" * 20_000_000}), "压缩炸弹"),
    "too many parts": (lambda: _zip({f"{n}.xml": b"" for n in range(MAX_ENTRIES + 1)}), "压缩炸弹"),
    "external entity": (lambda: _edited(_real(), {"word/document.xml": _with_dtd}), "DTD"),
    "broken xml": (lambda: _edited(_real(), {"word/document.xml": "<w:document"}), "XML"),
    "only pictures": (lambda: _saved(docx.Document()), "没有文字"),
    "embedded file": (
        lambda: _edited(
            _real(),
            {"word/document.xml": lambda old: old.replace("<w:sectPr", "<w:altChunk/><w:sectPr")},
        ),
        "嵌入",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_cannot_be_trusted_is_refused_with_place_and_remedy(name: str) -> None:
    make, problem = HOSTILE[name]
    with pytest.raises(UnreadableFileError) as caught:
        read_docx(_file(make()))
    (fault,) = caught.value.faults
    assert fault.place.file == "决定书/样本.docx"
    assert problem in fault.problem
    assert fault.remedy
    assert "张三三" not in str(fault)


def test_any_truncation_or_flipped_byte_is_refused_or_read_but_never_crashes() -> None:
    content = _real()
    for cut in range(0, len(content), len(content) // 40):
        broken = content[:cut] + bytes([content[cut] ^ 0xFF]) + content[cut + 1 :]
        for sample in (content[:cut], broken):
            with contextlib.suppress(UnreadableFileError):
                assert read_docx(_file(sample)).blocks


def test_two_parts_of_one_name_are_refused() -> None:
    out = io.BytesIO(_real())
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", "<w:document/>")
    with pytest.raises(UnreadableFileError, match="重名"):
        read_docx(_file(out.getvalue()))
