"""Releasing a site: by difference, in one step, and without leaving anything behind."""

import errno
import os
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest

from pipeline import durable
from pipeline.domain.faults import BadSiteError
from pipeline.release import release
from pipeline.release.manifest import survey

OLD = {"index.html": "旧首页", "decisions/2021/1.html": "甲", "decisions/2021/2.html": "乙"}
NEW = {"index.html": "新首页", "decisions/2021/1.html": "甲", "decisions/2022/3.html": "丙"}


def build(tree: Path, pages: Mapping[str, str]) -> Path:
    """Write pages as the site writer does: unlink, then write."""
    for path in sorted(tree.rglob("*"), reverse=True) if tree.exists() else ():
        name = str(path.relative_to(tree))
        if path.is_file() and pages.get(name) != path.read_text("utf-8"):
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    for name, text in pages.items():
        path = tree / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    return tree


def seen(root: Path) -> dict[str, str]:
    """Return what a visitor sees."""
    return pages_of(root / "current")


def pages_of(tree: Path) -> dict[str, str]:
    return {
        str(path.relative_to(tree)): path.read_text("utf-8")
        for path in tree.rglob("*")
        if path.is_file()
    }


def test_a_first_release_shows_the_whole_site(tmp_path: Path) -> None:
    done = release(build(tmp_path / "out", OLD), tmp_path / "www")
    assert seen(tmp_path / "www") == OLD
    assert done.files == len(OLD)
    assert done.added == tuple(sorted(OLD))


def test_a_release_tells_what_it_added_changed_and_removed(tmp_path: Path) -> None:
    release(build(tmp_path / "out", OLD), tmp_path / "www")
    done = release(build(tmp_path / "out", NEW), tmp_path / "www")
    assert seen(tmp_path / "www") == NEW
    assert done.added == ("decisions/2022/3.html",)
    assert done.changed == ("index.html",)
    assert done.removed == ("decisions/2021/2.html",)


def test_a_removed_page_is_in_neither_tree(tmp_path: Path) -> None:
    release(build(tmp_path / "out", OLD), tmp_path / "www")
    release(build(tmp_path / "out", NEW), tmp_path / "www")
    for colour in ("blue", "green"):
        assert pages_of(tmp_path / "www" / "releases" / colour) == NEW


def test_an_equal_site_is_released_without_a_switch(tmp_path: Path) -> None:
    first = release(build(tmp_path / "out", OLD), tmp_path / "www")
    link = (tmp_path / "www" / "current").lstat()
    again = release(tmp_path / "out", tmp_path / "www")
    assert (tmp_path / "www" / "current").lstat() == link
    assert again.tree == first.tree
    assert (again.added, again.changed, again.removed) == ((), (), ())


def test_the_switch_alternates_between_the_two_trees(tmp_path: Path) -> None:
    trees = [
        release(build(tmp_path / "out", pages), tmp_path / "www").tree.name
        for pages in (OLD, NEW, OLD)
    ]
    assert trees == ["blue", "green", "blue"]


def test_a_folder_may_become_a_page_and_a_page_a_folder(tmp_path: Path) -> None:
    release(build(tmp_path / "out", {"a/b": "1", "c": "2"}), tmp_path / "www")
    release(build(tmp_path / "out", {"a": "3", "c/d": "4"}), tmp_path / "www")
    assert seen(tmp_path / "www") == {"a": "3", "c/d": "4"}


def test_a_page_changed_in_the_public_tree_is_put_right(tmp_path: Path) -> None:
    done = release(build(tmp_path / "out", OLD), tmp_path / "www")
    page = done.tree / "index.html"
    page.unlink()
    page.write_text("被改", "utf-8")
    release(tmp_path / "out", tmp_path / "www")
    assert seen(tmp_path / "www") == OLD


def test_a_tree_on_another_disk_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def far(*_: object, **__: object) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", far)
    for pages in (OLD, NEW):
        release(build(tmp_path / "out", pages), tmp_path / "www")
        assert seen(tmp_path / "www") == pages


def test_a_release_of_many_files_is_synced_in_one_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(durable, "MANY", 2)
    release(build(tmp_path / "out", OLD), tmp_path / "www")
    assert seen(tmp_path / "www") == OLD


def test_files_other_than_the_verified_ones_are_not_released(tmp_path: Path) -> None:
    out = build(tmp_path / "out", OLD)
    verified = survey(out, dict)
    release(out, tmp_path / "www", verified=verified)
    build(out, NEW)
    with pytest.raises(BadSiteError, match="核验之后"):
        release(out, tmp_path / "www", verified=verified)
    assert seen(tmp_path / "www") == OLD


def test_an_empty_site_is_not_released(tmp_path: Path) -> None:
    release(build(tmp_path / "out", OLD), tmp_path / "www")
    with pytest.raises(BadSiteError, match="空"):
        release(build(tmp_path / "empty", {"x": "1"}).parent / "nothing", tmp_path / "www")
    build(tmp_path / "out", {})
    with pytest.raises(BadSiteError, match="空"):
        release(tmp_path / "out", tmp_path / "www")
    assert seen(tmp_path / "www") == OLD


def test_a_link_in_the_site_is_refused(tmp_path: Path) -> None:
    out = build(tmp_path / "out", OLD)
    (out / "leak").symlink_to("/etc/hostname")
    with pytest.raises(BadSiteError, match="链接"):
        release(out, tmp_path / "www")


def test_a_folder_in_the_place_of_the_link_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "www" / "current").mkdir(parents=True)
    with pytest.raises(BadSiteError, match="current"):
        release(build(tmp_path / "out", OLD), tmp_path / "www")


def test_a_disk_that_refuses_leaves_the_old_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release(build(tmp_path / "out", OLD), tmp_path / "www")
    build(tmp_path / "out", NEW)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "link", full)
    with pytest.raises(BadSiteError, match="发布未完成"):
        release(tmp_path / "out", tmp_path / "www")
    assert seen(tmp_path / "www") == OLD
    monkeypatch.undo()
    release(tmp_path / "out", tmp_path / "www")
    assert seen(tmp_path / "www") == NEW


def test_a_visitor_always_finds_a_whole_page(tmp_path: Path) -> None:
    """Read the home page without pause while two sites take turns."""
    release(build(tmp_path / "out", OLD), tmp_path / "www")
    stop, found = threading.Event(), set()

    def visit() -> None:
        while not stop.is_set():
            found.add((tmp_path / "www" / "current" / "index.html").read_text("utf-8"))

    visitor = threading.Thread(target=visit)
    visitor.start()
    for turn in range(20):
        release(build(tmp_path / "out", OLD if turn % 2 else NEW), tmp_path / "www")
    stop.set()
    visitor.join()
    assert found == {"旧首页", "新首页"}
