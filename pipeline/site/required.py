"""Does the site have the pages that its policy asks for? A missing or empty one stops the build."""

import re
from collections.abc import Collection, Iterable
from pathlib import Path

from pipeline.domain.faults import BadSiteError
from pipeline.policy.model import Policy
from pipeline.policy.vocabulary import PAGES
from pipeline.site.tables.catalogue import TABLES
from pipeline.site.tables.model import Table

_SLUG = re.compile(r"^slug:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)


def check_required(policy: Policy, tables: Iterable[Table], written: Collection[str]) -> None:
    """Hold the lists, and the names of the hand-written pages with words in them, to ``policy``.

    Raises ``BadSiteError`` with every page that is missing or empty, and its article.
    """
    if missing := missing_pages(policy, tables, written):
        head = f"网站缺少 {len(missing)} 个必须公开的栏目，没有改动"
        raise BadSiteError("\n".join([head, *missing]))


def missing_pages(
    policy: Policy, tables: Iterable[Table], written: Collection[str]
) -> tuple[str, ...]:
    """Return a line, with article and remedy, for each page that is missing or empty."""
    filled = {table.kind.key for table in tables if table.rows or table.kind.may_be_empty}
    return tuple(
        f"{PAGES[page.key]}：没有或者是空的（{page.basis}）。请填写 {_source(page.key)}"
        for page in policy.pages.values()
        if page.key not in filled and page.key not in written
    )


def written_pages(content: Path) -> frozenset[str]:
    """Return the names of the hand-written pages in ``content`` that have words in them.

    The build asks Pelican; this looks without building.
    """
    found = set()
    for path in content.glob("*.md"):
        head, _, body = path.read_text("utf-8", "replace").partition("\n\n")
        slug = _SLUG.search(head)
        if body.strip():
            found.add(slug[1] if slug else path.stem)
    return frozenset(found)


def _source(key: str) -> str:
    if key in {kind.key for kind in TABLES}:
        return f"content/tables/{key}.yaml 的 reviewed_on 和 rows"
    return f"content/{key}.md"
