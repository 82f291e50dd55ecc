"""Parts → the bytes of a DOCX in the official form. Equal parts give equal bytes."""

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from pipeline.paper.form import (
    BOTTOM,
    FACES,
    LEFT,
    LETTERHEAD_TOP,
    LINE,
    PAGE,
    RED_LINE,
    RIGHT,
    TOP,
    right_indents,
)
from pipeline.paper.model import Form, Paragraph, Part, Role

_BALLAST = frozenset({"stylesWithEffects", "customXml", "numbering", "webSettings", "thumbnail"})
_STYLES = frozenset(
    {"Normal", "Header", "Footer", "TableNormal", "TableGrid", "DefaultParagraphFont", "NoList"}
)
_RED = RGBColor(0xFF, 0x00, 0x00)
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_FORM_SIZE, _FORM_LINE = 12, 22
_SIDE_BEARING = (PAGE[0] - RED_LINE) / 2
_ALIGNED = {
    Role.LETTERHEAD: WD_ALIGN_PARAGRAPH.CENTER,
    Role.NUMBER: WD_ALIGN_PARAGRAPH.RIGHT,
    Role.TITLE: WD_ALIGN_PARAGRAPH.CENTER,
    Role.ADDRESSEE: WD_ALIGN_PARAGRAPH.LEFT,
    Role.WEB: WD_ALIGN_PARAGRAPH.LEFT,
    Role.SIGNER: WD_ALIGN_PARAGRAPH.RIGHT,
    Role.DATE: WD_ALIGN_PARAGRAPH.RIGHT,
}
_INDENTED = frozenset({Role.HEADING, Role.BODY, Role.WEB, Role.NOTE})


def docx_of(parts: Sequence[Part], *, title: str, author: str) -> bytes:
    """Return the document; ``title`` and ``author`` are its properties, no clock is read."""
    document = docx.Document()
    _prepare(document, title, author)
    ends = _ends(parts)
    for place, part in enumerate(parts):
        if isinstance(part, Form):
            _put_form(document, part)
        elif part.role is Role.LETTERHEAD:
            _put_letterhead(document, part)
        else:
            paragraph = document.add_paragraph()
            _put(paragraph, part, ends.get(part.role, 0))
            paragraph.paragraph_format.keep_with_next = _leads(parts, place)
    if any(isinstance(part, Form) for part in parts):
        _fit_one_sheet(document)
    _drop_ballast(document)
    packed = io.BytesIO()
    document.save(packed)
    return _timeless(packed.getvalue())


def _prepare(document: Document, title: str, author: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(PAGE[0]), Mm(PAGE[1])
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.footer_distance = Mm(25)
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = title, author, author
    properties.comments, properties.language, properties.revision = "", "zh-CN", 1
    properties.created = properties.modified = _LONG_AGO
    normal = document.styles["Normal"]
    normal.font.size = Pt(16)


def _ends(parts: Sequence[Part]) -> dict[Role, float]:
    """Return how far signer and date stand from the right, in characters."""
    texts = {part.role: part.text for part in parts if isinstance(part, Paragraph)}
    signer, day = right_indents(texts.get(Role.SIGNER, ""), texts.get(Role.DATE, ""))
    return {Role.SIGNER: signer, Role.DATE: day}


def _leads(parts: Sequence[Part], place: int) -> bool:
    """Say whether a part keeps to the next: a heading, the signer, and the last line before it."""
    return any(
        isinstance(part, Paragraph) and part.role in roles
        for part, roles in zip(
            parts[place : place + 2],
            (frozenset({Role.HEADING, Role.SIGNER}), frozenset({Role.SIGNER})),
            strict=False,
        )
    )


def _put(target: WordParagraph, part: Paragraph, from_right: float = 0) -> None:
    form = target.paragraph_format
    form.alignment = _ALIGNED.get(part.role, WD_ALIGN_PARAGRAPH.JUSTIFY)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE)
    form.space_before = form.space_after = Pt(0)
    form.widow_control = False
    face = FACES[part.role]
    if part.role in _INDENTED:
        form.first_line_indent = Pt(2 * face.size)
    if from_right:
        form.right_indent = Pt(from_right * face.size)
    if part.role is Role.TITLE:
        form.space_before, form.space_after = Pt(LINE), Pt(LINE)
        form.line_spacing = Pt(36)
    if part.role is Role.SIGNER:
        form.space_before = Pt(2 * LINE)
    for number, line in enumerate(part.text.split("\n")):
        run = target.add_run()
        if number:
            run.add_break()
        run.add_text(line)
        _set_face(run, part.role)


def _set_face(run: Run, role: Role) -> None:
    face = FACES[role]
    run.font.size, run.font.bold = Pt(face.size), face.bold
    run.font.name = face.font
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001 - no other way
    fonts.set(qn("w:eastAsia"), face.font)


def _put_letterhead(document: Document, part: Paragraph) -> None:
    """Put the name of the bureau and the red lines on the first page, the number on the others."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header_distance = Mm(LETTERHEAD_TOP)
    head = section.first_page_header.paragraphs[0]
    _put(head, part)
    head.paragraph_format.line_spacing = Pt(42)
    for run in head.runs:
        run.font.color.rgb = _RED
    _red_line(head, "bottom", "thickThinSmallGap")
    foot = section.first_page_footer.paragraphs[0]
    foot.paragraph_format.space_before = Pt(0)
    _red_line(foot, "top", "thinThickSmallGap")
    _put_page_number(section.footer.paragraphs[0])


def _red_line(paragraph: WordParagraph, side: str, kind: str) -> None:
    paragraph.paragraph_format.left_indent = Mm(_SIDE_BEARING - LEFT)
    paragraph.paragraph_format.right_indent = Mm(_SIDE_BEARING - RIGHT)
    borders, line = OxmlElement("w:pBdr"), OxmlElement(f"w:{side}")
    for name, value in (("val", kind), ("sz", "24"), ("space", "6"), ("color", "FF0000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - no other way
    spacing = properties.find(qn("w:spacing"))
    assert spacing is not None  # noqa: S101 - both paragraphs were given one
    spacing.addprevious(borders)


def _put_page_number(paragraph: WordParagraph) -> None:
    """Put ``— 2 —`` in the middle of the foot (7.5)."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for word in ("— ", "PAGE", " —"):
        run = paragraph.add_run()
        run.font.size, run.font.name = Pt(14), "宋体"
        if word != "PAGE":
            run.add_text(word)
            continue
        number = OxmlElement("w:fldSimple")
        number.set(qn("w:instr"), "PAGE")
        run._element.addprevious(number)  # noqa: SLF001 - python-docx has no fields
        number.append(run._element)  # noqa: SLF001
        run.add_text("2")


def _put_form(document: Document, form: Form) -> None:
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    for field in form.fields:
        row = table.add_row()
        row.height = Pt(_FORM_LINE * field.lines + 6)
        for cell, text, size in zip(row.cells, (field.label, field.text), (40, 116), strict=True):
            cell.width = Mm(size)
            _put(cell.paragraphs[0], Paragraph(Role.ADDRESSEE, text))
            cell.paragraphs[0].paragraph_format.line_spacing = Pt(_FORM_LINE)
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(_FORM_SIZE)


def _fit_one_sheet(document: Document) -> None:
    """Set a form closer than a letter: citizens print it on one sheet."""
    section = document.sections[0]
    section.top_margin, section.bottom_margin = Mm(22), Mm(20)
    for paragraph in document.paragraphs:
        form = paragraph.paragraph_format
        form.space_before, form.space_after = Pt(0), Pt(6)
        if paragraph.runs and paragraph.runs[0].font.size == Pt(FACES[Role.NOTE].size):
            form.line_spacing, form.space_after = Pt(_FORM_LINE), Pt(0)
            for run in paragraph.runs:
                run.font.size = Pt(_FORM_SIZE)


def _drop_ballast(document: Document) -> None:
    """Leave out what the library's own template brings along and nothing here uses."""
    for relations in (document.part.rels, document.part.package.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.rpartition("/")[2] in _BALLAST:
                del relations[key]
    styles = document.styles.element
    for style in list(styles):
        if style.get(qn("w:styleId"), "Normal") not in _STYLES:
            styles.remove(style)
        elif (link := style.find(qn("w:link"))) is not None:
            style.remove(link)


def _timeless(packed: bytes) -> bytes:
    """Return the package with the same parts and no time of day.

    Nothing is compressed: two compressors give different bytes, and the site must not.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.compress_type, part.create_system = zipfile.ZIP_STORED, 3
            target.writestr(part, source.read(name))
    return made.getvalue()
