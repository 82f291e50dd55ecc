"""Look at a tree that is public already: leaks in every file, and pages that should have left."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.domain.faults import BadSiteError
from pipeline.domain.public import Standing
from pipeline.verification.companions import wrong_companion
from pipeline.verification.counts import wrong_page
from pipeline.verification.leaks import Gate, Kinds
from pipeline.verification.model import Expectation
from pipeline.verification.search.look import search_index
from pipeline.verification.tree import files_of, page_of


@dataclass(slots=True)
class Seen:
    """What was found in a tree: how many files it has, leaks by path, and what else is wrong."""

    files: int = 0
    leaks: Mapping[str, Kinds] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def look_again(tree: Path, expectation: Expectation) -> Seen:
    """Read every file of ``tree``; raises ``BadSiteError`` when one cannot be read.

    An older tree may lack a page or have one of its own, but it shows nothing that has left.
    """
    gate = Gate(expectation)
    left = {
        page_of(record.slug): record
        for record in expectation.records
        if record.standing is not Standing.PUBLISHED
    }
    leaks: dict[str, Kinds] = {}
    faults: list[str] = []
    paths = files_of(tree)
    for path in paths:
        try:
            content = (tree / path).read_bytes()
            wrong = wrong_companion(tree, path, content, paths)
        except OSError:
            raise BadSiteError("网站文件无法读取，没有核验完。请检查磁盘和权限") from None
        if found := gate.look(path, content).leaks:
            leaks[path] = found
        if path in left:
            wrong = wrong_page(left[path], content)
        if wrong:
            faults.append(f"{path}：{wrong}")
    index = search_index(tree, paths.keys(), paths.keys(), expectation.shown)
    return Seen(len(paths), leaks | index.leaks, faults + index.faults)
