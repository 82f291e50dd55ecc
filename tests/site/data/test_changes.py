"""What is written when something changes, and what remains of a decision that is withdrawn."""

from datetime import date
from pathlib import Path

from pipeline.domain.public import CorrectionNote, PublicRecord, Standing
from tests.site.builders import build, gone, published

OPEN = ("data/", "api/", "feeds/", "sitemaps/", "lists/", "sitemap.xml")


def open_files(root: Path) -> dict[str, bytes]:
    site = root / "site"
    found = (file for file in site.rglob("*") if file.is_file())
    named = {file.relative_to(site).as_posix(): file.read_bytes() for file in found}
    return {path: content for path, content in named.items() if path.startswith(OPEN)}


def others() -> list[PublicRecord]:
    return [published(n, on=date(2024 + n % 3, 1 + n % 12, 5)) for n in range(1, 7)]


def test_what_is_withdrawn_or_expired_is_in_no_byte_of_the_data_the_same_night(
    tmp_path: Path,
) -> None:
    """Compared with a site that knows only the notices, and with one that never heard of them."""
    there = (published(50, on=date(2026, 3, 3)), published(51, on=date(2023, 3, 3)))
    left = (gone(50, Standing.WITHDRAWN), gone(51, Standing.EXPIRED))
    build(tmp_path / "a", [*others(), *there])
    build(tmp_path / "a", [*others(), *left])
    build(tmp_path / "b", [*others(), *left])
    build(tmp_path / "c", others())
    after, fresh, never = (open_files(tmp_path / name) for name in "abc")
    assert after == fresh
    assert after.keys() == never.keys()
    told = {path for path in after if after[path] != never[path]}
    assert told == {"api/v1/withdrawals.json", "feeds/withdrawals.atom"}
    assert not any(b"2023" in after[path] for path in told)


def test_only_the_year_of_what_changed_is_written_again(tmp_path: Path) -> None:
    build(tmp_path, others())
    written = build(tmp_path, [*others(), published(60, on=date(2026, 9, 9))]).changes.written
    years = {path for path in written if path.startswith(("data/20", "sitemaps/20"))}
    assert years == {"data/2026.csv", "data/2026.jsonl", "data/2026.xlsx", "sitemaps/2026.xml"}
    apis = {path for path in written if path.startswith("api/v1/decisions/")}
    assert apis == {f"api/v1/decisions/{published(60).slug}.json"}
    before = open_files(tmp_path)["data/index.json"]
    note = CorrectionNote(date(2026, 6, 6), "更正了日期。")
    corrected = published(1, on=date(2025, 2, 5), corrections=(note,))
    build(tmp_path, [corrected, *others()[1:], published(60, on=date(2026, 9, 9))])
    after = open_files(tmp_path)["data/index.json"]
    assert before.count(b'"version"') == 3
    parts = zip(before.split(b"},{"), after.split(b"},{"), strict=True)
    assert [old != new for old, new in parts] == [False, True, False]
