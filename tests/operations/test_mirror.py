"""Mirrors by a real rsync daemon, by a remote shell and by a plain folder."""

import os
import re
import shutil
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.domain.faults import BadSettingsError, NotDeployedError
from pipeline.operations.mirror import Brought, check, deploy, rsync
from pipeline.release import Memory, release
from pipeline.settings import Settings, load_settings
from tests.conftest import ROOT, Gongshi

pytestmark = pytest.mark.skipif(shutil.which("rsync") is None, reason="没有 rsync")

FIRST = {"index.html": "一", "d/1.html": "张某占道经营", "d/2.html": "李某", "list.csv": "1,2"}
SECOND = {"index.html": "二", "d/1.html": "撤下说明", "d/3.html": "王某", "list.csv": "2,3"}
TOUCHED = frozenset({"d/1", "张某"})
"""The decision that left between the two: nothing that shows it may stay anywhere."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "gongshi.yaml").write_text(
        f"site: {{name: 网}}\nagency: {{name: 局}}\nmirrors: [{tmp_path / 'mirror'}]\n", "utf-8"
    )
    return load_settings(tmp_path)


@pytest.fixture
def publish(settings: Settings) -> Iterator[Callable[..., None]]:
    """Yield a function that releases files as the nightly run does."""
    known: list[str] = []

    def made(files: dict[str, str], touched: frozenset[str] = frozenset()) -> None:
        tree = settings.folders.state / "work"
        for path in [*tree.rglob("*")] if tree.exists() else []:
            if path.is_file() and path.relative_to(tree).as_posix() not in files:
                path.unlink()
        for name, text in files.items():
            path = tree / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists() or path.read_text("utf-8") != text:
                fresh = path.with_suffix(".new")
                fresh.write_text(text, "utf-8")
                fresh.replace(path)
        memory = Memory(frozenset(known), touched)
        known[:] = release(tree, settings.folders.site, memory=memory).trees
        table = settings.folders.state / "nginx" / "gone.map"
        table.parent.mkdir(exist_ok=True)
        table.write_text(f"# {len(touched)}\n", "utf-8")

    mask = os.umask(0o022)
    yield made
    os.umask(mask)


def held(tree: Path) -> dict[str, str]:
    return {
        path.relative_to(tree).as_posix(): path.read_text("utf-8")
        for path in tree.rglob("*")
        if path.is_file()
    }


@contextmanager
def cut_off(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the connection break when the new tree is about to be sent."""

    def broken(*_: object) -> None:
        raise rsync.MirrorError("断在半路")

    with monkeypatch.context() as patch:
        patch.setattr(rsync, "bring", broken)
        yield


@pytest.fixture
def mirror(tmp_path: Path) -> Path:
    return tmp_path / "mirror"


def test_a_mirror_shows_the_same_site_and_anybody_may_read_it(
    settings: Settings, publish: Callable[..., None], mirror: Path
) -> None:
    publish(FIRST)
    assert deploy(settings) == (Brought(str(mirror), brought=4, is_new=True),)
    assert held(mirror / "current") == FIRST
    assert (mirror / "gone.map").exists()
    check(settings)
    for path in (mirror / "releases").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o755 if path.is_dir() else 0o644)
    assert deploy(settings) == (Brought(str(mirror)),)


def test_a_second_night_sends_what_changed_and_leaves_nothing_of_what_is_gone(
    settings: Settings, publish: Callable[..., None], mirror: Path
) -> None:
    publish(FIRST)
    deploy(settings)
    publish(SECOND, TOUCHED)
    (done,) = deploy(settings)
    assert held(mirror / "current") == SECOND
    assert done == Brought(str(mirror), brought=2, removed=2, is_new=True)
    for tree in (mirror / "releases").iterdir():
        assert "张某占道经营" not in held(tree).values()


def test_what_is_gone_leaves_the_public_tree_before_anything_is_sent(
    settings: Settings,
    publish: Callable[..., None],
    mirror: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publish(FIRST)
    deploy(settings)
    publish(SECOND, TOUCHED)

    with cut_off(monkeypatch), pytest.raises(NotDeployedError, match="断在半路"):
        deploy(settings)
    seen = held(mirror / "current")
    assert seen["d/1.html"] == "撤下说明"
    assert seen["index.html"] == "一"
    assert deploy(settings)[0].is_new
    assert held(mirror / "current") == SECOND


def test_a_mirror_that_missed_a_night_keeps_nothing_of_what_left_meanwhile(
    settings: Settings,
    publish: Callable[..., None],
    mirror: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What left was there when the mirror was last seen, and is in none of our trees now."""
    publish({**FIRST, "d/9.html": "赵某"})
    deploy(settings)
    publish(SECOND, TOUCHED | {"赵某", "d/9"})
    publish({**SECOND, "index.html": "三"})
    with cut_off(monkeypatch), pytest.raises(NotDeployedError, match="断在半路"):
        deploy(settings)
    seen = held(mirror / "current")
    assert "d/9.html" not in seen
    assert not {"张某占道经营", "赵某"} & set(seen.values())


def test_a_page_of_the_same_size_written_in_the_same_second_is_sent(
    settings: Settings, publish: Callable[..., None], mirror: Path
) -> None:
    publish({**FIRST, "n.html": "甲"})
    deploy(settings)
    publish({**FIRST, "n.html": "乙"})
    publish({**FIRST, "n.html": "丙"})
    deploy(settings)
    assert held(mirror / "current")["n.html"] == "丙"


def test_one_mirror_that_fails_stops_no_other(
    settings: Settings, publish: Callable[..., None], tmp_path: Path, gongshi: Gongshi
) -> None:
    publish(FIRST)
    (tmp_path / "file").write_text("", "utf-8")
    text = (tmp_path / "gongshi.yaml").read_text("utf-8")
    text = text.replace("mirrors: [", f"mirrors: [{tmp_path / 'file' / 'x'}, ")
    (tmp_path / "gongshi.yaml").write_text(text, "utf-8")
    done = gongshi(tmp_path, "deploy")
    assert done.returncode == 18
    assert f"{tmp_path / 'file' / 'x'}：" in done.stderr
    assert held(tmp_path / "mirror" / "current") == FIRST


def test_a_mirror_that_was_altered_is_found_and_mended(
    settings: Settings, publish: Callable[..., None], mirror: Path
) -> None:
    publish(FIRST)
    deploy(settings)
    page = mirror / "current" / "index.html"
    before = page.stat()
    page.write_text("X二"[:1] * 3, "utf-8")
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(NotDeployedError, match="1 个文件与本机不同"):
        check(settings)


def test_what_somebody_else_put_there_is_not_touched(
    settings: Settings, publish: Callable[..., None], mirror: Path
) -> None:
    publish(FIRST)
    (mirror / "current").mkdir(parents=True)
    with pytest.raises(NotDeployedError, match="不是链接"):
        deploy(settings)
    assert (mirror / "current").is_dir()


@pytest.mark.parametrize("line", ["mirrors: []", "mirrors: [{root}/site]", "mirrors: [{root}]"])
def test_a_mirror_must_be_another_place(tmp_path: Path, line: str) -> None:
    text = f"site: {{name: 网}}\nagency: {{name: 局}}\n{line.format(root=tmp_path)}\n"
    (tmp_path / "gongshi.yaml").write_text(text, "utf-8")
    if line.endswith("[{root}]"):
        assert load_settings(tmp_path).mirrors
        return
    with pytest.raises(BadSettingsError):
        deploy(load_settings(tmp_path))


@pytest.fixture
def daemon(tmp_path: Path) -> Iterator[str]:
    """Serve a module by a real rsync daemon; yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (tmp_path / "served").mkdir()
    who = "uid = root\ngid = root\n" if os.getuid() == 0 else ""
    (tmp_path / "rsyncd.conf").write_text(
        f"{who}port = {port}\naddress = 127.0.0.1\nuse chroot = no\n"
        f"lock file = {tmp_path / 'rsyncd.lock'}\nlog file = {tmp_path / 'rsyncd.log'}\n"
        f"[site]\npath = {tmp_path / 'served'}\nread only = no\nmunge symlinks = no\n",
        "utf-8",
    )
    command = ["rsync", "--daemon", "--no-detach", f"--config={tmp_path / 'rsyncd.conf'}"]
    with subprocess.Popen(command) as server:
        try:
            for _ in range(200):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)
            yield f"rsync://127.0.0.1:{port}/site"
        finally:
            server.terminate()


def _mirror_to(folder: Path, place: str) -> Settings:
    text = (folder / "gongshi.yaml").read_text("utf-8")
    text = re.sub(r"mirrors: .*", f"mirrors: ['{place}']", text)
    (folder / "gongshi.yaml").write_text(text, "utf-8")
    return load_settings(folder)


def test_an_rsync_daemon_is_brought_the_site(
    settings: Settings, publish: Callable[..., None], tmp_path: Path, daemon: str
) -> None:
    remote = _mirror_to(tmp_path, daemon)
    publish(FIRST)
    deploy(remote)
    publish(SECOND, TOUCHED)
    deploy(remote)
    check(remote)
    assert held(tmp_path / "served" / "current") == SECOND
    for tree in (tmp_path / "served" / "releases").iterdir():
        assert "张某占道经营" not in held(tree).values()


def test_a_remote_shell_is_used_as_the_settings_of_the_account_say(
    settings: Settings,
    publish: Callable[..., None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The shell here runs the real rsync on the other side, without a network in between."""
    shell = tmp_path / "shell"
    shell.write_text(f"#!{sys.executable}\nimport os, sys\nos.execvp(sys.argv[2], sys.argv[2:])\n")
    shell.chmod(0o755)
    monkeypatch.setenv("RSYNC_RSH", str(shell))
    remote = _mirror_to(tmp_path, f"host:{tmp_path / 'far'}")
    publish(FIRST)
    deploy(remote)
    assert held(tmp_path / "far" / "current") == FIRST


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="没有 ssh-keygen")
@pytest.mark.parametrize("were_unsigned", [False, True])
def test_the_signed_list_shows_what_was_altered(
    settings: Settings,
    publish: Callable[..., None],
    mirror: Path,
    tmp_path: Path,
    were_unsigned: bool,
) -> None:
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    with (tmp_path / "gongshi.yaml").open("a", encoding="utf-8") as stream:
        stream.write("signing_key: key\n")
    signers = tmp_path / "allowed_signers"
    signers.write_text(f"gongshi {key.with_suffix('.pub').read_text('utf-8')}", "utf-8")
    publish(FIRST)
    if were_unsigned:
        deploy(settings)
    deploy(load_settings(tmp_path))

    def verify() -> "subprocess.CompletedProcess[str]":
        script = ROOT / "deploy" / "verify-mirror"
        return subprocess.run(
            [script, str(mirror), str(signers)], capture_output=True, text=True, check=False
        )

    assert verify().stdout == "4 个文件，与签名的清单相同\n"
    (mirror / "current" / "more.html").write_text("", "utf-8")
    assert verify().returncode == 1
    (mirror / "current" / "more.html").unlink()
    (mirror / "current" / "index.html").write_text("三", "utf-8")
    assert verify().returncode == 1
    listed = next((mirror / "releases").glob("*.sha256"))
    listed.write_bytes(listed.read_bytes()[66:])
    assert "签名不对" in verify().stderr


def test_a_key_that_cannot_sign_is_told(
    settings: Settings, publish: Callable[..., None], tmp_path: Path
) -> None:
    (tmp_path / "key").write_text("not a key", "utf-8")
    with (tmp_path / "gongshi.yaml").open("a", encoding="utf-8") as stream:
        stream.write("signing_key: key\n")
    publish(FIRST)
    with pytest.raises(BadSettingsError, match="不能用它签名"):
        deploy(load_settings(tmp_path))
