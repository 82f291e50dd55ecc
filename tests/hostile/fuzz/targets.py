"""Everything that reads what others wrote, and the inputs to begin with: one table."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.hostile.bombs import page_showing
from tests.hostile.fuzz import inputs
from tests.hostile.fuzz.checks import (
    Check,
    file_of,
    manifest_of,
    policy_of,
    redacted,
    settings_of,
)


@dataclass(frozen=True, slots=True)
class Target:
    """``check`` makes what is called with each input; ``largest`` is in bytes."""

    check: Callable[[], Check]
    seeds: Callable[[], Iterable[bytes]]
    largest: int = 1 << 14


TARGETS = {
    "html": Target(lambda: file_of(".html"), lambda: inputs.files(".html", ".htm")),
    "docx": Target(lambda: file_of(".docx"), lambda: inputs.files(".docx"), 1 << 17),
    "docx-parts": Target(lambda: file_of(".docx", inputs.as_document()), inputs.documents, 1 << 16),
    "pdf": Target(lambda: file_of(".pdf"), lambda: inputs.files(".pdf"), 1 << 17),
    "pdf-page": Target(lambda: file_of(".pdf", page_showing), inputs.pages),
    "xlsx": Target(lambda: file_of(".xlsx"), lambda: inputs.files(".xlsx"), 1 << 17),
    "xlsx-parts": Target(lambda: file_of(".xlsx", inputs.as_workbook()), inputs.workbooks, 1 << 16),
    "csv": Target(lambda: file_of(".csv"), lambda: inputs.files(".csv")),
    "json": Target(lambda: file_of(".json"), inputs.arrays),
    "jsonl": Target(lambda: file_of(".jsonl"), inputs.records),
    "txt": Target(lambda: file_of(".txt"), lambda: inputs.files(".txt")),
    "md": Target(lambda: file_of(".md"), lambda: inputs.files(".md")),
    "manifest-json": Target(lambda: manifest_of("manifest.json"), inputs.manifests),
    "manifest-yaml": Target(lambda: manifest_of("manifest.yaml"), inputs.manifests),
    "settings": Target(lambda: settings_of, inputs.settings),
    "policy": Target(lambda: policy_of, inputs.packs, 1 << 16),
    "redaction": Target(lambda: redacted, inputs.texts, 1 << 12),
}
