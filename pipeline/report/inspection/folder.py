"""Writing the bundle: a folder with a list of digests, and the same as one ZIP file."""

import hashlib
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

from pipeline.report.inspection.book import inspection_book
from pipeline.report.inspection.model import Inspection
from pipeline.report.inspection.page import decision_page, summary_page
from pipeline.report.private_file import write_private

SUMMARY = "检查摘要.html"
BOOK = "台账.xlsx"
RULES = "规则表.md"
SITE = "网站文件.sha256"
MANIFEST = "清单.sha256"
_MADE = (1980, 1, 1, 0, 0, 0)


def write_bundle(folder: Path, it: Inspection) -> Path:
    """Write the bundle into ``folder`` and beside it as ZIP; return the ZIP file.

    Raises ``OSError`` when a place cannot be written.
    """
    files = dict(_files(it))
    listed = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items()
    )
    files[MANIFEST] = listed.encode()
    for name, content in files.items():
        write_private(folder / name, content)
    package = folder.with_name(f"{folder.name}.zip")
    write_private(package, _packed(files, folder.name))
    return package


def _files(it: Inspection) -> Iterator[tuple[str, bytes]]:
    yield SUMMARY, summary_page(it).encode()
    yield BOOK, inspection_book(it)
    yield RULES, it.rules.encode()
    lines = (f"{sha256}  {path}\n" for path, sha256 in sorted(it.site_files.items()))
    yield SITE, "".join(lines).encode()
    for decision in it.decisions:
        yield f"decisions/{decision.slug.replace('/', '-')}.html", decision_page(decision).encode()


def _packed(files: Mapping[str, bytes], root: str) -> bytes:
    """Return a ZIP of the files; the same files give the same bytes."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            entry = zipfile.ZipInfo(f"{root}/{name}", _MADE)
            entry.external_attr = 0o600 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, content)
    return stream.getvalue()
