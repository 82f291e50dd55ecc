"""JSON and JSON Lines by our own schema (``schema/decision.schema.json``) → drafts.

A record that cannot be read costs that record; the other records of the file go on.
"""

import codecs
import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from typing import BinaryIO

from pipeline.domain.case_number import CaseNumber
from pipeline.domain.faults import Fault, Place
from pipeline.domain.review import Source
from pipeline.intake import strict_json
from pipeline.intake.json_fields import draft_fields
from pipeline.intake.model import Draft, FileContent, UnreadableFileError
from pipeline.intake.schema.check import Json, schema_faults
from pipeline.intake.text_encoding import decode

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
    lines = enumerate(json_lines(BytesIO(as_utf8(file))), start=1)
    drafts = (read_line(line, line_place(file.name, number)) for number, (_, line) in lines)
    return tuple(draft for draft in drafts if draft is not None)


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


def json_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield each line of a ``stream``, after the byte at which it begins."""
    at = 0
    for line in stream:
        yield at, plain_line(line, at)
        at += len(line)


def plain_line(line: bytes, at: int) -> bytes:
    """Return the line that begins ``at`` a byte of its file, without break and byte-order mark."""
    line = line.removesuffix(b"\n")
    return line if at else line.removeprefix(codecs.BOM_UTF8)


def line_place(name: str, number: int) -> Place:
    """Return the place of a line of a file; lines are counted from 1."""
    return Place(name, f"第{number}行")


def as_utf8(file: FileContent) -> bytes:
    """Return a JSON Lines file in UTF-8; damaged lines of one that is in UTF-8 stay damaged.

    Raises ``UnreadableFileError`` when the file as a whole is in no known encoding.
    """
    content = file.content
    with suppress(UnicodeDecodeError):
        content.decode()
        return content
    return content if strict_json.is_mostly_utf8(content) else decode(file).encode()


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
