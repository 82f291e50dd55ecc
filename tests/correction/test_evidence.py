"""Evidence is copied whole, under safe names, where nobody else may read it."""

import hashlib
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.correction import evidence
from pipeline.correction.evidence import altered, kept, safe_name
from pipeline.correction.words import CorrectionError
from pipeline.domain.correction import RequestNumber
from tests.correction.cases import request

NUMBER = RequestNumber("更正", 2026, 3)


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_copy_has_size_and_digest_and_nobody_else_may_read_it(tmp_path: Path) -> None:
    photograph = written(tmp_path, "照片 1.jpg", b"picture")
    folder = tmp_path / "state" / "corrections"
    with kept(folder, [photograph, photograph]) as copies:
        name = copies.place(NUMBER)
    assert [each.name for each in copies.files] == ["01-照片_1.jpg", "02-照片_1.jpg"]
    assert copies.files[0].size == 7
    assert copies.files[0].sha256 == hashlib.sha256(b"picture").hexdigest()
    for path in (folder, folder / name, *(folder / name).iterdir()):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)
    assert [entry.name for entry in folder.iterdir()] == ["2026-3-correction"]


def test_nothing_is_left_of_a_request_that_was_not_taken_in(tmp_path: Path) -> None:
    photograph = written(tmp_path, "照片.jpg", b"picture")
    folder = tmp_path / "corrections"
    with pytest.raises(KeyError), kept(folder, [photograph]):
        raise KeyError
    assert list(folder.iterdir()) == []


def test_a_folder_that_a_cut_off_run_left_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "corrections" / NUMBER.slug).mkdir(parents=True)
    written(tmp_path / "corrections" / NUMBER.slug, "01-a", b"old")
    with kept(tmp_path / "corrections", [written(tmp_path, "a", b"new")]) as copies:
        assert copies.place(NUMBER) == f"{NUMBER.slug}-2"
    assert (tmp_path / "corrections" / NUMBER.slug / "01-a").read_bytes() == b"old"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "01-passwd"),
        ("..\\..\\boot.ini", "01-boot.ini"),
        ("..", "01-材料"),
        ("", "01-材料"),
        (".bashrc", "01-bashrc"),
        ("a\x00b\n\x1b[31m.pdf", "01-a_b_31m.pdf"),
        ("\u202egpj.exe", "01-gpj.exe"),
        ("-rf *;$(x).txt", "01-rf_(x).txt"),
        ("证据（一）.pdf", "01-证据(一).pdf"),
        ("长" * 300 + ".pdf", "01-" + "长" * 40 + ".pdf"),
    ],
)
def test_a_name_cannot_leave_the_folder_or_steer_anything(name: str, safe: str) -> None:
    assert safe_name(name, 1) == safe
    assert len(safe.encode()) < 200


def test_no_pipe_folder_or_missing_file_is_taken(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for source in (tmp_path / "pipe", tmp_path, tmp_path / "secret-name"):
        with (
            pytest.raises(CorrectionError, match="第 1 个证明材料") as refused,
            kept(tmp_path / "state", [source]),
        ):
            pass
        assert "secret-name" not in str(refused.value)


def test_what_is_too_large_or_too_many_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence, "LARGEST", 10)
    monkeypatch.setattr(evidence, "ALL_TOGETHER", 15)
    small, large = written(tmp_path, "a", b"x" * 8), written(tmp_path, "b", b"x" * 11)
    for sources in ([large], [small, small], [small] * 51):
        with pytest.raises(CorrectionError), kept(tmp_path / "state", sources):
            pass
    assert list((tmp_path / "state").iterdir()) == []


def test_a_copy_that_was_altered_or_lost_shows(tmp_path: Path) -> None:
    with kept(tmp_path / "state", [written(tmp_path, n, b"x") for n in "abc"]) as copies:
        folder = copies.place(NUMBER)
    made = request()
    made = replace(made, asked=replace(made.asked, evidence=copies.files, folder=folder))
    assert altered(tmp_path / "state", made) == ()
    (tmp_path / "state" / folder / "01-a").write_bytes(b"y")
    (tmp_path / "state" / folder / "03-c").unlink()
    assert altered(tmp_path / "state", made) == ("01-a", "03-c")
