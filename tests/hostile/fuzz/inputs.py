"""Inputs to begin with: real files of the sample, opened where a byte inside would not be reached.

A package or a compressed page rejects nearly every changed byte by its checksum. So one part of it
is what changes, and the rest is put around it again.
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pipeline.policy.load import BUNDLED
from pipeline.settings import FILE_NAME
from tests.conftest import SAMPLE

_SIGNS = ("\n", "\t", "\u3000", "\u200b", "\u202e", "\ufeff", "- ", ' r="')

Wrapped = Callable[[bytes], bytes]

_PER_FORMAT = 6
DOCUMENT = (
    "word/document.xml",
    "word/styles.xml",
    "word/numbering.xml",
    "word/footnotes.xml",
    "word/_rels/document.xml.rels",
    "[Content_Types].xml",
)
WORKBOOK = (
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
)


def files(*suffixes: str) -> Iterator[bytes]:
    """Yield some files of the sample of each suffix."""
    for suffix in suffixes:
        found = [p for p in sorted((SAMPLE / "exports").rglob(f"*{suffix}")) if p.is_file()]
        yield from (path.read_bytes() for path in found[:_PER_FORMAT])


def records() -> Iterator[bytes]:
    """Yield some records of the sample as a line of JSON each."""
    for path in sorted((SAMPLE / "exports").rglob("*.jsonl")):
        yield from path.read_bytes().splitlines()[: 2 * _PER_FORMAT]


def arrays() -> Iterator[bytes]:
    """Yield files of JSON of one record each: a whole export is too long to change well."""
    for line in records():
        yield json.dumps([json.loads(line)], ensure_ascii=False).encode()


def settings() -> Iterator[bytes]:
    """Yield the settings of the sample and those that a new agency begins with."""
    yield (SAMPLE / FILE_NAME).read_bytes()


def manifests() -> Iterator[bytes]:
    """Yield manifests in JSON, which is YAML too: the sample's, and one that is all there is."""
    yield (SAMPLE / "exports" / "manifest.json").read_bytes()
    yield b'{"files": [{"path": "a.json", "sha256": "0", "size": 1, "records": 1}]}'


def packs() -> Iterator[bytes]:
    """Yield the delivered policies."""
    yield from (path.read_bytes() for path in sorted(BUNDLED.glob("*.yaml")))


def texts() -> Iterator[bytes]:
    """Yield decisions as plain text."""
    yield from files(".txt", ".md")


def documents() -> Iterator[bytes]:
    """Yield parts of some documents of Word, each after the number of the part."""
    yield from _parts(".docx", DOCUMENT)


def workbooks() -> Iterator[bytes]:
    """Yield parts of some workbooks, each after the number of the part."""
    yield from _parts(".xlsx", WORKBOOK)


def _parts(suffix: str, names: Sequence[str]) -> Iterator[bytes]:
    for content in files(suffix):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for number, name in enumerate(names):
                if name in package.namelist():
                    yield bytes([number]) + package.read(name)


def pages() -> Iterator[bytes]:
    """Yield what draws a page of PDF."""
    yield b"BT /F 12 Tf 50 700 Td (hello) Tj 0 -20 Td (world) Tj ET"
    yield b"q 1 0 0 1 50 700 cm BT /F 9 Tf 1 0 0 1 0 0 Tm [(a) -300 (b)] TJ ET Q 50 50 99 1 re f"
    yield b"50 600 m 500 600 l S 50 500 m 500 500 l S 50 600 m 50 500 l S 500 600 m 500 500 l S"


def as_document() -> Wrapped:
    """Return how a part becomes a document of Word."""
    return _around(next(files(".docx")), DOCUMENT)


def as_workbook() -> Wrapped:
    """Return how a part becomes a workbook."""
    return _around(next(files(".xlsx")), WORKBOOK)


def _around(content: bytes, names: Sequence[str]) -> Wrapped:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}

    def wrapped(changed: bytes) -> bytes:
        part = names[changed[0] % len(names)] if changed else names[0]
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as new:
            for name, body in {**parts, part: changed[1:]}.items():
                new.writestr(name, body)
        return made.getvalue()

    return wrapped


def words(folder: Path) -> Path:
    """Write the words that mean something to a reader, for the fuzzer to use; return the file."""
    plain = Path(__file__).with_name("words.txt").read_text("utf-8").split("\n")[:-1]
    path = folder / "words"
    lines = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in (*plain, *_SIGNS))
    path.write_text("".join(f'"{line}"\n' for line in lines), "ascii")
    return path
