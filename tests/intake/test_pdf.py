"""What comes out of a PDF: paragraphs as written, nothing of the paper, and no scan."""

import contextlib
import io
from collections.abc import Callable

import pytest
from reportlab.lib.colors import Color
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from pipeline.domain.document import BlockKind
from pipeline.intake.model import DocumentFile, FileContent, UnreadableFileError
from pipeline.intake.pdf import read_pdf

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
WIDTH, HEIGHT = 595.27, 841.89
LEFT, SIZE, LEADING, COLUMNS = 80.0, 16.0, 28.0, 27

LONG = (
    "当事人于2024年5月6日在常山县天马街道测试路88号门前擅自占用城市道路摆设摊点，经营水果，"
    "占用面积约4.5平方米，影响市容和行人通行。上述事实有现场检查笔录、询问笔录、现场照片等证据证实。"
)
SECOND = "本机关认为，当事人的行为违反了《浙江省城市市容和环境卫生管理条例》的规定，应当依法处理。"


def _wrapped(text: str) -> list[str]:
    """Wrap like an official document: first line indented, no line begins with a comma."""
    lines, line, room = [], "\0", (COLUMNS - 2) * SIZE
    for at, char in enumerate(text):
        ahead = text[at : at + 2] if text[at + 1 : at + 2] in "，。、" else char
        if stringWidth(line.lstrip("\0") + ahead, FONT, SIZE) > room and char not in "，。、":
            lines.append(line)
            line, room = "", COLUMNS * SIZE
        line += char
    return [*lines, line]


def _draw(canvas: Canvas, lines: list[str], top: float = HEIGHT - 150) -> float:
    canvas.setFont(FONT, SIZE)
    for line in lines:
        canvas.drawString(LEFT + 2 * SIZE * line.startswith("\0"), top, line.lstrip("\0"))
        top -= LEADING
    return top


def _pdf(draw: Callable[[Canvas], object], **options: object) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(WIDTH, HEIGHT), **options)
    draw(canvas)
    canvas.save()
    return stream.getvalue()


def _read(draw: Callable[[Canvas], object], **options: object) -> DocumentFile:
    return read_pdf(FileContent("决定书/样本.pdf", _pdf(draw, **options), "d" * 64))


def _texts(document: DocumentFile) -> list[str]:
    return [cell for block in document.blocks for row in block.rows for cell in row]


def test_wrapped_lines_become_the_paragraphs_that_were_written() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 22)
        canvas.drawCentredString(WIDTH / 2, HEIGHT - 90, "行政处罚决定书")
        _draw(canvas, [*_wrapped(LONG), *_wrapped(SECOND)])

    blocks = _read(draw).blocks
    assert [(b.kind, b.rows[0][0]) for b in blocks] == [
        (BlockKind.HEADING, "行政处罚决定书"),
        (BlockKind.PARAGRAPH, LONG),
        (BlockKind.PARAGRAPH, SECOND),
    ]


def test_a_number_split_over_two_lines_is_one_number_again() -> None:
    lines = ["\0" + "甲" * 20 + "证号33082219", "900101001X的当事人" + "乙" * 17, "丙。"]
    text = _texts(_read(lambda canvas: _draw(canvas, [*lines, *_wrapped(SECOND)])))[0]
    assert "证号33082219900101001X的" in text


@pytest.mark.parametrize(
    ("end", "start", "joined"),
    [("92330822M", "ATABQQ429", "92330822MATABQQ429"), ("Marek", "Zielony", "Marek Zielony")],
)
def test_a_code_is_joined_without_a_gap_and_words_with_one(
    end: str, start: str, joined: str
) -> None:
    lines = ["\0" + "甲" * 21 + end, start + "乙" * 21, "丙。"]
    assert joined in _texts(_read(lambda canvas: _draw(canvas, [*lines, *_wrapped(SECOND)])))[0]


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    lines = _wrapped(LONG)

    def draw(canvas: Canvas) -> None:
        _draw(canvas, [*_wrapped(SECOND), *lines[:2]])
        canvas.showPage()
        _draw(canvas, [*lines[2:], *_wrapped(SECOND)])

    assert _texts(_read(draw)) == [SECOND, LONG, SECOND]


def test_block_paragraphs_without_indent_end_at_the_end_of_a_sentence() -> None:
    first = "甲" * (2 * COLUMNS - 1) + "。"
    lines = [first[:COLUMNS], first[COLUMNS:], "乙" * COLUMNS, "丙丁。"]
    read = _texts(_read(lambda canvas: _draw(canvas, lines)))
    assert read == [first, "乙" * COLUMNS + "丙丁。"]


@pytest.mark.parametrize(
    "number", ["- {} -", "—{}—", "第{}页", "第{}页 共3页", "第 {} 页，共 3 页", "{}/3", "{}"]
)
def test_page_numbers_are_dropped(number: str) -> None:
    def draw(canvas: Canvas) -> None:
        for page in (1, 2, 3):
            _draw(canvas, _wrapped(SECOND))
            canvas.drawCentredString(WIDTH / 2, 40, number.format(page))
            canvas.showPage()

    assert _texts(_read(draw)) == [SECOND] * 3


def test_an_amount_in_the_last_line_is_not_a_page_number() -> None:
    read = _texts(_read(lambda canvas: _draw(canvas, [*_wrapped(SECOND), "\0" + "200"])))
    assert read == [SECOND, "200"]


def test_a_running_head_comes_once_and_never_inside_a_paragraph() -> None:
    lines = _wrapped(LONG)

    def draw(canvas: Canvas) -> None:
        for part in (lines[:2], lines[2:]):
            canvas.setFont(FONT, 10)
            canvas.drawString(LEFT, HEIGHT - 40, "常山县综合行政执法局")
            _draw(canvas, part)
            canvas.showPage()

    assert _texts(_read(draw)) == ["常山县综合行政执法局", LONG]


def test_a_table_is_a_table_and_its_wrapped_cells_stay_together() -> None:
    def draw(canvas: Canvas) -> None:
        top = _draw(canvas, _wrapped(SECOND))
        rows = [("姓名", "住址"), ("张三三", "常山县测试镇"), ("", "样板村9号"), ("李四四", "无")]
        for name, address in rows:
            canvas.drawString(LEFT, top, name)
            canvas.drawString(LEFT + 160, top, address)
            top -= LEADING

    blocks = _read(draw).blocks
    assert blocks[-1].kind is BlockKind.TABLE
    assert blocks[-1].rows == (
        ("姓名", "住址"),
        ("张三三", "常山县测试镇样板村9号"),
        ("李四四", "无"),
    )


def _ruled(canvas: Canvas, rows: list[float], columns: list[float]) -> None:
    for y in rows:
        canvas.line(columns[0], y, columns[-1], y)
    for x in columns:
        canvas.rect(x, rows[-1], 0.5, rows[0] - rows[-1], stroke=0, fill=1)


def test_the_cells_of_a_ruled_table_stay_together_however_they_are_wrapped() -> None:
    def draw(canvas: Canvas) -> None:
        _draw(canvas, _wrapped(SECOND))
        _ruled(canvas, [500, 470, 400], [80, 160, 320, 500])
        for x, y, text in (
            (85, 480, "姓名"), (165, 480, "身份证号码"), (325, 480, "家庭住址"),
            (85, 432, "张三三"), (165, 432, "无"), (325, 442, "常山县测试镇样板村九"),
            (325, 420, "幢四零二室"),
        ):  # fmt: skip
            canvas.drawString(x, y, text)

    table = _read(draw).blocks[-1]
    assert table.kind is BlockKind.TABLE
    assert table.rows == (
        ("姓名", "身份证号码", "家庭住址"),
        ("张三三", "无", "常山县测试镇样板村九幢四零二室"),
    )


def test_merged_cells_are_one_and_text_around_the_table_stays_in_place() -> None:
    def draw(canvas: Canvas) -> None:
        _draw(canvas, ["\0表格之前。"], 560)
        canvas.rect(80, 400, 420, 100)
        canvas.line(80, 450, 500, 450)
        canvas.line(200, 450, 200, 500)
        for x, y, text in ((85, 470, "案由"), (205, 470, "占道经营"), (85, 420, "以下空白")):
            canvas.drawString(x, y, text)
        _draw(canvas, ["\0表格之后。"], 360)

    before, table, after = _read(draw).blocks
    assert (before.rows, after.rows) == ((("表格之前。",),), (("表格之后。",),))
    assert table.rows == (("案由", "占道经营"), ("以下空白",))


def test_a_frame_around_the_text_and_an_underline_are_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(40, 40, WIDTH - 80, HEIGHT - 80)
        canvas.line(LEFT, HEIGHT - 155, LEFT + 200, HEIGHT - 155)
        _draw(canvas, _wrapped(SECOND))

    assert [block.kind for block in _read(draw).blocks] == [BlockKind.PARAGRAPH]


def test_text_printed_twice_to_look_bold_is_read_once() -> None:
    def draw(canvas: Canvas) -> None:
        _draw(canvas, _wrapped(SECOND))
        canvas.drawString(LEFT + 0.4, HEIGHT - 400, "当事人：常山某店")
        canvas.drawString(LEFT, HEIGHT - 400, "当事人：常山某店")

    assert _texts(_read(draw)) == [SECOND, "当事人：常山某店"]


def test_the_letters_of_a_round_stamp_are_dropped_but_a_secrecy_watermark_is_kept() -> None:
    def draw(canvas: Canvas) -> None:
        _draw(canvas, _wrapped(SECOND))
        for index, letter in enumerate("常山县综合行政执法局"):
            canvas.saveState()
            canvas.translate(400, 300)
            canvas.rotate(150 - 30 * index)
            canvas.drawString(0, 50, letter)
            canvas.restoreState()
        canvas.rotate(45)
        canvas.drawString(500, 100, "机密★")

    read = _texts(_read(draw))
    assert read[0] == "机密"
    assert SECOND in read
    assert not any("综合" in text for text in read)


def test_annotations_and_properties_never_come_through() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setAuthor("作者张三三")
        canvas.setTitle("内部标题")
        canvas.textAnnotation("批注李四四", Rect=[10, 10, 90, 90])
        canvas.acroForm.textfield(value="13900000000", x=100, y=100)
        _draw(canvas, _wrapped(SECOND))

    assert _texts(_read(draw)) == [SECOND]


def test_words_beside_the_paper_are_dropped() -> None:
    def draw(canvas: Canvas) -> None:
        _draw(canvas, _wrapped(SECOND))
        canvas.drawString(WIDTH + 40, 400, "纸外的批注")
        canvas.drawString(LEFT, -30, "纸下的批注")

    assert _texts(_read(draw)) == [SECOND]


def test_shading_behind_the_text_does_no_harm() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(Color(0.9, 0.9, 0.9))
        canvas.rect(LEFT - 5, HEIGHT - 300, 460, 180, fill=1, stroke=0)
        canvas.setFillColor(Color(0, 0, 0))
        _draw(canvas, _wrapped(SECOND))

    assert _texts(_read(draw)) == [SECOND]


def test_transparent_words_among_visible_text_are_dropped() -> None:
    def draw(canvas: Canvas) -> None:
        _draw(canvas, _wrapped(SECOND))
        text = canvas.beginText(LEFT, 200)
        text.setTextRenderMode(3)
        text.textOut("隐形文字")
        canvas.drawText(text)
        canvas.setFillColor(Color(0, 0, 0, alpha=0))
        canvas.drawString(LEFT, 160, "透明文字")

    assert _texts(_read(draw)) == [SECOND]


def _picture() -> ImageReader:
    return ImageReader(io.BytesIO(b"P6 2 2 255\n" + bytes(range(12))))


def _scan(canvas: Canvas) -> None:
    canvas.drawImage(_picture(), 0, 0, WIDTH, HEIGHT)


def _recognised_scan(canvas: Canvas) -> None:
    _scan(canvas)
    text = canvas.beginText(LEFT, 600)
    text.setFont(FONT, SIZE)
    text.setTextRenderMode(3)
    for line in _wrapped(LONG):
        text.textLine(line.lstrip("\0"))
    canvas.drawText(text)


def _text_then_scan(canvas: Canvas) -> None:
    _draw(canvas, _wrapped(SECOND))
    canvas.showPage()
    _scan(canvas)


def _sideways(canvas: Canvas) -> None:
    canvas.rotate(90)
    canvas.setFont(FONT, SIZE)
    canvas.drawString(100, -200, SECOND)


def _black_bar(canvas: Canvas) -> None:
    _draw(canvas, _wrapped("当事人：张三三，住测试路1号。" + LONG))
    canvas.rect(LEFT + 6 * SIZE, HEIGHT - 154, 3 * SIZE, SIZE + 2, fill=1)


def _plain(canvas: Canvas) -> None:
    _draw(canvas, _wrapped("当事人：张三三，住测试路1号。" + LONG))


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "scan": (lambda: _pdf(_scan), "扫描"),
    "scan with recognised text": (lambda: _pdf(_recognised_scan), "不可见"),
    "one page of many is a scan": (lambda: _pdf(_text_then_scan), "扫描"),
    "text runs sideways": (lambda: _pdf(_sideways), "横排"),
    "words under a black bar": (lambda: _pdf(_black_bar), "色块"),
    "no text at all": (lambda: _pdf(lambda canvas: canvas.line(0, 0, 9, 9)), "没有文字"),
    "password": (lambda: _pdf(_plain, encrypt=StandardEncryption("geheim")), "密码"),
    "truncated": (lambda: _pdf(_plain)[:-300], "不完整"),
    "not a PDF": ("就是文字".encode, "不是 PDF"),
    "empty": (bytes, "不是 PDF"),
    "only a frame": (lambda: b"%PDF-1.7\n%%EOF\n", "损坏"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_cannot_be_trusted_is_refused_with_place_and_remedy(name: str) -> None:
    make, problem = HOSTILE[name]
    with pytest.raises(UnreadableFileError) as caught:
        read_pdf(FileContent("决定书/样本.pdf", make()))
    (fault,) = caught.value.faults
    assert fault.place.file == "决定书/样本.pdf"
    assert problem in fault.problem
    assert fault.remedy
    assert "张三三" not in str(fault)


def test_the_refused_page_is_named() -> None:
    with pytest.raises(UnreadableFileError, match="第2页"):
        read_pdf(FileContent("a.pdf", _pdf(_text_then_scan)))


def test_flipped_bytes_are_refused_or_read_but_never_crash() -> None:
    content = _pdf(_plain)
    for at in range(0, len(content), max(1, len(content) // 60)):
        broken = content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]
        with contextlib.suppress(UnreadableFileError):
            assert read_pdf(FileContent("a.pdf", broken)).blocks


def test_reading_twice_gives_the_same_blocks() -> None:
    file = FileContent("a.pdf", _pdf(_plain), "x")
    assert read_pdf(file) == read_pdf(file)
