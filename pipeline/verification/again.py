"""Look at a tree that is public already: leaks in every file, and pages that should have left."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.domain.faults import BadSiteError
from pipeline.domain.public import Standing
from pipeline.verification.companions import wrong_companion
from pipeline.verification.counts import wrong_page
from pipeline.verification.leaks import Gate, Kinds
from pipeline.verification.model import Expectation, Expected, Told
from pipeline.verification.reading import FEW
from pipeline.verification.search.look import search_index
from pipeline.verification.tree import files_of, page_of
from pipeline.workers.model import HERE, Workers, mapped


@dataclass(slots=True)
class Seen:
    """What was found in a tree: how many files it has, leaks by path, and what else is wrong."""

    files: int = 0
    leaks: Mapping[str, Kinds] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def look_again(
    tree: Path,
    expectation: Expectation,
    *,
    workers: Workers = HERE,
    told: Told = lambda *_: None,
) -> Seen:
    """Read every file of ``tree``; raises ``BadSiteError`` when one cannot be read.

    An older tree may lack a page or have one of its own, but it shows nothing that has left. The
    files are read by ``workers``; ``told`` hears how many are done, of how many.
    """
    left: dict[str, Expected] = {
        page_of(record.slug): record
        for record in expectation.records
        if record.standing is not Standing.PUBLISHED
    }
    leaks: dict[str, Kinds] = {}
    faults: list[str] = []
    paths = files_of(tree)
    reader = _Reader(tree, Gate(replace(expectation, records=())), frozenset(paths))
    asked = [(path, left.get(path)) for path in paths]
    with mapped(workers, reader, asked, few=FEW) as read:
        for done, (path, (found, wrong)) in enumerate(zip(paths, read, strict=True), start=1):
            if found:
                leaks[path] = found
            if wrong:
                faults.append(f"{path}：{wrong}")
            told(done, len(paths))
    index = search_index(tree, paths.keys(), paths.keys(), expectation.shown, workers=workers)
    return Seen(len(paths), leaks | index.leaks, faults + index.faults)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the files of ``tree``; ``paths`` are all that there are."""

    tree: Path
    gate: Gate
    paths: Collection[str] = field(repr=False)

    def __call__(self, asked: tuple[str, Expected | None]) -> tuple[Kinds, str | None]:
        """Return the leaks in a file and what else is wrong with it."""
        path, left = asked
        try:
            content = (self.tree / path).read_bytes()
            wrong = wrong_companion(self.tree, path, content, self.paths)
        except OSError:
            raise BadSiteError("网站文件无法读取，没有核验完。请检查磁盘和权限") from None
        found = self.gate.look(path, content).leaks
        return found, wrong_page(left, content) if left else wrong
