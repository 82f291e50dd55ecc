"""The gate before release: a tree goes in, a ``VerifiedSite`` comes out, or the run stops."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from pipeline.domain.faults import BadSiteError, LeakFoundError
from pipeline.verification.counts import unlisted, wrong_counts, wrong_page
from pipeline.verification.leaks import Gate, Kinds
from pipeline.verification.links import LinkChecker
from pipeline.verification.model import Expectation, VerifiedSite
from pipeline.verification.tree import DECISIONS, files_of, slug_of

__all__ = ["Expectation", "VerifiedSite", "verify"]

_SHOWN = 20
_PAGES = (".html", ".htm")


@dataclass(slots=True)
class _Seen:
    """What reading the files brought to light."""

    digests: dict[str, str] = field(default_factory=dict)
    leaks: dict[str, Kinds] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    targets: dict[str, Collection[str]] = field(default_factory=dict)
    links: int = 0


def verify(
    tree: Path,
    expectation: Expectation,
    *,
    changed: Collection[PurePosixPath] | None = None,
) -> VerifiedSite:
    """Return the site in ``tree`` when nothing in it must stop it from being released.

    ``changed`` are the files, relative to ``tree``, written since the whole tree was last
    verified with the same hidden values; ``None`` reads everything. Counts are always taken of
    the whole, and lists are always read.

    Raises ``LeakFoundError`` when something that must be hidden was found, ``BadSiteError`` when
    a page is missing, too many, in the wrong standing, or a link leads nowhere. Neither says
    what was found, only where, of which kind and how often.
    """
    paths = files_of(tree)
    some = None if changed is None else {str(path) for path in changed}
    seen = _read(paths, some, expectation)
    if seen.leaks:
        raise LeakFoundError(_leak_message(seen.leaks), seen.leaks)
    faults = [
        *wrong_counts(expectation.records, paths.keys()),
        *seen.faults,
        *unlisted(expectation.records, seen.targets),
    ]
    if faults:
        raise BadSiteError(_fault_message(faults))
    return VerifiedSite(
        tree=tree,
        digests=seen.digests,
        files=len(paths),
        pages=len(expectation.records),
        links=seen.links,
    )


def _read(paths: Mapping[str, str], some: set[str] | None, expectation: Expectation) -> _Seen:
    seen = _Seen()
    gate = Gate(expectation)
    checker = LinkChecker(paths.keys(), expectation.base_url)
    records = {record.slug: record for record in expectation.records}
    for path, place in paths.items():
        fresh = some is None or path in some
        is_list = path.endswith(_PAGES) and not path.startswith(DECISIONS)
        if not fresh and not is_list:
            continue
        content = _content(place)
        if fresh:
            seen.digests[path] = hashlib.sha256(content).hexdigest()
            if kinds := gate.leaks_in(path, content):
                seen.leaks[path] = kinds
        if path.endswith(_PAGES):
            _read_page(path, content, checker, seen, is_list=is_list)
        record = records.get(slug_of(path) or "")
        if record and (fault := wrong_page(record, content)):
            seen.faults.append(f"{path}：{fault}")
    return seen


def _read_page(
    path: str, content: bytes, checker: LinkChecker, seen: _Seen, *, is_list: bool
) -> None:
    links = checker.links_of(path, content)
    seen.links += links.count
    seen.faults += [f"{path}：{fault}" for fault in links.faults]
    if is_list:
        seen.targets[path] = links.targets


def _content(place: str) -> bytes:
    try:
        return Path(place).read_bytes()
    except OSError:
        raise BadSiteError("网站文件无法读取，未发布。请检查磁盘和权限") from None


def _leak_message(leaks: Mapping[str, Kinds]) -> str:
    total = sum(sum(kinds.values()) for kinds in leaks.values())
    lines = [f"未发布：{len(leaks)} 个文件中有 {total} 处应隐去的信息，网站没有改动"]
    for path, kinds in sorted(leaks.items())[:_SHOWN]:
        what = "、".join(f"{kind} {count} 处" for kind, count in sorted(kinds.items()))
        lines.append(f"{_safe_name(path, kinds)}：{what}")
    if len(leaks) > _SHOWN:
        lines.append(f"……另有 {len(leaks) - _SHOWN} 个文件")
    lines.append("请核对这些页面；本机关的公开电话、邮箱和收款账号，写入设置的 public_values")
    return "\n".join(lines)


def _safe_name(path: str, kinds: Kinds) -> str:
    """Return the path, unless its own name is the leak."""
    if not any(kind.startswith("文件名") for kind in kinds):
        return path
    digest = hashlib.sha256(path.encode(errors="replace")).hexdigest()[:12]
    return f"文件名含应隐去信息的文件（指纹 {digest}）"


def _fault_message(faults: list[str]) -> str:
    lines = [f"未发布：网站不完整，有 {len(faults)} 处问题，网站没有改动", *faults[:_SHOWN]]
    if len(faults) > _SHOWN:
        lines.append(f"……另有 {len(faults) - _SHOWN} 处")
    lines.append("请重新运行；仍如此的，检查模板文件夹和手写页面中的链接")
    return "\n".join(lines)
