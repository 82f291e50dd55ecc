"""The delivered configuration of nginx, served by a real one on a port of its own."""

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.conftest import ROOT

DEPLOY = ROOT / "deploy"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
needs_nginx = pytest.mark.skipif(
    NGINX is None, reason="没有 nginx；Debian 上安装软件包 nginx-light"
)

_MAIN = """
daemon off; pid {work}/pid; error_log stderr; worker_processes 1; {user}
events {{ worker_connections 64; }}
http {{
  include /etc/nginx/mime.types; default_type application/octet-stream;
  client_body_temp_path {work}/t; proxy_temp_path {work}/t; fastcgi_temp_path {work}/t;
  uwsgi_temp_path {work}/t; scgi_temp_path {work}/t;
  include {work}/{name};
}}
"""


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Server:
    """A running nginx."""

    port: int

    def ask(self, path: str, *, method: str = "GET", **headers: str) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        found = Answer(answer.status, told, answer.read())
        connection.close()
        return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(name: str, agency: Path, work: Path) -> Iterator[Server]:
    """Serve the agency's site by ``deploy/nginx/NAME``; only its places and port are replaced."""
    assert NGINX is not None
    port = free_port()
    for path in (DEPLOY / "nginx").iterdir():
        text = path.read_text("utf-8").replace("/srv/gongshi", str(agency))
        text = text.replace("snippets/", f"{work}/").replace("/var/log/nginx", str(work))
        (work / path.name).write_text(re.sub(r"listen 80;", f"listen 127.0.0.1:{port};", text))
    root = Path("/proc/self").stat().st_uid == 0
    told = _MAIN.format(work=work, name=name, user="user root;" if root else "")
    (work / "nginx.conf").write_text(told, "utf-8")
    command = [NGINX, "-e", "stderr", "-c", str(work / "nginx.conf"), "-p", str(work)]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    assert "[warn]" not in tried.stderr
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        try:
            _wait(port)
            yield Server(port)
        finally:
            server.terminate()


def _wait(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
