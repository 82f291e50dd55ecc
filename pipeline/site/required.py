"""Does the site have the pages that its policy asks for? A missing or empty one stops the build."""

from collections.abc import Collection, Iterable

from pipeline.domain.faults import BadSiteError
from pipeline.policy.model import Policy
from pipeline.policy.vocabulary import PAGES
from pipeline.site.tables.catalogue import TABLES
from pipeline.site.tables.model import Table


def check_required(policy: Policy, tables: Iterable[Table], written: Collection[str]) -> None:
    """Hold the lists, and the names of the hand-written pages with words in them, to ``policy``.

    Raises ``BadSiteError`` with every page that is missing or empty, and its article.
    """
    filled = {table.kind.key for table in tables if table.rows or table.kind.may_be_empty}
    missing = [
        f"{PAGES[page.key]}：没有或者是空的（{page.basis}）。请填写 {_source(page.key)}"
        for page in policy.pages.values()
        if page.key not in filled and page.key not in written
    ]
    if missing:
        head = f"网站缺少 {len(missing)} 个必须公开的栏目，没有改动"
        raise BadSiteError("\n".join([head, *missing]))


def _source(key: str) -> str:
    if key in {kind.key for kind in TABLES}:
        return f"content/tables/{key}.yaml 的 reviewed_on 和 rows"
    return f"content/{key}.md"
