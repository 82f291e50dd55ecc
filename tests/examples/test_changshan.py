"""The sample agency is complete, invented, and made anew byte for byte."""

import hashlib
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
FOLDER = EXAMPLES / "changshan"
EXPORTS = FOLDER / "exports"
MADE = ("exports", "earlier", "policies", "gongshi.yaml", "expected.yaml")
EXPECTED: dict[str, Any] = yaml.safe_load((FOLDER / "expected.yaml").read_text(encoding="utf-8"))


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for part in MADE
        for path in ([folder / part] if (folder / part).is_file() else (folder / part).rglob("*"))
        if path.is_file()
    }


def test_making_the_sample_again_gives_the_same_bytes(tmp_path: Path) -> None:
    script = EXAMPLES / "make_changshan.py"
    subprocess.run([sys.executable, script, tmp_path], check=True, capture_output=True)
    made, checked_in = _files(tmp_path), _files(FOLDER)
    assert made.keys() == checked_in.keys()
    assert [name for name in made if made[name] != checked_in[name]] == []


def test_there_are_sixty_decisions_and_every_state() -> None:
    states = Counter(entry["state"] for entry in EXPECTED["decisions"].values())
    assert states.total() >= 60
    assert states.keys() == {"published", "withheld", "held", "withdrawn", "expired"}
    assert states["published"] >= 30


def test_every_format_is_there() -> None:
    suffixes = {path.suffix for path in EXPORTS.rglob("*") if path.is_file()}
    assert suffixes >= {".json", ".jsonl", ".xlsx", ".csv", ".html", ".htm", ".docx", ".pdf", ".txt", ".md"}  # fmt: skip  # noqa: E501 - one list


def test_the_manifest_agrees_with_the_files() -> None:
    manifest = json.loads((EXPORTS / "manifest.json").read_text(encoding="utf-8"))
    found = {name for path in EXPORTS.rglob("*") if (name := path.name) and path.is_file()}
    assert manifest["count"] == len(found) - 1
    for entry in manifest["files"]:
        content = (EXPORTS / entry["name"]).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (
            entry["size"],
            entry["sha256"],
        )


@pytest.mark.parametrize("number", EXPECTED["decisions"])
def test_nothing_is_expected_to_be_shown_and_hidden_at_once(number: str) -> None:
    entry = EXPECTED["decisions"][number]
    assert entry["absent"]
    for hidden in entry["absent"]:
        assert not any(hidden in shown for shown in entry.get("present", ()))


def test_no_name_of_a_party_is_the_secret_of_another_decision() -> None:
    shown = {
        value
        for entry in EXPECTED["decisions"].values()
        if entry["state"] == "published"
        for value in entry["present"]
    }
    hidden = {value for entry in EXPECTED["decisions"].values() for value in entry["absent"]}
    assert not shown & hidden


def test_every_id_number_has_a_right_check_character() -> None:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    numbers = {
        value
        for entry in EXPECTED["decisions"].values()
        for value in entry["absent"]
        if re.fullmatch(r"[0-9]{17}[0-9X]", value)
    }
    assert len(numbers) > 60
    for number in numbers:
        total = sum(int(d) * w for d, w in zip(number, weights, strict=False))
        assert "10X98765432"[total % 11] == number[17]


def test_documents_are_as_long_as_real_ones() -> None:
    lines = (EXPORTS / "办案系统/2026年5-6月.jsonl").read_text(encoding="utf-8").splitlines()
    for line in lines:
        assert 800 <= len(json.loads(line)["document_text"]) <= 2500


def test_synthetic_decisions_are_the_same_for_a_seed(tmp_path: Path) -> None:
    script = EXAMPLES / "synthetic.py"
    for name, seed in (("a", "7"), ("b", "7"), ("c", "8")):
        out = tmp_path / name
        subprocess.run([sys.executable, script, "40", seed, out], check=True, capture_output=True)
    first = (tmp_path / "a").read_bytes()
    assert first == (tmp_path / "b").read_bytes() != (tmp_path / "c").read_bytes()
    records = [json.loads(line) for line in first.decode().splitlines()]
    assert len({record["case_number"] for record in records}) == 40
    mean = sum(len(record["document_text"]) for record in records) / len(records)
    assert 1_600 < mean < 1_900
