"""Open an OOXML package with suspicion: limits on size, no entities, no network.

Refuses what Word would never write (a DTD, two parts of one name) instead of guessing.
"""

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath

from lxml import etree

from pipeline.domain.faults import Fault, Place
from pipeline.intake.model import FileContent, UnreadableFileError

MAX_ENTRIES = 4_000
MAX_PART_BYTES = 64 * 2**20
MAX_TOTAL_BYTES = 256 * 2**20
MAX_TAGS = 1_000_000
"""Tags of one part above which it is no 决定书: each costs memory whatever it holds."""
MAX_RATIO = 250
"""Uncompressed to compressed size above which a package of more than 8 MiB is a bomb."""

_RATIO_FLOOR = 8 * 2**20
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from one part to another: ``kind`` is the last word of its type URI."""

    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class Package:
    """An opened package; ``parts`` maps names to XML bytes already read and checked."""

    file: FileContent
    parts: Mapping[str, bytes] = field(repr=False)

    def fault(self, problem: str, remedy: str, part: str = "") -> UnreadableFileError:
        """Return the error that gives up on this file."""
        return UnreadableFileError(Fault(Place(self.file.name, "", part), problem, remedy))

    def xml(self, name: str) -> etree._Element | None:
        """Return the root of part ``name``, or ``None`` when there is no such part."""
        content = self.parts.get(name)
        if content is None:
            return None
        for strict, transitional in _STRICT:
            content = content.replace(strict, transitional)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError:
            raise self.fault("部件不是完整的 XML", _SAVE_AGAIN, name) from None
        if root.getroottree().docinfo.internalDTD is not None:
            raise self.fault("部件带有 DTD 或外部实体声明，已拒绝读取", _SAVE_AGAIN, name)
        return root

    def relationships(self, part: str) -> dict[str, Relationship]:
        """Return the internal relationships of ``part`` by id; external targets are left out."""
        folder = dirname(part)
        root = self.xml(join(folder, "_rels", part.rpartition("/")[2] + ".rels"))
        found: dict[str, Relationship] = {}
        for link in root if root is not None else ():
            if link.get("TargetMode") == "External":
                continue
            target = link.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
            kind = link.get("Type", "").rpartition("/")[2]
            found[link.get("Id", "")] = Relationship(kind, path)
        return found

    def main_part(self) -> str:
        """Return the name of the document part."""
        for link in self.relationships("").values():
            if link.kind == "officeDocument" and link.target in self.parts:
                return link.target
        raise self.fault("压缩包里没有 Word 正文部件", _SAVE_AGAIN)


_SAVE_AGAIN = "请用 Word 或 WPS 打开后另存为 .docx，再重新导出"


def open_package(file: FileContent) -> Package:
    """Read the XML parts of ``file``.

    Raises ``UnreadableFileError`` for an old or encrypted Word file, a truncated archive, a
    bomb, or a part that cannot be unpacked.
    """
    empty = Package(file, {})
    if file.content.startswith(_OLE_MAGIC):
        raise empty.fault(
            "扩展名是 .docx，内容却是旧版 .doc 或加了密码的文件",
            "请用 Word 或 WPS 打开，去掉密码后另存为 .docx，再重新导出",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            _check_limits(empty, archive)
            return Package(file, _read_parts(empty, archive))
    except _BROKEN:
        raise empty.fault(
            "文件不完整或已损坏，压缩包打不开", "请从办案系统重新导出此文件"
        ) from None


def _check_limits(package: Package, archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    too_big = total > MAX_TOTAL_BYTES or any(
        e.file_size > MAX_PART_BYTES for e in entries if e.filename.endswith((".xml", ".rels"))
    )
    if (
        len(entries) > MAX_ENTRIES
        or too_big
        or (total > _RATIO_FLOOR and total > MAX_RATIO * packed)
    ):
        raise package.fault(
            "压缩包展开后过大或部件过多，疑似压缩炸弹，已拒绝读取",
            "请核对文件来源；确为文书的，请用 Word 另存后重新导出",
        )
    names = [entry.filename for entry in entries]
    if len(names) != len(set(names)):
        raise package.fault("压缩包里有重名部件，无法判断哪一份是正文", _SAVE_AGAIN)


def _read_parts(package: Package, archive: zipfile.ZipFile) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    for entry in archive.infolist():
        if not entry.filename.endswith((".xml", ".rels")):
            continue
        if entry.flag_bits & 0x1:
            raise package.fault("压缩包加了密码", "请去掉密码后重新导出")
        with archive.open(entry) as stream:
            content = stream.read(MAX_PART_BYTES + 1)
        if len(content) > MAX_PART_BYTES or content.count(b"<") > MAX_TAGS:
            raise package.fault("部件展开后过大，疑似压缩炸弹", _SAVE_AGAIN, entry.filename)
        parts[entry.filename] = content
    return parts
