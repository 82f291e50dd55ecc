"""Cleared text as HTML. All text is escaped here; what leaves is ``Markup``.

Inside, HTML is put together as ``str`` by functions whose names end in ``_html``: there are
hundreds of pieces to a page, and ``Markup.format`` would be most of the cost of a build.
"""

import re
from functools import lru_cache
from html import escape

from markupsafe import Markup

from pipeline.domain.cleared import FIXED_MASK, ClearedText, Run
from pipeline.domain.document import Block, BlockKind
from pipeline.domain.protected import Category
from pipeline.site.outline import anchor_of, is_heading

# A number that must not be broken over two lines: an amount, the tail of a 文号, a telephone.
_WHOLE = re.compile(
    r"(?:人民币)?\d[\d,]*(?:\.\d+)?[万亿]?元整?"
    r"|[〔\[]\d{4}[〕\]](?:第)?\d{1,8}号"
    r"|(?<![\d-])0\d{2,3}-\d{7,8}(?!\d)"
)
_WIDTH = 18
_HEAD_WIDTH = 24
_HEADING_BELOW = 2


def cleared(text: ClearedText) -> Markup:
    """Return ``text`` with its masks marked up and its amounts and numbers kept whole.

    >>> print(cleared((Run("罚款2,000元，账号"), Run("＊＊＊＊", Category.BANK_ACCOUNT, "甲"))))
    罚款<span class="whole">2,000元</span>，账号<span class="masked"><span \
aria-hidden="true">＊＊＊＊</span><span class="aside">（此处隐去银行账号，依据甲）</span></span>
    """
    return Markup(_text_html(text))  # noqa: S704 - escaped piece by piece


def whole_numbers(text: str) -> Markup:
    """Return plain text with its amounts and numbers kept whole.

    >>> print(whole_numbers("甲罚〔2026〕3号<"))
    甲罚<span class="whole">〔2026〕3号</span>&lt;
    """
    return Markup(_plain_html(text))  # noqa: S704 - escaped in it


def document(blocks: tuple[Block[ClearedText], ...]) -> Markup:
    """Return the blocks of a document, each with an anchor ``d1``, ``d2`` and so on.

    A paragraph has a link to its own address. The link holds no text: the style sheet shows the
    number, so that what is copied or checked is the document alone.
    """
    titled = any(part.kind is BlockKind.HEADING for part in blocks)
    parts = [
        _block_html(_as_heading(part, titled=titled), number)
        for number, part in enumerate(blocks, 1)
    ]
    return Markup("\n".join(parts))  # noqa: S704 - escaped piece by piece


def _text_html(text: ClearedText) -> str:
    return "".join([_run_html(run) for run in text])


def _run_html(run: Run) -> str:
    if run.mask is None:
        return _plain_html(run.text)
    return _mask_html(run.text, run.mask, run.basis)


def _plain_html(text: str) -> str:
    safe = escape(text)
    if "元" in safe or "号" in safe or "-" in safe:  # most have none; the search is the dear part
        safe = _WHOLE.sub(_whole_html, safe)
    return safe.replace("\n", "<br>\n")


def _whole_html(match: re.Match[str]) -> str:
    text = match[0]
    return f'<span class="whole">{text}</span>' if len(text) <= _WIDTH else text


@lru_cache(maxsize=4096)
def _mask_html(text: str, category: Category, basis: str) -> str:
    under = f"，依据{escape(basis)}" if basis else ""
    shown = escape(text)
    if not text.strip(FIXED_MASK[0]):
        shown = f'<span aria-hidden="true">{shown}</span>'
    why = f'<span class="aside">（此处隐去{category.chinese}{under}）</span>'
    return f'<span class="masked">{shown}{why}</span>'


def _as_heading(part: Block[ClearedText], *, titled: bool) -> Block[ClearedText]:
    """Return ``part``, made the heading that it is; below the title, where there is one."""
    if not is_heading(part):
        return part
    return Block(BlockKind.HEADING, part.rows, 2 if titled else 1)


def _block_html(part: Block[ClearedText], number: int) -> str:
    anchor = f' id="{anchor_of(number)}"'
    if part.kind is BlockKind.TABLE:
        return _table_html(part.rows, anchor)
    if part.kind is BlockKind.LIST:
        items = "".join([f"<li>{_text_html(cell)}</li>" for row in part.rows for cell in row])
        return f"<ul{anchor}>{items}</ul>"
    text = tuple(run for row in part.rows for cell in row for run in cell)
    if part.kind is BlockKind.PARAGRAPH:
        here = f'<a class="at" href="#{anchor_of(number)}" aria-label="第{number}段"></a>'
        return f"<p{anchor}>{here}{_lines_html(text)}</p>"
    level = min(max(part.level, 1) + _HEADING_BELOW, 6)
    return f"<h{level}{anchor}>{_text_html(text)}</h{level}>"


def _lines_html(text: ClearedText) -> str:
    """Return a paragraph's text; where it has several lines, each is one of its own."""
    whole = _text_html(text)
    if "<br>" not in whole:
        return whole
    return "".join([f'<span class="line">{line}</span>' for line in whole.split("<br>\n")])


def _table_html(rows: tuple[tuple[ClearedText, ...], ...], anchor: str) -> str:
    """Return a table; narrow screens stack its cells, each under the heading of its column."""
    head, body = rows[0] if rows else (), rows[1:]
    headed = len(head) > 1 and bool(body) and all(map(_is_short, head))
    labels = [_label_html(cell) for cell in head] if headed else []
    names = "".join([f'<th scope="col">{_text_html(cell)}</th>' for cell in head])
    lines = "".join([_row_html(row, labels) for row in (body if headed else rows)])
    top = f"<thead><tr>{names}</tr></thead>" if headed else ""
    kind = "stacked" if headed else "grid"
    return (
        f'<div class="table"{anchor} role="group" aria-label="表格" tabindex="0">'
        f'<table class="{kind}">{top}<tbody>{lines}</tbody></table></div>'
    )


def _row_html(row: tuple[ClearedText, ...], labels: list[str]) -> str:
    cells = [
        f"<td{labels[column] if column < len(labels) else ''}>{_text_html(cell)}</td>"
        for column, cell in enumerate(row)
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _is_short(cell: ClearedText) -> bool:
    text = "".join(run.text for run in cell)
    return 0 < len(text) <= _HEAD_WIDTH and all(run.mask is None for run in cell)


def _label_html(cell: ClearedText) -> str:
    label = "".join(run.text for run in cell).strip()
    return f' data-label="{escape(label)}"'
