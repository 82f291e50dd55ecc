"""An export folder → records. The only door into the program for what a bureau hands over.

Reads one file at a time, in order of name. What goes wrong in one file or record costs that
file or record; only a manifest that disagrees refuses the whole export. Removes nothing and
decides nothing about what is public: an empty folder gives no records and a fault.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.domain.case_number import CaseNumber
from pipeline.domain.decision import Received
from pipeline.domain.faults import BadExportError, Fault, Place
from pipeline.domain.review import Source
from pipeline.intake.attach import attached
from pipeline.intake.folder import DEFAULT_LIMIT, list_folder
from pipeline.intake.join import Groups, JoinSettings, join
from pipeline.intake.manifest import NAMES, Manifest, load_manifest
from pipeline.intake.memory import Memory, Result
from pipeline.intake.model import Draft, Outline
from pipeline.intake.pieces import AGAIN, FileRead, Pieces, refused
from pipeline.intake.readers import is_document


@dataclass(frozen=True, slots=True)
class Intake:
    """Everything an export said.

    ``received`` has one record for each decision, ``faults`` what is wrong with files and lines
    that are no record (those of a record are in its ``Unreadable``), ``files`` counts the files
    found, a manifest left out. ``standing`` are, by key in their order, the decisions that the
    export brings as they were and whose last result stands; they are not among ``received``.
    """

    received: tuple[Received, ...]
    faults: tuple[Fault, ...]
    files: int
    standing: Mapping[str, Result] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return the number of records that the export brought."""
        return len(self.received) + len(self.standing)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What earlier nights know: the memory of the exports, and which results still stand.

    ``standing`` is given key → digest of the decisions that have no fault, and returns the result
    of those that need not be read.
    """

    memory: Memory
    standing: Callable[[Mapping[str, str]], Mapping[str, Result]]


def read_exports(
    folder: Path,
    settings: JoinSettings,
    *,
    size_limit: int = DEFAULT_LIMIT,
    earlier: Earlier | None = None,
) -> Intake:
    """Return the records of the export in ``folder``, joined over all its files.

    ``size_limit`` is in bytes for one file. Raises ``BadExportError`` when the folder is not
    there or its manifest disagrees with it.
    """
    listing = list_folder(folder)
    manifest = load_manifest(folder, listing, today=settings.today)
    names = [name for name in listing.names if name not in NAMES]
    pieces = Pieces(folder, manifest, size_limit, earlier.memory if earlier else None)
    reads = [refused(name, fault) for name, fault in listing.refused]
    reads += [pieces.read(name) for name in names]
    stated = _stated(reads)
    drafts = list(_attached((draft for read in reads for draft in read.drafts), stated))
    standing: Mapping[str, Result] = {}
    if earlier is not None:
        groups = Groups.of(drafts)
        found = earlier.standing(groups.digests(manifest.attestations))
        standing = dict(sorted(found.items()))
        drafts = list(_in_full(groups.beside(standing), reads, pieces, stated))
    joined = join(drafts, manifest.attestations, settings, beside=frozenset(standing))
    _check_records(manifest, reads, len(joined.received) + len(standing))
    faults = [fault for read in reads for fault in read.faults]
    if not reads:
        faults.append(_empty(folder))
    told = tuple(sorted({*faults, *joined.faults}))
    return Intake(joined.received, told, len(reads), standing)


def _in_full(
    drafts: Iterable[Draft], reads: list[FileRead], pieces: Pieces, stated: Mapping[str, CaseNumber]
) -> Iterator[Draft]:
    """Yield the drafts, those in full of which there are only outlines."""
    outlines: dict[str, list[Outline]] = {}
    for draft in drafts:
        if isinstance(draft, Outline):
            outlines.setdefault(draft.place.file, []).append(draft)
        else:
            yield draft
    for read in reads:
        if read.name in outlines:
            yield from _attached(pieces.in_full(read, outlines[read.name]), stated)


def _stated(reads: list[FileRead]) -> dict[str, CaseNumber]:
    """Return by key the numbers that exports state, if there are documents to attach to them."""
    if not any(is_document(read.name) for read in reads):
        return {}
    drafts = (draft for read in reads for draft in read.drafts)
    return {
        draft.case_number.key: draft.case_number
        for draft in drafts
        if draft.source is Source.EXPORT and draft.case_number is not None
    }


def _attached(drafts: Iterable[Draft], stated: Mapping[str, CaseNumber]) -> Iterator[Draft]:
    """Yield the drafts, documents with the 文号 under which they are joined."""
    for draft in drafts:
        if draft.source is Source.DOCUMENT and is_document(draft.place.file):
            yield attached(draft, stated)
        else:
            yield draft


def _empty(folder: Path) -> Fault:
    return Fault(
        Place(folder.name),
        "导出文件夹是空的",
        "已公示的内容保持不变；请检查导出程序是否运行成功",
    )


def _check_records(manifest: Manifest, reads: list[FileRead], received: int) -> None:
    """Refuse the export when a stated number of records is not what was read."""
    drafts = {read.name: read.drafts for read in reads}
    counts = {
        name: len({draft.place.record for draft in drafts.get(name, ())}) if name else received
        for name in manifest.records
    }
    faults = [
        Fault(
            Place(name or manifest.name),
            f"清单称有 {stated} 条记录，实读 {counts[name]} 条",
            AGAIN,
        )
        for name, stated in manifest.records.items()
        if stated != counts[name]
    ]
    if faults:
        raise BadExportError(faults)
