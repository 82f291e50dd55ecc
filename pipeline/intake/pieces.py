"""The files of an export → drafts, piece by piece; a piece that is remembered is not parsed.

A piece is what can be read on its own: a file, or a line of JSON Lines. Of a remembered piece
there are outlines until somebody asks for them in full.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from pipeline.domain.faults import BadExportError, Fault, Place
from pipeline.domain.review import Source
from pipeline.intake.folder import read_file
from pipeline.intake.json_export import line_place, read_line
from pipeline.intake.lines import ChangedError, LineFile
from pipeline.intake.manifest import Manifest
from pipeline.intake.memory import Memory
from pipeline.intake.model import Draft, FileContent, Outline, UnreadableFileError
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
HELD = 32 * 1024 * 1024
"""Bytes of lines whose drafts are held in full, where there is a memory: four times as much."""

_LINES = ".jsonl"


@dataclass(frozen=True, slots=True)
class FileRead:
    """What one file gave: drafts, or faults of a file that is no single record.

    Outlines among the drafts can be read in full while the file has this ``digest``, or its
    ``lines`` are as they were.
    """

    name: str
    drafts: tuple[Draft, ...] = ()
    faults: tuple[Fault, ...] = ()
    digest: str = ""
    lines: LineFile | None = None


def refused(name: str, *faults: Fault, digest: str = "") -> FileRead:
    """Return a file that cannot be used: a document is a record that is held, others are not."""
    if not is_document(name):
        return FileRead(name, faults=faults)
    draft = Draft(place=Place(name), source=Source.DOCUMENT, digest=digest, faults=faults)
    return FileRead(name, drafts=(draft,))


@dataclass(slots=True)
class Pieces:
    """Reads the files of one export; without ``memory`` everything is read in full.

    With one, lines beyond the first ``HELD`` bytes of new ones give outlines too: they are read
    once more when their turn comes. ``held`` is what those in full measure.
    """

    folder: Path
    manifest: Manifest
    size_limit: int
    memory: Memory | None = None
    held: int = 0

    def read(self, name: str) -> FileRead:
        """Return what a file says, of remembered pieces the outlines.

        Raises ``BadExportError`` when the file is not as the manifest says.
        """
        suffix = suffix_of(name)
        if suffix not in DRAFT_READERS and suffix not in DOCUMENT_READERS:
            return refused(name, unsupported(name))
        limit = min(self.size_limit, SIZE_LIMITS.get(suffix, self.size_limit))
        digest = None if self.manifest.digests is None else self.manifest.digests.get(name, "")
        if suffix == _LINES:
            return self._lines(LineFile(self.folder, name, limit, digest))
        try:
            file = read_file(self.folder, name, limit=limit)
        except UnreadableFileError as error:
            return refused(name, *error.faults)
        if digest not in {None, file.digest}:
            raise _changed(name)
        return self._whole(file)

    def in_full(self, before: FileRead, outlines: Sequence[Outline]) -> Iterator[Draft]:
        """Yield the drafts that ``outlines`` of a file stand for, in full.

        Raises ``BadExportError`` when the file is not as it was ``before``.
        """
        if before.lines is not None:
            yield from _lines_in_full(before.lines, outlines)
            return
        after = replace(self, memory=None).read(before.name)
        wanted = {(outline.place.record, outline.digest) for outline in outlines}
        found = [each for each in after.drafts if (each.place.record, each.digest) in wanted]
        if after.digest != before.digest or len({each.place.record for each in found}) < len(
            wanted
        ):
            raise _changed(before.name)
        yield from found

    def _whole(self, file: FileContent) -> FileRead:
        piece = f"{suffix_of(file.name)}:{file.digest}".encode()
        try:
            drafts = self._outlines(piece, Place(file.name))
            if drafts is None:
                drafts = self._kept(piece, tuple(drafts_of(file)))
        except BaseException as error:  # noqa: BLE001 - not even a panic in one file costs the batch
            return refused(file.name, *_faults_of(file.name, error), digest=file.digest)
        return FileRead(file.name, drafts, digest=file.digest)

    def _lines(self, file: LineFile) -> FileRead:
        try:
            drafts = tuple(chain.from_iterable(self._each_line(file)))
        except UnicodeDecodeError:
            return self._lines(file.recoded())
        except ChangedError:
            raise _changed(file.name) from None
        except BaseException as error:  # noqa: BLE001 - not even a panic in one file costs the batch
            return refused(file.name, *_faults_of(file.name, error))
        return FileRead(file.name, drafts, lines=file)

    def _each_line(self, file: LineFile) -> Iterator[Sequence[Draft]]:
        for number, (at, line) in enumerate(file, start=1):
            if not line or line.isspace():
                continue
            place = line_place(file.name, number)
            piece = b"line:" + hashlib.sha256(line).digest()
            drafts = self._outlines(piece, place, at)
            if drafts is None:
                drafts = self._kept(piece, tuple(_line_drafts(file, line, place)))
                self.held += len(line)
                if self.held > HELD:
                    drafts = self._outlines(piece, place, at) or drafts
            yield drafts

    def _outlines(self, piece: bytes, place: Place, at: int = 0) -> tuple[Draft, ...] | None:
        return self.memory.piece(piece, place, at) if self.memory else None

    def _kept(self, piece: bytes, drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
        """Return the drafts of a piece; it is remembered if it has no fault."""
        if self.memory and not any(draft.faults for draft in drafts):
            self.memory.keep_piece(piece, drafts)
        return drafts


def _lines_in_full(file: LineFile, outlines: Sequence[Outline]) -> Iterator[Draft]:
    ordered = sorted(outlines, key=lambda outline: outline.at)
    try:
        again = file.again(outline.at for outline in ordered)
        for outline, line in zip(ordered, again, strict=True):
            yield from _line_in_full(file, line, outline)
    except (ChangedError, UnicodeDecodeError, UnreadableFileError):
        raise _changed(file.name) from None


def _line_in_full(file: LineFile, line: bytes, outline: Outline) -> tuple[Draft, ...]:
    drafts = tuple(_line_drafts(file, line, outline.place))
    if drafts and all(map(outline.is_of, drafts)):
        return drafts
    raise ChangedError


def drafts_of(file: FileContent) -> Iterator[Draft]:
    """Yield what a file says, whatever is remembered; raises ``UnreadableFileError``."""
    suffix = suffix_of(file.name)
    if read_document := DOCUMENT_READERS.get(suffix):
        yield read_words(read_document(file))
        return
    for draft in DRAFT_READERS[suffix](file):
        yield from _with_words(draft)


def _line_drafts(file: LineFile, line: bytes, place: Place) -> Iterator[Draft]:
    """Yield what a line says; raises ``UnicodeDecodeError`` where all lines are to be UTF-8."""
    if file.streamed:
        line.decode()
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


def _faults_of(name: str, error: BaseException) -> tuple[Fault, ...]:
    if isinstance(error, UnreadableFileError):
        return error.faults
    if isinstance(error, KeyboardInterrupt | SystemExit):
        raise error
    problem = f"读取时程序出错（{type(error).__name__}）"
    return (Fault(Place(name), problem, "请把文件另存一次后重试；仍不行的，请改用其他格式"),)
