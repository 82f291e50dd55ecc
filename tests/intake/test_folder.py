"""The walk over an export folder: real files, real links, real permissions."""

import hashlib
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from pipeline.domain.faults import BadExportError
from pipeline.intake.folder import _read_through, list_folder, measure_file, read_file
from pipeline.intake.model import UnreadableFileError


def test_lists_files_sorted_with_their_folders_and_without_temporary_ones(tmp_path: Path) -> None:
    (tmp_path / "乙").mkdir()
    for name in ("b.txt", "a.txt", "乙/c.txt", "~$b.docx", ".DS_Store", "Thumbs.db", "desktop.ini"):
        (tmp_path / name).write_text("x")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("x")
    listing = list_folder(tmp_path)
    assert listing.names == ("a.txt", "b.txt", "乙/c.txt")
    assert listing.refused == ()


@pytest.mark.parametrize("target", ["/etc/passwd", "../outside.txt", "inside.txt", "nowhere"])
def test_refuses_every_link_wherever_it_points(tmp_path: Path, target: str) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    (tmp_path / "outside.txt").write_text("x")
    (folder / "inside.txt").write_text("x")
    (folder / "link.txt").symlink_to(target)
    listing = list_folder(folder)
    assert listing.names == ("inside.txt",)
    ((name, fault),) = listing.refused
    assert name == "link.txt"
    assert "链接" in fault.problem


def test_refuses_a_linked_folder(tmp_path: Path) -> None:
    (tmp_path / "export").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "secret.txt").write_text("x")
    (tmp_path / "export" / "sub").symlink_to(tmp_path / "other")
    listing = list_folder(tmp_path / "export")
    assert listing.names == ()
    assert [name for name, _ in listing.refused] == ["sub"]


def test_refuses_a_path_that_climbs_out_or_runs_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "export").mkdir()
    (tmp_path / "outside.txt").write_text("x")
    (tmp_path / "export" / "sub").symlink_to(tmp_path)
    for name in ("../outside.txt", "sub/outside.txt"):
        with pytest.raises(UnreadableFileError, match="导出文件夹之外"):
            read_file(tmp_path / "export", name)


def test_refuses_a_pipe_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    listing = list_folder(tmp_path)
    assert listing.names == ()
    assert "不是普通文件" in listing.refused[0][1].problem
    with pytest.raises(UnreadableFileError, match="不是普通文件"):
        read_file(tmp_path, "a.txt")


def test_refuses_a_name_that_cannot_be_shown_and_does_not_print_it(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[31m\n.txt").write_text("x")
    listing = list_folder(tmp_path)
    assert listing.names == ()
    assert listing.refused[0][1].place.file == "a?[31m?.txt"


def test_refuses_a_name_in_another_encoding(tmp_path: Path) -> None:
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xb4\xa6\xb7\xa3.txt"))).write_text("x")
    listing = list_folder(tmp_path)
    assert listing.names == ()
    assert str(listing.refused[0][1]).encode()


def test_reads_bytes_and_their_hash(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"abc")
    file = read_file(tmp_path, "a.txt")
    assert file.content == b"abc"
    assert file.digest == hashlib.sha256(b"abc").hexdigest()
    assert measure_file(tmp_path, "a.txt") == (3, file.digest)


def test_refuses_a_file_above_the_limit_and_takes_one_at_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * 11)
    assert read_file(tmp_path, "a.txt", limit=11).content
    with pytest.raises(UnreadableFileError, match="文件过大"):
        read_file(tmp_path, "a.txt", limit=10)


def append(path: Path) -> None:
    with path.open("ab") as stream:
        stream.write(b"more")


def cut(path: Path) -> None:
    os.truncate(path, 10)


def replace(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(path.read_bytes())
    other.replace(path)


def rewrite(path: Path) -> None:
    path.write_bytes(b"y" * path.stat().st_size)
    os.utime(path, ns=(0, 0))


def remove(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("change", [append, cut, replace, rewrite, remove])
def test_a_file_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 3_000_000)
    parts: list[bytes] = []

    def take(part: bytes) -> None:
        if not parts:
            change(path)
        parts.append(part)

    with pytest.raises(UnreadableFileError, match=r"正在被修改|不存在"):
        _read_through(tmp_path, "a.txt", 10_000_000, take)


def test_a_file_that_another_program_writes_to_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 16_000_000)
    stop = threading.Event()

    def grow() -> None:
        with path.open("ab", buffering=0) as stream:
            while not stop.is_set():
                stream.write(b"y" * 64)

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        with pytest.raises(UnreadableFileError, match="正在被修改"):
            _read_again_and_again(tmp_path)
    finally:
        stop.set()
        writer.join()


def _read_again_and_again(folder: Path) -> None:
    """Read often: a busy machine may not let the writer in during one read."""
    for _ in range(200):
        read_file(folder, "a.txt")


@pytest.fixture
def ordinary_user() -> Iterator[None]:
    """Root may read everything; the test then runs as nobody."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    yield
    os.seteuid(0)


def test_a_file_or_folder_without_permission_is_a_fault(request: pytest.FixtureRequest) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "sub").mkdir()
        (folder / "a.txt").write_bytes(b"x")
        (folder / "a.txt").chmod(0)
        (folder / "sub").chmod(0)
        request.getfixturevalue("ordinary_user")
        with pytest.raises(UnreadableFileError, match="读取权限"):
            read_file(folder, "a.txt")
        listing = list_folder(folder)
        assert [fault.problem for _, fault in listing.refused] == ["文件夹没有读取权限"]
        if os.getuid() == 0:
            os.seteuid(0)
        (folder / "sub").chmod(0o700)


def test_a_file_that_has_gone_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="不存在或没有读取权限"):
        read_file(tmp_path, "gone.txt")


def test_a_folder_that_is_not_there_refuses_the_export(tmp_path: Path) -> None:
    with pytest.raises(BadExportError, match="找不到导出文件夹"):
        list_folder(tmp_path / "nowhere")
