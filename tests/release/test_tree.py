"""One tree: it vouches for what was verified and for nothing that was written since."""

import os
from pathlib import Path

import pytest

from pipeline.domain.faults import BadSiteError
from pipeline.release.manifest import Beside, digest, read_manifest, survey
from pipeline.release.tree import Tree
from tests.release.test_release import build


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "index.html").write_text("首页", "utf-8")
    return folder


def test_a_file_that_is_not_what_was_verified_is_not_vouched_for(source: Path) -> None:
    want = survey(source, dict)
    (source / "index.html").write_text("改页", "utf-8")
    tree = Tree(source.with_name("blue"))
    with pytest.raises(BadSiteError, match=r"index\.html"):
        tree.bring_up_to(want, source)
    assert read_manifest(source.with_name("blue.manifest.json")) == {}
    want = survey(source, dict)
    assert tree.bring_up_to(want, source).is_empty
    assert tree.survey() == want


def test_a_file_written_in_place_since_is_read_again(source: Path) -> None:
    noted = survey(source, dict)
    (source / "index.html").write_text("改页", "utf-8")
    assert survey(source, lambda: noted)["index.html"].sha256 != noted["index.html"].sha256


def test_a_manifest_that_cannot_be_read_vouches_for_nothing(source: Path) -> None:
    tree = Tree(source.with_name("blue"))
    want = survey(source, dict)
    tree.bring_up_to(want, source)
    note = source.with_name("blue.manifest.json")
    for content in (b"", b"{", b'{"index.html": 3}'):
        note.write_bytes(content)
        assert read_manifest(note) == {}
        assert tree.bring_up_to(want, source).is_empty
        assert read_manifest(note) == tree.survey()


def test_of_a_tree_in_which_one_page_changed_only_that_page_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def digest_noted(path: Path) -> str:
        read.append(path.name)
        return digest(path)

    source = tmp_path / "out"
    build(source, {"index.html": "首页", "a/1.html": "甲", "b/2.html": "乙"})
    tree = Tree(tmp_path / "blue")
    want = survey(source, dict)
    tree.bring_up_to(want, source)
    build(source, {"index.html": "首页", "a/1.html": "又甲"})
    monkeypatch.setattr("pipeline.release.manifest.digest", digest_noted)
    before = want
    want = survey(source, lambda: before)
    tree.bring_up_to(want, source)
    assert set(read) == {"1.html"}
    assert tree.survey() == want
    assert not (tmp_path / "blue" / "b").exists()


def test_a_file_that_links_to_the_one_beside_needs_no_look_of_its_own(source: Path) -> None:
    tree = Tree(source.with_name("blue"))
    want = survey(source, dict)
    tree.bring_up_to(want, source)
    source.with_name("blue.manifest.json").unlink()
    assert tree.survey(Beside.of(source, want))["index.html"] is want["index.html"]


def test_a_file_put_in_the_place_of_a_link_is_read_whatever_its_size_and_time(source: Path) -> None:
    tree = Tree(source.with_name("blue"))
    want = survey(source, dict)
    tree.bring_up_to(want, source)
    page = tree.folder / "index.html"
    before = page.stat()
    page.unlink()
    page.write_text("改页", "utf-8")
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert page.stat().st_size == before.st_size
    found = tree.survey(Beside.of(source, want))
    assert found["index.html"].sha256 == digest(page) != want["index.html"].sha256


def test_nothing_is_taken_for_a_file_on_another_disk(source: Path) -> None:
    tree = Tree(source.with_name("blue"))
    want = survey(source, dict)
    tree.bring_up_to(want, source)
    far = Beside(source.stat().st_dev + 1, want)
    assert tree.survey(far)["index.html"] is not want["index.html"]
    assert tree.survey(far) == want


def test_a_folder_that_a_stopped_run_left_empty_makes_room_for_a_page(tmp_path: Path) -> None:
    source = tmp_path / "out"
    build(source, {"a": "甲"})
    (tmp_path / "blue" / "a" / "b").mkdir(parents=True)
    tree = Tree(tmp_path / "blue")
    tree.bring_up_to(survey(source, dict), source)
    assert (tmp_path / "blue" / "a").read_text("utf-8") == "甲"
