"""What caches and search engines are told, and what nginx answers where something is gone."""

import json
import shutil
import socket
import stat
import subprocess
import time
from datetime import date
from http.client import HTTPConnection
from pathlib import Path

import pytest

from pipeline.release.purge import Gone, write_gone_map, write_purge

DAY = date(2026, 11, 20)
GONE = Gone(case_number="某〔2024〕1号", path="decisions/2024/1-a.html", state="撤下")
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def test_every_address_that_showed_it_is_listed_once(tmp_path: Path) -> None:
    showed = ["decisions/2024/1-a.html", "index.html", "lists/2024/index.html", "数据/全部.csv"]
    path = write_purge(tmp_path, [GONE], showed, base="https://x.gov.cn/gs", today=DAY)
    lines = path.read_text("utf-8").splitlines()
    assert lines == [
        "https://x.gov.cn/gs/decisions/2024/1-a.html",
        "https://x.gov.cn/gs/index.html",
        "https://x.gov.cn/gs/",
        "https://x.gov.cn/gs/lists/2024/index.html",
        "https://x.gov.cn/gs/lists/2024/",
        "https://x.gov.cn/gs/%E6%95%B0%E6%8D%AE/%E5%85%A8%E9%83%A8.csv",
    ]
    told = json.loads(path.with_suffix(".json").read_text("utf-8"))
    assert told["purge"] == lines
    assert told["gone"] == [
        {"case_number": "某〔2024〕1号", "path": "decisions/2024/1-a.html", "state": "撤下"}
    ]


def test_each_run_has_lists_of_its_own_that_nobody_else_reads(tmp_path: Path) -> None:
    folder = tmp_path / "purge"
    for _ in range(2):
        write_purge(folder, [GONE], [], base="", today=DAY)
    assert sorted(path.name for path in folder.iterdir()) == [
        f"2026-11-20-{n}.{kind}" for n in (1, 2) for kind in ("json", "txt")
    ]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_the_map_is_left_alone_when_nothing_changed(tmp_path: Path) -> None:
    path = tmp_path / "gone.map"
    write_gone_map(path, ["b.html", "a.html"], base="https://x.gov.cn/gs/")
    first = path.stat()
    write_gone_map(path, ["a.html", "b.html"], base="https://x.gov.cn/gs")
    assert path.stat().st_mtime_ns == first.st_mtime_ns
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert lines == ['"/gs/a.html" 1;', '"/gs/b.html" 1;']


CONFIGURATION = """
daemon off; pid {folder}/pid; error_log stderr; worker_processes 1; {user}
events {{ worker_connections 64; }}
http {{
  access_log off; types {{ text/html html; }}
  client_body_temp_path {folder}/t; proxy_temp_path {folder}/t; fastcgi_temp_path {folder}/t;
  uwsgi_temp_path {folder}/t; scgi_temp_path {folder}/t;
  map_hash_bucket_size 256;
  map $uri $gongshi_gone {{ default 0; include {folder}/gone.map; }}
  server {{
    listen 127.0.0.1:{port};
    root {folder}/www;
    if ($gongshi_gone) {{ return 410; }}
    error_page 410 @gone;
    location @gone {{ root {folder}/www; }}
  }}
}}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(port: int, path: str) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body


def test_a_real_nginx_answers_410_with_the_notice_where_a_decision_is_gone(tmp_path: Path) -> None:
    if NGINX is None:
        pytest.skip("没有 nginx；Debian 上安装软件包 nginx-light")
    pages = {
        "decisions/2024/1-a.html": "撤下说明",
        "decisions/2024/2-b.html": "期满说明",
        "decisions/2024/3-c.html": "公示的决定",
    }
    for name, text in pages.items():
        (tmp_path / "www" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "www" / name).write_text(text, "utf-8")
    write_gone_map(tmp_path / "gone.map", list(pages)[:2], base="")
    port = free_port()
    root = Path("/proc/self").stat().st_uid == 0
    told = CONFIGURATION.format(folder=tmp_path, port=port, user="user root;" if root else "")
    (tmp_path / "nginx.conf").write_text(told, "utf-8")
    command = [NGINX, "-e", "stderr", "-c", str(tmp_path / "nginx.conf"), "-p", str(tmp_path)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(200):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)
            found = {name: ask(port, f"/{name}") for name in pages}
            nowhere = ask(port, "/decisions/2024/9-z.html")[0]
        finally:
            server.terminate()
    assert found == {
        "decisions/2024/1-a.html": (410, "撤下说明"),
        "decisions/2024/2-b.html": (410, "期满说明"),
        "decisions/2024/3-c.html": (200, "公示的决定"),
    }
    assert nowhere == 404
