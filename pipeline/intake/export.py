"""An export folder, read file by file in order of name: what each file gave, and the manifest.

What goes wrong in one file or record costs that file or record; only a manifest that disagrees
refuses the whole export.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

from pipeline.domain.case_number import CaseNumber
from pipeline.domain.faults import BadExportError, Fault, Place
from pipeline.domain.review import Source
from pipeline.intake.attach import attached
from pipeline.intake.folder import list_folder
from pipeline.intake.manifest import NAMES, Manifest, load_manifest
from pipeline.intake.memory import Memory
from pipeline.intake.model import Draft, Outline
from pipeline.intake.pieces import AGAIN, FileRead, Pieces, refused
from pipeline.intake.readers import is_document


@dataclass(frozen=True, slots=True)
class Export:
    """An export as it was read; ``reads`` are its files by name, the manifest left out.

    ``stated`` are by key the numbers that exports state, if there are documents to attach to them.
    """

    folder: Path
    manifest: Manifest
    pieces: Pieces
    reads: Mapping[str, FileRead]
    stated: Mapping[str, CaseNumber]

    @classmethod
    def read(
        cls, folder: Path, *, today: date, size_limit: int, memory: Memory | None = None
    ) -> Self:
        """Read the export in ``folder``, of what the ``memory`` knows the outlines.

        ``size_limit`` is in bytes for one file. Raises ``BadExportError`` when the folder is not
        there or its manifest disagrees with it.
        """
        listing = list_folder(folder)
        manifest = load_manifest(folder, listing, today=today)
        pieces = Pieces(folder, manifest, size_limit, memory)
        reads = {name: refused(name, fault) for name, fault in listing.refused}
        reads |= {name: pieces.read(name) for name in listing.names if name not in NAMES}
        return cls(folder, manifest, pieces, reads, _stated(reads))

    def drafts(self) -> Iterator[Draft]:
        """Yield all drafts, documents with the 文号 under which they are joined."""
        return self._attached(draft for read in self.reads.values() for draft in read.drafts)

    def in_full(self, drafts: Iterable[Draft]) -> Iterator[Draft]:
        """Yield these drafts, in full those of which there are outlines.

        Raises ``BadExportError`` when a file is not as it was.
        """
        return self._in_full(drafts, lambda _: True)

    def whole_in_full(self, drafts: Iterable[Draft]) -> Iterator[Draft]:
        """Yield these drafts like ``in_full``, but outlines of lines as they are."""
        return self._in_full(drafts, lambda read: read.lines is None)

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong with files that are no record, and with a folder without files."""
        for read in self.reads.values():
            yield from read.faults
        if not self.reads:
            problem = "导出文件夹是空的"
            remedy = "已公示的内容保持不变；请检查导出程序是否运行成功"
            yield Fault(Place(self.folder.name), problem, remedy)

    def check_records(self, received: int) -> None:
        """Raise ``BadExportError`` when a stated number of records is not what was read."""
        stated = self.manifest.records
        counts = {name: self._records_of(name) if name else received for name in stated}
        faults = [
            Fault(
                Place(name or self.manifest.name),
                f"清单称有 {count} 条记录，实读 {counts[name]} 条",
                AGAIN,
            )
            for name, count in stated.items()
            if count != counts[name]
        ]
        if faults:
            raise BadExportError(faults)

    def _records_of(self, name: str) -> int:
        read = self.reads.get(name, FileRead(name))
        return len({draft.place.record for draft in read.drafts})

    def _in_full(
        self, drafts: Iterable[Draft], chosen: Callable[[FileRead], bool]
    ) -> Iterator[Draft]:
        outlines: dict[str, list[Outline]] = {}
        for draft in drafts:
            if isinstance(draft, Outline) and chosen(self.reads[draft.place.file]):
                outlines.setdefault(draft.place.file, []).append(draft)
            else:
                yield draft
        for name, mine in outlines.items():
            yield from self._attached(self.pieces.in_full(self.reads[name], mine))

    def _attached(self, drafts: Iterable[Draft]) -> Iterator[Draft]:
        for draft in drafts:
            if draft.source is Source.DOCUMENT and is_document(draft.place.file):
                yield attached(draft, self.stated)
            else:
                yield draft


def _stated(reads: Mapping[str, FileRead]) -> dict[str, CaseNumber]:
    if not any(map(is_document, reads)):
        return {}
    return {
        draft.case_number.key: draft.case_number
        for read in reads.values()
        for draft in read.drafts
        if draft.source is Source.EXPORT and draft.case_number is not None
    }
