"""A recogniser of the bureau's own in a night's run, and the share of decisions held for doubt."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import gongshi
from pipeline.domain.case_number import CaseNumber
from pipeline.domain.faults import BadSettingsError
from pipeline.redaction.recogniser import load_engine
from tests.conftest import run_gongshi
from tests.exports import DAY, record, write_jsonl

RECOGNISER = """
from pipeline.domain.protected import Category, Confidence, Finding

class Words:
    name = "words"
    version = "1"

    def find(self, text, known, protected):
        at = text.text.find("砂石")
        while at >= 0:
            span = text.original(at, at + 2)
            yield Finding(span, Category.MARKED, "words", "", Confidence.{confidence})
            at = text.text.find("砂石", at + 2)
"""
PACK = """
key: strict-sample
title: 不许存疑
extends: [changshan-2021]
limits:
  doubt_limit: {value: 0, reason: 试验}
"""
PLAIN = {"facts": "占用人行道。", "document_text": "行政处罚决定书\n经查，当事人占用人行道。"}
Told = Callable[..., Result]


@pytest.fixture
def agency(tmp_path: Path) -> Path:
    folder = tmp_path / "agency"
    made = run_gongshi(tmp_path, "init", str(folder), "--name", "青石县综合行政执法局")
    assert made.returncode == 0, made.stderr
    write_jsonl(folder / "exports", record(1), record(2, **PLAIN), record(3, **PLAIN))
    (folder / "policies").mkdir(exist_ok=True)
    (folder / "policies" / "strict-sample.yaml").write_text(PACK, "utf-8")
    return folder


@pytest.fixture
def use(agency: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Set policy and recogniser in the settings of the agency."""
    monkeypatch.syspath_prepend(str(agency.parent))
    plain = (agency / "gongshi.yaml").read_text("utf-8")

    def settings(name: str, confidence: str = "PROBABLE", policy: str = "changshan-2021") -> None:
        source = RECOGNISER.replace("{confidence}", confidence)
        (agency.parent / f"{name}.py").write_text(source, "utf-8")
        text = plain.replace("policy: changshan-2021", f"policy: {policy}")
        (agency / "gongshi.yaml").write_text(f"{text}\nrecogniser: {name}:Words\n", "utf-8")
        load_engine.cache_clear()

    return settings


@pytest.fixture
def told(agency: Path) -> Told:
    def run(*words: str) -> Result:
        done = CliRunner().invoke(gongshi, ["-C", str(agency), *words, "--today", DAY])
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done

    return run


def test_the_share_held_for_doubt_stands_before_the_counts(
    use: Callable[..., None], told: Told
) -> None:
    use("doubtful_words", "DOUBTFUL", "strict-sample")
    for command in ("check", "rebuild"):
        lines = told(command).stdout.strip().splitlines()
        assert lines[-2] == "因隐去存疑待核 1 件（占 33.3%）", command
        counts = list(map(int, re.findall(r"\d+", lines[-1])))
        assert lines[-1].startswith("处罚决定 3 · ")
        assert counts[0] == sum(counts[1:])


def test_a_second_night_tells_the_share_again(use: Callable[..., None], told: Told) -> None:
    use("doubtful_again", "DOUBTFUL", "strict-sample")
    first, second = told("rebuild").stdout, told("rebuild").stdout
    assert "因隐去存疑待核 1 件" in first
    assert "因隐去存疑待核 1 件" in second


def test_without_doubt_the_line_is_not_there(told: Told) -> None:
    for command in ("check", "rebuild"):
        assert "因隐去存疑" not in told(command).stdout


def test_a_new_recogniser_has_published_decisions_examined_anew(
    agency: Path, use: Callable[..., None], told: Told
) -> None:
    slug = CaseNumber.parse(record(1)["case_number"]).slug
    page = agency / "site" / "current" / "decisions" / f"{slug}.html"
    told("rebuild")
    assert "砂石" in page.read_text("utf-8")
    use("certain_words")
    assert "更新 1" in told("rebuild").stdout
    assert "砂石" not in page.read_text("utf-8")
    assert "本次变动：无" in told("rebuild").stdout


def test_explain_names_the_recogniser(use: Callable[..., None], told: Told) -> None:
    use("explained_words", "DOUBTFUL")
    lines = told("explain", record(1)["case_number"]).stdout
    assert "recogniser：本单位自备的识别器" in lines
    assert "砂石" not in lines


def test_a_recogniser_that_is_not_there_stops_the_night(
    agency: Path, use: Callable[..., None], told: Told
) -> None:
    told("rebuild")
    site = (agency / "site" / "current").resolve()
    use("gone_words")
    (agency.parent / "gone_words.py").unlink()
    load_engine.cache_clear()
    with pytest.raises(BadSettingsError, match="recogniser"):
        told("rebuild")
    assert (agency / "site" / "current").resolve() == site
