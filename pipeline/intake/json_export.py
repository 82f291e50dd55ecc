"""JSON and JSON Lines by our own schema (``schema/decision.schema.json``) → drafts.

A record that cannot be read costs that record; the other records of the file go on.
"""

import codecs
import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from pipeline.domain.case_number import CaseNumber
from pipeline.domain.faults import Fault, Place
from pipeline.domain.review import Source
from pipeline.intake import strict_json
from pipeline.intake.json_fields import draft_fields
from pipeline.intake.model import Draft, FileContent, UnreadableFileError
from pipeline.intake.schema.check import Json, schema_faults
from pipeline.intake.text_encoding import decode

_PIECE = 1024 * 1024
_NOT_A_NUMBER = "请写成“某综执罚决字〔2026〕第12号”的形式"


def read_json(file: FileContent) -> tuple[Draft, ...]:
    """Return one draft a record of a JSON file: one object, or an array of objects.

    When the file breaks off, the records before the break are returned, and after them a
    draft without a 文号 that carries the fault. Raises ``UnreadableFileError`` when nothing
    can be read.
    """
    text = decode(file).removeprefix("\ufeff")
    if strict_json.starts_array(text):
        return tuple(_array_drafts(file, text))
    try:
        value = strict_json.parse(text)
    except ValueError as error:
        raise UnreadableFileError(_fault(Place(file.name), error)) from None
    return (_draft(value, Place(file.name, "第1项")),)


def read_jsonl(file: FileContent) -> tuple[Draft, ...]:
    """Return one draft a line of a JSON Lines file; empty lines are left out.

    Raises ``UnreadableFileError`` when the file as a whole is in no known encoding.
    """
    return tuple(
        draft for place, line in json_lines(file) if (draft := read_line(line, place)) is not None
    )


def _array_drafts(file: FileContent, text: str) -> Iterator[Draft]:
    number = 0
    values = strict_json.items(text)
    while True:
        number += 1
        place = Place(file.name, f"第{number}项")
        try:
            value = next(values)
        except StopIteration:
            return
        except ValueError as error:
            yield _faulty(place, _fault(place, error), f"{file.digest}:{number}".encode())
            return
        yield _draft(value, place)


def json_lines(file: FileContent) -> Iterator[tuple[Place, bytes]]:
    """Yield each line with its place, as bytes of UTF-8; a damaged line stays damaged.

    Raises ``UnreadableFileError`` when the file as a whole is in no known encoding.
    """
    for number, line in enumerate(_lines(file), start=1):
        yield Place(file.name, f"第{number}行"), line


def _lines(file: FileContent) -> Iterator[bytes]:
    content = file.content
    if not _is_utf8(content) and not strict_json.is_mostly_utf8(content):
        content = decode(file).encode()
    at = len(codecs.BOM_UTF8) if content.startswith(codecs.BOM_UTF8) else 0
    while at < len(content):
        end = content.find(b"\n", at)
        end = len(content) if end < 0 else end
        yield content[at:end]
        at = end + 1


def _is_utf8(content: bytes) -> bool:
    """Say whether a whole file is UTF-8, piece by piece, so that memory stays small."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(content), _PIECE):
            decoder.decode(content[at : at + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def read_line(line: bytes, place: Place) -> Draft | None:
    """Return the draft of a line, ``None`` for an empty one."""
    if not line.strip():
        return None
    try:
        value = strict_json.parse(line.decode())
    except UnicodeDecodeError:
        return _faulty(place, _fault(place, ValueError("这一行有损坏的字节")), line)
    except ValueError as error:
        return _faulty(place, _fault(place, error), line)
    return _draft(value, place)


def _draft(value: Json, place: Place) -> Draft:
    try:
        content = strict_json.canonical(value)
    except ValueError as error:
        return _faulty(place, _fault(place, error), b"")
    digest = hashlib.sha256(content).hexdigest()
    draft = Draft(place=place, source=Source.EXPORT, digest=digest)
    if not isinstance(value, dict):
        return replace(draft, faults=(_not_an_object(place),))
    draft = replace(draft, case_number=_case_number(value))
    faults = [*schema_faults("decision", value, place), *_more_faults(value, draft)]
    if faults:
        return replace(draft, faults=tuple(faults))
    try:
        return replace(draft, fields=draft_fields(value))
    except ValueError as error:
        return replace(draft, faults=(_fault(place, error),))


def _case_number(record: dict[str, Json]) -> CaseNumber | None:
    with suppress(ValueError):
        if isinstance(text := record.get("case_number"), str):
            return CaseNumber.parse(text)
    return None


def _more_faults(record: dict[str, Json], draft: Draft) -> Iterator[Fault]:
    """Yield the faults that a JSON Schema cannot say."""
    if isinstance(record.get("case_number"), str) and draft.case_number is None:
        place = replace(draft.place, field="/case_number")
        yield Fault(place, "不是决定书文号", _NOT_A_NUMBER)
    if record.get("document") is not None and record.get("document_text") is not None:
        place = replace(draft.place, field="/document_text")
        yield Fault(place, "document 与 document_text 都填了", "请只留一个")


def _not_an_object(place: Place) -> Fault:
    return Fault(place, "这一项不是 JSON 对象", "每条记录应写成 {…}，格式见 docs/export-format.md")


def _faulty(place: Place, fault: Fault, content: bytes) -> Draft:
    digest = hashlib.sha256(content).hexdigest()
    return Draft(place=place, source=Source.EXPORT, digest=digest, faults=(fault,))


def _fault(place: Place, error: ValueError) -> Fault:
    return Fault(place, str(error), "请重新导出这条记录，格式见 docs/export-format.md")
