"""Counts in = counts out: every record has its page, in its standing, and nothing beyond.

What a theme must keep to: the page of a published decision shows its 文号; the page of a gone one
shows the word of its standing (撤下, 期满, 暂停公示); each published page is linked from a list.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from html import unescape

from pipeline.domain.public import Standing
from pipeline.verification.model import Expected
from pipeline.verification.texts import decode
from pipeline.verification.tree import DECISIONS, page_of, slug_of

_TAG = re.compile(r"<[^<>]*>")


def wrong_counts(records: Collection[Expected], paths: Collection[str]) -> Iterator[str]:
    """Yield what is wrong with the pages of decisions, by their names alone."""
    expected = {page_of(record.slug) for record in records}
    if len(expected) != len(records):
        yield f"有 {len(records) - len(expected)} 件决定的地址与另一件相同"
    built = {path for path in paths if path.startswith(DECISIONS)}
    pages = {path for path in built if slug_of(path)}
    for path in sorted(expected - pages)[:20]:
        yield f"缺少页面：{path}"
    for path in sorted(pages - expected)[:20]:
        yield f"多出页面：{path}"
    if len(pages) != len(expected):
        yield f"应有 {len(expected)} 个决定页面，实有 {len(pages)} 个"


def wrong_page(record: Expected, content: bytes) -> str | None:
    """Return what is wrong with the page of one record, if anything."""
    text = decode(content)
    if record.standing is Standing.PUBLISHED and f">{record.case_number}<" in text:
        return None
    shown = "".join(unescape(_TAG.sub("", text)).split())
    if "".join(record.case_number.split()) not in shown:
        return "页面上没有文号"
    word = {
        Standing.PUBLISHED: "",
        Standing.WITHDRAWN: "撤下",
        Standing.EXPIRED: "期满",
        Standing.SUSPENDED: "暂停",
    }[record.standing]
    alternatives = (word, "届满", "已满") if record.standing is Standing.EXPIRED else (word,)
    return None if any(w in shown for w in alternatives) else "页面上没有不再公示的说明"


def unlisted(records: Collection[Expected], links: Mapping[str, Collection[str]]) -> Iterator[str]:
    """Yield the published pages that no page outside ``decisions/`` links to.

    ``links`` are the targets of each such page.
    """
    listed = {target for targets in links.values() for target in targets}
    public = (r for r in records if r.standing is Standing.PUBLISHED)
    for path in sorted(page_of(r.slug) for r in public if page_of(r.slug) not in listed)[:20]:
        yield f"没有任何列表链接到：{path}"
