"""docs/export-format.md says what the readers do."""

import json
import re
from pathlib import Path

import pytest

from pipeline.domain.decision import Decision, Procedure
from pipeline.domain.faults import BadExportError, Place
from pipeline.intake.readers import DOCUMENT_READERS, DRAFT_READERS
from pipeline.intake.schema.check import schema_faults
from pipeline.intake.schema.table import fields_tables
from pipeline.intake.sheet_columns import (
    EXTENSIONS,
    RECORD_COLUMNS,
    REVIEW_COLUMNS,
    STANDARD,
    columns_table,
)
from tests.intake.exports import read, record, write_jsonl

GUIDE = (Path(__file__).parents[2] / "docs" / "export-format.md").read_text("utf-8")


@pytest.mark.parametrize(
    "table",
    tuple(map(columns_table, (STANDARD, EXTENSIONS, REVIEW_COLUMNS, RECORD_COLUMNS))),
    ids=["双公示", "扩展列", "审查表", "记录清单"],
)
def test_the_guide_holds_the_columns_as_the_reader_knows_them(table: str) -> None:
    assert table in GUIDE


def test_the_guide_holds_every_field_of_the_schema() -> None:
    assert fields_tables() in GUIDE


def test_the_guide_names_every_suffix_that_is_read() -> None:
    for suffix in (*DRAFT_READERS, *DOCUMENT_READERS):
        assert f"`{suffix}`" in GUIDE


def test_the_example_record_satisfies_the_schema() -> None:
    (record,) = re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL)
    assert schema_faults("decision", json.loads(record), Place("")) == ()


def test_the_example_manifest_is_read(tmp_path: Path) -> None:
    (manifest,) = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
    statements = manifest[manifest.index("attestations:") :]
    (tmp_path / "manifest.yaml").write_text(statements, "utf-8")
    write_jsonl(tmp_path, record(case_number="云岭综执罚决字〔2026〕12号"))
    (decision,) = read(tmp_path).received
    assert isinstance(decision, Decision)
    assert decision.procedure is Procedure.ORDINARY
    (tmp_path / "manifest.yaml").write_text(manifest, "utf-8")
    with pytest.raises(BadExportError, match="清单列出的文件不存在"):
        read(tmp_path)
