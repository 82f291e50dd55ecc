"""Cleared text as HTML. Everything is escaped here; what leaves is ``Markup``."""

import re
from functools import lru_cache

from markupsafe import Markup, escape

from pipeline.domain.cleared import FIXED_MASK, ClearedText, Run
from pipeline.domain.document import Block, BlockKind
from pipeline.domain.protected import Category

# A number that must not be broken over two lines: an amount, and the tail of a 文号.
_WHOLE = re.compile(r"(?:人民币)?\d[\d,]*(?:\.\d+)?[万亿]?元整?|[〔\[]\d{4}[〕\]](?:第)?\d{1,8}号")
_WIDTH = 18
_HEAD_WIDTH = 24
_HEADING_BELOW = 2


def cleared(text: ClearedText) -> Markup:
    """Return ``text`` with its masks marked up and its amounts and numbers kept whole.

    >>> print(cleared((Run("罚款2,000元，账号"), Run("＊＊＊＊", Category.BANK_ACCOUNT, "甲"))))
    罚款<span class="whole">2,000元</span>，账号<span class="masked"><span \
aria-hidden="true">＊＊＊＊</span><span class="aside">（此处隐去银行账号，依据甲）</span></span>
    """
    return Markup("").join(_run(run) for run in text)


def whole_numbers(text: str) -> Markup:
    """Return plain text with its amounts and numbers kept whole.

    >>> print(whole_numbers("甲罚〔2026〕3号<"))
    甲罚<span class="whole">〔2026〕3号</span>&lt;
    """
    return _plain(text)


def _run(run: Run) -> Markup:
    return _plain(run.text) if run.mask is None else _mask(run.text, run.mask, run.basis)


def _plain(text: str) -> Markup:
    safe = str(escape(text)).replace("\n", "<br>\n")
    return Markup(_WHOLE.sub(_kept_whole, safe))  # noqa: S704 - escaped in the line above


def _kept_whole(match: re.Match[str]) -> str:
    text = match[0]
    return f'<span class="whole">{text}</span>' if len(text) <= _WIDTH else text


@lru_cache(maxsize=4096)
def _mask(text: str, category: Category, basis: str) -> Markup:
    under = f"，依据{basis}" if basis else ""
    why = f"（此处隐去{category.chinese}{under}）"
    shown = (
        Markup('<span aria-hidden="true">{}</span>').format(text)
        if not text.strip(FIXED_MASK[0])
        else escape(text)
    )
    return Markup('<span class="masked">{}<span class="aside">{}</span></span>').format(shown, why)


def block(part: Block[ClearedText], number: int) -> Markup:
    """Return one block of a document; ``number`` counts from 1 and makes its anchor."""
    anchor = Markup(' id="d{}"').format(number)
    if part.kind is BlockKind.HEADING:
        level = min(max(part.level, 1) + _HEADING_BELOW, 6)
        return Markup("<h{0}{1}>{2}</h{0}>").format(level, anchor, cleared(part.rows[0][0]))
    if part.kind is BlockKind.PARAGRAPH:
        return Markup("<p{}>{}</p>").format(anchor, _lines(part.rows[0][0]))
    if part.kind is BlockKind.LIST:
        items = Markup("").join(Markup("<li>{}</li>").format(cleared(row[0])) for row in part.rows)
        return Markup("<ul{}>{}</ul>").format(anchor, items)
    return _table(part.rows, anchor)


def _lines(text: ClearedText) -> Markup:
    """Return a paragraph's text; where it has several lines, each is one of its own."""
    markup = cleared(text)
    if "<br>" not in markup:
        return markup
    lines = str(markup).split("<br>\n")
    return Markup("").join(
        Markup('<span class="line">{}</span>').format(Markup(line))  # noqa: S704 - cut, not made
        for line in lines
    )


def _table(rows: tuple[tuple[ClearedText, ...], ...], anchor: Markup) -> Markup:
    """Return a table; narrow screens stack its cells, each under the heading of its column."""
    head, *body = rows
    headed = len(head) > 1 and bool(body) and all(_short(cell) for cell in head)
    lines = Markup("")
    if headed:
        cells = Markup("").join(
            Markup('<th scope="col">{}</th>').format(cleared(cell)) for cell in head
        )
        lines += Markup("<thead><tr>{}</tr></thead>").format(cells)
    lines += Markup("<tbody>")
    for row in body if headed else rows:
        lines += Markup("<tr>{}</tr>").format(
            Markup("").join(
                Markup("<td{}>{}</td>").format(
                    _label(head[column]) if headed and column < len(head) else "", cleared(cell)
                )
                for column, cell in enumerate(row)
            )
        )
    lines += Markup("</tbody>")
    kind = "stacked" if headed else "grid"
    return Markup('<div class="table"{} role="group" aria-label="表格" tabindex="0">').format(
        anchor
    ) + Markup('<table class="{}">{}</table></div>').format(kind, lines)


def _short(cell: ClearedText) -> bool:
    text = "".join(run.text for run in cell)
    return 0 < len(text) <= _HEAD_WIDTH and all(run.mask is None for run in cell)


def _label(cell: ClearedText) -> Markup:
    return Markup(' data-label="{}"').format("".join(run.text for run in cell).strip())
