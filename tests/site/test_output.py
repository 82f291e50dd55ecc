"""The output folder: only what changed is written, and never in place."""

import os
from pathlib import Path

import pytest

from pipeline.domain.faults import BadSiteError
from pipeline.site.output import Changes, Output
from pipeline.site.writing import write


def build(root: Path, files: dict[str, tuple[str, bytes]]) -> Changes:
    output = Output(root / "site", root / "state.sqlite")
    for path, (inputs, content) in files.items():
        output.put(path, inputs, lambda content=content: content)  # type: ignore[misc]
    return output.finish()


def test_equal_inputs_are_not_rendered_again(tmp_path: Path) -> None:
    build(tmp_path, {"a.html": ("1", b"one")})
    output = Output(tmp_path / "site", tmp_path / "state.sqlite")
    output.put("a.html", "1", lambda: pytest.fail("rendered without need"))
    assert output.finish() == Changes((), (), 1)


def test_other_inputs_with_the_same_bytes_leave_the_file_alone(tmp_path: Path) -> None:
    build(tmp_path, {"a.html": ("1", b"one")})
    before = (tmp_path / "site/a.html").stat()
    assert build(tmp_path, {"a.html": ("2", b"one")}) == Changes((), (), 1)
    assert (tmp_path / "site/a.html").stat().st_ino == before.st_ino


def test_a_changed_file_is_a_new_file(tmp_path: Path) -> None:
    build(tmp_path, {"d/a.html": ("1", b"one")})
    os.link(tmp_path / "site/d/a.html", tmp_path / "linked")
    assert build(tmp_path, {"d/a.html": ("2", b"two")}).written == ("d/a.html",)
    assert (tmp_path / "linked").read_bytes() == b"one"
    assert (tmp_path / "site/d/a.html").read_bytes() == b"two"


def test_files_and_folders_that_nothing_lists_go(tmp_path: Path) -> None:
    build(tmp_path, {"a.html": ("1", b"a"), "d/e/b.html": ("1", b"b"), "d/c.html": ("1", b"c")})
    (tmp_path / "site/d/stray").symlink_to("/")
    changes = build(tmp_path, {"a.html": ("1", b"a"), "d/c.html": ("1", b"c")})
    assert changes == Changes((), ("d/e/b.html", "d/stray"), 2)
    assert sorted(path.name for path in (tmp_path / "site").rglob("*")) == ["a.html", "c.html", "d"]


@pytest.mark.parametrize("touch", ["changed", "removed", "same-size"])
def test_a_file_that_someone_touched_is_written_again(tmp_path: Path, touch: str) -> None:
    build(tmp_path, {"a.html": ("1", b"one")})
    page = tmp_path / "site/a.html"
    page.unlink()
    if touch != "removed":
        page.write_bytes(b"eno" if touch == "same-size" else b"something else")
    assert build(tmp_path, {"a.html": ("1", b"one")}).written == ("a.html",)
    assert page.read_bytes() == b"one"


def test_a_build_that_stopped_half_way_is_put_right(tmp_path: Path) -> None:
    build(tmp_path, {"a.html": ("1", b"one"), "b.html": ("1", b"one")})
    stopped = Output(tmp_path / "site", tmp_path / "state.sqlite")
    stopped.put("a.html", "2", lambda: b"two")
    assert build(tmp_path, {"a.html": ("1", b"one"), "b.html": ("1", b"one")}).written == (
        "a.html",
    )
    assert (tmp_path / "site/a.html").read_bytes() == b"one"


@pytest.mark.parametrize("path", ["../a.html", "/a.html", "d/../../a.html", "d\\a.html"])
def test_no_path_leaves_the_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(BadSiteError, match="越出"):
        build(tmp_path, {path: ("1", b"one")})


def test_an_address_is_given_once(tmp_path: Path) -> None:
    output = Output(tmp_path / "site", tmp_path / "state.sqlite")
    output.put("a.html", "1", lambda: b"one")
    with pytest.raises(BadSiteError, match="同一地址"):
        output.put("a.html", "1", lambda: b"one")


@pytest.mark.parametrize("left", [b"on", b"one", None], ids=["half", "whole", "unlinked"])
@pytest.mark.parametrize("there", [None, (3, 1)], ids=["new", "known"])
def test_what_a_killed_process_left_is_no_hindrance(
    tmp_path: Path, left: bytes | None, there: tuple[int, int] | None
) -> None:
    if left is not None:
        (tmp_path / "a.html").write_bytes(left)
    written = write(tmp_path, "a.html", b"one", there)
    assert (tmp_path / "a.html").read_bytes() == b"one"
    assert (written is None) == (left == b"one" and there is not None)
