"""A file of JSON Lines is read line by line; a second look finds the very same lines or refuses."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.intake.lines import ChangedError, LineFile
from pipeline.intake.model import UnreadableFileError

NAME = "处罚.jsonl"
LIMIT = 1_000_000


def written(folder: Path, content: bytes) -> Path:
    path = folder / NAME
    path.write_bytes(content)
    return path


def lines_of(file: LineFile) -> list[bytes]:
    return [line for _, line in file]


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (b"", []),
        (b"\n", [b""]),
        (b"{}", [b"{}"]),
        (b"{}\n", [b"{}"]),
        (b"{}\n[]", [b"{}", b"[]"]),
        (b"{}\r\n[]\r\n", [b"{}\r", b"[]\r"]),
        (b"\n\n{}\n\n", [b"", b"", b"{}", b""]),
        (b"\xef\xbb\xbf{}\n[]\n", [b"{}", b"[]"]),
        (b"\xef\xbb\xbf", [b""]),
        ("一\u2028二\x0b三\n".encode(), ["一\u2028二\x0b三".encode()]),
    ],
    ids=[
        "no line", "an empty line", "no break at the end", "one line", "two lines", "CRLF",
        "empty lines between", "a byte-order mark", "nothing but a mark", "other breaks",
    ],
)  # fmt: skip
def test_a_line_ends_at_a_line_feed_and_nowhere_else(
    tmp_path: Path, content: bytes, lines: list[bytes]
) -> None:
    written(tmp_path, content)
    assert lines_of(LineFile(tmp_path, NAME, LIMIT)) == lines
    assert lines_of(LineFile(tmp_path, NAME, LIMIT).recoded()) == lines


@settings(deadline=None)
@given(texts=st.lists(st.text()), mark=st.booleans())
def test_the_lines_of_a_second_look_are_those_of_the_first(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], mark: bool
) -> None:
    folder = tmp_path_factory.mktemp("export")
    content = "\n".join(text.encode("utf-8", "replace").decode() for text in texts).encode()
    written(folder, b"\xef\xbb\xbf" * mark + content)
    file = LineFile(folder, NAME, LIMIT)
    first = list(file)
    assert list(file.again(at for at, _ in first)) == [line for _, line in first]
    assert list(file.again(at for at, _ in first[::-2])) == [line for _, line in first[::-2]]


def test_lines_of_another_encoding_are_given_in_utf8_both_times(tmp_path: Path) -> None:
    text = "云岭县综合行政执法局对当事人作出行政处罚决定\n罚款人民币二千元\n"
    written(tmp_path, text.encode("gb18030"))
    file = LineFile(tmp_path, NAME, LIMIT).recoded()
    first = list(file)
    assert [line.decode() for _, line in first] == text.splitlines()
    assert list(file.again(at for at, _ in first)) == [line for _, line in first]


def _append(path: Path) -> None:
    with path.open("ab") as stream:
        stream.write(b"{}\n")


def _cut(path: Path) -> None:
    os.truncate(path, 1)


def _rewrite(path: Path) -> None:
    path.write_bytes(path.read_bytes().swapcase())
    os.utime(path, ns=(1, 1))


def _replace(path: Path) -> None:
    copy = path.with_name("copy")
    copy.write_bytes(path.read_bytes())
    status = path.stat()
    os.utime(copy, ns=(status.st_atime_ns, status.st_mtime_ns))
    copy.replace(path)


CHANGES = [_append, _cut, _rewrite, _replace]


@pytest.mark.parametrize("change", CHANGES)
def test_a_file_that_changed_since_the_first_look_gives_no_line(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    path = written(tmp_path, b"{}\n[]\n")
    file = LineFile(tmp_path, NAME, LIMIT)
    places = [at for at, _ in file]
    change(path)
    with pytest.raises(ChangedError):
        next(file.again(places))


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("again", [False, True])
def test_a_file_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, change: Callable[[Path], None], again: bool
) -> None:
    path = written(tmp_path, (b" " * 99_999 + b"\n") * 30)
    file = LineFile(tmp_path, NAME, 10_000_000)
    first = iter(file)
    if again:
        places = [at for at, _ in first]
        lines = file.again(places)
        next(lines)
        change(path)
        with pytest.raises(UnreadableFileError, match="正在被修改"):
            list(lines)
    else:
        next(first)
        change(path)
        with pytest.raises(UnreadableFileError, match="正在被修改"):
            list(first)


def test_a_file_is_held_against_the_digest_that_it_is_said_to_have(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf{}\r\n[]"
    written(tmp_path, content)
    right = hashlib.sha256(content).hexdigest()
    for file in (LineFile(tmp_path, NAME, LIMIT, right), LineFile(tmp_path, NAME, LIMIT, "0" * 64)):
        for each in (file, file.recoded()):
            if file.digest == right:
                assert lines_of(each) == [b"{}\r", b"[]"]
            else:
                with pytest.raises(ChangedError):
                    lines_of(each)


def test_a_file_above_the_limit_is_not_opened_for_its_lines(tmp_path: Path) -> None:
    written(tmp_path, b"{}\n" * 10)
    with pytest.raises(UnreadableFileError, match="文件过大"):
        lines_of(LineFile(tmp_path, NAME, 29))
