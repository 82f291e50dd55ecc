"""An export folder → records. The only door into the program for what a bureau hands over.

Reads one file at a time, in order of name. What goes wrong in one file or record costs that
file or record; only a manifest that disagrees refuses the whole export. Removes nothing and
decides nothing about what is public: an empty folder gives no records and a fault.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.domain.decision import Received
from pipeline.domain.faults import BadExportError, Fault, Place
from pipeline.domain.review import Source
from pipeline.intake.attach import attached
from pipeline.intake.folder import DEFAULT_LIMIT, list_folder, read_file
from pipeline.intake.join import Joined, JoinSettings, join
from pipeline.intake.manifest import NAMES, Manifest, load_manifest
from pipeline.intake.model import Draft, FileContent, UnreadableFileError
from pipeline.intake.readers import (
    DOCUMENT_READERS,
    DRAFT_READERS,
    SIZE_LIMITS,
    is_document,
    suffix_of,
    unsupported,
)
from pipeline.intake.words import find_case_number, read_words, said_by

_AGAIN = "导出可能没有复制完整，整批未使用；请重新导出或重新复制后再运行"


@dataclass(frozen=True, slots=True)
class Intake:
    """Everything an export said.

    ``received`` has one record for each decision, ``faults`` what is wrong with files and lines
    that are no record (those of a record are in its ``Unreadable``), ``files`` counts the files
    found, a manifest left out.
    """

    received: tuple[Received, ...]
    faults: tuple[Fault, ...]
    files: int


@dataclass(frozen=True, slots=True)
class _FileRead:
    """What one file gave: drafts, or faults of a file that is no single record."""

    drafts: tuple[Draft, ...] = ()
    faults: tuple[Fault, ...] = ()


def read_exports(
    folder: Path, settings: JoinSettings, *, size_limit: int = DEFAULT_LIMIT
) -> Intake:
    """Return the records of the export in ``folder``, joined over all its files.

    ``size_limit`` is in bytes for one file. Raises ``BadExportError`` when the folder is not
    there or its manifest disagrees with it.
    """
    listing = list_folder(folder)
    manifest = load_manifest(folder, listing, today=settings.today)
    names = [name for name in listing.names if name not in NAMES]
    reads = [_refused(name, fault) for name, fault in listing.refused]
    reads += [_read_one(folder, name, manifest, size_limit) for name in names]
    drafts = _with_documents_attached([draft for read in reads for draft in read.drafts])
    joined = join(drafts, manifest.attestations, settings)
    _check_records(manifest, drafts, joined)
    faults = [fault for read in reads for fault in read.faults]
    if not names and not listing.refused:
        faults.append(_empty(folder))
    files = len(names) + len(listing.refused)
    return Intake(joined.received, tuple(sorted({*faults, *joined.faults})), files)


def _read_one(folder: Path, name: str, manifest: Manifest, size_limit: int) -> _FileRead:
    if suffix_of(name) not in DRAFT_READERS and suffix_of(name) not in DOCUMENT_READERS:
        return _refused(name, unsupported(name))
    try:
        file = read_file(
            folder, name, limit=min(size_limit, SIZE_LIMITS.get(suffix_of(name), size_limit))
        )
    except UnreadableFileError as error:
        return _refused(name, *error.faults)
    if manifest.digests is not None and manifest.digests.get(name) != file.digest:
        raise BadExportError([Fault(Place(name), "核对清单之后文件又被修改", _AGAIN)])
    try:
        return _FileRead(tuple(_drafts(file)))
    except UnreadableFileError as error:
        return _refused(name, *error.faults, digest=file.digest)
    except Exception as error:  # noqa: BLE001 - a crash in one file must not cost the batch
        return _refused(name, _crash(name, error), digest=file.digest)


def _drafts(file: FileContent) -> Iterator[Draft]:
    suffix = suffix_of(file.name)
    if read_document := DOCUMENT_READERS.get(suffix):
        yield read_words(read_document(file))
        return
    for draft in DRAFT_READERS[suffix](file):
        yield draft
        if "document" in draft.fields and not draft.faults:
            yield _words_of(draft)


def _words_of(draft: Draft) -> Draft:
    """Return what the document inside a structured record says of itself."""
    blocks = draft.fields["document"]
    number = find_case_number(blocks)
    words = Draft(
        place=replace(draft.place, field="决定书全文"),
        source=Source.DOCUMENT,
        digest=draft.digest,
        case_number=draft.case_number,
        fields=said_by(blocks),
    )
    if number is None or draft.case_number is None or number.key == draft.case_number.key:
        return words
    fault = Fault(words.place, "决定书全文中的文号与记录的文号不一致", "请核对后改正")
    return replace(words, faults=(fault,))


def _with_documents_attached(drafts: list[Draft]) -> list[Draft]:
    stated = {
        draft.case_number.key: draft.case_number
        for draft in drafts
        if draft.source is Source.EXPORT and draft.case_number is not None
    }
    return [
        attached(draft, stated)
        if draft.source is Source.DOCUMENT and is_document(draft.place.file)
        else draft
        for draft in drafts
    ]


def _refused(name: str, *faults: Fault, digest: str = "") -> _FileRead:
    """Return a file that cannot be used: a document is a record that is held, others are not."""
    if not is_document(name):
        return _FileRead(faults=faults)
    draft = Draft(place=Place(name), source=Source.DOCUMENT, digest=digest, faults=faults)
    return _FileRead(drafts=(draft,))


def _crash(name: str, error: Exception) -> Fault:
    return Fault(
        Place(name),
        f"读取时程序出错（{type(error).__name__}）",
        "请把文件另存一次后重试；仍不行的，请改用其他格式",
    )


def _empty(folder: Path) -> Fault:
    return Fault(
        Place(folder.name),
        "导出文件夹是空的",
        "已公示的内容保持不变；请检查导出程序是否运行成功",
    )


def _check_records(manifest: Manifest, drafts: list[Draft], joined: Joined) -> None:
    """Refuse the export when a stated number of records is not what was read."""
    counts: dict[str, set[str]] = {}
    for draft in drafts:
        counts.setdefault(draft.place.file, set()).add(draft.place.record)
    faults = [
        Fault(
            Place(name or manifest.name),
            f"清单称有 {stated} 条记录，实读 {found} 条",
            _AGAIN,
        )
        for name, stated in manifest.records.items()
        if stated != (found := len(counts.get(name, ())) if name else len(joined.received))
    ]
    if faults:
        raise BadExportError(faults)
