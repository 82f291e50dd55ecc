"""The files of an export → drafts, piece by piece; a piece that is remembered is not parsed.

A piece is what can be read on its own: a file, or a line of JSON Lines. Of a remembered piece
there are drafts without fields (``Outline``) until somebody asks for them in full.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.domain.faults import BadExportError, Fault, Place
from pipeline.domain.review import Source
from pipeline.intake.folder import read_file
from pipeline.intake.json_export import json_lines, read_line
from pipeline.intake.manifest import Manifest
from pipeline.intake.memory import Memory
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

AGAIN = "导出可能没有复制完整，整批未使用；请重新导出或重新复制后再运行"
_LINES = ".jsonl"


@dataclass(frozen=True, slots=True)
class FileRead:
    """What one file gave: drafts, or faults of a file that is no single record.

    ``outlined`` are the records of which there are outlines only; ``""`` is the file as a whole.
    """

    drafts: tuple[Draft, ...] = ()
    faults: tuple[Fault, ...] = ()
    digest: str = ""
    outlined: frozenset[str] = frozenset()

    @property
    def outlined_as_whole(self) -> bool:
        """Whether the file as a whole is an outline."""
        return "" in self.outlined

    def is_outline(self, draft: Draft) -> bool:
        """Whether a draft of this file is an outline."""
        return self.outlined_as_whole or draft.place.record in self.outlined


def refused(name: str, *faults: Fault, digest: str = "") -> FileRead:
    """Return a file that cannot be used: a document is a record that is held, others are not."""
    if not is_document(name):
        return FileRead(faults=faults)
    draft = Draft(place=Place(name), source=Source.DOCUMENT, digest=digest, faults=faults)
    return FileRead(drafts=(draft,))


@dataclass(frozen=True, slots=True)
class Pieces:
    """Reads the files of one export; without ``memory`` everything is read in full."""

    folder: Path
    manifest: Manifest
    size_limit: int
    memory: Memory | None = None

    def read(self, name: str) -> FileRead:
        """Return what a file says, of remembered pieces the outlines.

        Raises ``BadExportError`` when the file is not as the manifest says.
        """
        return self._read(name, None)

    def in_full(self, before: FileRead, records: Collection[str]) -> FileRead:
        """Return what a file says, with ``records`` of it in full; the others as they were read.

        Raises ``BadExportError`` when the file is not as it was ``before``.
        """
        name = before.drafts[0].place.file
        kept: dict[str, list[Draft]] = {}
        for draft in before.drafts if "" not in records else ():
            if draft.place.record not in records:
                kept.setdefault(draft.place.record, []).append(draft)
        read = self._read(name, kept)
        if read.digest != before.digest:
            raise _changed(name)
        return read

    def _read(self, name: str, kept: Mapping[str, Sequence[Draft]] | None) -> FileRead:
        suffix = suffix_of(name)
        if suffix not in DRAFT_READERS and suffix not in DOCUMENT_READERS:
            return refused(name, unsupported(name))
        limit = min(self.size_limit, SIZE_LIMITS.get(suffix, self.size_limit))
        try:
            file = read_file(self.folder, name, limit=limit)
        except UnreadableFileError as error:
            return refused(name, *error.faults)
        if self.manifest.digests is not None and self.manifest.digests.get(name) != file.digest:
            raise _changed(name)
        try:
            return _Reading(file, self.memory, kept).result()
        except UnreadableFileError as error:
            return refused(name, *error.faults, digest=file.digest)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # noqa: BLE001 - not even a panic in one file costs the batch
            return refused(name, _crash(name, error), digest=file.digest)


@dataclass(slots=True)
class _Reading:
    """One reading of one file: ``kept`` is what an earlier one gave and the rest is to be in full.

    In a first one (``None``) what is remembered is not parsed.
    """

    file: FileContent
    memory: Memory | None
    kept: Mapping[str, Sequence[Draft]] | None
    outlined: set[str] = field(default_factory=set)

    def result(self) -> FileRead:
        drafts = tuple(self._lines() if suffix_of(self.file.name) == _LINES else self._whole())
        return FileRead(drafts, (), self.file.digest, frozenset(self.outlined))

    def _whole(self) -> Iterator[Draft]:
        digest = f"{suffix_of(self.file.name)}:{self.file.digest}"
        return self._piece(digest, "", lambda: _drafts(self.file))

    def _lines(self) -> Iterator[Draft]:
        kept = self.kept or {}
        for place, line in json_lines(self.file):
            if place.record in kept:
                yield from kept[place.record]
            elif line.strip():
                digest = f"line:{hashlib.sha256(line).hexdigest()}"
                yield from self._piece(digest, place.record, lambda: _line_drafts(line, place))  # noqa: B023 - read at once

    def _piece(
        self, digest: str, record: str, read: Callable[[], Iterable[Draft]]
    ) -> Iterator[Draft]:
        if self.memory is None:
            yield from read()
            return
        outlines = self.memory.piece(digest) if self.kept is None else None
        if outlines is not None:
            self.outlined.add(record)
            yield from (outline.draft(self.file.name, record) for outline in outlines)
            return
        drafts = tuple(read())
        if not any(draft.faults for draft in drafts):
            self.memory.keep_piece(digest, drafts)
        yield from drafts


def _drafts(file: FileContent) -> Iterator[Draft]:
    suffix = suffix_of(file.name)
    if read_document := DOCUMENT_READERS.get(suffix):
        yield read_words(read_document(file))
        return
    for draft in DRAFT_READERS[suffix](file):
        yield from _with_words(draft)


def _line_drafts(line: bytes, place: Place) -> Iterator[Draft]:
    draft = read_line(line, place)
    if draft is not None:
        yield from _with_words(draft)


def _with_words(draft: Draft) -> Iterator[Draft]:
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


def _changed(name: str) -> BadExportError:
    return BadExportError([Fault(Place(name), "核对清单之后文件又被修改", AGAIN)])


def _crash(name: str, error: BaseException) -> Fault:
    return Fault(
        Place(name),
        f"读取时程序出错（{type(error).__name__}）",
        "请把文件另存一次后重试；仍不行的，请改用其他格式",
    )
