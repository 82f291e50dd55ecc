"""Reads a 决定书 from HTML as office programs and portals write it.

Only what a reader sees comes through; nothing outside the file is fetched.
"""

import hashlib
import re
from collections.abc import Callable, Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from pipeline.domain.document import Block, BlockKind, heading
from pipeline.domain.faults import Fault, Place
from pipeline.domain.text import RawText
from pipeline.intake.html_css import TooMuchMarkupError, hidden_by_sheet
from pipeline.intake.html_flow import Flow, folded
from pipeline.intake.html_style import Sight, is_shown_inline, is_unseen, keeps_lines, sight_in
from pipeline.intake.model import DocumentFile, FileContent, UnreadableFileError
from pipeline.intake.text_encoding import cleaned, decode
from pipeline.intake.title_line import with_title_line

MAX_TAGS = 200_000
"""Tags above which a page is no 决定书: each costs memory whatever it holds."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LISTS = frozenset({"ul", "ol", "dir", "menu"})
_BLOCKS = (
    "p", "div", "section", "article", "main", "header", "aside", "address", "blockquote", "center",
    "form", "fieldset", "legend", "figure", "figcaption", "dl", "dt", "dd", "hr", "body", "html",
    "caption", "details", "summary", "thead", "tbody", "tfoot", "marquee", "pre", "listing", "xmp",
)  # fmt: skip
_STARTS: dict[str, Callable[[Flow], None]] = {
    **dict.fromkeys(_BLOCKS, Flow.end_paragraph),
    "li": Flow.start_item,
    "tr": Flow.start_row,
    "td": Flow.start_cell,
    "th": Flow.start_cell,
}
_ENDS: dict[str, Callable[[Flow], None]] = {
    **dict.fromkeys(_BLOCKS, Flow.end_paragraph),
    **dict.fromkeys(_HEADINGS, Flow.end_heading),
    **dict.fromkeys(_LISTS, Flow.end_list),
    "li": Flow.end_item,
    "td": Flow.end_cell,
    "th": Flow.end_cell,
    "table": Flow.end_table,
}
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_EMPTY_TITLES = re.compile(
    r"(?:无标题|未命名|新建|untitled|document|microsoft|word|index|首页)", re.IGNORECASE
)

Step = tuple[Tag | NavigableString, bool, Sight]
"""An element or text on the walk, whether it is being left, and how text there is seen."""


def read_html(file: FileContent) -> DocumentFile:
    """Return the page as blocks.

    Raises ``UnreadableFileError`` when it shows no text or has more than ``MAX_TAGS`` tags.
    """
    try:
        blocks = page_blocks(decode(file))
    except TooMuchMarkupError:
        raise UnreadableFileError(too_much(file)) from None
    if not blocks:
        raise UnreadableFileError(
            Fault(
                Place(file.name),
                "网页中没有可见的文字",
                "请用浏览器打开核对；只有图片的，请提供文字版文书",
            )
        )
    digest = file.digest or hashlib.sha256(file.content).hexdigest()
    return DocumentFile(Place(file.name), digest, blocks)


def too_much(file: FileContent) -> Fault:
    """Return the fault of a file of which ``page_blocks`` made too much."""
    return Fault(Place(file.name), "标记过多，不像一份决定书", "请从办案系统重新导出此文件")


def page_blocks(markup: str) -> tuple[Block[RawText], ...]:
    """Return what a reader of the page sees, as blocks; its title only where no heading is.

    Raises ``TooMuchMarkupError`` above ``MAX_TAGS`` tags, and for sheets out of all proportion.
    """
    if markup.count("<") > MAX_TAGS:
        raise TooMuchMarkupError
    page = BeautifulSoup("<!DOCTYPE html>\n" + _DECLARATION.sub("", cleaned(markup)), "lxml")
    flow = Flow()
    layout = _layout_tables(page)
    for node, leaving in _walk(page, hidden_by_sheet(page)):
        if isinstance(node, NavigableString):
            flow.write(node)
        elif leaving:
            _leave(flow, node)
        else:
            _enter(flow, node, layout)
    flow.end_paragraph()
    return _with_title(page, with_title_line(tuple(flow.blocks)))


def _walk(
    page: BeautifulSoup, hidden: frozenset[int]
) -> Iterator[tuple[Tag | NavigableString, bool]]:
    """Yield elements on entering and on leaving, and visible text; however deep the nesting."""
    stack: list[Step] = [(page, False, Sight())]
    while stack:
        node, leaving, outer = stack.pop()
        if isinstance(node, NavigableString):
            if outer.clear and not isinstance(node, PreformattedString):
                yield node, False
            continue
        if not leaving:
            if is_unseen(node) or (id(node) in hidden and not is_shown_inline(node)):
                continue
            sight = sight_in(node, outer)
            stack.append((node, True, outer))
            stack.extend(
                (child, False, sight)
                for child in reversed(node.contents)
                if isinstance(child, (Tag, NavigableString))
            )
        yield node, leaving


def _enter(flow: Flow, tag: Tag, layout: frozenset[int]) -> None:
    name = tag.name
    if name == "br":
        flow.line_break()
    elif name in _HEADINGS:
        flow.start_heading(int(name[1]))
    elif name in _LISTS:
        flow.start_list(_first_number(tag) if name == "ol" else None)
    elif name == "table":
        flow.start_table(holds_data=id(tag) not in layout)
    elif start := _STARTS.get(name):
        start(flow)
    if keeps_lines(tag):
        flow.preserve(1)


def _leave(flow: Flow, tag: Tag) -> None:
    if end := _ENDS.get(tag.name):
        end(flow)
    if keeps_lines(tag):
        flow.preserve(-1)


def _layout_tables(page: BeautifulSoup) -> frozenset[int]:
    """Return the identities of tables that only place things: the rest are data.

    A table that holds another, that has one cell, or one row or column with headings or several
    paragraphs in a cell, is for layout.
    """
    found: set[int] = set()
    for grid in page.find_all("table"):
        outer = grid.find_parent("table")
        if outer is not None:
            found.add(id(outer))
    for grid in page.find_all("table"):
        if id(grid) not in found and _is_layout(grid):
            found.add(id(grid))
    return frozenset(found)


def _is_layout(grid: Tag) -> bool:
    if str(grid.get("role", "")).lower() in {"presentation", "none"}:
        return True
    cells = grid.find_all(["td", "th"])
    if len(cells) <= 1 or grid.find(["h1", "h2", "h3", "article", "main"]) is not None:
        return True
    rows = len(grid.find_all("tr"))
    crowded = any(len(cell.find_all(["p", "div"], limit=4)) > 3 for cell in cells)
    return crowded and (rows == 1 or rows == len(cells))


def _first_number(tag: Tag) -> int:
    start = str(tag.get("start", "1"))
    return int(start) if re.fullmatch(r"\d{1,6}", start, re.ASCII) else 1


def _with_title(
    page: BeautifulSoup, blocks: tuple[Block[RawText], ...]
) -> tuple[Block[RawText], ...]:
    """Put the page's title first where the page has no heading and does not say it itself."""
    if not blocks or page.title is None or any(b.kind is BlockKind.HEADING for b in blocks):
        return blocks
    title = folded(page.title.get_text())
    said = "".join("".join(cell.split()) for b in blocks for row in b.rows for cell in row)
    if not title or _EMPTY_TITLES.search(title) or "".join(title.split()) in said:
        return blocks
    return (heading(RawText(title)), *blocks)
