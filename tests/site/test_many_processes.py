"""The pages that other processes render are those that this one would."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipeline.domain.faults import BadSiteError
from pipeline.domain.public import PublicRecord
from pipeline.settings import Settings
from pipeline.site.build import build_site
from pipeline.site.output import Changes
from pipeline.workers.model import HERE, Workers
from pipeline.workers.processes import Processes
from tests.site.builders import COMPANY, PERSON, SAMPLE, SHOP, project, published, settings_in

PARTIES = (COMPANY, PERSON, SHOP)
MANY = (
    *SAMPLE,
    *(
        published(n, party=PARTIES[n % 3], on=date(2020 + n % 6, 1, 1) + timedelta(days=n % 90))
        for n in range(10, 330)
    ),
)
"""Enough, in enough years, that other processes render pages and read blocks of the index."""


def build_with(
    workers: Workers,
    root: Path,
    records: tuple[PublicRecord, ...] = MANY,
    own: Settings | None = None,
) -> Changes:
    projection = project(root / "state" / "public.sqlite", records)
    site = root / "site"
    return build_site(own or settings_in(root), projection, site, workers=workers).changes


def tree(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_two_processes_build_the_same_site(tmp_path: Path) -> None:
    build_with(HERE, tmp_path / "one")
    build_with(Processes(2), tmp_path / "two")
    assert tree(tmp_path / "one" / "site") == tree(tmp_path / "two" / "site")


def test_only_what_changed_is_rendered_whoever_renders(tmp_path: Path) -> None:
    build_with(Processes(2), tmp_path)
    changed = published(10, party=COMPANY, on=date(2026, 5, 5))
    before = build_with(HERE, tmp_path)
    assert before.written == ()
    written = build_with(Processes(2), tmp_path, (*MANY[:7], changed, *MANY[8:])).written
    pages = [path for path in written if path.startswith("decisions/")]
    assert f"decisions/{changed.slug}.html" in pages
    assert len(pages) < 20


def test_a_template_that_is_broken_in_another_process_stops_the_build(tmp_path: Path) -> None:
    folder = tmp_path / "own" / "templates"
    folder.mkdir(parents=True)
    (folder / "decision.html").write_text("{{ no_such_value }}")
    settings = settings_in(tmp_path)
    own = replace(settings, folders=replace(settings.folders, theme=tmp_path / "own"))
    with pytest.raises(BadSiteError, match="模板有误：'no_such_value' is undefined"):
        build_with(Processes(2), tmp_path, own=own)


@pytest.mark.parametrize("workers", [HERE, Processes(2)])
def test_a_disk_that_refuses_is_told_alike_whoever_writes(tmp_path: Path, workers: Workers) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "decisions").write_text("a file where a folder should be")
    with pytest.raises(BadSiteError, match=r"^网站没有建成：\S+/decisions/\S+ Not a directory$"):
        build_with(workers, tmp_path)
