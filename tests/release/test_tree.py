"""One tree: it vouches for what was verified and for nothing that was written since."""

from pathlib import Path

import pytest

from pipeline.domain.faults import BadSiteError
from pipeline.release.manifest import digest, read_manifest, survey
from pipeline.release.tree import Tree
from tests.release.test_release import build


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "index.html").write_text("首页", "utf-8")
    return folder


def test_a_file_that_is_not_what_was_verified_is_not_vouched_for(source: Path) -> None:
    want = survey(source, {})
    (source / "index.html").write_text("改页", "utf-8")
    tree = Tree(source.with_name("blue"))
    with pytest.raises(BadSiteError, match=r"index\.html"):
        tree.bring_up_to(want, source)
    assert read_manifest(source.with_name("blue.manifest.json")) == {}
    want = survey(source, {})
    assert tree.bring_up_to(want, source).is_empty
    assert tree.survey() == want


def test_a_file_written_in_place_since_is_read_again(source: Path) -> None:
    noted = survey(source, {})
    (source / "index.html").write_text("改页", "utf-8")
    assert survey(source, noted)["index.html"].sha256 != noted["index.html"].sha256


def test_a_manifest_that_cannot_be_read_vouches_for_nothing(source: Path) -> None:
    tree = Tree(source.with_name("blue"))
    want = survey(source, {})
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
    want = survey(source, {})
    tree.bring_up_to(want, source)
    build(source, {"index.html": "首页", "a/1.html": "又甲"})
    monkeypatch.setattr("pipeline.release.manifest.digest", digest_noted)
    want = survey(source, want)
    tree.bring_up_to(want, source)
    assert set(read) == {"1.html"}
    assert tree.survey() == want
    assert not (tmp_path / "blue" / "b").exists()


def test_a_folder_that_a_stopped_run_left_empty_makes_room_for_a_page(tmp_path: Path) -> None:
    source = tmp_path / "out"
    build(source, {"a": "甲"})
    (tmp_path / "blue" / "a" / "b").mkdir(parents=True)
    tree = Tree(tmp_path / "blue")
    tree.bring_up_to(survey(source, {}), source)
    assert (tmp_path / "blue" / "a").read_text("utf-8") == "甲"
