"""A rebuild succeeds, or it changes nothing that visitors see and says why in one line."""

import json
import re
from pathlib import Path

import pytest

from pipeline.domain.case_number import CaseNumber
from pipeline.domain.faults import ExitCode
from pipeline.settings import bundled
from tests.conftest import run_gongshi
from tests.exports import DAY, WITNESS, record, write_jsonl

TODAY = ("--today", DAY)


@pytest.fixture
def agency(tmp_path: Path) -> Path:
    folder = tmp_path / "agency"
    made = run_gongshi(tmp_path, "init", str(folder), "--name", "青石县综合行政执法局")
    assert made.returncode == 0, made.stderr
    write_jsonl(folder / "exports", *(record(number) for number in (1, 2, 3)))
    return folder


def _site(agency: Path) -> dict[str, bytes]:
    site = agency / "site" / "current"
    return {str(p.relative_to(site)): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def _page(agency: Path, number: int) -> Path:
    slug = CaseNumber.parse(record(number)["case_number"]).slug
    return agency / "site" / "current" / "decisions" / f"{slug}.html"


def _rebuilt(agency: Path, *words: str) -> str:
    done = run_gongshi(agency, "rebuild", *TODAY, *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _plant(agency: Path, template: str, before: str, text: str) -> None:
    """Override a template so that it says ``text`` before ``before``."""
    templates = agency / "leaky" / "templates"
    templates.mkdir(parents=True, exist_ok=True)
    own = (bundled("theme") / "templates" / template).read_text("utf-8")
    assert before in own
    (templates / template).write_text(own.replace(before, f"<p>{text}</p>{before}", 1), "utf-8")
    settings = agency / "gongshi.yaml"
    settings.write_text(
        settings.read_text("utf-8").replace("# theme: theme", "theme: leaky"), "utf-8"
    )


def _leaky_theme(agency: Path) -> None:
    """Override the template of decisions so that it shows what must be hidden."""
    _plant(agency, "decision.html", "<article>", f"证人{WITNESS}陈述")


def test_a_leak_stops_the_release_every_night_until_it_is_mended(agency: Path) -> None:
    before = (agency / "gongshi.yaml").read_text("utf-8")
    _leaky_theme(agency)
    for _ in range(2):
        stopped = run_gongshi(agency, "rebuild", *TODAY)
        assert stopped.returncode == ExitCode.LEAK_FOUND
        assert WITNESS not in stopped.stdout + stopped.stderr
        assert not (agency / "site" / "current").exists()
    (agency / "gongshi.yaml").write_text(before, "utf-8")
    assert "公示 3" in _rebuilt(agency)
    assert WITNESS not in _page(agency, 1).read_text("utf-8")


def test_what_failed_the_gate_is_never_released_unexamined(agency: Path) -> None:
    _leaky_theme(agency)
    assert run_gongshi(agency, "rebuild", *TODAY).returncode == ExitCode.LEAK_FOUND
    write_jsonl(agency / "exports", record(1))
    stopped = run_gongshi(agency, "rebuild", *TODAY)
    assert stopped.returncode == ExitCode.BAD_SITE
    assert "放回导出" in stopped.stderr
    assert not (agency / "site" / "current").exists()


def test_a_run_that_fails_leaves_the_old_site_untouched(agency: Path) -> None:
    _rebuilt(agency)
    old = _site(agency)
    write_jsonl(agency / "exports", *(record(n, performance="已履行") for n in (1, 2, 3, 4)))
    _leaky_theme(agency)
    assert run_gongshi(agency, "rebuild", *TODAY).returncode == ExitCode.LEAK_FOUND
    assert _site(agency) == old


def test_a_page_that_failed_the_gate_is_first_published_when_it_is_released(agency: Path) -> None:
    before = (agency / "gongshi.yaml").read_text("utf-8")
    _leaky_theme(agency)
    assert run_gongshi(agency, "rebuild", "--today", "2026-11-18").returncode != 0
    (agency / "gongshi.yaml").write_text(before, "utf-8")
    _rebuilt(agency)
    told = run_gongshi(agency, "status", record(1)["case_number"], *TODAY).stdout
    assert f"首次公示：{DAY}" in told


@pytest.mark.parametrize("left", [(), (record(1),)], ids=["empty", "partial"])
def test_what_an_export_leaves_out_stays_public(
    agency: Path, left: tuple[dict[str, object], ...]
) -> None:
    _rebuilt(agency)
    old = _site(agency)
    (agency / "exports" / "导出.jsonl").unlink()
    if left:
        write_jsonl(agency / "exports", *left)
    _rebuilt(agency)
    assert _site(agency) == old


def test_an_export_that_disagrees_with_its_manifest_changes_nothing(agency: Path) -> None:
    _rebuilt(agency)
    old = _site(agency)
    manifest = {
        "count": 1,
        "records": 9,
        "files": [{"name": "导出.jsonl", "sha256": "0" * 64, "size": 1}],
    }
    (agency / "exports" / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    stopped = run_gongshi(agency, "rebuild", *TODAY)
    assert stopped.returncode == ExitCode.BAD_EXPORT
    assert "导出.jsonl" in stopped.stderr
    assert _site(agency) == old


def test_a_revoked_decision_leaves_a_notice_and_never_comes_back(agency: Path) -> None:
    _rebuilt(agency)
    revoked = record(
        2, events=[{"kind": "撤销", "effective_on": "2026-11-18", "ground": "事实不清"}]
    )
    write_jsonl(agency / "exports", record(1), revoked, record(3))
    assert "撤下 1" in _rebuilt(agency)
    notice = _page(agency, 2).read_text("utf-8")
    assert "撤下" in notice
    assert "第2建材" not in notice
    everything = b"".join(_site(agency).values())
    assert "第2建材".encode() not in everything
    write_jsonl(agency / "exports", record(1), record(2), record(3))
    _rebuilt(agency)
    assert _page(agency, 2).read_text("utf-8") == notice


def test_both_trees_forget_what_was_withdrawn(agency: Path) -> None:
    _rebuilt(agency)
    revoked = record(2, events=[{"kind": "确认违法", "effective_on": "2026-11-18"}])
    write_jsonl(agency / "exports", record(1), revoked, record(3))
    _rebuilt(agency)
    for path in (agency / "site").rglob("*"):
        if path.is_file():
            assert "第2建材".encode() not in path.read_bytes(), path
    for path in (agency / "state").rglob("*"):
        if path.is_file() and "work" in path.parts:
            assert "第2建材".encode() not in path.read_bytes(), path


def test_too_many_removals_at_once_stop_the_run(agency: Path) -> None:
    write_jsonl(agency / "exports", *(record(number) for number in range(1, 13)))
    _rebuilt(agency)
    old = _site(agency)
    write_jsonl(agency / "exports", *(record(n, procedure="简易程序") for n in range(1, 13)))
    stopped = run_gongshi(agency, "rebuild", *TODAY)
    assert stopped.returncode == ExitCode.BRAKE
    assert _site(agency) == old


def test_five_years_later_the_page_is_gone_with_a_neutral_notice(agency: Path) -> None:
    _rebuilt(agency)
    later = run_gongshi(agency, "rebuild", "--today", "2031-11-20")
    assert later.returncode == 0, later.stderr
    notice = _page(agency, 1).read_text("utf-8")
    assert "期满" in notice
    assert "第1建材" not in b"".join(_site(agency).values()).decode("utf-8", "replace")
    assert later.stdout.strip().splitlines()[-1].endswith("期满 3")


def test_a_decision_without_its_reviews_is_held_and_told_how_to_go_on(agency: Path) -> None:
    write_jsonl(agency / "exports", record(1, secrecy_review=None, legal_review=None))
    told = run_gongshi(agency, "check", *TODAY)
    assert told.returncode == ExitCode.NOTHING_PUBLISHED
    assert "审查表" in told.stdout
    assert "待核 1" in told.stdout
    built = run_gongshi(agency, "rebuild", *TODAY)
    assert built.returncode == ExitCode.NOTHING_PUBLISHED
    assert not _page(agency, 1).exists()


def test_a_notice_leads_to_the_decision_that_took_its_place(agency: Path) -> None:
    _rebuilt(agency)
    later = record(4)["case_number"]
    changed = {"kind": "变更", "effective_on": "2026-11-18", "remade_as": later}
    write_jsonl(agency / "exports", record(1), record(2, events=[changed]), record(3))
    _rebuilt(agency)
    assert later not in _page(agency, 2).read_text("utf-8")
    write_jsonl(agency / "exports", record(1), record(2, events=[changed]), record(3), record(4))
    _rebuilt(agency)
    notice = _page(agency, 2).read_text("utf-8")
    assert later in notice
    assert f"decisions/2026/{_page(agency, 4).name}" in notice


def test_a_page_that_would_stop_the_build_is_told_of_before(agency: Path) -> None:
    (agency / "content" / "remedies.md").unlink()
    told = run_gongshi(agency, "check", *TODAY)
    assert told.returncode == 0, told.stderr
    assert "救济渠道" in told.stdout
    assert "content/remedies.md" in told.stdout
    assert run_gongshi(agency, "rebuild", *TODAY).returncode == ExitCode.BAD_SITE


_ON_ITS_PAGE = ("decision.html", "<article>", "record.case_number")
_ON_A_LIST = ("_list.html", '<p class="entry-what">', "row.case_number")


@pytest.mark.parametrize(
    "places", [(_ON_ITS_PAGE,), (_ON_A_LIST,), (_ON_ITS_PAGE, _ON_A_LIST)], ids=len
)
def test_a_leak_of_one_decision_holds_it_and_releases_the_others(
    agency: Path, places: tuple[tuple[str, str, str], ...]
) -> None:
    write_jsonl(agency / "exports", *(record(number) for number in range(1, 25)))
    number = record(7)["case_number"]
    for template, before, of in places:
        _plant(agency, template, before, f"{{% if {of} == '{number}' %}}{WITNESS}{{% endif %}}")
    told = _rebuilt(agency)
    assert "新公示 23 · 待核 1" in told
    assert "公示 23 · 不予公开 0 · 待核 1" in told
    assert not _page(agency, 7).exists()
    assert _page(agency, 8).exists()
    assert "发布前核验" in run_gongshi(agency, "status", number, *TODAY).stdout
    assert "本次变动：无" in _rebuilt(agency)


def test_the_others_are_not_examined_again_when_one_leaks(agency: Path) -> None:
    write_jsonl(agency / "exports", *(record(number) for number in range(1, 25)))
    number = record(7)["case_number"]
    template, before, of = _ON_ITS_PAGE
    _plant(agency, template, before, f"{{% if {of} == '{number}' %}}{WITNESS}{{% endif %}}")
    done = run_gongshi(agency, "rebuild", *TODAY)
    assert re.findall(r"筛查和隐去 (\d+)", done.stdout + done.stderr) == ["24", "1"]


def test_leaks_of_many_decisions_stop_the_night(agency: Path) -> None:
    write_jsonl(agency / "exports", *(record(number) for number in range(1, 25)))
    template, before, of = _ON_ITS_PAGE
    _plant(agency, template, before, f"{{% if '1' in {of} %}}{WITNESS}{{% endif %}}")
    assert run_gongshi(agency, "rebuild", *TODAY).returncode == ExitCode.LEAK_FOUND
    assert not (agency / "site" / "current").exists()


def test_a_file_that_cannot_be_read_is_named_and_the_others_go_on(agency: Path) -> None:
    (agency / "exports" / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    (agency / "exports" / "旧.doc").write_bytes(b"old")
    told = _rebuilt(agency)
    assert told.strip().endswith("处罚决定 5 · 公示 3 · 不予公开 0 · 待核 2 · 撤下 0 · 期满 0")
    for name in ("坏.docx", "旧.doc"):
        assert f"导出有误：{name}" in told
    assert "DOCX" in told


def test_a_number_that_the_bureau_declares_public_comes_back_on_pages_that_did_not_change(
    agency: Path,
) -> None:
    number = "0570-5099123"
    write_jsonl(agency / "exports", record(1, penalty_text=f"罚款人民币贰仟元整，电话{number}"))
    _rebuilt(agency)
    assert number not in _page(agency, 1).read_text("utf-8")
    settings = agency / "gongshi.yaml"
    said = settings.read_text("utf-8")
    settings.write_text(said.replace("public_values: []", f"public_values: [{number}]"), "utf-8")
    _rebuilt(agency)
    assert number in _page(agency, 1).read_text("utf-8")
