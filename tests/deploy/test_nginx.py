"""The delivered configuration of nginx serves the sample as it must, at a root and below one."""

import gzip
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import SampleAgency
from tests.deploy.conftest import Server, needs_nginx, serving

HEADERS = {
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "content-security-policy": "frame-ancestors 'self'; object-src 'none'",
}


def gone_paths(agency: Path) -> list[str]:
    told = (agency / "state" / "nginx" / "gone.map").read_text("utf-8")
    return re.findall(r'^"(/\S+)" 1;', told, re.MULTILINE)


@pytest.fixture(scope="module")
def server(sample: SampleAgency, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving("gongshi.conf", sample.folder, tmp_path_factory.mktemp("nginx")) as running:
        yield running


@needs_nginx
@pytest.mark.parametrize(
    "path", ["/", "/index.html", "/lists/", "/no-such-page", "/theme/style.css"]
)
def test_every_answer_carries_the_headers(server: Server, path: str) -> None:
    told = server.ask(path).headers
    assert {name: told.get(name) for name in HEADERS} == HEADERS
    assert told["server"] == "nginx"


@needs_nginx
def test_what_is_gone_answers_410_with_its_notice_and_the_headers(
    server: Server, sample: SampleAgency
) -> None:
    paths = gone_paths(sample.folder)
    assert len(paths) > 3
    for path in paths:
        answer = server.ask(path)
        assert answer.status == 410
        assert re.search("撤下|期满", answer.body.decode())
        assert answer.headers["cache-control"] == "no-cache"
        assert answer.headers["content-type"] == "text/html; charset=utf-8"


@needs_nginx
def test_what_never_was_answers_404_with_our_page(server: Server, sample: SampleAgency) -> None:
    answer = server.ask("/decisions/2024/99-0000000000.html")
    assert answer.status == 404
    assert answer.body == (sample.site / "404.html").read_bytes()


@needs_nginx
def test_texts_travel_compressed_and_are_the_same_unpacked(
    server: Server, sample: SampleAgency
) -> None:
    large = [
        path
        for path in sample.site.rglob("*")
        if path.suffix in {".html", ".json", ".csv", ".css", ".js", ".svg"}
        and path.stat().st_size > 2000
    ]
    assert len({path.suffix for path in large}) > 3
    gone = gone_paths(sample.folder)
    for path in large:
        address = f"/{path.relative_to(sample.site).as_posix()}"
        answer = server.ask(address, **{"Accept-Encoding": "gzip"})
        assert answer.headers.get("content-encoding") == "gzip" or address in gone, address
        assert address in gone or gzip.decompress(answer.body) == path.read_bytes()


@needs_nginx
def test_a_file_compressed_beforehand_is_sent_as_it_is(
    sample: SampleAgency, tmp_path: Path
) -> None:
    agency = tmp_path / "agency"
    shutil.copytree(sample.folder, agency, symlinks=True)
    packed = gzip.compress("另压的一份".encode(), mtime=0)
    (agency / "site" / "current" / "index.html.gz").write_bytes(packed)
    with serving("gongshi.conf", agency, tmp_path) as running:
        assert running.ask("/index.html", **{"Accept-Encoding": "gzip"}).body == packed


@needs_nginx
@pytest.mark.parametrize(
    ("suffix", "kind"),
    [
        ("html", "text/html; charset=utf-8"),
        ("csv", "text/csv; charset=utf-8"),
        ("json", "application/json; charset=utf-8"),
        ("svg", "image/svg+xml; charset=utf-8"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_each_kind_of_file_says_what_it_is(
    server: Server, sample: SampleAgency, suffix: str, kind: str
) -> None:
    path = next(sample.site.rglob(f"*.{suffix}")).relative_to(sample.site)
    assert server.ask(f"/{path.as_posix()}").headers["content-type"] == kind


@needs_nginx
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_sent_to_it(server: Server, method: str) -> None:
    assert server.ask("/", method=method).status == 403


@needs_nginx
@pytest.mark.parametrize(
    "path", ["/../state/lock", "/..%2f..%2fstate/lock", "/decisions/%2e%2e/%2e%2e/gongshi.yaml"]
)
def test_nothing_outside_the_site_is_reached(server: Server, path: str) -> None:
    assert server.ask(path).status in {400, 404}


@needs_nginx
def test_the_next_request_after_a_switch_sees_the_other_tree(
    sample: SampleAgency, tmp_path: Path
) -> None:
    agency = tmp_path / "agency"
    shutil.copytree(sample.folder, agency, symlinks=True)
    current = agency / "site" / "current"
    other = "green" if current.readlink().name == "blue" else "blue"
    (agency / "site" / "releases" / other / "robots.txt").write_text("new", "utf-8")
    with serving("gongshi.conf", agency, tmp_path) as running:
        assert running.ask("/robots.txt").body != b"new"
        current.unlink()
        current.symlink_to(f"releases/{other}")
        assert running.ask("/robots.txt").body == b"new"


@needs_nginx
def test_the_site_stands_below_the_address_of_a_portal(
    sample: SampleAgency, tmp_path: Path
) -> None:
    agency = tmp_path / "agency"
    shutil.copytree(sample.folder, agency, symlinks=True)
    (agency / "www").mkdir()
    (agency / "www" / "xzcf").symlink_to("../site/current")
    table = agency / "state" / "nginx" / "gone.map"
    gone = gone_paths(agency)
    table.write_text(table.read_text("utf-8").replace('"/decisions', '"/xzcf/decisions'), "utf-8")
    with serving("gongshi-subpath.conf", agency, tmp_path) as running:
        assert running.ask("/xzcf").headers["location"].endswith("/xzcf/")
        page = running.ask("/xzcf/")
        assert page.status == 200
        assert page.headers["x-content-type-options"] == "nosniff"
        for path in gone:
            assert running.ask(f"/xzcf{path}").status == 410
        assert running.ask("/xzcf/nothing").body == (sample.site / "404.html").read_bytes()
        for link in re.findall(r'(?:href|src)="([^":#?]+)"', page.body.decode()):
            assert not link.startswith("/")
            assert running.ask(f"/xzcf/{link}").status == 200, link
