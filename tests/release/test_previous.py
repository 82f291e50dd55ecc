"""The way back: the tree before, without anything that has left the site or was corrected since."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.domain.faults import BadSiteError
from pipeline.release import Memory, Release, manifest, release, rollback

FACTS = "某商贸公司独有的事实"


def page(*links: str, words: str = "") -> str:
    anchors = "".join(f'<a href="{link}">看</a>' for link in links)
    return f"<html><body>{words}{anchors}</body></html>"


OLD = {
    "index.html": page("lists/1.html", "about.html", words="旧首页"),
    "about.html": page(words="旧栏目"),
    "lists/1.html": page("../decisions/2024/1-a.html", words="甲"),
    "lists/2.html": page("1.html", "../decisions/2024/2-b.html", words="旧列表"),
    "decisions/2024/1-a.html": page(words=FACTS),
    "decisions/2024/2-b.html": page(words="乙"),
    "data/all.xlsx": f"packed {FACTS}",
}
NEW = {
    "index.html": page("lists/2.html", "about.html", "new.html", words="新首页"),
    "about.html": page(words="新栏目"),
    "new.html": page(words="新页"),
    "lists/2.html": page("../decisions/2024/2-b.html", words="新列表"),
    "decisions/2024/1-a.html": page("../../new.html", words="已撤下"),
    "decisions/2024/2-b.html": page(words="乙"),
    "data/all.xlsx": "packed",
}
WITHDRAWN = frozenset({"2024/1-a", "某〔2024〕1号"})


class Site:
    """A site that is released as the program does: each release tells the next what it left."""

    def __init__(self, folder: Path) -> None:
        self.root, self.source = folder / "www", folder / "out"
        self.trees: frozenset[str] = frozenset()

    def publish(self, pages: dict[str, str], touched: frozenset[str] = frozenset()) -> Release:
        for path in sorted(self.source.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        for name, text in pages.items():
            (self.source / name).parent.mkdir(parents=True, exist_ok=True)
            (self.source / name).write_text(text, "utf-8")
        return self.told(release(self.source, self.root, memory=Memory(self.trees, touched)))

    def back(self, touched: frozenset[str] = frozenset()) -> Release:
        return self.told(rollback(self.root, memory=Memory(self.trees, touched)))

    def told(self, done: Release) -> Release:
        self.trees = frozenset(done.trees)
        return done

    def seen(self, tree: str = "current") -> dict[str, str]:
        folder = self.root / tree
        return {
            str(path.relative_to(folder)): path.read_text("utf-8")
            for path in folder.rglob("*")
            if path.is_file()
        }

    def holds(self, words: str) -> list[str]:
        return [
            str(path)
            for path in (self.root / "releases").rglob("*")
            if path.is_file() and words.encode() in path.read_bytes()
        ]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def test_the_tree_before_is_kept_to_go_back_to(site: Site) -> None:
    site.publish(OLD)
    site.publish(NEW)
    done = site.back()
    assert site.seen() == OLD
    assert done.files == len(OLD)
    assert "about.html" in done.changed
    site.back()
    assert site.seen() == NEW


def test_no_byte_of_a_withdrawn_decision_is_left_in_either_tree(site: Site) -> None:
    site.publish(OLD)
    site.publish(NEW, WITHDRAWN)
    assert site.holds(FACTS) == []


def test_what_was_withdrawn_does_not_come_back_with_the_tree_before(site: Site) -> None:
    site.publish(OLD)
    site.publish(NEW, WITHDRAWN)
    site.back()
    shown = site.seen()
    assert shown["about.html"] == OLD["about.html"]
    assert shown["decisions/2024/1-a.html"] == NEW["decisions/2024/1-a.html"]
    assert not any(FACTS in text for text in shown.values())


def test_every_link_of_the_tree_before_still_leads_somewhere(site: Site) -> None:
    """lists/1.html showed the decision and is gone: what led to it is taken from the new site."""
    site.publish(OLD)
    site.publish(NEW, WITHDRAWN)
    site.back()
    shown = site.seen()
    assert "lists/1.html" not in shown
    assert shown["index.html"] == NEW["index.html"]
    assert shown["lists/2.html"] == NEW["lists/2.html"]
    assert shown["new.html"] == NEW["new.html"]


def test_a_removal_is_applied_again_before_going_back(site: Site) -> None:
    """As after a release that was stopped before it had cleaned the tree before."""
    site.publish(OLD)
    site.publish(NEW)
    site.back(WITHDRAWN)
    assert site.holds(FACTS) == []


def test_an_old_copy_of_the_site_put_back_by_hand_is_not_kept(site: Site) -> None:
    site.publish(OLD)
    site.publish(NEW, WITHDRAWN)
    for name, text in OLD.items():
        path = site.root / "current" / name
        path.unlink(missing_ok=True)
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    site.publish(NEW)
    assert site.seen() == NEW
    assert site.holds(FACTS) == []
    with pytest.raises(BadSiteError, match="相同"):
        site.back()


def test_a_tree_that_was_altered_since_is_not_gone_back_to(site: Site) -> None:
    site.publish(OLD)
    done = site.publish(NEW)
    other = next(f for f in done.tree.parent.iterdir() if f.is_dir() and f != done.tree)
    (other / "index.html").unlink()
    (other / "index.html").write_text("被改", "utf-8")
    with pytest.raises(BadSiteError, match="不能退回"):
        site.back()
    assert site.seen() == NEW


def test_there_is_no_way_back_before_the_first_release(site: Site) -> None:
    with pytest.raises(BadSiteError, match="还没有"):
        site.back()
    site.publish(OLD)
    with pytest.raises(BadSiteError, match="相同"):
        site.back()


def test_after_going_back_the_next_release_goes_forward(site: Site) -> None:
    site.publish(OLD)
    site.publish(NEW)
    site.back()
    site.publish(NEW)
    assert site.seen() == NEW


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_the_web_server_may_read_the_site_whatever_the_umask(site: Site, mask: int) -> None:
    before = os.umask(mask)
    try:
        site.publish(OLD)
        site.publish(NEW, WITHDRAWN)
    finally:
        os.umask(before)
    trees = site.root / "releases"
    for path in [site.root, trees, *trees.rglob("*")]:
        mode = path.stat().st_mode & 0o777
        if path.is_dir():
            assert mode == 0o755
        elif path.parent != trees:
            assert mode == 0o644


def test_a_night_that_takes_something_out_looks_through_each_tree_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(tmp_path)
    site.publish(OLD)
    site.publish(OLD | {"about.html": page(words="又一栏目")})
    walked: list[str] = []
    walk = manifest._walk

    def walk_noted(tree: Path) -> Iterator[tuple[str, os.DirEntry[str], int]]:
        walked.append(tree.name)
        return walk(tree)

    monkeypatch.setattr(manifest, "_walk", walk_noted)
    assert site.publish(NEW, WITHDRAWN).removed
    assert sorted(walked) == ["blue", "green", "out"]
    for colour in ("blue", "green"):
        folder = tmp_path / "www" / "releases" / colour
        noted = manifest.read_manifest(folder.with_name(f"{colour}.manifest.json"))
        assert noted == manifest.survey(folder, dict)
