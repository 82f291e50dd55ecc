"""A machine booted by systemd: this one's own disk, below a layer that is thrown away.

Nothing of the machine that runs the tests is changed: the layer lives in memory, in a mount
namespace that ends with the machine, and its only network is its own loopback.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT

AGENCY = "srv/gongshi"
PYTHON = "/opt/gongshi/bin/python"

_NEEDED = ("systemd-nspawn", "nginx", "unshare", "nsenter", "useradd")
_VERSION = f"python{sys.version_info.major}.{sys.version_info.minor}"
_GROUPS = (Path("/sys/fs/cgroup/unified"), Path("/sys/fs/cgroup/systemd"), Path("/sys/fs/cgroup"))

# The guide's installation, but that the libraries are lent by the environment of the tests.
_SET_UP = """
set -e
for group in $groups; do mkdir "$group"; echo $$ > "$group/cgroup.procs"; done
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs "$work"
mkdir "$work/upper" "$work/scratch" "$work/root"
root=$work/root
mount -t overlay overlay -o "lowerdir=/,upperdir=$work/upper,workdir=$work/scratch" "$root"
mount -t tmpfs tmpfs "$root/etc/systemd/system"
mkdir -p "$root/opt/libraries"
mount --bind "$libraries" "$root/opt/libraries"
chroot "$root" useradd --system --home-dir /srv/gongshi --no-create-home \
  --shell /usr/sbin/nologin gongshi
chroot "$root" install -d -o gongshi -g gongshi -m 711 /srv/gongshi
chroot "$root" "$python" -m venv --without-pip /opt/gongshi
echo /opt/libraries > "$root/opt/gongshi/lib/$version/site-packages/libraries.pth"
cp "$wheel" "$root/opt"
chroot "$root" /opt/gongshi/bin/python -m pip install --quiet --no-index --no-deps \
  --disable-pip-version-check --root-user-action=ignore "/opt/${wheel##*/}"
cp -a "$prepared/." "$root/"
chmod 755 "$root"
chroot "$root" chown -R gongshi: /srv/gongshi
exec systemd-nspawn --quiet --register=no --keep-unit --settings=no --link-journal=no \
  --private-network --boot --directory="$root" --machine=gongshi-test
"""


def why_not() -> str:
    """Return why no machine can be booted here; nothing when one can."""
    if os.geteuid() != 0:
        return "只有 root 能启动一台机器"
    path = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
    missing = [name for name in _NEEDED if shutil.which(name, path=path) is None]
    if missing:
        return f"没有 {'、'.join(missing)}；Debian 上安装软件包 systemd-container 和 nginx-light"
    if _python() is None:
        return f"/usr 里没有 {_VERSION}；服务看不见装在个人文件夹里的"
    tried = subprocess.run(
        ["unshare", "--mount", "--cgroup", "mount", "-t", "tmpfs", "tmpfs", "/run"],
        capture_output=True,
        check=False,
    )
    return "" if tried.returncode == 0 else "这里不能挂载，也就不能启动一台机器"


_FIRST = re.compile(r"^NSpid:\t\d+\t1$", re.MULTILINE)


def _python() -> str | None:
    """Return the Python of the whole machine: a service does not see one in somebody's home."""
    return shutil.which(_VERSION, path="/usr/bin:/usr/local/bin")


@dataclass(frozen=True)
class Machine:
    """A running machine; ``leader`` is the process that it takes for its first."""

    leader: int

    @property
    def root(self) -> Path:
        """Its whole tree, seen from outside."""
        return Path(f"/proc/{self.leader}/root")

    @property
    def agency(self) -> Path:
        return self.root / AGENCY

    def run(self, *words: str, check: bool = True) -> str:
        """Run a command on it as root; return what it said, on both ways together."""
        enter = ["nsenter", f"--target={self.leader}", "--all", "--root", "--wd"]
        done = subprocess.run(
            [*enter, "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert not check or done.returncode == 0, done.stdout
        return done.stdout

    def gongshi(self, *words: str) -> str:
        """Run the program as its account does."""
        program = ("/opt/gongshi/bin/gongshi", "--folder", f"/{AGENCY}")
        return self.run("runuser", "-u", "gongshi", "--", *program, *words)

    def shown(self, unit: str, name: str) -> str:
        return self.run("systemctl", "show", "--value", f"--property={name}", unit).strip()

    def journal(self, unit: str) -> str:
        return self.run("journalctl", "--boot", "--no-pager", "--output=cat", f"--unit={unit}")

    def wait_until(self, unit: str, *states: str) -> None:
        """Wait until the unit is in one of the states."""
        until(lambda: self.shown(unit, "ActiveState") in states, f"{unit}: {states}")

    def ask(self, path: str) -> tuple[int, str]:
        """Return what its web server answers."""
        told = self.run(PYTHON, "-c", _ASK, path)
        status, body = json.loads(told)
        return status, body


_ASK = """
import http.client, json, sys
line = http.client.HTTPConnection("127.0.0.1")
line.request("GET", sys.argv[1], headers={"Host": "gongshi.example.gov.cn"})
answer = line.getresponse()
print(json.dumps([answer.status, answer.read().decode()]))
"""


@contextmanager
def booted(prepared: Path, work: Path) -> Iterator[Machine]:
    """Boot a machine on which the program is installed and ``prepared`` laid over the root."""
    name = f"gongshi-test-{os.getpid()}"
    groups = [each / name for each in _GROUPS if (each / "cgroup.procs").exists()]
    (work / "mounted").mkdir()
    told = {
        "work": str(work / "mounted"),
        "prepared": str(prepared),
        "groups": " ".join(map(str, groups)),
        "wheel": str(_wheel(work)),
        "python": str(_python()),
        "version": _VERSION,
        "libraries": str(next(Path(each) for each in sys.path if each.endswith("site-packages"))),
    }
    words = ["unshare", "--mount", "--cgroup", "--propagation=private", "sh", "-c", _SET_UP]
    with (
        (work / "console").open("wb") as console,
        subprocess.Popen(
            words,
            env={**os.environ, **told, "PATH": f"{os.environ['PATH']}:/usr/sbin:/sbin"},
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=console,
        ) as outside,
    ):
        try:
            yield _awake(outside, work / "console")
        finally:
            outside.terminate()
            try:
                outside.wait(60)
            except subprocess.TimeoutExpired:
                outside.kill()
                outside.wait()
            for group in groups:
                _remove(group)


def _remove(group: Path) -> None:
    """Remove a control group that nobody is in any more, with all below it."""
    for path in sorted(filter(Path.is_dir, group.rglob("*")), reverse=True):
        path.rmdir()
    if group.exists():
        group.rmdir()


def _wheel(work: Path) -> Path:
    words = ["pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([sys.executable, "-m", *words, "--wheel-dir", work, ROOT], check=True)
    return next(work.glob("*.whl"))


def _awake(outside: "subprocess.Popen[bytes]", console: Path) -> Machine:
    """Wait until the machine has started; fail with what its console said."""
    first: list[int] = []

    def up() -> bool:
        assert outside.poll() is None, console.read_text("utf-8", "replace")
        first[:] = first or _first(outside.pid)
        told = Machine(first[0]).run("systemctl", "is-system-running", check=False) if first else ""
        return told.strip() in {"running", "degraded"}

    until(up, "booted", lambda: console.read_text("utf-8", "replace"))
    return Machine(first[0])


def _first(outside: int) -> list[int]:
    """Return the child that its own namespace calls the first process, once it is there."""
    children = Path(f"/proc/{outside}/task/{outside}/children").read_text("ascii").split()
    return [int(child) for child in children if _FIRST.search(_status(child))]


def _status(process: str) -> str:
    try:
        return Path(f"/proc/{process}/status").read_text("ascii")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def until(true: Callable[[], bool], what: str, told: Callable[[], str] = str) -> None:
    """Wait until it is true; fail after a while, saying ``what`` was waited for."""
    for _ in range(600):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError(f"{what}: {told()}")
