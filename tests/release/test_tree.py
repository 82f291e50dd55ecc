"""One tree: it vouches only for what it has read back from the disk."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.domain.faults import BadSiteError
from pipeline.release.manifest import read_manifest, survey
from pipeline.release.tree import Tree


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "index.html").write_text("首页", "utf-8")
    return folder


def test_a_file_that_is_not_what_was_verified_is_not_vouched_for(source: Path) -> None:
    want = survey(source, {})
    other = {"index.html": replace(want["index.html"], sha256="0" * 64)}
    tree = Tree(source.with_name("blue"))
    with pytest.raises(BadSiteError, match=r"index\.html"):
        tree.bring_up_to(other, source)
    assert read_manifest(source.with_name("blue.manifest.json")) == {}
    assert tree.bring_up_to(want, source).changed == ()
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
